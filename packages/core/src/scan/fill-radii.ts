/**
 * Closes gaps in radii by direction: smoothly from their rims, and towards the expected head where a gap is wide.
 *
 * What is filled is the ratio of radius to expected radius: a membrane with a spring towards 1 (screened Poisson), by
 * successive over-relaxation on the folded octahedral square. The spring takes over some 40 mm from the rim.
 */
import type { HeadMap } from '../head/head-map.ts';

const SPRING = 1 / 144;
const OVER = 1.88;
const ROUNDS = 220;

/** Radii (mm) of all nodes: `radiiMm` where it is a number, filled elsewhere. */
export function fillRadii(radiiMm: Float32Array, expected: HeadMap): Float32Array {
  const { size } = expected;
  const ratio = new Float64Array(size * size);
  const gaps: number[] = [];
  for (let k = 0; k < ratio.length; k++) {
    const r = radiiMm[k];
    ratio[k] = r === r ? r / expected.radiiMm[k] : 1;
    if (r !== r && oneOf(size, k) === k) gaps.push(k);
  }
  const around = neighboursOf(size);
  for (let round = 0; round < ROUNDS; round++) {
    for (const k of gaps) {
      const sum = ratio[around[4 * k]] + ratio[around[4 * k + 1]] + ratio[around[4 * k + 2]] + ratio[around[4 * k + 3]];
      ratio[k] += OVER * ((sum + SPRING) / (4 + SPRING) - ratio[k]);
    }
  }
  const filled = Float32Array.from(radiiMm);
  for (let k = 0; k < filled.length; k++) {
    if (filled[k] !== filled[k]) filled[k] = ratio[oneOf(size, k)] * expected.radiiMm[k];
  }
  return filled;
}

/** Every point of the border of the square is there twice, at v and -v: the node that stands for both. */
function oneOf(size: number, k: number): number {
  const last = size - 1;
  const i = k % size;
  const j = (k - i) / size;
  if ((i === 0 || i === last) && (j === 0 || j === last)) return 0;
  if (i === 0 || i === last) return i + size * Math.min(j, last - j);
  if (j === 0 || j === last) return Math.min(i, last - i) + size * j;
  return k;
}

/** Four neighbours per node. Over the border of the square lies its own other half: (-1, v) is (+1 step, -v). */
export function neighboursOf(size: number): Int32Array {
  const out = new Int32Array(4 * size * size);
  const last = size - 1;
  const at = (i: number, j: number): number => {
    if (i < 0) return oneOf(size, 1 + size * (last - j));
    if (i > last) return oneOf(size, last - 1 + size * (last - j));
    if (j < 0) return oneOf(size, last - i + size);
    if (j > last) return oneOf(size, last - i + size * (last - 1));
    return oneOf(size, i + size * j);
  };
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      out.set([at(i - 1, j), at(i + 1, j), at(i, j - 1), at(i, j + 1)], 4 * (i + size * j));
    }
  }
  return out;
}
