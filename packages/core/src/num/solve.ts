/**
 * Solves small dense linear systems A x = b by Gaussian elimination with partial pivoting.
 *
 * `a` is row-major n x n and is not changed. Throws RangeError when the system is singular to working
 * precision: a caller that can live with that adds a prior to the diagonal.
 */
export function solveLinear(a: ArrayLike<number>, b: ArrayLike<number>): number[] {
  const x = new Float64Array(b);
  solveInPlace(new Float64Array(a), x, b.length, 1);
  return Array.from(x);
}

/** Inverse of a row-major n x n matrix; throws RangeError when singular. */
export function invert(a: ArrayLike<number>, n: number): number[] {
  const out = new Float64Array(n * n);
  for (let k = 0; k < n; k++) out[k * n + k] = 1;
  solveInPlace(new Float64Array(a), out, n, n);
  return Array.from(out);
}

/** Solves for `columns` right-hand sides at once: `x`, row-major n x columns, becomes the solutions; `m` is used up. */
function solveInPlace(m: Float64Array, x: Float64Array, n: number, columns: number): void {
  for (let col = 0; col < n; col++) {
    let pivot = col;
    for (let row = col + 1; row < n; row++) {
      if (Math.abs(m[row * n + col]) > Math.abs(m[pivot * n + col])) pivot = row;
    }
    const p = m[pivot * n + col];
    if (!(Math.abs(p) > 1e-300)) throw new RangeError(`singular system: no pivot in column ${col}`);
    if (pivot !== col) {
      swapRows(m, n, col, pivot);
      swapRows(x, columns, col, pivot);
    }
    for (let row = col + 1; row < n; row++) {
      const f = m[row * n + col] / p;
      if (f === 0) continue;
      for (let k = col; k < n; k++) m[row * n + k] -= f * m[col * n + k];
      for (let k = 0; k < columns; k++) x[row * columns + k] -= f * x[col * columns + k];
    }
  }
  for (let row = n - 1; row >= 0; row--) {
    for (let k = 0; k < columns; k++) {
      let sum = x[row * columns + k];
      for (let other = row + 1; other < n; other++) sum -= m[row * n + other] * x[other * columns + k];
      x[row * columns + k] = sum / m[row * n + row];
    }
  }
}

function swapRows(m: Float64Array, width: number, one: number, other: number): void {
  for (let k = 0; k < width; k++) {
    const kept = m[one * width + k];
    m[one * width + k] = m[other * width + k];
    m[other * width + k] = kept;
  }
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
