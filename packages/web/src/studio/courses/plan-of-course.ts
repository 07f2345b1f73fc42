/** The plan that the client's quote was made from; else the newest that was accepted. */
import { summarySchema, type Summary } from '@stipple/files/contract/summary.ts';
import { api } from '../../api/api.ts';

/** Null where no plan was settled on. */
async function planOfCourse(clientId: string, quoteId: string | null): Promise<Summary | null> {
  const [quotes, plans] = await Promise.all([api.quotes({ clientId }), api.plans({ clientId })]);
  const quote = quotes.items.find(({ id, status }) => (quoteId ? id === quoteId : status === 'accepted'));
  const accepted = plans.items
    .flatMap(({ id, versions }) => versions.map((version) => ({ planId: id, ...version })))
    .filter(({ acceptedAt }) => acceptedAt !== null)
    .toSorted((a, b) => b.acceptedAt!.localeCompare(a.acceptedAt!))[0];
  const version = quote?.planId && quote.planN ? { planId: quote.planId, n: quote.planN } : accepted;
  if (!version) return null;
  const { summary } = await api.planDocument({ planId: version.planId, n: version.n });
  return summarySchema.safeParse(summary).data ?? null;
}

/** Hours of the plan's sessions; null where no plan says. */
export const plannedHours = async (clientId: string, quoteId: string | null): Promise<readonly number[] | null> =>
  (await planOfCourse(clientId, quoteId))?.sessions.map(({ hours }) => hours) ?? null;

/** The zones that the plan treats; none where no plan says. */
export const plannedZones = async (clientId: string): Promise<readonly string[]> =>
  (await planOfCourse(clientId, null))?.zones.map(({ id }) => id) ?? [];
