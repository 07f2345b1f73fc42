import { beforeAll, describe, expect, it } from 'vitest';
import { PRICE_LIST_DEFAULTS } from '@stipple/core/quote/price-list.ts';
import { type TestApp, type TestBrowser, testApp } from '../http/testing/test-app.ts';

const WEEK = { weekly: [[], [{ from: 540, to: 1080 }], [], [], [], [], []] };
const PDF = new File(['%PDF-1.7 a certificate'], 'certificate.pdf', { type: 'application/pdf' });

describe('the settings of a studio', () => {
  let app: TestApp;
  let owner: TestBrowser;
  let locationId: string;
  let practitionerId: string;
  beforeAll(async () => {
    app = await testApp();
    owner = await app.owner();
    locationId = (await owner.get('/studio')).body.locations[0].id;
    practitionerId = (await addPractitioner('ada')).body.id;
  });
  const addPractitioner = (slug: string | null) =>
    owner.post('/practitioners', {
      locationId,
      name: 'Ada',
      skills: ['shaved', 'scars'],
      hours: WEEK,
      maxMinutesADay: 480,
      slug,
      biography: 'Works since 2019.',
    });
  const certificate = { skill: 'shaved', title: 'SMP', issuer: 'School', number: '7', issuedOn: '2026-01-01' };
  const addCertificate = (more: Record<string, string | File>) => {
    const form = new FormData();
    for (const [name, value] of Object.entries({ ...certificate, ...more })) form.set(name, value);
    return owner.post(`/practitioners/${practitionerId}/certificates`, undefined, { form });
  };
  const card = async () =>
    (await owner.get('/studio')).body.practitioners.find(({ id }: { id: string }) => id === practitionerId);

  it('change one by one and keep the others', async () => {
    expect((await owner.patch('/studio', { settings: { quoteValidDays: 30 }, name: 'Still Water' })).status).toBe(200);
    expect((await owner.get('/studio')).body).toMatchObject({
      name: 'Still Water',
      settings: { quoteValidDays: 30, gapsDays: [14, 28] },
    });
    expect((await owner.patch('/studio', { settings: { gapsDays: [6] } })).body.code).toBe('input-wrong');
    expect((await owner.patch('/studio', { timeZone: 'Mars/Olympus' })).body.code).toBe('input-wrong');
  });

  it('have places with hours and days off, and rooms that stay where they are booked', async () => {
    const opening = { ...WEEK, exceptions: [{ day: '2027-12-24', spans: [] }] };
    const place = await owner.post('/locations', {
      name: 'Second',
      timeZone: 'America/New_York',
      address: '',
      opening,
    });
    expect(place.status).toBe(200);
    const room = (await owner.post('/rooms', { locationId: place.body.id, name: 'Blue' })).body;
    expect((await owner.patch(`/rooms/${room.id}`, { active: false })).status).toBe(200);
    const studio = (await owner.get('/studio')).body;
    expect(studio.locations.find(({ id }: { id: string }) => id === place.body.id).opening).toEqual(opening);
    expect(studio.rooms.find(({ id }: { id: string }) => id === room.id)).toMatchObject({
      name: 'Blue',
      active: false,
    });
    const backwards = { ...opening, weekly: [[{ from: 600, to: 500 }], [], [], [], [], [], []] };
    expect((await owner.patch(`/locations/${place.body.id}`, { opening: backwards })).body.code).toBe('input-wrong');
  });

  it('know which skills of a practitioner a certificate covers today', async () => {
    const bookable = async () =>
      (await card()).bookable.map(({ skill, isBookable, why }: Record<string, unknown>) => [skill, isBookable, why]);
    expect((await bookable())[0]).toEqual(['shaved', false, 'No certificate is on file.']);
    const { body } = await addCertificate({ expiresOn: '2027-03-01' });
    expect(await bookable()).toEqual([
      ['shaved', true, 'Certificate valid through 2027-03-01.'],
      ['density', false, 'Not among the skills of this practitioner.'],
      ['scars', false, 'No certificate is on file.'],
      ['patches', false, 'Not among the skills of this practitioner.'],
    ]);
    app.pass(60 * 24);
    expect((await bookable())[0]).toEqual(['shaved', false, 'The certificate expired on 2027-03-01.']);
    await addCertificate({ skill: 'smp', expiresOn: '2030-01-01' });
    expect((await bookable()).filter(([, isBookable]: unknown[]) => isBookable)).toHaveLength(2);
    expect((await owner.delete(`/certificates/${body.id}`)).status).toBe(200);
    expect((await owner.delete(`/certificates/${body.id}`)).body.code).toBe('not-found');
    expect((await addCertificate({ expiresOn: '2025-12-31' })).body.code).toBe('input-wrong');
  });

  it('keep the proof of a certificate, sealed, and only what can be shown', async () => {
    const { body } = await addCertificate({ expiresOn: '2030-01-01', proof: PDF });
    const proof = await owner.get(`/certificates/${body.id}/proof`);
    expect(proof.headers['content-type']).toBe('application/pdf');
    expect(proof.headers['content-security-policy']).toContain('sandbox');
    expect(proof.body.toString()).toBe('%PDF-1.7 a certificate');
    const page = new File(['<script>alert(1)</script>'], 'certificate.pdf', { type: 'application/pdf' });
    expect((await addCertificate({ expiresOn: '2030-01-01', proof: page })).body.code).toBe('file-unusable');
  });

  it('list who is away, and what stands in the way of an absence', async () => {
    const start = '2027-05-01T00:00:00.000Z';
    const end = '2027-05-08T00:00:00.000Z';
    const added = await owner.post('/absences', { practitionerId, start, end, reason: 'Holiday' });
    expect(added.body.appointmentsInTheWay).toEqual([]);
    const within = `/absences?from=2027-05-07T23:59:59.000Z&to=2027-05-09T00:00:00.000Z`;
    expect((await owner.get(within)).body.items).toEqual([
      { id: added.body.id, practitionerId, start, end, reason: 'Holiday' },
    ]);
    const after = `/absences?from=2027-05-08T00:00:00.000Z&to=2027-05-09T00:00:00.000Z`;
    expect((await owner.get(after)).body.items).toEqual([]);
    expect((await owner.post('/absences', { practitionerId, start: end, end: start, reason: '' })).body.code).toBe(
      'input-wrong',
    );
    expect((await owner.delete(`/absences/${added.body.id}`)).status).toBe(200);
  });

  it('keep price lists by version, refuse one that contradicts itself and one made from an old version', async () => {
    const first = (await owner.get('/libraries/prices')).body;
    expect(first).toMatchObject({ version: 0, createdAt: null, content: { ...PRICE_LIST_DEFAULTS, currency: 'EUR' } });
    const change = (basedOn: number, content: unknown) => owner.put('/libraries/prices', { basedOn, content });
    expect((await change(0, { ...first.content, taxBasisPoints: 1900 })).body).toEqual({ version: 1 });
    expect((await change(0, first.content)).body.code).toBe('changed-meanwhile');
    const [small, ...larger] = first.content.shaved;
    const falling = { ...first.content, shaved: [{ ...small, priceMinor: 99_000_000 }, ...larger] };
    expect((await change(1, falling)).body).toMatchObject({
      code: 'input-wrong',
      data: { detail: expect.stringMatching(/^shaved: /) },
    });
    expect((await owner.get('/libraries/prices')).body.content.taxBasisPoints).toBe(1900);
    expect((await owner.get('/libraries/prices?version=1')).body.version).toBe(1);
    expect((await owner.get('/libraries/prices?version=2')).body.code).toBe('not-found');
    const both = await Promise.all([change(1, first.content), change(1, first.content)]);
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 409]);
  });

  it('show anybody what may be checked of a practitioner, and nothing else', async () => {
    const studioId = (await owner.get('/studio')).body.id;
    const stranger = app.browser();
    const page = (await stranger.get(`/public/${studioId}/practitioners/ada`)).body;
    expect(page).toMatchObject({ studioName: 'Still Water', name: 'Ada', biography: 'Works since 2019.' });
    expect(page.certificates.every(({ isValid }: { isValid: boolean }) => isValid)).toBe(true);
    expect(JSON.stringify(page)).not.toContain(practitionerId);
    expect((await stranger.get(`/public/${studioId}/practitioners/nobody`)).body.code).toBe('not-found');
    expect((await addPractitioner('ada')).body).toMatchObject({
      code: 'input-wrong',
      data: { detail: expect.stringMatching(/^slug: /) },
    });
    expect((await addPractitioner(null)).status).toBe(200);
    await owner.patch(`/practitioners/${practitionerId}`, { active: false });
    expect((await stranger.get(`/public/${studioId}/practitioners/ada`)).body.code).toBe('not-found');
  });
});
