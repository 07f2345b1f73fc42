/**
 * How bright would plain skin be at each place of this head, in this light?
 *
 * Second-order spherical harmonics of the normal describe diffuse light on a matt surface to within a few per cent
 * (Ramamoorthi and Hanrahan 2001). Nine coefficients per channel are fitted to the skin above the brows by robust
 * least squares: places whose colour is not the forehead's, that are much darker (hair) or brighter (highlight) than
 * the fit, hardly count. What a photo shows beside this fit is hair, highlight or cast shadow.
 *
 * Does not know cast shadows: a hard one is partly followed, partly taken for something dark on the skin.
 */
import { smoothstep } from '../num/range.ts';
import { solveLinear } from '../num/solve.ts';
import { luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { HeadRaster } from './raster-head.ts';

export interface Shading {
  /** Diffuse light of plain skin, three planes of cells; 0 where the head is not seen. */
  readonly light: readonly [Float32Array, Float32Array, Float32Array];
  /** Luminance of it. */
  readonly luminance: Float32Array;
  /** Median of |observed / fitted - 1| over the places that count. */
  readonly spread: number;
}

const TERMS = 9;
const ROUNDS = 8;
const MOST_SAMPLES = 6000;

/** The nine harmonics up to second order, unnormalised, of a unit vector. */
function harmonics(x: number, y: number, z: number, out: Float64Array): void {
  out[0] = 1;
  out[1] = x;
  out[2] = y;
  out[3] = z;
  out[4] = x * y;
  out[5] = x * z;
  out[6] = y * z;
  out[7] = x * x - y * y;
  out[8] = 3 * z * z - 1;
}

/** The harmonics of a unit vector, each so many times. */
const lightAt = (fit: Float64Array, x: number, y: number, z: number): number =>
  fit[0] +
  fit[1] * x +
  fit[2] * y +
  fit[3] * z +
  fit[4] * (x * y) +
  fit[5] * (x * z) +
  fit[6] * (y * z) +
  fit[7] * (x * x - y * y) +
  fit[8] * (3 * z * z - 1);

/** `isSkinPlace` holds 1 where the model says skin above the brows; `skin` is the forehead's colour. */
export function fitShading(
  raster: HeadRaster,
  light: readonly [Float32Array, Float32Array, Float32Array],
  isSkinPlace: Uint8Array,
  skin: Colour3,
): Shading {
  const samples = chooseSamples(isSkinPlace);
  const basis = basisOf(raster, samples);
  const seen = light.map((plane) => valuesAt(samples, plane));
  const kindness = new Float64Array(samples.length);
  for (let i = 0; i < kindness.length; i++) kindness[i] = likeness(seen[0][i], seen[1][i], seen[2][i], skin);
  const weight = kindness.slice();
  const predicted = new Float64Array(samples.length);
  let fit: number[][] = [];
  let spread = 0;
  for (let round = 0; round < ROUNDS; round++) {
    fit = solveChannels(basis, weight, seen, skin);
    predicted.fill(0);
    for (let m = 0; m < TERMS; m++) addScaled(basis[m], fit[1][m], predicted);
    // Asked of the last fit alone.
    const errors = new Float64Array(round === ROUNDS - 1 ? weight.length : 0);
    let trusted = 0;
    for (let i = 0; i < weight.length; i++) {
      const ratio = seen[1][i] / Math.max(0.02 * skin[1], predicted[i]);
      const trust = ratio < 0.72 ? 0.02 : ratio > 1.25 ? 0.15 : 1 / (1 + ((ratio - 1) / 0.12) * ((ratio - 1) / 0.12));
      weight[i] = kindness[i] * trust;
      if (trust > 0.15 && kindness[i] > 0.3) errors[trusted++] = Math.abs(ratio - 1);
    }
    spread = trusted ? errors.subarray(0, trusted).sort()[trusted >> 1] : 1;
  }
  return evaluate(raster, fit, skin, spread);
}

function chooseSamples(isSkinPlace: Uint8Array): number[] {
  let count = 0;
  for (const is of isSkinPlace) count += is;
  const every = Math.max(1, Math.floor(count / MOST_SAMPLES));
  const samples: number[] = [];
  let seen = 0;
  for (let k = 0; k < isSkinPlace.length; k++) if (isSkinPlace[k] && seen++ % every === 0) samples.push(k);
  return samples;
}

/** 1 for the forehead's colour at any brightness, near 0 for another: hair, cloth, wall. */
function likeness(r: number, g: number, b: number, skin: Colour3): number {
  const sum = r + g + b + 1e-6;
  const whole = skin[0] + skin[1] + skin[2] + 1e-6;
  const dr = r / sum - skin[0] / whole;
  const db = b / sum - skin[2] / whole;
  const level = luminance(r, g, b) / (luminance(...skin) + 1e-6);
  return (0.02 + 0.98 * (1 - smoothstep(0.04, 0.12, Math.sqrt(dr * dr + db * db)))) * smoothstep(0.08, 0.3, level);
}

function valuesAt(samples: readonly number[], plane: Float32Array): Float64Array {
  const values = new Float64Array(samples.length);
  for (let i = 0; i < values.length; i++) values[i] = plane[samples[i]];
  return values;
}

/** Each of the harmonics at all samples. */
function basisOf({ normal }: HeadRaster, samples: readonly number[]): Float64Array[] {
  const basis = Array.from({ length: TERMS }, () => new Float64Array(samples.length));
  const term = new Float64Array(TERMS);
  for (let i = 0; i < samples.length; i++) {
    const at = 3 * samples[i];
    harmonics(normal[at], normal[at + 1], normal[at + 2], term);
    for (let m = 0; m < TERMS; m++) basis[m][i] = term[m];
  }
  return basis;
}

function addScaled(values: Float64Array, factor: number, to: Float64Array): void {
  for (let i = 0; i < to.length; i++) to[i] += factor * values[i];
}

/** Four sums at a time: none waits for the one before. */
function dot(a: Float64Array, b: Float64Array): number {
  let s = 0;
  let t = 0;
  let u = 0;
  let v = 0;
  let i = 0;
  for (; i + 4 <= a.length; i += 4) {
    s += a[i] * b[i];
    t += a[i + 1] * b[i + 1];
    u += a[i + 2] * b[i + 2];
    v += a[i + 3] * b[i + 3];
  }
  for (; i < a.length; i++) s += a[i] * b[i];
  return s + t + (u + v);
}

function solveChannels(
  basis: readonly Float64Array[],
  weight: Float64Array,
  seen: readonly Float64Array[],
  skin: Colour3,
): number[][] {
  const a = new Float64Array(TERMS * TERMS);
  const rhs = [new Float64Array(TERMS), new Float64Array(TERMS), new Float64Array(TERMS)];
  let total = 0;
  for (let i = 0; i < weight.length; i++) total += weight[i];
  const weighted = new Float64Array(weight.length);
  for (let m = 0; m < TERMS; m++) {
    for (let i = 0; i < weighted.length; i++) weighted[i] = weight[i] * basis[m][i];
    for (let n = m; n < TERMS; n++) a[TERMS * m + n] = dot(weighted, basis[n]);
    for (let c = 0; c < 3; c++) rhs[c][m] = dot(weighted, seen[c]);
  }
  const matrix = Array.from(a);
  for (let m = 0; m < TERMS; m++) {
    for (let n = 0; n < m; n++) matrix[TERMS * m + n] = matrix[TERMS * n + m];
    // The second order runs wild where only a strip of forehead is seen: hold it back harder.
    matrix[TERMS * m + m] += (m < 4 ? 1e-3 : 6e-3) * total + 1e-6;
  }
  // A floor under an empty photo: the constant term leans to the forehead's colour with the weight of one sample.
  matrix[0] += 1;
  return rhs.map((b, c) => {
    b[0] += skin[c];
    return solveLinear(matrix, b);
  });
}

function evaluate(raster: HeadRaster, fit: number[][], skin: Colour3, spread: number): Shading {
  const cells = raster.depthMm.length;
  const planes = [new Float32Array(cells), new Float32Array(cells), new Float32Array(cells)] as const;
  const total = new Float32Array(cells);
  const [red, green, blue] = fit.map((terms) => Float64Array.from(terms));
  for (let k = 0; k < cells; k++) {
    if (raster.depthMm[k] === 0) continue;
    const x = raster.normal[3 * k];
    const y = raster.normal[3 * k + 1];
    const z = raster.normal[3 * k + 2];
    planes[0][k] = Math.max(0.04 * skin[0], lightAt(red, x, y, z));
    planes[1][k] = Math.max(0.04 * skin[1], lightAt(green, x, y, z));
    planes[2][k] = Math.max(0.04 * skin[2], lightAt(blue, x, y, z));
    total[k] = luminance(planes[0][k], planes[1][k], planes[2][k]);
  }
  return { light: planes, luminance: total, spread };
}
