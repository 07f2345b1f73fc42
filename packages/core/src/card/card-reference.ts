/**
 * What a card's patches truly are, and how surely that is known.
 *
 * 'published' are the maker's values: ColorChecker Classic, CIELAB D50, editions since November 2014, as X-Rite gives them
 * ("New color specifications for ColorChecker SG and Classic charts"); older cards and cards of other makers differ by about
 * one dE00 at the median. 'read' are the values of one printed card, read once beside a known one or with an
 * instrument. 'as printed' are the codes that went to the printer: the paper and the greys are near enough neutral to
 * balance the white by, and the colours are the printer's own, so nothing is corrected by them.
 *
 * Lab under D50 is brought to D65 by the Bradford transform (ICC.1:2022, annex E); L*a*b* of the rest of core is D65.
 */
import { labOf, lightOfLab } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { decodeValue } from '../pigment/linear-light.ts';
import { CLASSIC_CARD, PRINTED_PATCHES, STIPPLE_CARD } from './card-design.ts';
import type { CardDesign, CardKind } from './card-design.ts';

export type CardTrust = 'published' | 'read' | 'as printed';

export interface CardReference {
  readonly design: CardDesign;
  readonly trust: CardTrust;
  /** Linear light with the primaries of sRGB, D65, in the order of the design's patches; may leave 0..1. */
  readonly lights: readonly Colour3[];
  /** L*a*b* (D65) of the same. */
  readonly labs: readonly Colour3[];
}

/** L*, a*, b* under D50, row by row from 'dark skin' to 'black'. */
const CLASSIC_LAB_D50: readonly Colour3[] = [
  [37.54, 14.37, 14.92],
  [64.66, 19.27, 17.5],
  [49.32, -3.82, -22.54],
  [43.46, -12.74, 22.72],
  [54.94, 9.61, -24.79],
  [70.48, -32.26, -0.37],
  [62.73, 35.83, 56.5],
  [39.43, 10.75, -45.17],
  [50.57, 48.64, 16.67],
  [30.1, 22.54, -20.87],
  [71.77, -24.13, 58.19],
  [71.51, 18.24, 67.37],
  [28.37, 15.42, -49.8],
  [54.38, -39.72, 32.27],
  [42.43, 51.05, 28.62],
  [81.8, 2.67, 80.41],
  [50.63, 51.28, -14.12],
  [49.57, -29.71, -28.32],
  [95.19, -1.03, 2.93],
  [81.29, -0.57, 0.44],
  [66.89, -0.75, -0.06],
  [50.76, -0.13, 0.14],
  [35.63, -0.46, -0.48],
  [20.64, 0.07, -0.46],
];

const WHITE_D50: Colour3 = [0.96422, 1, 0.82521];
/** XYZ under D50 to XYZ under D65 (Bradford), then to linear sRGB. */
const D50_TO_D65 = [
  0.9555766, -0.0230393, 0.0631636, -0.0282895, 1.0099416, 0.0210077, 0.0122982, -0.020483, 1.3299098,
];
const XYZ_TO_RGB = [
  3.2404542, -1.5371385, -0.4985314, -0.969266, 1.8760108, 0.041556, 0.0556434, -0.2040259, 1.0572252,
];

function lightOfD50([l, a, b]: Colour3): Colour3 {
  const fy = (l + 16) / 116;
  const back = (f: number): number => (f * f * f > 216 / 24389 ? f * f * f : ((116 * f - 16) * 27) / 24389);
  const xyz: Colour3 = [WHITE_D50[0] * back(fy + a / 500), WHITE_D50[1] * back(fy), WHITE_D50[2] * back(fy - b / 200)];
  return times(XYZ_TO_RGB, times(D50_TO_D65, xyz));
}

/** A row-major 3 x 3 matrix times a colour. */
export const times = (m: ArrayLike<number>, [r, g, b]: Colour3): Colour3 => [
  m[0] * r + m[1] * g + m[2] * b,
  m[3] * r + m[4] * g + m[5] * b,
  m[6] * r + m[7] * g + m[8] * b,
];

const referenceOf = (design: CardDesign, trust: CardTrust, lights: readonly Colour3[]): CardReference => ({
  design,
  trust,
  lights,
  labs: lights.map(labOf),
});

export const CLASSIC_REFERENCE: CardReference = referenceOf(CLASSIC_CARD, 'published', CLASSIC_LAB_D50.map(lightOfD50));

/** Plain office paper: L* 94, taken as neutral. */
const PAPER_LIGHT = 0.853;

export const PRINTED_REFERENCE: CardReference = referenceOf(
  STIPPLE_CARD,
  'as printed',
  PRINTED_PATCHES.map(({ srgb }): Colour3 => {
    if (!srgb) return [PAPER_LIGHT, PAPER_LIGHT, PAPER_LIGHT];
    const light = (c: number): number => PAPER_LIGHT * decodeValue(srgb[c] / 255);
    return [light(0), light(1), light(2)];
  }),
);

/** A card of which somebody read every patch once: L*a*b* (D65) in the design's order. RangeError for another number. */
export function readReference(kind: CardKind, labs: readonly Colour3[]): CardReference {
  const design = kind === 'classic-24' ? CLASSIC_CARD : STIPPLE_CARD;
  if (labs.length !== design.patches.length)
    throw new RangeError(`${labs.length} patches, not ${design.patches.length}`);
  return referenceOf(design, 'read', labs.map(lightOfLab));
}
