/**
 * How large each zone is and how many dots it asks for.
 *
 * Area is the surface integral of the field's coverage: a soft edge counts by how strongly it is treated, so the area
 * is the one inside the half-strength line without depending on where a ramp is cut. Expected dots are the integral of
 * the density. Both run over the cells of an octahedral grid: four skin points give a cell's area (half the cross
 * product of its diagonals), the field is asked at a hashed place within it, because zone borders run along the grid
 * and the middles of a whole row would fall on one side (off by 2 % of a zone). Between 500 and 800 cells a side the
 * total differs by under 0.1 %, a zone by under 0.3 % or 0.1 cm2 (tested). About 60 ms.
 */
import { directionOf, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { hashUnit } from '../random/hash.ts';
import { newScalpSamples } from './scalp-field.ts';
import type { ScalpField } from './scalp-field.ts';

export interface ZoneMeasure {
  readonly id: string;
  readonly areaCm2: number;
  readonly expectedDots: number;
}

/** Skin lower than this under the tragions (as y over distance) is neck: the head map means nothing there. */
const LOWEST_SINE = -0.6;

export function measureZones(head: HeadMap, field: ScalpField, meshSize = 600): readonly ZoneMeasure[] {
  const nodes = meshSize + 1;
  const xyz = new Float64Array(nodes * nodes * 3);
  const low = new Uint8Array(nodes * nodes);
  for (let j = 0, k = 0; j < nodes; j++) {
    for (let i = 0; i < nodes; i++, k++) {
      const [x, y, z] = directionOf((2 * i) / meshSize - 1, (2 * j) / meshSize - 1);
      if (y < LOWEST_SINE) {
        low[k] = 1;
        continue;
      }
      const r = radiusMm(head, x, y, z) / Math.sqrt(x * x + y * y + z * z);
      xyz[3 * k] = x * r;
      xyz[3 * k + 1] = y * r;
      xyz[3 * k + 2] = z * r;
    }
  }
  const places = new Float64Array(meshSize * meshSize * 3);
  const areas = new Float64Array(meshSize * meshSize);
  let cells = 0;
  for (let j = 0; j < meshSize; j++) {
    for (let i = 0; i < meshSize; i++) {
      const a = i + nodes * j;
      const b = a + nodes;
      if (low[a] || low[a + 1] || low[b + 1] || low[b]) continue;
      areas[cells] = quadArea(xyz, 3 * a, 3 * (a + 1), 3 * (b + 1), 3 * b);
      const u = hashUnit(a, 1);
      const v = hashUnit(a, 2);
      for (let c = 0; c < 3; c++) {
        const near = xyz[3 * a + c] * (1 - u) + xyz[3 * a + 3 + c] * u;
        const far = xyz[3 * b + c] * (1 - u) + xyz[3 * b + 3 + c] * u;
        places[3 * cells + c] = near * (1 - v) + far * v;
      }
      cells++;
    }
  }
  const samples = newScalpSamples(cells);
  field.sample(places, cells, samples);
  const areaMm2 = new Float64Array(field.zones.length);
  const dots = new Float64Array(field.zones.length);
  for (let i = 0; i < cells; i++) {
    const zone = samples.zoneIndex[i];
    if (zone >= field.zones.length) continue;
    areaMm2[zone] += areas[i] * samples.coverage[i];
    dots[zone] += (areas[i] / 100) * samples.densityPerCm2[i];
  }
  return field.zones.map(({ id }, zone) => ({ id, areaCm2: areaMm2[zone] / 100, expectedDots: dots[zone] }));
}

/** Half the cross product of the diagonals: exact for a flat cell, second order for a curved one. Corners by their first number. */
function quadArea(xyz: Float64Array, a: number, b: number, c: number, d: number): number {
  const px = xyz[c] - xyz[a];
  const py = xyz[c + 1] - xyz[a + 1];
  const pz = xyz[c + 2] - xyz[a + 2];
  const qx = xyz[d] - xyz[b];
  const qy = xyz[d + 1] - xyz[b + 1];
  const qz = xyz[d + 2] - xyz[b + 2];
  const x = py * qz - pz * qy;
  const y = pz * qx - px * qz;
  const z = px * qy - py * qx;
  return Math.sqrt(x * x + y * y + z * z) / 2;
}
