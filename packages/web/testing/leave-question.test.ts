/** Closing or reloading the planner: the browser asks while photos or marks would be lost, and only then. */
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { card, choose, make, makeExample, planFiles, runningEditor, SMALL_MANNEQUIN, whenDone } from './editor-page.ts';

const { openSmall } = runningEditor();

/** Whether the browser asks when the page is to be closed; the page stays. */
const asks = (page: Page): Promise<boolean> =>
  page.evaluate(() => !dispatchEvent(new Event('beforeunload', { cancelable: true })));

it('asks from the first photo until the plan is downloaded, and again once something is marked', async () => {
  const { page } = await openSmall();
  expect(await asks(page), 'nothing was given').toBe(false);
  await page.getByLabel('Around the head').first().fill('575');
  await choose(page, 'front.jpg', SMALL_MANNEQUIN);
  await card(page, 'front').locator('img').waitFor();
  expect(await asks(page)).toBe(true);

  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.close({ runBeforeUnload: true });
  await expect.poll(() => asked).toEqual(['beforeunload']);

  await make(page);
  await whenDone(page);
  expect(await asks(page), 'a plan that nobody has taken').toBe(true);
  await planFiles(page);
  await expect.poll(() => asks(page)).toBe(false);

  await card(page, 'front').getByRole('button', { name: /^Mark/ }).click();
  const editor = page.getByRole('dialog');
  await editor.waitFor();
  expect(await asks(page), 'nothing is marked yet').toBe(false);
  const image = (await editor.locator('img, canvas').first().boundingBox())!;
  await page.mouse.click(image.x + image.width / 2, image.y + image.height / 4);
  await expect.poll(() => asks(page)).toBe(true);
  await editor.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => asks(page)).toBe(false);
  await editor.getByRole('button', { name: 'Done' }).click();
  await editor.waitFor({ state: 'detached' });
  expect(await asks(page)).toBe(false);
  await page
    .getByRole('button', { name: /^Remove/ })
    .first()
    .click();
  expect(await asks(page), 'nothing is there').toBe(false);
}, 240_000);

it('does not ask for the example, until it is marked', async () => {
  const { page } = await openSmall();
  await makeExample(page);
  await whenDone(page);
  expect(await asks(page)).toBe(false);
}, 120_000);
