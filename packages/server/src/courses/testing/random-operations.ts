/**
 * Random calls of every route that touches the book, on several studios at once, with a model beside them.
 *
 * Each lane draws from a generator of its own, so a run differs from another of the same seed only in how the lanes
 * interleave. The clock of a studio goes on with every call, from summer through both clock changes and a leap day.
 * Hours are drawn so that many calls are refused: too soon, taken, shut, stale.
 */
import { createRouterClient, ORPCError } from '@orpc/server';
import { type Generator, seededGenerator } from '@stipple/core/random/generator.ts';
import { REFUSALS } from '@stipple/core/units/refusal.ts';
import { router } from '../../http/router.ts';
import type { Storage } from '../../storage/storage.ts';
import { zoneOf } from '../../request/zone-of.ts';
import { BookModel, lookThrough, noFindings, type Findings, type Told } from './book-model.ts';
import { bookedStudio, type BookedStudio } from './booked-studio.ts';

const ZONES = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu'] as const;
const OPEN: readonly [number, number] = [480, 1200];
const FROM = '2027-09-15T09:00:00Z';
const DAYS = 340;
const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
const CLIENTS = 30;

export interface Play {
  readonly operations: number;
  readonly acknowledged: number;
  readonly refused: Readonly<Record<string, number>>;
  readonly byRoute: Readonly<Record<string, number>>;
  readonly appointments: number;
  readonly findings: Findings;
}

type Calls = ReturnType<typeof callsOf>;
const callsOf = (studio: BookedStudio, clientId: string | null, storage: Storage) =>
  createRouterClient(router, {
    context: {
      ...studio.contextFor({
        kind: 'account',
        studioId: studio.studioId,
        accountId: studio.makeId(),
        signInId: studio.makeId(),
        role: clientId === null ? 'owner' : 'client',
        clientId,
        practitionerId: null,
      }),
      storage,
    },
  });

interface Field {
  readonly studio: BookedStudio;
  readonly model: BookModel;
  readonly clients: string[];
  readonly courses: Map<string, { clientId: string; version: number; status: string; sessions: number }>;
}

interface Turn extends Field {
  readonly random: Generator;
  readonly staff: Calls;
  readonly calls: Calls;
  /** Null for staff. */
  readonly self: string | null;
}

const whole = (random: Generator, below: number): number => Math.floor(random() * below);
const pick = <T>(random: Generator, list: readonly T[]): T | undefined => list[whole(random, list.length)];

/** Some hour around a moment, mostly one at which the studio is open. */
function someStart({ random, studio }: Turn, aroundMs: number, days: number): string {
  const offsetMs = zoneOf(studio.timeZone).offsetMsAt(aroundMs);
  const day = Math.floor((aroundMs + offsetMs) / DAY_MS) + whole(random, days) - 2;
  const hour = random() < 0.9 ? 8 + whole(random, 11) : whole(random, 24);
  return new Date(day * DAY_MS + hour * HOUR_MS + whole(random, 4) * (HOUR_MS / 4) - offsetMs).toISOString();
}

const known = (turn: Turn, ...statuses: string[]): Told | undefined => {
  const mine = [...turn.model.told.values()].filter(
    ({ status, clientId }) => statuses.includes(status) && (turn.self === null || clientId === turn.self),
  );
  return pick(turn.random, mine);
};
const choicesOf = (sessions: readonly { n: number; start: string; practitionerId: string; roomId: string }[]) =>
  sessions.map(({ n, start, practitionerId, roomId }) => ({ n, start, practitionerId, roomId }));
const aClient = (turn: Turn): string => turn.self ?? pick(turn.random, turn.clients)!;
const aRoom = ({ random, studio }: Turn): string => pick(random, studio.roomIds)!;
const aPractitioner = ({ random, studio }: Turn): string => pick(random, studio.practitionerIds)!;
/** Now and then one that is long gone. */
const versionOf = ({ random }: Turn, { version }: { readonly version: number }): number =>
  random() < 0.03 ? Math.max(1, version - 1) : version;
const signature = ({ random }: Turn) => (random() < 0.5 ? { gapOverride: { name: 'Ada', reason: 'travels' } } : {});

function tellCourse({ model, courses }: Turn, course: Awaited<ReturnType<Calls['course']>>): void {
  model.tell(course.appointments);
  const { id, clientId, version, status, sessions } = course;
  const before = courses.get(id);
  if (!before || version >= before.version) courses.set(id, { clientId, version, status, sessions });
}

const OPERATIONS: Readonly<Record<string, readonly [weight: number, (turn: Turn) => Promise<void>]>> = {
  bookCourse: [
    14,
    async (turn) => {
      const { random, calls, studio } = turn;
      const sessions = random() < 0.7 ? 3 : 4;
      const wish = { clientId: aClient(turn), locationId: studio.locationId, skill: 'shaved' as const, sessions };
      const gaps =
        turn.self === null && random() < 0.4
          ? { gapsDays: Array.from({ length: sessions - 1 }, () => 7 + whole(random, 12)) }
          : {};
      const earliest = new Date(studio.now().getTime() + whole(random, 40) * DAY_MS).toISOString().slice(0, 10);
      const { proposals } = await calls.proposeCourse({ ...wish, ...gaps, earliest, most: 3 });
      const proposal = pick(random, proposals);
      if (!proposal) return;
      const choices = choicesOf(proposal.sessions).map((choice) =>
        random() < 0.06 ? { ...choice, start: someStart(turn, Date.parse(choice.start), 8) } : choice,
      );
      tellCourse(turn, await calls.bookCourse({ ...wish, ...gaps, ...signature(turn), choices }));
    },
  ],
  bookAppointment: [
    14,
    async (turn) => {
      const { random, calls, studio, model } = turn;
      const kind = pick(random, ['consultation', 'touch-up', 'touch-up', 'review'] as const)!;
      const booked = await calls.bookAppointment({
        clientId: aClient(turn),
        kind,
        locationId: studio.locationId,
        practitionerId: aPractitioner(turn),
        ...(random() < 0.5 ? { roomId: aRoom(turn) } : {}),
        byVideo: kind === 'consultation' && random() < 0.2,
        start: someStart(turn, studio.now().getTime(), 16),
        minutes: pick(random, [30, 45, 60, 120])!,
      });
      model.tell([booked]);
    },
  ],
  moveAppointment: [
    16,
    async (turn) => {
      const { random, calls, model } = turn;
      const one = known(turn, 'booked');
      if (!one) return;
      const version = versionOf(turn, one);
      if (random() < 0.5) {
        const { proposals } = await calls.proposeMove({ id: one.id });
        const [first, ...later] = pick(random, proposals)?.sessions ?? [];
        if (!first) return;
        const { start, practitionerId, roomId } = first;
        const move = { id: one.id, version, start, practitionerId, roomId, ...signature(turn) };
        model.tell(
          (await calls.moveAppointment({ ...move, later: one.kind === 'session' ? choicesOf(later) : [] })).moved,
        );
        return;
      }
      const start = someStart(turn, Date.parse(one.start), 10);
      const other = random() < 0.3 ? { practitionerId: aPractitioner(turn), roomId: aRoom(turn) } : {};
      model.tell((await calls.moveAppointment({ id: one.id, version, start, ...other, ...signature(turn) })).moved);
    },
  ],
  cancelAppointment: [
    5,
    async (turn) => {
      const one = known(turn, 'booked');
      if (one) turn.model.tell([await turn.calls.cancelAppointment({ id: one.id, version: versionOf(turn, one) })]);
    },
  ],
  changeCourse: [
    3,
    async (turn) => {
      const { random, calls, self } = turn;
      const mine = [...turn.courses].filter(([, { clientId }]) => self === null || clientId === self);
      const [id, course] = pick(random, mine) ?? [];
      if (!id || !course) return;
      const status =
        course.status === 'paused' || course.status === 'cancelled' ? 'open' : random() < 0.7 ? 'paused' : 'cancelled';
      tellCourse(turn, await calls.changeCourse({ id, version: versionOf(turn, course), status }));
    },
  ],
  addSessions: [
    6,
    async (turn) => {
      const lost = known(turn, 'cancelled', 'missed');
      if (!lost || lost.kind !== 'session' || turn.self !== null) return;
      const course = turn.courses.get(lost.courseId!)!;
      const { proposals } = await turn.calls.proposeMove({ id: lost.id });
      const standing = [...turn.model.told.values()].filter(
        ({ courseId, status }) => courseId === lost.courseId && !['cancelled', 'missed'].includes(status),
      );
      const lacking = choicesOf(pick(turn.random, proposals)?.sessions ?? []).filter(
        ({ n }) => !standing.some((one) => one.n === n),
      );
      if (lacking.length === 0) return;
      const named = { id: lost.courseId!, version: versionOf(turn, course) };
      tellCourse(turn, await turn.calls.addSessions({ ...named, choices: lacking, ...signature(turn) }));
    },
  ],
  startAppointment: [
    12,
    async (turn) => {
      const nowMs = turn.studio.now().getTime();
      const due = [...turn.model.told.values()].filter(
        ({ status, start }) => status === 'booked' && Math.abs(Date.parse(start) - nowMs) < DAY_MS / 2,
      );
      const one = pick(turn.random, due);
      if (one) turn.model.tell([await turn.staff.startAppointment({ id: one.id, version: versionOf(turn, one) })]);
    },
  ],
  finishAppointment: [
    12,
    async (turn) => {
      const { random, studio } = turn;
      const one = known(turn, 'in-progress', 'in-progress', 'booked', 'interrupted');
      if (!one) return;
      const nowMs = studio.now().getTime();
      const hours =
        random() < 0.3 ? { end: new Date(Math.min(nowMs, Date.parse(one.end) + 2 * HOUR_MS)).toISOString() } : {};
      const finish = { id: one.id, version: versionOf(turn, one), ...hours };
      turn.model.tell([await turn.staff.finishAppointment(finish)]);
    },
  ],
  interruptAppointment: [
    4,
    async (turn) => {
      const one = known(turn, 'in-progress');
      if (one)
        turn.model.tell([await turn.staff.interruptAppointment({ id: one.id, version: one.version, reason: 'ill' })]);
    },
  ],
  continueAppointment: [
    8,
    async (turn) => {
      const { random, studio, model } = turn;
      const nowMs = studio.now().getTime();
      const fresh = [...model.told.values()].filter(
        ({ status, end }) => status === 'interrupted' && nowMs - Date.parse(end) < 2 * DAY_MS,
      );
      const one = pick(random, fresh);
      if (!one) return;
      const start = new Date(Date.parse(one.start) + DAY_MS + (whole(random, 9) - 4) * HOUR_MS).toISOString();
      const go = { id: one.id, version: one.version, start, minutes: 90, reason: 'well again' };
      const { appointment, laterNowTooSoon } = await turn.staff.continueAppointment(go);
      model.tell([appointment, ...laterNowTooSoon]);
    },
  ],
  missAppointment: [
    3,
    async (turn) => {
      const nowMs = turn.studio.now().getTime();
      const past = [...turn.model.told.values()].filter(
        ({ status, end }) => status === 'booked' && Date.parse(end) < nowMs,
      );
      const one = pick(turn.random, past);
      if (one) turn.model.tell([await turn.staff.missAppointment({ id: one.id, version: versionOf(turn, one) })]);
    },
  ],
  recordFact: [
    4,
    async (turn) => {
      const { random, studio, model } = turn;
      const startMs = studio.now().getTime() - whole(random, 12) * DAY_MS - whole(random, 24) * HOUR_MS;
      const fact = await turn.staff.recordFact({
        clientId: pick(random, turn.clients)!,
        kind: pick(random, ['touch-up', 'consultation', 'review'] as const)!,
        locationId: studio.locationId,
        practitionerId: aPractitioner(turn),
        roomId: aRoom(turn),
        start: new Date(startMs).toISOString(),
        end: new Date(startMs + HOUR_MS * (1 + whole(random, 3))).toISOString(),
      });
      model.tell([fact]);
    },
  ],
  importAppointments: [
    1,
    async (turn) => {
      const { random, studio } = turn;
      const day = (days: number) => new Date(studio.now().getTime() + days * DAY_MS).toISOString().slice(0, 10);
      const rows = Array.from({ length: 4 }, () => {
        const at = `${day(whole(random, 40) - 20)},${9 + whole(random, 8)}:00`;
        return `Client ${whole(random, CLIENTS)},${at},60,Ada,SMP session,Confirmed`;
      });
      const file = new File([`Client,Date,Time,Minutes,Staff,Service,Status\n${rows.join('\n')}\n`], 'book.csv');
      await turn.staff.importAppointments({ file, commit: true });
      // It answers with verdicts, not with appointments: those are read.
      for (const clientId of turn.clients) await readAll({ ...turn, calls: turn.staff }, clientId);
    },
  ],
  mergeClients: [
    0.2,
    async (turn) => {
      const { random, clients, model, courses } = turn;
      const [from, into] = [whole(random, clients.length), whole(random, clients.length)];
      if (from === into || clients.length < 10) return;
      const [id, kept] = [clients[from]!, clients[into]!];
      await turn.staff.mergeClients({ id, into: kept });
      clients.splice(clients.indexOf(id), 1, await turn.studio.addClient());
      model.mergedInto.set(id, kept);
      for (const one of model.told.values()) one.clientId = model.clientOf(one.clientId);
      for (const course of courses.values()) course.clientId = model.clientOf(course.clientId);
    },
  ],
  addAbsence: [
    1,
    async (turn) => {
      const startMs = turn.studio.now().getTime() + whole(turn.random, 60) * DAY_MS;
      const start = new Date(startMs).toISOString();
      const end = new Date(startMs + DAY_MS).toISOString();
      await turn.staff.addAbsence({ practitionerId: aPractitioner(turn), start, end, reason: '' });
    },
  ],
  freeTimes: [
    2,
    async (turn) => {
      const { calls, studio } = turn;
      const from = studio.now().toISOString().slice(0, 10);
      await calls.freeTimes({
        clientId: aClient(turn),
        kind: 'review',
        locationId: studio.locationId,
        from,
        days: 7,
        minutes: 30,
      });
    },
  ],
  calendar: [
    2,
    async (turn) => {
      const from = turn.studio.now().toISOString().slice(0, 10);
      const { appointments } = await turn.staff.calendar({ locationId: turn.studio.locationId, from, to: from });
      turn.model.tell(appointments);
    },
  ],
  clientCourses: [2, (turn) => readAll(turn, aClient(turn))],
};

async function readAll(turn: Turn, clientId: string): Promise<void> {
  const { items, others } = await turn.calls.clientCourses({ clientId });
  for (const course of items) tellCourse(turn, course);
  turn.model.tell(others);
}

const TOTAL = Object.values(OPERATIONS).reduce((sum, [weight]) => sum + weight, 0);

function draw(random: Generator): string {
  let at = random() * TOTAL;
  for (const [name, [weight]] of Object.entries(OPERATIONS)) if ((at -= weight) < 0) return name;
  throw new RangeError('the weights add up');
}

export interface PlayOptions {
  readonly operations: number;
  /** That call at the same time in each studio. */
  readonly lanes: number;
  /** The whole book is looked through this often. */
  readonly looks: number;
  readonly seed: number;
}

/**
 * Plays, and says what was found. Throws whatever a call throws that is no refusal.
 * @param nodes servers of one database; every call goes to one of them
 */
export async function playBook(
  nodes: readonly Storage[],
  { operations, lanes, looks, seed }: PlayOptions,
): Promise<Play> {
  const fields = await Promise.all(
    ZONES.map(async (timeZone): Promise<Field> => {
      const studio = await bookedStudio({
        storage: nodes[0]!,
        timeZone,
        practitioners: 3,
        rooms: 3,
        openMinutes: OPEN,
        now: FROM,
      });
      const clients: string[] = [];
      for (let i = 0; i < CLIENTS; i++)
        clients.push(await studio.addClient(i % 9 === 8 ? 'stop' : 'clear', `Client ${i}`));
      return { studio, clients, model: new BookModel(), courses: new Map() };
    }),
  );
  const findings = noFindings();
  const refused: Record<string, number> = {};
  const byRoute: Record<string, number> = {};
  let acknowledged = 0;
  let done = 0;
  let appointments = 0;
  const stepMs = (DAYS * DAY_MS * ZONES.length) / operations;

  const lane = async (field: Field, random: Generator, until: number): Promise<void> => {
    while (done < until) {
      done++;
      const { studio } = field;
      studio.setNow(studio.now().getTime() + stepMs * 2 * random());
      const self = random() < 0.25 ? pick(random, field.clients)! : null;
      const node = pick(random, nodes)!;
      const staff = callsOf(studio, null, node);
      const calls = self === null ? staff : callsOf(studio, self, node);
      const turn: Turn = { ...field, random, self, staff, calls };
      const name = draw(random);
      byRoute[name] = (byRoute[name] ?? 0) + 1;
      try {
        await OPERATIONS[name]![1](turn);
        acknowledged++;
      } catch (error) {
        if (!(error instanceof ORPCError && error.code in REFUSALS)) throw error;
        refused[error.code] = (refused[error.code] ?? 0) + 1;
      }
    }
  };
  const randoms = fields.map((_, i) => Array.from({ length: lanes }, (_, k) => seededGenerator(seed + i * 100 + k)));
  for (let look = 1; look <= looks; look++) {
    const until = Math.round((operations * look) / looks);
    await Promise.all(fields.flatMap((field, i) => randoms[i]!.map((random) => lane(field, random, until))));
    appointments = 0;
    for (const { studio, model } of fields) appointments += await lookThrough(studio, model, OPEN, findings);
  }
  return { operations: done, acknowledged, refused, byRoute, appointments, findings };
}
