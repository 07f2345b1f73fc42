/**
 * An accepted quote beside one computed anew: what differs, line by line, and what the client owes.
 *
 * An accepted quote never rises: the client owes the lower of the two. When the new one has no single price, the
 * accepted one stands. A price list that changed, a tape that was read again, a session more: all of it shows as lines,
 * and none of it as money owed. More work than was agreed is a new quote, to be accepted for itself.
 */
import { money } from '../units/money.ts';
import type { Quote, QuoteLine } from './quote-course.ts';

export interface ComparedLine {
  readonly label: string;
  /** Null where the quote has no such line, or no amount on it. */
  readonly acceptedMinor: number | null;
  readonly nowMinor: number | null;
  /** Now minus accepted, a missing line counting as nothing; null when either amount is not known. */
  readonly changeMinor: number | null;
  /** Extras are not part of the price. */
  readonly isExtra: boolean;
}

export interface QuoteComparison {
  readonly acceptedMinor: number;
  readonly nowMinor: number | null;
  /** The lower of the two. */
  readonly owedMinor: number;
  /** Lines of both, those of the accepted quote first; only what differs, in label or amount. */
  readonly differences: readonly ComparedLine[];
}

type Priced = Pick<Quote, 'currency' | 'likelyMinor' | 'lines' | 'extras'>;

/** Adjustments are numbered by place: the words on them say which is which. */
const keyOf = ({ id, label }: QuoteLine): string => (id.startsWith('adjustment-') ? `adjustment ${label}` : id);

function compareLines(accepted: readonly QuoteLine[], now: readonly QuoteLine[], isExtra: boolean): ComparedLine[] {
  const left = [...now];
  const pairs: [QuoteLine | null, QuoteLine | null][] = accepted.map((line) => {
    const at = left.findIndex((other) => keyOf(other) === keyOf(line));
    return [line, at < 0 ? null : left.splice(at, 1)[0]];
  });
  for (const line of left) pairs.push([null, line]);
  return pairs.flatMap(([before, after]) => {
    const acceptedMinor = before?.likelyMinor ?? null;
    const nowMinor = after?.likelyMinor ?? null;
    if (before && after && before.label === after.label && acceptedMinor === nowMinor) return [];
    const isKnown = (before === null || acceptedMinor !== null) && (after === null || nowMinor !== null);
    const changeMinor = isKnown ? (nowMinor ?? 0) - (acceptedMinor ?? 0) : null;
    const label =
      !before || !after || before.label === after.label
        ? (before ?? after)!.label
        : `${before.label}; now: ${after.label}`;
    return [{ label, acceptedMinor, nowMinor, changeMinor, isExtra }];
  });
}

/** Compares an accepted quote with a recomputed one. Throws RangeError for two currencies, or one never accepted. */
export function compareQuotes(accepted: Priced, now: Priced): QuoteComparison {
  if (accepted.currency !== now.currency) throw new RangeError(`${accepted.currency} beside ${now.currency}`);
  if (accepted.likelyMinor === null) throw new RangeError('a quote without a price cannot have been accepted');
  const owed = now.likelyMinor === null ? accepted.likelyMinor : Math.min(accepted.likelyMinor, now.likelyMinor);
  return {
    acceptedMinor: accepted.likelyMinor,
    nowMinor: now.likelyMinor,
    owedMinor: money(owed, accepted.currency).minor,
    differences: [
      ...compareLines(accepted.lines, now.lines, false),
      ...compareLines(accepted.extras, now.extras, true),
    ],
  };
}
