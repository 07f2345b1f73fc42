/**
 * Fits a head, turned, moved and stretched, to points of a scan: pose and the four factors of deform-head.ts together.
 *
 * Every point is carried into the template; its distance from the template's surface is what is left. Gauss-Newton with
 * Tukey's weights whose reach closes from 36 mm to 9, and the population as a prior on the factors, so that
 * a part of a head does not become a strange whole one. Of several surfaces in one direction the outermost counts.
 * Neighbouring points share their errors: all points together weigh as much as `INDEPENDENT` ones.
 */
import { exp, log } from '../num/elementary.ts';
import { solveLinear } from '../num/solve.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { multiply, rotationFromVector } from '../vec/mat3.ts';
import { undeform } from '../head/deform-head.ts';
import { octahedralOf, radiusMm } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import type { HeadSurface } from './head-surface.ts';
import type { Placement } from './scan-mesh.ts';
import { weightAt } from './search-pose.ts';

export interface PoseFit {
  readonly placement: Placement;
  readonly shape: HeadShape;
  /** Mean gap (mm) over the directions that say something, each cut off at 15; 12 where the scan has nothing. */
  readonly lossMm: number;
  /** The same over the directions where the scan has something. */
  readonly gapMm: number;
  /** Share of the directions where the scan has a point within 6 mm of the fitted head; of the face alone. */
  readonly explained: number;
  readonly faceExplained: number;
}

/** ln of face, width, height, length: mean and spread of men and women together, about the template. */
const PRIOR = { mean: [-0.035, -0.02, 0.005, 0.02], sd: [0.06, 0.045, 0.05, 0.045] } as const;
const SD_MM = 3;
const INDEPENDENT = 160;
const REACHES_MM = [36, 30, 24, 18, 14, 12, 10, 9, 9, 9] as const;
const BEHIND_MM = 8;
const BINS = 49;
const JUDGE_BINS = 25;
const CUT_MM = 15;
const MISSING_MM = 12;
const EXPLAINED_MM = 6;

export interface PoseStart {
  readonly placement: Placement;
  readonly shape: HeadShape;
}

export interface FitPoseOptions {
  /** Reaches (mm) of the rounds, one each. */
  readonly reachesMm?: readonly number[];
  /** Keeps the placement and fits the factors alone. */
  readonly isPlaced?: boolean;
}

/** `points`: x y z in scan units, the part of the scan near the head. */
export function fitPose(
  surface: HeadSurface,
  points: Float64Array,
  start: PoseStart,
  { reachesMm = REACHES_MM, isPlaced = false }: FitPoseOptions = {},
): PoseFit {
  let { placement, shape } = start;
  for (const reach of reachesMm) {
    const step = stepOf(surface, points, placement, shape, reach, isPlaced);
    if (!step) break;
    ({ placement, shape } = step);
  }
  return { placement, shape, ...judge(surface, points, placement, shape) };
}

/** Points in the head frame, with those hidden behind others in the same direction marked by NaN. */
function intoHead(points: Float64Array, placement: Placement): Float64Array {
  const q = place(points, placement);
  const farthest = new Float32Array(BINS * BINS);
  const bins = new Int32Array(q.length / 3);
  for (let k = 0; k < q.length; k += 3) {
    const r = Math.sqrt(q[k] * q[k] + q[k + 1] * q[k + 1] + q[k + 2] * q[k + 2]);
    bins[k / 3] = r > 40 && r < 190 ? binOf(q[k], q[k + 1], q[k + 2], BINS) : -1;
    if (bins[k / 3] >= 0 && r > farthest[bins[k / 3]]) farthest[bins[k / 3]] = r;
  }
  for (let k = 0; k < q.length; k += 3) {
    const bin = bins[k / 3];
    const r = Math.sqrt(q[k] * q[k] + q[k + 1] * q[k + 1] + q[k + 2] * q[k + 2]);
    if (bin < 0 || r < farthest[bin] - BEHIND_MM) q[k] = NaN;
  }
  return q;
}

/** x y z triples carried into the head frame, mm. */
export function place(points: ArrayLike<number>, { rotation: m, mmPerUnit: s, shiftMm: t }: Placement): Float64Array {
  const q = new Float64Array(points.length);
  for (let k = 0; k < q.length; k += 3) {
    const [x, y, z] = [points[k], points[k + 1], points[k + 2]];
    q[k] = s * (m[0] * x + m[1] * y + m[2] * z) + t[0];
    q[k + 1] = s * (m[3] * x + m[4] * y + m[5] * z) + t[1];
    q[k + 2] = s * (m[6] * x + m[7] * y + m[8] * z) + t[2];
  }
  return q;
}

function binOf(x: number, y: number, z: number, bins: number): number {
  const [u, v] = octahedralOf(x, y, z);
  const at = (w: number): number => Math.min(bins - 1, Math.floor(((w + 1) / 2) * bins));
  return at(u) + bins * at(v);
}

/** How far (mm, along the ray) a point of the head lies outside the surface. */
function outside(surface: HeadSurface, shape: HeadShape, x: number, y: number, z: number): number {
  const p = undeform(shape, [x, y, z]);
  const r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
  return (r - radiusMm(surface, p[0], p[1], p[2])) * shape.face;
}

const logsOf = (s: HeadShape): number[] => [log(s.face), log(s.width), log(s.height), log(s.length)];
const shapeOfLogs = (t: readonly number[]): HeadShape => ({
  face: exp(t[0]),
  width: exp(t[1]),
  height: exp(t[2]),
  length: exp(t[3]),
});

function stepOf(
  surface: HeadSurface,
  points: Float64Array,
  placement: Placement,
  shape: HeadShape,
  reachMm: number,
  isPlaced: boolean,
): PoseStart | null {
  const q = intoHead(points, placement);
  const logs = logsOf(shape);
  const bent = logs.map((_, k) => shapeOfLogs(logs.map((value, i) => (i === k ? value + 1e-4 : value))));
  const n = 10;
  const a = new Float64Array(n * n);
  const b = new Float64Array(n);
  const row = new Float64Array(n);
  let count = 0;
  for (let k = 0; k < q.length; k += 3) {
    const [x, y, z] = [q[k], q[k + 1], q[k + 2]];
    if (!(x === x)) continue;
    const p = undeform(shape, [x, y, z]);
    const weight = weightAt(surface, p[0], p[1], p[2]);
    if (weight === 0) continue;
    const r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    const e = (r - radiusMm(surface, p[0], p[1], p[2])) * shape.face;
    if (Math.abs(e) > 2 * reachMm) continue;
    const h = 1;
    const gx = (outside(surface, shape, x + h, y, z) - outside(surface, shape, x - h, y, z)) / (2 * h);
    const gy = (outside(surface, shape, x, y + h, z) - outside(surface, shape, x, y - h, z)) / (2 * h);
    const gz = (outside(surface, shape, x, y, z + h) - outside(surface, shape, x, y, z - h)) / (2 * h);
    const steep = Math.max(1, Math.sqrt(gx * gx + gy * gy + gz * gz));
    const gap = e / steep;
    const ratio = gap / reachMm;
    if (Math.abs(ratio) >= 1) continue;
    const w = weight * (1 - ratio * ratio) * (1 - ratio * ratio);
    count += weight;
    row[0] = (y * gz - z * gy) / steep;
    row[1] = (z * gx - x * gz) / steep;
    row[2] = (x * gy - y * gx) / steep;
    row[3] = gx / steep;
    row[4] = gy / steep;
    row[5] = gz / steep;
    for (let f = 0; f < 4; f++) row[6 + f] = (outside(surface, bent[f], x, y, z) - e) / 1e-4 / steep;
    for (let i = 0; i < n; i++) {
      b[i] -= w * row[i] * gap;
      for (let j = i; j < n; j++) a[n * i + j] += w * row[i] * row[j];
    }
  }
  if (count < 50) return null;
  const share = INDEPENDENT / count / (SD_MM * SD_MM);
  for (let i = 0; i < n; i++) {
    b[i] *= share;
    for (let j = i; j < n; j++) {
      a[n * i + j] *= share;
      a[n * j + i] = a[n * i + j];
    }
  }
  for (let f = 0; f < 4; f++) {
    const information = 1 / (PRIOR.sd[f] * PRIOR.sd[f]);
    a[(n + 1) * (6 + f)] += information;
    b[6 + f] -= information * (logs[f] - PRIOR.mean[f]);
  }
  for (let i = 0; i < 6; i++) a[(n + 1) * i] += isPlaced ? 1e12 : 1e-6;
  const step = solveLinear(a, b);
  const spin = rotationFromVector([step[0], step[1], step[2]]);
  const t = placement.shiftMm;
  const turned = [0, 3, 6].map((r) => spin[r] * t[0] + spin[r + 1] * t[1] + spin[r + 2] * t[2]);
  const nextLogs = logs.map((value, f) => Math.max(-0.5, Math.min(0.5, value + step[6 + f])));
  return {
    placement: {
      rotation: multiply(spin, placement.rotation),
      mmPerUnit: placement.mmPerUnit,
      shiftMm: [turned[0] + step[3], turned[1] + step[4], turned[2] + step[5]] as Vec3,
    },
    shape: shapeOfLogs(nextLogs),
  };
}

function judge(
  surface: HeadSurface,
  points: Float64Array,
  placement: Placement,
  shape: HeadShape,
): Omit<PoseFit, 'placement' | 'shape'> {
  const q = intoHead(points, placement);
  const nearest = new Float32Array(JUDGE_BINS * JUDGE_BINS).fill(NaN);
  for (let k = 0; k < q.length; k += 3) {
    if (!(q[k] === q[k])) continue;
    const p = undeform(shape, [q[k], q[k + 1], q[k + 2]]);
    const r = Math.sqrt(p[0] * p[0] + p[1] * p[1] + p[2] * p[2]);
    const gap = Math.min(CUT_MM, Math.abs(r - radiusMm(surface, p[0], p[1], p[2])) * shape.face);
    const bin = binOf(p[0], p[1], p[2], JUDGE_BINS);
    if (!(gap >= nearest[bin])) nearest[bin] = gap;
  }
  const all = { weight: 0, seen: 0, gap: 0, close: 0 };
  const face = { weight: 0, close: 0 };
  for (let k = 0; k < nearest.length; k++) {
    const node = (n: number): number => Math.round(((n + 0.5) / JUDGE_BINS) * (surface.size - 1));
    const at = node(k % JUDGE_BINS) + surface.size * node(Math.floor(k / JUDGE_BINS));
    const weight = surface.weights[at];
    const gap = nearest[k];
    const close = gap < EXPLAINED_MM ? weight : 0;
    all.weight += weight;
    all.close += close;
    if (gap === gap) {
      all.seen += weight;
      all.gap += weight * gap;
    }
    if (!surface.isFace[at]) continue;
    face.weight += weight;
    face.close += close;
  }
  const { weight, seen, gap, close } = all;
  return {
    lossMm: (gap + MISSING_MM * (weight - seen)) / weight,
    gapMm: seen > 0 ? gap / seen : CUT_MM,
    explained: close / weight,
    faceExplained: face.close / face.weight,
  };
}
