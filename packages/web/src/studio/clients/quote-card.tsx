import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { taxOfPayments } from '@stipple/core/quote/offer-quote.ts';
import { totalWithTax } from '@stipple/core/quote/total-with-tax.ts';
import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { moneyWords } from '../parts/money-words.ts';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import type { Quote } from './client-words.ts';
import { CompareQuote } from './compare-quote.tsx';

type Course = Answers['clientCourses']['items'][number];

const STATUS_WORDS: Readonly<Record<Quote['status'], string>> = {
  draft: 'Draft',
  sent: 'Sent',
  accepted: 'Accepted',
  expired: 'No longer valid',
  withdrawn: 'Withdrawn',
};

const DUE_WORDS = { within: ', tax included', added: ', tax included', apart: '; tax comes on top' } as const;

interface QuoteCardProps {
  readonly quote: Quote;
  /** Booked by it, for staff to see. */
  readonly course?: Course | null;
  readonly isOfStaff: boolean;
  readonly onChanged: () => void;
}

/** A quote as it will be printed: the course, what is apart from it, the deposit, and until when it holds. */
export function QuoteCard({ quote, course = null, isOfStaff, onChanged }: QuoteCardProps) {
  const { id, status, currency, lines, extras, payments, why, validUntil } = quote;
  const withTax = totalWithTax(quote);
  const tax = taxOfPayments(quote);
  // What it might have come to is the studio's to weigh; what is offered is one price, and does not rise.
  const showsRange = isOfStaff && status !== 'accepted';
  return (
    <article class="quote">
      <div class="quote-head">
        <p class="quote-sum">
          <Amount quote={quote} currency={currency} showsRange={showsRange} />
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
                <Amount quote={line} currency={currency} showsRange={showsRange} />
              </td>
            </tr>
          ))}
          {extras.map((line) => (
            <tr key={line.id} class="extra">
              <td>{line.label}</td>
              <td class="num">
                <Amount quote={line} currency={currency} showsRange={showsRange} missing="not included" />
              </td>
            </tr>
          ))}
          {withTax !== null && (
            <tr>
              <td>The course with its tax</td>
              <td class="num">{moneyWords(withTax, currency)}</td>
            </tr>
          )}
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
          {tax && DUE_WORDS[tax]}.
        </p>
      )}
      {status !== 'accepted' && <p>Valid until {dayWords(validUntil)}.</p>}
      {course && <BookedCourse course={course} />}
      <QuoteActions quote={quote} course={course} isOfStaff={isOfStaff} onChanged={onChanged} />
      {isOfStaff && <Recompute quoteId={id} />}
      {isOfStaff && status === 'accepted' && <CompareQuote quote={quote} />}
    </article>
  );
}

interface AmountProps {
  readonly quote: Pick<Quote, 'lowMinor' | 'likelyMinor' | 'highMinor'>;
  readonly currency: string;
  /** Beside the one amount; where there is none, the range is all there is to show. */
  readonly showsRange: boolean;
  readonly missing?: string;
}

function Amount({ quote: { lowMinor, likelyMinor, highMinor }, currency, showsRange, missing }: AmountProps) {
  const range =
    lowMinor !== null && highMinor !== null && lowMinor !== highMinor
      ? `${moneyWords(lowMinor, currency)} to ${moneyWords(highMinor, currency)}`
      : null;
  if (likelyMinor === null) return <>{range ?? missing ?? 'no price without a measured area'}</>;
  return (
    <>
      {moneyWords(likelyMinor, currency)}
      {range && showsRange && <small>{range}</small>}
    </>
  );
}

const COURSE_WORDS: Readonly<Record<Course['status'], string>> = {
  open: 'is booked',
  paused: 'is paused',
  done: 'is done',
  cancelled: 'was cancelled',
};

function BookedCourse({ course: { status, sessions, appointments } }: { readonly course: Course }) {
  const [first] = appointments
    .filter(({ status: of }) => of !== 'cancelled' && of !== 'missed')
    .map(({ firstDay }) => firstDay)
    .sort();
  return (
    <p>
      Its course {COURSE_WORDS[status]}: {sessions} sessions{first && `, the first on ${dayWords(first)}`}.
    </p>
  );
}

function QuoteActions({ quote, course, isOfStaff, onChanged }: QuoteCardProps) {
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
        {isOfStaff && status === 'accepted' && !course && (
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
