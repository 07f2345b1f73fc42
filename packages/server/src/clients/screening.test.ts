import { unzipSync } from 'fflate';
import { beforeAll, describe, expect, it } from 'vitest';
import { addPractitioner } from '../http/testing/add-practitioner.ts';
import { testApp, type TestApp, type TestBrowser } from '../http/testing/test-app.ts';

let app: TestApp;
let owner: TestBrowser;
let clientId: string;

beforeAll(async () => {
  app = await testApp();
  owner = await app.owner();
  const profile = { name: 'Łukasz <Nowak>', bornOn: '1980-05-06' };
  clientId = (await owner.post('/clients', { status: 'active', profile })).body.id;
});

/** Everything answered so that nothing stands against a session, with what a test changes. */
async function answers(changed: Record<string, unknown> = {}) {
  const { version, questions } = (await owner.get('/screening/questions')).body;
  const clear: Record<string, unknown> = {};
  for (const { id, kind, choices } of questions) {
    clear[id] = kind === 'yes-no' ? 'no' : kind === 'choice' ? choices[0].id : kind === 'day' ? '1980-05-06' : 'none';
  }
  return { askedVersion: version, answers: { ...clear, consent: 'yes', ...changed } };
}
async function screen(changed?: Record<string, unknown>) {
  app.pass(1);
  return (await owner.post(`/clients/${clientId}/screenings`, await answers(changed))).body;
}
const gate = async () => (await owner.get(`/clients/${clientId}/gate`)).body;

describe('screening', () => {
  it('opens the gate when nothing stands against it; nobody unscreened passes', async () => {
    expect(await gate()).toMatchObject({ mayBook: false, earliest: null });
    const { outcome, findings } = await screen({ born: '1980-05-06' });
    expect(findings.map(({ code }: { code: string }) => code)).toEqual(
      expect.not.arrayContaining(['not-answered', 'consent-refused']),
    );
    expect(['clear', 'caution']).toContain(outcome);
    expect((await gate()).mayBook).toBe(true);
  });

  it('takes the boxes of a form for yes and no, and stops at what was left out', async () => {
    expect((await screen({ pregnant: true })).outcome).toBe('stop');
    const left = await screen({ pregnant: undefined });
    expect(left.findings[0]).toMatchObject({ code: 'not-answered', outcome: 'stop' });
    expect((await gate()).mayBook).toBe(false);
  });

  it('waits until the day, and asks for a note that lies behind the wait too', async () => {
    // Today is 1 March 2027.
    const both = await screen({ tan: 'yes', 'tan-day': '2027-02-20', diabetes: 'yes' });
    expect(both).toMatchObject({ outcome: 'defer', deferUntil: '2027-03-06' });
    const { mayBook, reasons } = await gate();
    expect(mayBook).toBe(false);
    expect(reasons[0].text).toContain('note');
    const form = new FormData();
    form.set('file', new File(['%PDF-1.7 fine'], 'note.pdf'));
    const unsaid = await owner.post(`/screenings/${both.id}/note`, undefined, { form });
    expect(unsaid.body.code).toBe('input-wrong');
    form.set('verdict', 'no');
    expect((await owner.post(`/screenings/${both.id}/note`, undefined, { form })).status).toBe(200);
    expect(await gate()).toMatchObject({ mayBook: false, earliest: null });
    form.set('verdict', 'wait');
    expect((await owner.post(`/screenings/${both.id}/note`, undefined, { form })).body.code).toBe('input-wrong');
    form.set('waitUntil', '2027-05-01');
    expect((await owner.post(`/screenings/${both.id}/note`, undefined, { form })).status).toBe(200);
    expect(await gate()).toMatchObject({ mayBook: false, earliest: '2027-05-01' });
    form.delete('waitUntil');
    form.set('verdict', 'yes');
    expect((await owner.post(`/screenings/${both.id}/note`, undefined, { form })).status).toBe(200);
    expect(await gate()).toMatchObject({ mayBook: false, earliest: '2027-03-06' });
    expect((await owner.get(`/screenings/${both.id}/note`)).body.toString()).toBe('%PDF-1.7 fine');
    const taken = unzipSync((await owner.get(`/clients/${clientId}/export`)).body);
    expect(new TextDecoder().decode(taken[`notes/${both.id}.pdf`])).toBe('%PDF-1.7 fine');
    form.set('file', new File(['<html>'], 'note.pdf'));
    expect((await owner.post(`/screenings/${both.id}/note`, undefined, { form })).body.code).toBe('file-unusable');
  });

  it('prints a letter to a doctor in any script, without markup of its own', async () => {
    const { id } = await screen({ 'loss-sudden': 'yes' });
    const { status, body } = await owner.get(`/screenings/${id}/letter`);
    expect(status).toBe(200);
    const page = body.toString();
    expect(page).toContain('Łukasz &lt;Nowak&gt;, born 1980-05-06');
    expect(page).toContain('Did your hair loss begin suddenly');
    const clear = await screen();
    expect((await owner.get(`/screenings/${clear.id}/letter`)).body.code).toBe('not-in-this-state');
    expect((await owner.get(`/screenings/${clear.id}/note`)).status).toBe(404);
  });

  it('of an erased client is the owner’s to read, and nobody else’s', async () => {
    const id = (await owner.post('/clients', { status: 'active', profile: { name: 'Vera Gone' } })).body.id;
    const taken = (await owner.post(`/clients/${id}/screenings`, await answers({ diabetes: 'yes' }))).body;
    const { practitionerId, locationId, roomId } = await addPractitioner(owner);
    const times = { start: '2027-02-23T09:00:00Z', end: '2027-02-23T10:00:00Z' };
    const fact = { clientId: id, kind: 'touch-up', locationId, practitionerId, roomId, ...times };
    expect((await owner.post('/appointments/facts', fact)).status).toBe(200);
    const invitation = { email: 'desk@studio.example', name: 'Dee', role: 'front-desk' };
    const { link } = (await owner.post('/people/invitations', invitation)).body;
    const desk = app.browser();
    await desk.post('/invitations/accept', { link: link.split('/').pop(), password: 'nine slow otters' });
    const ways = [`/clients/${id}/screenings`, `/screenings/${taken.id}/letter`];
    for (const way of ways) expect((await desk.get(way)).status).toBe(200);
    expect((await owner.post(`/clients/${id}/erase`, { confirmName: 'Vera Gone' })).status).toBe(200);
    for (const way of ways) expect((await desk.get(way)).body.code).toBe('not-in-this-state');
    expect((await owner.get(ways[0]!)).body.items).toHaveLength(1);
  });

  it('keeps what was answered, sealed with the key that outlives an erasure', async () => {
    const { items } = (await owner.get(`/clients/${clientId}/screenings`)).body;
    expect(items.length).toBeGreaterThan(4);
    expect(items[1].answers['loss-sudden']).toBe('yes');
    const rows = await app.storage.inEveryStudio((tx) => tx.selectFrom('screenings').select('sealed').execute());
    for (const { sealed } of rows) expect(sealed.toString('latin1')).not.toContain('pregnant');
  });

  it('asks the version of today only', async () => {
    const old = { ...(await answers()), askedVersion: 99 };
    expect((await owner.post(`/clients/${clientId}/screenings`, old)).body.code).toBe('changed-meanwhile');
  });
});
