import { unzipSync } from 'fflate';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { exifBlock, exifSegment, withSegments } from '@stipple/files/photo/testing/photo-bytes.ts';
import type { ClientProfile } from '@stipple/files/wire/clients.ts';
import { loseConnectionAt } from '../http/testing/lose-connection-at.ts';
import { addPractitioner } from '../http/testing/add-practitioner.ts';
import { testApp, type TestApp, type TestBrowser } from '../http/testing/test-app.ts';
import { ClientIndex } from './client-index.ts';
import { careKeyOf, sealProfile } from './client-record.ts';
import { personFinder, plainPhone, samePersonGroups } from './same-person.ts';

let app: TestApp;
let owner: TestBrowser;
let studioId: string;

beforeAll(async () => {
  app = await testApp();
  owner = await app.owner();
  studioId = (await owner.get('/me')).body.studioId;
});

const create = async (profile: object): Promise<string> => {
  const { body } = await owner.post('/clients', { status: 'active', profile, evenIfKnown: true });
  return body.id;
};
const namesFound = async (search: string): Promise<string[]> =>
  (await owner.get(`/clients?search=${encodeURIComponent(search)}`)).body.items.map((of: { name: string }) => of.name);

describe('clients', () => {
  it('are found by parts of their name, address and number, in any order and without accents', async () => {
    await create({ name: 'José Núñez Alba', email: 'jose@alba.example', phone: '+34 612 34 56 78' });
    await create({ name: 'Ann Alba' });
    expect(await namesFound('nunez jose')).toEqual(['José Núñez Alba']);
    expect((await namesFound('alba')).sort()).toEqual(['Ann Alba', 'José Núñez Alba']);
    expect(await namesFound('612-345')).toEqual(['José Núñez Alba']);
    expect(await namesFound('JOSE@ALBA')).toEqual(['José Núñez Alba']);
    expect(await namesFound('nobody')).toEqual([]);
  });

  it('are kept sealed: no name, address or number stands in the database', async () => {
    await create({ name: 'Quentin Unmistakable', email: 'quentin@unmistakable.example', notes: 'prefers mornings' });
    const rows = await app.storage.inEveryStudio((tx) => tx.selectFrom('clients').selectAll().execute());
    const text = rows.map(({ sealed }) => sealed!.toString('latin1')).join();
    for (const word of ['Quentin', 'unmistakable', 'mornings']) expect(text).not.toContain(word);
    expect(rows.length).toBeGreaterThan(0);
  });

  it('who may be the same person are named before a second record is made', async () => {
    const first = await create({ name: 'Bo Ek', phone: '070 123 45 67' });
    const again = await owner.post('/clients', {
      status: 'enquiry',
      profile: { name: 'B. Ek', phone: '+46 70 1234567' },
    });
    expect(again.body).toMatchObject({ id: null, mayBe: [{ id: first, name: 'Bo Ek' }] });
    const anyway = await owner.post('/clients', {
      status: 'enquiry',
      profile: { name: 'Son of Bo Ek', phone: '+46 70 1234567' },
      evenIfKnown: true,
    });
    expect(anyway.body.id).toMatch(/-/);
    const { groups } = (await owner.get('/clients/duplicates')).body;
    expect(groups.map(({ why }: { why: string }) => why)).toContain('the same phone number');
  });

  it('are changed from the version that was seen, and by nobody who saw an older one', async () => {
    const id = await create({ name: 'Vera Two' });
    const changed = await owner.patch(`/clients/${id}`, { version: 1, profile: { notes: 'likes tea' } });
    expect(changed.body).toMatchObject({ version: 2, profile: { name: 'Vera Two', notes: 'likes tea' } });
    const late = await owner.patch(`/clients/${id}`, { version: 1, profile: { notes: 'likes coffee' } });
    expect(late).toMatchObject({ status: 409, body: { code: 'changed-meanwhile' } });
    expect((await owner.get(`/clients/${id}`)).body.profile.notes).toBe('likes tea');
  });

  it('are found although one record was kept under older rules', async () => {
    const id = await create({ name: 'Otto Older' });
    await app.storage.inStudio(studioId, async (tx) => {
      const key = await app.storage.keys.get(tx, careKeyOf(studioId, id));
      const old = { name: 'Otto Older', email: 'no address', phone: null } as unknown as ClientProfile;
      await tx
        .updateTable('clients')
        .set({ sealed: sealProfile(key, studioId, id, old) })
        .where('studioId', '=', studioId)
        .where('id', '=', id)
        .execute();
    });
    const index = new ClientIndex();
    const found = await app.storage.inStudio(studioId, (tx) =>
      index.search(tx, { studioId, storage: app.storage }, 'otto'),
    );
    expect(found).toMatchObject([{ id, presentation: null }]);
  });

  it('merged, become one: photos, consents and sealed notes open with the one that stays', async () => {
    const from = await create({ name: 'Old Record', phone: '0301234567', notes: 'from the old list' });
    const into = await create({ name: 'New Record', email: 'new@record.example', notes: 'from the site' });
    await owner.post(`/clients/${from}/photo-consents`, { purpose: 'treatment', given: true });
    const { id: photoId } = (await addPhoto(from)).body;
    expect((await owner.post(`/clients/${from}/merge`, { into })).status).toBe(200);
    const merged = (await owner.get(`/clients/${into}`)).body;
    expect(merged.profile).toMatchObject({ name: 'New Record', phone: '0301234567' });
    expect(merged.profile.notes).toBe('from the site\n\nfrom the old list');
    expect((await owner.get(`/clients/${into}/photos`)).body.items).toHaveLength(1);
    expect((await owner.get(`/photos/${photoId}/file`)).status).toBe(200);
    expect((await owner.get(`/clients/${from}`)).body).toMatchObject({ status: 'merged', mergedInto: into });
    expect(await namesFound('old record')).toEqual([]);
    expect((await owner.post(`/clients/${from}/merge`, { into })).body.code).toBe('not-in-this-state');
  });

  it('erased, are unreadable in database and files, on every node, and so is what was merged into them', async () => {
    const from = await create({ name: 'Erna Before' });
    const id = await create({ name: 'Erna Example', email: 'erna@example.org' });
    await owner.post(`/clients/${from}/merge`, { into: id });
    await owner.post(`/clients/${id}/photo-consents`, { purpose: 'treatment', given: true });
    const { id: photoId } = (await addPhoto(id)).body;
    const area = { areaCm2: { value: 200, low: 190, high: 210, source: 'taped' }, extentSource: 'taped' };
    const adjustments = [{ label: 'Friend of Erna', minor: -5000 }];
    const quote = (await owner.post(`/clients/${id}/quotes`, { style: 'shaved', sessions: 3, adjustments, ...area }))
      .body;
    expect(JSON.stringify(quote)).toContain('Friend of Erna');
    const otherNode = new ClientIndex();
    const context = { studioId, storage: app.storage };
    const seen = () => app.storage.inStudio(studioId, (tx) => otherNode.search(tx, context, 'erna example'));
    expect(await seen()).toHaveLength(1);

    const wrong = await owner.post(`/clients/${id}/erase`, { confirmName: 'Erna' });
    expect(wrong.body.code).toBe('input-wrong');
    const { status, body } = await owner.post(`/clients/${id}/erase`, { confirmName: 'Erna Example' });
    expect({ status, body }).toEqual({ status: 200, body: { kept: [] } });

    expect((await owner.get(`/clients/${id}`)).body).toMatchObject({
      status: 'erased',
      profile: { name: 'Erased client' },
    });
    expect((await owner.get(`/photos/${photoId}/file`)).status).toBe(404);
    expect(await seen()).toEqual([]);
    const keys = await app.storage.inStudio(studioId, (tx) =>
      tx.selectFrom('keys').select('wrapped').where('ownerId', 'in', [id, from]).execute(),
    );
    expect(keys.map(({ wrapped }) => wrapped)).toEqual([null, null, null, null]);
    const audit = await app.storage.inStudio(studioId, (tx) => tx.selectFrom('auditEntries').selectAll().execute());
    expect(JSON.stringify(audit)).not.toContain('Erna');
    const quotes = await app.storage.inStudio(studioId, (tx) =>
      tx.selectFrom('quotes').selectAll().where('clientId', '=', id).execute(),
    );
    expect(JSON.stringify(quotes)).not.toContain('Erna');
    // What is left is the price, to the cent.
    expect(quotes[0]!.likelyMinor).toBe(quote.likelyMinor);
    expect((await owner.get(`/quotes/${quote.id}/recompute`)).body.isSame).toBe(true);
  });

  it('are said to be readable still, where a folder of backups is out of reach', async () => {
    const id = await create({ name: 'Stan Stick' });
    const folder = '/media/stick-in-the-drawer';
    const known = app.storage.database.owner;
    await known.insertInto('backupFolders').values({ folder, erasedTo: null }).execute();
    const { body } = await owner.post(`/clients/${id}/erase`, { confirmName: 'Stan Stick' });
    await known.deleteFrom('backupFolders').execute();
    expect(body.kept).toEqual([
      { what: expect.stringContaining(folder), until: null, why: expect.stringContaining('cannot be reached') },
    ]);
  });

  it('are erased with a session that was interrupted for good, which is kept as long as one that was done', async () => {
    const id = await create({ name: 'Ina Interrupted' });
    const { practitionerId, locationId, roomId } = await addPractitioner(owner);
    const times = { start: '2027-02-23T09:00:00Z', end: '2027-02-23T10:00:00Z' };
    const fact = { clientId: id, kind: 'touch-up', locationId, practitionerId, roomId, ...times };
    expect((await owner.post('/appointments/facts', fact)).status).toBe(200);
    await app.storage.inStudio(studioId, (tx) =>
      tx.updateTable('appointments').set({ status: 'interrupted' }).where('clientId', '=', id).execute(),
    );
    const { status, body } = await owner.post(`/clients/${id}/erase`, { confirmName: 'Ina Interrupted' });
    expect(status).toBe(200);
    expect(body.kept.map(({ until }: { until: string }) => until)).toContain('2037-03-01');
  });

  it('leave with everything that the studio has of them', async () => {
    const id = await create({ name: 'Lea Leaving', address: '1 Quiet Street', notes: 'in a hurry' });
    await owner.post(`/clients/${id}/photo-consents`, { purpose: 'treatment', given: true });
    await addPhoto(id);
    const draft = { style: 'shaved', sessions: 3, extentSource: 'template' };
    const quoteOf = async () => (await owner.post(`/clients/${id}/quotes`, draft)).body;
    const sent = await quoteOf();
    await owner.post(`/quotes/${sent.id}/status`, { version: sent.version, status: 'sent' });
    await quoteOf();
    const { status, body } = await owner.get(`/clients/${id}/export`);
    expect(status).toBe(200);
    const files = unzipSync(body);
    expect(Object.keys(files).some((name) => /^photos\/before-front-.*\.jpeg$/.test(name))).toBe(true);
    const record = JSON.parse(new TextDecoder().decode(files['record.json']));
    expect(record.client.profile.address).toBe('1 Quiet Street');
    expect(record.photoConsents).toMatchObject([{ purpose: 'treatment', given: true }]);
    // What staff wrote about the person is the person's; a quote that was never sent is not.
    expect(record.client.profile.notes).toBe('in a hurry');
    expect(record.quotes.map((of: { id: string }) => of.id)).toEqual([sent.id]);
    expect(JSON.stringify(record)).not.toContain(studioId);
  });

  it('come from a table after a look at it, without those that are known', async () => {
    await create({ name: 'Known Already', email: 'known@example.org' });
    const table =
      'Name,Email\nKnown A.,KNOWN@example.org\nIda Import,ida@example.org\nIda Twice,ida@example.org\n,x@y.z\n';
    const send = (commit: boolean) => {
      const form = new FormData();
      form.set('file', new File([table], 'clients.csv', { type: 'text/csv' }));
      form.set('commit', String(commit));
      return owner.post('/clients/import', undefined, { form });
    };
    const look = await send(false);
    expect(look.body.rows.map((of: { verdict: string }) => of.verdict)).toEqual(['same', 'new', 'same', 'refused']);
    expect(look.body.created).toBe(0);
    expect(await namesFound('ida')).toEqual([]);
    expect((await send(true)).body.created).toBe(1);
    expect(await namesFound('ida')).toEqual(['Ida Import']);
    expect((await send(true)).body.created).toBe(0);
  });

  it('come in pieces that stay when the import breaks off; sent again, it goes on and doubles nobody', async () => {
    const studio = await testApp();
    const manager = await studio.owner();
    const people = Array.from({ length: 450 }, (_, i) => `Person ${i},person${i % 440}@example.org`);
    const form = () => {
      const made = new FormData();
      made.set('file', new File([`Name,Email\n${people.join('\n')}`], 'clients.csv', { type: 'text/csv' }));
      made.set('commit', 'true');
      return made;
    };
    const call = () => ({ form: form(), headers: { 'idempotency-key': 'import-of-the-people' } });
    const restore = loseConnectionAt(studio.storage, 'clients', 400);
    const broken = await manager.post('/clients/import', undefined, call());
    expect(broken.body).toMatchObject({ code: 'storage-unavailable' });
    expect(broken.body.data.detail).toContain('400 went in');
    restore();
    const { body } = await manager.post('/clients/import', undefined, call());
    expect(body.created).toBe(40);
    expect(body.rows).toHaveLength(450);
    expect(body.rows[445]).toMatchObject({ verdict: 'same', problems: ['Left out: already in the book as Person 5.'] });
    const all = await studio.storage.inEveryStudio((tx) => tx.selectFrom('clients').select('id').execute());
    expect(all).toHaveLength(440);
  });

  it('are not doubled by the same file sent twice at once', async () => {
    const studio = await testApp();
    const manager = await studio.owner();
    const send = () => {
      const form = new FormData();
      const people = Array.from({ length: 230 }, (_, i) => `Person ${i},person${i}@example.org`);
      form.set('file', new File([`Name,Email\n${people.join('\n')}`], 'clients.csv', { type: 'text/csv' }));
      form.set('commit', 'true');
      return manager.post('/clients/import', undefined, { form });
    };
    const answers = await Promise.all([send(), send()]);
    expect(answers.reduce((sum, { body }) => sum + body.created, 0)).toBe(230);
  });
});

async function addPhoto(clientId: string, bytes?: Uint8Array) {
  const form = new FormData();
  form.set('view', 'front');
  form.set('stage', 'before');
  const jpeg =
    bytes ??
    (await sharp({ create: { width: 640, height: 480, channels: 3, background: '#a08070' } })
      .jpeg()
      .toBuffer());
  form.set('file', new File([jpeg as Uint8Array<ArrayBuffer>], 'IMG_1234.jpg', { type: 'image/jpeg' }));
  return owner.post(`/clients/${clientId}/photos`, undefined, { form });
}

describe('photos', () => {
  it('need consent for treatment; teaching and marketing are decided apart', async () => {
    const id = await create({ name: 'Pia Photo' });
    expect((await addPhoto(id)).body.code).toBe('consent-missing');
    await owner.post(`/clients/${id}/photo-consents`, { purpose: 'treatment', given: true });
    const { body } = await owner.get(`/clients/${id}/photo-consents`);
    expect(body).toEqual({ treatment: true, teaching: false, marketing: false });
    expect((await addPhoto(id)).status).toBe(200);
    app.pass(1);
    await owner.post(`/clients/${id}/photo-consents`, { purpose: 'treatment', given: false });
    expect((await addPhoto(id)).body.code).toBe('consent-missing');
  });

  it('are kept sample for sample, without place and device, and sealed', async () => {
    const id = await create({ name: 'Pit Photo' });
    await owner.post(`/clients/${id}/photo-consents`, { purpose: 'treatment', given: true });
    const plain = await sharp({
      create: {
        width: 640,
        height: 480,
        channels: 3,
        background: '#907060',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .jpeg()
      .toBuffer();
    const place = new TextEncoder().encode('GPS 52.5N 13.4E');
    const exif = new Uint8Array([...exifBlock(6, 26), ...place]);
    const { body: photo } = await addPhoto(id, withSegments(plain, exifSegment(exif)));
    expect(photo).toMatchObject({ widthPx: 480, heightPx: 640 });
    const { body: kept, headers } = await owner.get(`/photos/${photo.id}/file`);
    expect(headers['content-type']).toContain('image/jpeg');
    expect(kept.toString('latin1')).not.toContain('GPS 52');
    const raw = (bytes: Uint8Array) => sharp(bytes).raw().toBuffer();
    expect(Buffer.compare(await raw(kept), await raw(plain))).toBe(0);
    expect((await sharp(kept).metadata()).orientation).toBe(6);
    const small = (await owner.get(`/photos/${photo.id}/file?size=small`)).body;
    expect(await sharp(small).metadata()).toMatchObject({ width: 360, height: 480 });
    expect((await owner.delete(`/photos/${photo.id}`)).status).toBe(200);
    expect((await owner.get(`/photos/${photo.id}/file`)).status).toBe(404);
  });

  it('that are none are refused and nothing is kept', async () => {
    const id = await create({ name: 'Pam Photo' });
    await owner.post(`/clients/${id}/photo-consents`, { purpose: 'treatment', given: true });
    for (const bytes of [
      new Uint8Array(),
      new TextEncoder().encode('<svg/>'),
      new Uint8Array([0xff, 0xd8, 0xff, 0xe0]),
    ]) {
      expect((await addPhoto(id, bytes)).status).toBe(422);
    }
    expect((await owner.get(`/clients/${id}/photos`)).body.items).toEqual([]);
  });
});

describe('the calendar that a client follows', () => {
  const follow = async (subjectId: string): Promise<string> =>
    (await owner.post('/feeds', { kind: 'client', subjectId })).body.path;
  const followed = async (): Promise<string[]> =>
    (await owner.get('/feeds')).body.items.map((of: { subjectId: string }) => of.subjectId);

  it('goes on for the record that stays when two are merged', async () => {
    const [from, into] = [await create({ name: 'Feed Before' }), await create({ name: 'Feed After' })];
    const path = await follow(from);
    await owner.post(`/clients/${from}/merge`, { into });
    expect(await followed()).toContain(into);
    expect((await app.browser().get(path)).status).toBe(200);
  });

  it('is shut when the client is erased, whoever has its address', async () => {
    const id = await create({ name: 'Fay Erased' });
    const path = await follow(id);
    expect((await app.browser().get(path)).status).toBe(200);
    await owner.post(`/clients/${id}/erase`, { confirmName: 'Fay Erased' });
    expect((await app.browser().get(path)).status).toBe(404);
    expect(await followed()).not.toContain(id);
  });
});

describe('enquiries of strangers', () => {
  it('are few from one address, and many at once with keys do not use up the connections', async () => {
    const enquire = (i: number) =>
      app
        .browser()
        .post(
          `/public/${studioId}/enquiries`,
          { name: `Stranger ${i}`, email: `stranger${i}@elsewhere.example`, message: 'Hello' },
          { headers: { 'idempotency-key': `enquiry-of-a-stranger-${i}` } },
        );
    const answers = await Promise.all(Array.from({ length: 24 }, (_, i) => enquire(i)));
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([...Array(10).fill(200), ...Array(14).fill(429)]);
    expect(await namesFound('stranger')).toHaveLength(10);
    app.pass(61);
    expect((await enquire(99)).status).toBe(200);
  });

  it('are told whose form it is, and become records with the message among the notes, audited like any other', async () => {
    const enquiry = { name: 'Stella Stranger', email: 'stella@elsewhere.example', message: 'What does it cost?' };
    expect((await app.browser().post(`/public/${studioId}/enquiries`, enquiry)).status).toBe(200);
    const { id, status } = (await owner.get('/clients?search=stella')).body.items[0];
    expect(status).toBe('enquiry');
    expect((await owner.get(`/clients/${id}`)).body.profile).toMatchObject({ notes: 'What does it cost?', cause: '' });
    const { name } = (await owner.get('/studio')).body;
    expect((await app.browser().get(`/public/${studioId}`)).body).toEqual({ name });
    const { items } = (await owner.get(`/audit?subjectId=${id}`)).body;
    expect(items).toMatchObject([{ action: 'client.enquire', actorKind: 'anyone', actorId: null }]);
  });

  it('go to no studio that does not exist', async () => {
    const nobody = '00000000-0000-4000-8000-000000000000';
    const enquiry = { name: 'Jo', email: 'jo@elsewhere.example', message: '' };
    expect((await app.browser().post(`/public/${nobody}/enquiries`, enquiry)).status).toBe(404);
    expect((await app.browser().get(`/public/${nobody}`)).status).toBe(404);
  });
});

describe('who may be the same person', () => {
  it('is found by number in any spelling, by address in any case, by name with a birthday', () => {
    expect(plainPhone('+49 (0)30 123-4567')).toBe(plainPhone('030 1234567'));
    const person = (id: string, rest: object) => ({ id, name: id, email: null, phone: null, bornOn: null, ...rest });
    const people = [
      person('a', { name: 'Ann Lee', phone: '030 1234567' }),
      person('b', { name: 'Lee, Ann', bornOn: '1980-01-02', email: 'X@Y.Z' }),
      person('c', { name: 'ann lee', bornOn: '1980-01-02', email: 'other@y.z' }),
      person('d', { name: 'Somebody Else', email: 'x@y.z' }),
      person('e', { name: 'Ann Lee', bornOn: '1999-01-02', email: 'e@y.z' }),
    ];
    expect(samePersonGroups(people)).toEqual([
      { why: 'the same e-mail address', ids: ['b', 'd'] },
      { why: 'the same name and birthday', ids: ['b', 'c'] },
    ]);
    const found = personFinder(people).mayBe({ name: 'Ann Lee', email: null, phone: null, bornOn: null });
    expect(found.map(({ id }) => id)).toEqual(['a', 'b', 'c', 'e']);
  });
});
