/**
 * Whether, and from when, a client can be booked, from the answers to the screening questions.
 *
 * In: answers by question id, the day they were given, the version that was asked, and a score of a licensed
 * questionnaire where the studio uses one. Out: one finding for everything that matters, in the order of the questions,
 * and the heaviest outcome. A question that was asked and not answered, or with something that is no answer, is a stop:
 * nobody is treated on a guess. A wait counts from the day that was answered, from the screening when it is not known,
 * and is a finding only while it lasts.
 *
 * Asks about illnesses a doctor has named, and names none itself. The findings are advice of a studio, not of a doctor.
 */
import { addDays, addMonths, isPlainDay, type PlainDay } from '../calendar/plain-day.ts';
import type { Consequence, Outcome, Question, Questionnaire, ScreeningSource, Wait } from './questionnaire.ts';
import { QUESTIONS_VERSION_1 } from './questions-version-1.ts';

/** The version that is asked now. */
export const SCREENING_VERSION = 1;

const QUESTIONNAIRES: readonly Questionnaire[] = [{ version: 1, questions: QUESTIONS_VERSION_1 }];

const ADULT_YEARS = 18;
/** A day further ahead is a slip of the pen. */
const MOST_MONTHS_AHEAD = 24;
/** From this score on the questionnaire on body image asks for a talk with a professional (facts 9). */
const COPS_POSITIVE = 40;

/** The questions of a version. Throws RangeError for one that never was. */
export function questionnaireOf(version: number = SCREENING_VERSION): Questionnaire {
  const found = QUESTIONNAIRES.find((questionnaire) => questionnaire.version === version);
  if (!found) throw new RangeError(`there is no screening of version ${version}`);
  return found;
}

/** By question id; a shell may pass what it was sent, whatever it is. */
export type Answers = Readonly<Record<string, unknown>>;

export interface Finding {
  readonly code: string;
  readonly outcome: Outcome;
  readonly text: string;
  /** The first day on which a wait is over; null for other outcomes. */
  readonly until: PlainDay | null;
  readonly isReferral: boolean;
  readonly source: ScreeningSource;
  /** The question it came from; null for a score. */
  readonly questionId: string | null;
}

export interface Screening {
  readonly version: number;
  readonly screenedOn: PlainDay;
  /** The heaviest finding, or 'clear'. */
  readonly outcome: Outcome | 'clear';
  /** The first day on which every wait is over; null without one. */
  readonly deferUntil: PlainDay | null;
  readonly findings: readonly Finding[];
}

const HEAVIEST_FIRST: readonly Outcome[] = ['stop', 'defer', 'note', 'caution'];

/** Whether a question is put to a client who gave these answers to the earlier ones. */
export const isAsked = ({ when }: Question, answers: Answers): boolean =>
  when === null || answers[when.question] === when.answer;

function isAnswered({ kind, choices }: Question, answer: unknown): answer is string {
  if (typeof answer !== 'string') return false;
  switch (kind) {
    case 'yes-no':
      return answer === 'yes' || answer === 'no';
    case 'choice':
      return choices.some(({ id }) => id === answer);
    case 'day':
      return answer === 'unknown' || isPlainDay(answer);
    case 'text':
      return answer.trim() !== '';
  }
}

const after = (day: PlainDay, wait: Wait): PlainDay =>
  'months' in wait ? addMonths(day, wait.months) : addDays(day, wait.days);

const finding = ({ id }: Question, from: Consequence, until: PlainDay | null): Finding => ({
  code: from.code,
  outcome: from.outcome,
  text: from.text,
  until,
  isReferral: from.isReferral ?? false,
  source: from.source,
  questionId: id,
});

const notAnswered = (question: Question): Finding =>
  finding(
    question,
    { code: 'not-answered', outcome: 'stop', text: `Not answered: ${question.text}`, source: 'default' },
    null,
  );

function findingOf(question: Question, answer: string, screenedOn: PlainDay): Finding | null {
  const from = question.leads[question.kind === 'day' ? 'day' : answer];
  if (!from) return null;
  if (question.kind !== 'day') return finding(question, from, from.wait ? after(screenedOn, from.wait) : null);
  if (!from.wait) {
    // A date of birth: the one day that is judged by age.
    if (answer === 'unknown' || answer > screenedOn) return notAnswered(question);
    return screenedOn < addMonths(answer, 12 * ADULT_YEARS) ? finding(question, from, null) : null;
  }
  if (answer !== 'unknown' && answer > addMonths(screenedOn, MOST_MONTHS_AHEAD)) return notAnswered(question);
  const until = after(answer === 'unknown' ? screenedOn : answer, from.wait);
  return until > screenedOn ? finding(question, from, until) : null;
}

/** Judges answers that were given on a day to a version of the questions. Throws RangeError for an unknown version. */
export function screenClient(
  answers: Answers,
  screenedOn: PlainDay,
  version: number,
  scores: { readonly cops: number | null } = { cops: null },
): Screening {
  const findings: Finding[] = [];
  for (const question of questionnaireOf(version).questions) {
    if (!isAsked(question, answers)) continue;
    const answer = answers[question.id];
    const found = isAnswered(question, answer) ? findingOf(question, answer, screenedOn) : notAnswered(question);
    if (found) findings.push(found);
  }
  if (scores.cops !== null && scores.cops >= COPS_POSITIVE) {
    findings.push({
      code: 'body-image',
      outcome: 'caution',
      text: 'The questionnaire on body image asks for a talk first: what do you expect, and what would it change?',
      until: null,
      isReferral: false,
      source: 'default',
      questionId: null,
    });
  }
  const waits = findings.flatMap(({ until }) => (until ? [until] : []));
  return {
    version,
    screenedOn,
    outcome: HEAVIEST_FIRST.find((outcome) => findings.some((one) => one.outcome === outcome)) ?? 'clear',
    deferUntil: waits.length > 0 ? waits.reduce((a, b) => (a > b ? a : b)) : null,
    findings,
  };
}
