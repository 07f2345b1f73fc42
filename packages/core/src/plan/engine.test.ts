import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { ENGINE } from './engine.ts';

const versionsIn = (name: string): string[] => {
  const { version, packages } = JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../../${name}`, import.meta.url)), 'utf8'),
  ) as { version: string; packages?: Readonly<Record<string, { version: string }>> };
  return packages ? [version, packages[''].version] : [version];
};

it('is the version of the root package, in its lock file too', () => {
  expect(versionsIn('package.json')).toEqual([ENGINE]);
  expect(versionsIn('package-lock.json')).toEqual([ENGINE, ENGINE]);
});
