/**
 * Signed distances of fixed points to a curve that is drawn and drawn again, exact within a reach and held at it beyond.
 *
 * Remembers the nearest sample of each point within reach. Where a new curve has the samples of the old one at its
 * beginning and its end, only points are measured whose nearest sample was in between, that lie near what came in
 * between, or that may have come within reach: those further off get no nearer than the curve moves. Every point within
 * reach then has the bits that a table from nothing gives it; those beyond keep the side they were on, which beyond the
 * ends of a curve is anyone's. Distances are those of `signedDistances`; of two samples
 * as near, the first counts.
 */
import { clamp } from '../num/range.ts';
import type { SkinCurve } from './skin-curve.ts';
import { BLOCK, ballAbout, ballsAbout, signedDistanceAt, squaredDistance } from './skin-grid.ts';

export class DistanceTable {
  readonly mm: Float64Array;
  readonly #xyz: Float64Array;
  readonly #reachMm: number;
  /** Further from a sample than this is beyond reach of what lies between two samples, too. */
  readonly #farMm: number;
  #curve: SkinCurve;
  #balls: Float64Array;
  /** Nearest samples of the points within reach. */
  readonly #foot: Int32Array;
  /** Distance from it; of points beyond reach a lower bound. */
  readonly #fromMm: Float64Array;
  /** Room for the points that are measured anew. */
  readonly #measured: Int32Array;

  /** `xyz` are skin points, mostly in the order of a grid. */
  constructor(xyz: Float64Array, curve: SkinCurve, reachMm: number) {
    this.#xyz = xyz;
    this.#reachMm = reachMm;
    this.#farMm = reachMm + BETWEEN_MM;
    this.#curve = curve;
    this.#balls = ballsAbout(curve);
    this.mm = new Float64Array(xyz.length / 3);
    this.#foot = new Int32Array(this.mm.length);
    this.#fromMm = new Float64Array(this.mm.length);
    this.#measured = new Int32Array(this.mm.length);
    for (let p = 0, near = 0; p < this.mm.length; p++) near = this.#measure(p, near);
  }

  /** Goes over to another curve; answers the points that were measured anew, until it goes on. */
  follow(curve: SkinCurve): Int32Array {
    const before = this.#curve;
    const [head, tail] = sameEnds(before, curve);
    if (head + tail >= Math.max(before.count, curve.count)) return new Int32Array(0);
    const movedMm = furthestFrom(before, head, before.count - tail, curve, head, curve.count - tail);
    const shift = curve.count - before.count;
    this.#curve = curve;
    this.#balls = ballsAbout(curve);
    // The neighbours of a sample tell its side.
    const first = head - 1;
    const last = before.count - tail;
    const between = ballAbout(curve, head, curve.count - tail);
    const measured = this.#measured;
    let n = 0;
    const foot = this.#foot;
    const fromMm = this.#fromMm;
    const farMm = this.#farMm;
    for (let p = 0, near = Math.max(0, first); p < foot.length; p++) {
      if (fromMm[p] > farMm) {
        fromMm[p] -= movedMm;
        if (fromMm[p] > farMm) continue;
      } else if (foot[p] < first || foot[p] > last) {
        if (foot[p] > last) foot[p] += shift;
        if (isBeyond(between, 0, fromMm[p], this.#xyz[3 * p], this.#xyz[3 * p + 1], this.#xyz[3 * p + 2])) continue;
        if (!this.#isNear(p, head, curve.count - tail)) continue;
      }
      near = this.#measure(p, near);
      measured[n++] = p;
    }
    return measured.subarray(0, n);
  }

  /** Whether a sample from `from` up to `to` may be as near to a point as its nearest was. */
  #isNear(p: number, from: number, to: number): boolean {
    const balls = this.#balls;
    const x = this.#xyz[3 * p];
    const y = this.#xyz[3 * p + 1];
    const z = this.#xyz[3 * p + 2];
    for (let b = Math.floor(from / BLOCK); b * BLOCK < to; b++) {
      if (!isBeyond(balls, b, this.#fromMm[p], x, y, z)) return true;
    }
    return false;
  }

  /** Measures a point, looking first at sample `start`; answers its nearest. */
  #measure(p: number, start: number): number {
    const curve = this.#curve;
    const balls = this.#balls;
    const c = curve.xyzMm;
    const x = this.#xyz[3 * p];
    const y = this.#xyz[3 * p + 1];
    const z = this.#xyz[3 * p + 2];
    let foot = Math.min(start, curve.count - 1);
    let best = squaredDistance(c, foot, x, y, z);
    let fromMm = Math.sqrt(best);
    for (let b = 0; 4 * b < balls.length; b++) {
      if (isBeyond(balls, b, fromMm, x, y, z)) continue;
      for (let i = b * BLOCK, end = Math.min(i + BLOCK, curve.count); i < end; i++) {
        const d = squaredDistance(c, i, x, y, z);
        if (d > best || (d === best && i >= foot)) continue;
        best = d;
        foot = i;
        fromMm = Math.sqrt(d);
      }
    }
    this.#foot[p] = foot;
    this.#fromMm[p] = fromMm;
    this.mm[p] = clamp(signedDistanceAt(curve, foot, best, x, y, z), -this.#reachMm, this.#reachMm);
    return foot;
  }
}

/** Half a step between samples, and more. */
const BETWEEN_MM = 2;
/** What rounding may take from a bound. */
const SLACK = 1 + 1e-9;

/** Whether every sample in ball `b` is further than `fromMm` from a point. */
function isBeyond(balls: Float64Array, b: number, fromMm: number, x: number, y: number, z: number): boolean {
  const dx = balls[4 * b] - x;
  const dy = balls[4 * b + 1] - y;
  const dz = balls[4 * b + 2] - z;
  const limit = fromMm + balls[4 * b + 3];
  return dx * dx + dy * dy + dz * dz > limit * limit * SLACK;
}

/** How many samples two curves share at the beginning, and at the end. */
function sameEnds(a: SkinCurve, b: SkinCurve): readonly [head: number, tail: number] {
  const most = Math.min(a.count, b.count);
  const isSame = (i: number, j: number): boolean =>
    a.xyzMm[3 * i] === b.xyzMm[3 * j] &&
    a.xyzMm[3 * i + 1] === b.xyzMm[3 * j + 1] &&
    a.xyzMm[3 * i + 2] === b.xyzMm[3 * j + 2];
  let head = 0;
  while (head < most && isSame(head, head)) head++;
  let tail = 0;
  while (tail < most - head && isSame(a.count - 1 - tail, b.count - 1 - tail)) tail++;
  return [head, tail];
}

/** The furthest that one of these samples of `b` lies from all of these of `a` and their neighbours. */
function furthestFrom(a: SkinCurve, fromA: number, toA: number, b: SkinCurve, fromB: number, toB: number): number {
  let furthest = 0;
  for (let j = fromB; j < toB; j++) {
    let nearest = Infinity;
    for (let i = Math.max(0, fromA - 1); i < Math.min(a.count, toA + 1); i++) {
      nearest = Math.min(nearest, squaredDistance(a.xyzMm, i, b.xyzMm[3 * j], b.xyzMm[3 * j + 1], b.xyzMm[3 * j + 2]));
    }
    furthest = Math.max(furthest, nearest);
  }
  return Math.sqrt(furthest) * SLACK;
}
