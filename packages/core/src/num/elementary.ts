/**
 * Exponential, logarithm, powers and trigonometry that give the same bits on every engine.
 *
 * JavaScript leaves Math.exp, Math.sin, Math.pow and their kin to the engine, and engines differ in the
 * last bit (measured between Node and Chromium: 0.03 to 17 % of inputs). A dot that is shown when
 * rank < density would then exist on one machine and not on the next. Only + - * /, sqrt, fround,
 * floor and the like are exact by the standard, so everything here is built from those.
 *
 * Method: argument reduction and minimax polynomials with the constants of Sun's fdlibm (1993), which
 * are within 1 ulp; `pow` is exp(y log x) and loses about |y log x| ulp on top.
 * Promises: relative error <= 4e-16 for exp, log, sin, cos, atan2 in the ranges stated at each; equal bits
 * in every conforming engine. Does not do: huge angles (|x| > 1e6 rad throws), subnormal results of exp.
 */

const bits64 = new Float64Array(1);
const bits32 = new Uint32Array(bits64.buffer);
bits64[0] = 1;
const HIGH = bits32[1] === 0x3ff00000 ? 1 : 0;
const LOW = 1 - HIGH;

const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;

export const PI = 3.141592653589793;
export const TAU = 6.283185307179586;
const HALF_PI = 1.5707963267948966;

/** 2 to the whole number `k`, exactly, for -1022 <= k <= 1023. */
function powerOfTwo(k: number): number {
  bits32[LOW] = 0;
  bits32[HIGH] = (k + 1023) << 20;
  return bits64[0];
}

/** e to the `x`. Overflows to Infinity above 709.78, underflows to 0 below -708. */
export function exp(x: number): number {
  if (x !== x) return NaN;
  if (x > 709.782712893384) return Infinity;
  if (x < -708) return 0;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const high = x - k * LN2_HIGH;
  const low = k * LN2_LOW;
  const r = high - low;
  const t = r * r;
  const c =
    r -
    t *
      (1.66666666666666019037e-1 +
        t *
          (-2.77777777770155933842e-3 +
            t * (6.61375632143793436117e-5 + t * (-1.6533902205465251539e-6 + t * 4.13813679705723846039e-8))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  // 2^1024 is not a number of its own, so the top of the range is reached in two steps.
  return k === 1024 ? y * 2 * powerOfTwo(1023) : y * powerOfTwo(k);
}

/** Natural logarithm; -Infinity at 0, NaN below. */
export function log(x: number): number {
  if (x !== x || x < 0) return NaN;
  if (x === 0) return -Infinity;
  if (x === Infinity) return Infinity;
  let k = 0;
  if (x < 2.2250738585072014e-308) {
    k = -54;
    x *= 18014398509481984;
  }
  bits64[0] = x;
  let high = bits32[HIGH];
  k += (high >>> 20) - 1023;
  high &= 0x000fffff;
  // Mantissa into [sqrt(1/2), sqrt(2)).
  const carry = (high + 0x95f64) & 0x100000;
  bits32[HIGH] = high | (carry ^ 0x3ff00000);
  k += carry >>> 20;
  const f = bits64[0] - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (3.999999999940941908e-1 + w * (2.222219843214978396e-1 + w * 1.531383769920937332e-1));
  const odd =
    z *
    (6.66666666666673513e-1 +
      w * (2.857142874366239149e-1 + w * (1.818357216161805012e-1 + w * 1.479819860511658591e-1)));
  const r = even + odd;
  const half = 0.5 * f * f;
  return k * LN2_HIGH - (half - (s * (half + r) + k * LN2_LOW) - f);
}

/** `x` to the `y` for x >= 0. Relative error about 1e-16 (1 + |y log x|). */
export function pow(x: number, y: number): number {
  if (y === 0) return 1;
  if (x === 0) return y > 0 ? 0 : Infinity;
  return exp(y * log(x));
}

/** Real cube root, either sign. */
export function cbrt(x: number): number {
  if (x === 0 || x !== x) return x;
  const a = x < 0 ? -x : x;
  let t = exp(log(a) / 3);
  t = t - (t * t * t - a) / (3 * t * t);
  return x < 0 ? -t : t;
}

function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z * (2.75573137070700676789e-6 + z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-1);
}

function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z * (-2.75573143513906633035e-7 + z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

let quadrant = 0;
let reduced = 0;
let reducedTail = 0;

/** Cody-Waite reduction by pi/2 in three pieces; leaves quadrant, remainder and its tail in the module. */
function reduce(x: number): void {
  if (!(x <= 1e6 && x >= -1e6)) throw new RangeError(`angle ${x} rad is outside +-1e6`);
  const n = Math.floor(x * 6.36619772367581382433e-1 + 0.5);
  const first = x - n * 1.57079632673412561417;
  const second = n * 6.0771005063039659766e-11;
  const a = first - second;
  const lost = first - a - second;
  const tail = n * 2.02226624879595063154e-21;
  reduced = a - (tail - lost);
  reducedTail = a - reduced - (tail - lost);
  quadrant = n & 3;
}

/** Sine of an angle in radians, |x| <= 1e6. */
export function sin(x: number): number {
  reduce(x);
  switch (quadrant) {
    case 0:
      return sinKernel(reduced, reducedTail);
    case 1:
      return cosKernel(reduced, reducedTail);
    case 2:
      return -sinKernel(reduced, reducedTail);
    default:
      return -cosKernel(reduced, reducedTail);
  }
}

/** Cosine of an angle in radians, |x| <= 1e6. */
export function cos(x: number): number {
  reduce(x);
  switch (quadrant) {
    case 0:
      return cosKernel(reduced, reducedTail);
    case 1:
      return -sinKernel(reduced, reducedTail);
    case 2:
      return -cosKernel(reduced, reducedTail);
    default:
      return sinKernel(reduced, reducedTail);
  }
}

const ATAN_HIGH = [4.63647609000806093515e-1, 7.85398163397448278999e-1, 9.82793723247329054082e-1, HALF_PI];
const ATAN_LOW = [
  2.26987774529616870924e-17, 3.06161699786838301793e-17, 1.39033110312309984516e-17, 6.12323399573676603587e-17,
];

/** Arc tangent, result in (-pi/2, pi/2). */
export function atan(x: number): number {
  if (x !== x) return NaN;
  const negative = x < 0;
  let a = negative ? -x : x;
  if (a > 1e17) return negative ? -HALF_PI : HALF_PI;
  let piece = -1;
  if (a >= 0.4375) {
    if (a < 0.6875) {
      piece = 0;
      a = (2 * a - 1) / (2 + a);
    } else if (a < 1.1875) {
      piece = 1;
      a = (a - 1) / (a + 1);
    } else if (a < 2.4375) {
      piece = 2;
      a = (a - 1.5) / (1 + 1.5 * a);
    } else {
      piece = 3;
      a = -1 / a;
    }
  }
  const z = a * a;
  const w = z * z;
  const s1 =
    z *
    (3.33333333333329318027e-1 +
      w *
        (1.42857142725034663711e-1 +
          w *
            (9.09088713343650656196e-2 +
              w * (6.66107313738753120669e-2 + w * (4.97687799461593236017e-2 + w * 1.62858201153657823623e-2)))));
  const s2 =
    w *
    (-1.99999999998764832476e-1 +
      w *
        (-1.1111110405462355788e-1 +
          w * (-7.69187620504482999495e-2 + w * (-5.83357013379057348645e-2 + w * -3.6531572744216915527e-2))));
  const r = piece < 0 ? a - a * (s1 + s2) : ATAN_HIGH[piece] - (a * (s1 + s2) - ATAN_LOW[piece] - a);
  return negative ? -r : r;
}

/** Angle of the point (x, y) from +x towards +y, in (-pi, pi]; 0 at the origin. */
export function atan2(y: number, x: number): number {
  if (x === 0) return y > 0 ? HALF_PI : y < 0 ? -HALF_PI : 0;
  const a = atan(y / x);
  if (x > 0) return a;
  return y >= 0 ? a + PI : a - PI;
}

/** Arc sine; the argument is clamped to [-1, 1], because callers feed it rounded dot products. */
export function asin(x: number): number {
  const c = x > 1 ? 1 : x < -1 ? -1 : x;
  return atan2(c, Math.sqrt((1 - c) * (1 + c)));
}

/** Arc cosine; clamped like {@link asin}. */
export function acos(x: number): number {
  return HALF_PI - asin(x);
}

/** Tangent of an angle in radians. */
export function tan(x: number): number {
  return sin(x) / cos(x);
}

/** Length of (x, y): plain square root of the sum, because Math.hypot differs between engines. */
export function hypot2(x: number, y: number): number {
  return Math.sqrt(x * x + y * y);
}

/** Length of (x, y, z). */
export function hypot3(x: number, y: number, z: number): number {
  return Math.sqrt(x * x + y * y + z * z);
}

export const degToRad = (deg: number): number => (deg * PI) / 180;
export const radToDeg = (rad: number): number => (rad * 180) / PI;
