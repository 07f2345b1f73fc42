/** The studio's screens as the browser tests speak of them, and what every screen has to hold. */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { AxeResults } from 'axe-core';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { expect } from 'vitest';

export const OWNER = { name: 'Imke Brandt', email: 'imke@studio.example', password: 'seven quiet lanterns' };
export const PROOF = { name: 'certificate.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4\n%%EOF\n') };

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Lets every page of the context be looked at by axe. */
export async function withAxe(context: BrowserContext): Promise<void> {
  await context.addInitScript({ content: AXE });
}

export const button = (page: Page, name: string | RegExp): Locator =>
  page.getByRole('button', { name, exact: typeof name === 'string' });
export const link = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true });
export const field = (page: Page, label: string): Locator =>
  page.getByLabel(new RegExp(`^${label}( optional)?$`)).first();
export const heading = (page: Page, name: string | RegExp): Locator => page.getByRole('heading', { name });

/** A screen by its address after '#/'; resolves when it has all it asks for. */
export async function visit(page: Page, url: string, address: string): Promise<void> {
  await page.goto(`${url}/studio/#/${address}`);
  await settled(page);
}

export async function settled(page: Page): Promise<void> {
  await page.waitForLoadState('networkidle');
  await page.waitForFunction(() => !document.querySelector('.working'));
}

/** A call of the signed-in browser to the API, beside what the screens do. */
export async function call<T>(
  page: Page,
  method: 'GET' | 'POST' | 'PUT' | 'PATCH',
  path: string,
  data?: unknown,
): Promise<T> {
  const { origin } = new URL(page.url());
  const answer = await page.request.fetch(`${origin}/api/v1${path}`, {
    method,
    ...(data === undefined ? {} : { data }),
    headers: {
      origin,
      'idempotency-key': `test-${path}-${JSON.stringify(data ?? null).length}-${Math.floor(performance.now())}`,
    },
  });
  if (!answer.ok()) throw new Error(`${method} ${path}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

/** What a screen must never do: scroll sideways, or shut somebody out. */
export async function expectUsable(page: Page, screen: string): Promise<void> {
  const overflow = await page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });
  expect(overflow, `${screen} scrolls sideways at ${page.viewportSize()?.width} px`).toBeLessThanOrEqual(0);
}

export async function expectAccessible(page: Page, screen: string): Promise<void> {
  const { violations } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run: (of: Document, how: object) => Promise<AxeResults> } }).axe.run(document, {
      resultTypes: ['violations'],
    }),
  );
  const words = violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
  expect(words, screen).toEqual([]);
}

interface Finger {
  /** Puts it down and moves it downwards by so many px; it stays on the screen. */
  readonly drag: (x: number, y: number, byPx: number) => Promise<void>;
  readonly lift: () => Promise<void>;
}

/** A finger on the screen, as the browser's own touch events. */
export async function fingerOn(page: Page): Promise<Finger> {
  const protocol = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
    protocol.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
  const STEPS = 6;
  return {
    drag: async (x, y, byPx) => {
      await touch('touchStart', x, y);
      for (let i = 1; i <= STEPS; i++) await touch('touchMove', x, y + (byPx * i) / STEPS);
    },
    lift: async () => {
      await touch('touchEnd');
    },
  };
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** What an authenticator app shows for a secret at an instant (RFC 6238). */
export function codeOf(secret: string, atMs: number): string {
  const bits = [...secret].map((letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  const key = Buffer.from(bits.match(/.{8}/g)!.map((byte) => Number.parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(atMs / 30_000)));
  const hash = createHmac('sha1', key).update(counter).digest();
  const from = hash.at(-1)! & 15;
  return String((hash.readUInt32BE(from) & 0x7fff_ffff) % 1_000_000).padStart(6, '0');
}
