/** The studio in a real browser, on the real server and database: from the first link to a course that is cancelled. */
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openChromium, openPage, startStipple, type RunningStipple } from './chromium-page.ts';
import { SET_UP_MS } from './editor-page.ts';
import {
  button,
  call,
  codeOf,
  expectAccessible,
  expectUsable,
  field,
  fingerOn,
  heading,
  link,
  OWNER,
  PROOF,
  settled,
  visit,
  withAxe,
} from './studio-page.ts';

/** Far above what is measured; says only that it is not stuck. */
const PATIENCE_MS = 15_000;
const TABLET = { width: 820, height: 1180 };
const PHONE = { width: 360, height: 780 };

let stipple: RunningStipple;
let browser: Browser;
/** The owner's tablet: stays signed in from the first test on. */
let page: Page;
let faults: readonly string[];
let jonas: string;

/** Computed while the server starts. */
const document = sampleDocument();
let summary: PlanSummary;

beforeAll(async () => {
  const starting = Promise.all([startStipple(), openChromium()]);
  summary = summarisePlan(realisePlan(document, sampleReserve()));
  [stipple, browser] = await starting;
  ({ page, faults } = await openPage(browser, TABLET));
  await withAxe(page.context());
  page.setDefaultTimeout(PATIENCE_MS);
}, SET_UP_MS);
afterAll(async () => {
  await browser?.close();
  await stipple?.stop();
});

/** Refusals are answers; the browser calls each of them an error. */
const realFaults = (): string[] => faults.filter((fault) => !/status of (401|403|404|409|422)/.test(fault));

const idOf = (address: string): string => /clients\/([0-9a-f-]{36})/.exec(address)![1]!;

describe('the studio', () => {
  it('is set up by whoever has the link of the first start, up to the first bookable practitioner', async () => {
    await page.goto(stipple.firstLink);
    await field(page, 'Name of the studio').fill('North Light');
    await field(page, 'Time zone').selectOption('Europe/Berlin');
    await field(page, 'Currency').selectOption('EUR');
    await field(page, 'Your name').fill(OWNER.name);
    await field(page, 'Your e-mail address').fill(OWNER.email);
    await field(page, 'Password').fill(OWNER.password);
    await button(page, 'Set up the studio').click();
    await heading(page, 'Before the first course can be booked').waitFor();

    await link(page, 'A practitioner with hours and skills').click();
    await button(page, 'Add the first practitioner').click();
    await field(page, 'Name').fill('Ada Stone');
    await page.getByLabel('Shaved look').check();
    await field(page, 'Public page').fill('ada-stone');
    await button(page, 'Keep').click();
    await page.getByText('No certificate is on file.').waitFor();
    await button(page, 'Add a certificate').click();
    await field(page, 'Title').fill('Advanced micropigmentation');
    await field(page, 'Issued by').fill('Guild of Practitioners');
    await field(page, 'Issued on').fill('2025-01-10');
    await field(page, 'Expires on').fill('2099-01-10');
    await page.getByLabel('The certificate as a file').setInputFiles(PROOF);
    await button(page, 'Keep the certificate').click();
    await page.getByText('can be booked', { exact: true }).waitFor();

    await link(page, 'Today').click();
    await heading(page, 'Appointments today').waitFor();
    expect(await heading(page, 'Before the first course').count()).toBe(0);
  });

  it('writes an enquiry down, and asks before it writes the same person down twice', async () => {
    await link(page, 'New enquiry').click();
    await field(page, 'Name').fill('Jonas Weber');
    await field(page, 'E-mail address').fill('jonas@mail.example');
    await button(page, 'Keep').click();
    await heading(page, 'Jonas Weber').waitFor();
    jonas = idOf(page.url());

    await visit(page, stipple.url, 'clients/new');
    await field(page, 'Name').fill('Jonas Weber');
    await field(page, 'E-mail address').fill('jonas@mail.example');
    await button(page, 'Keep').click();
    await page.getByText('The studio may know this person already').waitFor();
    expect(await field(page, 'Name').inputValue(), 'what was typed stays').toBe('Jonas Weber');
    await page.getByRole('main').getByRole('link', { name: 'Jonas Weber' }).click();
    await heading(page, 'Jonas Weber').waitFor();
    expect(idOf(page.url())).toBe(jonas);
  });

  it('books a consultation at a free hour', async () => {
    await button(page, 'Single appointment').click();
    await button(page, 'Find free hours').click();
    await page.locator('.free-hour').first().click();
    await button(page, 'Book it').click();
    await page.locator('.line', { hasText: 'Consultation' }).waitFor();
  });

  it('screens before sessions may be booked', async () => {
    await link(page, 'Ask now').click();
    const open = page.locator('.questions > li');
    await open.first().waitFor();
    for (let i = 0; i < (await open.count()); i++) {
      const question = open.nth(i);
      // The first one asks whether the answers may be kept.
      const no = question.getByText(i === 0 ? 'Yes' : 'No', { exact: true });
      const day = question.locator('input[type=date]');
      if (await no.count()) await no.click();
      else if (await day.count()) await day.fill('1984-05-02');
      else await question.locator('.choices-row label').first().click();
    }
    await button(page, 'Keep the answers').click();
    await heading(page, 'Jonas Weber').waitFor();
    await page.getByText(/^Sessions may be booked/).waitFor();
  });

  it('keeps a plan that the planning page hands over, and works out a quote from it', async () => {
    await page.goto(`${stipple.url}/?client=${jonas}`);
    const order = JSON.stringify({ document, summary, clientId: jonas, planId: null, photos: [] });
    // As a text: the browser is to import it, not the test's bundler.
    await page.evaluate(
      `import('/studio/keep-plan.js').then((studio) => studio.openKeepPlan({ ...${order}, onKept: () => (document.title = 'kept') }))`,
    );
    await page.getByText('Jonas Weber').waitFor();
    await expectAccessible(page, 'keeping a plan');
    await field(page, 'Title').fill('First plan');
    await button(page, 'Keep the plan').click();
    await link(page, 'Open the record').waitFor();
    expect(await page.title(), 'the planning page is told').toBe('kept');
    await link(page, 'Open the record').click();
    await heading(page, 'First plan').waitFor();

    await link(page, 'Quote from it').click();
    await button(page, 'Work out the price').click();
    await heading(page, 'Jonas Weber').waitFor();
    await page.locator('.quote', { hasText: 'Valid until' }).waitFor();
    await button(page, 'Recompute it from its printed inputs').click();
    await page.getByText('the same to the last cent').waitFor();
    await visit(page, stipple.url, `clients/${jonas}/quote`);
    await field(page, 'Area to treat').fill('210');
    await button(page, 'Work out the price').click();
    await heading(page, 'Jonas Weber').waitFor();
    const priced = page.locator('.quote').filter({ hasNotText: 'A range cannot be accepted' });
    await priced.getByRole('button', { name: 'Mark as sent' }).click();
    await priced.getByRole('button', { name: 'The client accepts' }).click();
    await link(page, 'Book the course').waitFor();
  });

  it('books a course whole, around what the client keeps free', async () => {
    await link(page, 'Book the course').click();
    await field(page, 'First day').fill('2099-01-01');
    await button(page, 'Add').click();
    await page.getByText('Away, or cannot come: Thu 1 Jan 2099').waitFor();
    await button(page, 'Find dates').click();
    await heading(page, 'Sets of dates that fit').waitFor();
    expect(await page.locator('.proposal').count()).toBeGreaterThan(1);
    await expectAccessible(page, 'booking a course');
    await expectUsable(page, 'booking a course');
    await button(page, 'Book all 3 sessions').click();
    await page.getByText('Session 3 of 3').waitFor();
    expect(await page.locator('.course .tape-booked').count()).toBe(3);
    await page.getByText('Its course is booked: 3 sessions, the first on').waitFor();
    expect(await link(page, 'Book the course').count(), 'it is booked').toBe(0);
  });

  it('brings other dates when somebody was faster, and then books those', async () => {
    const made = await call<{ id: string }>(page, 'POST', '/clients', {
      status: 'active',
      profile: { name: 'Miriam Aydin' },
    });
    const [screening] = (
      await call<{ items: { askedVersion: number; answers: object }[] }>(page, 'GET', `/clients/${jonas}/screenings`)
    ).items;
    for (const client of [made.id])
      await call(page, 'POST', `/clients/${client}/screenings`, {
        askedVersion: screening!.askedVersion,
        answers: screening!.answers,
      });
    await visit(page, stipple.url, `clients/${made.id}/book`);
    await button(page, 'Find dates').click();
    await heading(page, 'Sets of dates that fit').waitFor();
    // Ada is away all of a sudden on the first day that was proposed.
    const studio = await call<{ practitioners: { id: string }[] }>(page, 'GET', '/studio');
    const first = await page.locator('.proposal-session').first().innerText();
    const day = new Date(`${/\d+ \w+ \d{4}/.exec(first)![0]} UTC`);
    await call(page, 'POST', '/absences', {
      practitionerId: studio.practitioners[0]!.id,
      start: day.toISOString(),
      end: new Date(day.getTime() + 86_400_000).toISOString(),
      reason: 'Training',
    });
    await button(page, 'Book all 3 sessions').click();
    await page.locator('.refusal').waitFor();
    await button(page, 'Show other dates').click();
    await page.locator('.refusal').waitFor({ state: 'detached' });
    await button(page, 'Book all 3 sessions').click();
    await page.getByText('Session 3 of 3').waitFor();
  });

  it('carries a session to another hour: the rules answer while it is held, and the course stays whole', async () => {
    const { items } = await call<{ items: { appointments: { n: number; firstDay: string }[] }[] }>(
      page,
      'GET',
      `/clients/${jonas}/courses`,
    );
    const second = items[0]!.appointments.find(({ n }) => n === 2)!;
    await visit(page, stipple.url, `calendar/${second.firstDay}`);
    await expectAccessible(page, 'calendar');
    const block = page.locator('.block', { hasText: 'Jonas Weber' });
    const box = (await block.boundingBox())!;
    await page.mouse.move(box.x + 40, box.y + 20);
    await page.mouse.down();
    await page.mouse.move(box.x + 40, box.y + 20 + 54, { steps: 4 });
    await page.locator('.ghost', { hasText: /^10:00 to 14:30fits/ }).waitFor();
    await page.mouse.move(box.x + 40, box.y + 20 + 540, { steps: 4 });
    await page.locator('.ghost-no', { hasText: 'outside the hours' }).waitFor();
    await page.mouse.move(box.x + 40, box.y + 20 + 54, { steps: 4 });
    await page.mouse.up();
    await button(page, /^Move (it|them)$/)
      .first()
      .click();
    await page.locator('.dialog').waitFor({ state: 'detached' });
    await page.locator('.block', { hasText: '10:00 Session 2' }).waitFor();
    const after = await call<typeof items>(page, 'GET', `/clients/${jonas}/courses`);
    expect((after as unknown as { items: typeof items }).items[0]!.appointments).toHaveLength(3);
  });

  it('loses nothing that was typed when the sign-in ends', async () => {
    await visit(page, stipple.url, 'clients/new');
    await field(page, 'Name').fill('Pat Doe');
    await field(page, 'What they ask for').fill('Wants to know the price.');
    await call(page, 'POST', '/sign-out');
    await button(page, 'Keep').click();
    await heading(page, 'Sign in again').waitFor();
    await page.locator('.dialog').getByLabel('Password').fill(OWNER.password);
    await page.locator('.dialog').getByRole('button', { name: 'Sign in', exact: true }).click();
    await page.locator('.dialog').waitFor({ state: 'detached' });
    expect(await field(page, 'What they ask for').inputValue()).toBe('Wants to know the price.');
    await button(page, 'Keep').click();
    await heading(page, 'Pat Doe').waitFor();
  });

  it('shows a client the own course, who moves a session within the rules', async () => {
    const { link: invitation } = await call<{ link: string }>(page, 'POST', '/people/invitations', {
      email: 'jonas@mail.example',
      name: 'Jonas Weber',
      role: 'client',
      clientId: jonas,
    });
    const own = await openPage(browser, PHONE);
    await withAxe(own.page.context());
    own.page.setDefaultTimeout(PATIENCE_MS);
    await own.page.goto(invitation);
    await field(own.page, 'Password').fill('orange violin carpet');
    await button(own.page, 'Open my account').click();
    await heading(own.page, 'Your course').waitFor();
    await settled(own.page);
    await expectAccessible(own.page, 'own course');
    await expectUsable(own.page, 'own course');
    expect(await link(own.page, 'Clients').count()).toBe(0);
    const [, , third] = await own.page.locator('.own-appointment strong').allInnerTexts();
    await own.page.locator('.own-appointment', { hasText: 'Session 3' }).getByRole('button', { name: 'Move' }).click();
    await button(own.page, 'Take this').first().click();
    await own.page.locator('.dialog').waitFor({ state: 'detached' });
    await expect
      .poll(async () => (await own.page.locator('.own-appointment strong').allInnerTexts())[2])
      .not.toBe(third);
    await own.page.context().close();
  });

  it('cancels a course as a whole, and frees its hours', async () => {
    await visit(page, stipple.url, `clients/${jonas}`);
    await button(page, 'Cancel the course …').click();
    await field(page, 'Reason').fill('Moves abroad');
    await button(page, 'Cancel the course').click();
    await page.locator('.chip', { hasText: 'Cancelled' }).first().waitFor();
    await page.getByText('3 were cancelled').waitFor();
  });

  it('has no screen that scrolls sideways or shuts anybody out, on a phone and on a tablet', async () => {
    const { studioId } = await call<{ studioId: string }>(page, 'GET', '/me');
    const screens = [
      '',
      'calendar',
      'clients',
      'clients/new',
      `clients/${jonas}`,
      `clients/${jonas}/quote`,
      `clients/${jonas}/screening`,
      'studio/places',
      'studio/practitioners',
      'studio/prices',
      'studio/pigments',
      'studio/rules',
      'studio/people',
      'studio/import',
      'studio/tokens',
      'studio/audit',
      'account',
      `provider/${studioId}/ada-stone`,
    ];
    for (const screen of screens) {
      await page.setViewportSize(PHONE);
      await visit(page, stipple.url, screen);
      await expectUsable(page, screen);
      await expectAccessible(page, screen);
      await page.setViewportSize(TABLET);
      await expectUsable(page, screen);
    }
    const stranger = await openPage(browser, PHONE);
    await withAxe(stranger.page.context());
    for (const screen of ['', 'forgotten', 'invitation/x', 'reset/x']) {
      await visit(stranger.page, stipple.url, screen);
      await expectUsable(stranger.page, screen);
      await expectAccessible(stranger.page, screen);
    }
  }, 60_000);

  it('picks an appointment up by its grip on a touch screen, and scrolls under a finger anywhere else', async () => {
    const context = await browser.newContext({
      viewport: TABLET,
      hasTouch: true,
      storageState: await page.context().storageState(),
    });
    const tablet = await context.newPage();
    tablet.setDefaultTimeout(PATIENCE_MS);
    const { items } = await call<{ items: { nextAppointment: string | null }[] }>(
      page,
      'GET',
      '/clients?search=Miriam',
    );
    await visit(tablet, stipple.url, `calendar/${items[0]!.nextAppointment!.slice(0, 10)}`);
    const finger = await fingerOn(tablet);
    const block = tablet.locator('.block-booked', { hasText: 'Miriam Aydin' });
    const [box, grip] = [(await block.boundingBox())!, (await block.locator('.block-grip').boundingBox())!];

    await finger.drag(box.x + 30, box.y + 90, -60);
    expect(await tablet.locator('.ghost').count()).toBe(0);
    await finger.lift();
    expect(await tablet.locator('.dialog').count(), 'scrolling opens nothing').toBe(0);

    await visit(tablet, stipple.url, `calendar/${items[0]!.nextAppointment!.slice(0, 10)}`);
    await finger.drag(grip.x + grip.width / 2, grip.y + 20, 108);
    await tablet.locator('.ghost').waitFor();
    await finger.lift();
    await tablet.locator('.dialog').waitFor();
    await context.close();
  });

  it('asks for the second factor at the door, and lets in by a code of recovery', async () => {
    await visit(page, stipple.url, 'account');
    await button(page, 'Turn it on').click();
    await field(page, 'Your password, once more').fill(OWNER.password);
    await button(page, 'Go on').click();
    await page.getByRole('img', { name: 'The secret as a QR code' }).waitFor();
    const secret = await page.locator('.hint .secret-text').innerText();
    await field(page, 'Code').fill(codeOf(secret, Date.now()));
    await button(page, 'Turn it on').click();
    const recovery = await page.locator('.codes li').first().innerText();
    await button(page, 'I have them').click();
    await button(page, 'Sign out').click();
    await heading(page, 'Sign in to the studio').waitFor();
    await field(page, 'E-mail address').fill(OWNER.email);
    await field(page, 'Password').fill(OWNER.password);
    await button(page, 'Sign in').click();
    await field(page, 'Code').fill(recovery);
    await button(page, 'Go on').click();
    await heading(page, 'Appointments today').waitFor();
    expect(realFaults()).toEqual([]);
  });
});
