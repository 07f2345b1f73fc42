import { expect, it } from 'vitest';
import { times } from './card-reference.ts';
import { LAMPS, lampMatrix } from './testing/photograph-card.ts';
import type { Kelvin } from './testing/photograph-card.ts';
import { kelvinOfWhite, verdictOn, verdictOnSkin } from './white-of-photo.ts';

it('gives a white under a lamp the temperature of the lamp', () => {
  for (const kelvin of Object.keys(LAMPS).map(Number) as Kelvin[]) {
    const white = times(lampMatrix(kelvin, 0), [0.8, 0.8, 0.8]);
    expect(Math.abs(kelvinOfWhite(white) / kelvin - 1), `${kelvin}`).toBeLessThan(0.02);
  }
});

it('calls lamp light warm, daylight neutral and open shade cool', () => {
  expect([2700, 4500, 6000, 7000, 9500].map(verdictOn)).toEqual(['warm', 'warm', 'neutral', 'neutral', 'cool']);
});

it('judges by the skin only where daylight cannot have made it', () => {
  expect(verdictOnSkin([68, 20, 34])).toBe('warm');
  expect(verdictOnSkin([66, 8, 2])).toBe('cool');
  for (const b of [8, 16, 24]) expect(verdictOnSkin([60, 12, b])).toBeNull();
});
