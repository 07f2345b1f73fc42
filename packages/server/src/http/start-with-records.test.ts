import { chmodSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { readPostmaster } from '../storage/embedded/postmaster.ts';
import { testRunFolder } from '../storage/testing/test-database.ts';
import { start } from './start.ts';

interface Running {
  readonly url: string;
  readonly said: string[];
  stop(): Promise<number>;
}

describe('a server with its records', () => {
  let root: string;
  let running: Running | null = null;
  beforeAll(() => {
    root = mkdtempSync(join(testRunFolder(), 'start-'));
    mkdirSync(join(root, 'web/studio'), { recursive: true });
    writeFileSync(join(root, 'web/index.html'), '<p>planning</p>');
    writeFileSync(join(root, 'web/studio/index.html'), '<p>studio</p>');
  });
  afterEach(async () => {
    await running?.stop();
    vi.restoreAllMocks();
  });

  /** Starts here, in this process, as `npm start` does; ends by the signal that Ctrl-C sends. */
  async function run(...args: string[]): Promise<Running> {
    const said: string[] = [];
    for (const stream of ['log', 'error'] as const)
      vi.spyOn(console, stream).mockImplementation((text: string) => void said.push(text));
    const ended = start(['--port', '0', ...args], { web: join(root, 'web'), cache: root });
    const text = () => said.join('\n');
    await expect.poll(text, { timeout: 60_000, interval: 100 }).toContain('Stop it with Ctrl-C');
    const stop = async () => {
      running = null;
      process.emit('SIGTERM');
      return ended;
    };
    running = { url: /ready: (\S+)/.exec(text())![1]!, said, stop };
    return running;
  }
  const json = async (url: string, body?: object) => {
    const { origin } = new URL(url);
    const init = body
      ? { method: 'POST', headers: { 'content-type': 'application/json', origin }, body: JSON.stringify(body) }
      : {};
    return (await (await fetch(url, init)).json()) as Record<string, unknown>;
  };

  it('comes up by itself, is set up by its link, stops cleanly and starts where it was', async () => {
    // Not inside a folder of ours alone: run by root, the database has an account of its own.
    const data = mkdtempSync(join(testRunFolder(), 'data-'));
    chmodSync(data, 0o755);
    const first = await run('--data', data);
    expect(await (await fetch(`${first.url}/`)).text()).toBe('<p>planning</p>');
    expect(await (await fetch(`${first.url}/studio`)).text()).toBe('<p>studio</p>');
    expect(first.said.join('\n')).not.toContain('Planning works without it');
    expect(first.said.join('\n')).toContain(`The records are in ${data}`);
    expect(first.said.join('\n')).not.toContain('FILES_URL');
    const status = await json(`${first.url}/api/v1/status`);
    expect(status).toMatchObject({ hasOwner: false, isSecureContext: true });
    expect(status.demoStudioId).toMatch(/-/);
    const link = /#\/first\/(\S+)/.exec(first.said.join('\n'))![1];
    const owner = { email: 'owner@studio.example', password: 'seven quiet herons' };
    const setUp = {
      ...owner,
      link,
      name: 'Olga',
      studioName: 'Clear Water',
      timeZone: 'Europe/Berlin',
      currency: 'EUR',
    };
    expect(await json(`${first.url}/api/v1/owner`, setUp)).toMatchObject({ signedIn: true });
    expect(await first.stop()).toBe(0);
    await expect(fetch(first.url)).rejects.toThrow();

    const file = join(root, 'no-folder');
    writeFileSync(file, 'a file where the folder for photos should be');
    vi.stubEnv('FILES_URL', pathToFileURL(join(file, 'objects')).href);
    const again = await run('--data', data, '--reset', owner.email);
    vi.unstubAllEnvs();
    await expect.poll(() => again.said.join('\n')).toContain('cannot be kept where FILES_URL says: ENOTDIR');
    expect(again.said.join('\n')).not.toContain('#/first/');
    expect(await json(`${again.url}/api/v1/sign-in`, owner)).toMatchObject({ signedIn: true });
    const reset = /#\/reset\/(\S+)/.exec(again.said.join('\n'))![1];
    const next = { link: reset, password: 'nine loud otters' };
    expect(await json(`${again.url}/api/v1/password-reset/confirm`, next)).toMatchObject({ signedIn: true });
    expect(await again.stop()).toBe(0);
  });

  it('stops in order whatever moment it is told at, and leaves no database behind', async () => {
    const data = mkdtempSync(join(testRunFolder(), 'moments-'));
    chmodSync(data, 0o755);
    const said: string[] = [];
    for (const stream of ['log', 'error'] as const)
      vi.spyOn(console, stream).mockImplementation((text: string) => void said.push(text));
    const heard = process.listenerCount('SIGINT');
    const random = seededGenerator(17);
    for (let round = 0; round < 6; round++) {
      const ended = start(['--port', '0', '--data', data], { web: join(root, 'web'), cache: root });
      // While the first makes its database, while it starts, while its first jobs are done.
      await new Promise((done) => setTimeout(done, random() * 3000));
      process.emit('SIGINT');
      expect(process.listenerCount('SIGINT')).toBe(heard + 1);
      expect(await ended).toBe(0);
      expect(process.listenerCount('SIGINT')).toBe(heard);
      expect(readPostmaster(join(data, 'pg18'))).toBeNull();
    }
    expect(said.join('\n')).not.toMatch(/stipple: /);
  }, 90_000);

  it('serves the planning page and says why, when the records cannot be opened', async () => {
    const blocked = join(root, 'blocked');
    writeFileSync(blocked, 'a file where the folder should be');
    const server = await run('--data', join(blocked, 'data'));
    expect(server.said.join('\n')).toMatch(/stipple: .+\nPlanning works without it/);
    expect((await fetch(`${server.url}/`)).status).toBe(200);
    expect(await json(`${server.url}/api/v1/status`)).toMatchObject({ code: 'storage-unavailable' });
    expect(await server.stop()).toBe(0);
  });
});
