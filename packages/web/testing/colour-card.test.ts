/** A photo with a colour card and the studio's own list, in a real browser: measured, chosen, shown; and the card to print. */
import { CLASSIC_REFERENCE } from '@stipple/core/card/card-reference.ts';
import { photographCard } from '@stipple/core/card/testing/photograph-card.ts';
import { PDFDocument } from '@cantoo/pdf-lib';
import { readFile } from 'node:fs/promises';
import sharp from 'sharp';
import { expect, it } from 'vitest';
import { choose, make, MANNEQUIN, PATIENCE_MS, planFiles, runningEditor, whenDone } from './editor-page.ts';

const { open } = runningEditor();
const INKS = 'name,maker,hex,dilutions\nSoft Black,Inky,#242122,5 10 15 20 30\nWarm Brown,Inky,#4a3a30,5 10 15 20\n';

/** The mannequin under a warm lamp beside a card, as a phone's JPEG. */
async function warmPhoto(): Promise<Buffer> {
  const { data, info } = await sharp(MANNEQUIN).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  const on = { widthPx: info.width, heightPx: info.height, rgba: new Uint8Array(data) };
  const shot = photographCard({ on, reference: CLASSIC_REFERENCE, kelvin: 3500, cardPx: 360, at: [1160, 1600] });
  return sharp(shot.rgba, { raw: { width: shot.widthPx, height: shot.heightPx, channels: 4 } })
    .removeAlpha()
    .jpeg({ quality: 88 })
    .toBuffer();
}

it(
  'measures colours by the card, chooses from the list, and says how well and why',
  async () => {
    const { page, faults } = await open();
    await choose(page, 'warm.jpg', await warmPhoto());
    await page.getByText('Colour card and pigments').click();
    const file = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });
    await page.setInputFiles('#colour-input', file('inks.json', '{'));
    await page.locator('.fault[data-code=pigments-unreadable]').waitFor();
    await page.setInputFiles('#colour-input', file('all.csv', INKS.padEnd(300 * 1024)));
    await page.getByText('all.csv (300 KB)').waitFor();
    await page.setInputFiles('#colour-input', file('inks.csv', INKS));
    await page.getByText('2 pigments, the colour of 2 known').waitFor();
    await page.getByText('in the light of the card').click();
    await make(page);
    await whenDone(page);
    const report = await page.locator('.colour-report').innerText();
    expect(report).toMatch(/Skin (very light|light|medium|tan|brown|dark)[\s\S]*L\* \d+ \(\d+ to \d+\)/);
    expect(report).toMatch(/ColorChecker Classic in the front photo/);
    expect(report).toMatch(/[\d.]+ before,\s+[\d.]+ after on the mean/);
    expect(report).toMatch(/(Soft Black|Warm Brown), Inky, 1 : \d+/);
    expect(report).toContain('day 42');
    expect(await page.locator('[data-code=light-warm]').count()).toBe(1);
    expect(await page.locator('.figures').innerText()).toMatch(/pigment to water 1 : \d+/);
    if (process.env.STIPPLE_SHOTS)
      await page.locator('.colour-report').screenshot({ path: `${process.env.STIPPLE_SHOTS}/report.png` });
    if (process.env.STIPPLE_SHOTS)
      await page.locator('.colours').screenshot({ path: `${process.env.STIPPLE_SHOTS}/picker.png` });

    const saved = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Card to print' }).click();
    const download = await saved;
    expect(download.suggestedFilename()).toBe('stipple-card.pdf');
    expect(Object.keys(await planFiles(page))).toContain('front.card-light.png');
    expect((await PDFDocument.load(await readFile((await download.path())!))).getPageCount()).toBe(1);
    expect(faults).toEqual([]);
  },
  2 * PATIENCE_MS,
);
