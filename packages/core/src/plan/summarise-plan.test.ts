import { describe, expect, it } from 'vitest';
import { summarySchema } from '@stipple/files/contract/summary.ts';
import { defaultCourse } from '../course/plan-course.ts';
import { solveHead } from '../head/solve-head.ts';
import { PRICE_LIST_DEFAULTS } from '../quote/price-list.ts';
import { quoteCourse } from '../quote/quote-course.ts';
import type { PlanDocument } from './plan-document.ts';
import type { PlanSummary } from './plan-summary.ts';
import { realisePlan } from './realise-plan.ts';
import type { RealisedPlan } from './realise-plan.ts';
import { quoteOf, summarisePlan } from './summarise-plan.ts';
import { sampleDocument, sampleReserve } from './testing/sample-plan.ts';

const realise = (overrides: Partial<PlanDocument> = {}): RealisedPlan =>
  realisePlan(sampleDocument(overrides), sampleReserve());
const MAN = { sex: 'm', ageYears: 42 } as const;
const unmeasured = (): Partial<PlanDocument> => ({ measures: [], head: solveHead([], null, MAN) });
const plan = realise();
const summary = summarisePlan(plan);
const PLANS: readonly (readonly [string, RealisedPlan])[] = [
  ['Norwood VI, measured', plan],
  ['Norwood VI, not measured', realise(unmeasured())],
  [
    'Ludwig II, no dates',
    realise({
      presentation: { kind: 'ludwig', stage: 2 },
      client: { sex: 'f', ageYears: null },
      course: defaultCourse(3, null, 'Europe/Berlin'),
    }),
  ],
  [
    'hairline, two sessions',
    realise({
      presentation: { kind: 'hairline' },
      course: defaultCourse(2, '2027-01-11', 'Asia/Kathmandu', 'a small area'),
    }),
  ],
  [
    'whole scalp, four sessions',
    realise({ presentation: { kind: 'full' }, course: defaultCourse(4, '2027-01-11', 'Europe/Berlin') }),
  ],
];
const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

describe.each(PLANS)('the numbers of %s', (_name, realised) => {
  const said = summarisePlan(realised);

  it('keep the contract of summary.json, through JSON too', () => {
    expect(summarySchema.parse(said)).toStrictEqual(said);
    expect(JSON.parse(JSON.stringify(said))).toStrictEqual(said);
  });

  it('add up: zones, sessions and the whole have the same dots', () => {
    expect(said.dots).toBe(realised.dots.count);
    expect(sum(said.zones.map(({ dots }) => dots))).toBe(said.dots);
    expect(sum(said.sessions.map(({ dots }) => dots))).toBe(said.dots);
    for (const zone of said.zones) expect(sum(zone.sessionDots)).toBe(zone.dots);
    said.sessions.forEach(({ n, dots }, k) => {
      expect(n).toBe(k + 1);
      expect(sum(said.zones.map(({ sessionDots }) => sessionDots[k]))).toBe(dots);
    });
  });

  it('place the shares of each session', () => {
    let placed = 0;
    said.sessions.forEach(({ dots }, k) => {
      placed += dots;
      const share = realised.document.density.sessionShares[k];
      expect(Math.abs(placed / said.dots - share)).toBeLessThan(Math.max(0.02, 1.5 / Math.sqrt(said.dots)));
    });
  });

  it('hold every value between its ends, and say when hours add up', () => {
    for (const { hours, hoursLow, hoursHigh, formula, dots } of said.sessions) {
      expect(hoursLow).toBeLessThanOrEqual(hours);
      expect(hours).toBeLessThanOrEqual(hoursHigh);
      expect(formula).toContain(`${dots} dots`);
      expect(formula.endsWith(`= ${hours} h`)).toBe(true);
    }
    for (const { low, likely, high } of said.forecast.years) {
      expect(low).toBeLessThan(likely);
      expect(likely).toBeLessThan(high);
    }
  });

  it('foretell by what makes the work fade, and say by how much and on what evidence', () => {
    const { forecast } = summarisePlan({ ...realised, document: { ...realised.document, fading: ['scar'] } });
    expect(said.forecast.drivers).toEqual([]);
    expect(forecast.drivers).toEqual([{ id: 'scar', multiplier: 2, evidence: expect.stringContaining('measured') }]);
    forecast.years.forEach(({ likely }, k) => expect(likely).toBeLessThan(said.forecast.years[k].likely));
    expect(forecast.touchUpYears).toEqual({ from: 1, likely: 1.7, to: 3 });
    expect(forecast.source).not.toBe(said.forecast.source);
  });

  it('are the same when summarised again', () => {
    expect(summarisePlan(realised)).toStrictEqual(said);
  });
});

describe('the numbers of a measured plan', () => {
  it('are the areas of the zones, and an interval around their sum', () => {
    const { areaCm2 } = summary;
    summary.zones.forEach((zone, k) => expect(zone.areaCm2).toBeCloseTo(plan.zones[k].areaCm2, 0));
    expect(Math.abs(areaCm2!.value - sum(plan.zones.map((zone) => zone.areaCm2)))).toBeLessThan(0.06);
    expect(areaCm2!.low).toBeLessThan(areaCm2!.value);
    expect(areaCm2!.high).toBeGreaterThan(areaCm2!.value);
    // A template's extent carries at least 30 %, whatever the tape.
    expect((areaCm2!.high - areaCm2!.value) / areaCm2!.value).toBeGreaterThanOrEqual(0.3);
    expect(areaCm2!.extentSource).toBe('template');
  });

  it('say of the dots what the interval of the area makes of them', () => {
    const { areaCm2, dots, dotsRange } = summary;
    expect(dotsRange!.source).toBe(`by the area: ${areaCm2!.source}`);
    for (const end of ['low', 'high'] as const)
      expect(Math.abs(dotsRange![end] / dots - areaCm2![end] / areaCm2!.value)).toBeLessThan(51 / dots);
  });

  it('price the course to the cent from the lines', () => {
    const quote = summary.quote!;
    const cents = (amount: number | null): number => Math.round(100 * amount!);
    for (const column of ['low', 'high'] as const) {
      expect(sum(quote.lines.map((line) => cents(line[column])))).toBe(cents(quote[column]));
    }
    expect(quote.why).toMatch(/ These prices are of an example list, in USD;/);
    // The extent is a template: a range alone.
    expect(quote.likely).toBeNull();
    expect(quote.low).toBeLessThanOrEqual(quote.high);
    const exact = quoteOf(plan, summary.areaCm2!);
    expect(quoteCourse(exact.printed.request, exact.printed.prices)).toStrictEqual(exact);
    expect([cents(quote.low), cents(quote.high), quote.currency]).toEqual([
      exact.lowMinor,
      exact.highMinor,
      exact.currency,
    ]);
  });

  it('price the course by the list of the studio that asks, and say whose list it is', () => {
    const shaved = PRICE_LIST_DEFAULTS.shaved.map((tier) => ({ ...tier, priceMinor: 2 * tier.priceMinor }));
    const list = { ...PRICE_LIST_DEFAULTS, currency: 'EUR', shaved };
    const quote = summarisePlan(plan, new Map(), { studio: 'North Light', list }).quote!;
    expect([quote.low, quote.high]).toEqual([2 * summary.quote!.low, 2 * summary.quote!.high]);
    expect([quote.currency, quote.listOf]).toEqual(['EUR', 'North Light']);
    expect(quote.why).toMatch(/ These prices are of the list of North Light, in EUR[.]$/);
    expect('listOf' in summary.quote!).toBe(false);
    const said = summarisePlan(plan, new Map(), { studio: 'North Light', list });
    expect(summarySchema.parse(said)).toStrictEqual(said);
  });

  it('draw the hairline through the mid-frontal height, from the right of the client to the left', () => {
    const { midFrontalAboveGlabellaMm, low, high, pointsMm } = summary.hairline;
    expect(midFrontalAboveGlabellaMm).toBe(plan.document.hairline.midFrontalAboveGlabellaMm);
    expect(low).toBeLessThan(midFrontalAboveGlabellaMm!);
    expect(high).toBeGreaterThan(midFrontalAboveGlabellaMm!);
    expect(pointsMm![0][0]).toBeLessThan(-50);
    expect(pointsMm!.at(-1)![0]).toBeGreaterThan(50);
    for (let k = 1; k < pointsMm!.length; k++) {
      const [a, b] = [pointsMm![k - 1], pointsMm![k]];
      expect(Math.hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2])).toBeLessThan(6);
    }
  });

  it('say of each distance, and of what was asked of the head, by what and by which photo they are known', () => {
    const { document } = plan;
    const [front] = document.photos;
    const knownBy = (view: string, sdMm: number) => ({
      ...front,
      view,
      spread: { relativeScale: 0.02, pose: { yawDeg: 1, pitchDeg: 2 }, checks: [{ id: 'glabella-mid-frontal', sdMm }] },
    });
    const [fromMm, , toMm] = document.hairline.controlsMm.slice(6);
    const said = summarisePlan({
      ...plan,
      document: {
        ...document,
        photos: [knownBy('front', 3), knownBy('bowed', 2)],
        readings: [{ kind: 'tape', view: 'front', fromMm, toMm, sdMm: 2 }],
      },
    });
    const [middle, other] = said.hairline.checks!;
    expect(middle.source).toMatch(/, as the bowed photo shows it$/);
    expect(other.source).toMatch(/, shown by no photo$/);
    expect(said.hairline.source).toBe(middle.source);
    expect(said.views[0].poseError).toEqual({ yawDeg: 2, pitchDeg: 3.9 });
    expect(summary.views[0].poseError, 'a plan of before').toBeNull();
    expect(said.readings).toMatchObject([
      { kind: 'tape', view: 'front', source: expect.stringMatching(/front photo/) },
    ]);
    expect(summarySchema.parse(said)).toStrictEqual(said);
  });

  it('grow as the square of a head that is larger throughout', () => {
    const { head } = plan.document;
    const larger = realise({ head: { ...head, shape: { ...head.shape, face: head.shape.face * 1.05 } } });
    const ratio = summarisePlan(larger).areaCm2!.value / summary.areaCm2!.value;
    // The hairline stays 80 mm above the glabella, so the treated part grows by a little more than the skin.
    expect(ratio).toBeGreaterThan(1.1025);
    expect(ratio).toBeLessThan(1.15);
  });
});

describe('the numbers of a head that nobody measured', () => {
  const said = summarisePlan(realise(unmeasured()));

  it('have no mm, no cm2 and no price, and say why first', () => {
    expect(said).toMatchObject({
      areaCm2: null,
      dotsRange: null,
      quote: null,
      scale: { source: 'not measured', mmPerPxAtHairline: null, relativeSd: null },
      hairline: { midFrontalAboveGlabellaMm: null, low: null, high: null, source: null, pointsMm: null },
      readings: null,
    });
    for (const { areaCm2 } of said.zones) expect(areaCm2).toBeNull();
    for (const { camera } of said.views) expect(camera.t).toBeNull();
    expect(said.warnings[0].code).toBe('not-to-scale');
    expect(said.warnings[0].text).toContain('Not to scale; measure the head');
  });

  it('leave no other place where a length could be read from', () => {
    const text = JSON.stringify({ ...said, warnings: [], forecast: null });
    expect(text).not.toMatch(/\d ?(mm|cm)/);
  });
});

describe('dates of the sessions', () => {
  const datesOf = (start: string, timeZone: string): PlanSummary['sessions'][number]['date'][] => {
    const course = defaultCourse(4, start, timeZone);
    return summarisePlan({ ...plan, document: { ...plan.document, course } }).sessions.map(({ date }) => date);
  };

  it.each(['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'UTC'])(
    'are plain days, over both clock changes and a leap day, in %s',
    (timeZone) => {
      expect(datesOf('2028-02-15', timeZone)).toEqual(['2028-02-15', '2028-02-29', '2028-03-28', '2028-04-25']);
      expect(datesOf('2027-10-20', timeZone)).toEqual(['2027-10-20', '2027-11-03', '2027-12-01', '2027-12-29']);
      expect(datesOf('2027-03-14', timeZone)).toEqual(['2027-03-14', '2027-03-28', '2027-04-25', '2027-05-23']);
      expect(datesOf('2026-12-31', timeZone)).toEqual(['2026-12-31', '2027-01-14', '2027-02-11', '2027-03-11']);
    },
  );

  it('are null without a start', () => {
    const course = defaultCourse(3, null, 'Europe/Berlin');
    const said = summarisePlan({ ...plan, document: { ...plan.document, course } });
    expect(said.sessions.map(({ date }) => date)).toEqual([null, null, null]);
  });
});
