import { describe, expect, it } from 'vitest';
import { addDays, addMonths } from '../calendar/plain-day.ts';
import { hash32 } from '../random/hash.ts';
import { SCREENING_SOURCES, type Question } from './questionnaire.ts';
import { referralLetter } from './referral-letter.ts';
import {
  isAsked,
  questionnaireOf,
  SCREENING_VERSION,
  screenClient,
  type Answers,
  type Screening,
} from './screen-client.ts';

const TODAY = '2027-08-31';
const { questions } = questionnaireOf();

/** A grown-up whom nothing concerns. */
const CLEAR: Answers = {
  ...Object.fromEntries(questions.map(({ id, kind }) => [id, kind === 'day' ? 'unknown' : 'no'])),
  consent: 'yes',
  born: '1990-05-17',
};
const screen = (changes: Answers, today = TODAY): Screening => screenClient({ ...CLEAR, ...changes }, today, 1);
const said = (changes: Answers, today = TODAY): unknown[] =>
  screen(changes, today).findings.map(({ code, outcome, until }) => (until ? [code, outcome, until] : [code, outcome]));

describe('the questionnaire', () => {
  it('of a version never changes: a word changed needs a new version', () => {
    const text = JSON.stringify(questionnaireOf(1));
    let digest = 0;
    for (let i = 0; i < text.length; i++) digest = hash32(digest, text.charCodeAt(i));
    expect([SCREENING_VERSION, questions.length, text.length, digest]).toEqual([1, 44, 13648, 2383476214]);
  });

  it('has unique ids and codes, conditions that can be met, and a source for every rule', () => {
    expect(new Set(questions.map(({ id }) => id)).size).toBe(questions.length);
    const rules = questions.flatMap(({ leads }) => Object.values(leads));
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
    for (const { source, text } of rules) {
      expect(SCREENING_SOURCES[source].length).toBeGreaterThan(20);
      expect(text).toMatch(/^[A-Z].*[.?]$/);
    }
    questions.forEach(({ when, choices, leads, kind }, i) => {
      if (when) {
        const before = questions.slice(0, i).find(({ id }) => id === when.question);
        const possible = before?.kind === 'yes-no' ? ['yes', 'no'] : before?.choices.map(({ id }) => id);
        expect(possible).toContain(when.answer);
      }
      const answers = kind === 'yes-no' ? ['yes', 'no'] : kind === 'day' ? ['day'] : choices.map(({ id }) => id);
      for (const answer of Object.keys(leads)) expect(answers).toContain(answer);
    });
    expect(() => questionnaireOf(2)).toThrow(RangeError);
    expect(() => screenClient(CLEAR, TODAY, 0)).toThrow(RangeError);
  });
});

describe('screenClient', () => {
  it('has nothing against a grown-up whom nothing concerns', () => {
    expect(screen({})).toEqual({ version: 1, screenedOn: TODAY, outcome: 'clear', deferUntil: null, findings: [] });
  });

  it('finds every rule, one at a time, with its own outcome', () => {
    for (const question of questions) {
      for (const [answer, rule] of Object.entries(question.leads)) {
        if (question.id === 'born') continue;
        const given = question.kind === 'day' ? 'unknown' : answer;
        const changes = {
          ...(question.when ? { [question.when.question]: question.when.answer } : {}),
          [question.id]: given,
        };
        const { findings, outcome } = screen(changes);
        expect(
          findings.map(({ code }) => code),
          question.id,
        ).toContain(rule.code);
        expect(findings.find(({ code }) => code === rule.code)?.outcome).toBe(rule.outcome);
        expect(outcome).not.toBe('clear');
        const until = findings.find(({ code }) => code === rule.code)?.until ?? '';
        expect(until > TODAY).toBe(rule.outcome === 'defer');
      }
    }
  });

  it('holds every stop, deferral, note and caution of facts 6.2', () => {
    const codes = (outcome: string): string[] =>
      questions
        .flatMap(({ leads }) => Object.values(leads))
        .flatMap((rule) => (rule.outcome === outcome ? [rule.code] : []));
    expect(codes('stop')).toEqual([
      'consent-refused',
      'under-18',
      'pregnant',
      'intoxicated',
      'pigment-allergy',
      'infection',
      'sunburn',
      'rash',
      'changing-spot',
      'cancer-treatment',
      'sarcoidosis',
    ]);
    expect(codes('defer')).toEqual([
      'alcohol',
      'cancer-treatment-recent',
      'transplant-recent',
      'surgery-recent',
      'isotretinoin-now',
      'isotretinoin-recent',
      'peel-recent',
      'tan-recent',
      'earlier-work-recent',
    ]);
    expect(codes('note')).toEqual([
      'loss-sudden',
      'loss-patchy',
      'loss-painful',
      'loss-scarring',
      'bleeding',
      'diabetes',
      'heart',
      'immune',
      'epilepsy',
      'blood-pressure',
      'keloid',
      'skin-disease',
    ]);
    expect(codes('caution')).toEqual([
      'dark-skin',
      'oily',
      'scars',
      'moles',
      'numbing-allergy',
      'mri',
      'laser',
      'pulling',
    ]);
  });

  it('waits from the day that was answered, by the calendar, and no longer than needed', () => {
    const transplant = (day: string): unknown[] => said({ transplant: 'yes', 'transplant-day': day });
    expect(transplant('2027-08-30')).toEqual([['transplant-recent', 'defer', '2028-02-29']]);
    expect(transplant('2027-03-01')).toEqual([['transplant-recent', 'defer', '2027-09-01']]);
    expect(transplant('2027-02-28')).toEqual([]);
    expect(transplant('2027-11-01')).toEqual([['transplant-recent', 'defer', '2028-05-01']]);
    expect(transplant('unknown')).toEqual([['transplant-recent', 'defer', '2028-02-29']]);
    expect(transplant('2199-12-01')).toEqual([['not-answered', 'stop']]);
    expect(said({ 'earlier-work': 'yes', 'earlier-work-day': addDays(TODAY, -6) })).toEqual([
      ['earlier-work-recent', 'defer', addDays(TODAY, 1)],
    ]);
    expect(said({ 'earlier-work': 'yes', 'earlier-work-day': addDays(TODAY, -7) })).toEqual([]);
    expect(said({ alcohol: 'within-a-day' })).toEqual([['alcohol', 'defer', '2027-09-01']]);
  });

  it('takes nobody before the eighteenth birthday', () => {
    expect(said({ born: addMonths(TODAY, -216) })).toEqual([]);
    expect(said({ born: addDays(addMonths(TODAY, -216), 1) })).toEqual([['under-18', 'stop']]);
    expect(said({ born: '2009-02-28' }, '2027-02-27')).toEqual([['under-18', 'stop']]);
    expect(said({ born: '2009-02-28' }, '2027-02-28')).toEqual([]);
    for (const born of ['unknown', '2027-09-01', 'yes']) expect(said({ born })).toEqual([['not-answered', 'stop']]);
  });

  it('stops for every question that was asked and not answered, whatever came instead', () => {
    for (const question of questions) {
      const asked = question.when ? { [question.when.question]: question.when.answer } : {};
      for (const nothing of [undefined, null, '', 'refused', 'maybe', true, 7, {}, '2027-02-30']) {
        const { outcome, findings } = screen({ ...asked, [question.id]: nothing });
        expect(outcome, question.id).toBe('stop');
        expect(findings.some(({ code, questionId }) => code === 'not-answered' && questionId === question.id)).toBe(
          true,
        );
      }
    }
    expect(screenClient({}, TODAY, 1).outcome).toBe('stop');
  });

  it('does not ask for the day of what never was', () => {
    const asked = questions.filter((question: Question) => isAsked(question, CLEAR)).map(({ id }) => id);
    expect(asked.filter((id) => id.endsWith('-day'))).toEqual([]);
    expect(said({ 'transplant-day': '2027-08-30' })).toEqual([]);
  });

  it('gives the heaviest outcome and the last day of all waits', () => {
    const { outcome, deferUntil } = screen({
      transplant: 'yes',
      'transplant-day': '2027-07-01',
      tan: 'yes',
      'tan-day': TODAY,
      diabetes: 'yes',
      moles: 'yes',
    });
    expect([outcome, deferUntil]).toEqual(['defer', '2028-01-01']);
    expect(screen({ diabetes: 'yes', moles: 'yes' }).outcome).toBe('note');
    expect(screen({ diabetes: 'yes', pregnant: 'yes' }).outcome).toBe('stop');
    expect(screenClient(CLEAR, TODAY, 1, { cops: 39 }).outcome).toBe('clear');
    expect(screenClient(CLEAR, TODAY, 1, { cops: 40 }).outcome).toBe('caution');
  });
});

describe('referralLetter', () => {
  const parties = {
    clientName: 'Jan Example',
    clientBornOn: '1990-05-17',
    studioName: 'Studio',
    studioLines: ['1 Street'],
    day: TODAY,
  };
  const letterFor = (changes: Answers) => referralLetter(screen(changes), { ...CLEAR, ...changes }, parties);

  it('is written for new, patchy, painful or scarring loss, for a spot, and for every note', () => {
    for (const id of [
      'loss-sudden',
      'loss-patchy',
      'loss-painful',
      'loss-scarring',
      'changing-spot',
      'rash',
      'bleeding',
      'heart',
    ]) {
      const question = questions.find((one) => one.id === id)!;
      expect(letterFor({ [id]: 'yes' })?.answers, id).toEqual([`${question.text} Yes.`]);
    }
    expect(letterFor({ moles: 'yes', transplant: 'yes', 'transplant-day': TODAY })).toBeNull();
    expect(letterFor({})).toBeNull();
  });

  it('asks about the scalp only when there is something to look at, and never names what it could be', () => {
    const loss = letterFor({ 'loss-patchy': 'yes', 'loss-scarring': 'yes' })!;
    expect(loss.requests).toHaveLength(4);
    expect(letterFor({ diabetes: 'yes' })!.requests).toHaveLength(3);
    const text = JSON.stringify([
      loss,
      screen({
        'loss-patchy': 'yes',
        'loss-scarring': 'yes',
        'loss-painful': 'yes',
        rash: 'yes',
        'changing-spot': 'yes',
      }).findings,
    ]);
    expect(text).not.toMatch(
      /alopecia|areata|lichen|lupus|tinea|ringworm|cancer|melanoma|thyroid|an(a)?emia|psoriasis|eczema|dermatitis/i,
    );
    expect(loss.subject).toBe('Jan Example, born 1990-05-17');
  });
});
