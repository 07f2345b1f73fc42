import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { moneyWords } from '../parts/money-words.ts';
import { useSend } from '../parts/use-send.ts';
import type { Quote } from './client-words.ts';

/** An accepted quote beside one computed by today's plan and prices: what was accepted is owed, and no more. */
export function CompareQuote({ quote }: { readonly quote: Quote }) {
  const { id, currency } = quote;
  const [compared, setCompared] = useState<Answers['compareQuote'] | null>(null);
  const sending = useSend();
  const compare = async (): Promise<void> => {
    const answer = await sending.send(() => api.compareQuote({ id }));
    if (answer) setCompared(answer);
  };
  const amount = (minor: number | null): string => (minor === null ? '–' : moneyWords(minor, currency));
  if (!compared) {
    return (
      <>
        <button type="button" class="link" disabled={sending.isSending} onClick={() => void compare()}>
          Beside today’s prices
        </button>
        {sending.refusal && (
          <span class="fault">
            {sending.refusal.reason} {sending.refusal.detail}
          </span>
        )}
      </>
    );
  }
  return (
    <table class="compare-quote">
      <caption>
        Owed: {amount(compared.owedMinor)}
        {compared.lines.length === 0 && '. Nothing has changed since.'}
      </caption>
      {compared.lines.length > 0 && (
        <>
          <thead>
            <tr>
              <th scope="col">Line</th>
              <th scope="col" class="num">
                Accepted
              </th>
              <th scope="col" class="num">
                Today
              </th>
            </tr>
          </thead>
          <tbody>
            {compared.lines.map(({ label, acceptedMinor, nowMinor }) => (
              <tr key={label}>
                <td>{label}</td>
                <td class="num">{amount(acceptedMinor)}</td>
                <td class="num">{amount(nowMinor)}</td>
              </tr>
            ))}
          </tbody>
        </>
      )}
    </table>
  );
}
