/** How long sessions take by the plan that the client's quote was made from; else by the newest plan that was accepted. */
import { summarySchema } from '@stipple/files/contract/summary.ts';
import { SESSION_MINUTES } from '@stipple/files/wire/courses.ts';
import { api } from '../../api/api.ts';

const STEP_MINUTES = 15;

/** Hours of the plan's sessions; null where no plan says. */
export async function plannedHours(clientId: string, quoteId: string | null): Promise<readonly number[] | null> {
  const [quotes, plans] = await Promise.all([api.quotes({ clientId }), api.plans({ clientId })]);
  const quote = quotes.items.find(({ id, status }) => (quoteId ? id === quoteId : status === 'accepted'));
  const accepted = plans.items
    .flatMap(({ id, versions }) => versions.map((version) => ({ planId: id, ...version })))
    .filter(({ acceptedAt }) => acceptedAt !== null)
    .toSorted((a, b) => b.acceptedAt!.localeCompare(a.acceptedAt!))[0];
  const version = quote?.planId && quote.planN ? { planId: quote.planId, n: quote.planN } : accepted && { ...accepted };
  if (!version) return null;
  const { summary } = await api.planDocument({ planId: version.planId, n: version.n });
  const { data } = summarySchema.safeParse(summary);
  return data ? data.sessions.map(({ hours }) => hours) : null;
}

/** Minutes of each of so many sessions, up to the quarter of an hour; as many hours in all as planned. */
export function minutesOfPlan(hours: readonly number[], sessions: number): number[] {
  const mean = hours.reduce((sum, of) => sum + of, 0) / sessions;
  const each = hours.length === sessions ? hours : Array.from({ length: sessions }, () => mean);
  return each.map((of) => {
    const minutes = Math.ceil((of * 60) / STEP_MINUTES - 1e-9) * STEP_MINUTES;
    return Math.min(SESSION_MINUTES.most, Math.max(SESSION_MINUTES.least, minutes));
  });
}
