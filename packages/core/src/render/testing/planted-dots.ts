/** Dots as nobody should lay them: each fault that an eye knows at once, on the skin of a head. */
import type { Dots } from '../../dots/dots.ts';
import { layOutDots } from '../../dots/lay-out-dots.ts';
import { LAYOUTS } from '../../dots/layout-style.ts';
import { normalAt, onSkin, radiusMm } from '../../head/head-map.ts';
import type { HeadMap } from '../../head/head-map.ts';
import { sampleReserve } from '../../plan/testing/sample-plan.ts';
import { designDensity } from '../../scalp/design-density.ts';
import type { ScalpField } from '../../scalp/scalp-field.ts';
import type { Vec3 } from '../../vec/mat3.ts';

const DENSITY = designDensity(3);

/** Full density at once above a level plane: an edge without any ramp, as straight as a ruler. */
export function cutAt(head: HeadMap, heightMm: number): Dots {
  const field: ScalpField = {
    zones: [{ id: 'cap', kind: 'bald', targetPerCm2: DENSITY.fullPerCm2 }],
    sample(xyzMm, count, out) {
      for (let k = 0; k < count; k++) {
        const isInside = xyzMm[3 * k + 1] > heightMm;
        out.densityPerCm2[k] = isInside ? DENSITY.fullPerCm2 : 0;
        out.coverage[k] = isInside ? 1 : 0;
        out.zoneIndex[k] = isInside ? 0 : 255;
        out.edgeMm[k] = 1000;
        out.strength[k] = 1;
      }
    },
  };
  return layOutDots({ head, reserve: sampleReserve(), field, density: DENSITY, seed: 7, style: LAYOUTS[2] });
}

/** Rows along the head and across it, `spacingMm` apart, above a height: hoed, not set. */
export function inRows(head: HeadMap, heightMm: number, spacingMm: number): Dots {
  const places: Vec3[] = [];
  for (let x = -60; x <= 60; x += spacingMm) {
    for (let z = -90; z <= 90; z += spacingMm) {
      const p = onSkin(head, skinAbove(head, x, z));
      if (p[1] > heightMm) places.push(p);
    }
  }
  return dotsAt(head, places);
}

/** The direction in which the skin stands over (x, z). */
function skinAbove(head: HeadMap, x: number, z: number): Vec3 {
  let [low, high] = [1, 250];
  for (let step = 0; step < 30; step++) {
    const middle = (low + high) / 2;
    if (radiusMm(head, x, middle, z) > Math.sqrt(x * x + middle * middle + z * z)) low = middle;
    else high = middle;
  }
  return [x, low, z];
}

/** The dots of a cut and a chain of dots one beside the other along its edge, `spacingMm` apart, twice as strong. */
export function beaded(head: HeadMap, heightMm: number, spacingMm: number): Dots {
  const chain: Vec3[] = [];
  const along: Vec3[] = [];
  for (let i = -4000; i <= 4000; i++) {
    const angle = (i / 4000) * 1.2;
    let [low, high] = [-60, 200];
    for (let step = 0; step < 30; step++) {
      const middle = (low + high) / 2;
      if (onSkin(head, [100 * Math.sin(angle), middle, 100 * Math.cos(angle)])[1] < heightMm) low = middle;
      else high = middle;
    }
    along.push(onSkin(head, [100 * Math.sin(angle), low, 100 * Math.cos(angle)]));
  }
  let last: Vec3 | null = null;
  for (const p of along) {
    if (last && Math.hypot(p[0] - last[0], p[1] - last[1], p[2] - last[2]) < spacingMm) continue;
    chain.push(p);
    last = p;
  }
  return joined(cutAt(head, heightMm + 1), {
    ...dotsAt(head, chain),
    strength: new Float32Array(chain.length).fill(2),
  });
}

export function dotsAt(head: HeadMap, places: readonly Vec3[]): Dots {
  const count = places.length;
  return {
    count,
    id: Uint32Array.from({ length: count }, (_, i) => i),
    positionMm: Float32Array.from(places.flat()),
    normal: Float32Array.from(places.flatMap((p) => normalAt(head, p))),
    zone: new Uint8Array(count),
    session: new Uint8Array(count).fill(1),
    diameterMm: new Float32Array(count).fill(0.15),
    strength: new Float32Array(count).fill(1),
  };
}

function joined(a: Dots, b: Dots): Dots {
  const floats = (p: Float32Array, q: Float32Array): Float32Array => Float32Array.from([...p, ...q]);
  const bytes = (p: Uint8Array, q: Uint8Array): Uint8Array => Uint8Array.from([...p, ...q]);
  return {
    count: a.count + b.count,
    id: Uint32Array.from([...a.id, ...b.id.map((id) => id + 1_000_000)]),
    positionMm: floats(a.positionMm, b.positionMm),
    normal: floats(a.normal, b.normal),
    zone: bytes(a.zone, b.zone),
    session: bytes(a.session, b.session),
    diameterMm: floats(a.diameterMm, b.diameterMm),
    strength: floats(a.strength, b.strength),
  };
}
