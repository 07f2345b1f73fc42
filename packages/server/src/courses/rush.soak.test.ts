import { expect, it } from 'vitest';
import { rushFor } from './testing/rush.ts';

it(
  'of two hundred who book one hour at once one has it, and the others are offered other dates',
  { timeout: 600_000 },
  async () => {
    expect(await rushFor(200)).toEqual({ won: 1, offered: 199, codes: ['practitioner-busy'], sessions: 3 });
  },
);
