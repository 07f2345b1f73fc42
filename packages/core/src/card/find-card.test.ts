import { existsSync, readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { deltaE2000, labOf } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { openPhoto, sharedPhoto } from '../vision/testing/node-models.ts';
import { CLASSIC_REFERENCE, PRINTED_REFERENCE, readReference, times } from './card-reference.ts';
import { findCard, isFoundCard } from './find-card.ts';
import type { FoundCard } from './find-card.ts';
import { SKIN, lightAt, photographCard } from './testing/photograph-card.ts';
import type { CardShot } from './testing/photograph-card.ts';

const OWN = readReference('stipple-1', PRINTED_REFERENCE.labs);
const ALL = [OWN, CLASSIC_REFERENCE];
const BOTH = { 'our card': OWN, 'a classic card': CLASSIC_REFERENCE } as const;

function found(shot: CardShot, references = ALL): FoundCard {
  const card = findCard(photographCard(shot), references);
  if (!isFoundCard(card)) throw new Error(`not found: ${JSON.stringify(card)}`);
  return card;
}

/** The forehead's light in the middle of the head: true skin, as the renderer lights it. */
const FOREHEAD = [300, 304] as const;

describe.each(Object.entries(BOTH))('%s in a photo of a head', (_name, reference) => {
  it.each([2700, 3500, 5000, 7500] as const)('makes the skin true under a lamp of %i K', (kelvin) => {
    const photo = photographCard({ reference, kelvin, turnDeg: 12, slant: 0.1, noiseCodes: 2 });
    const card = findCard(photo, ALL);
    if (!isFoundCard(card)) throw new Error(`not found: ${JSON.stringify(card)}`);
    const { before, after, matrix, used } = card.correction;
    expect(card.kind).toBe(reference.design.kind);
    expect(used).toBeGreaterThanOrEqual(18);
    expect(after.mean).toBeLessThan(0.6);
    expect(after.mean).toBeLessThan(before.mean);
    const skin = lightAt(photo, FOREHEAD);
    const truth = labOf(SKIN);
    expect(deltaE2000(labOf(times(matrix, skin)), truth)).toBeLessThan(0.6);
    if (kelvin < 4500) expect(deltaE2000(labOf(skin), truth)).toBeGreaterThan(3);
  });

  it.each([
    [40, 0.15],
    [97, 0.3],
    [-65, 0.35],
  ])('is found turned by %i degrees at a slant of %f, each patch where it is', (turnDeg, slant) => {
    const { correction, readings, reference: own } = found({ reference, turnDeg, slant, kelvin: 4000 });
    expect(correction.after.mean).toBeLessThan(0.6);
    readings.forEach(({ light, fault }, k) => {
      if (fault) return;
      expect(deltaE2000(labOf(times(correction.matrix, light)), own.labs[k]), own.design.patches[k].id).toBeLessThan(5);
    });
  });

  it('is found mirrored, as selfies are, and says so', () => {
    expect(found({ reference, isMirrored: true, turnDeg: 20 }).isMirrored).toBe(true);
    expect(found({ reference, turnDeg: 20 }).isMirrored).toBe(false);
  });

  it('leaves out what a glare covers', () => {
    const at = [0.3 * reference.design.widthMm, 0.55 * reference.design.heightMm] as const;
    const glare = { at, radiusMm: 0.16 * reference.design.widthMm, light: 1.2 };
    const photo = photographCard({ reference, glare, kelvin: 3500 });
    const card = findCard(photo, ALL);
    if (!isFoundCard(card)) throw new Error(`not found: ${JSON.stringify(card)}`);
    expect(card.correction.used).toBeLessThan(23);
    expect(deltaE2000(labOf(times(card.correction.matrix, lightAt(photo, FOREHEAD))), labOf(SKIN))).toBeLessThan(1);
  });

  it('halves at least what a lamp, a phone’s tone curve and its strong colours do to skin, and tells what is left', () => {
    const photo = photographCard({ reference, kelvin: 3500 });
    const { rgba } = photo;
    for (let at = 0; at < rgba.length; at += 4) {
      const y = 0.3 * rgba[at] + 0.59 * rgba[at + 1] + 0.11 * rgba[at + 2];
      for (let c = 0; c < 3; c++) {
        const v = Math.max(0, Math.min(1, (y + 1.2 * (rgba[at + c] - y)) / 255));
        rgba[at + c] = Math.round(255 * (0.5 * v + 0.5 * v * v * (3 - 2 * v)));
      }
    }
    const card = findCard(photo, ALL);
    if (!isFoundCard(card)) throw new Error(`not found: ${JSON.stringify(card)}`);
    const skin = lightAt(photo, FOREHEAD);
    const off = deltaE2000(labOf(times(card.correction.matrix, skin)), labOf(SKIN));
    expect(deltaE2000(labOf(skin), labOf(SKIN))).toBeGreaterThan(8);
    expect(off).toBeLessThan(2);
    expect(card.correction.after.mean).toBeGreaterThan(off);
    expect(card.correction.after.mean).toBeLessThan(4);
  });

  it('tells by dE00 what it cannot undo: dirt on patches, and a card of another printer', () => {
    const dirty = (light: Colour3, k: number): Colour3 =>
      k % 5 === 2 ? [light[0] * 0.5, light[1] * 0.6, light[2]] : light;
    const { correction } = found({ reference, print: dirty });
    expect(correction.used).toBeLessThan(correction.read);
    const off = correction.patches.filter((patch) => patch && patch.after > 5).length;
    expect(off).toBeGreaterThanOrEqual(3);
    expect(correction.after.mean).toBeLessThan(2);
  });

  it('is given up, not guessed at, when most of it is hidden', () => {
    const hide = (light: Colour3, k: number): Colour3 => (k % 3 ? [0.2, 0.3, 0.4] : light);
    const card = findCard(photographCard({ reference, print: hide }), ALL);
    expect(isFoundCard(card)).toBe(false);
    if (reference === OWN) expect(card).toEqual({ kind: 'stipple-1', fault: 'not the card' });
  });

  it('is the same again, to the bit', () => {
    const photo = photographCard({ reference, turnDeg: 31, slant: 0.2 });
    const [a, b] = [findCard(photo, ALL), findCard(photo, ALL)];
    if (!isFoundCard(a) || !isFoundCard(b)) throw new Error('not found');
    expect(a.correction).toEqual(b.correction);
  });
});

describe('our card as it came from the printer, unread', () => {
  /** A printer that makes everything redder and darker, but leaves greys grey. */
  const printer = (light: Colour3, k: number): Colour3 =>
    k < 8 ? [light[0] * 0.93, light[0] * 0.93, light[0] * 0.93] : [light[0] * 1.1, light[1] * 0.85, light[2] * 0.8];

  it('balances the white by its paper and greys, and leaves the colours alone', () => {
    const photo = photographCard({ reference: PRINTED_REFERENCE, kelvin: 3500, print: printer });
    const card = findCard(photo, [PRINTED_REFERENCE, CLASSIC_REFERENCE]);
    if (!isFoundCard(card)) throw new Error('not found');
    const { matrix, patches } = card.correction;
    for (const k of [1, 2, 3, 5, 6, 7]) expect(matrix[k]).toBe(0);
    expect(matrix[8] / matrix[0]).toBeGreaterThan(1.25);
    expect(patches.filter((patch) => patch !== null).length).toBeLessThanOrEqual(8);
    const skin = labOf(times(matrix, lightAt(photo, FOREHEAD)));
    expect(deltaE2000([62, skin[1], skin[2]], [62, labOf(SKIN)[1], labOf(SKIN)[2]])).toBeLessThan(3);
  });

  it('makes skin as true as the card is once it has been read', () => {
    const lights = PRINTED_REFERENCE.lights.map(printer);
    const read = readReference('stipple-1', lights.map(labOf));
    const photo = photographCard({ reference: PRINTED_REFERENCE, kelvin: 3500, print: printer });
    const card = findCard(photo, [read]);
    if (!isFoundCard(card)) throw new Error('not found');
    expect(deltaE2000(labOf(times(card.correction.matrix, lightAt(photo, FOREHEAD))), labOf(SKIN))).toBeLessThan(0.6);
  });
});

describe('a photo without a card', () => {
  it('has none: clutter, chequers, a shelf of coloured boxes', () => {
    const none = photographCard({ reference: OWN, cardPx: 1 });
    expect(findCard(none, ALL)).toBeNull();
    const { widthPx, heightPx } = none;
    for (const [cell, gap] of [
      [30, 0],
      [36, 6],
      [24, 3],
    ]) {
      const rgba = new Uint8Array(none.rgba);
      for (let y = 0; y < heightPx; y++) {
        for (let x = 0; x < widthPx; x++) {
          const [i, j] = [Math.floor(x / cell), Math.floor(y / cell)];
          const isGap = x % cell < gap || y % cell < gap;
          const hue = (i * 7 + j * 13) % 11;
          const colour = isGap
            ? [20, 20, 20]
            : gap
              ? [40 + 18 * hue, 220 - 15 * hue, 60 + ((hue * 50) % 190)]
              : (i + j) % 2
                ? [230, 230, 230]
                : [25, 25, 25];
          for (let c = 0; c < 3; c++) rgba[4 * (x + y * widthPx) + c] = colour[c];
        }
      }
      expect(findCard({ widthPx, heightPx, rgba }, ALL)).toBeNull();
    }
  });

  const portraits = ['portraits1024', 'portraits450'].flatMap((folder) => {
    const path = sharedPhoto(folder);
    const names = path && existsSync(path) ? readdirSync(path).filter((name) => name.endsWith('.jpg')) : [];
    return names.map((name) => `${folder}/${name}`);
  });

  it(`has none in ${portraits.length} portraits`, async () => {
    for (const name of portraits)
      expect([name, findCard(await openPhoto(sharedPhoto(name)!), ALL)]).toEqual([name, null]);
  });
});
