/**
 * The price of a course: the studio's package for the area that was measured.
 *
 * The tier that the area falls into gives `likely`; the tiers of the area's interval give `low` and `high`, so a quote
 * is as sure as the measurement. When the extent of the field is only a template (a front photo cannot see a crown) the
 * range stands alone and `likely` is null. When the head was not measured there is no area and no price, and `why`
 * says so. More area never costs less: a list that breaks this is refused.
 *
 * All amounts are whole minor units; every column of `lines` sums to its total exactly, and `printed` holds
 * everything needed to compute the quote again to the cent. Extras stand apart and are never in the total, except that
 * a list whose prices include the tax says how much of the total that is. Does not
 * accept, expire or change a quote.
 */
import type { Estimate } from '../units/estimate.ts';
import { addMoney, money, moneyText, shareOf, splitMoney, sumMoney, type Money } from '../units/money.ts';
import { PRICE_LIST_DEFAULTS, type PriceList, type PriceTier } from './price-list.ts';

export interface QuoteRequest {
  /** 'density' between existing hair, 'scars' and 'patches' within it, else 'shaved'. */
  readonly style: 'shaved' | 'density' | 'scars' | 'patches';
  /** Treated area; null when nothing of the head was measured. */
  readonly areaCm2: Estimate | null;
  readonly extentSource: 'drawn' | 'seen' | 'taped' | 'template';
  readonly sessions: number;
  /** What this client's course costs more or less than the package, such as repair work or a discount. */
  readonly adjustments?: readonly { readonly label: string; readonly minor: number }[];
}

/** Three amounts in minor units; null where it is not known. */
export interface QuoteRange {
  readonly lowMinor: number | null;
  readonly likelyMinor: number | null;
  readonly highMinor: number | null;
}

export interface QuoteLine extends QuoteRange {
  readonly id: string;
  readonly label: string;
}

/** An extra with all amounts null is 'not included'. */
export type QuoteExtra = QuoteLine;

export interface Quote extends QuoteRange {
  readonly currency: string;
  /** Sum exactly to the three totals; empty when there is no price. */
  readonly lines: readonly QuoteLine[];
  readonly extras: readonly QuoteExtra[];
  /** One sentence on how the price came about, or why there is none. */
  readonly why: string;
  /** What the quote was computed from: `quoteCourse(printed.request, printed.prices)` gives this quote again. */
  readonly printed: { readonly request: QuoteRequest; readonly prices: PriceList };
}

/** The tier that covers an area: the first whose upper bound is not below it. */
export function tierFor(tiers: readonly PriceTier[], areaCm2: number): PriceTier {
  const tier = tiers.find(({ upToCm2 }) => upToCm2 === null || areaCm2 <= upToCm2);
  if (!tier) throw new RangeError(`no tier covers ${areaCm2} cm2: the last one must be open`);
  return tier;
}

/** Throws RangeError unless areas rise, prices never fall and only the last tier is open. */
export function assertTiers(tiers: readonly PriceTier[]): void {
  tiers.forEach((tier, i) => {
    const before = tiers[i - 1];
    if ((tier.upToCm2 === null) !== (i === tiers.length - 1))
      throw new RangeError('exactly the last tier must be open');
    if (tier.priceMinor < 0) throw new RangeError(`tier ${tier.id} costs less than nothing`);
    if (!before) return;
    if (tier.priceMinor < before.priceMinor)
      throw new RangeError(`tier ${tier.id} costs less than the smaller one before it`);
    if (tier.upToCm2 !== null && !(tier.upToCm2 > before.upToCm2!))
      throw new RangeError(`tier ${tier.id} is not larger than the one before it`);
  });
  if (tiers.length === 0) throw new RangeError('a price list needs a tier');
}

const mapRange = (range: QuoteRange, change: (minor: number) => number): QuoteRange => ({
  lowMinor: range.lowMinor === null ? null : change(range.lowMinor),
  likelyMinor: range.likelyMinor === null ? null : change(range.likelyMinor),
  highMinor: range.highMinor === null ? null : change(range.highMinor),
});

const NOTHING: QuoteRange = { lowMinor: null, likelyMinor: null, highMinor: null };

/** Quote for a course. Throws RangeError for a price list that contradicts itself. */
export function quoteCourse(request: QuoteRequest, prices: PriceList = PRICE_LIST_DEFAULTS): Quote {
  const { areaCm2, extentSource, sessions } = request;
  const { currency } = prices;
  const tiers = prices[request.style];
  assertTiers(tiers);
  const printed = { request, prices };
  const extras = (total: QuoteRange): QuoteExtra[] => {
    return [
      ...prices.extras.map(({ id, label, priceMinor }) => ({
        id,
        label,
        lowMinor: priceMinor,
        likelyMinor: priceMinor,
        highMinor: priceMinor,
      })),
      taxOf(total, prices),
    ];
  };

  if (areaCm2 === null) {
    const why =
      'No price: nothing of the head was measured, so the area is not known. Measure the circumference with a soft tape.';
    return { currency, ...NOTHING, lines: [], extras: extras(NOTHING), why, printed };
  }
  if (!(areaCm2.low <= areaCm2.value && areaCm2.value <= areaCm2.high && areaCm2.value > 0)) {
    throw new RangeError(`area ${areaCm2.low} / ${areaCm2.value} / ${areaCm2.high} cm2 is no estimate`);
  }

  const isRangeOnly = extentSource === 'template';
  const low = tierFor(tiers, areaCm2.low);
  const likely = tierFor(tiers, areaCm2.value);
  const high = tierFor(tiers, areaCm2.high);
  const course: QuoteLine = {
    id: 'course',
    label: `Course of ${sessions} sessions, ${low === high ? low.label : isRangeOnly ? `${low.label} to ${high.label}` : likely.label}`,
    lowMinor: low.priceMinor,
    likelyMinor: isRangeOnly ? null : likely.priceMinor,
    highMinor: high.priceMinor,
  };
  const adjustments = (request.adjustments ?? []).map(({ label, minor }, i) => ({
    id: `adjustment-${i + 1}`,
    label,
    ...mapRange(course, () => minor),
  }));
  const lines = [course, ...adjustments];
  const totalOf = (column: keyof QuoteRange): number | null =>
    course[column] === null
      ? null
      : sumMoney(
          lines.map((line) => money(line[column]!, currency)),
          currency,
        ).minor;
  const total: QuoteRange = {
    lowMinor: totalOf('lowMinor'),
    likelyMinor: totalOf('likelyMinor'),
    highMinor: totalOf('highMinor'),
  };
  if (total.lowMinor! < 0) throw new RangeError('the adjustments exceed the price of the course');
  return {
    currency,
    ...total,
    lines,
    extras: extras(total),
    why: whySentence(areaCm2, isRangeOnly, low, likely, high, currency),
    printed,
  };
}

/** The tax on the course: what is to be added to it, or how much of it is tax. */
function taxOf(total: QuoteRange, { currency, taxBasisPoints, taxIs }: PriceList): QuoteExtra {
  if (taxBasisPoints === null) return { id: 'tax', label: 'Tax', ...NOTHING };
  if (taxIs === 'included') {
    const label = `Tax within the price, ${percentText(taxBasisPoints)}`;
    const within = (minor: number): number => splitMoney(money(minor, currency), [10_000, taxBasisPoints])[1]!.minor;
    return { id: 'tax-included', label, ...mapRange(total, within) };
  }
  const label = `Tax, ${percentText(taxBasisPoints)} of the course`;
  return { id: 'tax', label, ...mapRange(total, (minor) => shareOf(money(minor, currency), taxBasisPoints).minor) };
}

/** '8.25 %' from 825. */
const percentText = (basisPoints: number): string => `${basisPoints / 100} %`;

/** What one amount line of a quote says: '3500.00 USD', or 'not included'. */
export const quotedText = (minor: number | null, currency: string): string =>
  minor === null ? 'not included' : moneyText(money(minor, currency));

/** The course with a priced extra added: what the client pays when they take it. Null when either has no price. */
export function withExtra(quote: Quote, id: QuoteExtra['id']): Money | null {
  const extra = quote.extras.find((candidate) => candidate.id === id);
  if (!extra || extra.likelyMinor === null || quote.likelyMinor === null) return null;
  return addMoney(money(quote.likelyMinor, quote.currency), money(extra.likelyMinor, quote.currency));
}

function whySentence(
  area: Estimate,
  isRangeOnly: boolean,
  low: PriceTier,
  likely: PriceTier,
  high: PriceTier,
  currency: string,
): string {
  const cm2 = (x: number): string => `${Math.round(x)}`;
  const measured = `${cm2(area.value)} cm2 (${cm2(area.low)} to ${cm2(area.high)}, ${area.source})`;
  const packageText = (tier: PriceTier): string =>
    `'${tier.label}'${tier.upToCm2 === null ? '' : `, up to ${tier.upToCm2} cm2`}: ${moneyText(money(tier.priceMinor, currency))}`;
  if (isRangeOnly) {
    return `A range only: the extent of the field is a template, not seen. ${measured} spans from package ${packageText(low)} to package ${packageText(high)}.`;
  }
  return `${measured} falls into package ${packageText(likely)}.`;
}
