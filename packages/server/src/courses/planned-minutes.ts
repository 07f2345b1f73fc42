/** How long sessions take by the plan that a quote was made from. */
import type { Transaction } from 'kysely';
import { minutesOfPlan } from '@stipple/core/course/minutes-of-plan.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';
import { refused } from '../request/refused.ts';
import type { StudioContext } from '../request/request-context.ts';
import { openJson } from '../storage/keys/seal.ts';
import { sealedPlaces } from '../storage/sealed-places.ts';
import type { Tables } from '../storage/tables.ts';
import { isClient } from './appointment-notes.ts';

/** Null where the quote was made from an area that was typed in. @throws 'not-found' */
export async function plannedMinutes(
  tx: Transaction<Tables>,
  { studioId, storage, caller }: Pick<StudioContext, 'studioId' | 'storage' | 'caller'>,
  { clientId, quoteId, sessions }: { readonly clientId: string; readonly quoteId: string; readonly sessions: number },
): Promise<number[] | null> {
  const found = await tx
    .selectFrom('quotes')
    .leftJoin('planVersions', (join) =>
      join
        .onRef('planVersions.studioId', '=', 'quotes.studioId')
        .onRef('planVersions.planId', '=', 'quotes.planId')
        .onRef('planVersions.n', '=', 'quotes.planN'),
    )
    .select(['planVersions.planId', 'planVersions.n', 'planVersions.sealed'])
    .where('quotes.studioId', '=', studioId)
    .where('quotes.id', '=', quoteId)
    .where('quotes.clientId', '=', clientId)
    .$if(isClient(caller), (of) => of.where('quotes.status', '<>', 'draft'))
    .executeTakeFirst();
  if (!found) throw refused('not-found', 'quote');
  const { planId, n, sealed } = found;
  if (planId === null || n === null || sealed === null) return null;
  const key = await storage.keys.get(tx, { studioId, ownerId: clientId, purpose: 'care' });
  const place = sealedPlaces.planVersion(studioId, planId, n);
  const { summary } = openJson(key.bytes, place, sealed) as { readonly summary: Summary };
  return minutesOfPlan(
    summary.sessions.map(({ hours }) => hours),
    sessions,
  );
}
