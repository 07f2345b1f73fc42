import { expect, test } from 'vitest';
import { isAllowed } from './check-licences.mjs';

test.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0-only)', 'MIT AND ISC', 'MPL-2.0'])('ships %s', (licence) => {
  expect(isAllowed('a', licence)).toBe(true);
});

test.each([
  'GPL-3.0-only',
  'AGPL-3.0-only',
  'MIT AND GPL-2.0-only',
  'UNLICENSED',
  'SEE LICENSE IN x',
  'LGPL-3.0-or-later',
  undefined,
])('does not ship %s', (licence) => {
  expect(isAllowed('a', licence)).toBe(false);
});

test('ships the LGPL only as separate, replaceable libraries', () => {
  expect(isAllowed('libheif-js', 'LGPL-3.0')).toBe(true);
  expect(isAllowed('libheif-js-more', 'LGPL-3.0')).toBe(false);
  expect(isAllowed('@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later')).toBe(true);
  expect(isAllowed('@img/sharp-wasm32', 'Apache-2.0 AND LGPL-3.0-or-later AND MIT')).toBe(true);
});
