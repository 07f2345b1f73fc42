/**
 * Gaussian blur of a plane, rows first and then columns: the same walk twice, each time turned by a quarter.
 *
 * Masks and sums of dots are even over most of their plane. Where all that the kernel covers is alike the answer is that
 * value, and nothing is summed: a mask costs what its edges cost.
 */
import { exp } from '../num/elementary.ts';

/** Sd in samples, edges continued; returns a new plane. Kernel cut at 3 sd. */
export function gaussianBlur(plane: Float32Array, columns: number, rows: number, sd: number): Float32Array {
  if (sd < 0.2) return plane.slice();
  const kernel = kernelOf(sd);
  return blurredRows(blurredRows(plane, columns, rows, kernel), rows, columns, kernel);
}

/** The middle weight and those to one side of it. */
function kernelOf(sd: number): Float64Array {
  const kernel = new Float64Array(Math.ceil(3 * sd) + 1);
  let total = 0;
  for (let i = 0; i < kernel.length; i++) {
    kernel[i] = exp((-i * i) / (2 * sd * sd));
    total += i === 0 ? kernel[i] : 2 * kernel[i];
  }
  for (let i = 0; i < kernel.length; i++) kernel[i] /= total;
  return kernel;
}

/** Rows blurred, as the columns of the plane that comes back. */
function blurredRows(plane: Float32Array, columns: number, rows: number, kernel: Float64Array): Float32Array {
  const reach = kernel.length - 1;
  const out = new Float32Array(plane.length);
  // Three more than the kernel reaches, since four are read at once.
  const line = new Float64Array(columns + 2 * reach + 3);
  for (let y = 0; y < rows; y++) {
    const at = y * columns;
    line.fill(plane[at], 0, reach);
    line.set(plane.subarray(at, at + columns), reach);
    line.fill(plane[at + columns - 1], reach + columns);
    blurLine(line, columns, kernel, out, y, rows);
  }
  return out;
}

/**
 * The `count` samples that begin `reach` from the start of a line, into every `step`th place of `out` from `to` on. Four at
 * a time: they have the kernel's weights in common.
 */
function blurLine(
  line: Float64Array,
  count: number,
  kernel: Float64Array,
  out: Float32Array,
  to: number,
  step: number,
): void {
  const reach = kernel.length - 1;
  const end = reach + count;
  // The samples from here up to `seen` are alike.
  let alike = 0;
  let seen = 0;
  for (let x = reach; x < end; x += 4) {
    for (const last = Math.min(x + 3, end - 1) + reach; seen <= last; seen++)
      if (line[seen] !== line[alike]) alike = seen;
    const isEven = alike <= x - reach;
    let a = line[x];
    let b = a;
    let c = a;
    let d = a;
    if (!isEven) {
      // From one weight to the next the samples before and after move on by one: only their ends are read anew.
      let before0 = line[x];
      let before1 = line[x + 1];
      let before2 = line[x + 2];
      let before3 = line[x + 3];
      let after0 = before0;
      let after1 = before1;
      let after2 = before2;
      let after3 = before3;
      a = kernel[0] * before0;
      b = kernel[0] * before1;
      c = kernel[0] * before2;
      d = kernel[0] * before3;
      for (let i = 1; i <= reach; i++) {
        before3 = before2;
        before2 = before1;
        before1 = before0;
        before0 = line[x - i];
        after0 = after1;
        after1 = after2;
        after2 = after3;
        after3 = line[x + 3 + i];
        const weight = kernel[i];
        a += weight * (before0 + after0);
        b += weight * (before1 + after1);
        c += weight * (before2 + after2);
        d += weight * (before3 + after3);
      }
    }
    out[to] = a;
    if (x + 1 < end) out[to + step] = b;
    if (x + 2 < end) out[to + 2 * step] = c;
    if (x + 3 < end) out[to + 3 * step] = d;
    to += 4 * step;
  }
}
