/** The page and the command line, given the same two photos with marks: the same document, dots and numbers. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { ROOT } from '../../../scripts/paths.mjs';
import { besideCommand, STIPPLE_TIMEOUT_MS } from './beside-command.ts';
import { addView, choose, make, planFiles, runningEditor, whenDone } from './editor-page.ts';

const { open } = runningEditor();
const { folder, stipple } = besideCommand();

it(
  'gives the same of two photos with marks on one of them',
  async () => {
    const { page } = await open();
    const front = readFileSync(join(ROOT, 'packages/web/public/mannequin.jpg'));
    const bowed = await sharp(front).flop().jpeg({ quality: 90 }).toBuffer();
    await choose(page, 'front.jpg', front);
    await addView(page, 'Front, bowed', 'bowed.jpg', bowed);
    await page.getByLabel('Around the head').fill('575');
    await page.getByRole('button', { name: 'Mark, Front', exact: true }).click();
    await page.locator('.mark-overlay').waitFor();
    await page.getByRole('button', { name: 'Mole', exact: true }).click();
    const shown = (await page.locator('.mark-canvas > img').boundingBox())!;
    await page.mouse.click(shown.x + 0.5 * shown.width, shown.y + 0.2 * shown.height);
    await page.getByRole('button', { name: 'Done' }).click();
    await make(page);
    await whenDone(page);
    const files = await planFiles(page);
    const photos = join(folder, 'two');
    mkdirSync(photos);
    writeFileSync(join(photos, 'a.jpg'), front);
    writeFileSync(join(photos, 'b.jpg'), bowed);
    writeFileSync(join(photos, 'plan.json'), files['plan.json']!);
    stipple('plan', '--from', join(photos, 'plan.json'), '--out', join(folder, 'two-again'));
    const again = (name: string): Buffer => readFileSync(join(folder, 'two-again', name));
    for (const name of ['plan.json', 'dots.csv', 'stencil.svg'])
      expect(again(name).equals(files[name]!), name).toBe(true);
    expect(JSON.parse(again('summary.json').toString())).toEqual(
      JSON.parse(new TextDecoder().decode(files['summary.json'])),
    );
    for (const name of ['front.healed.png', 'bowed.healed.png', 'bowed.mask.png'])
      expect(again(name).length).toBeGreaterThan(0);
  },
  STIPPLE_TIMEOUT_MS,
);
