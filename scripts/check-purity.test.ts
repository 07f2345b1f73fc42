import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { checkPurity, impuritiesOf } from './check-purity.mjs';

const found = (text: string) => impuritiesOf('x.ts', text).map(({ message }) => message.split(':')[0]);

test.each([
  ['const a = Math.sin(1);', 'Math.sin differs between engines'],
  ['const a = Math.hypot(3, 4);', 'Math.hypot differs between engines'],
  ['const a = Math.PI;', 'Math.PI differs between engines'],
  ['const { sin } = Math;', 'Math is used only as Math.name, so that this check can read it'],
  ["const a = Math['sin'](1);", 'Math is used only as Math.name, so that this check can read it'],
  ['const m = Math; m.sin(1);', 'Math is used only as Math.name, so that this check can read it'],
  ['const a = Math.random();', 'Math.random'],
  ['const a = 2 ** 0.5;', '** differs between engines'],
  ['let a = 2; a **= 3;', '** differs between engines'],
  ['const t = Date.now();', 'Date'],
  ['const t = new Date();', 'Date'],
  ['const t = performance.now();', 'performance'],
  ['const t = globalThis.performance;', 'globalThis'],
  ['const id = crypto.randomUUID();', 'crypto'],
  ['const f = new Intl.NumberFormat();', 'Intl'],
  ['const s = (1234).toLocaleString();', "toLocaleString depends on the machine's locale"],
  ["const s = 'a'['toLocaleUpperCase']();", "toLocaleUpperCase depends on the machine's locale"],
  ["const s = 'a'.localeCompare('b');", "localeCompare depends on the machine's locale"],
  ['const env = { process };', 'process'],
  ['console.log(1);', 'console'],
])('forbids in core: %s', (text, message) => {
  expect(found(text)).toContain(message);
});

test.each([
  'const a = Math.sqrt(2) + Math.fround(1) + Math.imul(2, 3) + Math.max(1, 2);',
  'interface Record { readonly Date: string; performance: number }',
  'const row = { Date: 1 }; const day = row.Date;',
  '// Math.sin and ** in a comment',
  "const text = 'Math.sin(1) ** 2';",
  "import { sin } from '../num/elementary.ts'; const a = sin(1);",
])('allows in core: %s', (text) => {
  expect(found(text)).toEqual([]);
});

test('reads the product files of a folder, names file and line, and leaves tests and drivers free', () => {
  const dir = mkdtempSync(join(tmpdir(), 'stipple-purity-'));
  mkdirSync(join(dir, 'room/testing'), { recursive: true });
  writeFileSync(join(dir, 'room/a.ts'), 'const one = 1;\nconst a = Math.exp(one);\n');
  writeFileSync(join(dir, 'room/a.test.ts'), 'Math.exp(1);');
  writeFileSync(join(dir, 'room/testing/b.ts'), 'Math.exp(1);');
  const { files, lines } = checkPurity(dir);
  rmSync(dir, { recursive: true });
  expect(files).toBe(1);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('a.ts:2: Math.exp');
});
