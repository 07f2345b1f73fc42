import { minutesOfPlan } from '@stipple/core/course/minutes-of-plan.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { sampleDocument, sampleReserve } from '@stipple/core/plan/testing/sample-plan.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { addPractitioner } from '../http/testing/add-practitioner.ts';
import { testApp, type TestApp, type TestBrowser } from '../http/testing/test-app.ts';

let app: TestApp;
let owner: TestBrowser;
let clientId: string;
const AREA = { value: 210, low: 200, high: 221, source: 'soft tape' };
const wish = { style: 'shaved', areaCm2: AREA, extentSource: 'drawn', sessions: 3 };
const make = (rest: object = {}) => owner.post(`/clients/${clientId}/quotes`, { ...wish, ...rest });

beforeAll(async () => {
  app = await testApp();
  owner = await app.owner();
  clientId = (await owner.post('/clients', { status: 'active', profile: { name: 'Quinn Quote' } })).body.id;
  await owner.patch('/studio', { settings: { depositBasisPoints: 2500, quoteValidDays: 14 } });
});

describe('quotes', () => {
  it('suggest the tier from the area and say deposit, payments and last day', async () => {
    const { status, body } = await make();
    expect(status).toBe(200);
    expect(body).toMatchObject({ status: 'draft', currency: 'EUR', likelyMinor: 350000, depositMinor: 87500 });
    expect(body.validUntil).toBe('2027-03-15');
    expect(body.payments).toHaveLength(4);
    expect(body.payments.reduce((sum: number, { minor }: { minor: number }) => sum + minor, 0)).toBe(350000);
    expect((await owner.get(`/quotes/${body.id}/recompute`)).body.isSame).toBe(true);
    const page = (await owner.get(`/quotes/${body.id}/paper`)).body.toString();
    expect(page).toContain('3500.00 EUR');
    expect(page).toContain('Valid until 2027-03-15');
  });

  it('are accepted when sent, within their days, once', async () => {
    const { id, version } = (await make()).body;
    expect((await owner.post(`/quotes/${id}/accept`, { version })).body.code).toBe('not-in-this-state');
    const sent = (await owner.post(`/quotes/${id}/status`, { version, status: 'sent' })).body;
    expect(sent.status).toBe('sent');
    expect((await owner.post(`/quotes/${id}/accept`, { version })).body.code).toBe('changed-meanwhile');
    const accepted = (await owner.post(`/quotes/${id}/accept`, { version: sent.version })).body;
    expect(accepted.status).toBe('accepted');
    const again = await owner.post(`/quotes/${id}/status`, { version: accepted.version, status: 'withdrawn' });
    expect(again.body.code).toBe('not-in-this-state');
  });

  it('accepted, never rise: dearer lists change what is shown and not what is owed', async () => {
    const { id, version } = (await make()).body;
    const sent = (await owner.post(`/quotes/${id}/status`, { version, status: 'sent' })).body;
    await owner.post(`/quotes/${id}/accept`, { version: sent.version });
    const list = (await owner.get('/libraries/prices')).body;
    const content = structuredClone(sent.printed.prices);
    for (const tier of content.shaved) tier.priceMinor += 50000;
    const kept = await owner.put('/libraries/prices', { basedOn: list.version, content });
    expect(kept.status).toBe(200);
    const compared = (await owner.get(`/quotes/${id}/compare`)).body;
    expect(compared.owedMinor).toBe(350000);
    expect(compared.lines).toEqual([expect.objectContaining({ acceptedMinor: 350000, nowMinor: 400000 })]);
    expect((await owner.get(`/quotes/${id}/recompute`)).body.isSame).toBe(true);
    expect((await make()).body.likelyMinor).toBe(400000);
  });

  it('of a template extent are a range, and of no area no price: neither can be accepted', async () => {
    for (const [rest, likely] of [
      [{ extentSource: 'template', areaCm2: { value: 210, low: 130, high: 290, source: 'soft tape' } }, null],
      [{ areaCm2: undefined }, null],
    ] as const) {
      const { id, version, likelyMinor } = (await make(rest)).body;
      expect(likelyMinor).toBe(likely);
      const sent = (await owner.post(`/quotes/${id}/status`, { version, status: 'sent' })).body;
      expect((await owner.post(`/quotes/${id}/accept`, { version: sent.version })).body.code).toBe('not-in-this-state');
    }
    const wrong = await make({ areaCm2: { value: -1, low: 1, high: 2, source: 'x' } });
    expect(wrong.body.code).toBe('input-wrong');
  });

  it('print the tax as the range it is, and with one price what both come to', async () => {
    const { version, content } = (await owner.get('/libraries/prices')).body;
    const taxed = { basedOn: version, content: { ...content, taxBasisPoints: 1900 } };
    expect((await owner.put('/libraries/prices', taxed)).status).toBe(200);
    const paperOf = async (rest: object) =>
      (await owner.get(`/quotes/${(await make(rest)).body.id}/paper`)).body.toString();
    const range = { extentSource: 'template', areaCm2: { value: 150, low: 130, high: 240, source: 'soft tape' } };
    const [low, high] = ['norwood-5', 'norwood-6'].map((id) => {
      const { priceMinor } = content.shaved.find((tier: { id: string }) => tier.id === id);
      return ((priceMinor * 0.19) / 100).toFixed(2);
    });
    expect(await paperOf(range)).toContain(`${low} EUR to ${high} EUR`);
    expect(await paperOf(range)).not.toContain('The course with its tax');
    const { likelyMinor } = (await make()).body;
    expect(await paperOf({})).toContain(`${((likelyMinor * 1.19) / 100).toFixed(2)} EUR`);
  });

  it('are paid with the tax that is added, or say how much of a price with tax it is', async () => {
    const keep = async (rest: object) => {
      const { version, content } = (await owner.get('/libraries/prices')).body;
      const next = { basedOn: version, content: { ...content, taxBasisPoints: 1900, ...rest } };
      expect((await owner.put('/libraries/prices', next)).status).toBe(200);
    };
    const paid = ({ payments }: { payments: { minor: number }[] }) =>
      payments.reduce((sum, { minor }) => sum + minor, 0);
    const read = async (of: string, id: string) => (await owner.get(`/quotes/${id}/${of}`)).body;
    // As lists were kept before it was asked.
    await keep({ taxIs: undefined });
    const added = (await make()).body;
    expect(paid(added)).toBe(added.likelyMinor + (added.likelyMinor * 19) / 100);
    await keep({ taxIs: 'included' });
    const within = (await make()).body;
    expect([within.likelyMinor, paid(within)]).toEqual([added.likelyMinor, added.likelyMinor]);
    expect(within.extras.at(-1)).toMatchObject({ id: 'tax-included', label: 'Tax within the price, 19 %' });
    for (const { id } of [added, within]) {
      expect((await read('paper', id)).toString()).toContain('When it is due, tax included');
      expect(await read('recompute', id)).toMatchObject({ isSame: true });
    }
    await keep({ taxIs: 'added' });
  });

  it('made from a plan say how long the sessions are, where nobody says otherwise', async () => {
    const document = sampleDocument();
    const summary = summarisePlan(realisePlan(document, sampleReserve()));
    const plan = (await owner.post(`/clients/${clientId}/plans`, { title: 'Plan', document, summary })).body;
    const ofPlan = (await make({ planId: plan.id, planN: 1, areaCm2: undefined })).body;
    const { locationId } = await addPractitioner(owner, ['shaved']);
    const lengths = async (rest: object) => {
      const course = { clientId, locationId, skill: 'shaved', sessions: 3, ...rest };
      const { proposals } = (await owner.post('/courses/propose', course)).body;
      return proposals[0].sessions.map(
        ({ start, end }: { start: string; end: string }) => (Date.parse(end) - Date.parse(start)) / 60_000,
      );
    };
    const planned = minutesOfPlan(
      summary.sessions.map((session) => session.hours),
      3,
    );
    expect(planned).not.toEqual([270, 270, 270]);
    expect(await lengths({ quoteId: ofPlan.id })).toEqual(planned);
    expect(await lengths({ quoteId: ofPlan.id, minutes: [60, 60, 60] })).toEqual([60, 60, 60]);
    expect(await lengths({ quoteId: (await make()).body.id })).toEqual([270, 270, 270]);
    expect(await lengths({})).toEqual([270, 270, 270]);
  });

  it('are the studio’s own while they are drafts: the client sees none, by whatever way', async () => {
    const { id, version } = (await make()).body;
    const person = { email: 'quinn@quote.example', name: 'Quinn Quote', role: 'client', clientId };
    const { link } = (await owner.post('/people/invitations', person)).body;
    const client = app.browser();
    await client.post('/invitations/accept', { link: link.split('/').pop(), password: 'nine slow otters' });
    const ways = [`/quotes/${id}/paper`, `/quotes/${id}/recompute`];
    for (const way of ways) expect((await client.get(way)).status).toBe(404);
    expect((await client.post(`/quotes/${id}/accept`, { version })).body.code).toBe('not-found');
    await owner.post(`/quotes/${id}/status`, { version, status: 'sent' });
    for (const way of ways) expect((await client.get(way)).status).toBe(200);
  });

  it('run out after their last day', async () => {
    const { id, version } = (await make()).body;
    const sent = (await owner.post(`/quotes/${id}/status`, { version, status: 'sent' })).body;
    app.pass(15 * 24 * 60);
    const late = await owner.post('/sign-in', { email: 'owner@studio.example', password: 'seven quiet herons' });
    expect(late.status).toBe(200);
    expect((await owner.post(`/quotes/${id}/accept`, { version: sent.version })).body.code).toBe('quote-over');
    const { items } = (await owner.get(`/clients/${clientId}/quotes`)).body;
    expect(items.find((of: { id: string }) => of.id === id).status).toBe('expired');
  });
});
