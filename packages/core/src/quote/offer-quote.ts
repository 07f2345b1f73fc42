/**
 * A quote as it is handed to a client: with its deposit, the days it holds, and what is due when.
 *
 * In: what quote-course.ts takes, and the studio's terms with the day of issue. Out: that quote with the deposit to the
 * cent, the last day on which it can be accepted, and the payments, which sum to the course exactly, or to the course
 * with its tax where the price list says that this is added. A deposit is part of that and never more than it. A quote
 * without one price (nothing measured, or a range only) has no deposit, no payments, and cannot be accepted. Extras
 * stand apart here too.
 *
 * `offerQuote(...printed)` in the order request, terms, prices gives the offer again, whatever the day.
 */
import { addDays, type PlainDay } from '../calendar/plain-day.ts';
import { money, shareOf, splitMoney } from '../units/money.ts';
import { PRICE_LIST_DEFAULTS, type PriceList } from './price-list.ts';
import { quoteCourse, type Quote, type QuoteRequest } from './quote-course.ts';
import { totalWithTax } from './total-with-tax.ts';

export type Deposit =
  /** Hundredths of a percent of what is to be paid; halves of a minor unit round up. */
  { readonly kind: 'share'; readonly basisPoints: number } | { readonly kind: 'amount'; readonly minor: number };

export interface OfferTerms {
  /** Null: the studio takes none. */
  readonly deposit: Deposit | null;
  readonly issuedOn: PlainDay;
  /** Days after the day of issue on which it still holds, the last of them included. */
  readonly validDays: number;
}

/** What is due, and when. */
export interface Payment {
  readonly due: 'acceptance' | 'session';
  /** Number of the session on whose day it is due; null at acceptance. */
  readonly n: number | null;
  readonly minor: number;
}

export interface Offer extends Omit<Quote, 'printed'> {
  readonly depositMinor: number | null;
  /** The last day on which it can be accepted. */
  readonly validUntil: PlainDay;
  readonly payments: readonly Payment[];
  readonly printed: Quote['printed'] & { readonly terms: OfferTerms };
}

function depositOf(deposit: Deposit | null, priceMinor: number, currency: string): number {
  if (deposit === null) return 0;
  if (deposit.kind === 'amount') {
    if (deposit.minor < 0) throw new RangeError('a deposit below nothing');
    return Math.min(money(deposit.minor, currency).minor, priceMinor);
  }
  const { basisPoints } = deposit;
  if (!(basisPoints >= 0 && basisPoints <= 10_000)) throw new RangeError(`a deposit of ${basisPoints} basis points`);
  return shareOf(money(priceMinor, currency), basisPoints).minor;
}

/** The deposit at acceptance, then the rest in equal parts, an odd minor unit with the earlier sessions. */
function paymentsFor(priceMinor: number, depositMinor: number, sessions: number, currency: string): Payment[] {
  const atAcceptance: Payment[] = depositMinor > 0 ? [{ due: 'acceptance', n: null, minor: depositMinor }] : [];
  const rest = money(priceMinor - depositMinor, currency);
  const parts = splitMoney(rest, new Array<number>(sessions).fill(1));
  return [
    ...atAcceptance,
    ...parts.flatMap(({ minor }, i): Payment[] => (minor > 0 ? [{ due: 'session', n: i + 1, minor }] : [])),
  ];
}

/** The offer for a course. Throws RangeError for terms or a price list that cannot be, refuses 'date-impossible'. */
export function offerQuote(request: QuoteRequest, terms: OfferTerms, prices: PriceList = PRICE_LIST_DEFAULTS): Offer {
  const { deposit, issuedOn, validDays } = terms;
  if (!(Number.isSafeInteger(validDays) && validDays >= 0)) throw new RangeError(`valid for ${validDays} days`);
  const quote = quoteCourse(request, prices);
  const { likelyMinor, currency } = quote;
  const dueMinor = (prices.taxIs === 'added' ? totalWithTax(quote) : null) ?? likelyMinor;
  const depositMinor = dueMinor === null ? null : depositOf(deposit, dueMinor, currency);
  return {
    ...quote,
    depositMinor,
    validUntil: addDays(issuedOn, validDays),
    payments: dueMinor === null ? [] : paymentsFor(dueMinor, depositMinor!, request.sessions, currency),
    printed: { ...quote.printed, terms },
  };
}

export type AcceptVerdict =
  | { readonly kind: 'ok'; readonly priceMinor: number }
  /** 'expired' after its last day, 'not-yet' before its day of issue, 'no-price' for a range or nothing at all. */
  | { readonly kind: 'refused'; readonly code: 'expired' | 'not-yet' | 'no-price' };

/** Whether an offer can be accepted on a day. */
export function acceptOffer({ likelyMinor, validUntil, printed }: Offer, today: PlainDay): AcceptVerdict {
  if (likelyMinor === null) return { kind: 'refused', code: 'no-price' };
  if (today > validUntil) return { kind: 'refused', code: 'expired' };
  if (today < printed.terms.issuedOn) return { kind: 'refused', code: 'not-yet' };
  return { kind: 'ok', priceMinor: likelyMinor };
}

/** How the tax of an offer is paid: within the price, with it, or apart from the payments; null where there is none. */
export function taxOfPayments({ extras, payments, likelyMinor }: Pick<Offer, 'extras' | 'payments' | 'likelyMinor'>) {
  if (likelyMinor === null || payments.length === 0) return null;
  if (extras.some(({ id }) => id === 'tax-included')) return 'within';
  const withTax = totalWithTax({ extras, likelyMinor });
  if (withTax === null) return null;
  return payments.reduce((sum, { minor }) => sum + minor, 0) === withTax ? 'added' : 'apart';
}
