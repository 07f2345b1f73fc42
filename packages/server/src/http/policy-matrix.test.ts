/**
 * Every route of the contract, called by every role, with own ids, with ids of a foreign studio and with ids of another
 * client. Made from the contract, so that a route is in it as soon as it is written.
 */
import { randomUUID } from 'node:crypto';
import { contract } from '@stipple/files/wire/contract.ts';
import { ROLES, type RoutePolicy, SCOPES } from '@stipple/files/wire/route.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import type { $ZodType } from 'zod/v4/core';
import { TOKEN_PREFIX } from '../accounts/sign-ins.ts';
import { hashOf, newHandle, writeHandle } from '../accounts/handle.ts';
import { router } from './router.ts';
import { type MatrixStudio, matrixStudio, type Thing } from './testing/matrix-studio.ts';
import { type Input, type Place, idPlaces, sampleInput, schemaOf, withId } from './testing/sample-input.ts';
import { type TestAnswer, type TestApp, type TestBrowser, testApp } from './testing/test-app.ts';

interface Route {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly policy: RoutePolicy;
  readonly schema: ReturnType<typeof schemaOf>;
}

const ROUTES: Route[] = Object.entries(contract)
  .filter(([name]) => name in router)
  .map(([name, procedure]) => {
    const { meta, route, inputSchema } = procedure['~orpc'];
    return {
      name,
      method: route.method!,
      path: route.path!,
      policy: meta as unknown as RoutePolicy,
      schema: schemaOf(inputSchema as unknown as $ZodType | undefined),
    };
  });

const OF_PATH: Readonly<Record<string, Thing>> = {
  clients: 'client',
  people: 'account',
  tokens: 'token',
  locations: 'location',
  rooms: 'room',
  practitioners: 'practitioner',
  certificates: 'certificate',
  absences: 'absence',
  screenings: 'screening',
  photos: 'photo',
  quotes: 'quote',
  courses: 'course',
  appointments: 'appointment',
  feeds: 'feed',
  passkeys: 'passkey',
  'sign-ins': 'sign-in',
};
/** A clients' things: what another client must not learn of. */
const OF_CLIENTS: readonly Thing[] = ['client', 'screening', 'photo', 'plan', 'quote', 'course', 'appointment', 'feed'];

/** Where the sample of a schema would be refused before anybody looks at its ids. */
const MEANT: Readonly<Record<string, Input>> = {
  recordFact: { start: '2027-02-01T09:00:00.000Z', end: '2027-02-01T10:00:00.000Z' },
  'invite clientId': { role: 'client' },
};
/** Refused by the handler itself, for a reason that no policy can state. */
const BY_HANDLER = [
  // The password comes first.
  /^signInCode as .*: 401/,
  // Only the own absences; only the own calendar.
  /^addAbsence as practitioner: 403/,
  /^importAbsences as practitioner: 403/,
  /^createFeed as client: 403/,
];

/** Places whose id is only looked for, in a list that is the caller's own. */
const FILTERS = new Set(['audit subjectId']);

function thingAt({ name, path }: Route, place: Place): Thing | null {
  const field = place.split('.').at(-1)!;
  if (field === 'into') return 'client';
  if (field === 'subjectId') return FILTERS.has(`${name} ${field}`) ? null : 'practitioner';
  if (field === 'id') return OF_PATH[/([\w-]+)\/\{id\}/.exec(path)![1]!]!;
  const thing = field.replace(/Id$/, '');
  return thing === 'studio' ? null : (thing as Thing);
}

async function send(
  browser: TestBrowser,
  { method, path, schema }: Route,
  input: Input,
  headers = {},
): Promise<TestAnswer> {
  const left = { ...input };
  const url = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = left[name];
    delete left[name];
    return encodeURIComponent(String(value));
  });
  if (method === 'GET' || method === 'DELETE') {
    const query = new URLSearchParams(Object.entries(left).map(([key, value]) => [key, String(value)]));
    return browser.send(method, query.size > 0 ? `${url}?${query}` : url, undefined, { headers });
  }
  const hasFile = Object.values((schema?.properties ?? {}) as object).some((of) => of.format === 'binary');
  if (!hasFile) return browser.send(method, url, left, { headers });
  const form = new FormData();
  for (const [key, value] of Object.entries(left)) form.set(key, value instanceof Blob ? value : String(value));
  return browser.send(method, url, undefined, { headers, form });
}

/** All of an answer that its reader can see, but for ids that were made up for it. */
const sayingOf = ({ status, body }: TestAnswer): string =>
  `${status} ${Buffer.isBuffer(body) ? body.length : JSON.stringify(body)}`.replaceAll(
    /[\da-f]{8}-[\da-f-]{27}/g,
    'id',
  );

describe('every route of the contract', () => {
  let app: TestApp;
  let own: MatrixStudio;
  let foreign: MatrixStudio;
  beforeAll(async () => {
    // What is sealed by nobody makes errors for those whose it is.
    app = await testApp({ logLevel: 'silent' });
    own = await matrixStudio(app, 'Own');
    foreign = await matrixStudio(app, 'Foreign');
  });

  it('has a handler', () => {
    expect(Object.keys(contract).filter((name) => !(name in router))).toEqual([]);
  });

  it('refuses strangers, roles and tokens as its policy says, and answers all others', async () => {
    const wrong: string[] = [];
    const tokens = await Promise.all(SCOPES.map(async (scope) => [scope, await tokenWith(scope)] as const));
    for (const route of ROUTES) {
      const { who, scope } = route.policy;
      const input = sampleInput(route.schema, () => randomUUID());
      const check = async (as: string, mayCall: boolean, expected: string, call: Promise<TestAnswer>) => {
        const { status, body } = await call;
        const isRefused = status === 401 || status === 403;
        if (mayCall ? isRefused || status >= 500 : body?.code !== expected)
          wrong.push(`${route.name} as ${as}: ${status} ${body?.code ?? ''} ${body?.message ?? ''}`);
      };
      const anyone = who === 'anyone';
      await Promise.all([
        check('anyone', anyone, 'not-signed-in', send(app.browser(), route, input)),
        ...ROLES.map(async (role) =>
          check(role, anyone || who.includes(role), 'not-allowed', send(await own.as(role), route, input)),
        ),
        ...tokens.map(([of, authorization]) =>
          check(
            `token ${of}`,
            anyone || scope === of,
            'not-allowed',
            send(app.browser(), route, input, { authorization }),
          ),
        ),
      ]);
    }
    expect(wrong.filter((line) => !BY_HANDLER.some((pattern) => pattern.test(line)))).toEqual([]);
  });

  it('cannot tell an id of another studio from one that nobody has, wherever it is named', async () => {
    const wrong: string[] = [];
    for (const route of ROUTES) {
      if (route.policy.who === 'anyone') continue;
      const role = route.policy.who.find((of) => of !== 'client') ?? 'owner';
      if (route.method === 'DELETE') foreign = await matrixStudio(app, 'Foreign');
      for (const place of idPlaces(route.schema)) {
        const thing = thingAt(route, place);
        if (thing === null) continue;
        const line = `${route.name} ${place}`;
        const theirs = await send(await own.as(role), route, inputWith(route, place, own, foreign));
        const nobodys = await send(await own.as(role), route, inputWith(route, place, own, null));
        if (theirs.status >= 500 || sayingOf(theirs) !== sayingOf(nobodys))
          wrong.push(`${line}: ${sayingOf(theirs)} instead of ${sayingOf(nobodys)}`);
        // What the path names is 'not-found', and means something to whose it is.
        if (!place.includes('.') && route.path.includes(`{${place}}`) && route.method !== 'GET') {
          const isContentFirst = ['document-invalid', 'photo-type'].includes(theirs.body?.code);
          if (theirs.body?.code !== 'not-found' && !isContentFirst) wrong.push(`${line}: ${sayingOf(theirs)}`);
          const there = await send(await foreign.as(role), route, inputWith(route, place, foreign, foreign));
          if (there.body?.code === 'not-found') wrong.push(`${line} is not found where it is`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  it('shows a client nothing of another client of the same studio', async () => {
    const wrong: string[] = [];
    const other = await own.withAnotherClient();
    for (const route of ROUTES) {
      if (route.policy.who === 'anyone' || !route.policy.who.includes('client')) continue;
      for (const place of idPlaces(route.schema)) {
        const thing = thingAt(route, place);
        if (!thing || !OF_CLIENTS.includes(thing)) continue;
        const theirs = await send(await other.as('client'), route, inputWith(route, place, other, own));
        const nobodys = await send(await other.as('client'), route, inputWith(route, place, other, null));
        if (theirs.status >= 500 || theirs.status === 200 || sayingOf(theirs) !== sayingOf(nobodys))
          wrong.push(`${route.name} ${place}: ${sayingOf(theirs)} instead of ${sayingOf(nobodys)}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  /** Everything of `mine`, but the id at one place of `theirs`, or of nobody. */
  function inputWith(route: Route, place: Place, mine: MatrixStudio, theirs: MatrixStudio | null): Input {
    const idAt = (at: Place): string => {
      const thing = thingAt(route, at);
      const whose = at === place ? theirs : mine;
      return thing === null || whose === null ? randomUUID() : whose.things[thing];
    };
    const meant = MEANT[`${route.name} ${place}`] ?? MEANT[route.name];
    return withId(route.schema!, { ...sampleInput(route.schema, idAt), ...meant }, place, idAt);
  }

  async function tokenWith(scope: (typeof SCOPES)[number]): Promise<string> {
    const handle = newHandle(own.id, randomUUID());
    await app.storage.inStudio(own.id, async (tx) => {
      const owner = await tx
        .selectFrom('accounts')
        .select('id')
        .where('studioId', '=', own.id)
        .where('role', '=', 'owner')
        .executeTakeFirstOrThrow();
      await tx
        .insertInto('apiTokens')
        .values({
          studioId: own.id,
          id: handle.id,
          name: scope,
          secretHash: hashOf(handle.secret),
          scopes: [scope],
          createdBy: owner.id,
          createdAt: app.now(),
        })
        .execute();
    });
    return `Bearer ${TOKEN_PREFIX}${writeHandle(handle)}`;
  }
});
