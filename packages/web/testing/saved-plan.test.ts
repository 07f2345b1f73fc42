/** A plan that was downloaded, opened in the planner again: the archive, or plan.json with its photos or before them. */
import { strToU8 } from 'fflate';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import {
  card,
  documentIn,
  drop,
  healed,
  makeExample,
  planFiles,
  runningEditor,
  samplesOf,
  SMALL_MANNEQUIN,
  whenDone,
} from './editor-page.ts';

const { openSmall } = runningEditor();
const PHOTO = { name: 'IMG_0412.jpg', bytes: SMALL_MANNEQUIN };

it('opens as it was made, with how its dots lie, once its very photo is there', async () => {
  const { page, faults } = await openSmall();
  await page.getByText('How even the dots lie').click();
  await page.getByText('By hand', { exact: true }).click();
  await makeExample(page);
  await whenDone(page);
  const figures = await page.locator('.figures').innerText();
  const picture = await samplesOf(page, 'Healed, simulated on the photo');
  const files = await planFiles(page);
  const made = documentIn(files);
  expect(made.unevenness).toBe(0.15);
  const planFile = { name: 'plan.json', bytes: files['plan.json']! };

  const second = (await openSmall()).page;
  await drop(second, [planFile]);
  await second.getByText('waits for its photo').waitFor();
  await second
    .getByText(`Front: 720 × 900 pixels, fingerprint (SHA-256) ${made.photos[0]!.sha256.slice(0, 8)}`)
    .waitFor();
  expect(await second.getByLabel('Around the head').first().inputValue()).toBe('575');
  await drop(second, [{ name: 'front.jpg', bytes: SMALL_MANNEQUIN.subarray(0, SMALL_MANNEQUIN.length - 1) }]);
  await second.locator('.fault[data-code=photo-differs]').waitFor();
  expect(await card(second, 'front').count(), 'not taken').toBe(0);
  await drop(second, [PHOTO]);
  await whenDone(second);
  expect(await second.locator('.figures').innerText()).toBe(figures);
  expect(await samplesOf(second, 'Healed, simulated on the photo')).toEqual(picture);
  expect(await second.getByLabel('By hand').isChecked()).toBe(true);
  expect(await second.getByText('Pictures and numbers are as before.').count(), 'nothing has changed').toBe(0);
  expect(await second.getByText('Marked:').count(), 'nobody marked anything').toBe(0);
  expect(documentIn(await planFiles(second))).toEqual(made);

  const third = (await openSmall()).page;
  const download = second.waitForEvent('download');
  await second.getByRole('button', { name: 'Download everything (.zip)' }).click();
  const archive = { name: 'stipple-plan (2).zip', bytes: readFileSync(await (await download).path()) };
  await drop(third, [archive, { name: 'front.healed.png', bytes: files['front.healed.png']! }, PHOTO]);
  await healed(third).waitFor();
  await whenDone(third);
  expect(await third.locator('.figures').innerText()).toBe(figures);
  await third.getByText('none of its photos: front.healed.png').waitFor();
  expect(faults).toEqual([]);
}, 240_000);

it('says plainly what is no plan, and takes a scan for a scan', async () => {
  const { page } = await openSmall();
  await drop(page, [{ name: 'notes.json', bytes: strToU8('{"schema":1}') }]);
  const fault = page.locator('.record-bar .fault');
  await fault.waitFor();
  expect(await fault.getAttribute('data-code')).toBe('document-invalid');
  expect(await fault.innerText()).toMatch(/^notes\.json: .*The plan document cannot be read\. Use a plan\.json/);
  await page.setInputFiles('#plan-input', {
    name: 'half.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from('PK\u0003\u0004 no'),
  });
  await page.getByText('half.zip: the archive is damaged.').waitFor();
  await drop(page, [{ name: 'client.obj', bytes: strToU8('v 0 0 0\nv 1 0 0\nv 0 1 0\nf 1 2 3\n') }]);
  await page.getByText('client.obj is taken for a scan of the head').waitFor();
  await page.locator('.scan .fault').waitFor();
  expect(await page.locator('.scan .fault').innerText()).toMatch(/^client\.obj: /);
  await page.getByText('Another scan').waitFor();
}, 120_000);
