/** The page in a real browser, from nothing to the plan in hand. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../../../scripts/paths.mjs';
import type { WatchedPage } from './chromium-page.ts';
import {
  choose,
  healed,
  make,
  makeExample,
  MANNEQUIN,
  runningEditor,
  samplesOf,
  SMALL_MANNEQUIN,
  whenDone,
} from './editor-page.ts';

const { stipple, open, openSmall, openForAll } = runningEditor();

describe('the page', () => {
  it('says not to scale, and gives no length, area or price, when the head is not measured', async () => {
    const { page } = await open();
    await choose(page, 'mannequin.jpg', SMALL_MANNEQUIN);
    await make(page);
    await whenDone(page);
    await page.getByText(/Not to scale; measure the head/).waitFor();
    const figures = await page.locator('.figures').innerText();
    for (const label of ['Treated area', 'Price', 'Hairline'])
      expect(figures).toMatch(new RegExp(`${label}\\s+not to scale`));
    expect(figures).not.toMatch(/cm²|\d mm|\$/);
    expect(figures).toMatch(/of an average head/);
  });

  it('refuses a photo without a face with reason and remedy, and keeps what was typed', async () => {
    const { page } = await open();
    const noFace = await sharp({ create: { width: 800, height: 1000, channels: 3, background: '#8899aa' } })
      .jpeg()
      .toBuffer();
    await page.getByLabel('Around the head').fill('581');
    await page.getByLabel('Age').fill('44');
    await page.getByText('IV', { exact: true }).click();
    await choose(page, 'wall.jpg', noFace);
    await make(page);
    const notice = page.getByRole('alert');
    await notice.waitFor();
    expect(await notice.getAttribute('data-code')).toBe('no-face');
    expect(await notice.innerText()).toMatch(/No face was found[\s\S]*Take it from the front/);
    expect(await page.getByLabel('Around the head').inputValue()).toBe('581');
    expect(await page.getByLabel('Age').inputValue()).toBe('44');
    expect(await page.getByLabel('IV', { exact: true }).isChecked()).toBe(true);

    await choose(page, 'mannequin.jpg', SMALL_MANNEQUIN);
    await make(page);
    await healed(page).waitFor();
  });

  it('refuses files that are no photo or are damaged, by name of the fault', async () => {
    const { page } = await open();
    await choose(page, 'notes.png', Buffer.from('not a photo at all'));
    await page.locator('[data-code=photo-type]').waitFor();
    await choose(page, 'half.jpg', MANNEQUIN.subarray(0, MANNEQUIN.length >> 1));
    await make(page);
    await page.locator('.notice[data-code=photo-unreadable]').waitFor();
  });

  it('says at the pictures and at the downloads when the form has changed since the plan was made', async () => {
    const { page } = await openSmall();
    await makeExample(page);
    await whenDone(page);
    const notices = page.getByText('The form has changed since this plan was made');
    const again = page.getByRole('button', { name: 'Make it again' });
    const savedAs = async (): Promise<unknown> => {
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: 'plan.json' }).click(),
      ]);
      return parsePlan(readFileSync(await download.path(), 'utf8')).measures;
    };
    expect(await notices.count()).toBe(0);

    const tape = page.getByLabel('Around the head');
    await tape.fill('560');
    expect(await notices.count()).toBe(2);
    expect(await notices.first().innerText()).toContain('(measures)');
    expect(await page.locator('.downloads').innerText()).toContain('These files are of the plan shown');
    await tape.fill('575.0');
    expect(await notices.count(), 'the same value is the same order').toBe(0);
    await tape.fill('57');
    expect(await notices.count()).toBe(2);
    expect(await again.first().isDisabled()).toBe(true);

    await tape.fill('560');
    await page.getByRole('button', { name: 'Show the files one by one' }).click();
    expect(await savedAs()).toMatchObject([{ valueMm: 575 }]);
    await again.last().focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => notices.count()).toBe(0);
    expect(await page.getByLabel('Result').evaluate((stage) => stage === document.activeElement)).toBe(true);
    await whenDone(page);
    expect(await notices.count()).toBe(0);
  });

  it('answers a worker asked for files before any plan with a failure, not with silence', async () => {
    const { page } = await open();
    const answer = await page.evaluate(
      () =>
        new Promise((done) => {
          const worker = new Worker('/plan-worker.js', { type: 'module' });
          worker.onmessage = ({ data }) => done(data);
          worker.postMessage({ kind: 'files' });
        }),
    );
    expect(answer).toEqual({ kind: 'failed', message: 'A plan was asked for its files before it was made.' });
  });

  it('judges the tape while it is typed', async () => {
    const { page } = await open();
    await choose(page, 'mannequin.jpg', MANNEQUIN);
    const tape = page.getByLabel('Around the head');
    const isBarred = (): Promise<boolean> => page.getByRole('button', { name: 'Make the plan' }).isDisabled();
    for (const [typed, said] of [
      ['0x23f', 'Only digits, with one decimal point or comma.'],
      ['57.5', 'That looks like centimetres: 575 mm?'],
      ['22.6', 'That looks like inches: 574 mm?'],
      ['700', 'Expected 500 to 650 mm.'],
    ] as const) {
      await tape.fill(typed);
      await page.getByText(said).waitFor();
      expect(await tape.getAttribute('aria-invalid')).toBe('true');
      expect(await isBarred()).toBe(true);
    }
    await tape.fill('575,5');
    expect(await tape.getAttribute('aria-invalid')).toBe('false');
    await expect.poll(isBarred).toBe(false);
    expect(await page.locator('.tape-number').allTextContents()).toContain('560');
  });

  it("takes a phone's HEIC, shows it before and after, and loads its decoder for no other photo", async () => {
    const { page, requests, faults } = await open();
    const heic = readFileSync(join(ROOT, 'packages/files/fixtures/mannequin.heic'));
    expect(requests.filter((address) => address.includes('heif'))).toEqual([]);
    await choose(page, 'IMG_0001.heic', heic);
    await make(page);
    await healed(page).waitFor();
    for (const alt of ['The photo before', 'Healed, simulated on the photo']) {
      const { width, height } = await samplesOf(page, alt);
      expect([alt, width, height]).toEqual([alt, 720, 900]);
    }
    expect(requests.some((address) => address.includes('libheif'))).toBe(true);
    expect(faults).toEqual([]);
  });

  it('works by keyboard alone: the example, the slider and the moments', async () => {
    const { page } = await openSmall();
    await page.getByRole('button', { name: 'Show me on the mannequin' }).focus();
    await page.keyboard.press('Enter');
    const focused = (): Promise<string | null> =>
      page.evaluate(() => document.activeElement!.getAttribute('aria-label'));
    await page.getByRole('status').first().waitFor();
    expect(await focused()).toBe('Result');
    await whenDone(page);
    expect(await focused()).toBe('Result');
    const slider = page.getByRole('slider', { name: 'Share of the picture that shows the photo before' });
    await slider.focus();
    const cutOf = (): Promise<string> =>
      page.locator('.compare-before').evaluate((element: HTMLElement) => element.style.clipPath);
    expect(await cutOf()).toMatch(/ 50% /);
    await page.keyboard.press('ArrowRight');
    expect(await cutOf()).toMatch(/ 49% /);
    await page.keyboard.press('Home');
    expect(await cutOf()).toMatch(/ 100% /);
    expect(await slider.getAttribute('aria-valuetext')).toBe('0 % before, 100 % healed');
    await page.getByRole('radio', { name: 'Healed' }).focus();
    await page.keyboard.press('ArrowRight');
    await page.getByAltText('Fresh, simulated', { exact: true }).waitFor();
  });

  it.each([
    { width: 1024, height: 768 },
    { width: 390, height: 844 },
  ])('fits a screen of $width x $height without scrolling sideways', async (viewport) => {
    const { page } = await openSmall(viewport);
    const overflow = (): Promise<number> => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(await overflow()).toBe(0);
    await makeExample(page);
    await whenDone(page);
    expect(await overflow()).toBe(0);
  });
});

describe('a plan of the ready example', () => {
  /** Made once, in one press, and looked at by each test. */
  let shown: WatchedPage;
  beforeAll(async () => {
    shown = await openForAll();
    await makeExample(shown.page);
    await healed(shown.page).waitFor();
    await whenDone(shown.page);
  });
  /** Its page at the healed picture, whatever was looked at before. */
  async function healedShown(): Promise<Page> {
    await shown.page.getByRole('radio', { name: 'Healed' }).check({ force: true });
    await healed(shown.page).waitFor();
    return shown.page;
  }

  it('leads from nothing to the healed picture, the years and the numbers in one press', async () => {
    const { requests, faults } = shown;
    const page = await healedShown();
    const before = await samplesOf(page, 'The photo before');
    const after = await samplesOf(page, 'Healed, simulated on the photo');
    expect([after.width, after.height]).toEqual([1440, 1800]);
    expect([before.width, before.height]).toEqual([1440, 1800]);
    expect(after.mean).toBeLessThan(before.mean - 0.5);
    const apart = after.corner.map((value, i) => Math.abs(value - before.corner[i]!));
    expect(
      apart.reduce((a, b) => Math.max(a, b)),
      'the browser shows photo and picture alike where nothing is changed',
    ).toBeLessThanOrEqual(1);

    await page.getByText('5 years', { exact: true }).click();
    const means = [];
    for (const band of ['palest', 'likely', 'darkest'])
      means.push((await samplesOf(page, `After 5 years, ${band}, simulated`)).mean);
    expect(means[0]).toBeGreaterThan(means[1]!);
    expect(means[1]).toBeGreaterThan(means[2]!);
    await page.getByText('Further hair loss and greying are not in this forecast').waitFor();

    await page.getByText('Fresh', { exact: true }).click();
    await page.getByAltText('Fresh, simulated', { exact: true }).waitFor();
    // Never a fresh picture alone.
    await page.getByAltText('Healed, simulated', { exact: true }).waitFor();
    await page.getByText('It grows no hair; looks freshly shaved.').waitFor();

    const figures = await page.locator('.figures').innerText();
    expect(figures).toMatch(/Treated area\s+\d+ cm²\s+\d+ to \d+/);
    expect(figures).toMatch(/Price\s+\$[\d,]+[\s\S]*by an example list/);
    const zones = await page.getByRole('table', { name: 'Zones' }).innerText();
    expect(zones).toMatch(/Left temple\s+[\d.]+\s+[\d.]+–[\d.]+, usual extent/);
    expect(await page.getByText('not included').count()).toBeGreaterThan(0);
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('button', { name: 'Make the plan' }).isVisible()).toBe(false);
    expect(await page.getByAltText('Healed, simulated', { exact: true }).isVisible()).toBe(true);
    await page.emulateMedia({ media: 'screen' });
    expect(faults).toEqual([]);
    expect(requests.length).toBeGreaterThan(5);
    for (const address of requests) expect(new URL(address).origin).toBe(stipple().url);
  });

  it('moves the slider under the pointer', async () => {
    const page = await healedShown();
    const box = (await page.locator('.compare-frame').boundingBox())!;
    await page.mouse.move(box.x + 0.5 * box.width, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 0.25 * box.width, box.y + 120, { steps: 4 });
    await page.mouse.up();
    const line = (await page.locator('.compare-line').boundingBox())!;
    expect(Math.abs(line.x + line.width / 2 - (box.x + 0.25 * box.width))).toBeLessThan(0.012 * box.width);
  });

  it('gives a zip whose plan can be opened again, single files, and the way into a studio', async () => {
    const page = await healedShown();
    const [download] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Download everything (.zip)' }).click(),
    ]);
    const files = unzipSync(readFileSync(await download.path()));
    for (const name of [
      'plan.json',
      'summary.json',
      'dots.csv',
      'head.glb',
      'stencil.svg',
      'worksheet.pdf',
      'course.ics',
    ])
      expect(Object.keys(files)).toContain(name);
    const document = parsePlan(new TextDecoder().decode(files['plan.json']));
    expect(document.measures).toMatchObject([{ kind: 'circumference', valueMm: 575 }]);
    const picture = await sharp(files['front.healed.png']).metadata();
    expect([picture.width, picture.height]).toEqual([1440, 1800]);
    const mask = await sharp(files['front.mask.png']).greyscale().raw().toBuffer();
    const untouched = await sharp(MANNEQUIN).raw().toBuffer();
    const drawn = await sharp(files['front.healed.png']).raw().toBuffer();
    let outside = 0;
    for (let i = 0; i < mask.length; i++)
      if (mask[i] === 0)
        for (let c = 0; c < 3; c++) outside = Math.max(outside, Math.abs(drawn[3 * i + c]! - untouched[3 * i + c]!));
    expect(outside, 'nothing changes outside the mask').toBe(0);

    const [single] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'course.ics' }).click(),
    ]);
    expect(single.suggestedFilename()).toBe('course.ics');
    expect(readFileSync(await single.path(), 'utf8')).toMatch(/^BEGIN:VCALENDAR/);

    await page.getByRole('button', { name: 'Keep with a client' }).click();
    await page.getByText('Sign in to the studio first; the plan stays as it is.').waitFor();
    await page.getByRole('button', { name: 'Close' }).click();
    await healed(page).waitFor();
  });

  it('keeps photo and plan when a file is dropped that is no photo, and shows another photo as a change', async () => {
    const page = await healedShown();
    const drop = (files: Record<string, Buffer>): Promise<void> =>
      page.evaluate(
        (given) => {
          const dataTransfer = new DataTransfer();
          for (const [name, base64] of given)
            dataTransfer.items.add(new File([Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))], name));
          document.querySelector('.drop')!.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true }));
        },
        Object.entries(files).map(([name, bytes]) => [name, bytes.toString('base64')] as const),
      );
    await drop({ 'text.jpg': Buffer.from('Dear client') });
    const fault = page.getByRole('alert');
    await fault.waitFor();
    expect(await fault.getAttribute('data-code')).toBe('photo-type');
    expect(await fault.innerText()).toMatch(/^text\.jpg: .*not a JPEG.* Export .* The photo chosen before is kept\.$/);
    expect(await page.locator('.drop').innerText()).toContain('mannequin.jpg');
    expect(await healed(page).isVisible()).toBe(true);

    const other = await sharp(MANNEQUIN).resize(640, 800).jpeg().toBuffer();
    await drop({ 'other.jpg': other, 'second.jpg': MANNEQUIN });
    await page.getByText('One photo is taken: other.jpg. Left out: second.jpg.').waitFor();
    expect(await fault.count()).toBe(0);
    expect(await page.getByText('The form has changed since this plan was made (photo)').count()).toBe(2);
    const { width } = await samplesOf(page, 'The photo before');
    expect(width, 'the plan stays beside the photo it was made from').toBe(1440);

    await choose(page, 'mannequin.jpg', MANNEQUIN);
    await expect.poll(() => page.getByText('The form has changed').count(), { message: 'the same bytes' }).toBe(0);
  });
});
