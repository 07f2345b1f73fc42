/** Dialogs of the studio's day, in a real browser on the real server: each does what it says, and can be used by anybody. */
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openPage, startStipple, type RunningStipple } from './chromium-page.ts';
import { SET_UP_MS } from './editor-page.ts';
import { button, call, expectAccessible, expectUsable, field, heading, OWNER, visit, withAxe } from './studio-page.ts';

const PATIENCE_MS = 15_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
/** A zone in which it is about noon: the studio's day has begun and is not over, whenever the test runs. */
const hoursToNoon = 12 - new Date().getUTCHours();
const ZONE = hoursToNoon === 0 ? 'UTC' : `Etc/GMT${hoursToNoon > 0 ? '-' : '+'}${Math.abs(hoursToNoon)}`;
const localOf = (ms: number): string => new Date(ms + hoursToNoon * 3_600_000).toISOString();
const WEEK = Array.from({ length: 7 }, () => [{ from: 0, to: 1440 }]);

let stipple: RunningStipple;
let browser: Browser;
let page: Page;
let faults: readonly string[];
let soonBooked: [missed: string, held: string];
let soonMs = 0;
let practitionerId: string;
let locationId: string;

beforeAll(async () => {
  [stipple, browser] = await Promise.all([startStipple(), openChromium()]);
  ({ page, faults } = await openPage(browser, { width: 820, height: 1180 }));
  await withAxe(page.context());
  page.setDefaultTimeout(PATIENCE_MS);
  await page.goto(`${stipple.url}/studio/`);
  const link = stipple.firstLink.split('/').at(-1);
  await call(page, 'POST', '/owner', { studioName: 'North Light', timeZone: ZONE, currency: 'EUR', ...OWNER, link });
  const studio = await call<{ locations: { id: string }[] }>(page, 'GET', '/studio');
  locationId = studio.locations[0]!.id;
  await call(page, 'PATCH', `/locations/${locationId}`, { opening: { weekly: WEEK, exceptions: [] } });
  const person = {
    locationId,
    name: 'Ada Stone',
    skills: ['shaved'],
    hours: { weekly: WEEK },
    slug: null,
    biography: '',
  };
  practitionerId = (await call<{ id: string }>(page, 'POST', '/practitioners', { ...person, maxMinutesADay: 1440 })).id;
  const certificate = { skill: 'smp', title: 'SMP', issuer: 'Guild', number: '1' };
  const days = { issuedOn: '2025-01-10', expiresOn: '2099-01-10' };
  await call(page, 'POST', `/practitioners/${practitionerId}/certificates`, { ...certificate, ...days });
  // The next whole minute has come by the time the last test asks for it.
  soonBooked = [await addClient('Mia Missed'), await addClient('Hal Held')];
  soonMs = Math.ceil((Date.now() + 1500) / MINUTE_MS) * MINUTE_MS;
  await consultation(soonBooked[0], soonMs);
  await consultation(soonBooked[1], soonMs + 30 * MINUTE_MS);
  // Signed in, and with a practitioner.
  await page.reload();
}, SET_UP_MS);
afterAll(async () => {
  await browser?.close();
  await stipple?.stop();
});

async function addClient(name: string, more: object = {}): Promise<string> {
  const profile = { name, ...more };
  const wish = { status: 'active', profile, evenIfKnown: true };
  return (await call<{ id: string }>(page, 'POST', '/clients', wish)).id;
}
/** By video it needs no room that is being cleaned. */
const consultation = (clientId: string, startMs: number) =>
  call(page, 'POST', '/appointments', {
    clientId,
    kind: 'consultation',
    locationId,
    practitionerId,
    byVideo: true,
    start: new Date(Math.ceil(startMs / MINUTE_MS) * MINUTE_MS).toISOString(),
    minutes: 10,
  });
interface Found {
  readonly proposals: readonly { readonly sessions: readonly object[] }[];
}
/** Answered so that nothing stands against a session. */
async function screen(clientId: string, more: object = {}): Promise<void> {
  const { version, questions } = await call<{ version: number; questions: { id: string; kind: string }[] }>(
    page,
    'GET',
    '/screening/questions',
  );
  const nothing = Object.fromEntries(questions.map((of) => [of.id, of.kind === 'day' ? 'unknown' : 'no']));
  const answers = { ...nothing, consent: 'yes', born: '1986-05-17', ...more };
  await call(page, 'POST', `/clients/${clientId}/screenings`, { askedVersion: version, answers });
}
const openLine = (words: string) => page.locator('button.line', { hasText: words }).first().click();
const dialog = () => page.locator('dialog.dialog');

describe('dialogs of the day', () => {
  it('say nothing of the key to the owner of a hosted studio', async () => {
    await page.route('**/status', async (route) => {
      const status = (await (await route.fetch()).json()) as object;
      await route.fulfill({ json: { ...status, isDesk: false } });
    });
    await visit(page, stipple.url, '');
    await page.reload();
    await heading(page, 'Appointments today').waitFor();
    await page.waitForLoadState('networkidle');
    expect(await heading(page, 'Print the recovery sheet').count()).toBe(0);
    await page.unroute('**/status');
    await page.reload();
  });

  it('ask the first owner to print the recovery sheet, until it is on paper', async () => {
    await visit(page, stipple.url, '');
    await button(page, 'Show the sheet').click();
    await field(page, 'Your password, once more').fill(OWNER.password);
    await button(page, 'Show it').click();
    await page.getByText('STIPPLE RECOVERY SHEET').waitFor();
    await expectAccessible(page, 'the recovery sheet');
    await button(page, 'Close').click();
    await button(page, 'It is on paper').click();
    await heading(page, 'Print the recovery sheet').waitFor({ state: 'detached' });
    await page.reload();
    await heading(page, 'Appointments today').waitFor();
    expect(await heading(page, 'Print the recovery sheet').count()).toBe(0);
  });

  it('say what is booked when the client’s plan cannot be read, and read it again', async () => {
    const id = await addClient('Una Unread');
    await page.route('**/quotes', (route) => route.fulfill({ status: 422, json: {} }));
    await visit(page, stipple.url, `clients/${id}/book`);
    await page.getByText('sessions are booked at 4.5 hours unless you give their length').waitFor();
    await page.unroute('**/quotes');
    await button(page, 'Try again').click();
    await page.locator('.refusal').waitFor({ state: 'detached' });
  });

  it('finish an appointment at the hours it really had', async () => {
    const id = await addClient('Fay Finish');
    await consultation(id, Date.now() + 2 * 3_600_000);
    await visit(page, stipple.url, `clients/${id}`);
    await openLine('Consultation');
    await button(page, 'Begin now').click();
    await page.locator('.chip', { hasText: 'In the chair' }).first().waitFor();
    await openLine('Consultation');
    await button(page, 'Finish').click();
    await field(page, 'Really began').fill(localOf(Date.now() - 40 * MINUTE_MS).slice(11, 16));
    await field(page, 'Really ended').fill(localOf(Date.now() - 5 * MINUTE_MS).slice(11, 16));
    await field(page, 'Note').fill('wants to think about it');
    await expectAccessible(page, 'finishing an appointment');
    await button(page, 'It is finished').click();
    await dialog().waitFor({ state: 'detached' });
    const { others } = await call<{ others: { status: string; start: string; note: string }[] }>(
      page,
      'GET',
      `/clients/${id}/courses`,
    );
    expect(others).toMatchObject([{ status: 'done', note: 'wants to think about it' }]);
  });

  it('find a client by parts of name, address and number', async () => {
    await addClient('José Núñez Alba', { email: 'jose@alba.example', phone: '+34 612 34 56 78' });
    await addClient('Ann Other');
    await visit(page, stipple.url, 'clients');
    const names = () => page.locator('.lines strong').allInnerTexts();
    for (const typed of ['nunez', 'JOSE@ALBA', '612 34']) {
      await field(page, 'Search').fill(typed);
      await expect.poll(names, { message: typed }).toEqual(['José Núñez Alba']);
    }
    await field(page, 'Search').fill('nobody at all');
    await heading(page, 'Nobody fits that').waitFor();
    await expectAccessible(page, 'searching clients');
    await expectUsable(page, 'searching clients');
  });

  it('make two records of one person one', async () => {
    const first = await addClient('Tom Twice', { email: 'tom@mail.example' });
    const second = await addClient('Thomas Twice', { email: 'tom@mail.example' });
    await consultation(second, Date.now() + 5 * DAY_MS);
    await visit(page, stipple.url, 'clients/duplicates');
    await heading(page, 'the same e-mail address').waitFor();
    await page.getByText('Tom Twice, tom@mail.example').click();
    await expectAccessible(page, 'merging records');
    await button(page, 'Make them one').click();
    await heading(page, 'No two records look alike').waitFor();
    await visit(page, stipple.url, `clients/${first}`);
    await page.locator('button.line', { hasText: 'Consultation' }).waitFor();
    expect(await call(page, 'GET', `/clients/${second}`)).toMatchObject({ status: 'merged', mergedInto: first });
  });

  it('block time, say what is in the way, and free it again', async () => {
    const id = await addClient('Abe Absent');
    const at = Date.now() + 3 * DAY_MS;
    const day = localOf(at).slice(0, 10);
    await consultation(id, at);
    await visit(page, stipple.url, `calendar/${day}`);
    await button(page, 'Block time').click();
    await field(page, 'Reason').fill('Training');
    await expectAccessible(page, 'blocking time');
    await button(page, 'Block it').click();
    await page.getByText('In the way, to be moved in the calendar: 1 appointment').waitFor();
    await button(page, 'Understood').click();
    await button(page, 'Block time').click();
    await dialog().getByText('Training').waitFor();
    await button(page, 'Free it').click();
    await dialog().getByText('Training').waitFor({ state: 'detached' });
    await button(page, 'Close').click();
  });

  it('give a course more sessions', async () => {
    const id = await addClient('Gil Grow');
    await screen(id);
    const wish = { clientId: id, locationId, skill: 'shaved', sessions: 3 };
    const { proposals } = await call<Found>(page, 'POST', '/courses/propose', wish);
    await call(page, 'POST', '/courses', { ...wish, choices: proposals[0]!.sessions });
    await visit(page, stipple.url, `clients/${id}`);
    await button(page, 'More sessions').click();
    await page.locator('.proposal').first().waitFor();
    await field(page, 'Sessions in all').selectOption('5');
    await page.locator('.proposal', { hasText: 'Fits best' }).locator('.proposal-session').nth(1).waitFor();
    await expectAccessible(page, 'a course that grows');
    expect(await button(page, 'Book them').isDisabled(), 'five want a reason').toBe(true);
    await field(page, 'Why so many').fill('A large area');
    await button(page, 'Book them').click();
    await page.getByText('Session 5 of 5').waitFor();
  });

  it('let a stranger ask the studio something, by the form that it links to', async () => {
    await visit(page, stipple.url, '');
    const form = await page.getByRole('link', { name: 'The form to link from your own site' }).getAttribute('href');
    const stranger = await openPage(browser, { width: 360, height: 780 });
    await withAxe(stranger.page.context());
    stranger.page.setDefaultTimeout(PATIENCE_MS);
    await visit(stranger.page, stipple.url, form!.replace('#/', ''));
    await heading(stranger.page, 'Ask North Light').waitFor();
    await expectAccessible(stranger.page, 'the form for enquiries');
    await expectUsable(stranger.page, 'the form for enquiries');
    await field(stranger.page, 'Your name').fill('Stella Stranger');
    await field(stranger.page, 'Your e-mail address').fill('stella@mail.example');
    await field(stranger.page, 'What you would like to know').fill('Does it hurt?');
    await button(stranger.page, 'Send it').click();
    await heading(stranger.page, 'Thank you').waitFor();
    await stranger.page.context().close();
    await page.reload();
    await page.getByRole('main').getByRole('link', { name: 'Stella Stranger' }).click();
    await page.getByText('Does it hurt?').waitFor();
  });

  it('ask what the doctor says in a note, and go by it', async () => {
    const id = await addClient('Dora Doctor');
    await screen(id, { diabetes: 'yes' });
    await visit(page, stipple.url, `clients/${id}`);
    await button(page, 'Add the doctor’s note').click();
    const note = { name: 'note.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7 fine') };
    await page.getByLabel('The doctor’s note as a file').setInputFiles(note);
    expect(await button(page, 'Keep the note').isDisabled(), 'nothing is said yet').toBe(true);
    await page.getByText('Wait until a day').click();
    await field(page, 'Not before').fill('2099-01-01');
    await expectAccessible(page, 'a doctor’s note');
    await button(page, 'Keep the note').click();
    await page.getByText('The doctor says: wait until Thu 1 Jan 2099').waitFor();
    await page.getByText('Sessions may be booked from Thu 1 Jan 2099').waitFor();
  });

  it('rename a room', async () => {
    await visit(page, stipple.url, 'studio/places');
    await button(page, 'Rename').first().click();
    await page.getByLabel('New name of').fill('Garden room');
    await button(page, 'Keep the name').click();
    await page.getByText('Garden room', { exact: true }).waitFor();
  });

  it('go on with the price list in the currency that the studio has now', async () => {
    interface Library {
      readonly version: number;
      readonly content: { readonly currency: string; readonly shaved: readonly { readonly priceMinor: number }[] };
    }
    const library = () => call<Library>(page, 'GET', '/libraries/prices');
    const { version, content } = await library();
    await call(page, 'PUT', '/libraries/prices', { basedOn: version, content });
    await call(page, 'PATCH', '/studio', { currency: 'GBP' });
    await visit(page, stipple.url, 'studio/prices');
    await page.reload();
    await page.getByText('These prices are in EUR; the studio now works in GBP.').waitFor();
    await button(page, 'Keep as the next version').click();
    await page.getByText(`Version ${version + 2}`).waitFor();
    const next = await library();
    expect(next.content).toMatchObject({ currency: 'GBP', shaved: content.shaved });
    await call(page, 'PATCH', '/studio', { currency: 'EUR' });
    await call(page, 'PUT', '/libraries/prices', { basedOn: next.version, content });
    await page.reload();
  });

  it('let a client accept the quote, book its course, and give a session up', async () => {
    const id = await addClient('Bo Books');
    await screen(id);
    interface Made {
      readonly id: string;
      readonly version: number;
    }
    const area = { areaCm2: { value: 200, low: 190, high: 210, source: 'taped' }, extentSource: 'taped' };
    const made = await call<Made>(page, 'POST', `/clients/${id}/quotes`, { style: 'shaved', sessions: 3, ...area });
    await call(page, 'POST', `/quotes/${made.id}/status`, { version: made.version, status: 'sent' });
    const person = { email: 'bo@mail.example', name: 'Bo Books', role: 'client', clientId: id };
    const { link } = await call<{ link: string }>(page, 'POST', '/people/invitations', person);
    const own = await openPage(browser, { width: 360, height: 780 });
    await withAxe(own.page.context());
    own.page.setDefaultTimeout(PATIENCE_MS);
    await own.page.goto(link);
    await field(own.page, 'Password').fill('orange violin carpet');
    await button(own.page, 'Open my account').click();
    await own.page.getByText('once you have accepted a quote').waitFor();
    await button(own.page, 'Accept this quote').click();
    await button(own.page, 'Book your course').click();
    await button(own.page, 'Find dates').click();
    await own.page.locator('.proposal').first().waitFor();
    await expectAccessible(own.page, 'booking one’s own course');
    await expectUsable(own.page, 'booking one’s own course');
    await button(own.page, 'Book all 3 sessions').click();
    const sessions = own.page.locator('.own-appointment', { hasText: 'of 3' });
    await sessions.nth(2).waitFor();
    expect(await button(own.page, 'Book your course').count(), 'it is booked').toBe(0);
    await sessions.nth(2).getByRole('button', { name: 'Cancel', exact: true }).click();
    await expectAccessible(own.page, 'giving a session up');
    await button(own.page, 'Cancel this appointment').click();
    await expect.poll(() => sessions.count()).toBe(2);
    await own.page.context().close();
  });

  it('end a session for good that was interrupted', async () => {
    const id = await addClient('Ian Interrupt');
    await screen(id);
    const wish = { clientId: id, locationId, skill: 'shaved', sessions: 3, minutes: [30, 30, 30] };
    const { proposals } = await call<Found>(page, 'POST', '/courses/propose', wish);
    await call(page, 'POST', '/courses', { ...wish, choices: proposals[0]!.sessions });
    await visit(page, stipple.url, `clients/${id}`);
    await openLine('Session 1 of 3');
    await button(page, 'Begin now').click();
    await page.locator('.chip', { hasText: 'In the chair' }).first().waitFor();
    await openLine('Session 1 of 3');
    await button(page, 'Interrupt').click();
    await field(page, 'Reason').fill('Power cut');
    await button(page, 'Interrupt it').click();
    await page.locator('.chip', { hasText: 'Interrupted' }).first().waitFor();
    await openLine('Session 1 of 3');
    await expectAccessible(page, 'an interrupted session');
    await button(page, 'It ends here').click();
    await dialog().waitFor({ state: 'detached' });
    await page.locator('.line', { hasText: 'Session 1 of 3' }).locator('.chip', { hasText: 'Done' }).waitFor();
  });

  it('say that the client did not come, and that what nobody began took place', async () => {
    const [missed, held] = soonBooked;
    await page.waitForTimeout(Math.max(0, soonMs - Date.now() + 500));
    await visit(page, stipple.url, `clients/${missed}`);
    await openLine('Consultation');
    await expectAccessible(page, 'an appointment whose hour has come');
    expect(await button(page, 'It took place').count()).toBe(1);
    await button(page, 'The client did not come').click();
    await page.locator('.chip', { hasText: 'Missed' }).first().waitFor();
    // The other one's hour is still to come.
    await visit(page, stipple.url, `clients/${held}`);
    await openLine('Consultation');
    await button(page, 'Begin now').waitFor();
    for (const early of ['It took place', 'The client did not come']) expect(await button(page, early).count()).toBe(0);
    await button(page, 'Close').click();
    expect(faults.filter((fault) => !/status of (401|403|404|409|422)/.test(fault))).toEqual([]);
  }, 120_000);
});
