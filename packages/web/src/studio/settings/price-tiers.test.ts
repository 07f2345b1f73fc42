import { PRICE_LIST_DEFAULTS } from '@stipple/core/quote/price-list.ts';
import { describe, expect, it } from 'vitest';
import { tiersOf, typedTiers } from './price-tiers.tsx';

const typed = typedTiers(PRICE_LIST_DEFAULTS.scars, 'EUR');
const [small, open] = [typed[0]!, typed[1]!];

describe('packages as they are typed', () => {
  it('are the list again when nothing is changed', () => {
    for (const tiers of [PRICE_LIST_DEFAULTS.shaved, PRICE_LIST_DEFAULTS.density, PRICE_LIST_DEFAULTS.scars])
      expect(tiersOf(typedTiers(tiers, 'EUR'), 'EUR')).toEqual(tiers);
  });

  it('take a decimal comma, and the last one for all that is larger', () => {
    const tiers = tiersOf(
      [
        { ...small, upTo: '62,5', price: '1300' },
        { ...open, upTo: '80' },
      ],
      'EUR',
    );
    expect(tiers).toMatchObject([{ upToCm2: 62.5, priceMinor: 130000 }, { upToCm2: null }]);
  });

  it('are not kept without name, area or price, nor when a larger one is no larger or costs less', () => {
    for (const wrong of [{ label: ' ' }, { upTo: '' }, { upTo: 'sixty' }, { price: '' }, { price: '9000' }])
      expect(tiersOf([{ ...small, ...wrong }, open], 'EUR'), JSON.stringify(wrong)).toBeNull();
    expect(tiersOf([small, { ...small, id: 'same' }, open], 'EUR')).toBeNull();
  });
});
