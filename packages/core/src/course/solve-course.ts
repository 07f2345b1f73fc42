/**
 * Proposes dates for all sessions of a course at once: the best few full sequences, and why each is as it is.
 *
 * In: the sessions wanted with their gap windows, one client's times, and the studio's. Every date is checked against
 * the seven-day floor with everything else the client has, healing, black-outs, skills and certificates, opening and
 * working hours, absences, rooms, and minutes a day. Out: options in order of cost, each with day, time, practitioner
 * and room of every session, the parts of its cost, and reasons as codes with numbers.
 *
 * The cost adds up, in points: each day the course starts later than it could, each day a gap is longer or shorter
 * than preferred, each change of practitioner, each booking that has to move. The room costs nothing. The cheapest
 * sequence is exact (search-course.ts); an option is offered beside it when it begins on another day, three days off
 * with the same practitioner, or, if there are no more of those, with another practitioner on the same day. Each is
 * the cheapest that begins there. Where several are equally cheap the earlier wins.
 *
 * Proposes; books nothing. By the time it is booked the world may have changed, which the database decides.
 */
import { dayIndexAt, localDays, localTimeAt, MINUTE_MS } from '../calendar/local-time.ts';
import { daysBetween, type PlainDay } from '../calendar/plain-day.ts';
import { assertBlackOut } from './black-out.ts';
import { clockBlocker, dayBlockers, skillBlockers, slotClockBlockers, type Blocker } from './blockers.ts';
import { findSlots, gatherTimes, type Slots, type Times } from './free-time.ts';
import { assertGapWindow, type GapWindow } from './gap-window.ts';
import { cheapestPath, mostPlaceable, restCosts, type Path, type Search, type SearchSession } from './search-course.ts';
import type { ClientTimes, SessionNeeds, Slot, StudioWorld } from './studio-world.ts';
import type { WantedSession } from './wanted-sessions.ts';

/** Points, whole numbers. */
export interface CourseCosts {
  readonly startLaterPerDay: number;
  readonly gapLongerPerDay: number;
  readonly gapShorterPerDay: number;
  readonly changePractitioner: number;
  readonly moveBooking: number;
}

export const COURSE_COSTS_DEFAULTS: CourseCosts = {
  startLaterPerDay: 1,
  gapLongerPerDay: 2,
  gapShorterPerDay: 3,
  changePractitioner: 12,
  moveBooking: 6,
};

export interface CourseRequest {
  readonly studio: StudioWorld;
  readonly client: ClientTimes;
  readonly needs: SessionNeeds;
  /** In order, all to be placed. */
  readonly sessions: readonly WantedSession[];
  /** The session before them, when they go on with a course. */
  readonly previous: { readonly lastDay: PlainDay; readonly practitionerId: string | null } | null;
  /** The first day on which the skin is expected to have healed; days count from here. */
  readonly earliestDay: PlainDay;
  /** No session starts before: now and the notice the studio needs. */
  readonly notBeforeMs: number;
  /** How many days from the earliest on are looked at. */
  readonly horizonDays: number;
  readonly costs: CourseCosts;
  /** How many options at most. */
  readonly mostOptions: number;
}

export const COURSE_REQUEST_DEFAULTS = { horizonDays: 180, costs: COURSE_COSTS_DEFAULTS, mostOptions: 3 } as const;

/** An obstacle, and on how many of the days in question it was the first. */
export interface CountedBlocker extends Blocker {
  readonly days: number;
}

/** `because` is empty when the days were free, but cost the course more elsewhere. */
export type CourseWhy =
  | { readonly code: 'start-earliest' }
  | { readonly code: 'start-later'; readonly days: number; readonly because: readonly CountedBlocker[] }
  | { readonly code: 'gap-preferred'; readonly gapDays: number }
  | {
      readonly code: 'gap-longer' | 'gap-shorter';
      readonly gapDays: number;
      readonly preferredDays: number;
      readonly days: number;
      readonly because: readonly CountedBlocker[];
    }
  | { readonly code: 'practitioner-same'; readonly practitionerId: string }
  | { readonly code: 'practitioner-other'; readonly before: string; readonly because: readonly CountedBlocker[] }
  | { readonly code: 'booking-kept' | 'booking-moved'; readonly from: PlainDay };

export interface ProposedSession extends Slot {
  readonly n: number;
  readonly day: PlainDay;
  /** From the session before; null for the first of a course. */
  readonly gapDays: number | null;
  readonly cost: { readonly start: number; readonly gap: number; readonly practitioner: number; readonly move: number };
  readonly why: readonly CourseWhy[];
}

export interface CourseOption {
  readonly cost: number;
  readonly sessions: readonly ProposedSession[];
}

const SAME_PRACTITIONER_APART_DAYS = 3;

interface Problem {
  readonly request: CourseRequest;
  readonly times: Times;
  /** By session. */
  readonly slots: readonly Slots[];
  readonly search: Search;
  /** Day of the table and practitioner of each session's current booking; null without, or when it cannot stay. */
  readonly current: readonly (Path[number] | null)[];
}

function assertRequest({ sessions, previous, client, horizonDays }: CourseRequest): void {
  if (sessions.length === 0) throw new RangeError('a course without sessions');
  if (!(Number.isSafeInteger(horizonDays) && horizonDays > 0)) throw new RangeError(`a horizon of ${horizonDays} days`);
  sessions.forEach(({ minutes, gap }, i) => {
    if (!(Number.isSafeInteger(minutes) && minutes > 0)) throw new RangeError(`a session of ${minutes} minutes`);
    if ((gap !== null) !== (i > 0 || previous !== null)) throw new RangeError('a gap goes with a session before it');
    if (gap) assertGapWindow(gap);
  });
  client.blackOuts.forEach(assertBlackOut);
}

const costOfGap = (gapDays: number, { preferredDays }: GapWindow, costs: CourseCosts): number =>
  gapDays >= preferredDays
    ? (gapDays - preferredDays) * costs.gapLongerPerDay
    : (preferredDays - gapDays) * costs.gapShorterPerDay;

const isAllowedGap = (gapDays: number, { leastDays, mostDays }: GapWindow): boolean =>
  gapDays >= leastDays && gapDays <= mostDays;

function gapCosts(window: GapWindow, costs: CourseCosts): Float64Array {
  const cost = new Float64Array(window.mostDays + 1).fill(Infinity);
  for (let gap = window.leastDays; gap <= window.mostDays; gap++) cost[gap] = costOfGap(gap, window, costs);
  return cost;
}

function stateProblem(request: CourseRequest): Problem {
  assertRequest(request);
  const { studio, client, needs, sessions, earliestDay, notBeforeMs, horizonDays, costs } = request;
  const table = localDays(studio.zone, earliestDay, horizonDays);
  const times = gatherTimes(studio, client, needs, table, notBeforeMs);
  const people = studio.practitioners.length;

  const lengths = [...new Set(sessions.map(({ minutes }) => minutes))];
  const byLength = findSlots(times, lengths);
  const slots = sessions.map(({ minutes }) => byLength[lengths.indexOf(minutes)]);

  const rules = { kind: 'session', client, earliestDay } as const;
  const isOpen = table.days.map((day) => dayBlockers(rules, day, false).length === 0);
  const mayEnd = table.days.map((day, i) => isOpen[i] && dayBlockers(rules, day, true).length === 0);
  const isSkilled = table.days.map((day) =>
    studio.practitioners.map((practitioner) => skillBlockers(practitioner, needs, day).length === 0),
  );
  const current = sessions.map(({ current }) => {
    const day = current ? dayIndexAt(table, current.startMs) : -1;
    const person = current ? studio.practitioners.findIndex(({ id }) => id === current.practitionerId) : -1;
    if (!current || day < 0 || day >= horizonDays || person < 0) return null;
    // The notice that a new booking needs is none for one that stands.
    const stays = slotClockBlockers(times, studio, current).every(({ code }) => code === 'short-notice');
    return stays ? { day, person } : null;
  });

  const searched: SearchSession[] = sessions.map(({ gap, current: booked }, k) => {
    const nodeCost = new Float64Array(horizonDays * people).fill(Infinity);
    for (let day = 0; day < horizonDays; day++) {
      if (!(k === sessions.length - 1 ? mayEnd : isOpen)[day]) continue;
      for (let person = 0; person < people; person++) {
        const at = day * people + person;
        const isKept = isCurrent(current[k], day, person);
        if ((Number.isNaN(slots[k].startMs[at]) && !isKept) || !isSkilled[day][person]) continue;
        nodeCost[at] = (booked && !isKept ? costs.moveBooking : 0) + (k === 0 ? firstCost(request, day, person) : 0);
      }
    }
    return { nodeCost, gapCost: k > 0 ? gapCosts(gap!, costs) : null };
  });
  const search = { days: horizonDays, practitioners: people, changeCost: costs.changePractitioner, sessions: searched };
  return { request, times, slots, search, current };
}

const isCurrent = (current: Path[number] | null, day: number, person: number): boolean =>
  current !== null && current.day === day && current.person === person;

/** What the first session to be placed costs by itself: its wait, or its gap and change from the session before. */
function firstCost(
  { studio, sessions, previous, earliestDay, costs }: CourseRequest,
  day: number,
  person: number,
): number {
  if (!previous) return day * costs.startLaterPerDay;
  const gap = sessions[0].gap!;
  const gapDays = daysBetween(previous.lastDay, earliestDay) + day;
  if (!isAllowedGap(gapDays, gap)) return Infinity;
  const isSame = previous.practitionerId === null || previous.practitionerId === studio.practitioners[person].id;
  return costOfGap(gapDays, gap, costs) + (isSame ? 0 : costs.changePractitioner);
}

/** Starts that are a choice: see the module's head. */
function chooseStarts(cost: Float64Array, people: number, most: number): { day: number; person: number }[] {
  const starts: { day: number; person: number; cost: number }[] = [];
  cost.forEach((value, at) => {
    if (value < Infinity) starts.push({ day: Math.floor(at / people), person: at % people, cost: value });
  });
  starts.sort((a, b) => a.cost - b.cost || a.day - b.day || a.person - b.person);
  const chosen: typeof starts = [];
  for (const otherDays of [true, false]) {
    for (const start of starts) {
      if (chosen.length === most) break;
      const isApart = chosen.every(({ day, person }) => {
        const apart = Math.abs(day - start.day);
        return person === start.person ? apart >= SAME_PRACTITIONER_APART_DAYS : apart > 0 || !otherDays;
      });
      if (isApart) chosen.push(start);
    }
  }
  return chosen.sort((a, b) => a.cost - b.cost || a.day - b.day || a.person - b.person);
}

/** The options for a request; empty when there is none. Throws RangeError for a request that contradicts itself. */
export function solveCourse(request: CourseRequest): CourseOption[] {
  const problem = stateProblem(request);
  const { search } = problem;
  const costs = restCosts(search);
  const starts = chooseStarts(costs[0], search.practitioners, request.mostOptions);
  return starts.map(({ day, person }) => ({
    cost: costs[0][day * search.practitioners + person],
    sessions: describePath(problem, cheapestPath(search, costs, day, person)),
  }));
}

/** How many sessions of a request, from the first on, find a place. */
export const placeableSessions = (request: CourseRequest): number => mostPlaceable(stateProblem(request).search);

function describePath(problem: Problem, path: Path): ProposedSession[] {
  const { request, times, current } = problem;
  const { studio, sessions, previous, earliestDay, costs } = request;
  return path.map(({ day, person }, k) => {
    const { n, gap, current: booked } = sessions[k];
    const practitionerId = studio.practitioners[person].id;
    const before = k > 0 ? studio.practitioners[path[k - 1].person].id : (previous?.practitionerId ?? null);
    const isSame = before === null || before === practitionerId;
    const isKept = isCurrent(current[k], day, person);
    const sincePrevious = previous ? daysBetween(previous.lastDay, earliestDay) + day : null;
    const gapDays = k > 0 ? day - path[k - 1].day : sincePrevious;

    const why = [whyThisDay(problem, k, day, person, gapDays)];
    if (isSame && before !== null) why.push({ code: 'practitioner-same', practitionerId });
    if (!isSame) {
      const absent = studio.practitioners.findIndex(({ id }) => id === before);
      why.push({ code: 'practitioner-other', before, because: obstacles(problem, k, day, day + 1, absent) });
    }
    if (booked) {
      why.push({ code: isKept ? 'booking-kept' : 'booking-moved', from: localTimeAt(studio.zone, booked.startMs).day });
    }
    return {
      n,
      day: times.table.days[day],
      ...(isKept ? booked! : slotAt(problem, k, day, person)),
      gapDays,
      cost: {
        start: gapDays === null ? day * costs.startLaterPerDay : 0,
        gap: gapDays === null ? 0 : costOfGap(gapDays, gap!, costs),
        practitioner: isSame ? 0 : costs.changePractitioner,
        move: booked && !isKept ? costs.moveBooking : 0,
      },
      why,
    };
  });
}

function slotAt({ request, slots }: Problem, k: number, day: number, person: number): Slot {
  const { practitioners, rooms } = request.studio;
  const at = day * practitioners.length + person;
  const startMs = slots[k].startMs[at];
  const endMs = startMs + request.sessions[k].minutes * MINUTE_MS;
  return { startMs, endMs, practitionerId: practitioners[person].id, roomId: rooms[slots[k].room[at]].id };
}

function whyThisDay(problem: Problem, k: number, day: number, person: number, gapDays: number | null): CourseWhy {
  if (gapDays === null) {
    if (day === 0) return { code: 'start-earliest' };
    return { code: 'start-later', days: day, because: obstacles(problem, k, 0, day, person) };
  }
  const { preferredDays } = problem.request.sessions[k].gap!;
  if (gapDays === preferredDays) return { code: 'gap-preferred', gapDays };
  const ideal = day + preferredDays - gapDays;
  const [code, from, to] =
    ideal < day ? (['gap-longer', ideal, day] as const) : (['gap-shorter', day + 1, ideal + 1] as const);
  const because = obstacles(problem, k, from, to, person);
  return { code, gapDays, preferredDays, days: Math.abs(gapDays - preferredDays), because };
}

/** What stood in the way of session `k` with a practitioner on the days [from, to), each day by its first obstacle. */
function obstacles(problem: Problem, k: number, from: number, to: number, person: number): CountedBlocker[] {
  const { request, times } = problem;
  const { studio, client, needs, sessions, earliestDay } = request;
  const isLast = k === sessions.length - 1;
  const counted: { -readonly [Key in keyof CountedBlocker]: CountedBlocker[Key] }[] = [];
  const firstOf = (index: number): Blocker | null => {
    if (index < 0) return { code: 'not-healed', id: null, day: earliestDay };
    const day = times.table.days[index];
    const practitioner = studio.practitioners[person];
    return (
      dayBlockers({ kind: 'session', client, earliestDay }, day, isLast)[0] ??
      (practitioner
        ? (skillBlockers(practitioner, needs, day)[0] ??
          clockBlocker(times, studio, index, person, sessions[k].minutes))
        : { code: 'practitioner-off', id: request.previous?.practitionerId ?? null, day: null })
    );
  };
  for (let index = from; index < Math.min(to, times.table.days.length); index++) {
    const first = firstOf(index);
    if (!first) continue;
    const same = counted.find(({ code, id }) => code === first.code && id === first.id);
    if (same) same.days++;
    else counted.push({ ...first, days: 1 });
  }
  return counted;
}
