import { describe, expect, it } from 'vitest';
import { PRINTED_REFERENCE } from '@stipple/core/card/card-reference.ts';
import { quantisedColour } from '@stipple/core/pigment/lab.ts';
import { cardLabsText, parseCardLabs } from './parse-card-labs.ts';

const LABS = PRINTED_REFERENCE.labs.map((lab) => quantisedColour(lab, 100));

describe('parseCardLabs', () => {
  it('reads what was written, a patch to a line', () => {
    const text = cardLabsText(LABS);
    expect(parseCardLabs(text, 'card.json')).toEqual(LABS);
    expect(text.split('\n').length).toBeLessThan(32);
  });

  it('refuses, with the place, what is no reading of the card', () => {
    for (const [json, word] of [
      ['{', 'not JSON'],
      [{ card: 'other', labs: LABS }, 'card'],
      [{ card: 'stipple-1', labs: LABS.slice(1) }, 'labs'],
      [{ card: 'stipple-1', labs: LABS.with(3, [200, 0, 0]) }, 'labs[3]'],
      [{ card: 'stipple-1', labs: LABS.toReversed() }, 'greys do not fall'],
    ] as const) {
      const text = typeof json === 'string' ? json : JSON.stringify(json);
      expect(() => parseCardLabs(text, 'card.json'), word).toThrow(
        expect.objectContaining({ code: 'card-unreadable', detail: expect.stringContaining(word) }),
      );
    }
  });
});
