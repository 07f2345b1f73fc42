/** The best few sets of dates for sessions of a course, as the contract shows them; else what to give up. */
import type { Transaction } from 'kysely';
import type { InferContractRouterOutputs } from '@orpc/contract';
import type { Contract } from '@stipple/files/wire/contract.ts';
import { addDays, daysBetween, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { proposeCourse } from '@stipple/core/course/propose-course.ts';
import { COURSE_REQUEST_DEFAULTS, type CourseOption, type CourseRequest } from '@stipple/core/course/solve-course.ts';
import { refused } from '../request/refused.ts';
import type { Tables } from '../storage/tables.ts';
import { giveUpText, whyOf } from './proposal-words.ts';
import { readSituation, type Situation, type SituationQuestion } from './read-situation.ts';
import { gateOf } from './screening-gate.ts';
import { clientTimesOf, needsOf, studioWorldOf, type ClientWishes, type WorkNeed } from './studio-world-of.ts';

export type WireProposals = InferContractRouterOutputs<Contract>['proposeCourse'];

const YEAR_DAYS = 368;
const MOST_SHIFT_DAYS = 2;

export interface DatesQuestion {
  readonly need: WorkNeed;
  readonly sessions: CourseRequest['sessions'];
  readonly previous: CourseRequest['previous'];
  readonly wishes?: ClientWishes;
  readonly without?: ReadonlySet<string>;
  readonly practitionerId?: string | undefined;
  readonly earliest: PlainDay;
  readonly notBeforeMs: number;
  readonly most: number;
}

/** @throws 'screening-stops' when no day can come of it */
export function proposeDates(situation: Situation, question: DatesQuestion): WireProposals {
  const { need, sessions, previous, wishes, without = new Set(), practitionerId, notBeforeMs, most } = question;
  const proposal = proposeCourse({
    studio: studioWorldOf(situation, { need, without, practitionerId }),
    client: clientTimesOf(situation, without, wishes),
    needs: needsOf(need),
    sessions,
    previous,
    earliestDay: openDay(situation, question.earliest),
    notBeforeMs,
    horizonDays: COURSE_REQUEST_DEFAULTS.horizonDays,
    costs: COURSE_REQUEST_DEFAULTS.costs,
    mostOptions: most,
  });
  if (proposal.kind === 'proposed') return { proposals: proposal.options.map(wireOption), relax: [] };
  return {
    proposals: [],
    relax: proposal.relaxations.map((relaxation) => ({
      code: relaxation.code,
      text: giveUpText(relaxation),
      firstStart: isoOf(relaxation.firstStartMs),
    })),
  };
}

/** The first day on which the screening lets a session be; somebody not screened yet may look at dates. */
function openDay({ client, today }: Situation, earliest: PlainDay): PlainDay {
  const from = earliest > today ? earliest : today;
  if (!client?.screenings.length) return from;
  const gate = gateOf(client.screenings, from);
  if (gate.isOpen) return from;
  if (gate.from === null) throw refused('screening-stops', gate.why);
  return gate.from;
}

const isoOf = (ms: number): string => new Date(ms).toISOString();

export const wireOption = (option: CourseOption): WireProposals['proposals'][number] => ({
  sessions: option.sessions.map(({ n, startMs, endMs, day, practitionerId, roomId }) => ({
    n,
    start: isoOf(startMs),
    end: isoOf(endMs),
    day,
    practitionerId,
    roomId,
  })),
  cost: option.cost,
  why: whyOf(option),
});

/**
 * A situation that knows the book of all days that dates from `earliest` on are looked for in: a year, since looking
 * further ahead than usual may be what is proposed.
 */
export async function readForDates(
  tx: Transaction<Tables>,
  question: Omit<SituationQuestion, 'days'>,
  earliest: PlainDay | undefined,
): Promise<Situation> {
  // A day early: what day it is depends on the zone of the location, which is not known yet.
  const first = earliest ?? addDays(question.now.toISOString().slice(0, 10), -1);
  const from = (day: PlainDay) => ({ ...question, days: { first: day, last: addDays(day, YEAR_DAYS) } });
  const situation = await readSituation(tx, from(first));
  const open = openDay(situation, first);
  return daysBetween(first, open) > MOST_SHIFT_DAYS ? readSituation(tx, from(open)) : situation;
}
