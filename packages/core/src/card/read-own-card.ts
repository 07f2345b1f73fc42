/**
 * The true colours of a printed card, out of one photo that shows it beside a card whose colours are known.
 *
 * The known card corrects the photo, the printed one is read in it: L*a*b* (D65) in the order of its patches. Null when either
 * is not found, when a patch of the printed one cannot be read, or when the known one still is off after the correction
 * by more than {@link MOST_OFF} dE00 on the mean, so that the reading would be worth little.
 */
import { labOf, quantisedColour } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { Pixels } from '../vision/pixels.ts';
import { CLASSIC_REFERENCE, PRINTED_REFERENCE, times } from './card-reference.ts';
import { findCard, isFoundCard } from './find-card.ts';

/** dE00. */
const MOST_OFF = 4;

export interface OwnCardReading {
  readonly labs: readonly Colour3[];
  /** dE00 of the known card after the correction, mean. */
  readonly knownOff: number;
}

export function readOwnCard(photo: Pixels): OwnCardReading | null {
  const known = findCard(photo, [CLASSIC_REFERENCE]);
  const own = findCard(photo, [PRINTED_REFERENCE]);
  if (!isFoundCard(known) || !isFoundCard(own)) return null;
  if (known.correction.after.mean > MOST_OFF || own.readings.some(({ fault }) => fault !== null)) return null;
  const labs = own.readings.map(({ light }): Colour3 => {
    const [l, a, b] = labOf(times(known.correction.matrix, light));
    return quantisedColour([Math.max(0, l), a, b], 100);
  });
  return { labs, knownOff: known.correction.after.mean };
}
