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

/** `isSkinPlace` holds 1 where the model says skin above the brows; `skin` is the forehead's colour. */
export function fitShading(
  raster: HeadRaster,
  light: readonly [Float32Array, Float32Array, Float32Array],
  isSkinPlace: Uint8Array,
  skin: Colour3,
): Shading {
  const samples = chooseSamples(isSkinPlace);
  const basis = new Float64Array(TERMS * samples.length);
  const term = new Float64Array(TERMS);
  const kindness = new Float64Array(samples.length);
  samples.forEach((k, i) => {
    harmonics(raster.normal[3 * k], raster.normal[3 * k + 1], raster.normal[3 * k + 2], term);
    basis.set(term, TERMS * i);
    kindness[i] = likeness(light[0][k], light[1][k], light[2][k], skin);
  });
  const weight = kindness.slice();
  let fit: number[][] = [];
  let spread = 0;
  for (let round = 0; round < ROUNDS; round++) {
    fit = solveChannels(samples, basis, weight, light, skin);
    const errors: number[] = [];
    // Asked of the last fit alone.
    const isLast = round === ROUNDS - 1;
    for (let i = 0; i < samples.length; i++) {
      const k = samples[i];
      let predicted = 0;
      for (let m = 0; m < TERMS; m++) predicted += fit[1][m] * basis[TERMS * i + m];
      const ratio = light[1][k] / Math.max(0.02 * skin[1], predicted);
      const trust = ratio < 0.72 ? 0.02 : ratio > 1.25 ? 0.15 : 1 / (1 + ((ratio - 1) / 0.12) * ((ratio - 1) / 0.12));
      weight[i] = kindness[i] * trust;
      if (isLast && trust > 0.15 && kindness[i] > 0.3) errors.push(Math.abs(ratio - 1));
    }
    errors.sort((a, b) => a - b);
    spread = errors.length ? errors[errors.length >> 1] : 1;
  }
  return { ...evaluate(raster, fit, skin), spread };
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

function solveChannels(
  samples: readonly number[],
  basis: Float64Array,
  weight: Float64Array,
  light: readonly Float32Array[],
  skin: Colour3,
): number[][] {
  const a = new Float64Array(TERMS * TERMS);
  const rhs = [new Float64Array(TERMS), new Float64Array(TERMS), new Float64Array(TERMS)];
  let total = 0;
  const [red, green, blue] = light;
  for (let i = 0; i < samples.length; i++) {
    const k = samples[i];
    const w = weight[i];
    total += w;
    for (let m = 0; m < TERMS; m++) {
      const wb = w * basis[TERMS * i + m];
      for (let n = m; n < TERMS; n++) a[TERMS * m + n] += wb * basis[TERMS * i + n];
      rhs[0][m] += wb * red[k];
      rhs[1][m] += wb * green[k];
      rhs[2][m] += wb * blue[k];
    }
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

function evaluate(raster: HeadRaster, fit: number[][], skin: Colour3): Omit<Shading, 'spread'> {
  const cells = raster.depthMm.length;
  const planes = [new Float32Array(cells), new Float32Array(cells), new Float32Array(cells)] as const;
  const total = new Float32Array(cells);
  const term = new Float64Array(TERMS);
  for (let k = 0; k < cells; k++) {
    if (raster.depthMm[k] === 0) continue;
    harmonics(raster.normal[3 * k], raster.normal[3 * k + 1], raster.normal[3 * k + 2], term);
    for (let c = 0; c < 3; c++) {
      let sum = 0;
      for (let m = 0; m < TERMS; m++) sum += fit[c][m] * term[m];
      planes[c][k] = Math.max(0.04 * skin[c], sum);
    }
    total[k] = luminance(planes[0][k], planes[1][k], planes[2][k]);
  }
  return { light: planes, luminance: total };
}
