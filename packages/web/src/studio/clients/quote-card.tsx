import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { moneyWords } from '../parts/money-words.ts';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { dayWords } from '../parts/time-words.ts';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import type { Quote } from './client-words.ts';
import { CompareQuote } from './compare-quote.tsx';

const STATUS_WORDS: Readonly<Record<Quote['status'], string>> = {
  draft: 'Draft',
  sent: 'Sent',
  accepted: 'Accepted',
  expired: 'No longer valid',
  withdrawn: 'Withdrawn',
};

interface QuoteCardProps {
  readonly quote: Quote;
  readonly isOfStaff: boolean;
  readonly onChanged: () => void;
}

/** A quote as it will be printed: the course, what is apart from it, the deposit, and until when it holds. */
export function QuoteCard({ quote, isOfStaff, onChanged }: QuoteCardProps) {
  const { id, status, currency, lines, extras, payments, why, validUntil } = quote;
  return (
    <article class="quote">
      <div class="quote-head">
        <p class="quote-sum">
          <Amount quote={quote} currency={currency} />
        </p>
        <span class={`chip chip-quote-${status}`}>{STATUS_WORDS[status]}</span>
      </div>
      <p class="hint">{why}</p>
      <table>
        <caption class="visually-hidden">What the quote is made of</caption>
        <tbody>
          {lines.map((line) => (
            <tr key={line.id}>
              <td>{line.label}</td>
              <td class="num">
                <Amount quote={line} currency={currency} />
              </td>
            </tr>
          ))}
          {extras.map((line) => (
            <tr key={line.id} class="extra">
              <td>{line.label}</td>
              <td class="num">
                {line.likelyMinor === null ? 'not included' : <Amount quote={line} currency={currency} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {payments.length > 0 && (
        <p>
          {payments
            .map(
              ({ due, n, minor }) =>
                `${moneyWords(minor, currency)} ${due === 'acceptance' ? 'on acceptance' : `at session ${n}`}`,
            )
            .join(', ')}
          .
        </p>
      )}
      <p>Valid until {dayWords(validUntil)}.</p>
      <QuoteActions quote={quote} isOfStaff={isOfStaff} onChanged={onChanged} />
      {isOfStaff && <Recompute quoteId={id} />}
      {isOfStaff && status === 'accepted' && <CompareQuote quote={quote} />}
    </article>
  );
}

interface AmountProps {
  readonly quote: Pick<Quote, 'lowMinor' | 'likelyMinor' | 'highMinor'>;
  readonly currency: string;
}

function Amount({ quote: { lowMinor, likelyMinor, highMinor }, currency }: AmountProps) {
  const range =
    lowMinor !== null && highMinor !== null && lowMinor !== highMinor
      ? `${moneyWords(lowMinor, currency)} to ${moneyWords(highMinor, currency)}`
      : null;
  if (likelyMinor === null) return <>{range ?? 'no price without a measured area'}</>;
  return (
    <>
      {moneyWords(likelyMinor, currency)}
      {range && <small>{range}</small>}
    </>
  );
}

function QuoteActions({ quote, isOfStaff, onChanged }: QuoteCardProps) {
  const { id, version, status, clientId, likelyMinor } = quote;
  const sending = useSend();
  const act = async (call: () => Promise<unknown>): Promise<void> => {
    if (await sending.send(call)) onChanged();
  };
  const isOpen = status === 'draft' || status === 'sent';
  return (
    <>
      {isOpen && likelyMinor === null && (
        <p class="hint">A range cannot be accepted: tape or draw the area, and quote again.</p>
      )}
      <RefusalNotice refusal={sending.refusal} />
      <div class="row">
        {status === 'sent' && likelyMinor !== null && (
          <button
            type="button"
            class="button button-solid"
            disabled={sending.isSending}
            onClick={() => void act(() => api.acceptQuote({ id, version }))}
          >
            {isOfStaff ? 'The client accepts' : 'Accept this quote'}
          </button>
        )}
        {isOfStaff && status === 'draft' && (
          <button
            type="button"
            class="button button-solid"
            disabled={sending.isSending}
            onClick={() => void act(() => api.changeQuote({ id, version, status: 'sent' }))}
          >
            Mark as sent
          </button>
        )}
        {isOfStaff && status === 'accepted' && (
          <a class="button button-solid" href={hrefOf('clients', clientId, 'book', id)}>
            Book the course
          </a>
        )}
        <SaveFile name="quote.html" call={() => api.quotePaper({ id })}>
          To print
        </SaveFile>
        {isOfStaff && isOpen && (
          <button
            type="button"
            class="link"
            disabled={sending.isSending}
            onClick={() => void act(() => api.changeQuote({ id, version, status: 'withdrawn' }))}
          >
            Withdraw
          </button>
        )}
      </div>
    </>
  );
}

/** Whether what is printed still gives the amounts: asked for, never assumed. */
function Recompute({ quoteId }: { readonly quoteId: string }) {
  const [isSame, setIsSame] = useState<boolean | null>(null);
  const sending = useSend();
  const recompute = async (): Promise<void> => {
    const answer = await sending.send(() => api.recomputeQuote({ id: quoteId }));
    if (answer) setIsSame(answer.isSame);
  };
  return (
    <p class="hint">
      {isSame === null ? (
        <button type="button" class="link" disabled={sending.isSending} onClick={() => void recompute()}>
          Recompute it from its printed inputs
        </button>
      ) : isSame ? (
        'Recomputed from its printed inputs: the same to the last cent.'
      ) : (
        'Recomputed from its printed inputs: other amounts. Do not use this quote; make a new one.'
      )}
      {sending.refusal && <span class="fault">{sending.refusal.reason}</span>}
    </p>
  );
}
