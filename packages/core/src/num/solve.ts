/**
 * Solves small dense linear systems A x = b by Gaussian elimination with partial pivoting.
 *
 * `a` is row-major n x n and is not changed. Throws RangeError when the system is singular to working
 * precision: a caller that can live with that adds a prior to the diagonal.
 */
export function solveLinear(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const n = b.length;
  const m = Array.from(a);
  const x = Array.from(b);
  for (let col = 0; col < n; col++) {
    let pivot = col;
    for (let row = col + 1; row < n; row++) {
      if (Math.abs(m[row * n + col]) > Math.abs(m[pivot * n + col])) pivot = row;
    }
    const p = m[pivot * n + col];
    if (!(Math.abs(p) > 1e-300)) throw new RangeError(`singular system: no pivot in column ${col}`);
    if (pivot !== col) {
      for (let k = 0; k < n; k++) [m[col * n + k], m[pivot * n + k]] = [m[pivot * n + k], m[col * n + k]];
      [x[col], x[pivot]] = [x[pivot], x[col]];
    }
    for (let row = col + 1; row < n; row++) {
      const f = m[row * n + col] / p;
      if (f === 0) continue;
      for (let k = col; k < n; k++) m[row * n + k] -= f * m[col * n + k];
      x[row] -= f * x[col];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    let sum = x[row];
    for (let k = row + 1; k < n; k++) sum -= m[row * n + k] * x[k];
    x[row] = sum / m[row * n + row];
  }
  return x;
}

/** Inverse of a row-major n x n matrix; throws RangeError when singular. */
export function invert(a: ArrayLike<number>, n: number): number[] {
  const out = new Array<number>(n * n).fill(0);
  for (let col = 0; col < n; col++) {
    const unit = new Array<number>(n).fill(0);
    unit[col] = 1;
    const x = solveLinear(a, unit);
    for (let row = 0; row < n; row++) out[row * n + col] = x[row];
  }
  return out;
}

/**
 * The lower triangle L with L L^T = a, for a row-major symmetric n x n matrix. Throws RangeError when `a` is not positive
 * definite to working precision.
 */
export function cholesky(a: ArrayLike<number>, n: number): Float64Array {
  const lower = new Float64Array(n * n);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i * n + j];
      for (let k = 0; k < j; k++) sum -= lower[i * n + k] * lower[j * n + k];
      if (i === j && !(sum > 0)) throw new RangeError(`not positive definite: no root in column ${i}`);
      lower[i * n + j] = i === j ? Math.sqrt(sum) : sum / lower[j * n + j];
    }
  }
  return lower;
}
