/**
 * Measured colours as one says them, from one end of their interval to the other. Skin by the classes of skin-type.ts;
 * hair by its lightness alone, in steps of our own.
 */
import type { Colour3 } from '@stipple/core/pigment/lab.ts';
import { skinTypeOf } from '@stipple/core/pigment/skin-type.ts';
import type { ColourSummary } from '@stipple/core/plan/plan-summary.ts';

type Bounded = Pick<ColourSummary, 'lab' | 'low' | 'high'>;

const skinWord = (lab: Colour3): string => {
  const { name } = skinTypeOf(lab);
  return name === 'intermediate' ? 'medium' : name;
};

const HAIR: readonly (readonly [belowL: number, word: string])[] = [
  [20, 'very dark'],
  [32, 'dark'],
  [48, 'medium'],
  [Infinity, 'light or grey'],
];
const hairWord = ([l]: Colour3): string => HAIR.find(([below]) => l < below)![1];

/** 'medium, anything from light to brown', 'dark, perhaps medium'; the word alone when both ends have the same. */
function inWords({ lab, low, high }: Bounded, word: (lab: Colour3) => string): string {
  const at = (l: number): string => word([l, lab[1], lab[2]]);
  const [own, light, dark] = [word(lab), at(high[0]), at(low[0])];
  if (light === dark) return own;
  const other = own === light ? dark : own === dark ? light : null;
  return `${own}, ${other === null ? `anything from ${light} to ${dark}` : `perhaps ${other}`}`;
}

export const skinInWords = (colour: Bounded): string => inWords(colour, skinWord);
export const hairInWords = (colour: Bounded): string => inWords(colour, hairWord);
