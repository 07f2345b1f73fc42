/** What the planning page works by when it was opened out of the studio: packages and pigments of whoever is signed in. */
import type { StudioPigment } from '@stipple/core/pigment/studio-pigment.ts';
import type { PriceList } from '@stipple/core/quote/price-list.ts';
import { api } from '../api/api.ts';
import type { StudioLists } from '../api/keep-order.ts';
import { whoIsThere } from './who-is-there.ts';

/** Null where nobody of the studio is signed in: nobody is asked to, for planning needs no sign-in. */
export async function studioLists(): Promise<StudioLists | null> {
  const who = await whoIsThere();
  if (who === 'nobody' || who.role === 'client') return null;
  const [prices, pigments] = await Promise.all([api.library({ kind: 'prices' }), api.library({ kind: 'pigments' })]);
  // As the server has checked them when they were written.
  const list = prices.content as PriceList;
  const { pigments: own } = pigments.content as { readonly pigments: readonly StudioPigment[] };
  return {
    studio: who.studioName,
    // What every studio starts from is an example, and stays one until somebody has looked at it.
    prices: prices.version === 0 ? null : { taxIs: 'added', ...list },
    pigments: own.map(({ id, name, maker, lab, dilutions }) => ({ id, name, maker, lab, dilutions })),
  };
}
