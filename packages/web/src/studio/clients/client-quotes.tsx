import { api } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { Waiting } from '../parts/waiting.tsx';
import { QuoteCard } from './quote-card.tsx';

export function ClientQuotes({ clientId }: { readonly clientId: string }) {
  const quotes = useLoaded(() => api.quotes({ clientId }), [clientId]);
  const courses = useLoaded(() => api.clientCourses({ clientId }), [clientId]);
  const courseOf = (quoteId: string) =>
    courses.value?.items.find((course) => course.quoteId === quoteId && course.status !== 'cancelled') ?? null;
  const items = quotes.value?.items ?? [];
  return (
    <Panel
      title="Quotes"
      action={
        <a class="link" href={hrefOf('clients', clientId, 'quote')}>
          New quote
        </a>
      }
    >
      {!quotes.value && <Waiting refusal={quotes.refusal} onAgain={quotes.reload} />}
      {quotes.value && items.length === 0 && <p class="hint">None yet.</p>}
      {items.map((quote) => (
        <QuoteCard key={quote.id} quote={quote} course={courseOf(quote.id)} isOfStaff onChanged={quotes.reload} />
      ))}
    </Panel>
  );
}
