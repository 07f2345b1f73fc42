/** The page's longer ways, in a real browser: every presentation, every kind of photo, and a cold page's first picture. */
import sharp from 'sharp';
import { expect, it } from 'vitest';
import {
  choose,
  documentIn,
  healed,
  make,
  MANNEQUIN,
  PATIENCE_MS,
  planFiles,
  runningEditor,
  samplesOf,
  whenDone,
} from './editor-page.ts';

const { open } = runningEditor();

it('offers every presentation, with what a shaved look leaves to choose', async () => {
  const { page } = await open();
  await page.getByRole('button', { name: 'Show me on the mannequin' }).click();
  await whenDone(page);
  await page.getByText('Rebuilt', { exact: true }).first().click();
  await page.getByText('Left bare', { exact: true }).click();
  await page.getByRole('button', { name: 'Make it again' }).first().click();
  await expect.poll(() => page.getByText('The form has changed').count()).toBe(0);
  await whenDone(page);
  expect(documentIn(await planFiles(page)).presentation).toEqual({
    kind: 'norwood',
    stage: 6,
    temples: 'rebuilt',
    hump: 'respected',
  });
  for (const [label, kind] of [
    ['Strip scar', 'fut-scar'],
    ['Dot scars', 'fue-scars'],
    ['Bald patch', 'patch'],
  ] as const) {
    await page.locator('.look', { hasText: label }).click();
    await page.getByRole('button', { name: 'Make it again' }).first().click();
    await expect.poll(() => page.getByText('The form has changed').count()).toBe(0);
    await Promise.race([whenDone(page), page.locator('.notice').waitFor()]);
    expect([label, await page.locator('.notice').count()]).toEqual([label, 0]);
    expect(documentIn(await planFiles(page)).presentation).toEqual({ kind });
  }
});

it('takes photos that lie turned in the file, in Display P3 and in CMYK', async () => {
  const { page } = await open();
  const small = sharp(await sharp(MANNEQUIN).resize(640, 800).png().toBuffer());
  const photos = {
    'turned.jpg': await small.clone().rotate(270).withMetadata({ orientation: 6 }).jpeg().toBuffer(),
    'p3.png': await small.clone().withIccProfile('p3').png().toBuffer(),
    'print.jpg': await small.clone().toColourspace('cmyk').jpeg().toBuffer(),
    'web.webp': await small.clone().webp().toBuffer(),
  };
  for (const [name, bytes] of Object.entries(photos)) {
    await choose(page, name, bytes);
    await make(page);
    await healed(page).waitFor();
    const { width, height } = await samplesOf(page, 'Healed, simulated on the photo');
    expect([name, width, height]).toEqual([name, 640, 800]);
  }
});

it.each([
  { what: 'a portrait of 1024 pixels', width: 819, height: 1024 },
  { what: 'a photo of 12 megapixels', width: 3098, height: 3872 },
])('shows the healed picture of $what soon on a cold page', async ({ what, width, height }) => {
  const photo = await sharp(MANNEQUIN).resize(width, height).jpeg({ quality: 92 }).toBuffer();
  const { page } = await open();
  await page.getByLabel('Around the head').fill('575');
  const began = performance.now();
  await choose(page, 'front.jpg', photo);
  await make(page);
  await healed(page).waitFor();
  await healed(page).evaluate((img: HTMLImageElement) => img.decode());
  const healedMs = performance.now() - began;
  await whenDone(page);
  process.stdout.write(
    `${what}: photo to healed picture ${(healedMs / 1000).toFixed(2)} s, to everything ${((performance.now() - began) / 1000).toFixed(2)} s\n`,
  );
  expect(healedMs).toBeLessThan(PATIENCE_MS / 2);
});
