/**
 * The light of every patch of a card that was found, and which of them can be used.
 *
 * Of each patch the middle half is read, so that a millimetre of error in its place and the blur of its edge do no harm.
 * The light is the mean of the middle half of the samples, by luminance: a hair or a speck across it does not count. A
 * patch is left out when it reaches beyond the photo, when a channel is clipped, and when its samples spread too far,
 * as they do under the rim of a glare or a finger.
 */
import { luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import type { Pixels } from '../vision/pixels.ts';
import type { CardDesign } from './card-design.ts';
import type { CardPlace } from './place-card.ts';

export type PatchFault = 'outside' | 'clipped' | 'uneven';

export interface PatchReading {
  readonly light: Colour3;
  readonly fault: PatchFault | null;
}

const SAMPLES = 12;
const MIDDLE = 0.5;
/** Code from which a channel is clipped, and the share of samples that may be. */
const CLIPPED = 251;
const MOST_CLIPPED = 0.05;
/** Spread of codes within a patch: half the range of the middle three quarters. */
const MOST_SPREAD = 16;

export function readPatches({ widthPx, heightPx, rgba }: Pixels, place: CardPlace, design: CardDesign): PatchReading[] {
  return design.patches.map(({ xMm, yMm }) => {
    const samples: { readonly light: Colour3; readonly y: number; readonly code: number }[] = [];
    let clipped = 0;
    for (let j = 0; j < SAMPLES; j++) {
      for (let i = 0; i < SAMPLES; i++) {
        const off = (k: number): number => ((k + 0.5) / SAMPLES - 0.5) * MIDDLE * design.patchMm;
        const [x, y] = place.toPx(xMm + off(i), yMm + off(j));
        const [xPx, yPx] = [Math.round(x), Math.round(y)];
        if (!(xPx >= 0 && yPx >= 0 && xPx < widthPx && yPx < heightPx)) return OUTSIDE;
        const at = 4 * (xPx + yPx * widthPx);
        const [r, g, b] = [rgba[at], rgba[at + 1], rgba[at + 2]];
        if (Math.max(r, g, b) >= CLIPPED) clipped++;
        const light: Colour3 = [LIGHT_OF_CODE[r], LIGHT_OF_CODE[g], LIGHT_OF_CODE[b]];
        samples.push({ light, y: luminance(...light), code: 0.3 * r + 0.59 * g + 0.11 * b });
      }
    }
    samples.sort((a, b) => a.y - b.y);
    const quarter = samples.length >> 2;
    const middle = samples.slice(quarter, samples.length - quarter);
    const mean = (c: number): number => middle.reduce((sum, { light }) => sum + light[c], 0) / middle.length;
    const eighth = samples.length >> 3;
    const spread = (samples[samples.length - 1 - eighth].code - samples[eighth].code) / 2;
    const isClipped = clipped > MOST_CLIPPED * samples.length;
    return {
      light: [mean(0), mean(1), mean(2)],
      fault: isClipped ? 'clipped' : spread > MOST_SPREAD ? 'uneven' : null,
    };
  });
}

const OUTSIDE: PatchReading = { light: [0, 0, 0], fault: 'outside' };
