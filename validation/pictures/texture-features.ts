/**
 * What can be told of a small crop of skin besides its mean colour: 30 numbers about its texture.
 *
 * Bands are differences of Gaussians of L*, as in render/measure-picture.ts. Every number is of the crop's inside, 4 px
 * from its edge, on the crop with its slow shading taken away, so that light and slope say nothing.
 */
import { gaussianBlur } from '@stipple/core/render/blur.ts';
import { labOf } from '@stipple/core/pigment/lab.ts';
import { LIGHT_OF_CODE } from '@stipple/core/pigment/linear-light.ts';

export const CROP_PX = 40;
const INSET_PX = 4;
const BAND_SDS = [0.7, 1.4, 2.8, 5.6] as const;

export const FEATURES = [
  ...['0.7', '1.4', '2.8', '5.6'].map((sd) => `contrast below ${sd} px`),
  ...['0.7', '1.4', '2.8'].map((sd) => `skew below ${sd} px`),
  ...['0.7', '1.4', '2.8'].map((sd) => `peakedness below ${sd} px`),
  ...['1', '2', '3', '4', '6'].map((lag) => `likeness ${lag} px apart`),
  'directedness',
  'strands',
  ...['flat or dark spot', 'spot end', 'corner', 'edge', 'line end', 'bright spot', 'uneven'].map(
    (name) => `pattern ${name}`,
  ),
  'redness with darkness',
  'yellowness with darkness',
  'fine colour against fine light',
  'colour below 2.8 px',
  'step at JPEG blocks',
] as const;

/** What tells a stroke from a spot: real hair lies in one direction, dots of pigment in none, and must not. */
export const OF_STROKES: ReadonlySet<string> = new Set([
  'directedness',
  'strands',
  'pattern corner',
  'pattern edge',
  'pattern line end',
]);

interface CropPlace {
  readonly leftPx: number;
  readonly topPx: number;
}

/** Of the crop at a place of a picture, which lies wholly inside it. */
export function textureFeatures(rgba: ArrayLike<number>, widthPx: number, { leftPx, topPx }: CropPlace): number[] {
  const n = CROP_PX;
  const planes = [new Float32Array(n * n), new Float32Array(n * n), new Float32Array(n * n)] as const;
  for (let k = 0; k < n * n; k++) {
    const p = 4 * ((topPx + Math.floor(k / n)) * widthPx + leftPx + (k % n));
    const lab = labOf([LIGHT_OF_CODE[rgba[p]!]!, LIGHT_OF_CODE[rgba[p + 1]!]!, LIGHT_OF_CODE[rgba[p + 2]!]!]);
    for (let c = 0; c < 3; c++) planes[c]![k] = lab[c]!;
  }
  const inside: number[] = [];
  for (let y = INSET_PX; y < n - INSET_PX; y++) for (let x = INSET_PX; x < n - INSET_PX; x++) inside.push(y * n + x);
  const [lightness, a, b] = planes;
  const blurred = [lightness, ...BAND_SDS.map((sd) => gaussianBlur(lightness, n, n, sd))];
  const bands = BAND_SDS.map((_, i) => blurred[i]!.map((v, k) => v - blurred[i + 1]![k]!));
  const fine = lightness.map((v, k) => v - blurred[4]![k]!);
  const chroma = [a, b].map((plane) => high(plane, n, 2.8));
  const light = high(lightness, n, 2.8);
  const finest = [a, b].map((plane) => high(plane, n, 1.4));
  const moments = bands.map((band) => momentsOf(band, inside));
  const [xx, xy, yy] = gradients(blurred[1]!, n, inside);
  const directed = Math.hypot(xx - yy, 2 * xy) / (xx + yy + 1e-9);
  const sdFine = momentsOf(high(lightness, n, 1.4), inside).sd;
  return [
    ...moments.map(({ sd }) => Math.log(sd + 0.02)),
    ...moments.slice(0, 3).map(({ skew }) => skew),
    ...moments.slice(0, 3).map(({ kurtosis }) => Math.log(Math.max(1, kurtosis))),
    ...[1, 2, 3, 4, 6].map((lag) => likeness(fine, n, lag)),
    directed,
    strands(blurred[1]!, n, inside),
    ...patterns(lightness, n, inside),
    slope(chroma[0]!, light, inside),
    slope(chroma[1]!, light, inside),
    Math.log((momentsOf(finest[0]!, inside).sd + momentsOf(finest[1]!, inside).sd + 0.05) / (sdFine + 0.05)),
    Math.log(momentsOf(chroma[0]!, inside).sd + momentsOf(chroma[1]!, inside).sd + 0.05),
    blockSteps(lightness, n, leftPx, topPx),
  ];
}

const high = (plane: Float32Array, n: number, sd: number): Float32Array => {
  const low = gaussianBlur(plane, n, n, sd);
  return plane.map((v, k) => v - low[k]!);
};

function momentsOf(plane: Float32Array, where: readonly number[]): { sd: number; skew: number; kurtosis: number } {
  let mean = 0;
  for (const k of where) mean += plane[k]!;
  mean /= where.length;
  let [two, three, four] = [0, 0, 0];
  for (const k of where) {
    const d = plane[k]! - mean;
    two += d * d;
    three += d * d * d;
    four += d * d * d * d;
  }
  const variance = two / where.length + 1e-9;
  return {
    sd: Math.sqrt(variance),
    skew: three / where.length / (variance * Math.sqrt(variance)),
    kurtosis: four / where.length / (variance * variance),
  };
}

/** Correlation with itself some pixels aside and below. */
function likeness(plane: Float32Array, n: number, lag: number): number {
  let [same, all] = [0, 0];
  for (let y = INSET_PX; y < n - INSET_PX - lag; y++) {
    for (let x = INSET_PX; x < n - INSET_PX - lag; x++) {
      const v = plane[y * n + x]!;
      same += v * (plane[y * n + x + lag]! + plane[(y + lag) * n + x]!);
      all += 2 * v * v;
    }
  }
  return same / (all + 1e-9);
}

function gradients(plane: Float32Array, n: number, where: readonly number[]): [number, number, number] {
  let [xx, xy, yy] = [0, 0, 0];
  for (const k of where) {
    const dx = plane[k + 1]! - plane[k - 1]!;
    const dy = plane[k + n]! - plane[k - n]!;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  return [xx, xy, yy];
}

/** How far dark places are lines rather than spots: the smaller against the larger curvature where it is dark. */
function strands(plane: Float32Array, n: number, where: readonly number[]): number {
  let [small, large] = [0, 0];
  for (const k of where) {
    const xx = plane[k - 1]! - 2 * plane[k]! + plane[k + 1]!;
    const yy = plane[k - n]! - 2 * plane[k]! + plane[k + n]!;
    const xy = (plane[k - n - 1]! - plane[k - n + 1]! - plane[k + n - 1]! + plane[k + n + 1]!) / 4;
    const middle = (xx + yy) / 2;
    const spread = Math.hypot((xx - yy) / 2, xy);
    if (middle + spread <= 0) continue;
    large += middle + spread;
    small += Math.max(0, middle - spread);
  }
  return small / (large + 1e-9);
}

/** Shares of local binary patterns by how many of eight neighbours are lighter, uneven ones together (Ojala 2002). */
function patterns(plane: Float32Array, n: number, where: readonly number[]): number[] {
  const counts = new Float64Array(7);
  const ring = [-n - 1, -n, -n + 1, 1, n + 1, n, n - 1, -1];
  for (const k of where) {
    let [lighter, turns] = [0, 0];
    let last = plane[k + ring[7]!]! > plane[k]! ? 1 : 0;
    for (const step of ring) {
      const bit = plane[k + step]! > plane[k]! ? 1 : 0;
      lighter += bit;
      turns += bit === last ? 0 : 1;
      last = bit;
    }
    const bin =
      turns > 2
        ? 6
        : lighter === 8
          ? 0
          : lighter === 7
            ? 1
            : lighter >= 5
              ? 2
              : lighter >= 3
                ? 3
                : lighter >= 1
                  ? 4
                  : 5;
    counts[bin]! += 1 / where.length;
  }
  return [...counts];
}

function slope(y: Float32Array, x: Float32Array, where: readonly number[]): number {
  let [both, whole] = [0, 0];
  for (const k of where) {
    both += x[k]! * y[k]!;
    whole += x[k]! * x[k]!;
  }
  return both / (whole + 1e-9);
}

/** Steps between pixels across the borders of 8 x 8 blocks of the picture, against steps elsewhere. */
function blockSteps(plane: Float32Array, n: number, leftPx: number, topPx: number): number {
  let [atBorder, borders, elsewhere, others] = [0, 0, 0, 0];
  for (let y = 0; y < n - 1; y++) {
    for (let x = 0; x < n - 1; x++) {
      const across = Math.abs(plane[y * n + x + 1]! - plane[y * n + x]!);
      const down = Math.abs(plane[(y + 1) * n + x]! - plane[y * n + x]!);
      for (const [step, at] of [
        [across, leftPx + x + 1],
        [down, topPx + y + 1],
      ] as const) {
        if (at % 8 === 0) {
          atBorder += step;
          borders++;
        } else {
          elsewhere += step;
          others++;
        }
      }
    }
  }
  return Math.log((atBorder / borders + 0.05) / (elsewhere / others + 0.05));
}
