import { exp } from '../num/elementary.ts';

/** Gaussian blur of a plane (sd in samples), edges continued; returns a new plane. Kernel cut at 3 sd. */
export function gaussianBlur(plane: Float32Array, columns: number, rows: number, sd: number): Float32Array {
  if (sd < 0.2) return plane.slice();
  const reach = Math.ceil(3 * sd);
  const kernel = new Float64Array(reach + 1);
  let total = 0;
  for (let i = 0; i <= reach; i++) {
    kernel[i] = exp((-i * i) / (2 * sd * sd));
    total += i ? 2 * kernel[i] : kernel[i];
  }
  for (let i = 0; i <= reach; i++) kernel[i] /= total;
  const across = new Float32Array(plane.length);
  const line = new Float32Array(Math.max(columns, rows) + 2 * reach);
  for (let y = 0; y < rows; y++) {
    const at = y * columns;
    line.fill(plane[at], 0, reach);
    line.set(plane.subarray(at, at + columns), reach);
    line.fill(plane[at + columns - 1], reach + columns, 2 * reach + columns);
    for (let x = 0; x < columns; x++) {
      let sum = kernel[0] * line[x + reach];
      for (let i = 1; i <= reach; i++) sum += kernel[i] * (line[x + reach - i] + line[x + reach + i]);
      across[at + x] = sum;
    }
  }
  // Down, a row at a time: every access runs along memory. Two rows are added at once, rounded as one after the other.
  const out = new Float32Array(plane.length);
  const rowAt = (y: number): Float32Array => {
    const from = Math.min(Math.max(y, 0), rows - 1) * columns;
    return across.subarray(from, from + columns);
  };
  for (let y = 0; y < rows; y++) {
    const sum = out.subarray(y * columns, (y + 1) * columns);
    for (let i = -reach; i < reach; i += 2) {
      const first = rowAt(y + i);
      const second = rowAt(y + i + 1);
      const weight = kernel[i < 0 ? -i : i];
      const next = kernel[i + 1 < 0 ? -i - 1 : i + 1];
      for (let x = 0; x < columns; x++) sum[x] = Math.fround(sum[x] + weight * first[x]) + next * second[x];
    }
    const last = rowAt(y + reach);
    for (let x = 0; x < columns; x++) sum[x] += kernel[reach] * last[x];
  }
  return out;
}
