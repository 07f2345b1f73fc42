import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkArchitecture } from './check-architecture.mjs';
import { ROOT } from './paths.mjs';

const PACKAGES = ['core', 'files', 'web', 'server'];
let copy: string;

/** A checkout in small: the real rules, manifests and compiler settings, and only the files a test plants. */
beforeAll(() => {
  copy = mkdtempSync(join(tmpdir(), 'stipple-architecture-'));
  for (const name of ['.dependency-cruiser.cjs', 'tsconfig.base.json', 'package.json'])
    cpSync(join(ROOT, name), join(copy, name));
  mkdirSync(join(copy, 'node_modules/@stipple'), { recursive: true });
  for (const name of ['zod', 'preact', 'three'])
    symlinkSync(join(ROOT, 'node_modules', name), join(copy, 'node_modules', name));
  for (const name of PACKAGES) {
    mkdirSync(join(copy, 'packages', name), { recursive: true });
    cpSync(join(ROOT, 'packages', name, 'package.json'), join(copy, 'packages', name, 'package.json'));
    symlinkSync(join(copy, 'packages', name), join(copy, 'node_modules/@stipple', name));
  }
});
afterAll(() => rmSync(copy, { recursive: true }));

/** The rules broken when these files are all there is. */
async function broken(files: Record<string, string>): Promise<string[]> {
  for (const name of PACKAGES) rmSync(join(copy, 'packages', name, 'src'), { recursive: true, force: true });
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(copy, 'packages', path)), { recursive: true });
    writeFileSync(join(copy, 'packages', path), text);
  }
  const { modules, lines } = await checkArchitecture(copy);
  expect(modules).toBe(Object.keys(files).length);
  return lines.map((line) => line.split(':', 1)[0]!);
}

const LEAF = 'export const leaf = 1;\n';

test('accepts imports that follow the table, across packages too', async () => {
  const lines = await broken({
    'core/src/num/leaf.ts': LEAF,
    'core/src/vec/a.ts': "import { leaf } from '../num/leaf.ts';\nexport const a = leaf;\n",
    'server/src/cli/b.ts': "import { a } from '@stipple/core/vec/a.ts';\nexport const b = a;\n",
    'server/src/cli/b.test.ts': "import { b } from './b.ts';\nb;\n",
  });
  expect(lines).toEqual([]);
});

test.each<[rule: string, files: Record<string, string>]>([
  [
    'core/num',
    {
      'core/src/vec/leaf.ts': LEAF,
      'core/src/num/a.ts': "import { leaf } from '../vec/leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  [
    'core/num',
    {
      'core/src/vec/leaf.ts': 'export interface Leaf { x: 1 }\n',
      'core/src/num/a.ts': "import type { Leaf } from '../vec/leaf.ts';\nexport type A = Leaf;\n",
    },
  ],
  [
    'core/unlisted-room',
    {
      'core/src/attic/leaf.ts': LEAF,
      'core/src/attic/a.ts': "import { leaf } from './leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  ['core-is-pure', { 'core/src/num/a.ts': "import { z } from 'zod';\nexport const a = z;\n" }],
  ['core-is-pure', { 'core/src/num/a.ts': "import { join } from 'node:path';\nexport const a = join;\n" }],
  [
    'core-is-pure',
    {
      'files/src/contract/leaf.ts': LEAF,
      'core/src/num/a.ts': "import { leaf } from '@stipple/files/contract/leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  [
    'files-stay-below-the-shells',
    {
      'web/src/workers/leaf.ts': LEAF,
      'files/src/contract/a.ts': "import { leaf } from '@stipple/web/workers/leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  ['files-is-isomorphic', { 'files/src/contract/a.ts': "import { join } from 'node:path';\nexport const a = join;\n" }],
  [
    'web-and-server-are-strangers',
    {
      'server/src/cli/leaf.ts': LEAF,
      'web/src/editor/a.ts': "import { leaf } from '@stipple/server/cli/leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  [
    'web-and-server-are-strangers',
    {
      'web/src/workers/leaf.ts': LEAF,
      'server/src/cli/a.ts': "import { leaf } from '../../../web/src/workers/leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  [
    'no-test-code-in-product',
    {
      'server/src/cli/leaf.test.ts': LEAF,
      'server/src/cli/a.ts': "import { leaf } from './leaf.test.ts';\nexport const a = leaf;\n",
    },
  ],
  [
    'no-test-code-in-product',
    {
      'core/src/num/testing/leaf.ts': LEAF,
      'core/src/num/a.ts': "import { leaf } from './testing/leaf.ts';\nexport const a = leaf;\n",
    },
  ],
  [
    'no-circular',
    {
      'core/src/num/b.ts': "import { a } from './a.ts';\nexport const b = () => a;\n",
      'core/src/num/a.ts': "import { b } from './b.ts';\nexport const a = () => b;\n",
    },
  ],
  ['no-undeclared-packages', { 'web/src/editor/a.ts': "import { Mesh } from 'three';\nexport const a = Mesh;\n" }],
])('reports a planted violation of %s', async (rule, files) => {
  expect(await broken(files)).toContain(rule);
});

test('says that nothing is proven when sources could not be read', async () => {
  await broken({ 'core/src/num/leaf.ts': LEAF, 'core/src/vec/leaf.ts': LEAF });
  const rules = join(copy, '.dependency-cruiser.cjs');
  const text = readFileSync(rules, 'utf8');
  writeFileSync(rules, `${text}\nmodule.exports.options.exclude.path += '|/vec/';\n`);
  try {
    delete createRequire(import.meta.url).cache[rules];
    expect((await checkArchitecture(copy)).lines).toEqual(['only 1 of 2 source files were read, so nothing is proven']);
  } finally {
    writeFileSync(rules, text);
  }
  for (const name of PACKAGES) rmSync(join(copy, 'packages', name, 'src'), { recursive: true, force: true });
  expect((await checkArchitecture(copy)).lines).toEqual(['no source file was found']);
});
