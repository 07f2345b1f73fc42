import { cpSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { productSources, sourceKey } from './bundle.mjs';

let root: string;
const write = (path: string, text: string) => {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), text);
};
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stipple-bundle-'));
  for (const name of ['core', 'files', 'web', 'server']) write(`packages/${name}/package.json`, '{}');
  write('package-lock.json', '{}');
  write('packages/web/index.html', '<p>');
  write('packages/web/studio.html', '<p>');
  write('packages/web/public/icon.svg', '<svg/>');
  write('packages/core/src/num/a.ts', 'export const a = 1;');
  mkdirSync(join(root, 'scripts'));
  cpSync(join(import.meta.dirname, 'bundle.mjs'), join(root, 'scripts/bundle.mjs'));
});
afterEach(() => rmSync(root, { recursive: true }));

test.each([
  ['a source', 'packages/core/src/num/a.ts'],
  ['a new source', 'packages/server/src/cli/b.ts'],
  ['a public file', 'packages/web/public/icon.svg'],
  ['the page', 'packages/web/index.html'],
  ['the lock', 'package-lock.json'],
  ['the way of bundling', 'scripts/bundle.mjs'],
])('the key of a bundle changes with %s', (_what, path) => {
  const before = sourceKey(root);
  write(path, 'changed');
  expect(sourceKey(root)).not.toBe(before);
});

test('the key of a bundle changes when a source is renamed, and comes back with its name', () => {
  const [from, to] = [join(root, 'packages/core/src/num/a.ts'), join(root, 'packages/core/src/num/b.ts')];
  const before = sourceKey(root);
  renameSync(from, to);
  expect(sourceKey(root)).not.toBe(before);
  renameSync(to, from);
  expect(sourceKey(root)).toBe(before);
});

test('tests, benches, drivers and fixtures do not make a new bundle', () => {
  const before = sourceKey(root);
  for (const path of ['num/a.test.ts', 'num/a.bench.ts', 'num/testing/b.ts', 'num/fixtures/c.json'])
    write(`packages/core/src/${path}`, 'x');
  expect(sourceKey(root)).toBe(before);
  expect(productSources(root)).toContain('packages/core/src/num/a.ts');
});

test('zod is imported as a namespace: by name it brings its words in fifty languages, half a megabyte at every start', () => {
  const here = join(import.meta.dirname, '..');
  const byName = productSources(here).filter((path) =>
    /^import \{[^}]*\} from 'zod'/m.test(readFileSync(join(here, path), 'utf8')),
  );
  expect(byName).toEqual([]);
});
