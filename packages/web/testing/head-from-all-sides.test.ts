/** Further photos, marks, measures and a scan on the page, in a real browser. */
import { mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scanOfHead } from '@stipple/core/scan/testing/scan-of-head.ts';
import { anchorMm, type AnchorName } from '@stipple/core/vision/anchors.ts';
import { rotationOf } from '@stipple/core/vision/view-pose.ts';
import { rotate } from '@stipple/core/vec/mat3.ts';
import type { Locator, Page } from 'playwright-core';
import sharp from 'sharp';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  addView,
  card,
  choose,
  documentIn,
  healed,
  make,
  makeExample,
  MANNEQUIN,
  PATIENCE_MS,
  planFiles,
  runningEditor,
  SMALL_MANNEQUIN,
  whenDone,
} from './editor-page.ts';

const { open, openSmall } = runningEditor();
let mirrored: Buffer;

beforeAll(async () => {
  mirrored = await sharp(SMALL_MANNEQUIN).flop().jpeg({ quality: 92 }).toBuffer();
});

const wall = (): Promise<Buffer> =>
  sharp({ create: { width: 900, height: 1000, channels: 3, background: '#8899aa' } })
    .jpeg()
    .toBuffer();

/** Taps places of the photo that is open to be marked, px of the photo. */
async function tapAt(page: Page, places: readonly (readonly [x: number, y: number])[]): Promise<void> {
  const img = page.locator('.mark-canvas > img');
  const box = (await img.boundingBox())!;
  const width = await img.evaluate((shown: HTMLImageElement) => shown.naturalWidth);
  const scale = box.width / width;
  for (const [x, y] of places) await page.mouse.click(box.x + (x + 0.5) * scale, box.y + (y + 0.5) * scale);
}
const openMarks = async (page: Page, view: string): Promise<void> => {
  await card(page, view).locator('.photo-actions button').first().click();
  await page.getByRole('dialog').waitFor();
  await page.locator('.mark-overlay').waitFor();
};
const tool = (page: Page, name: string): Promise<void> => page.getByText(name, { exact: true }).click();
const editor = (page: Page): Locator => page.getByRole('dialog');

/** A head from behind on a bright wall: smooth skin in the shape of the template, with its named points. */
const BEHIND: readonly AnchorName[] = [
  'left-ear-top',
  'right-ear-top',
  'left-ear-lobe',
  'right-ear-lobe',
  'vertex',
  'nape',
];
const SHAPE = { face: 1, width: 1, height: 1, length: 1 };
function behind(name: AnchorName): [x: number, y: number] {
  const [x, y, z] = rotate(rotationOf({ yawDeg: 180, pitchDeg: 0 }), anchorMm(name, SHAPE));
  const scale = 3000 / (z + 1000);
  return [450 + scale * x, 520 + scale * y];
}
async function photoFromBehind(): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="1000">
    <rect width="900" height="1000" fill="#dfe3e6"/>
    <path d="M300 700V1000H600V700Z" fill="#b98a6c"/><path d="M120 1000q330-220 660 0Z" fill="#223"/>
    <ellipse cx="450" cy="400" rx="226" ry="262" fill="#c99b7c"/><ellipse cx="450" cy="560" rx="200" ry="170" fill="#c39475"/>
    <ellipse cx="206" cy="520" rx="36" ry="88" fill="#c08f70"/><ellipse cx="694" cy="520" rx="36" ry="88" fill="#c08f70"/></svg>`;
  return sharp(Buffer.from(svg)).blur(2).jpeg().toBuffer();
}

describe('several photos', () => {
  it('are placed on one head, shown view by view, and leave in the files', async () => {
    const { page, faults } = await open();
    await page.getByLabel('Around the head').fill('575');
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await addView(page, 'Front, bowed', 'bowed.jpg', mirrored);
    await make(page);
    await whenDone(page);
    for (const view of ['front', 'bowed']) expect(await card(page, view).innerText()).toContain('Placed by the face');

    const tabs = page.getByRole('group', { name: 'View shown' }).getByRole('radio');
    expect(await tabs.count()).toBe(2);
    await tabs.nth(1).check({ force: true });
    await healed(page).waitFor();
    // Its moments are drawn when it is looked at.
    await page.getByText('5 years', { exact: true }).click();
    await page.getByAltText('After 5 years, likely, simulated').waitFor();
    expect(await page.locator('.tables').innerText()).toMatch(/Photos[\s\S]*Front[\s\S]*Front, bowed/);

    const files = await planFiles(page);
    for (const view of ['front', 'bowed']) expect(Object.keys(files)).toContain(`${view}.healed.png`);
    expect(documentIn(files).photos.map(({ view }) => view)).toEqual(['front', 'bowed']);
    expect(faults).toEqual([]);
  });

  it('are judged one by one: a refusal names its photo, keeps the others, and the plan goes on without it', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await addView(page, 'Back', 'wall.jpg', await wall());
    const state = card(page, 'back').locator('.photo-state');
    await expect.poll(() => state.getAttribute('data-code'), { timeout: PATIENCE_MS }).toBe('view-unplaced');
    expect(await state.innerText()).toMatch(/Mark at least four points of the head/);
    await expect.poll(() => card(page, 'front').innerText(), { timeout: PATIENCE_MS }).toContain('Placed by the face');

    await make(page);
    const notice = page.getByRole('alert');
    await notice.waitFor();
    expect(await notice.getAttribute('data-view')).toBe('back');
    expect(await notice.innerText()).toMatch(/^Back[\s\S]*the other photos are kept/);
    await page.getByRole('button', { name: 'Go on without this photo' }).click();
    await whenDone(page);
    expect(await card(page, 'back').count()).toBe(0);
    expect(await card(page, 'front').innerText()).toContain('front.jpg');
  });

  it('name the photo of a refusal that does not name it itself', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await addView(page, 'Front, bowed', 'wall.jpg', await wall());
    await make(page);
    const notice = page.getByRole('alert');
    await notice.waitFor();
    expect([await notice.getAttribute('data-code'), await notice.getAttribute('data-view')]).toEqual([
      'no-face',
      'bowed',
    ]);
  });

  it('can be replaced and removed, and a file that is none leaves the photo where it is', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await addView(page, 'Left side', 'left.jpg', mirrored);
    const replace = async (name: string, buffer: Buffer): Promise<void> => {
      const asked = page.waitForEvent('filechooser');
      await page.getByRole('button', { name: 'Replace, Left side' }).click();
      await (await asked).setFiles({ name, mimeType: 'image/jpeg', buffer });
    };
    await replace('letter.jpg', Buffer.from('Dear client'));
    const fault = page.getByRole('alert');
    await fault.waitFor();
    expect(await fault.innerText()).toMatch(/^letter\.jpg: .* The photo chosen before is kept\.$/);
    expect(await card(page, 'left').innerText()).toContain('left.jpg');
    await replace('again.jpg', SMALL_MANNEQUIN);
    await page.getByText('again.jpg: this very photo is there already, as “Front”.').waitFor();
    await replace('again.jpg', await sharp(MANNEQUIN).resize(640, 800).jpeg().toBuffer());
    await expect.poll(() => card(page, 'left').innerText()).toContain('again.jpg');
    await page.getByRole('button', { name: 'Remove, Left side' }).click();
    expect(await card(page, 'left').count()).toBe(0);
    await page.getByRole('button', { name: 'Remove, Front' }).click();
    await page.getByRole('button', { name: 'Show me on the mannequin' }).waitFor();
  });
});

describe('marking a photo', () => {
  it('is not lost when the photo is given again, or taken away and given for another view', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await openMarks(page, 'front');
    await tool(page, 'Whorl');
    await tapAt(page, [[360, 300]]);
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => card(page, 'front').innerText()).toContain('Marked: 1 mark');
    await choose(page, 'once-more.jpg', SMALL_MANNEQUIN);
    await expect.poll(() => card(page, 'front').innerText()).toMatch(/once-more[.]jpg[\s\S]*Marked: 1 mark/);
    await page.getByRole('button', { name: 'Remove, Front' }).click();
    await choose(page, 'other.jpg', mirrored);
    await addView(page, 'Front, bowed', 'moved.jpg', SMALL_MANNEQUIN);
    await expect.poll(() => card(page, 'bowed').innerText()).toContain('Marked: 1 mark');
    expect(await card(page, 'front').innerText()).not.toContain('Marked');
  });

  it('places a head from behind by its points, asked for one after the other', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await addView(page, 'Back', 'back.jpg', await photoFromBehind());
    await page.getByRole('button', { name: 'Mark points, Back' }).click();
    await page.locator('.mark-overlay').waitFor();
    for (const name of BEHIND) {
      if (name === 'nape') await page.getByRole('button', { name: 'Nape' }).click();
      await tapAt(page, [behind(name)]);
    }
    await expect.poll(() => editor(page).locator('.point-map').innerText()).toContain('6 points.');
    await page.getByRole('button', { name: 'Done' }).click();
    await expect.poll(() => card(page, 'back').innerText(), { timeout: PATIENCE_MS }).toContain('Placed by 6 points');
    expect(await card(page, 'back').innerText()).toContain('Marked: 6 points');
  });

  it('keeps a mole, an outline, a tape to read and a known distance with the photo and makes the plan again', async () => {
    const { page } = await openSmall();
    await makeExample(page);
    await whenDone(page);
    await page.getByLabel('Around the head').fill('');
    await page.getByText('What makes it fade').click();
    await page.getByText('Oily', { exact: true }).click();
    await openMarks(page, 'front');
    await page.getByRole('button', { name: 'Mole', exact: true }).click();
    await tapAt(page, [[350, 165]]);
    await page.getByLabel('Mole, diameter in mm').fill('6');
    await page.keyboard.press('Tab');
    await page.getByRole('button', { name: 'Bald part', exact: true }).click();
    await tapAt(page, [
      [280, 210],
      [310, 150],
      [360, 125],
      [410, 150],
      [440, 210],
    ]);
    await page.getByRole('button', { name: 'Close the outline' }).click();
    await page.getByRole('button', { name: 'Tape to read', exact: true }).click();
    await tapAt(page, [
      [310, 225],
      [400, 225],
    ]);
    await tool(page, 'Distance');
    await tapAt(page, [
      [320, 200],
      [350, 201],
    ]);
    await page.getByLabel('Length between both ends').fill('13');
    await page.getByLabel('Nearly always within ±').fill('0,4');
    await page.getByRole('button', { name: 'Keep the distance' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    expect(await card(page, 'front').innerText()).toContain('Marked: 1 distance, 3 marks');
    await whenDone(page);
    const read = await page.getByRole('region', { name: 'Read on the head' }).innerText();
    expect(read).toMatch(
      /Front, tape 1\s+straight \d+ mm; known distance, as the front photo shows it\s+\d+ mm\s+\d+ to \d+/,
    );
    await page.getByText('5 years', { exact: true }).click();
    await page.getByText('oily skin, 1.2 times as fast (practice opinion)').waitFor();
    const document = documentIn(await planFiles(page));
    expect(document.marks.filter(({ kind }) => kind === 'bald')).toHaveLength(1);
    expect(document.marks).toContainEqual(expect.objectContaining({ kind: 'keep-out', what: 'mole', radiusMm: 3 }));
    expect(document.photos[0]!.distances).toMatchObject([{ mm: 13, sdMm: 0.2 }]);
    expect(document.readings).toMatchObject([{ kind: 'tape', view: 'front' }]);
    expect(document.fading).toEqual(['oily-skin']);
    const [from] = document.photos[0]!.distances.map(({ fromPx }) => fromPx);
    expect(Math.abs(from![0] - 320)).toBeLessThan(1);
    expect(Math.abs(from![1] - 200)).toBeLessThan(1);
    expect(document.head.scaleSource).toBe('known distance');
  });

  it('refuses a mark beside the head by its number, and keeps everything drawn', async () => {
    const { page } = await open();
    await page.getByLabel('Around the head').fill('575');
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await openMarks(page, 'front');
    await page.getByRole('button', { name: 'Mole', exact: true }).click();
    await tapAt(page, [[20, 30]]);
    await page.getByRole('button', { name: 'Done' }).click();
    await make(page);
    const notice = page.getByRole('alert');
    await notice.waitFor();
    expect([await notice.getAttribute('data-code'), await notice.getAttribute('data-view')]).toEqual([
      'mark-unusable',
      'front',
    ]);
    expect(await notice.innerText()).toMatch(/Mark 1 \(mole\), lies beside the head/);
    expect(await card(page, 'front').innerText()).toContain('Marked: 1 mark');
  });

  it('keeps an outline that was left open at Done, once it encloses something', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    const corners = [
      [280, 210],
      [360, 125],
      [440, 210],
    ] as const;
    for (const [places, isKept] of [
      [corners.slice(0, 2), false],
      [corners, true],
    ] as const) {
      await openMarks(page, 'front');
      await page.getByRole('button', { name: 'Bald part', exact: true }).click();
      await tapAt(page, places);
      await page.getByRole('button', { name: 'Done' }).click();
      expect((await card(page, 'front').innerText()).includes('Marked: 1 mark')).toBe(isKept);
    }
  });

  it('works by keyboard alone, with a magnifier at the cross and undo to the beginning', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await openMarks(page, 'front');
    await page.getByRole('button', { name: 'Whorl', exact: true }).click();
    const canvas = page.getByRole('application');
    await canvas.focus();
    for (const key of ['Shift+ArrowUp', 'Shift+ArrowUp', 'ArrowLeft', 'ArrowLeft']) await page.keyboard.press(key);
    await page.locator('.magnifier').waitFor();
    await page.keyboard.press('Enter');
    expect(await page.locator('.mark-list li').count()).toBe(1);
    await page.keyboard.press('Backspace');
    expect(await page.locator('.mark-list').count()).toBe(0);
    expect(await page.getByRole('button', { name: 'Undo' }).isDisabled()).toBe(true);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await editor(page).waitFor({ state: 'detached' });
    expect(await card(page, 'front').innerText()).toContain('Marked: 1 mark');
  });

  it('aims under a magnifier while a finger is down, and comes closer with two', async () => {
    const { page } = await open({ width: 820, height: 1100 });
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await openMarks(page, 'front');
    await page.getByRole('button', { name: 'Mole', exact: true }).click();
    const canvas = (await page.locator('.mark-canvas').boundingBox())!;
    const img = page.locator('.mark-canvas > img');
    const whole = (await img.boundingBox())!;
    const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2];
    const session = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', ...places: readonly (readonly [number, number])[]) =>
      session.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: places.map(([px, py], id) => ({ x: px, y: py, id })),
      });
    await touch('touchStart', [x - 40, y]);
    await page.locator('.magnifier').waitFor();
    await touch('touchMove', [x, y - 60]);
    await touch('touchEnd');
    expect(await page.locator('.magnifier').count()).toBe(0);
    const mark = (await page.locator('.mark-mole .mark-line').boundingBox())!;
    expect(Math.abs(mark.x + mark.width / 2 - x)).toBeLessThan(2);
    expect(Math.abs(mark.y + mark.height / 2 - (y - 60))).toBeLessThan(2);

    await touch('touchStart', [x - 50, y]);
    await touch('touchStart', [x - 50, y], [x + 50, y]);
    await touch('touchMove', [x - 100, y], [x + 100, y]);
    await touch('touchEnd');
    const close = (await img.boundingBox())!;
    expect(close.width / whole.width).toBeGreaterThan(1.8);
    expect(await page.locator('.mark-list li').count(), 'two fingers mark nothing').toBe(1);
  });

  it.each([
    { width: 390, height: 844 },
    { width: 1180, height: 820 },
  ])('fits a screen of $width x $height with targets of 44 px, whatever is marked', async (viewport) => {
    const { page } = await open(viewport);
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await openMarks(page, 'front');
    const before = await page.locator('.mark-canvas').boundingBox();
    await page.getByRole('button', { name: 'Mole', exact: true }).click();
    await tapAt(page, [
      [350, 165],
      [380, 180],
      [325, 190],
    ]);
    expect(await page.locator('.mark-canvas').boundingBox(), 'the photo stays where it is').toEqual(before);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
    const small = await editor(page)
      .locator('button')
      .evaluateAll((buttons) =>
        buttons.filter((button) => button.getBoundingClientRect().height < 43.5).map((b) => b.textContent),
      );
    expect(small).toEqual([]);
  });
});

describe('measures', () => {
  it('that contradict are said beside the measure that is named, and nothing typed is lost', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await page.getByLabel('Around the head').fill('575');
    await page.getByText('More measures make the numbers surer').click();
    await page.getByLabel('Front to back').fill('405');
    await page.getByLabel('Ear to ear').fill('345');
    await make(page);
    await page.locator('.notice[data-code=measures-contradict]').waitFor();
    const beside = page.locator('[data-measure=sagittal] .fault');
    expect(await beside.innerText()).toMatch(/^Front to back 405 mm: .* ± \d+ mm/);
    expect(await page.getByLabel('Front to back').inputValue()).toBe('405');
    await page.getByLabel('Front to back').fill('345');
    await expect.poll(() => beside.count(), { message: 'said of a reading that stands there no longer' }).toBe(0);
    expect(await page.getByLabel('Ear to ear').isVisible(), 'the fold stays open under the hands').toBe(true);
    await make(page);
    await whenDone(page);
  });

  it('taken twice, with an error of their own and over the bald part, reach the plan', async () => {
    const { page } = await open();
    await choose(page, 'front.jpg', SMALL_MANNEQUIN);
    await page.getByLabel('Around the head').fill('575');
    await page.getByLabel('the second reading, circumference').fill('578');
    await page.getByText('How sure are these readings?').click();
    await page.getByLabel('Error of the circumference').fill('8');
    await page.getByText('Lay the tape over the bald part').click();
    await page.getByLabel('Bald part, length').fill('185');
    await make(page);
    await whenDone(page);
    const document = documentIn(await planFiles(page));
    expect(document.measures).toEqual([
      { kind: 'circumference', valueMm: 575, sdMm: 4, source: 'soft tape' },
      { kind: 'circumference', valueMm: 578, sdMm: 4, source: 'soft tape' },
    ]);
    expect(document.zoneTapes).toMatchObject([{ kind: 'bald-length', valueMm: 185 }]);
    const checks = page.getByRole('region', { name: 'Check with the tape' });
    expect(await checks.innerText()).toMatch(/Glabella[\s\S]*Mid-frontal point[\s\S]*\d+ mm/i);
  });
});

it('refuses a scan that is none in its place, makes no plan past it, keeps the rest, and loads no reader before one is chosen', async () => {
  const { page, requests } = await open();
  await page.getByText('A 3-D scan of the head').click();
  expect(requests.some((address) => address.includes('scan-worker'))).toBe(false);
  await page.setInputFiles('#scan-input', {
    name: 'head.stl',
    mimeType: 'model/stl',
    buffer: Buffer.from('solid nothing\nendsolid nothing\n'),
  });
  const fault = page.locator('.scan .fault');
  await fault.waitFor();
  expect(await fault.innerText()).toMatch(/^head\.stl: /);
  expect(await fault.getAttribute('data-code')).toMatch(/^scan-/);
  expect(await page.getByText('Ears and glabella are found on it').count(), 'not on a scan that was refused').toBe(0);
  await page.getByRole('button', { name: 'Give them as JSON' }).waitFor();
  expect(requests.some((address) => address.includes('scan-worker'))).toBe(true);

  const button = page.getByRole('button', { name: 'Make the plan' });
  await choose(page, 'front.jpg', mirrored);
  await page.getByText('Look again at “A 3-D scan of the head”').waitFor();
  expect(await button.isEnabled()).toBe(false);
  await page.getByRole('button', { name: 'Remove, the scan' }).click();
  await expect.poll(() => button.isEnabled()).toBe(true);

  // More than a browser reads in one go.
  const folder = mkdtempSync(join(tmpdir(), 'stipple-scan-'));
  const film = join(folder, 'film.stl');
  writeFileSync(film, '');
  truncateSync(film, 5_000_000_000);
  await page.setInputFiles('#scan-input', film);
  await fault.waitFor();
  expect(await fault.getAttribute('data-code')).toBe('scan-too-large');
  await page.getByRole('button', { name: 'Remove, the scan' }).click();
  rmSync(folder, { recursive: true });
  expect(await fault.count()).toBe(0);
});

it('reads a scan in a worker of its own, says its unit, takes its landmarks, and draws the plan on it without a tape', async () => {
  const { page } = await open();
  const { mesh, landmarks } = scanOfHead({ mmPerUnit: 10 });
  const { positions, triangles } = mesh;
  const lines: string[] = [];
  for (let v = 0; v < positions.length; v += 3) lines.push(`v ${positions.slice(v, v + 3).join(' ')}`);
  for (let k = 0; k < triangles.length; k += 3)
    lines.push(
      `f ${triangles
        .slice(k, k + 3)
        .map((v) => v + 1)
        .join(' ')}`,
    );
  await page.getByText('A 3-D scan of the head').click();
  await page.setInputFiles('#scan-input', {
    name: 'head.obj',
    mimeType: 'model/obj',
    buffer: Buffer.from(lines.join('\n')),
  });
  await page.getByText('head.obj: in centimetres, by its size').waitFor();
  const points = { name: 'points.json', mimeType: 'application/json' };
  await page.setInputFiles('#scan-landmarks-input', { ...points, buffer: Buffer.from('{"leftTragion": [7.5, 0, 0]}') });
  await page.locator('.scan .fault', { hasText: 'points.json' }).waitFor();
  await page.setInputFiles('#scan-landmarks-input', { ...points, buffer: Buffer.from(JSON.stringify(landmarks)) });
  await page.getByText('Ears and glabella by points.json').waitFor();
  await page.getByText('head.obj: in centimetres, by its size').waitFor();
  await choose(page, 'front.jpg', SMALL_MANNEQUIN);
  await make(page);
  await whenDone(page);
  expect(await page.locator('.figures').innerText()).toMatch(/Head scan/i);
  const { head, measures } = documentIn(await planFiles(page));
  expect(measures).toEqual([]);
  expect(head.scaleSource).toBe('head scan');
  expect(head.scan?.landmarksFrom).toBe('given');
});
