import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { compareQuotes } from './compare-quotes.ts';
import { acceptOffer, offerQuote, taxOfPayments, type Deposit, type Offer, type OfferTerms } from './offer-quote.ts';
import { PRICE_LIST_DEFAULTS, type PriceList } from './price-list.ts';
import { quoteCourse, type QuoteRequest } from './quote-course.ts';
import { totalWithTax } from './total-with-tax.ts';

const request = (value: number | null, rest: Partial<QuoteRequest> = {}): QuoteRequest => ({
  style: 'shaved',
  areaCm2: value === null ? null : { value, low: value * 0.95, high: value * 1.05, source: 'soft tape' },
  extentSource: 'drawn',
  sessions: 3,
  ...rest,
});
const TERMS: OfferTerms = { deposit: { kind: 'share', basisPoints: 2000 }, issuedOn: '2028-02-15', validDays: 30 };
const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

/** Offers of many kinds, in currencies with no, two and three digits behind the point. */
function* drawOffers(seed: number, count: number): Generator<Offer> {
  const random = seededGenerator(seed);
  const whole = (most: number): number => Math.floor(random() * most);
  for (let i = 0; i < count; i++) {
    const deposit: Deposit | null = [
      null,
      { kind: 'share', basisPoints: whole(10_001) } as const,
      { kind: 'amount', minor: whole(600_000) } as const,
    ][i % 3]!;
    const prices: PriceList = {
      ...PRICE_LIST_DEFAULTS,
      ...([{}, { taxBasisPoints: 1900, taxIs: 'added' }, { taxBasisPoints: 825, taxIs: 'included' }] as const)[
        (i % 5) % 3
      ],
      currency: ['USD', 'JPY', 'KWD'][whole(3)]!,
      shaved: PRICE_LIST_DEFAULTS.shaved.map((tier) => ({ ...tier, priceMinor: tier.priceMinor + (i % 89) })),
    };
    const wanted = request(i % 13 === 0 ? null : 5 + whole(600), {
      sessions: 2 + whole(6),
      extentSource: i % 7 === 0 ? 'template' : 'seen',
      adjustments: i % 4 === 0 ? [{ label: 'repair', minor: whole(30_000) - 10_000 }] : [],
    });
    yield offerQuote(wanted, { deposit, issuedOn: addDays('2028-01-01', whole(400)), validDays: whole(90) }, prices);
  }
}

describe('offerQuote', () => {
  it('asks for a fifth of the Norwood VI course at acceptance, and the rest in three equal parts', () => {
    const offer = offerQuote(request(210), TERMS);
    expect([offer.likelyMinor, offer.depositMinor, offer.validUntil]).toEqual([350_000, 70_000, '2028-03-16']);
    expect(offer.payments).toEqual([
      { due: 'acceptance', n: null, minor: 70_000 },
      { due: 'session', n: 1, minor: 93_334 },
      { due: 'session', n: 2, minor: 93_333 },
      { due: 'session', n: 3, minor: 93_333 },
    ]);
  });

  it('asks for the tax with the course where it is added, and says how much of the price it is where it is not', () => {
    const taxed = { ...PRICE_LIST_DEFAULTS, taxBasisPoints: 1900 };
    const added = offerQuote(request(210), TERMS, { ...taxed, taxIs: 'added' });
    expect(added.likelyMinor).toBe(350_000);
    expect(added.payments.map(({ minor }) => minor)).toEqual([83_300, 111_067, 111_067, 111_066]);
    expect(added.payments.reduce((sum, { minor }) => sum + minor, 0)).toBe(totalWithTax(added));
    const included = offerQuote(request(210), TERMS, { ...taxed, taxIs: 'included' });
    expect(included.payments).toEqual(offerQuote(request(210), TERMS).payments);
    expect(included.extras.at(-1)).toEqual({
      id: 'tax-included',
      label: 'Tax within the price, 19 %',
      lowMinor: 55_882,
      likelyMinor: 55_882,
      highMinor: 55_882,
    });
    expect(totalWithTax(included)).toBeNull();
    // As quotes were made before a list could say it.
    const apart = offerQuote(request(210), TERMS, taxed);
    expect(apart.payments).toEqual(included.payments);
    expect([added, included, apart].map(taxOfPayments)).toEqual(['added', 'within', 'apart']);
    expect(taxOfPayments(offerQuote(request(210), TERMS))).toBeNull();
  });

  it('has payments that sum to the price exactly, a deposit within it, and comes out the same from what it printed (3,000 draws, seed 51)', () => {
    let priced = 0;
    for (const offer of drawOffers(51, 3000)) {
      const { request: asked, terms, prices } = copy(offer.printed);
      expect(offerQuote(asked, terms, prices)).toEqual(offer);
      if (offer.likelyMinor === null) {
        expect([offer.depositMinor, offer.payments]).toEqual([null, []]);
        continue;
      }
      priced++;
      const sum = offer.payments.reduce((total, { minor }) => total + minor, 0);
      const due = totalWithTax(offer) ?? offer.likelyMinor;
      expect(sum).toBe(due);
      expect(offer.payments.every(({ minor }) => Number.isSafeInteger(minor) && minor > 0)).toBe(true);
      const { deposit } = offer.printed.terms;
      const exact = deposit?.kind === 'share' ? (due * deposit.basisPoints) / 10_000 : (deposit?.minor ?? 0);
      expect(Math.abs(offer.depositMinor! - Math.min(exact, due))).toBeLessThanOrEqual(0.5);
    }
    expect(priced).toBeGreaterThan(2000);
  });

  it('refuses terms that cannot be', () => {
    for (const wrong of [
      { deposit: { kind: 'share', basisPoints: 10_001 } },
      { deposit: { kind: 'share', basisPoints: -1 } },
      { deposit: { kind: 'share', basisPoints: 12.5 } },
      { deposit: { kind: 'amount', minor: -1 } },
      { deposit: { kind: 'amount', minor: 0.5 } },
      { validDays: -1 },
      { validDays: 1.5 },
    ] as Partial<OfferTerms>[]) {
      expect(() => offerQuote(request(210), { ...TERMS, ...wrong }), JSON.stringify(wrong)).toThrow(RangeError);
    }
    expect(() => offerQuote(request(210), { ...TERMS, issuedOn: '2027-02-29' })).toThrow('2027-02-29');
  });
});

describe('acceptOffer', () => {
  it('holds from its day of issue through its last day, over a leap day and a month end', () => {
    const offer = offerQuote(request(210), TERMS);
    const codeOn = (day: string): string => {
      const verdict = acceptOffer(offer, day);
      return verdict.kind === 'ok' ? `${verdict.priceMinor}` : verdict.code;
    };
    expect(['2028-02-14', '2028-02-15', '2028-02-29', '2028-03-16', '2028-03-17'].map(codeOn)).toEqual([
      'not-yet',
      '350000',
      '350000',
      '350000',
      'expired',
    ]);
  });

  it('refuses a range and nothing at all: there is no one price to agree on', () => {
    for (const wanted of [request(null), request(210, { extentSource: 'template' })]) {
      expect(acceptOffer(offerQuote(wanted, TERMS), '2028-02-20')).toEqual({ kind: 'refused', code: 'no-price' });
    }
  });
});

describe('compareQuotes', () => {
  const dearer: PriceList = {
    ...PRICE_LIST_DEFAULTS,
    shaved: PRICE_LIST_DEFAULTS.shaved.map((tier) => ({ ...tier, priceMinor: tier.priceMinor + 50_000 })),
    extras: PRICE_LIST_DEFAULTS.extras.map((extra) =>
      extra.id === 'touch-up' ? { ...extra, priceMinor: 60_000 } : extra,
    ),
    taxBasisPoints: 825,
  };

  it('owes the lower of the two, whatever changed, and names every line that did', () => {
    const accepted = quoteCourse(request(210, { adjustments: [{ label: 'repair', minor: 20_000 }] }));
    const now = quoteCourse(
      request(300, {
        adjustments: [
          { label: 'friend', minor: -10_000 },
          { label: 'repair', minor: 20_000 },
        ],
      }),
      dearer,
    );
    expect(compareQuotes(accepted, now)).toEqual({
      acceptedMinor: 370_000,
      nowMinor: 460_000,
      owedMinor: 370_000,
      differences: [
        {
          label: 'Course of 3 sessions, Norwood VI field; now: Course of 3 sessions, Norwood VII field',
          acceptedMinor: 350_000,
          nowMinor: 450_000,
          changeMinor: 100_000,
          isExtra: false,
        },
        { label: 'friend', acceptedMinor: null, nowMinor: -10_000, changeMinor: -10_000, isExtra: false },
        {
          label: 'Touch-up after the course, each',
          acceptedMinor: 50_000,
          nowMinor: 60_000,
          changeMinor: 10_000,
          isExtra: true,
        },
        {
          label: 'Tax; now: Tax, 8.25 % of the course',
          acceptedMinor: null,
          nowMinor: 37_950,
          changeMinor: null,
          isExtra: true,
        },
      ],
    });
    expect(compareQuotes(now, accepted).owedMinor).toBe(370_000);
    expect(compareQuotes(accepted, accepted)).toMatchObject({ owedMinor: 370_000, differences: [] });
  });

  it('never rises, and its changes add up to the difference of the totals (2,000 pairs, seed 52)', () => {
    const offers = [...drawOffers(52, 2000)];
    let compared = 0;
    offers.forEach((accepted, i) => {
      const now = offers[(i * 7 + 3) % offers.length]!;
      if (accepted.likelyMinor === null) return expect(() => compareQuotes(accepted, now)).toThrow(RangeError);
      if (accepted.currency !== now.currency) return expect(() => compareQuotes(accepted, now)).toThrow(RangeError);
      const { owedMinor, differences } = compareQuotes(accepted, now);
      expect(owedMinor).toBeLessThanOrEqual(accepted.likelyMinor);
      if (now.likelyMinor === null) return expect(owedMinor).toBe(accepted.likelyMinor);
      expect(owedMinor).toBe(Math.min(accepted.likelyMinor, now.likelyMinor));
      const change = differences.reduce((sum, { changeMinor, isExtra }) => sum + (isExtra ? 0 : changeMinor!), 0);
      expect(change).toBe(now.likelyMinor - accepted.likelyMinor);
      compared++;
    });
    expect(compared).toBeGreaterThan(300);
  });
});
