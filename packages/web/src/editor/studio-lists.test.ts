import { describe, expect, it } from 'vitest';
import { PRICE_LIST_DEFAULTS } from '@stipple/core/quote/price-list.ts';
import { isFromStudio, listsInForm, NO_LISTS } from './studio-lists.ts';

const PIGMENT = { id: 'black', name: 'Black', maker: 'Inky', lab: null, dilutions: [5] } as const;

describe('the lists of the studio', () => {
  it('are asked for when the page was opened out of the studio, and never otherwise', () => {
    expect(['?studio', '?client=7', '?client=7&plan=8'].every(isFromStudio)).toBe(true);
    expect(['', '?plan=8', '?x=studio'].some(isFromStudio)).toBe(false);
  });

  it('come into the form with the name of the studio, as far as it has lists of its own', () => {
    const studio = 'North Light';
    expect(listsInForm({ studio, prices: PRICE_LIST_DEFAULTS, pigments: [PIGMENT] })).toEqual({
      prices: { studio, list: PRICE_LIST_DEFAULTS },
      pigments: { fileName: 'Pigments of North Light', list: [PIGMENT] },
    });
    expect(listsInForm({ studio, prices: null, pigments: [] })).toEqual(NO_LISTS);
    expect(listsInForm(null)).toEqual(NO_LISTS);
  });
});
