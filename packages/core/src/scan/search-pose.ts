/**
 * First guesses of how a head lies in a scan: rotation, centre and size, from anywhere.
 *
 * Round a candidate centre the scan is read as an outermost radius by direction; the template, read round its own
 * centre of curvature, is turned through rotations spread evenly over all of them, at each of which the shift and
 * the scale that explain the radii best are a small linear system. What is kept are the poses that leave the least.
 * Too coarse to trust: fit-pose.ts takes each on from here.
 */
import { PI, TAU, cos, sin } from '../num/elementary.ts';
import { solveLinear } from '../num/solve.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { rotate, transpose } from '../vec/mat3.ts';
import { alongRay } from '../head/tape.ts';
import { octahedralOf, radiusMm } from '../head/head-map.ts';
import type { HeadSurface } from './head-surface.ts';
import type { SurfaceSamples } from './sample-scan.ts';
import type { Placement } from './scan-mesh.ts';

export interface PoseGuess {
  readonly placement: Placement;
  /** Mean gap (mm) between the guess and the scan, each cut off at 20. */
  readonly lossMm: number;
}

/** Centre of curvature of the template's calvaria, mm. */
const CENTRE: Vec3 = [0, 45, -8];
const PROBES = 420;
const ROTATIONS = 720;
const BINS = 40;
const REACH_MM = 150;
const CUT_MM = 20;
const MISSING_MM = 14;
const SCALE_FREEDOM = 0.18;

interface Probe {
  readonly direction: Vec3;
  readonly radiusMm: number;
  readonly weight: number;
}

/** Poses round `centre` (scan units) whose gap is small, best first, `count` at most and 25 degrees apart. */
export function searchPose(
  surface: HeadSurface,
  samples: SurfaceSamples,
  centre: Vec3,
  mmPerUnit: number,
  count: number,
): PoseGuess[] {
  const bins = binRadii(samples, centre, mmPerUnit);
  const probes = probesOf(surface);
  const guesses: (PoseGuess & { readonly headToScan: Mat3 })[] = [];
  for (const headToScan of ROTATION_GRID) {
    const guess = tryRotation(probes, bins, headToScan);
    if (!guess) continue;
    const rotation = transpose(headToScan);
    const size = mmPerUnit * guess.scale;
    const c = rotate(rotation, [centre[0], centre[1], centre[2]]);
    const shiftMm: Vec3 = [
      CENTRE[0] + guess.shift[0] - c[0] * size,
      CENTRE[1] + guess.shift[1] - c[1] * size,
      CENTRE[2] + guess.shift[2] - c[2] * size,
    ];
    guesses.push({ placement: { rotation, mmPerUnit: size, shiftMm }, lossMm: guess.lossMm, headToScan });
  }
  guesses.sort((a, b) => a.lossMm - b.lossMm);
  const chosen: typeof guesses = [];
  for (const guess of guesses) {
    if (chosen.length === count) break;
    if (chosen.every((other) => turnCos(other.headToScan, guess.headToScan) < 0.906)) chosen.push(guess);
  }
  return chosen;
}

/** Cosine of the angle between two rotations. */
export function turnCos(a: Mat3, b: Mat3): number {
  let trace = 0;
  for (let k = 0; k < 9; k++) trace += a[k] * b[k];
  return (trace - 1) / 2;
}

/** Outermost radius (mm) by direction in the scan's own axes, 0 where nothing is. */
function binRadii({ points }: SurfaceSamples, centre: Vec3, mmPerUnit: number): Float32Array {
  const bins = new Float32Array(BINS * BINS);
  for (let k = 0; k < points.length; k += 3) {
    const x = (points[k] - centre[0]) * mmPerUnit;
    const y = (points[k + 1] - centre[1]) * mmPerUnit;
    const z = (points[k + 2] - centre[2]) * mmPerUnit;
    const r = Math.sqrt(x * x + y * y + z * z);
    if (r < 30 || r > REACH_MM) continue;
    const at = binOf(x, y, z);
    if (r > bins[at]) bins[at] = r;
  }
  return bins;
}

function binOf(x: number, y: number, z: number): number {
  const [u, v] = octahedralOf(x, y, z);
  const i = Math.min(BINS - 1, Math.floor(((u + 1) / 2) * BINS));
  const j = Math.min(BINS - 1, Math.floor(((v + 1) / 2) * BINS));
  return i + BINS * j;
}

const probeCache = new WeakMap<HeadSurface, readonly Probe[]>();

function probesOf(surface: HeadSurface): readonly Probe[] {
  const known = probeCache.get(surface);
  if (known) return known;
  const radius = (x: number, y: number, z: number): number => radiusMm(surface, x, y, z);
  const probes: Probe[] = [];
  for (let k = 0; k < PROBES; k++) {
    const y = 1 - (2 * (k + 0.5)) / PROBES;
    const r = Math.sqrt(1 - y * y);
    const phi = k * PI * (3 - Math.sqrt(5));
    const direction: Vec3 = [r * sin(phi), y, r * cos(phi)];
    const t = alongRay(radius, CENTRE, direction, 90);
    const p = CENTRE.map((c, axis) => c + t * direction[axis]);
    const weight = weightAt(surface, p[0], p[1], p[2]);
    if (weight > 0 && t > 30 && t < REACH_MM - 10) probes.push({ direction, radiusMm: t, weight });
  }
  probeCache.set(surface, probes);
  return probes;
}

/** Weight of the node nearest to the direction. */
export function weightAt({ size, weights }: HeadSurface, x: number, y: number, z: number): number {
  const [u, v] = octahedralOf(x, y, z);
  return weights[Math.round(((u + 1) / 2) * (size - 1)) + size * Math.round(((v + 1) / 2) * (size - 1))];
}

function tryRotation(
  probes: readonly Probe[],
  bins: Float32Array,
  m: Mat3,
): { scale: number; shift: Vec3; lossMm: number } | null {
  const a = new Float64Array(16);
  const b = new Float64Array(4);
  const read = new Float64Array(probes.length);
  for (let i = 0; i < probes.length; i++) {
    const { direction: d, radiusMm: r, weight } = probes[i];
    const at = binOf(
      m[0] * d[0] + m[1] * d[1] + m[2] * d[2],
      m[3] * d[0] + m[4] * d[1] + m[5] * d[2],
      m[6] * d[0] + m[7] * d[1] + m[8] * d[2],
    );
    read[i] = bins[at];
    const gap = read[i] - r;
    if (read[i] === 0 || Math.abs(gap) > 45) continue;
    const row = [d[0], d[1], d[2], r];
    for (let j = 0; j < 4; j++) {
      b[j] += weight * row[j] * gap;
      for (let k = j; k < 4; k++) a[4 * j + k] += weight * row[j] * row[k];
    }
  }
  for (let j = 0; j < 4; j++) {
    for (let k = 0; k < j; k++) a[4 * j + k] = a[4 * k + j];
    // Half a probe at 1 mm each: a centre 15 mm off and a size 10 % off are ordinary.
    a[5 * j] += j < 3 ? 2 : 2e4;
  }
  const x = solveLinear(a, b);
  if (Math.abs(x[3]) > SCALE_FREEDOM) return null;
  let loss = 0;
  let sum = 0;
  for (let i = 0; i < probes.length; i++) {
    const { direction: d, radiusMm: r, weight } = probes[i];
    const left = read[i] - r - (x[0] * d[0] + x[1] * d[1] + x[2] * d[2] + x[3] * r);
    loss += weight * (read[i] === 0 ? MISSING_MM : Math.min(CUT_MM, Math.abs(left)));
    sum += weight;
  }
  // The scan is larger than the template by 1 + x3; what is left over in the scan is a shift of the head in it.
  const scale = 1 / (1 + x[3]);
  return { scale, shift: [-x[0] * scale, -x[1] * scale, -x[2] * scale], lossMm: loss / sum };
}

/** Rotations spread evenly over all there are (a super-Fibonacci spiral, Alexa 2022): 27 degrees apart. */
const ROTATION_GRID: readonly Mat3[] = Array.from({ length: ROTATIONS }, (_, k) => {
  const s = k + 0.5;
  const t = s / ROTATIONS;
  const r = Math.sqrt(t);
  const q = Math.sqrt(1 - t);
  const alpha = (TAU * s) / Math.sqrt(2);
  const beta = (TAU * s) / 1.533751168755204;
  return fromQuaternion(r * sin(alpha), r * cos(alpha), q * sin(beta), q * cos(beta));
});

function fromQuaternion(x: number, y: number, z: number, w: number): Mat3 {
  return [
    1 - 2 * (y * y + z * z),
    2 * (x * y - z * w),
    2 * (x * z + y * w),
    2 * (x * y + z * w),
    1 - 2 * (x * x + z * z),
    2 * (y * z - x * w),
    2 * (x * z - y * w),
    2 * (y * z + x * w),
    1 - 2 * (x * x + y * y),
  ];
}
