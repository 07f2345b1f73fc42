/**
 * Curves on the skin: smooth through a few points, sampled every millimetre.
 *
 * In: a head map and skin points (mm, head frame). Out: evenly spaced samples on the skin and the arc position of each
 * given point. Centripetal Catmull-Rom (Yuksel, Schaefer and Keyser 2011) because it neither loops nor overshoots
 * between unevenly spaced points; it runs in space and is then put on the skin, which is exact enough while the points
 * are less than about 60 mm apart.
 *
 * One convention for the whole room: hair lies on the side of normal x tangent. A hairline that runs from the client's
 * right to the left has its hair above it, a fringe that runs from right to left round the back has its hair below.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { asin, cos, sin } from '../num/elementary.ts';
import { cross, distance, length, normalise } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';

export interface SkinCurve {
  readonly count: number;
  /** x, y, z (mm) per sample. */
  readonly xyzMm: Float64Array;
  readonly stepMm: number;
  /** Its last sample is its first; missing is no. */
  readonly isClosed?: true;
  /** Arc position (mm from the first sample) of each point the curve was drawn through. */
  readonly atMm: readonly number[];
}

const SUBDIVISIONS = 48;

/** The smooth curve through at least two skin points. */
export function curveThrough(head: HeadMap, points: readonly Vec3[], stepMm = 1): SkinCurve {
  const fine = finely(head, points);
  return resample(
    head,
    fine,
    points.map((_, i) => i * SUBDIVISIONS),
    stepMm,
  );
}

/**
 * The same, evenly stepped from each point to the next instead of from end to end: a point that moves changes no sample but
 * those between the second point before it and the second after it. Steps differ a little from `stepMm`, which is their
 * mean here.
 */
export function curveByParts(head: HeadMap, points: readonly Vec3[], stepMm = 1): SkinCurve {
  const fine = finely(head, points);
  const arcs = points.slice(1).map((_, i) => arcsAlong(fine, i * SUBDIVISIONS, (i + 1) * SUBDIVISIONS));
  const steps = arcs.map((arc) => Math.max(1, Math.round(arc[SUBDIVISIONS] / stepMm)));
  const count = steps.reduce((sum, n) => sum + n, 1);
  const xyzMm = new Float64Array(3 * count);
  const atMm = [0];
  let first = 0;
  arcs.forEach((arc, i) => {
    walkAlong(head, fine, i * SUBDIVISIONS, arc, arc[SUBDIVISIONS] / steps[i], steps[i], xyzMm, first);
    first += steps[i];
    atMm.push(atMm[i] + arc[SUBDIVISIONS]);
  });
  xyzMm.set(onSkin(head, points[points.length - 1]), 3 * first);
  return { count, xyzMm, stepMm: atMm[points.length - 1] / (count - 1), atMm };
}

/** {@link SUBDIVISIONS} skin points from each point to the next. */
function finely(head: HeadMap, points: readonly Vec3[]): Float64Array {
  if (points.length < 2) throw new RangeError('a curve needs two points');
  const last = points.length - 1;
  const fine = new Float64Array(3 * (last * SUBDIVISIONS + 1));
  const mirrored = (a: Vec3, b: Vec3): Vec3 => [2 * a[0] - b[0], 2 * a[1] - b[1], 2 * a[2] - b[2]];
  for (let i = 0; i < last; i++) {
    const p1 = points[i];
    const p2 = points[i + 1];
    const p0 = i > 0 ? points[i - 1] : mirrored(p1, p2);
    const p3 = i + 1 < last ? points[i + 2] : mirrored(p2, p1);
    for (let k = 0; k < SUBDIVISIONS; k++) {
      fine.set(onSkin(head, centripetal(p0, p1, p2, p3, k / SUBDIVISIONS)), 3 * (i * SUBDIVISIONS + k));
    }
  }
  fine.set(onSkin(head, points[last]), fine.length - 3);
  return fine;
}

/** The same curve with each sample moved across it by `offsetMm(arc position, number)`, positive towards the hair. */
export function displaced(head: HeadMap, curve: SkinCurve, offsetMm: (atMm: number, i: number) => number): SkinCurve {
  const moved = new Float64Array(curve.count * 3);
  for (let i = 0; i < curve.count; i++) {
    const p = sampleOf(curve, i);
    const side = hairSideOf(curve, i);
    const k = offsetMm(i * curve.stepMm, i);
    moved.set(onSkin(head, [p[0] + k * side[0], p[1] + k * side[1], p[2] + k * side[2]]), 3 * i);
  }
  return { ...curve, xyzMm: moved };
}

export const sampleOf = ({ xyzMm }: SkinCurve, i: number): Vec3 => [xyzMm[3 * i], xyzMm[3 * i + 1], xyzMm[3 * i + 2]];

/** Unit vector across the curve towards the hair, at sample `i`. */
export function hairSideOf(curve: SkinCurve, i: number): Vec3 {
  const a = sampleOf(curve, i > 0 ? i - 1 : 0);
  const b = sampleOf(curve, i + 1 < curve.count ? i + 1 : i);
  return normalise(cross(sampleOf(curve, i), [b[0] - a[0], b[1] - a[1], b[2] - a[2]]));
}

/**
 * The point reached by walking `mm` over the skin from `from` towards `target` (negative: away from it), in the plane
 * of the two and the head's origin: what a tape pulled between them follows. `from` and `target` need not lie on the skin.
 */
export function walkTowards(head: HeadMap, from: Vec3, target: Vec3, mm: number): Vec3 {
  const u = normalise(from);
  const axis = cross(u, normalise(target));
  if (length(axis) < 1e-9) throw new RangeError('the target lies in the direction of the start');
  const v = normalise(cross(normalise(axis), u));
  const sense = mm < 0 ? -1 : 1;
  const goal = Math.abs(mm);
  const at = (rad: number): Vec3 =>
    onSkin(head, [0, 1, 2].map((k) => u[k] * cos(rad) + sense * v[k] * sin(rad)) as unknown as Vec3);
  let p = at(0);
  const stepRad = 2 * asin(0.25 / length(p));
  for (let walked = 0, k = 1; ; k++) {
    const q = at(k * stepRad);
    const d = distance(p, q);
    if (walked + d >= goal) {
      const t = (goal - walked) / d;
      return onSkin(head, [p[0] + (q[0] - p[0]) * t, p[1] + (q[1] - p[1]) * t, p[2] + (q[2] - p[2]) * t]);
    }
    walked += d;
    p = q;
    if (k * stepRad > 3) throw new RangeError(`${mm} mm is longer than half the head`);
  }
}

/** Barry and Goldman's pyramid with knots spaced by the square root of the chord. */
function centripetal(p0: Vec3, p1: Vec3, p2: Vec3, p3: Vec3, u: number): Vec3 {
  const gap = (a: Vec3, b: Vec3): number => Math.sqrt(Math.max(distance(a, b), 1e-9));
  const t1 = gap(p0, p1);
  const t2 = t1 + gap(p1, p2);
  const t3 = t2 + gap(p2, p3);
  const t = t1 + (t2 - t1) * u;
  const mix = (a: Vec3, b: Vec3, ta: number, tb: number): Vec3 => {
    const w = (t - ta) / (tb - ta);
    return [a[0] + (b[0] - a[0]) * w, a[1] + (b[1] - a[1]) * w, a[2] + (b[2] - a[2]) * w];
  };
  const a = mix(p0, p1, 0, t1);
  const b = mix(p1, p2, t1, t2);
  const c = mix(p2, p3, t2, t3);
  return mix(mix(a, b, 0, t2), mix(b, c, t1, t3), t1, t2);
}

/** Even steps along a fine polyline; the step is stretched a little so that the last sample is the end. */
function resample(head: HeadMap, fine: Float64Array, atFine: readonly number[], stepMm: number): SkinCurve {
  const arc = arcsAlong(fine, 0, fine.length / 3 - 1);
  const lengthMm = arc[arc.length - 1];
  const count = Math.max(2, Math.round(lengthMm / stepMm) + 1);
  const step = lengthMm / (count - 1);
  const xyzMm = new Float64Array(count * 3);
  walkAlong(head, fine, 0, arc, step, count, xyzMm, 0);
  return { count, xyzMm, stepMm: step, atMm: atFine.map((i) => arc[i]) };
}

/** Length of a polyline from its point `from` to each up to `to`. */
function arcsAlong(fine: Float64Array, from: number, to: number): Float64Array {
  const arc = new Float64Array(to - from + 1);
  for (let i = 1; i < arc.length; i++) {
    const q = 3 * (from + i);
    const dx = fine[q] - fine[q - 3];
    const dy = fine[q + 1] - fine[q - 2];
    const dz = fine[q + 2] - fine[q - 1];
    arc[i] = arc[i - 1] + Math.sqrt(dx * dx + dy * dy + dz * dz);
  }
  return arc;
}

/** Writes `count` samples, `step` mm of polyline apart from its point `from` on, to sample `first` of `xyzMm`. */
function walkAlong(
  head: HeadMap,
  fine: Float64Array,
  from: number,
  arc: Float64Array,
  step: number,
  count: number,
  xyzMm: Float64Array,
  first: number,
): void {
  for (let i = 0, j = 0; i < count; i++) {
    while (j < arc.length - 2 && arc[j + 1] < i * step) j++;
    const t = Math.min(1, (i * step - arc[j]) / (arc[j + 1] - arc[j]));
    const k = 3 * (from + j);
    const p: Vec3 = [
      fine[k] + (fine[k + 3] - fine[k]) * t,
      fine[k + 1] + (fine[k + 4] - fine[k + 1]) * t,
      fine[k + 2] + (fine[k + 5] - fine[k + 2]) * t,
    ];
    xyzMm.set(onSkin(head, p), 3 * (first + i));
  }
}
