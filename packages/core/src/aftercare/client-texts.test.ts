import { describe, expect, it } from 'vitest';
import { planCourse } from '../course/plan-course.ts';
import { SESSION_PACE_DEFAULTS, sessionHours, WORK_EFFORT, type WorkKind } from '../course/session-hours.ts';
import { techniqueFor } from '../course/technique.ts';
import { FADE_FACTORS, FORECAST_LABEL, FORECAST_NOT_COUNTED } from '../forecast/fade-forecast.ts';
import { PRICE_LIST_DEFAULTS } from '../quote/price-list.ts';
import { quoteCourse } from '../quote/quote-course.ts';
import { referralLetter } from '../screening/referral-letter.ts';
import { questionnaireOf, screenClient } from '../screening/screen-client.ts';
import { REFUSALS } from '../units/refusal.ts';
import { ACTIVITY_LABELS, PROTOCOL_LABELS } from './aftercare-rule.ts';
import { AFTERCARE_CONFLICTS, aftercareRules } from './aftercare-rules.ts';
import { preparation } from './preparation.ts';
import {
  BLOOD_DONATION,
  CALL_A_DOCTOR,
  DOCTOR_SIGNS,
  PRESCRIBED_MEDICINE,
  SKIN_OVERRULES_DAYS,
} from './warning-signs.ts';

/** What no text for a client may say of this work (mission S16, S17). */
const FALSE_CLAIMS =
  /permanent|unchanged|pain-?less|pain-?free|\bsafe(ly|ty|r|st)?\b|risk-?free|no (side effects?|risk|pain|chance of infection)|without (side effects?|risk)|non-?invasive|guarantee|\bcures?\b|regrow|never fades?|forever|for life|lifetime/i;

/** Medicine that is prescribed is never to be stopped by us. */
const STOPS_MEDICINE =
  /\b(stop|pause|skip|discontinue|quit)\b[^.]*\b(medicine|medication|tablets?|blood thinner|aspirin)/i;

/** Every text of a value, however deep. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'object' && value !== null) return Object.values(value).flatMap(textsOf);
  return [];
}

const area = { value: 210, low: 130, high: 290, source: 'soft tape' };
const quotes = (['drawn', 'template'] as const).flatMap((extentSource) =>
  (['shaved', 'density'] as const).flatMap((style) =>
    [area, null].map((areaCm2) =>
      quoteCourse({ style, areaCm2, extentSource, sessions: 3 }, { ...PRICE_LIST_DEFAULTS, taxBasisPoints: 825 }),
    ),
  ),
);
const course = (gapsDays: number[]) =>
  planCourse({
    sessions: (gapsDays.length + 1) as 2 | 3 | 4,
    start: null,
    timeZone: 'Europe/Berlin',
    gapsDays,
    reason: 'small scar',
  });

const answers = { 'loss-patchy': 'yes', bleeding: 'yes' };
const letter = referralLetter(screenClient(answers, '2027-01-11', 1), answers, {
  clientName: 'A',
  clientBornOn: null,
  studioName: 'B',
  studioLines: [],
  day: '2027-01-11',
});

const TEXTS: Record<string, unknown> = {
  aftercare: [
    aftercareRules('strict'),
    aftercareRules('article'),
    AFTERCARE_CONFLICTS,
    ACTIVITY_LABELS,
    PROTOCOL_LABELS,
  ],
  preparation: [preparation('strict'), preparation('article')],
  warnings: [BLOOD_DONATION, CALL_A_DOCTOR, DOCTOR_SIGNS, PRESCRIBED_MEDICINE, SKIN_OVERRULES_DAYS],
  course: [
    course([7]).notices,
    course([60, 7, 60]).notices,
    SESSION_PACE_DEFAULTS,
    sessionHours(1, { bald: 9000, scar: 200 }),
  ],
  technique: (['hairline', ...Object.keys(WORK_EFFORT)] as WorkKind[]).map(techniqueFor),
  quote: [PRICE_LIST_DEFAULTS, quotes],
  forecast: [FORECAST_LABEL, FORECAST_NOT_COUNTED, FADE_FACTORS],
  refusals: REFUSALS,
  screening: [questionnaireOf(), screenClient({}, '2027-01-11', 1, { cops: 50 }), letter],
};

describe('what clients read', () => {
  it.each(Object.keys(TEXTS))('claims nothing false of the work: %s', (room) => {
    const texts = textsOf(TEXTS[room]);
    expect(texts.length).toBeGreaterThan(2);
    expect(texts.filter((text) => FALSE_CLAIMS.test(text) || STOPS_MEDICINE.test(text))).toEqual([]);
  });

  it('would be caught saying it', () => {
    for (const claim of [
      'A permanent result.',
      'It is safe.',
      'Painless.',
      'No side effects',
      'a non-invasive method',
      'Results guaranteed',
      'stays unchanged',
      'Safely done',
    ]) {
      expect(claim).toMatch(FALSE_CLAIMS);
    }
    expect('Stop aspirin a week before.').toMatch(STOPS_MEDICINE);
    expect('Keep taking every medicine.').not.toMatch(STOPS_MEDICINE);
  });

  it('names every sign that calls for a doctor', () => {
    for (const sign of ['redness that spreads', 'heat', 'pus', 'bubbling', 'fever'])
      expect(CALL_A_DOCTOR).toContain(sign);
  });
});
