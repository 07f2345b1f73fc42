/**
 * How good a pattern of dots is: are neighbours evenly apart, are there blotches, are there rows?
 *
 * In: dots with a normal and a wanted density each (mm, dots per cm2); planes have normal +z. All distances are in
 * units of the hexagonal distance 10.746 / sqrt(density), the largest that all nearest neighbours can have at once.
 *
 * `lowPower`: in 24 tangent patches under a Hann window, the mean power spectrum at 0.175 to 0.5 of sqrt(density)
 * cycles; white noise has 1, an even pattern next to 0. `rows`: the highest single peak of that spectrum anywhere
 * near the ring of nearest neighbours, as a part of what a perfect lattice would have; above about 0.2 the eye
 * finds lines. Measures are for even stretches: choose them with `isMeasured`.
 *
 * For tests and the bench; the plan does not need it.
 */
import { cos, sin, TAU } from '../num/elementary.ts';
import { seededGenerator } from '../random/generator.ts';
import { frameAround, sortIntoCells } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { HEX_IN_SPACINGS } from './kernel.ts';

export interface Pattern {
  readonly count: number;
  readonly positionMm: ArrayLike<number>;
  readonly normal: ArrayLike<number>;
  readonly densityPerCm2: ArrayLike<number>;
  /** Whether a dot is counted (it is always a neighbour); all when missing. */
  readonly isMeasured?: (dot: number) => boolean;
}

export interface NearestQuality {
  /** Nearest distance / hexagonal distance. */
  readonly mean: number;
  readonly min: number;
  /** The closest hundredth. */
  readonly p1: number;
  /** Standard deviation / mean. */
  readonly spread: number;
  /** Mean nearest distance against that of random points, 1 = random, 2.15 = hexagonal (Clark and Evans 1954). */
  readonly clarkEvans: number;
}

const CELL_MM = 4;

export function nearestQuality(pattern: Pattern): NearestQuality {
  const { count, positionMm: xyz, densityPerCm2, isMeasured } = pattern;
  const grid = sortIntoCells(frameAround(xyz, count, CELL_MM), xyz, count);
  const ratios: number[] = [];
  for (let i = 0; i < count; i++) {
    if (isMeasured && !isMeasured(i)) continue;
    let nearest = Infinity;
    eachNear(grid, xyz, i, 1, (_, d2) => {
      if (d2 < nearest) nearest = d2;
    });
    if (nearest === Infinity) throw new RangeError(`dot ${i} has no neighbour within ${CELL_MM} mm`);
    ratios.push(Math.sqrt(nearest * densityPerCm2[i]) / (10 * HEX_IN_SPACINGS));
  }
  if (ratios.length < 2) throw new RangeError('no dots to measure');
  ratios.sort((a, b) => a - b);
  const mean = ratios.reduce((sum, r) => sum + r, 0) / ratios.length;
  const variance = ratios.reduce((sum, r) => sum + (r - mean) * (r - mean), 0) / ratios.length;
  return {
    mean,
    min: ratios[0],
    p1: ratios[Math.floor(ratios.length / 100)],
    spread: Math.sqrt(variance) / mean,
    clarkEvans: mean * 2 * HEX_IN_SPACINGS,
  };
}

function eachNear(
  grid: CellGrid,
  xyz: ArrayLike<number>,
  i: number,
  ring: number,
  visit: (other: number, d2: number) => void,
): void {
  const { start, order, frame } = grid;
  const [nx, ny, nz] = frame.cells;
  const at = [0, 1, 2].map((c) => Math.floor((xyz[3 * i + c] - frame.minMm[c]) / frame.cellMm));
  for (let k = Math.max(0, at[2] - ring); k <= Math.min(nz - 1, at[2] + ring); k++) {
    for (let j = Math.max(0, at[1] - ring); j <= Math.min(ny - 1, at[1] + ring); j++) {
      const row = nx * (j + ny * k);
      const to = start[row + Math.min(nx - 1, at[0] + ring) + 1];
      for (let b = start[row + Math.max(0, at[0] - ring)]; b < to; b++) {
        const other = order[b];
        if (other === i) continue;
        const dx = xyz[3 * other] - xyz[3 * i];
        const dy = xyz[3 * other + 1] - xyz[3 * i + 1];
        const dz = xyz[3 * other + 2] - xyz[3 * i + 2];
        visit(other, dx * dx + dy * dy + dz * dz);
      }
    }
  }
}

export interface SpectrumQuality {
  readonly lowPower: number;
  readonly rows: number;
}

export interface PatchOptions {
  readonly patches: number;
  /** Half the side of a patch, mm; a patch must lie inside the even stretch. */
  readonly halfMm: number;
  readonly seed: number;
}

export const PATCH_DEFAULTS: PatchOptions = { patches: 24, halfMm: 16, seed: 7 };

const LOW_SAMPLES = 40;

/** Half side (mm) of the smaller window in which rows are looked for: crystals are a few cm2 at most. */
const ROW_HALF_MM = 9;

/** Patches are centred on measured dots, chosen by the seed. */
export function spectrumQuality(pattern: Pattern, options: PatchOptions = PATCH_DEFAULTS): SpectrumQuality {
  const { count, positionMm: xyz, densityPerCm2, isMeasured } = pattern;
  const random = seededGenerator(options.seed);
  const centres = Array.from({ length: count }, (_, i) => i).filter((i) => !isMeasured || isMeasured(i));
  if (centres.length === 0) throw new RangeError('no dots to measure');
  const grid = sortIntoCells(frameAround(xyz, count, CELL_MM), xyz, count);
  let lowSum = 0;
  let lows = 0;
  let rowSum = 0;
  for (let patch = 0; patch < options.patches; patch++) {
    const centre = centres[Math.floor(random() * centres.length)];
    const frequency = Math.sqrt(densityPerCm2[centre]) / 10;
    const wide = tangentPatch(pattern, grid, centre, options.halfMm);
    for (let k = 0; k < LOW_SAMPLES; k++) {
      const f = 0.5 * frequency * (0.35 + 0.65 * random());
      const turn = random() * TAU;
      // Slower waves than 1.5 to the patch measure the window, not the dots.
      if (f * options.halfMm * 2 < 3) continue;
      lowSum += power(wide, f * cos(turn), f * sin(turn));
      lows++;
    }
    rowSum += strongestRow(tangentPatch(pattern, grid, centre, ROW_HALF_MM), frequency);
  }
  if (lows === 0) throw new RangeError('the patches are too small for the density');
  return { lowPower: lowSum / lows, rows: rowSum / options.patches };
}

interface Patch {
  readonly u: number[];
  readonly v: number[];
  readonly weight: number[];
  readonly sumOfWeights: number;
  readonly sumOfSquares: number;
  readonly halfMm: number;
}

function tangentPatch({ positionMm: xyz, normal }: Pattern, grid: CellGrid, centre: number, halfMm: number): Patch {
  const n = [normal[3 * centre], normal[3 * centre + 1], normal[3 * centre + 2]];
  const flat = Math.abs(n[1]) < 0.8 ? [n[2], 0, -n[0]] : [0, n[2], -n[1]];
  const l = Math.sqrt(flat[0] * flat[0] + flat[1] * flat[1] + flat[2] * flat[2]);
  const a = flat.map((c) => c / l);
  const b = [n[1] * a[2] - n[2] * a[1], n[2] * a[0] - n[0] * a[2], n[0] * a[1] - n[1] * a[0]];
  const patch = {
    u: [] as number[],
    v: [] as number[],
    weight: [] as number[],
    sumOfWeights: 0,
    sumOfSquares: 0,
    halfMm,
  };
  const add = (i: number): void => {
    const d = [0, 1, 2].map((c) => xyz[3 * i + c] - xyz[3 * centre + c]);
    const u = d[0] * a[0] + d[1] * a[1] + d[2] * a[2];
    const v = d[0] * b[0] + d[1] * b[1] + d[2] * b[2];
    if (Math.abs(u) >= halfMm || Math.abs(v) >= halfMm) return;
    const w = hann(u / halfMm) * hann(v / halfMm);
    patch.u.push(u);
    patch.v.push(v);
    patch.weight.push(w);
    patch.sumOfWeights += w;
    patch.sumOfSquares += w * w;
  };
  add(centre);
  eachNear(grid, xyz, centre, Math.ceil((halfMm * 1.6) / CELL_MM), (other) => add(other));
  return patch;
}

const hann = (t: number): number => 0.5 + 0.5 * cos((TAU / 2) * t);

/** Power at (fu, fv) cycles per mm; 1 for white noise. */
function power({ u, v, weight, sumOfSquares }: Patch, fu: number, fv: number): number {
  let re = 0;
  let im = 0;
  for (let k = 0; k < u.length; k++) {
    const phase = TAU * (fu * u[k] + fv * v[k]);
    re += weight[k] * cos(phase);
    im += weight[k] * sin(phase);
  }
  return (re * re + im * im) / sumOfSquares;
}

/**
 * Highest peak between 0.85 and 1.3 of sqrt(density), where every lattice has one; 1 = all dots in step. The mesh of
 * frequencies is walked by turning each dot's phase a step further, which costs no sine.
 */
function strongestRow({ u, v, weight, halfMm, sumOfWeights }: Patch, frequency: number): number {
  const count = u.length;
  // A Hann window blurs a peak over 2 / side: this mesh cannot step over one.
  const step = 0.5 / halfMm / 1.4;
  const rings = Math.floor((1.3 * frequency) / step);
  const least = 0.85 * frequency;
  const across = phasors(u, step);
  const along = phasors(v, step);
  const first = phasors(v, -rings * step);
  const column = { re: Float64Array.from(weight), im: new Float64Array(count) };
  const phase = { re: new Float64Array(count), im: new Float64Array(count) };
  let best = 0;
  for (let i = 0; i <= rings; i++) {
    phase.re.set(column.re);
    phase.im.set(column.im);
    turn(phase, first);
    for (let j = -rings; j <= rings; j++) {
      const f2 = (i * i + j * j) * step * step;
      if (f2 >= least * least && f2 <= rings * rings * step * step) best = Math.max(best, squaredSum(phase));
      turn(phase, along);
    }
    turn(column, across);
  }
  return best / (sumOfWeights * sumOfWeights);
}

interface Phasors {
  readonly re: Float64Array;
  readonly im: Float64Array;
}

const phasors = (places: readonly number[], perMm: number): Phasors => ({
  re: Float64Array.from(places, (x) => cos(TAU * perMm * x)),
  im: Float64Array.from(places, (x) => sin(TAU * perMm * x)),
});

function turn({ re, im }: Phasors, by: Phasors): void {
  for (let k = 0; k < re.length; k++) {
    const r = re[k] * by.re[k] - im[k] * by.im[k];
    im[k] = re[k] * by.im[k] + im[k] * by.re[k];
    re[k] = r;
  }
}

function squaredSum({ re, im }: Phasors): number {
  let r = 0;
  let i = 0;
  for (let k = 0; k < re.length; k++) {
    r += re[k];
    i += im[k];
  }
  return r * r + i * i;
}
