/** A plan on its way between planning page and record: kept with its photos, opened as it was, kept again as the next version. */
import { expect, it } from 'vitest';
import { PRICE_LIST_DEFAULTS } from '@stipple/core/quote/price-list.ts';
import { healed, make, makeExample, runningEditor, whenDone } from './editor-page.ts';
import { button, call, expectAccessible, field, heading, link, OWNER, withAxe } from './studio-page.ts';

const { openSmall, stipple } = runningEditor();

it('is kept with its photo, opened from the record as it was, and kept again as its next version', async () => {
  const { page, faults } = await openSmall();
  page.setDefaultTimeout(60_000);
  await withAxe(page.context());
  const setUp = { studioName: 'North Light', timeZone: 'Europe/Berlin', currency: 'EUR', ...OWNER };
  await call(page, 'POST', '/owner', { ...setUp, link: stipple().firstLink.split('/').at(-1) });
  const profile = { name: 'Jonas Weber' };
  const { id } = await call<{ id: string }>(page, 'POST', '/clients', { status: 'active', profile });
  const other = await call<{ id: string }>(page, 'POST', '/clients', {
    status: 'active',
    profile: { name: 'Nora Other' },
  });
  for (const of of [id, other.id])
    await call(page, 'POST', `/clients/${of}/photo-consents`, { purpose: 'treatment', given: true });
  const pigments = [{ id: 'soft-black', name: 'Soft Black', maker: 'Inky', lab: [14, 0, -1], dilutions: [5, 10] }];
  await call(page, 'PUT', '/libraries/pigments', { basedOn: 0, content: { pigments } });

  const tiers = PRICE_LIST_DEFAULTS.shaved.map((tier) => ({ ...tier, priceMinor: 2 * tier.priceMinor }));
  const prices = { ...PRICE_LIST_DEFAULTS, currency: 'EUR', shaved: tiers };
  await call(page, 'PUT', '/libraries/prices', { basedOn: 0, content: prices });

  await page.goto(`${stipple().url}/?client=${id}`);
  await button(page, 'Take the photos of the record').click();
  await page.getByText('no photo from before the treatment yet').waitFor();
  await page.getByText('Pigments of North Light: one pigment, the colour of 1 known.').waitFor();
  await makeExample(page);
  await whenDone(page);
  const figures = await page.locator('.figures').innerText();
  expect(figures).toMatch(/Price\s+€6,000[\s\S]*by the list of North Light/);
  await page.getByText('These prices are of the list of North Light, in EUR.').waitFor();
  await button(page, 'Keep with a client').click();
  await page.getByLabel('Keep its photo in the record too').check();
  await expectAccessible(page, 'keeping a plan with its photo');
  await field(page, 'Title').fill('First plan');
  await button(page, 'Keep the plan').click();
  await page.getByText('The plan is in the record with its photos.').waitFor();
  await button(page, 'Stay with the plan').click();
  await button(page, 'Keep with a client').click();
  await field(page, 'Title').waitFor();
  await page.waitForLoadState('networkidle');
  expect(await page.getByLabel('Keep its photo in the record too').count(), 'it went there a moment ago').toBe(0);
  await button(page, 'Close').click();
  await button(page, 'Keep with a client').click();
  await button(page, 'Another client').click();
  await page.route('**/photo-consents', (route) => route.fulfill({ status: 422, json: {} }));
  await page.getByRole('button', { name: 'Nora Other' }).click();
  await page.locator('.refusal').waitFor();
  expect(await page.getByText('has not agreed').count(), 'nobody knows').toBe(0);
  await page.unroute('**/photo-consents');
  await button(page, 'Try again').click();
  await page.getByLabel('Keep its photo in the record too').waitFor();
  await button(page, 'Close').click();
  await page.goto(`${stipple().url}/studio/#/clients/${id}`);
  await heading(page, 'First plan').waitFor();

  await link(page, 'Open in the planner').click();
  await page.getByText('The plan as it is kept.').waitFor();
  await whenDone(page);
  await healed(page).waitFor();
  expect(await page.locator('.figures').innerText()).toBe(figures);
  expect(await page.getByLabel('Around the head').first().inputValue()).toBe('575');
  expect(await page.locator('input[name=age]').inputValue()).toBe('36');
  expect(await page.getByText('Pictures and numbers are as before.').count(), 'nothing has changed').toBe(0);

  await page.locator('input[name=age]').fill('44');
  await page.getByText('How even the dots lie').click();
  await page.getByText('By hand', { exact: true }).click();
  await page.getByText('evenness of the dots').first().waitFor();
  await make(page);
  await page.locator('.working').first().waitFor();
  await whenDone(page);
  await button(page, 'Keep with a client').click();
  expect(await page.getByLabel('As').locator('option:checked').innerText()).toBe('Version 2 of “First plan”');
  expect(await page.getByLabel('Keep its photo in the record too').count(), 'it is there already').toBe(0);
  await button(page, 'Keep the plan').click();
  await link(page, 'Open the record').click();
  await page.getByText('Version 2,').waitFor();
  interface Plans {
    readonly items: readonly { readonly versions: readonly { readonly edits: readonly string[] }[] }[];
  }
  const { items } = await call<Plans>(page, 'GET', `/clients/${id}/plans`);
  const { edits } = items[0]!.versions[1]!;
  expect(edits).toContain('Age years 36 to 44');
  expect(edits).toContain('Unevenness of the dots as usual to 0.15');
  expect(edits.filter((edit) => /whorl|mark/i.test(edit))).toEqual([]);

  await page.goto(`${stipple().url}/?client=${id}`);
  await button(page, 'Take the photos of the record').click();
  await page.locator('.photo-card[data-view=front] img').waitFor();
  expect(faults.filter((fault) => !/status of (401|403|404|409|422)/.test(fault))).toEqual([]);
}, 240_000);
