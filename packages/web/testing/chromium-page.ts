/**
 * The page as a person meets it: served by `npm start` from the real bundle, opened in a real browser.
 *
 * Every request the browser makes is noted, so that a test can say that nothing left this computer. Close what was
 * opened; the server ends with its process.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { CHROMIUM_ARGS, ensureChromium } from '../../../scripts/chromium.mjs';
import { ROOT } from '../../../scripts/paths.mjs';

export interface RunningStipple {
  readonly url: string;
  /** Sets up the studio, once. */
  readonly firstLink: string;
  readonly stop: () => Promise<void>;
}

/** Runs `npm start` on a free port with records of its own, set-up included; resolves when it answers. */
export function startStipple(): Promise<RunningStipple> {
  const data = mkdtempSync(join(tmpdir(), 'stipple-page-'));
  const child = spawn(process.execPath, [join(ROOT, 'scripts/start.mjs'), '--port', '0', '--data', data], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    await ended;
    rmSync(data, { recursive: true, force: true });
  };
  return new Promise((done, fail) => {
    let said = '';
    const listen = (text: string): void => {
      said += text;
      if (!said.includes('Stop it with Ctrl-C')) return;
      const url = /http:\/\/(?:localhost|127\.0\.0\.1):\d+/.exec(said)?.[0];
      const firstLink = /http:\S+#\/first\/\S+/.exec(said)?.[0];
      if (url && firstLink) done({ url, firstLink, stop });
    };
    child.stdout.setEncoding('utf8').on('data', listen);
    child.stderr.setEncoding('utf8').on('data', listen);
    void ended.then(() => fail(new Error(`npm start ended early:\n${said}`)));
  });
}

export const openChromium = async (): Promise<Browser> =>
  chromium.launch({ executablePath: await ensureChromium(), args: [...CHROMIUM_ARGS] });

export interface WatchedPage {
  readonly page: Page;
  /** Addresses asked for so far, blobs of the page's own left out. */
  readonly requests: readonly string[];
  /** Texts of console errors and uncaught exceptions so far. */
  readonly faults: readonly string[];
}

/** A fresh page of its own context, with nothing cached and nothing remembered. */
export async function openPage(browser: Browser, viewport = { width: 1440, height: 900 }): Promise<WatchedPage> {
  const context = await browser.newContext({ viewport, acceptDownloads: true });
  const requests: string[] = [];
  const faults: string[] = [];
  context.on('request', (request) => {
    if (!/^(blob|data):/.test(request.url())) requests.push(request.url());
  });
  context.on('console', (message) => {
    if (message.type() === 'error') faults.push(message.text());
  });
  const page = await context.newPage();
  page.on('pageerror', (error) => faults.push(String(error)));
  return { page, requests, faults };
}
