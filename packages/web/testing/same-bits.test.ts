import { join } from 'node:path';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Browser, Page } from 'playwright-core';
import { openChromium, openPage } from './chromium-page.ts';
import { elementaryBits, planBits } from './plan-bits.ts';

declare global {
  /** What the bundle of plan-bits.ts leaves in the page. */
  var bits: { readonly elementaryBits: typeof elementaryBits; readonly planBits: typeof planBits };
}

describe('Node and Chromium', () => {
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const bundle = await build({
      entryPoints: [join(import.meta.dirname, 'plan-bits.ts')],
      bundle: true,
      write: false,
      format: 'iife',
      globalName: 'bits',
      target: 'es2022',
    });
    browser = await openChromium();
    ({ page } = await openPage(browser));
    await page.addScriptTag({ content: bundle.outputFiles[0]!.text });
  });
  afterAll(() => browser?.close());

  it('give the same bits for every elementary function at 200,000 arguments', async ({ annotate }) => {
    expect(await page.evaluate(() => bits.elementaryBits('own'))).toEqual(elementaryBits('own'));
    // The engines' own functions, to see that this comparison can fail: reported, because engines may come to agree.
    const theirs = await page.evaluate(() => bits.elementaryBits('engine'));
    const differing = Object.entries(elementaryBits('engine')).filter(([name, hash]) => theirs[name] !== hash);
    await annotate(`Math differs between these engines in: ${differing.map(([name]) => name).join(', ') || 'nothing'}`);
  });

  it('give the same reserve, head, hairline, dots and areas of a whole plan', async () => {
    const inBrowser = await page.evaluate(() => bits.planBits());
    expect(inBrowser).toEqual(planBits());
    for (const layout of [1, 2]) expect(Number(inBrowser[`count ${layout}`])).toBeGreaterThan(10_000);
  });
});
