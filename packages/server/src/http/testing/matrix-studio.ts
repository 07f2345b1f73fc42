/** A studio that has one of everything, and a browser signed in for every role. */
import { randomBytes } from 'node:crypto';
import type { Transaction } from 'kysely';
import { ROLES, type Role } from '@stipple/files/wire/route.ts';
import { createStudio } from '../../accounts/create-studio.ts';
import { hashOf, newHandle, writeHandle } from '../../accounts/handle.ts';
import { emailHashOf, sealPerson } from '../../accounts/people.ts';
import { insertClient, profileOf } from '../../clients/client-record.ts';
import { asJson } from '../../storage/connection.ts';
import { InstantRange } from '../../storage/instant-range.ts';
import { newId as makeId } from '../../storage/new-id.ts';
import type { Tables } from '../../storage/tables.ts';
import type { TestApp, TestBrowser } from './test-app.ts';

/** What an id may be of. */
export type Thing =
  | 'location'
  | 'room'
  | 'practitioner'
  | 'certificate'
  | 'absence'
  | 'client'
  | 'screening'
  | 'photo'
  | 'plan'
  | 'quote'
  | 'course'
  | 'appointment'
  | 'feed'
  | 'account'
  | 'token'
  | 'sign-in'
  | 'passkey';

export interface MatrixStudio {
  readonly id: string;
  readonly things: Readonly<Record<Thing, string>>;
  /** A new sign-in each time: some routes end it. */
  as(role: Role): Promise<TestBrowser>;
  /** The same studio, where 'client' is somebody else. */
  withAnotherClient(): Promise<MatrixStudio>;
}

/** Sealed by nobody: whoever opens it has asked too late whose it is. */
const EMPTY = Buffer.from('sealed');
const during = (day: string) => new InstantRange(new Date(`${day}T09:00:00Z`), new Date(`${day}T12:00:00Z`));

export async function matrixStudio(app: TestApp, name: string): Promise<MatrixStudio> {
  const { storage, now } = app;
  const newId = () => makeId({ now, randomBytes });
  const studioId = newId();
  const context = { storage, now, newId };
  const at = now();
  const accounts = {} as Record<Role, string>;

  async function addAccount(tx: Transaction<Tables>, role: Role, clientId: string | null): Promise<string> {
    const id = newId();
    const email = `${role}.${id}@studio.example`;
    const place = { studioId, id, clientId };
    await tx
      .insertInto('accounts')
      .values({
        ...place,
        role,
        emailHash: emailHashOf(storage, studioId, email),
        sealed: await sealPerson(tx, storage, place, { name: role, email }),
        displayName: role,
        status: 'active',
        createdAt: at,
      })
      .execute();
    return id;
  }
  const addClient = (tx: Transaction<Tables>) =>
    insertClient(tx, { ...context, studioId }, 'active', profileOf({ name: `Client of ${name}` }));

  const things = await storage.inStudio(studioId, async (tx) => {
    const { locationId, roomId } = await createStudio(tx, context, {
      id: studioId,
      name,
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
      isDemo: false,
    });
    const clientId = await addClient(tx);
    for (const role of ROLES) accounts[role] = await addAccount(tx, role, role === 'client' ? clientId : null);
    const key = await storage.keys.get(tx, { studioId, ownerId: studioId, purpose: 'studio' });
    const object = async () => {
      const id = newId();
      const bytes = Buffer.from('%PDF-1.7');
      await storage.files.put(tx, key, { studioId, id, mediaType: 'application/pdf', bytes, at });
      return id;
    };
    const practitioner = newId();
    await tx
      .insertInto('practitioners')
      .values({
        studioId,
        id: practitioner,
        accountId: accounts.practitioner,
        locationId,
        name: 'Ada',
        skills: ['shaved'],
        hours: asJson({ weekly: Array.from({ length: 7 }, () => [{ from: 480, to: 1200 }]) }),
      })
      .execute();
    const ids = { certificate: newId(), absence: newId(), screening: newId(), photo: newId(), plan: newId() };
    const more = { quote: newId(), course: newId(), appointment: newId(), feed: newId(), token: newId() };
    const [signIn, passkey] = [newId(), newId()];
    await tx
      .insertInto('certificates')
      .values({
        studioId,
        id: ids.certificate,
        practitionerId: practitioner,
        skill: 'smp',
        title: 'SMP',
        issuer: 'School',
        issuedOn: '2026-01-01',
        expiresOn: '2030-01-01',
        proofObjectId: await object(),
      })
      .execute();
    await tx
      .insertInto('absences')
      .values({ studioId, id: ids.absence, practitionerId: practitioner, during: during('2027-04-01') })
      .execute();
    await tx
      .insertInto('screenings')
      .values({ studioId, id: ids.screening, clientId, askedVersion: 1, outcome: 'clear', sealed: EMPTY, takenAt: at })
      .execute();
    await tx
      .insertInto('photos')
      .values({
        studioId,
        id: ids.photo,
        clientId,
        objectId: await object(),
        thumbnailId: await object(),
        view: 'front',
        stage: 'before',
        widthPx: 1,
        heightPx: 1,
        addedAt: at,
      })
      .execute();
    await tx.insertInto('plans').values({ studioId, id: ids.plan, clientId, title: 'Plan', createdAt: at }).execute();
    await tx
      .insertInto('planVersions')
      .values({ studioId, planId: ids.plan, n: 1, sealed: EMPTY, engine: 'test', createdAt: at })
      .execute();
    await tx
      .insertInto('quotes')
      .values({
        studioId,
        id: more.quote,
        clientId,
        status: 'sent',
        currency: 'EUR',
        content: asJson({}),
        validUntil: '2028-01-01',
        createdAt: at,
      })
      .execute();
    await tx
      .insertInto('courses')
      .values({
        studioId,
        id: more.course,
        clientId,
        skill: 'shaved',
        sessions: 3,
        gapsDays: [14, 28],
        minutes: [180, 180, 180],
        status: 'open',
        createdAt: at,
      })
      .execute();
    await tx
      .insertInto('appointments')
      .values({
        studioId,
        id: more.appointment,
        clientId,
        courseId: more.course,
        kind: 'session',
        n: 1,
        status: 'booked',
        locationId,
        practitionerId: practitioner,
        roomId,
        during: during('2027-03-10'),
        firstDay: '2027-03-10',
        lastDay: '2027-03-10',
        createdAt: at,
        updatedAt: at,
      })
      .execute();
    await tx
      .insertInto('feeds')
      .values({
        studioId,
        id: more.feed,
        kind: 'client',
        subjectId: clientId,
        secretHash: randomBytes(32),
        createdAt: at,
      })
      .execute();
    await tx
      .insertInto('apiTokens')
      .values({
        studioId,
        id: more.token,
        name: 'Program',
        secretHash: randomBytes(32),
        scopes: [],
        createdBy: accounts.owner,
        createdAt: at,
      })
      .execute();
    await tx
      .insertInto('signIns')
      .values({
        studioId,
        id: signIn,
        accountId: accounts.owner,
        secretHash: randomBytes(32),
        secondFactor: true,
        createdAt: at,
        lastSeenAt: at,
        expiresAt: new Date(at.getTime() + 86_400_000),
      })
      .execute();
    await tx
      .insertInto('passkeys')
      .values({
        studioId,
        id: passkey,
        accountId: accounts.owner,
        credentialId: randomBytes(16),
        publicKey: randomBytes(16),
        counter: 0,
        name: 'Phone',
        createdAt: at,
      })
      .execute();
    return {
      ...ids,
      ...more,
      location: locationId,
      room: roomId,
      practitioner,
      client: clientId,
      account: accounts['front-desk'],
      'sign-in': signIn,
      passkey,
    };
  });

  const studioWith = (of: Record<Role, string>, its: Record<Thing, string>): MatrixStudio => ({
    id: studioId,
    things: its,
    as: async (role) => {
      const handle = newHandle(studioId, newId());
      await storage.inStudio(studioId, (tx) =>
        tx
          .insertInto('signIns')
          .values({
            studioId,
            id: handle.id,
            accountId: of[role],
            secretHash: hashOf(handle.secret),
            secondFactor: true,
            createdAt: at,
            lastSeenAt: at,
            expiresAt: new Date(at.getTime() + 86_400_000),
          })
          .execute(),
      );
      const browser = app.browser();
      browser.cookies.set('stipple-sign-in', writeHandle(handle));
      return browser;
    },
    withAnotherClient: () =>
      storage.inStudio(studioId, async (tx) => {
        const client = await addClient(tx);
        return studioWith({ ...of, client: await addAccount(tx, 'client', client) }, { ...its, client });
      }),
  });
  return studioWith(accounts, things);
}
