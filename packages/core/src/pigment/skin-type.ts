/**
 * How light is this skin, in the terms that the trade and its papers use?
 *
 * The individual typology angle, arctan((L* - 50) / b*) in degrees, and its six classes are those of Chardon, Cretois and
 * Hourseau 1991 and Del Bino and Bernerd 2013. Fitzpatrick's types ask how a skin burns and tans and cannot be measured:
 * the range given is what people of such a colour most often say, an estimate. From colours in the light of an
 * uncorrected photo neither means anything.
 */
import { atan2, radToDeg } from '../num/elementary.ts';
import type { Colour3 } from './lab.ts';

export interface SkinType {
  readonly itaDeg: number;
  readonly name: 'very light' | 'light' | 'intermediate' | 'tan' | 'brown' | 'dark';
  /** Fitzpatrick, an estimate. */
  readonly fitzpatrick: readonly [from: number, to: number];
}

const CLASSES: readonly (readonly [aboveDeg: number, name: SkinType['name'], from: number, to: number])[] = [
  [55, 'very light', 1, 2],
  [41, 'light', 2, 3],
  [28, 'intermediate', 3, 4],
  [10, 'tan', 4, 4],
  [-30, 'brown', 5, 5],
  [-Infinity, 'dark', 6, 6],
];

export function skinTypeOf([l, , b]: Colour3): SkinType {
  // Grey or blue has no typology; a little yellow keeps the angle within its range.
  const itaDeg = radToDeg(atan2(l - 50, Math.max(b, 1)));
  const [, name, from, to] = CLASSES.find(([above]) => itaDeg > above)!;
  return { itaDeg, name, fitzpatrick: [from, to] };
}
