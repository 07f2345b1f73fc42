/** A colour card through the codec that photos really come through: blocks, chroma at half resolution, ringing edges. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { CLASSIC_REFERENCE, PRINTED_REFERENCE, readReference, times } from '@stipple/core/card/card-reference.ts';
import { findCard, isFoundCard } from '@stipple/core/card/find-card.ts';
import { lightAt, photographCard, SKIN } from '@stipple/core/card/testing/photograph-card.ts';
import { deltaE2000, labOf } from '@stipple/core/pigment/lab.ts';
import { decodePhoto } from './decode-photo.ts';

const OWN = readReference('stipple-1', PRINTED_REFERENCE.labs);

it.each([
  ['our card', 90, OWN],
  ['our card', 60, OWN],
  ['a classic card', 90, CLASSIC_REFERENCE],
  ['a classic card', 60, CLASSIC_REFERENCE],
] as const)('makes the skin true by %s in a JPEG of quality %i', async (_name, quality, reference) => {
  const { widthPx, heightPx, rgba } = photographCard({ reference, kelvin: 3500, turnDeg: 14, slant: 0.1 });
  const raw = { width: widthPx, height: heightPx, channels: 4 as const };
  const bytes = await sharp(rgba, { raw }).removeAlpha().jpeg({ quality, chromaSubsampling: '4:2:0' }).toBuffer();
  const { pixels } = await decodePhoto(bytes);
  const card = findCard(pixels, [OWN, CLASSIC_REFERENCE]);
  if (!isFoundCard(card)) throw new Error('not found');
  expect(card.kind).toBe(reference.design.kind);
  expect(card.correction.after.mean).toBeLessThan(quality < 80 ? 1.6 : 1);
  expect(deltaE2000(labOf(times(card.correction.matrix, lightAt(pixels, [300, 304]))), labOf(SKIN))).toBeLessThan(0.8);
});
