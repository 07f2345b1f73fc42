/** The studio in WebKit, where a tablet's browser differs most from the one the other tests use. */
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startStipple, type RunningStipple } from './chromium-page.ts';
import { OWNER } from './studio-page.ts';
import { WebkitPage } from './webkit-page.ts';

const PORT = 4461;
const DISPLAY = ':91';

let stipple: RunningStipple;
let page: WebkitPage;

beforeAll(async () => {
  [stipple, page] = await Promise.all([startStipple(), WebkitPage.open(PORT, DISPLAY)]);
});
afterAll(async () => {
  await page?.close();
  await stipple?.stop();
});

/** What is not the subject here is set up through the API, by the page itself. */
const call = <T>(method: string, path: string, body: unknown = null): Promise<T> =>
  page.runAsync<T>(
    `const [method, path, body] = args;
    const isForm = body !== null && body.form;
    const form = new FormData();
    if (isForm) for (const [key, value] of Object.entries(body.form)) form.append(key, value);
    if (isForm) form.append('proof', new File(['%PDF-1.4\\n%%EOF'], 'c.pdf', { type: 'application/pdf' }));
    const answer = await fetch('/api/v1' + path, {
      method,
      headers: {
        'Idempotency-Key': 'webkit-' + Math.floor(performance.now() * 1000) + '-key',
        ...(isForm ? {} : { 'Content-Type': 'application/json' }),
      },
      body: method === 'GET' ? undefined : isForm ? form : JSON.stringify(body ?? {}),
    });
    return answer.json();`,
    method,
    path,
    body,
  );

describe('the studio in WebKit', () => {
  it('is set up, keeps client, consultation, plan and quote, and books, moves and cancels a course', async () => {
    await page.goTo(stipple.firstLink);
    await page.fill('Name of the studio', 'North Light');
    await page.fill('Your name', OWNER.name);
    await page.fill('Your e-mail address', OWNER.email);
    await page.fill('Password', OWNER.password);
    await page.press('Set up the studio');
    await page.sees('Before the first course can be booked');

    const { locations } = await call<{ locations: { id: string; opening: { weekly: unknown } }[] }>('GET', '/studio');
    const [place] = locations;
    const { id } = await call<{ id: string }>('POST', '/practitioners', {
      locationId: place!.id,
      name: 'Ada Stone',
      skills: ['shaved'],
      hours: { weekly: place!.opening.weekly },
      maxMinutesADay: 480,
      slug: null,
      biography: '',
    });
    const certificate = {
      title: 'Advanced',
      issuer: 'Guild',
      number: '',
      issuedOn: '2025-01-10',
      expiresOn: '2099-01-10',
    };
    await call('POST', `/practitioners/${id}/certificates`, { form: { skill: 'smp', ...certificate } });

    await page.press('Clients');
    await page.press('New enquiry');
    await page.fill('Name', 'Jonas Weber');
    await page.fill('E-mail address', 'jonas@mail.example');
    await page.press('Keep');
    await page.sees('Jonas Weber');
    await page.holds(`/clients\\/[0-9a-f-]{36}/.test(location.hash)`);
    const client = await page.run<string>(`return /[0-9a-f-]{36}/.exec(location.hash)[0]`);
    const asked = await call<{
      version: number;
      questions: { id: string; kind: string; when: unknown; choices: { id: string }[] }[];
    }>('GET', '/screening/questions');
    const answers = Object.fromEntries(
      asked.questions
        .filter(({ when }) => when === null)
        .map(({ id: of, kind, choices }, i) => [
          of,
          kind === 'day' ? '1984-05-02' : kind === 'choice' ? choices[0]!.id : i === 0 ? 'yes' : 'no',
        ]),
    );
    await call('POST', `/clients/${client}/screenings`, { askedVersion: asked.version, answers });

    await page.goTo(`${stipple.url}/?client=${client}`);
    const document = sampleDocument();
    const summary = summarisePlan(realisePlan(document, sampleReserve()));
    await page.runAsync(
      `const { openKeepPlan } = await import('/studio/keep-plan.js');
      openKeepPlan({ ...args[0], onKept: () => {} });`,
      { document, summary, clientId: client, planId: null, photos: [] },
    );
    await page.press('Keep the plan');
    await page.press('Open the record');
    await page.holds(`/Version 1,/.test(document.body.innerText)`);

    await page.press('Single appointment');
    await page.press('Find free hours');
    await page.holds(`document.querySelector('.free-hour')`);
    await page.run(`document.querySelector('.free-hour').click()`);
    await page.press('Book it');
    await page.sees('Consultation');

    await page.press('New quote');
    await page.fill('Area to treat', '210');
    await page.press('Work out the price');
    await page.holds(`document.querySelector('.quote-sum')`);
    await page.press('Mark as sent');
    await page.press('The client accepts');
    await page.press('Book the course');
    await page.press('Find dates');
    await page.sees('Sets of dates that fit');
    await page.press('Book all 3 sessions');
    await page.sees('Session 3 of 3');
    const daysOf = (): Promise<string> =>
      page.run(`return [...document.querySelectorAll('.course .tape-day')].map((e) => e.innerText).join()`);
    const booked = await daysOf();

    await page.run(`document.querySelectorAll('.course .line')[1].click()`);
    await page.press('Move');
    await page.press('Move them');
    await page.holds(`!document.querySelector('dialog')`);
    await page.holds(
      `[...document.querySelectorAll('.course .tape-day')].map((e) => e.innerText).join() !== ${JSON.stringify(booked)}`,
    );
    const { items } = await call<{ items: { appointments: unknown[] }[] }>('GET', `/clients/${client}/courses`);
    expect(items[0]!.appointments).toHaveLength(3);

    await page.goTo(`${stipple.url}/studio/#/calendar`);
    await page.press('Week');
    await page.holds(`document.querySelectorAll('.grid-column').length === 7`);
    expect(await page.run(`return document.documentElement.scrollWidth <= innerWidth`)).toBe(true);

    await page.goTo(`${stipple.url}/studio/#/clients/${client}`);
    await page.press('Cancel the course …');
    await page.press('Cancel the course');
    await page.sees('Cancelled');
  });
});
