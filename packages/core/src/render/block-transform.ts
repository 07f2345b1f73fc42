/**
 * The discrete cosine transform of 8 x 8 blocks, orthonormal: the one that JPEG stores (ITU-T T.81, A.3.3).
 *
 * `block` holds 64 numbers row by row and is overwritten; coefficient (u across, v down) comes to stand at 8 v + u.
 */
import { PI, cos } from '../num/elementary.ts';

export const BLOCK_PX = 8;

/** Basis of even and odd coefficients over four sums and four differences: half the products of the plain transform. */
const EVEN = new Float64Array(16);
const ODD = new Float64Array(16);
for (let i = 0; i < 4; i++) {
  for (let u = 0; u < 4; u++) {
    EVEN[4 * u + i] = (u === 0 ? Math.sqrt(1 / 8) : 0.5) * cos((PI * (2 * i + 1) * 2 * u) / 16);
    ODD[4 * u + i] = 0.5 * cos((PI * (2 * i + 1) * (2 * u + 1)) / 16);
  }
}

export function toFrequencies(block: Float64Array): void {
  for (let row = 0; row < 64; row += 8) forward(block, row, 1);
  for (let column = 0; column < 8; column++) forward(block, column, 8);
}

export function fromFrequencies(block: Float64Array): void {
  for (let column = 0; column < 8; column++) backward(block, column, 8);
  for (let row = 0; row < 64; row += 8) backward(block, row, 1);
}

function forward(x: Float64Array, at: number, step: number): void {
  const [a, b, c, d] = [x[at], x[at + step], x[at + 2 * step], x[at + 3 * step]];
  const [h, g, f, e] = [x[at + 7 * step], x[at + 6 * step], x[at + 5 * step], x[at + 4 * step]];
  const [s0, s1, s2, s3] = [a + h, b + g, c + f, d + e];
  const [d0, d1, d2, d3] = [a - h, b - g, c - f, d - e];
  for (let u = 0, k = 0; u < 4; u++, k += 4) {
    x[at + 2 * u * step] = EVEN[k] * s0 + EVEN[k + 1] * s1 + EVEN[k + 2] * s2 + EVEN[k + 3] * s3;
    x[at + (2 * u + 1) * step] = ODD[k] * d0 + ODD[k + 1] * d1 + ODD[k + 2] * d2 + ODD[k + 3] * d3;
  }
}

function backward(x: Float64Array, at: number, step: number): void {
  const [e0, o0, e1, o1] = [x[at], x[at + step], x[at + 2 * step], x[at + 3 * step]];
  const [e2, o2, e3, o3] = [x[at + 4 * step], x[at + 5 * step], x[at + 6 * step], x[at + 7 * step]];
  for (let i = 0; i < 4; i++) {
    const even = EVEN[i] * e0 + EVEN[4 + i] * e1 + EVEN[8 + i] * e2 + EVEN[12 + i] * e3;
    const odd = ODD[i] * o0 + ODD[4 + i] * o1 + ODD[8 + i] * o2 + ODD[12 + i] * o3;
    x[at + i * step] = even + odd;
    x[at + (7 - i) * step] = even - odd;
  }
}
