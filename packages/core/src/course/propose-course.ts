/**
 * Proposes a whole course, or says what stands in its way.
 *
 * With options: those of {@link solveCourse}. Without: every single constraint whose removal alone makes the course possible,
 * each tried by solving again without it, with the dates it would give. The floor, the healing of the skin and what
 * is already done are never among them. A relaxation is a question to a person (can the holiday move? will Ada renew
 * her certificate?), not a permission. A combination of two is not searched for: `placeable` then tells how far the
 * course gets.
 */
import { ALWAYS_OPEN } from '../calendar/opening-hours.ts';
import { daysBetween, type PlainDay } from '../calendar/plain-day.ts';
import { MAX_GAP_DAYS, MIN_GAP_DAYS } from './gap-window.ts';
import { placeableSessions, solveCourse, type CourseOption, type CourseRequest } from './solve-course.ts';
import type { ClientTimes, SessionNeeds, StudioWorld, WorldPractitioner } from './studio-world.ts';

export type RelaxationCode =
  | 'black-out'
  | 'client-hours'
  | 'client-busy'
  /** Another booking of the client, which could move. */
  | 'client-visit'
  /** The allowed window of the gaps; staff may answer for it with name and reason. */
  | 'gap-window'
  | 'practitioner-absent'
  | 'practitioner-hours'
  | 'practitioner-busy'
  | 'practitioner-full'
  | 'certificate'
  | 'skill'
  | 'opening'
  | 'room-hours'
  | 'room-busy'
  | 'equipment'
  /** Looking a year ahead. */
  | 'horizon';

export interface Relaxation {
  readonly code: RelaxationCode;
  /** Which black-out, visit or practitioner; the skill's name; null where there is only one such constraint. */
  readonly id: string | null;
  /** First and last session of the best course without the constraint. */
  readonly firstDay: PlainDay;
  readonly lastDay: PlainDay;
  readonly firstStartMs: number;
  readonly cost: number;
}

export type CourseProposal =
  | { readonly kind: 'proposed'; readonly options: readonly CourseOption[] }
  | { readonly kind: 'impossible'; readonly placeable: number; readonly relaxations: readonly Relaxation[] };

const YEAR_DAYS = 365;

/** Certificates for all that is asked, as if renewed. */
const granted = (
  { id }: WorldPractitioner,
  skills: readonly string[],
  { earliestDay }: CourseRequest,
): WorldPractitioner['certificates'] =>
  skills.map((skill) => ({ id: `${id}-${skill}`, skill, validFrom: earliestDay, validThrough: null, proofId: id }));

type Relaxed = readonly [RelaxationCode, string | null, CourseRequest];

/** Every request that lacks exactly one constraint of the given one. */
function* relaxedRequests(request: CourseRequest): Generator<Relaxed> {
  const { studio, client, needs, sessions } = request;
  const withClient = (change: Partial<ClientTimes>): CourseRequest => ({
    ...request,
    client: { ...client, ...change },
  });
  const withStudio = (change: Partial<StudioWorld>): CourseRequest => ({
    ...request,
    studio: { ...studio, ...change },
  });
  const withNeeds = (change: Partial<SessionNeeds>): CourseRequest => ({ ...request, needs: { ...needs, ...change } });
  const withPerson = (one: WorldPractitioner, change: Partial<WorldPractitioner>): CourseRequest =>
    withStudio({ practitioners: studio.practitioners.map((other) => (other === one ? { ...one, ...change } : other)) });

  for (const one of client.blackOuts) {
    yield ['black-out', one.id, withClient({ blackOuts: client.blackOuts.filter((other) => other !== one) })];
  }
  if (client.hours) yield ['client-hours', null, withClient({ hours: null })];
  if (client.busy.length > 0) yield ['client-busy', null, withClient({ busy: [] })];
  for (const one of client.visits) {
    if (one.status !== 'booked') continue;
    yield ['client-visit', one.id, withClient({ visits: client.visits.filter((other) => other !== one) })];
  }
  const wide = sessions.map((session) =>
    session.gap ? { ...session, gap: { ...session.gap, leastDays: MIN_GAP_DAYS, mostDays: MAX_GAP_DAYS } } : session,
  );
  yield ['gap-window', null, { ...request, sessions: wide }];

  const asked = needs.skills.filter(({ needsCertificate }) => needsCertificate).map(({ skill }) => skill);
  for (const one of studio.practitioners) {
    const { id, absences, busy, mostMinutesADay } = one;
    // Whoever cannot help with every constraint gone cannot help with one of them gone.
    const freed = {
      absences: [],
      busy: [],
      mostMinutesADay: null,
      hours: studio.opening,
      certificates: granted(one, asked, request),
    };
    if (solveCourse({ ...withPerson(one, freed), mostOptions: 1 }).length === 0) continue;
    if (absences.length > 0) yield ['practitioner-absent', id, withPerson(one, { absences: [] })];
    if (busy.length > 0) yield ['practitioner-busy', id, withPerson(one, { busy: [] })];
    if (mostMinutesADay !== null) yield ['practitioner-full', id, withPerson(one, { mostMinutesADay: null })];
    yield ['practitioner-hours', id, withPerson(one, { hours: studio.opening })];
    if (asked.length > 0) yield ['certificate', id, withPerson(one, { certificates: freed.certificates })];
  }
  for (const one of needs.skills) {
    yield ['skill', one.skill, withNeeds({ skills: needs.skills.filter((other) => other !== one) })];
  }
  yield ['opening', null, withStudio({ opening: ALWAYS_OPEN })];
  yield ['room-hours', null, withStudio({ rooms: studio.rooms.map((room) => ({ ...room, hours: null })) })];
  yield ['room-busy', null, withStudio({ rooms: studio.rooms.map((room) => ({ ...room, busy: [] })) })];
  if (needs.equipment.length > 0) yield ['equipment', null, withNeeds({ equipment: [] })];
  if (request.horizonDays < YEAR_DAYS) yield ['horizon', null, { ...request, horizonDays: YEAR_DAYS }];
}

/** The constraints whose removal alone makes a course possible, the earliest course first. */
export function relaxCourse(request: CourseRequest): Relaxation[] {
  const possible: Relaxation[] = [];
  for (const [code, id, relaxed] of relaxedRequests(request)) {
    const [option] = solveCourse({ ...relaxed, mostOptions: 1 });
    if (!option) continue;
    const { sessions, cost } = option;
    const { day: firstDay, startMs: firstStartMs } = sessions[0];
    possible.push({ code, id, firstDay, lastDay: sessions.at(-1)!.day, firstStartMs, cost });
  }
  return possible.sort((a, b) => daysBetween(b.firstDay, a.firstDay) || a.cost - b.cost);
}

/** The best options, or what to relax. Throws RangeError for a request that contradicts itself. */
export function proposeCourse(request: CourseRequest): CourseProposal {
  const options = solveCourse(request);
  return options.length > 0
    ? { kind: 'proposed', options }
    : { kind: 'impossible', placeable: placeableSessions(request), relaxations: relaxCourse(request) };
}
