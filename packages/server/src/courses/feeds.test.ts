import { beforeAll, describe, expect, it } from 'vitest';
import { only, parseCalendar } from '@stipple/files/exports/testing/parse-calendar.ts';
import { TEST_PASSWORD, testApp } from '../http/testing/test-app.ts';
import { bookedStudio, refusalOf, type BookedStudio } from './testing/booked-studio.ts';

let studio: BookedStudio;

beforeAll(async () => {
  studio = await bookedStudio();
});

const book = async (clientId: string, start: string) =>
  studio.staff.bookAppointment({
    clientId,
    kind: 'consultation',
    locationId: studio.locationId,
    practitionerId: studio.practitionerIds[0]!,
    roomId: studio.roomIds[0]!,
    start,
    minutes: 60,
  });
const addressOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

async function read(path: string, tag?: string) {
  const answer = await studio.anyone.feed({
    params: { address: addressOf(path) },
    headers: tag === undefined ? {} : { 'if-none-match': tag },
  });
  const text = answer.status === 200 ? await answer.body.text() : '';
  const events = text === '' ? [] : parseCalendar(text)[0]!.children.filter(({ name }) => name === 'VEVENT');
  return {
    ...answer,
    text,
    events: events.map((event) => ({
      uid: only(event, 'UID').value,
      status: only(event, 'STATUS').value,
      sequence: Number(only(event, 'SEQUENCE').value),
      start: only(event, 'DTSTART').value,
    })),
  };
}

describe('a calendar that programs follow', () => {
  it('has the appointments of its practitioner, room or client and of nobody else', async () => {
    const [first, second] = [await studio.addClient('none', 'Quentin Quill'), await studio.addClient()];
    const one = await book(first, '2027-03-02T09:00:00Z');
    const two = await book(second, '2027-03-02T11:00:00Z');
    const ofClient = await studio.clientOf(first).createFeed({ kind: 'client', subjectId: first });
    const ofRoom = await studio.staff.createFeed({ kind: 'room', subjectId: studio.roomIds[0]! });
    const ofOther = await studio.staff.createFeed({ kind: 'practitioner', subjectId: studio.practitionerIds[1]! });
    expect((await read(ofClient.path)).events.map(({ uid }) => uid)).toEqual([`${one.id}@stipple`]);
    expect((await read(ofRoom.path)).events.map(({ uid }) => uid)).toEqual([`${one.id}@stipple`, `${two.id}@stipple`]);
    expect((await read(ofOther.path)).events).toEqual([]);
    expect((await read(ofRoom.path)).text).not.toContain('Quill');
  });

  it('shows a move under the same UID and keeps what was cancelled for a quarter', async () => {
    const clientId = await studio.addClient('none');
    const { path } = await studio.staff.createFeed({ kind: 'client', subjectId: clientId });
    const booked = await book(clientId, '2027-03-03T09:00:00Z');
    const before = await read(path);
    const { moved } = await studio.staff.moveAppointment({
      id: booked.id,
      version: booked.version,
      start: '2027-03-03T14:00:00Z',
    });
    const after = await read(path);
    expect(after.events[0]).toMatchObject({
      uid: before.events[0]!.uid,
      start: '20270303T150000',
      status: 'CONFIRMED',
    });
    expect(after.events[0]!.sequence).toBeGreaterThan(before.events[0]!.sequence);
    await studio.staff.cancelAppointment(moved[0]!);
    const gone = await read(path);
    expect(gone.events).toMatchObject([{ status: 'CANCELLED', uid: before.events[0]!.uid }]);
    expect(gone.events[0]!.sequence).toBeGreaterThan(after.events[0]!.sequence);
    studio.setNow('2027-06-15T09:00:00Z');
    expect((await read(path)).events).toEqual([]);
    studio.setNow('2027-03-01T09:00:00Z');
  });

  it('is not sent again to who has it', async () => {
    const clientId = await studio.addClient('none');
    await book(clientId, '2027-03-04T09:00:00Z');
    const { path } = await studio.staff.createFeed({ kind: 'client', subjectId: clientId });
    const first = await read(path);
    expect(first.headers['last-modified']).toBe('Mon, 01 Mar 2027 09:00:00 GMT');
    expect((await read(path, `"other", W/${first.headers['etag']}`)).status).toBe(304);
    await book(clientId, '2027-03-04T12:00:00Z');
    expect((await read(path, first.headers['etag'])).status).toBe(200);
  });

  it('opens by its secret alone, and not once it was removed', async () => {
    const clientId = await studio.addClient('none');
    const { id, path } = await studio.staff.createFeed({ kind: 'client', subjectId: clientId });
    const address = addressOf(path);
    const flipped = `${address.slice(0, 60)}${address[60] === 'A' ? 'B' : 'A'}${address.slice(61)}`;
    for (const wrong of [flipped, 'x', '', 'A'.repeat(86)])
      expect((await refusalOf(read(`/${wrong}`))).code).toBe('not-found');
    const stored = await studio.storage.inStudio(studio.studioId, (tx) => tx.selectFrom('feeds').selectAll().execute());
    expect(JSON.stringify(stored)).not.toContain(address.slice(43, 86));
    await studio.staff.removeFeed({ id });
    expect((await refusalOf(read(path))).code).toBe('not-found');
    expect((await studio.staff.feeds()).items.some((feed) => feed.id === id)).toBe(false);
  });

  it('of others cannot be made, seen or removed by a client', async () => {
    const [own, other] = [await studio.addClient('none'), await studio.addClient('none')];
    const self = studio.clientOf(own);
    expect((await refusalOf(self.createFeed({ kind: 'client', subjectId: other }))).code).toBe('not-found');
    const room = { kind: 'room' as const, subjectId: studio.roomIds[0]! };
    expect((await refusalOf(self.createFeed(room))).code).toBe('not-allowed');
    const { id } = await studio.staff.createFeed({ kind: 'client', subjectId: other });
    expect((await refusalOf(self.removeFeed({ id }))).code).toBe('not-found');
    expect((await self.feeds()).items).toEqual([]);
  });
});

it('a calendar program gets text/calendar with a tag, and 304 when it shows the tag', async () => {
  const app = await testApp();
  const owner = await app.owner();
  const { body } = await owner.post('/clients', { status: 'active', profile: { name: 'Kim Poe' } });
  const { path } = (await owner.post('/feeds', { kind: 'client', subjectId: body.id })).body;
  const stranger = app.browser();
  const first = await stranger.get(path);
  expect(first.status).toBe(200);
  expect(first.headers['content-type']).toMatch(/^text\/calendar/);
  expect(String(first.body)).toMatch(/^BEGIN:VCALENDAR\r\n/);
  const again = await stranger.get(path, { headers: { 'if-none-match': String(first.headers['etag']) } });
  expect([again.status, String(again.body)]).toEqual([304, '']);
});

it('stops for whoever is suspended: what the account made, and what shows its own appointments', async () => {
  const app = await testApp();
  const owner = await app.owner();
  const { locations } = (await owner.get('/studio')).body;
  const locationId = locations[0].id;
  const practitioner = {
    locationId,
    name: 'Pat',
    skills: ['shaved'],
    hours: { weekly: [[], [], [], [], [], [], []] },
    maxMinutesADay: 480,
    biography: '',
  };
  const pat = (await owner.post('/practitioners', { ...practitioner, slug: 'pat' })).body.id;
  const other = (await owner.post('/practitioners', { ...practitioner, name: 'Olli', slug: 'olli' })).body.id;
  const invited = (
    await owner.post('/people/invitations', {
      email: 'pat@studio.example',
      name: 'Pat',
      role: 'practitioner',
      practitionerId: pat,
    })
  ).body;
  const browser = app.browser();
  const link = invited.link.split('/').at(-1);
  await browser.post('/invitations/accept', { link, password: TEST_PASSWORD });
  const feedOf = async (by: typeof owner, subjectId: string): Promise<string> =>
    (await by.post('/feeds', { kind: 'practitioner', subjectId })).body.path;
  const made = await feedOf(browser, other);
  const own = await feedOf(owner, pat);
  const others = await feedOf(owner, other);
  const statuses = async () =>
    Promise.all([made, own, others].map(async (path) => (await app.browser().get(path)).status));
  expect(await statuses()).toEqual([200, 200, 200]);
  expect((await owner.patch(`/people/${invited.accountId}`, { status: 'suspended' })).status).toBe(200);
  expect(await statuses()).toEqual([404, 404, 200]);
});
