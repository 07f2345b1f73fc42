/**
 * A number a person may act on, with what is known about its error and where it comes from.
 *
 * `low` and `high` bound the middle 95 %: in simulations whose truth is known, at least 90 % of the intervals contain
 * it (tested), at present more than the 98 % that would be too many. `source` is a short phrase for the person reading
 * ('soft tape', 'population mean').
 */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly source: string;
}

/** Estimate of a positive quantity whose error is proportional to it: value x (1 -+ 1.96 sd), never below nothing. */
export function relativeEstimate(value: number, relativeSd: number, source: string): Estimate {
  return { value, low: value * Math.max(0, 1 - 1.96 * relativeSd), high: value * (1 + 1.96 * relativeSd), source };
}
