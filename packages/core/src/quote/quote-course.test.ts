import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Estimate } from '../units/estimate.ts';
import { shareOf, money } from '../units/money.ts';
import { PRICE_LIST_DEFAULTS, type PriceList } from './price-list.ts';
import {
  assertTiers,
  quoteCourse,
  quotedText,
  tierFor,
  withExtra,
  type Quote,
  type QuoteRange,
  type QuoteRequest,
} from './quote-course.ts';

const area = (value: number, relative = 0.05): Estimate => ({
  value,
  low: value * (1 - relative),
  high: value * (1 + relative),
  source: 'soft tape',
});
const STYLES = ['shaved', 'density', 'scars', 'patches'] as const;

const request = (rest: Partial<QuoteRequest> = {}): QuoteRequest => ({
  style: 'shaved',
  areaCm2: area(210),
  extentSource: 'drawn',
  sessions: 3,
  ...rest,
});
const totals = ({ lowMinor, likelyMinor, highMinor }: QuoteRange): (number | null)[] => [
  lowMinor,
  likelyMinor,
  highMinor,
];
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Quotes of many kinds: areas, extents, styles, adjustments and taxes. */
function* drawQuotes(seed: number, count: number): Generator<Quote> {
  const random = seededGenerator(seed);
  for (let i = 0; i < count; i++) {
    const prices: PriceList = {
      ...PRICE_LIST_DEFAULTS,
      taxBasisPoints: i % 3 === 0 ? null : Math.floor(random() * 3000),
    };
    yield quoteCourse(
      {
        style: STYLES[i % 5 === 0 ? 1 + (i % 3) : 0]!,
        areaCm2: i % 11 === 0 ? null : area(5 + random() * 700, random() * 0.4),
        extentSource: (['drawn', 'seen', 'taped', 'template'] as const)[i % 4]!,
        sessions: 2 + (i % 3),
        adjustments: Array.from({ length: i % 4 }, (_, k) => ({
          label: `item ${k}`,
          minor: Math.floor((random() - 0.4) * 50001),
        })),
      },
      prices,
    );
  }
}

describe('quoteCourse', () => {
  it('prices the reference head with the package of its area, inside the published range', () => {
    const quote = quoteCourse(request());
    expect(totals(quote)).toEqual([350000, 350000, 350000]);
    expect(quote.lines.map(({ label }) => label)).toEqual(['Course of 3 sessions, Norwood VI field']);
    expect(quote.why).toContain('210 cm2 (200 to 221, soft tape)');
  });

  it('keeps whole heads between hairline and Norwood VII inside 2,000 to 4,500 dollars from Norwood III vertex on', () => {
    for (let cm2 = 60; cm2 <= 415; cm2++) {
      const { likelyMinor } = quoteCourse(request({ areaCm2: area(cm2) }));
      expect(likelyMinor).toBeGreaterThanOrEqual(200000);
      expect(likelyMinor).toBeLessThanOrEqual(450000);
    }
  });

  it('recomputes to the cent from what is printed, also after a trip through JSON (2,000 draws, seed 7)', () => {
    for (const quote of drawQuotes(7, 2000)) {
      const { request, prices } = copy(quote.printed);
      expect(quoteCourse(request, prices)).toEqual(quote);
    }
  });

  it('has lines that sum exactly to each total, with extras apart (2,000 draws, seed 8)', () => {
    for (const quote of drawQuotes(8, 2000)) {
      for (const column of ['lowMinor', 'likelyMinor', 'highMinor'] as const) {
        if (quote.lines.length === 0) {
          expect(quote[column]).toBeNull();
        } else if (quote[column] === null) {
          expect(quote.lines.every((line) => line[column] === null)).toBe(true);
        } else {
          expect(quote.lines.reduce((sum, line) => sum + line[column]!, 0)).toBe(quote[column]);
        }
      }
      const lineIds = new Set(quote.lines.map(({ id }) => id));
      expect(quote.extras.some(({ id }) => lineIds.has(id))).toBe(false);
    }
  });

  it('orders low, likely and high, and never costs less for more area', () => {
    for (const style of STYLES) {
      let before = [0, 0, 0];
      for (let cm2 = 1; cm2 <= 700; cm2++) {
        const now = totals(quoteCourse(request({ style, areaCm2: area(cm2, 0.2) }))) as number[];
        expect(now[0]).toBeLessThanOrEqual(now[1]!);
        expect(now[1]).toBeLessThanOrEqual(now[2]!);
        now.forEach((minor, i) => expect(minor).toBeGreaterThanOrEqual(before[i]!));
        before = now;
      }
    }
  });

  it('prices scars and patches by their own packages', () => {
    const likely = (style: QuoteRequest['style'], cm2: number): number | null =>
      quoteCourse(request({ style, areaCm2: area(cm2) })).likelyMinor;
    expect(likely('scars', 26)).toBe(120000);
    expect(likely('scars', 170)).toBe(150000);
    expect(likely('patches', 7)).toBe(120000);
    expect(quoteCourse(request({ style: 'patches', areaCm2: area(7) })).why).toContain('Patches');
  });

  it('gives a range alone when the extent is a template', () => {
    const quote = quoteCourse(request({ extentSource: 'template', areaCm2: area(210, 0.4) }));
    expect(totals(quote)).toEqual([300000, null, 400000]);
    expect(quote.lines[0]!.label).toBe('Course of 3 sessions, Norwood V field to Norwood VII field');
    expect(quote.why).toMatch(/^A range only/);
    expect(withExtra(quote, 'touch-up')).toBeNull();
  });

  it('gives no price without a measured head, and says what to measure', () => {
    const quote = quoteCourse(request({ areaCm2: null }));
    expect(totals(quote)).toEqual([null, null, null]);
    expect(quote.lines).toEqual([]);
    expect(quote.why).toContain('Measure the circumference');
  });

  it('prices each extra or says that it is not included', () => {
    const quote = quoteCourse(request());
    expect(quote.extras.map(({ id, likelyMinor }) => [id, quotedText(likelyMinor, 'USD')])).toEqual([
      ['touch-up', '500.00 USD'],
      ['removal', 'not included'],
      ['care-products', 'not included'],
      ['tax', 'not included'],
    ]);
    expect(withExtra(quote, 'touch-up')).toEqual(money(400000, 'USD'));
    expect(withExtra(quote, 'removal')).toBeNull();
  });

  it('taxes the course and its adjustments, to the cent', () => {
    const prices = { ...PRICE_LIST_DEFAULTS, taxBasisPoints: 825 };
    const quote = quoteCourse(request({ adjustments: [{ label: 'Repair', minor: 33333 }] }), prices);
    const tax = quote.extras.find(({ id }) => id === 'tax')!;
    expect(tax.label).toBe('Tax, 8.25 % of the course');
    expect(tax.likelyMinor).toBe(shareOf(money(383333, 'USD'), 825).minor);
  });

  it('refuses an area that is no estimate and adjustments beyond the price', () => {
    for (const wrong of [
      { value: 0, low: 0, high: 0 },
      { value: 100, low: 110, high: 120 },
      { value: NaN, low: 1, high: 2 },
    ]) {
      expect(() => quoteCourse(request({ areaCm2: { ...wrong, source: '' } }))).toThrow(RangeError);
    }
    expect(() => quoteCourse(request({ adjustments: [{ label: 'Discount', minor: -350001 }] }))).toThrow(RangeError);
  });
});

describe('tiers', () => {
  it('cover an area up to and with their bound', () => {
    expect(tierFor(PRICE_LIST_DEFAULTS.shaved, 32).id).toBe('norwood-2');
    expect(tierFor(PRICE_LIST_DEFAULTS.shaved, 32.001).id).toBe('norwood-3');
    expect(tierFor(PRICE_LIST_DEFAULTS.shaved, 9999).id).toBe('full');
    expect(() => tierFor(PRICE_LIST_DEFAULTS.shaved.slice(0, 2), 9999)).toThrow(RangeError);
  });

  it('rise in area, never fall in price, and only the last is open', () => {
    const tier = (upToCm2: number | null, priceMinor: number) => ({ id: `${upToCm2}`, label: '', upToCm2, priceMinor });
    expect(() => assertTiers(PRICE_LIST_DEFAULTS.shaved)).not.toThrow();
    expect(() => assertTiers(PRICE_LIST_DEFAULTS.density)).not.toThrow();
    for (const wrong of [
      [],
      [tier(10, 1)],
      [tier(null, 1), tier(null, 2)],
      [tier(10, 2), tier(null, 1)],
      [tier(10, 1), tier(10, 2), tier(null, 3)],
      [tier(20, 1), tier(10, 2), tier(null, 3)],
      [tier(10, -1), tier(null, 3)],
    ]) {
      expect(() => assertTiers(wrong)).toThrow(RangeError);
    }
  });
});
