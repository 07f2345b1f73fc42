/** The page and the command line, given the same: the same document, the same dots and numbers, the same picture. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { ROOT } from '../../../scripts/paths.mjs';
import { besideCommand, STIPPLE_TIMEOUT_MS } from './beside-command.ts';
import { documentIn, planFiles, runningEditor, whenDone } from './editor-page.ts';

const { open } = runningEditor();
const { folder, stipple } = besideCommand();

it(
  'measures the same head in Node as in the browser, with the same dots and numbers bit for bit and pictures within one level',
  async () => {
    const { page } = await open();
    await page.getByRole('button', { name: 'Show me on the mannequin' }).click();
    await whenDone(page);
    const files = await planFiles(page);
    const { client, course, seed, unevenness } = documentIn(files);
    expect(unevenness, 'said only where it was chosen').toBe(undefined);
    const photo = join(ROOT, 'packages/web/public/mannequin.jpg');
    const asked = `--circumference 575 --norwood 6 --age ${client.ageYears} --zone ${course.timeZone} --seed ${seed}`;
    stipple('plan', '--photo', `front=${photo}`, ...asked.split(' '), '--out', join(folder, 'again'));

    const again = (name: string): Buffer => readFileSync(join(folder, 'again', name));
    for (const name of ['plan.json', 'dots.csv', 'stencil.svg', 'head.glb']) {
      expect(again(name).equals(files[name]!), name).toBe(true);
    }
    expect(JSON.parse(again('summary.json').toString())).toEqual(
      JSON.parse(new TextDecoder().decode(files['summary.json'])),
    );
    for (const name of ['front.healed.png', 'front.fresh.png', 'front.year5.png', 'front.mask.png']) {
      const [here, there] = await Promise.all([again(name), files[name]!].map((png) => sharp(png).raw().toBuffer()));
      expect(here!.length, name).toBe(there!.length);
      let apart = 0;
      for (let i = 0; i < here!.length; i++) apart = Math.max(apart, Math.abs(here![i]! - there![i]!));
      expect(apart, name).toBeLessThanOrEqual(1);
    }
  },
  STIPPLE_TIMEOUT_MS,
);
