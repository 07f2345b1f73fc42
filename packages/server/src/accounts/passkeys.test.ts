import { beforeAll, describe, expect, it } from 'vitest';
import { type TestAnswer, type TestApp, type TestBrowser, testApp } from '../http/testing/test-app.ts';
import { SoftwareAuthenticator } from './testing/software-authenticator.ts';

const ORIGIN = 'http://localhost:4173';
const headers = { host: 'localhost:4173', origin: ORIGIN };

describe('a passkey', () => {
  let app: TestApp;
  let owner: TestBrowser;
  const phone = new SoftwareAuthenticator();
  beforeAll(async () => {
    app = await testApp();
    owner = await app.owner();
  });
  const add = async (authenticator: SoftwareAuthenticator, origin = ORIGIN) => {
    const { body } = await owner.post('/me/passkey-options', {}, { headers });
    return owner.post('/me/passkeys', { name: 'Phone', answer: authenticator.create(body, origin) }, { headers });
  };
  const options = async () => (await app.browser().post('/sign-in/passkey-options', {}, { headers })).body;
  const signIn = (browser: TestBrowser, answer: unknown): Promise<TestAnswer> =>
    browser.post('/sign-in/passkey', { answer }, { headers });

  it('is added by who is signed in, and then signs in alone', async () => {
    expect((await add(phone, 'http://localhost:9999')).body.code).toBe('code-wrong');
    expect((await add(phone)).status).toBe(200);
    expect((await owner.get('/me')).body.passkeys).toMatchObject([{ name: 'Phone' }]);
    const browser = app.browser();
    expect((await signIn(browser, phone.get(await options(), ORIGIN))).body).toEqual({
      signedIn: true,
      secondFactor: false,
    });
    expect((await browser.get('/me')).body.email).toBe('owner@studio.example');
  });

  it('does not sign in by a challenge that was used, is old, is made up or was for something else', async () => {
    const fresh = await options();
    expect((await signIn(app.browser(), phone.get(fresh, ORIGIN))).status).toBe(200);
    expect((await signIn(app.browser(), phone.get(fresh, ORIGIN))).body.code).toBe('sign-in-wrong');
    const old = await options();
    app.pass(11);
    expect((await signIn(app.browser(), phone.get(old, ORIGIN))).body.code).toBe('sign-in-wrong');
    const madeUp = { ...(await options()), challenge: Buffer.alloc(40, 7).toString('base64url') };
    expect((await signIn(app.browser(), phone.get(madeUp, ORIGIN))).body.code).toBe('sign-in-wrong');
    const adding = (await owner.post('/me/passkey-options', {}, { headers })).body;
    const misused = { challenge: adding.challenge, rpId: adding.rp.id };
    expect((await signIn(app.browser(), phone.get(misused, ORIGIN))).body.code).toBe('sign-in-wrong');
  });

  it('does not sign in from another site, without the person, or when it is a stranger’s', async () => {
    expect((await signIn(app.browser(), phone.get(await options(), 'https://evil.example'))).body.code).toBe(
      'sign-in-wrong',
    );
    expect((await signIn(app.browser(), phone.get(await options(), ORIGIN, false))).body.code).toBe('sign-in-wrong');
    const stranger = new SoftwareAuthenticator();
    const { challenge, rpId } = await options();
    expect((await signIn(app.browser(), stranger.get({ challenge, rpId }, ORIGIN))).body.code).toBe('sign-in-wrong');
    expect((await signIn(app.browser(), { id: 5, response: null })).body.code).toBe('sign-in-wrong');
  });

  it('needs a name in the address and HTTPS, or this computer', async () => {
    expect((await owner.post('/me/passkey-options')).body).toMatchObject({ code: 'not-in-this-state' });
    const plain = await testApp({ mode: 'hosted', publicUrl: 'http://studio.example', hosts: ['studio.example'] });
    const from = { host: 'studio.example', origin: 'http://studio.example' };
    const answer = await plain.browser().post('/sign-in/passkey-options', {}, { headers: from });
    expect(answer.body).toMatchObject({ code: 'not-in-this-state', data: { detail: 'passkeys need HTTPS' } });
  });

  it('can be taken away', async () => {
    const [{ id }] = (await owner.get('/me')).body.passkeys;
    expect((await owner.delete(`/me/passkeys/${id}`)).status).toBe(200);
    expect((await signIn(app.browser(), phone.get(await options(), ORIGIN))).body.code).toBe('sign-in-wrong');
  });
});
