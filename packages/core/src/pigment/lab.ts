/**
 * How different two colours look: CIELAB (1976, D65, 2 degrees) and the colour difference CIEDE2000.
 *
 * Colours are linear light with the primaries of sRGB. A photo in another space is read as if it were sRGB: numbers
 * from a Display P3 photo come out a little less saturated than they are, the same way before and after.
 * Formulas: CIE 15; Sharma, Wu, Dalal 2005 for CIEDE2000, whose published pairs are the test.
 */
import { PI, atan2, cbrt, cos, degToRad, exp, pow, radToDeg, sin } from '../num/elementary.ts';
import { quantise } from '../num/range.ts';

export type Colour3 = readonly [number, number, number];

/** As it enters a plan document: each number in whole parts, `perUnit` of them to 1. */
export const quantisedColour = ([one, two, three]: Colour3, perUnit: number): Colour3 => [
  quantise(one, perUnit),
  quantise(two, perUnit),
  quantise(three, perUnit),
];

const WHITE_X = 0.950456;
const WHITE_Z = 1.089058;

const lightness = (t: number): number => (t > 216 / 24389 ? cbrt(t) : ((24389 / 27) * t + 16) / 116);

/** Relative luminance of linear light. */
export const luminance = (r: number, g: number, b: number): number => 0.212673 * r + 0.715152 * g + 0.072175 * b;

/** Luminance to L*. */
export const lStarOf = (y: number): number => 116 * lightness(y) - 16;

/** L* to luminance. */
export function luminanceOf(lStar: number): number {
  const f = (lStar + 16) / 116;
  return lStar > 8 ? f * f * f : (lStar * 27) / 24389;
}

/** L*, a*, b* of linear light. */
export function labOf([r, g, b]: Colour3): Colour3 {
  const fx = lightness((0.412453 * r + 0.35758 * g + 0.180423 * b) / WHITE_X);
  const fy = lightness(luminance(r, g, b));
  const fz = lightness((0.019334 * r + 0.119193 * g + 0.950227 * b) / WHITE_Z);
  return [116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)];
}

/** Linear light of L*, a*, b*; outside 0..1 for a colour that sRGB does not hold. */
export function lightOfLab([l, a, b]: Colour3): Colour3 {
  const fy = (l + 16) / 116;
  const back = (f: number): number => (f * f * f > 216 / 24389 ? f * f * f : ((116 * f - 16) * 27) / 24389);
  const [x, y, z] = [WHITE_X * back(fy + a / 500), back(fy), WHITE_Z * back(fy - b / 200)];
  return [
    3.240479 * x - 1.53715 * y - 0.498535 * z,
    -0.969256 * x + 1.875992 * y + 0.041556 * z,
    0.055648 * x - 0.204043 * y + 1.057311 * z,
  ];
}

/** CIEDE2000 difference of two L*a*b* colours, all weights 1. */
export function deltaE2000([l1, a1, b1]: Colour3, [l2, a2, b2]: Colour3): number {
  const seventh = (c: number): number => Math.sqrt(pow(c, 7) / (pow(c, 7) + 6103515625));
  const meanChroma = (Math.sqrt(a1 * a1 + b1 * b1) + Math.sqrt(a2 * a2 + b2 * b2)) / 2;
  const g = 0.5 * (1 - seventh(meanChroma));
  const x1 = (1 + g) * a1;
  const x2 = (1 + g) * a2;
  const c1 = Math.sqrt(x1 * x1 + b1 * b1);
  const c2 = Math.sqrt(x2 * x2 + b2 * b2);
  const hue = (b: number, x: number): number => {
    const h = atan2(b, x);
    return h < 0 ? h + 2 * PI : h;
  };
  const h1 = hue(b1, x1);
  const h2 = hue(b2, x2);
  const isGrey = c1 * c2 === 0;
  let turn = isGrey ? 0 : h2 - h1;
  if (turn > PI) turn -= 2 * PI;
  else if (turn < -PI) turn += 2 * PI;
  const dL = l2 - l1;
  const dC = c2 - c1;
  const dH = 2 * Math.sqrt(c1 * c2) * sin(turn / 2);
  const meanL = (l1 + l2) / 2;
  const meanC = (c1 + c2) / 2;
  let meanH = h1 + h2;
  if (!isGrey) {
    if (Math.abs(h1 - h2) > PI) meanH += meanH < 2 * PI ? 2 * PI : -2 * PI;
    meanH /= 2;
  }
  const t =
    1 -
    0.17 * cos(meanH - degToRad(30)) +
    0.24 * cos(2 * meanH) +
    0.32 * cos(3 * meanH + degToRad(6)) -
    0.2 * cos(4 * meanH - degToRad(63));
  const q = (radToDeg(meanH) - 275) / 25;
  const rotation = -2 * seventh(meanC) * sin(degToRad(60 * exp(-q * q)));
  const l50 = (meanL - 50) * (meanL - 50);
  const l = dL / (1 + (0.015 * l50) / Math.sqrt(20 + l50));
  const c = dC / (1 + 0.045 * meanC);
  const h = dH / (1 + 0.015 * meanC * t);
  return Math.sqrt(l * l + c * c + h * h + rotation * c * h);
}
