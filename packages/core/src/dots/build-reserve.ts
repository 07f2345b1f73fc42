/**
 * Lays the ranked reserve on the template head: once, at set-up.
 *
 * In: the template's head map (mm). Out: about 150,000 directions, evenly spread over the part of the head that can
 * carry dots, numbered so that the first n are evenly spread for every n, with the density around each.
 *
 * Three candidates a dot, spread by area; weighted sample elimination down to the reserve (Yuksel 2015); relaxation,
 * because the reserve also serves as the mesh over which densities are integrated, and what it is still uneven by is
 * measured (skin-share.ts); then elimination goes on, halving after halving, and a dot's rank is the order in which it
 * would go.
 * The rim gets a skirt that is thrown away: dots at an open rim see too few neighbours to be thinned fairly.
 *
 * Promises: the same map gives the same bytes on every engine; 3 to 5 s on a slow core. Does not know any design.
 */
import { directionOf, octahedralOf, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import { frameAround } from './cell-grid.ts';
import { HEX_IN_SPACINGS, RELAX_CELL_MM } from './kernel.ts';
import { relaxDots } from './relax-dots.ts';
import { reserveOf } from './reserve.ts';
import type { Reserve } from './reserve.ts';
import { eliminateSamples } from './sample-elimination.ts';
import { isWithinScalpReach } from './scalp-reach.ts';
import { skinMm2PerSteradian } from './skin-area.ts';
import { steradiansOfCell, steradiansOfDots } from './skin-share.ts';

export interface ReserveOptions {
  /** Dots per cm2 of the template: more than any plan asks for on any head. 20 to 300. */
  readonly perCm2: number;
  readonly seed: number;
}

export const RESERVE_DEFAULTS: ReserveOptions = { perCm2: 190, seed: 1 };

/** Candidates per dot: 5 would lift the closest pair by a tenth and cost twice the time, relaxation does it cheaper. */
const CANDIDATES = 3;
/** Slope of the skirt below the rim: about 8 mm. */
const SKIRT = 0.09;
const RELAXATIONS = 12;
/** Below this many dots the order hardly matters: a whole scalp shows more in its first session. */
const LAST_RANKED = 48;
/** Cells per side of the octahedral mesh that carries the candidates; even, so that its creases are cell borders. */
const MESH = 256;

export function buildReserve(template: HeadMap, options: ReserveOptions = RESERVE_DEFAULTS): Reserve {
  const perMm2 = options.perCm2 / 100;
  const mesh = reachMesh(template);
  const wanted = Math.round(mesh.areaMm2 * perMm2);
  const crowd = scatter(template, mesh, wanted * CANDIDATES, options.seed);
  const hexMm = HEX_IN_SPACINGS / Math.sqrt(perMm2);
  const even = relaxed(template, without(crowd, eliminateSamples(crowd, crowd.length / 3, wanted, hexMm)), perMm2);
  const ranked = rankOrder(even, hexMm).filter((i) =>
    isWithinScalpReach(even[3 * i], even[3 * i + 1], even[3 * i + 2]),
  );
  return asDirections(even, ranked, steradiansOfDots(template, even, SKIRT));
}

interface ReachMesh {
  /** Numbers (i + MESH j) of the cells within reach. */
  readonly cells: Int32Array;
  /** Area of the cells up to and with each, mm2. */
  readonly areaUpTo: Float64Array;
  readonly areaMm2: number;
}

const node = (k: number): number => (2 * k) / MESH - 1;

function reachMesh(head: HeadMap): ReachMesh {
  const cells = new Int32Array(MESH * MESH);
  const areaUpTo = new Float64Array(MESH * MESH);
  let n = 0;
  let areaMm2 = 0;
  // Whether a cell belongs, and how much of it, is asked at 4 x 4 places: the rim cuts through cells.
  for (let j = 0; j < MESH; j++) {
    for (let i = 0; i < MESH; i++) {
      let inside = 0;
      let mm2 = 0;
      for (let q = 0; q < 16; q++) {
        const u = node(i + ((q & 3) + 0.5) / 4);
        const v = node(j + ((q >> 2) + 0.5) / 4);
        const d = directionOf(u, v);
        if (!isWithinScalpReach(d[0], d[1], d[2], SKIRT)) continue;
        inside++;
        mm2 += skinMm2PerSteradian(head, d[0], d[1], d[2]) * steradiansOfCell(u, v, 2 / MESH);
      }
      if (inside === 0) continue;
      areaMm2 += mm2 / 16;
      cells[n] = i + MESH * j;
      areaUpTo[n++] = areaMm2;
    }
  }
  return { cells: cells.slice(0, n), areaUpTo: areaUpTo.slice(0, n), areaMm2 };
}

/** `count` points, one at random in each equal part of the area; those that fall beyond the rim are left out. */
function scatter(head: HeadMap, mesh: ReachMesh, count: number, seed: number): Float64Array {
  const random = seededGenerator(seed);
  const xyz = new Float64Array(3 * count);
  let n = 0;
  for (let k = 0, cell = 0; k < count; k++) {
    const area = ((k + random()) / count) * mesh.areaMm2;
    while (cell < mesh.cells.length - 1 && mesh.areaUpTo[cell] < area) cell++;
    const i = mesh.cells[cell] % MESH;
    const j = (mesh.cells[cell] - i) / MESH;
    const d = directionOf(node(i + random()), node(j + random()));
    if (!isWithinScalpReach(d[0], d[1], d[2], SKIRT)) continue;
    const r = radiusMm(head, d[0], d[1], d[2]);
    xyz[n++] = d[0] * r;
    xyz[n++] = d[1] * r;
    xyz[n++] = d[2] * r;
  }
  return xyz.slice(0, n);
}

/** The points whose numbers are not in `removed`. */
function without(xyz: Float64Array, removed: Int32Array): Float64Array {
  const gone = new Uint8Array(xyz.length / 3);
  for (const p of removed) gone[p] = 1;
  const out = new Float64Array(xyz.length - 3 * removed.length);
  for (let p = 0, q = 0; p < gone.length; p++) {
    if (gone[p]) continue;
    out[q++] = xyz[3 * p];
    out[q++] = xyz[3 * p + 1];
    out[q++] = xyz[3 * p + 2];
  }
  return out;
}

function relaxed(head: HeadMap, xyzMm: Float64Array, perMm2: number): Float64Array {
  const count = xyzMm.length / 3;
  return relaxDots({
    head,
    frame: frameAround(xyzMm, count, RELAX_CELL_MM, RELAX_CELL_MM),
    count,
    xyzMm,
    spacingMm: new Float32Array(count).fill(1 / Math.sqrt(perMm2)),
    mobility: new Float32Array(count).fill(1),
    pushMm: null,
    iterations: RELAXATIONS,
    roughness: 0,
    id: new Uint32Array(count),
    salt: 0,
  });
}

/** Point numbers, first the one that would be removed last. */
function rankOrder(xyz: Float64Array, hexMm: number): Int32Array {
  const order = new Int32Array(xyz.length / 3);
  let alive = Int32Array.from(order, (_, i) => i);
  let points = xyz;
  let disk = hexMm;
  while (alive.length > LAST_RANKED) {
    const target = alive.length >> 1;
    disk *= Math.sqrt(alive.length / target);
    const removed = eliminateSamples(points, alive.length, target, disk);
    for (let k = 0; k < removed.length; k++) order[alive.length - 1 - k] = alive[removed[k]];
    const gone = new Uint8Array(alive.length);
    for (const p of removed) gone[p] = 1;
    points = without(points, removed);
    alive = alive.filter((_, k) => !gone[k]);
  }
  order.set(alive);
  return order;
}

function asDirections(xyz: Float64Array, ranked: Int32Array, steradians: Float64Array): Reserve {
  const count = ranked.length;
  const uv = new Uint16Array(2 * count);
  const perSteradian = new Uint16Array(count);
  for (let k = 0; k < count; k++) {
    const p = 3 * ranked[k];
    const [u, v] = octahedralOf(xyz[p], xyz[p + 1], xyz[p + 2]);
    uv[2 * k] = Math.round((u + 1) * 32767.5);
    uv[2 * k + 1] = Math.round((v + 1) * 32767.5);
    perSteradian[k] = Math.min(65535, Math.round(1 / steradians[ranked[k]]));
  }
  return reserveOf(uv, perSteradian);
}
