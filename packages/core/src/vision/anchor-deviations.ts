/**
 * How far are marked points from where a head has them, counted in independent standard deviations?
 *
 * The errors of a client's points belong together: the head's own differences move several points at once
 * (anchor-covariance.ts, and those of ears) and the same ones in every photo, as is the way in which a hand seeks a point;
 * each is seen through its camera. The rest of the hand's error (anchors.ts) is each mark's own. The covariance of all gaps,
 * px, is factored (Cholesky), so that the numbers that come out are independent and each has a standard deviation of 1.
 *
 * A mark that the others contradict, a slip or another point's name, is told by its distance from where they expect it, and
 * its own error is widened.
 */
import { cholesky } from '../num/solve.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { TEMPLATE_LANDMARKS } from '../head/head-template.ts';
import { project, toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { ANCHOR_MODES_MM, ANCHOR_REST_MM } from './anchor-covariance.ts';
import { ANCHORS, EAR_MODES_MM, anchorMm } from './anchors.ts';
import type { AnchorName } from './anchors.ts';
import type { Anchor } from './view-evidence.ts';

/** A photo's marks, with camera and head near the solution; both in template mm, or both in mm. */
export interface MarkedView {
  readonly camera: Camera;
  readonly shape: HeadShape;
  readonly anchors: readonly Anchor[];
}

/** How well a hand meets the pixel it has chosen: 1.2 mm. */
const CLICK_SHARE = 0.008;
const HEAD_WIDTH_MM = 2 * TEMPLATE_LANDMARKS.leftTragion[0];
/**
 * How much of a hand's variance is its way of seeking a point, alike in all photos of a head. Of 60 marks of one hand
 * glabellas lay 5.7 mm and chins 5.5 mm lower than the model's, with 1.4 and 2.1 from head to head.
 */
const HAND_ALIKE = 0.5;
/** Beyond this many standard deviations from where the others expect it a mark is doubted. */
const BELIEVED = 3.2;

/** Model against mark, px: x and y of each in turn. */
export const anchorGapsPx = ({ camera, shape, anchors }: MarkedView): number[] =>
  anchors.flatMap(({ name, xPx, yPx }) => {
    const [u, v] = project(camera, anchorMm(name, shape));
    return [u - xPx, v - yPx];
  });

/** Turns the gaps of all photos, one after the other, into deviations. `doubts` widen the own errors of marks (doubtsOf). */
export function anchorDeviations(
  views: readonly MarkedView[],
  doubts?: readonly number[],
): (gapsPx: readonly number[]) => number[] {
  const marks = views.flatMap(marksOf);
  const lower = cholesky(gapCovariance(marks, doubts ?? marks.map(() => 1)), 2 * marks.length);
  return (gapsPx) => forward(lower, gapsPx);
}

/** For each mark the factor, 1 or more, by which its own error has to be wider; the worst mark goes first. */
export function doubtsOf(views: readonly MarkedView[]): number[] {
  const marks = views.flatMap(marksOf);
  const gaps = views.flatMap(anchorGapsPx);
  const doubts = marks.map(() => 1);
  for (let left = Math.floor(marks.length / 4); left > 0; left--) {
    const offs = offFromOthers(cholesky(gapCovariance(marks, doubts), gaps.length), gaps);
    const off = Math.max(...offs);
    if (off <= BELIEVED) break;
    doubts[offs.indexOf(off)] *= (off / BELIEVED) * (off / BELIEVED);
  }
  return doubts;
}

/**
 * Whether each mark is contradicted by the others. Where one is, so are those that still are when the worst are believed
 * less: there may be more of them than may be doubted, and whoever set them should look at all.
 */
export function contradictedMarks(views: readonly MarkedView[]): boolean[] {
  const marks = views.flatMap(marksOf);
  const doubts = doubtsOf(views);
  if (doubts.every((doubt) => doubt === 1)) return marks.map(() => false);
  const gaps = views.flatMap(anchorGapsPx);
  const offs = offFromOthers(cholesky(gapCovariance(marks, doubts), gaps.length), gaps);
  return doubts.map((doubt, at) => doubt > 1 || offs[at] > BELIEVED);
}

/** How far each mark is from where all others expect it, in standard deviations. */
function offFromOthers(lower: Float64Array, gapsPx: readonly number[]): number[] {
  const n = gapsPx.length;
  const weighed = backward(lower, forward(lower, gapsPx));
  return Array.from({ length: n / 2 }, (_, at) => {
    const [p, q] = [2 * at, 2 * at + 1].map((row) =>
      forward(
        lower,
        gapsPx.map((_gap, k) => (k === row ? 1 : 0)),
      ),
    );
    // The mark's block of the inverse covariance.
    const [a, b, c] = [dotOf(p, p), dotOf(p, q), dotOf(q, q)];
    const [u, v] = [weighed[2 * at], weighed[2 * at + 1]];
    return Math.sqrt((c * u * u - 2 * b * u * v + a * v * v) / (a * c - b * b));
  });
}

interface Mark {
  readonly name: AnchorName;
  /** Pixels that a template millimetre along each axis of the head moves it, to the right and down. */
  readonly slopes: readonly [Vec3, Vec3];
  readonly clickPx: number;
}

const marksOf = ({ camera, shape, anchors }: MarkedView): Mark[] =>
  anchors.map(({ name }) => {
    const q = toCamera(camera, anchorMm(name, shape));
    const pxPerMm = (camera.f * shape.face) / q[2];
    const along = (row: number): Vec3 => {
      const tan = q[row] / q[2];
      const [x, y, z] = [0, 1, 2].map((axis) => pxPerMm * (camera.R[3 * row + axis] - camera.R[6 + axis] * tan));
      return [x, y, z];
    };
    return { name, slopes: [along(0), along(1)], clickPx: CLICK_SHARE * HEAD_WIDTH_MM * pxPerMm };
  });

function gapCovariance(marks: readonly Mark[], doubts: readonly number[]): Float64Array {
  const n = 2 * marks.length;
  const covariance = new Float64Array(n * n);
  /** What moves marks together: mm of each name. */
  const together = (mm: (name: AnchorName) => Vec3 | null): void => {
    const px = marks.flatMap(({ name, slopes }) => {
      const by = mm(name);
      return slopes.map((slope) => (by ? dotOf(by, slope) : 0));
    });
    px.forEach((a, i) => {
      if (a !== 0) px.forEach((b, j) => (covariance[i * n + j] += a * b));
    });
  };
  for (const mode of ANCHOR_MODES_MM) together((name) => mode[name]);
  for (const mode of EAR_MODES_MM) {
    together((name) => {
      const { ear } = ANCHORS[name];
      return ear && mode[ear];
    });
  }

  marks.forEach(({ name, slopes, clickPx }, at) => {
    marks.forEach((other, beside) => {
      if (other.name !== name) return;
      const widened = at === beside ? doubts[at] * doubts[at] : 1;
      slopes.forEach((a, r) =>
        other.slopes.forEach((b, s) => {
          const cell = (2 * at + r) * n + 2 * beside + s;
          const hand = seenBy(ANCHORS[name].handMm, a, b);
          covariance[cell] += widened * (seenBy(ANCHOR_REST_MM[name], a, b) + HAND_ALIKE * hand);
          if (at !== beside) return;
          covariance[cell] += widened * ((1 - HAND_ALIKE) * hand + (r === s ? clickPx * clickPx : 0));
        }),
      );
    });
  });
  return covariance;
}

const dotOf = (a: readonly number[], b: readonly number[]): number => a.reduce((sum, v, k) => sum + v * b[k], 0);
/** Covariance along two slopes of what has these standard deviations along the axes of the head. */
const seenBy = (sd: Vec3, a: Vec3, b: Vec3): number => sd.reduce((sum, v, k) => sum + v * a[k] * (v * b[k]), 0);

/** y with L y = b. */
function forward(lower: Float64Array, b: readonly number[]): number[] {
  const n = b.length;
  const y: number[] = [];
  for (let i = 0; i < n; i++) {
    let rest = b[i];
    for (let k = 0; k < i; k++) rest -= lower[i * n + k] * y[k];
    y.push(rest / lower[i * n + i]);
  }
  return y;
}

/** x with L^T x = y. */
function backward(lower: Float64Array, y: readonly number[]): number[] {
  const n = y.length;
  const x = y.slice();
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i] -= lower[k * n + i] * x[k];
    x[i] /= lower[i * n + i];
  }
  return x;
}
