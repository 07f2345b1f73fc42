import { describe, expect, it } from 'vitest';
import { daysBetween } from '@stipple/core/calendar/plain-day.ts';
import { ClientIndex } from '../clients/client-index.ts';
import { bookedStudio, refusalOf, type BookedStudio } from './testing/booked-studio.ts';
import { rushFor } from './testing/rush.ts';

const WISH = { skill: 'shaved' as const, sessions: 3 };

async function proposed(studio: BookedStudio, clientId: string, more: object = {}) {
  const { proposals } = await studio.staff.proposeCourse({ clientId, locationId: studio.locationId, ...WISH, ...more });
  return proposals.map(({ sessions }) =>
    sessions.map(({ n, start, practitionerId, roomId }) => ({ n, start, practitionerId, roomId })),
  );
}

async function booked(studio: BookedStudio, clientId: string, more: object = {}) {
  const [choices] = await proposed(studio, clientId, more);
  return studio.staff.bookCourse({ clientId, locationId: studio.locationId, ...WISH, choices: choices!, ...more });
}

describe('a course', () => {
  it('is proposed whole, with why, and booked whole', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const answer = await studio.staff.proposeCourse({ clientId, locationId: studio.locationId, ...WISH });
    expect(answer.proposals.length).toBeGreaterThan(1);
    const [best] = answer.proposals;
    expect(best!.sessions.map(({ n }) => n)).toEqual([1, 2, 3]);
    expect(best!.sessions.slice(1).map(({ day }, i) => daysBetween(best!.sessions[i]!.day, day))).toEqual([14, 28]);
    expect(best!.why.map(({ code }) => code)).toEqual(['start-earliest', 'gap-preferred', 'gap-preferred']);

    const course = await booked(studio, clientId);
    expect(course).toMatchObject({ status: 'open', sessions: 3, gapsDays: [14, 28], minutes: [270, 270, 270] });
    expect(course.appointments.map(({ n, status, clientName }) => [n, status, clientName])).toEqual([
      [1, 'booked', 'Jo Doe'],
      [2, 'booked', 'Jo Doe'],
      [3, 'booked', 'Jo Doe'],
    ]);
  });

  it('makes an enquiry a client, in the list too, and counts as a change of the record', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const { storage, studioId } = studio;
    const index = new ClientIndex();
    const seen = async () => {
      const [found] = await storage.inStudio(studioId, (tx) => index.search(tx, { studioId, storage }, 'jo doe'));
      return found!.status;
    };
    const version = (to?: string) =>
      storage.inStudio(studioId, async (tx) => {
        if (to) await tx.updateTable('clients').set({ status: to }).where('id', '=', clientId).execute();
        const row = await tx.selectFrom('clients').select('version').where('id', '=', clientId).executeTakeFirst();
        return row!.version;
      });
    const before = await version('enquiry');
    expect(await seen()).toBe('enquiry');
    await booked(studio, clientId);
    expect(await seen()).toBe('active');
    expect(await version()).toBe(before + 1);
  });

  it('leaves nothing behind when one of its sessions cannot be', async () => {
    const studio = await bookedStudio({ practitioners: 1, rooms: 1 });
    const first = await studio.addClient();
    const second = await studio.addClient();
    const course = await booked(studio, first);
    const third = course.appointments[2]!;
    const [choices] = await proposed(studio, second);
    const taken = [...choices!.slice(0, 2), { ...choices![2]!, start: third.start }];
    const refusal = await refusalOf(
      studio.staff.bookCourse({ clientId: second, locationId: studio.locationId, ...WISH, choices: taken }),
    );
    expect(refusal.code).toBe('practitioner-busy');
    expect(refusal.data.proposals.length).toBeGreaterThan(0);
    expect((await studio.staff.clientCourses({ clientId: second })).items).toEqual([]);
    expect(await studio.rows()).toHaveLength(3);
  });

  it('is judged by its own practitioners wherever they work, and by its rooms whoever works there', async () => {
    const studio = await bookedStudio({ settings: { turnaroundMinutes: 30 }, maxMinutesADay: 500 });
    const [busy, free] = studio.practitionerIds;
    const [busyRoom, freeRoom] = studio.roomIds;
    const dates = ['2027-03-08', '2027-03-22', '2027-04-19'];
    const book = (clientId: string, hour: string, who: string[], where: string[]) =>
      studio.staff.bookCourse({
        clientId,
        locationId: studio.locationId,
        ...WISH,
        choices: dates.map((day, i) => ({
          n: i + 1,
          start: `${day}T${hour}Z`,
          practitionerId: who[i % who.length]!,
          roomId: where[i % where.length]!,
        })),
      });
    await book(await studio.addClient(), '07:00:00', [busy!], [busyRoom!]);
    const clientId = await studio.addClient();
    const code = async (...wish: [hour: string, who: string[], where: string[]]) =>
      (await refusalOf(book(clientId, ...wish))).code;

    // Its room has to be cleaned, whoever was in it; the same of several.
    expect(await code('11:45:00', [free!], [busyRoom!])).toBe('room-busy');
    expect(await code('11:45:00', [free!], [freeRoom!, busyRoom!])).toBe('room-busy');
    // In another room as well the practitioner has worked for hours by then.
    expect(await code('12:30:00', [busy!], [freeRoom!])).toBe('practitioner-busy');
    expect(await code('12:30:00', [free!, busy!], [freeRoom!])).toBe('practitioner-busy');

    // The hours of the day count, also at another location.
    await studio.storage.inStudio(studio.studioId, async (tx) => {
      const elsewhere = { studioId: studio.studioId, id: studio.makeId(), name: 'Elsewhere' };
      const { timeZone, opening } = await tx.selectFrom('locations').selectAll().executeTakeFirstOrThrow();
      await tx
        .insertInto('locations')
        .values({ ...elsewhere, timeZone, opening: JSON.stringify(opening) })
        .execute();
      await tx.updateTable('appointments').set({ locationId: elsewhere.id }).execute();
    });
    expect(await code('12:30:00', [busy!], [freeRoom!])).toBe('practitioner-busy');
    expect(await code('12:30:00', [free!, busy!], [freeRoom!])).toBe('practitioner-busy');
    const course = await book(clientId, '12:30:00', [free!], [freeRoom!]);
    expect(course.appointments.map(({ clientName }) => clientName)).toEqual(['Jo Doe', 'Jo Doe', 'Jo Doe']);
  });

  it('keeps the floor of seven days whoever signs', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const [choices] = await proposed(studio, clientId);
    const at = (days: number) => new Date(Date.parse(choices![0]!.start) + days * 86_400_000).toISOString();
    const close = choices!.map((choice, i) => ({ ...choice, start: at([0, 6, 40][i]!) }));
    const gapOverride = { name: 'Ada', reason: 'the client travels' };
    const call = studio.staff.bookCourse({
      clientId,
      locationId: studio.locationId,
      ...WISH,
      choices: close,
      gapOverride,
    });
    expect((await refusalOf(call)).code).toBe('too-soon');
  });

  it('goes outside the preferred gaps with name and reason of staff alone', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const [choices] = await proposed(studio, clientId);
    const at = (days: number) => new Date(Date.parse(choices![0]!.start) + days * 86_400_000).toISOString();
    const near = choices!.map((choice, i) => ({ ...choice, start: at([2, 9, 36][i]!) }));
    const wish = { clientId, locationId: studio.locationId, ...WISH, choices: near };
    const gapOverride = { name: 'Ada', reason: 'healed well' };
    const asStaff = await refusalOf(studio.staff.bookCourse(wish));
    expect(asStaff).toMatchObject({ code: 'gap-not-preferred', detail: expect.stringContaining('7 days') });
    expect(asStaff.data.proposals.length).toBeGreaterThan(0);
    const asClient = await refusalOf(studio.clientOf(clientId).bookCourse({ ...wish, gapOverride }));
    expect(asClient.code).toBe('gap-not-preferred');
    const course = await studio.staff.bookCourse({ ...wish, gapOverride });
    expect(course.appointments.map((one) => one.gapOverride)).toEqual([null, gapOverride, null]);
  });

  it('keeps clear of what the client keeps free, and says what to give up when nothing is left', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const wedding = { firstDay: '2027-06-12', lastDay: '2027-06-12', kind: 'wedding' as const };
    const swimming = { firstDay: '2027-03-20', lastDay: '2027-04-03', kind: 'swimming' as const };
    const [choices] = await proposed(studio, clientId, { blackOuts: [wedding, swimming] });
    expect(choices!.at(0)!.start > '2027-04-03').toBe(true);
    expect(choices!.at(-1)!.start < '2027-05-30').toBe(true);
    const inside = choices!.map((choice, i) => ({
      ...choice,
      start: new Date(Date.parse('2027-03-08T09:00:00Z') + [0, 14, 42][i]! * 86_400_000).toISOString(),
    }));
    const wish = { clientId, locationId: studio.locationId, ...WISH, blackOuts: [swimming] };
    expect((await refusalOf(studio.staff.bookCourse({ ...wish, choices: inside }))).code).toBe('client-away');

    const away = { firstDay: '2027-03-01', lastDay: '2027-10-31', kind: 'away' as const };
    const { proposals, relax } = await studio.staff.proposeCourse({ ...wish, blackOuts: [away] });
    expect(proposals).toEqual([]);
    expect(relax.map(({ code }) => code)).toContain('black-out');
    expect(relax.every(({ firstStart, text }) => firstStart !== null && text.length > 20)).toBe(true);
  });

  it('is not booked without a screening that allows it', async () => {
    const studio = await bookedStudio();
    const unscreened = await studio.addClient('none');
    const stopped = await studio.addClient('stop');
    const [choices] = await proposed(studio, unscreened);
    for (const clientId of [unscreened, stopped]) {
      const call = studio.staff.bookCourse({ clientId, locationId: studio.locationId, ...WISH, choices: choices! });
      expect((await refusalOf(call)).code).toBe('screening-stops');
    }
  });

  it('has three or four sessions, or a reason', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const wish = { clientId, locationId: studio.locationId, skill: 'shaved' as const };
    expect((await refusalOf(studio.staff.proposeCourse({ ...wish, sessions: 2 }))).code).toBe('sessions-count');
    const two = await booked(studio, clientId, { sessions: 2, reason: 'a small scar' });
    expect(two.appointments).toHaveLength(2);
  });

  it('of another client cannot be booked, proposed or seen by a client', async () => {
    const studio = await bookedStudio();
    const own = await studio.addClient();
    const other = await studio.addClient();
    const course = await booked(studio, other);
    const asOwn = studio.clientOf(own);
    expect((await refusalOf(asOwn.course({ id: course.id }))).code).toBe('not-found');
    expect((await refusalOf(asOwn.clientCourses({ clientId: other }))).code).toBe('not-found');
    const wish = { clientId: other, locationId: studio.locationId, ...WISH };
    expect((await refusalOf(asOwn.proposeCourse(wish))).code).toBe('not-found');
    const [one] = course.appointments;
    const cancel = asOwn.cancelAppointment({ id: one!.id, version: one!.version });
    expect((await refusalOf(cancel)).code).toBe('not-found');
  });

  it('is paused, which frees what is to come, and resumed with the sessions it lacks', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const course = await booked(studio, clientId);
    const paused = await studio.staff.changeCourse({ id: course.id, version: course.version, status: 'paused' });
    expect(paused.status).toBe('paused');
    expect(paused.appointments.map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']);
    const open = await studio.staff.changeCourse({ id: course.id, version: paused.version, status: 'open' });
    const { proposals } = await studio.staff.proposeMove({ id: course.appointments[0]!.id });
    const choices = proposals[0]!.sessions.map(({ n, start, practitionerId, roomId }) => ({
      n,
      start,
      practitionerId,
      roomId,
    }));
    expect(choices.map(({ n }) => n)).toEqual([1, 2, 3]);
    const again = await studio.staff.addSessions({ id: course.id, version: open.version, choices });
    expect(again.appointments.filter(({ status }) => status === 'booked').map(({ n }) => n)).toEqual([1, 2, 3]);
  });

  it('answers a change made from an old version with changed-meanwhile', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const course = await booked(studio, clientId);
    const change = { id: course.id, version: course.version, status: 'paused' as const };
    await studio.staff.changeCourse(change);
    expect((await refusalOf(studio.staff.changeCourse({ ...change, status: 'cancelled' }))).code).toBe(
      'changed-meanwhile',
    );
  });
});

describe('one of three sessions moved', () => {
  it('leaves exactly three, the same three', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const course = await booked(studio, clientId);
    const second = course.appointments[1]!;
    const { proposals } = await studio.staff.proposeMove({ id: second.id });
    expect(proposals.length).toBeGreaterThan(0);
    const [first, ...later] = proposals[0]!.sessions;
    expect(first!.start).not.toBe(second.start);
    const { moved } = await studio.staff.moveAppointment({
      id: second.id,
      version: second.version,
      start: first!.start,
      practitionerId: first!.practitionerId,
      roomId: first!.roomId,
      later: later.map(({ n, start, practitionerId, roomId }) => ({ n, start, practitionerId, roomId })),
    });
    expect(moved.map(({ n }) => n)).toEqual([2, 3]);
    const rows = await studio.rows();
    expect(rows.map(({ id }) => id).sort()).toEqual(course.appointments.map(({ id }) => id).sort());
    expect(rows.every(({ status }) => status === 'booked')).toBe(true);
  });

  it('may take the very hour that a later one gives up', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const course = await booked(studio, clientId);
    const [, second, third] = course.appointments;
    const plus = (start: string, days: number) => new Date(Date.parse(start) + days * 86_400_000).toISOString();
    const { practitionerId } = third!;
    const roomId = third!.roomId!;
    const { moved } = await studio.staff.moveAppointment({
      id: second!.id,
      version: second!.version,
      start: third!.start,
      later: [{ n: 3, start: plus(third!.start, 28), practitionerId, roomId }],
      gapOverride: { name: 'Ada', reason: 'travels' },
    });
    expect(moved[0]!.start).toBe(third!.start);
    expect(await studio.rows()).toHaveLength(3);
  });

  it('says at once why an hour cannot be, with other dates', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const [first, second] = (await booked(studio, clientId)).appointments;
    const start = new Date(Date.parse(first!.start) + 3 * 86_400_000).toISOString();
    expect((await refusalOf(studio.staff.proposeMove({ id: second!.id, start }))).code).toBe('too-soon');
    const refusal = await refusalOf(studio.staff.moveAppointment({ id: second!.id, version: 1, start }));
    expect(refusal.code).toBe('too-soon');
    expect(refusal.data.proposals.length).toBeGreaterThan(0);
  });

  it('is up to a client until a day before', async () => {
    const studio = await bookedStudio();
    const clientId = await studio.addClient();
    const [first, second] = (await booked(studio, clientId)).appointments;
    const self = studio.clientOf(clientId);
    studio.setNow(Date.parse(first!.start) - 3 * 3_600_000);
    const cancel = self.cancelAppointment({ id: first!.id, version: first!.version });
    expect((await refusalOf(cancel)).code).toBe('not-allowed');
    const free = await self.cancelAppointment({ id: second!.id, version: second!.version, reason: 'ill' });
    expect(free).toMatchObject({ status: 'cancelled', note: '' });
  });
});

it('of many who book one hour at once one has it, and the others are offered other dates', async () => {
  expect(await rushFor(30)).toEqual({ won: 1, offered: 29, codes: ['practitioner-busy'], sessions: 3 });
});
