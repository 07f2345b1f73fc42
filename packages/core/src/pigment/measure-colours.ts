/**
 * Which colours are the client's skin and own hair in this photo?
 *
 * Skin is the median of the forehead without its brightest third, where the highlight is; own hair the darkest 8 % of
 * the pixels around the brows, since a bald head shows no other. Both are read in the photo's own light, so a warm lamp
 * tints them as it tints the picture they are used in. Without a colour card they say nothing absolute.
 *
 * Answers are rounded to 1e-4 (light) and 0.01 (Lab) before they enter a plan document. Throws RangeError when a list
 * of places is empty or lies outside the photo.
 */
import { quantise } from '../num/range.ts';
import { labOf, luminance } from './lab.ts';
import { LIGHT_OF_CODE } from './linear-light.ts';
import type { PhotoColours } from './photo-colours.ts';

/** The photo as bytes, and where to look. */
export interface ColourPlaces {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: ArrayLike<number>;
  /** Pixels of bare forehead, x then y of each. */
  readonly forehead: ArrayLike<number>;
  /** Pixels of the brows and close around them. */
  readonly brows: ArrayLike<number>;
}

type Triple = [number, number, number];

const BRIGHTEST_LEFT_OUT = 1 / 3;
const DARKEST_SHARE = 0.08;

export function measureColours(places: ColourPlaces): PhotoColours {
  const forehead = coloursAt(places, places.forehead);
  forehead.length = Math.max(1, Math.ceil(forehead.length * (1 - BRIGHTEST_LEFT_OUT)));
  const skin = [0, 1, 2].map((c) => median(forehead.map((colour) => colour[c])));
  const brows = coloursAt(places, places.brows);
  brows.length = Math.max(1, Math.ceil(brows.length * DARKEST_SHARE));
  const hair = [0, 1, 2].map((c) => brows.reduce((sum, colour) => sum + colour[c], 0) / brows.length);
  const skinLight = rounded(skin, 1e4);
  const hairLight = rounded(hair, 1e4);
  return {
    skin: skinLight,
    skinLab: rounded(labOf(skinLight), 100),
    hair: hairLight,
    hairLab: rounded(labOf(hairLight), 100),
  };
}

const rounded = (c: readonly number[], perUnit: number): Triple => [
  quantise(c[0], perUnit),
  quantise(c[1], perUnit),
  quantise(c[2], perUnit),
];

/** Light at the places inside the photo, darkest first. */
function coloursAt({ widthPx, heightPx, rgba }: ColourPlaces, xy: ArrayLike<number>): Triple[] {
  const colours: Triple[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = Math.round(xy[i]);
    const y = Math.round(xy[i + 1]);
    if (!(x >= 0 && y >= 0 && x < widthPx && y < heightPx)) continue;
    const at = 4 * (x + y * widthPx);
    colours.push([LIGHT_OF_CODE[rgba[at]], LIGHT_OF_CODE[rgba[at + 1]], LIGHT_OF_CODE[rgba[at + 2]]]);
  }
  if (colours.length === 0) throw new RangeError('no place to measure a colour at lies inside the photo');
  return colours.sort((a, b) => luminance(...a) - luminance(...b));
}

function median(values: number[]): number {
  values.sort((a, b) => a - b);
  return values[values.length >> 1];
}
