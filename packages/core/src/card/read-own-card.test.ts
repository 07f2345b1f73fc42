import { describe, expect, it } from 'vitest';
import { deltaE2000, labOf } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { CLASSIC_REFERENCE, PRINTED_REFERENCE } from './card-reference.ts';
import { correctPixels } from './correct-pixels.ts';
import { findCard, isFoundCard } from './find-card.ts';
import { readOwnCard } from './read-own-card.ts';
import { SKIN, lightAt, photographCard } from './testing/photograph-card.ts';

/** A printer that leans to red. */
const print = (light: Colour3): Colour3 => [light[0] * 1.04, light[1] * 0.94, light[2] * 0.9];
const own = photographCard({ reference: PRINTED_REFERENCE, print, cardPx: 300, at: [300, 180], noiseCodes: 0 });
const both = photographCard({
  on: own,
  reference: CLASSIC_REFERENCE,
  cardPx: 300,
  at: [300, 560],
  kelvin: 4000,
  exposure: 0.75,
});

describe('readOwnCard', () => {
  it('reads every patch of a printed card as it was printed', () => {
    const { labs, knownOff } = readOwnCard(both)!;
    expect(knownOff).toBeLessThan(1);
    labs.forEach((lab, k) => {
      const truth = labOf(print(PRINTED_REFERENCE.lights[k]));
      expect(deltaE2000(lab, truth), PRINTED_REFERENCE.design.patches[k].id).toBeLessThan(1.5);
    });
  });

  it('reads nothing where either card is missing', () => {
    expect(readOwnCard(own)).toBeNull();
    expect(readOwnCard(photographCard({ reference: CLASSIC_REFERENCE }))).toBeNull();
  });
});

describe('correctPixels', () => {
  it('brings the whole picture into the light that the card tells', () => {
    const photo = photographCard({ reference: CLASSIC_REFERENCE, kelvin: 3500 });
    const card = findCard(photo, [CLASSIC_REFERENCE]);
    if (!isFoundCard(card)) throw new Error('not found');
    const before = deltaE2000(labOf(lightAt(photo, [300, 304])), labOf(SKIN));
    correctPixels(photo.rgba, card.correction.matrix);
    expect(deltaE2000(labOf(lightAt(photo, [300, 304])), labOf(SKIN))).toBeLessThan(0.7);
    expect(before).toBeGreaterThan(3);
    expect(photo.rgba[3]).toBe(255);
  });

  it('turns a shine that is clipped in red white, and leaves red lips red', () => {
    const rgba = new Uint8Array([255, 240, 190, 255, 255, 20, 40, 255]);
    correctPixels(rgba, [0.7, 0, 0, 0, 1, 0, 0, 0, 1.6]);
    expect(Math.max(...rgba.subarray(0, 3)) - Math.min(...rgba.subarray(0, 3))).toBeLessThan(3);
    expect(rgba[4]).toBeGreaterThan(rgba[5] + 150);
  });
});
