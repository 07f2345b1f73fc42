import { describe, expect, it } from 'vitest';
import { sampleDocument } from '@stipple/core/plan/testing/sample-plan.ts';
import { openWords } from './open-words.ts';

const WHOLE = { withoutPhoto: [], standIns: [], hasPigments: false };
const plain = sampleDocument();
const pigment = { ...plain.pigment, choice: { dilution: 10 } as NonNullable<typeof plain.pigment.choice> };
const withCard = (trust: 'read' | 'published') =>
  sampleDocument({
    pigment,
    photos: plain.photos.map((photo) => ({ ...photo, card: { trust } as unknown as NonNullable<typeof photo.card> })),
  });

describe('what is said of an opened plan', () => {
  it('says nothing more of a plan that the page has whole', () => {
    expect(openWords(plain, WHOLE)).toEqual([
      'The plan as it is kept. What you change comes into it when you make it again.',
    ]);
  });

  it('names a photo that only stands in, and one that is missing', () => {
    const words = openWords(plain, { ...WHOLE, standIns: ['bowed'], withoutPhoto: ['left'] }).join(' ');
    expect(words).toMatch(/not proven the same: Front, bowed\./);
    expect(words).toMatch(/does not have the photo: Left side\./);
  });

  it('asks again for the pigments and the card’s values that the plan rests on and the page does not have', () => {
    expect(openWords(withCard('read'), WHOLE).at(-1)).toBe(
      'Give the list of pigments and the card’s values again before you make it anew.',
    );
    expect(openWords(withCard('read'), { ...WHOLE, hasPigments: true }).at(-1)).toMatch(
      /^Give the card’s values again/,
    );
    expect(openWords(withCard('published'), { ...WHOLE, hasPigments: true })).toHaveLength(1);
  });
});
