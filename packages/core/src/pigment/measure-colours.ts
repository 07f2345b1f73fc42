/**
 * Which colours are the client's skin and own hair in this photo?
 *
 * Skin is read from small squares of bare forehead or scalp, each averaged against grain, by read-skin.ts, which leaves out
 * highlight, shadow, red spots and make-up. Own hair is the darkest 8 % of the pixels around the brows, since a bald
 * head shows no other; its bounds are the darkest 3 % and the darkest 20 %, because a brow is hair and skin mixed
 * finer than pixels. Both are read in the photo's own light, so a warm lamp tints them as it tints the picture they are
 * used in. Without a colour card they say nothing absolute.
 *
 * Answers are rounded to 1e-4 (light, shares) and 0.01 (Lab) before they enter a plan document. Throws RangeError when a
 * list of places is empty or lies outside the photo.
 */
import { quantise } from '../num/range.ts';
import { labOf, luminance, quantisedColour } from './lab.ts';
import type { Colour3 } from './lab.ts';
import { LIGHT_OF_CODE } from './linear-light.ts';
import type { HairSource, PhotoColours } from './photo-colours.ts';
import { readSkin } from './read-skin.ts';

/** The photo as bytes, and where to look. */
export interface ColourPlaces {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly rgba: ArrayLike<number>;
  /** Pixels of bare skin, x then y of each. */
  readonly skin: ArrayLike<number>;
  /** Squares of 2 n + 1 pixels around them are averaged. */
  readonly skinReachPx: number;
  /** Pixels of hair and close around it. */
  readonly hair: ArrayLike<number>;
  readonly hairFrom: HairSource;
}

const DARKEST_SHARE = 0.08;
const DARKEST_BOUNDS = [0.03, 0.2] as const;
/** What a* and b* of so few dark pixels leave open, sd. */
const HAIR_CHROMA_SD = 1.5;

/** Squares of a millimetre: pores are smaller, spots and veins larger. */
export const skinReachPx = (mmPerPx: number): number => Math.min(4, Math.round(0.5 / mmPerPx));

export function measureColours(places: ColourPlaces): PhotoColours {
  const { skin, low, high, leftOut } = readSkin(squaresAt(places, places.skin, places.skinReachPx));
  const dark = squaresAt(places, places.hair, 0).sort((a, b) => luminance(...a) - luminance(...b));
  const hairLight = quantisedColour(darkest(dark, DARKEST_SHARE), 1e4);
  const skinLight = quantisedColour(skin, 1e4);
  const hairLab = quantisedColour(labOf(hairLight), 100);
  const hairBound = (share: number, sign: number): Colour3 => {
    const [l] = labOf(darkest(dark, share));
    const off = sign * 1.96 * HAIR_CHROMA_SD;
    return quantisedColour([l, hairLab[1] + off, hairLab[2] + off], 100);
  };
  return {
    skin: skinLight,
    skinLab: quantisedColour(labOf(skinLight), 100),
    hair: hairLight,
    hairLab,
    reading: {
      skinLow: quantisedColour(low, 100),
      skinHigh: quantisedColour(high, 100),
      hairLow: hairBound(DARKEST_BOUNDS[0], -1),
      hairHigh: hairBound(DARKEST_BOUNDS[1], 1),
      hairFrom: places.hairFrom,
      leftOut: {
        highlight: quantise(leftOut.highlight, 1e4),
        shadow: quantise(leftOut.shadow, 1e4),
        redSpots: quantise(leftOut.redSpots, 1e4),
        otherColour: quantise(leftOut.otherColour, 1e4),
      },
    },
  };
}

/** Mean of the first `share` of colours that are sorted by light. */
function darkest(sorted: readonly Colour3[], share: number): Colour3 {
  const count = Math.max(1, Math.ceil(sorted.length * share));
  const sums: [number, number, number] = [0, 0, 0];
  for (let i = 0; i < count; i++) for (let c = 0; c < 3; c++) sums[c] += sorted[i][c];
  return [sums[0] / count, sums[1] / count, sums[2] / count];
}

/** Mean light of the squares around the places inside the photo. */
function squaresAt({ widthPx, heightPx, rgba }: ColourPlaces, xy: ArrayLike<number>, reachPx: number): Colour3[] {
  const colours: Colour3[] = [];
  for (let i = 0; i + 1 < xy.length; i += 2) {
    const x = Math.round(xy[i]);
    const y = Math.round(xy[i + 1]);
    if (!(x >= 0 && y >= 0 && x < widthPx && y < heightPx)) continue;
    const sums: [number, number, number] = [0, 0, 0];
    let count = 0;
    for (let dy = -reachPx; dy <= reachPx; dy++) {
      for (let dx = -reachPx; dx <= reachPx; dx++) {
        const [px, py] = [x + dx, y + dy];
        if (px < 0 || py < 0 || px >= widthPx || py >= heightPx) continue;
        const at = 4 * (px + py * widthPx);
        for (let c = 0; c < 3; c++) sums[c] += LIGHT_OF_CODE[rgba[at + c]];
        count++;
      }
    }
    colours.push([sums[0] / count, sums[1] / count, sums[2] / count]);
  }
  if (colours.length === 0) throw new RangeError('no place to measure a colour at lies inside the photo');
  return colours;
}
