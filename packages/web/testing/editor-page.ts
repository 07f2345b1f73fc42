/** The page's own controls and pictures, as the browser tests speak of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { unzipSync } from 'fflate';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { afterAll, afterEach, beforeAll } from 'vitest';
import { ROOT } from '../../../scripts/paths.mjs';
import { openChromium, openPage, startStipple, type RunningStipple, type WatchedPage } from './chromium-page.ts';

export const MANNEQUIN = readFileSync(join(ROOT, 'packages/web/public/mannequin.jpg'));
/** Half as wide: for all that the size of a photo has no part in, its pictures drawn and sent in a quarter of the time. */
export const SMALL_MANNEQUIN = await sharp(MANNEQUIN).resize({ width: 720 }).jpeg({ quality: 92 }).toBuffer();
/** Far above what is measured: says only that it is not stuck. The figures themselves are printed. */
export const PATIENCE_MS = 60_000;
export const SET_UP_MS = 600_000;

interface Viewport {
  readonly width: number;
  readonly height: number;
}

export interface RunningEditor {
  readonly stipple: () => RunningStipple;
  /** A fresh page at the planner, closed after its test. */
  readonly open: (viewport?: Viewport) => Promise<WatchedPage>;
  /** The same, its ready example the small mannequin. */
  readonly openSmall: (viewport?: Viewport) => Promise<WatchedPage>;
  /** A page that several tests look at: open until the last of the file. */
  readonly openForAll: () => Promise<WatchedPage>;
}

/** A server and a browser for the tests of a file, from its first to its last. */
export function runningEditor(): RunningEditor {
  let stipple: RunningStipple;
  let browser: Browser;
  beforeAll(async () => {
    [stipple, browser] = await Promise.all([startStipple(), openChromium()]);
  }, SET_UP_MS);
  const passing: BrowserContext[] = [];
  afterEach(async () => {
    for (const context of passing.splice(0)) await context.close();
  });
  afterAll(async () => {
    await browser?.close();
    await stipple?.stop();
  });
  const openForAll = async (viewport?: Viewport): Promise<WatchedPage> => {
    const watched = await openPage(browser, viewport);
    watched.page.setDefaultTimeout(PATIENCE_MS);
    await watched.page.goto(stipple.url);
    return watched;
  };
  const open = async (viewport?: Viewport): Promise<WatchedPage> => {
    const watched = await openForAll(viewport);
    passing.push(watched.page.context());
    return watched;
  };
  const openSmall = async (viewport?: Viewport): Promise<WatchedPage> => {
    const watched = await open(viewport);
    await watched.page.route('**/mannequin.jpg', (route) => route.fulfill({ body: SMALL_MANNEQUIN }));
    return watched;
  };
  return { stipple: () => stipple, open, openSmall, openForAll };
}

export const makeExample = (page: Page): Promise<void> =>
  page.getByRole('button', { name: 'Show me on the mannequin' }).click();

const fileOf = (name: string, buffer: Buffer) => ({ name, mimeType: `image/${name.split('.').at(-1)}`, buffer });

/** The photo from the front. */
export const choose = (page: Page, name: string, buffer: Buffer): Promise<void> =>
  page.setInputFiles('#photo-input', fileOf(name, buffer));

/** A photo of another view, by the label of its button. */
export async function addView(page: Page, label: string, name: string, buffer: Buffer): Promise<void> {
  const asked = page.waitForEvent('filechooser');
  await page.getByRole('group', { name: 'Add another view' }).getByRole('button', { name: label }).click();
  await (await asked).setFiles(fileOf(name, buffer));
}

export const make = (page: Page): Promise<void> => page.getByRole('button', { name: 'Make the plan' }).click();
export const healed = (page: Page): Locator => page.getByAltText('Healed, simulated on the photo');
export const whenDone = (page: Page): Promise<void> =>
  page.getByRole('heading', { name: 'Take it with you' }).waitFor();
/** The card of one photo, by the name of its view. */
export const card = (page: Page, view: string): Locator => page.locator(`.photo-card[data-view=${view}]`);

export interface ShownSamples {
  readonly width: number;
  readonly height: number;
  readonly mean: number;
  readonly corner: readonly number[];
}

/** The pixels of a shown picture, as the browser decodes it. */
export const samplesOf = (page: Page, alt: string): Promise<ShownSamples> =>
  page
    .getByAltText(alt, { exact: true })
    .first()
    .evaluate(async (img: HTMLImageElement) => {
      await img.decode();
      const canvas = new OffscreenCanvas(img.naturalWidth, img.naturalHeight);
      const context = canvas.getContext('2d')!;
      context.drawImage(img, 0, 0);
      const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += data[i + 1]!;
      const corner = [...context.getImageData(0, 0, 200, 200).data];
      return { width: canvas.width, height: canvas.height, mean: sum / (data.length / 4), corner };
    });

/** What "Download everything" gives, by name. */
export async function planFiles(page: Page): Promise<Record<string, Uint8Array>> {
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download everything (.zip)' }).click();
  return unzipSync(readFileSync(await (await download).path()));
}

export const documentIn = (files: Readonly<Record<string, Uint8Array>>) =>
  parsePlan(new TextDecoder().decode(files['plan.json']));

/** Files dropped on the page, together. */
export async function drop(page: Page, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  const given = files.map(({ name, bytes }) => ({ name, base64: Buffer.from(bytes).toString('base64') }));
  const dataTransfer = await page.evaluateHandle((list) => {
    const transfer = new DataTransfer();
    for (const { name, base64 } of list)
      transfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
    return transfer;
  }, given);
  await page.dispatchEvent('.page', 'drop', { dataTransfer });
}
