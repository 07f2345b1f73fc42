/**
 * What a tape or a calliper reads on a head: circumference, sagittal and coronal arc, length, breadth.
 *
 * A soft tape is taut: it follows a plane section and bridges its hollows, so arcs are lengths of convex chains.
 * - circumference: section through glabella and opisthocranion, across the head
 * - sagittal: midline from the glabella over the vertex to the inion
 * - coronal: from tragion over the vertex to tragion, in their plane
 * - length: glabella to the midline point of the occiput farthest from it
 * - breadth: the widest part above the ears
 *
 * Works on any radius by direction, so that solving reads a deformed template without building its map, and a scan is
 * read by the same code. Chords of 1 to 2 degrees: arcs fall short by less than 0.02 %.
 */
import { PI, TAU, atan2, cos, degToRad, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { radiusMm } from './head-map.ts';
import type { HeadMap } from './head-map.ts';
import type { TapeKind } from './head-shape.ts';

/** Distance (mm) from the head origin to the skin along a unit direction. */
export type RadiusOf = (x: number, y: number, z: number) => number;
/** The landmarks that readings hang on; the others are found on the surface. */
export type TapeLandmarks = Pick<HeadLandmarks, 'glabella' | 'inion'>;

/** The reading (mm) of one kind of measure. */
export function readTape(radius: RadiusOf, landmarks: TapeLandmarks, kind: TapeKind): number {
  switch (kind) {
    case 'circumference':
      return circumferenceMm(radius, landmarks.glabella);
    case 'sagittal':
      return sagittalArcMm(radius, landmarks);
    case 'coronal':
      return coronalArcMm(radius);
    case 'length':
      return distance(midlineAt(radius, angleOf(landmarks.glabella)), opisthocranionOf(radius, landmarks.glabella));
    case 'breadth':
      return breadthMm(radius);
  }
}

export const radiusOfMap =
  (map: HeadMap): RadiusOf =>
  (x, y, z) =>
    radiusMm(map, x, y, z);

/** Angle of a midline point from +Z over +Y. */
const angleOf = (p: Vec3): number => atan2(p[1], p[2]);

function midlineAt(radius: RadiusOf, angle: number): Vec3 {
  const y = sin(angle);
  const z = cos(angle);
  const r = radius(0, y, z);
  return [0, y * r, z * r];
}

/** Where f is greatest on [low, high]: best of `n` + 1 samples, then the parabola through it and its neighbours. */
function peak(f: (t: number) => number, low: number, high: number, n: number): number {
  const step = (high - low) / n;
  let best = 0;
  let bestValue = -Infinity;
  for (let k = 0; k <= n; k++) {
    const value = f(low + k * step);
    if (value > bestValue) {
      bestValue = value;
      best = k;
    }
  }
  const at = low + best * step;
  if (best === 0 || best === n) return at;
  const before = f(at - step);
  const after = f(at + step);
  const bend = before - 2 * bestValue + after;
  return bend < 0 ? at + (0.5 * step * (before - after)) / bend : at;
}

/** The highest midline point (mm). */
export function vertexOf(radius: RadiusOf): Vec3 {
  return midlineAt(
    radius,
    peak((a) => midlineAt(radius, a)[1], degToRad(60), degToRad(130), 35),
  );
}

/** The midline point of the occiput farthest from the glabella (mm). */
export function opisthocranionOf(radius: RadiusOf, glabella: Vec3): Vec3 {
  const from = midlineAt(radius, angleOf(glabella));
  return midlineAt(
    radius,
    peak((a) => distance(from, midlineAt(radius, a)), degToRad(130), degToRad(185), 28),
  );
}

/** Length of a plane chain once taut: corners that lie inside the chord of their neighbours are skipped. */
export function tautLength(chain: readonly (readonly [number, number])[], turn: 1 | -1): number {
  const kept: (readonly [number, number])[] = [];
  for (const p of chain) {
    while (kept.length > 1) {
      const a = kept[kept.length - 2];
      const b = kept[kept.length - 1];
      const cross = (b[0] - a[0]) * (p[1] - b[1]) - (b[1] - a[1]) * (p[0] - b[0]);
      if (cross * turn > 0) break;
      kept.pop();
    }
    kept.push(p);
  }
  let sum = 0;
  for (let k = 1; k < kept.length; k++) {
    const dx = kept[k][0] - kept[k - 1][0];
    const dy = kept[k][1] - kept[k - 1][1];
    sum += Math.sqrt(dx * dx + dy * dy);
  }
  return sum;
}

function sagittalArcMm(radius: RadiusOf, { glabella, inion }: TapeLandmarks): number {
  const from = angleOf(glabella);
  const to = atan2(inion[1], inion[2]) + (inion[1] < 0 ? TAU : 0);
  const n = 160;
  const chain: [number, number][] = [];
  for (let k = 0; k <= n; k++) {
    const p = midlineAt(radius, from + ((to - from) * k) / n);
    chain.push([p[2], p[1]]);
  }
  return tautLength(chain, 1);
}

function coronalArcMm(radius: RadiusOf): number {
  const vertex = vertexOf(radius);
  const l = Math.sqrt(vertex[1] * vertex[1] + vertex[2] * vertex[2]);
  const uy = vertex[1] / l;
  const uz = vertex[2] / l;
  const n = 160;
  const chain: [number, number][] = [];
  for (let k = 0; k <= n; k++) {
    const a = (PI * k) / n;
    const c = cos(a);
    const s = sin(a);
    const r = radius(c, s * uy, s * uz);
    chain.push([c * r, s * r]);
  }
  return tautLength(chain, 1);
}

/** Sine and cosine of each direction in the plane of a circumference. */
const ROUND = Array.from({ length: 240 }, (_, k): readonly [number, number] => [
  sin((TAU * k) / 240),
  cos((TAU * k) / 240),
]);

function circumferenceMm(radius: RadiusOf, glabella: Vec3): number {
  const front = midlineAt(radius, angleOf(glabella));
  const back = opisthocranionOf(radius, glabella);
  const lengthMm = distance(front, back);
  const ey = (front[1] - back[1]) / lengthMm;
  const ez = (front[2] - back[2]) / lengthMm;
  const cy = (front[1] + back[1]) / 2;
  const cz = (front[2] + back[2]) / 2;
  const n = ROUND.length;
  const middle: Vec3 = [0, cy, cz];
  const ring: [number, number][] = [];
  let widest = 0;
  let t = lengthMm / 2;
  for (let k = 0; k < n; k++) {
    const x = ROUND[k][0];
    const along = ROUND[k][1];
    t = alongRay(radius, middle, [x, ey * along, ez * along], t);
    ring.push([t * x, t * along]);
    if (ring[k][0] > ring[widest][0]) widest = k;
  }
  // From the widest point, which is on the hull, once round to itself.
  const chain: [number, number][] = [];
  for (let k = 0; k <= n; k++) chain.push(ring[(widest + k) % n]);
  return tautLength(chain, -1);
}

/** Distance from `from`, inside the head, to the skin along unit `d`, by secant steps from the guess `t`. */
export function alongRay(radius: RadiusOf, from: Vec3, d: Vec3, guess: number): number {
  let a = guess;
  let fa = outsideAt(radius, from, d, a);
  let b = a - fa;
  for (let round = 0; round < 30 && Math.abs(fa) > 1e-6; round++) {
    const fb = outsideAt(radius, from, d, b);
    const slope = (fb - fa) / (b - a);
    a = b;
    fa = fb;
    // The gap grows with the distance; a slope far from that comes from rounding at the solution.
    b -= fb / (slope > 0.05 ? slope : 1);
  }
  return a;
}

function outsideAt(radius: RadiusOf, from: Vec3, d: Vec3, t: number): number {
  const x = from[0] + t * d[0];
  const y = from[1] + t * d[1];
  const z = from[2] + t * d[2];
  const l = Math.sqrt(x * x + y * y + z * z);
  return l - radius(x / l, y / l, z / l);
}

function breadthMm(radius: RadiusOf): number {
  const widest = (side: 1 | -1): number => {
    const outAt = (up: number, back: number): number => {
      const l = Math.sqrt(1 + up * up + back * back);
      return radius(side / l, up / l, -back / l) / l;
    };
    // By slopes against the x axis: 24 to 54 degrees up clears the ears, 22 degrees forward to 45 back finds it.
    const bestUp = (back: number): number => peak((up) => outAt(up, back), 0.45, 1.4, 10);
    const back = peak((b) => outAt(bestUp(b), b), -0.4, 1, 14);
    return outAt(bestUp(back), back);
  };
  return widest(1) + widest(-1);
}
