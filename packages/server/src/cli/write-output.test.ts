import { execFileSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { OutputFile } from './make-plan.ts';
import { checkOutput, openOutput, putOnStage } from './write-output.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stipple-out-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const bytes = (text: string) => new TextEncoder().encode(text);
const PLAN = '{"schema":1,"engine":"x"}';
const files = (mark: string) => [
  { name: 'plan.json', bytes: bytes(PLAN) },
  { name: 'dots.csv', bytes: bytes(mark) },
];

function writeOutput(dir: string, all: readonly OutputFile[]): void {
  const output = openOutput(dir);
  all.forEach(output.add);
  output.commit();
}

function refusal(act: () => void): Refusal {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(Refusal);
    return error as Refusal;
  }
  throw new Error('not refused');
}

test('makes a folder and its parents, and leaves nothing beside it', () => {
  writeOutput(join(root, 'a/b/out'), files('1'));
  expect(readdirSync(join(root, 'a/b'))).toEqual(['out']);
  expect(readdirSync(join(root, 'a/b/out')).sort()).toEqual(['dots.csv', 'plan.json']);
});

test('replaces an earlier plan whole, its leftovers included, and keeps files that are not ours', () => {
  const out = join(root, 'out');
  writeOutput(out, [...files('1'), { name: 'top.healed.png', bytes: bytes('old view') }]);
  writeFileSync(join(out, 'notes.txt'), 'mine');
  writeOutput(out, files('2'));
  expect(readdirSync(out).sort()).toEqual(['dots.csv', 'notes.txt', 'plan.json']);
  expect(readFileSync(join(out, 'dots.csv'), 'utf8')).toBe('2');
  expect(readdirSync(root)).toEqual(['out']);
});

test('fills an empty folder, and one that is reached by a link', () => {
  mkdirSync(join(root, 'real'));
  symlinkSync(join(root, 'real'), join(root, 'link'));
  writeOutput(join(root, 'link'), files('1'));
  expect(readdirSync(join(root, 'real')).sort()).toEqual(['dots.csv', 'plan.json']);
});

test('moves in what another process put on its stage, beside what it was given', async () => {
  const output = openOutput(join(root, 'p/out'));
  const [plan, dots] = files('1');
  await putOnStage(output.stage(), dots!);
  output.note('dots.csv');
  expect(readdirSync(join(root, 'p')).some((name) => name === 'out')).toBe(false);
  output.add(plan!);
  expect(output.count()).toBe(2);
  output.commit();
  expect(readdirSync(join(root, 'p'))).toEqual(['out']);
  expect(readFileSync(join(root, 'p/out/dots.csv'), 'utf8')).toBe('1');
});

test('refuses what cannot be put on its stage, names the folder it is for and leaves nothing behind', async () => {
  const output = openOutput(join(root, 'p/out'));
  const { folder, dir } = output.stage();
  await expect(putOnStage({ folder, dir }, { name: 'n'.repeat(300), bytes: bytes('') })).rejects.toMatchObject({
    code: 'out-not-writable',
    detail: `${join(root, 'p/out')}: the name is too long`,
  });
  output.close();
  await expect(putOnStage({ folder, dir }, files('1')[0]!)).rejects.toMatchObject({ code: 'out-not-writable' });
  expect(readdirSync(root)).toEqual([]);
});

test('refuses to overwrite a file that only has the name of one of ours', () => {
  mkdirSync(join(root, 'out'));
  writeFileSync(join(root, 'out/head.glb'), 'precious');
  expect(refusal(() => writeOutput(join(root, 'out'), files('1')))).toMatchObject({ code: 'out-not-writable' });
  expect(readFileSync(join(root, 'out/head.glb'), 'utf8')).toBe('precious');
  expect(readdirSync(join(root, 'out'))).toEqual(['head.glb']);
});

test('refuses a file in the place of the folder or of a parent, before any work', () => {
  writeFileSync(join(root, 'file'), '');
  for (const dir of [join(root, 'file'), join(root, 'file/out')]) {
    expect(refusal(() => checkOutput(dir)).code).toBe('out-not-writable');
    expect(refusal(() => writeOutput(dir, files('1'))).code).toBe('out-not-writable');
  }
  expect(readdirSync(root)).toEqual(['file']);
});

test('brings an earlier plan back when a file cannot be moved into place, and leaves nothing behind', () => {
  const out = join(root, 'out');
  writeOutput(out, files('1'));
  // A folder that is not ours sits where the new file would go: rename refuses, half of the moves are done by then.
  mkdirSync(join(out, 'zone.csv'));
  writeFileSync(join(out, 'zone.csv/keep'), '');
  expect(refusal(() => writeOutput(out, [...files('2'), { name: 'zone.csv', bytes: bytes('3') }])).code).toBe(
    'out-not-writable',
  );
  expect(readFileSync(join(out, 'dots.csv'), 'utf8')).toBe('1');
  expect(readFileSync(join(out, 'plan.json'), 'utf8')).toBe(PLAN);
  expect(readdirSync(root)).toEqual(['out']);
});

test('leaves no new folder behind when a file cannot be written', () => {
  expect(
    refusal(() => writeOutput(join(root, 'p/q/out'), [{ name: 'n'.repeat(300), bytes: bytes('') }])).detail,
  ).toContain('name is too long');
  expect(readdirSync(root)).toEqual([]);
});

test('puts back what a killed process had moved aside, and clears its staging folder', () => {
  const out = join(root, 'out');
  mkdirSync(out);
  // No process has this id: the largest Linux gives is 2^22.
  mkdirSync(join(root, 'out.stipple-99999999/earlier'), { recursive: true });
  writeFileSync(join(root, 'out.stipple-99999999/earlier/plan.json'), PLAN);
  writeFileSync(join(root, 'out.stipple-99999999/earlier/dots.csv'), 'before the kill');
  expect(refusal(() => writeOutput(out, [...files('2'), { name: 'x'.repeat(300), bytes: bytes('') }])).code).toBe(
    'out-not-writable',
  );
  expect(readFileSync(join(out, 'dots.csv'), 'utf8')).toBe('before the kill');
  writeOutput(out, files('3'));
  expect(readFileSync(join(out, 'dots.csv'), 'utf8')).toBe('3');
  expect(readdirSync(root)).toEqual(['out']);
});

test('takes a folder that a killed process left half-moved for the plan it was', () => {
  const out = join(root, 'out');
  mkdirSync(out);
  writeFileSync(join(out, 'front.healed.png'), 'new, its plan.json not yet there');
  mkdirSync(join(root, 'out.stipple-99999999/earlier'), { recursive: true });
  writeFileSync(join(root, 'out.stipple-99999999/earlier/plan.json'), PLAN);
  checkOutput(out);
  expect(readFileSync(join(out, 'plan.json'), 'utf8')).toBe(PLAN);
  writeOutput(out, files('3'));
  expect(readdirSync(root)).toEqual(['out']);
});

test.skipIf(process.getuid?.() === 0)('says when it has no permission', () => {
  chmodSync(root, 0o500);
  expect(refusal(() => checkOutput(join(root, 'out'))).detail).toContain('no permission');
  chmodSync(root, 0o700);
  expect(existsSync(join(root, 'out'))).toBe(false);
});

const mayMount = process.platform === 'linux' && process.getuid?.() === 0;
test.skipIf(!mayMount)('refuses when the disk is full, and neither new nor earlier files suffer', () => {
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', root]);
  try {
    const out = join(root, 'out');
    writeOutput(out, files('1'));
    const large = [...files('2'), { name: 'head.glb', bytes: new Uint8Array(200_000) }];
    expect(refusal(() => writeOutput(out, large))).toMatchObject({
      code: 'out-not-writable',
      detail: `${out}: the disk is full`,
    });
    expect(readFileSync(join(out, 'dots.csv'), 'utf8')).toBe('1');
    expect(refusal(() => writeOutput(join(root, 'new/out'), large)).code).toBe('out-not-writable');
    expect(readdirSync(root)).toEqual(['out']);
  } finally {
    execFileSync('umount', [root]);
  }
});

test.skipIf(!mayMount)('replaces a plan in a folder that is the root of another disk', () => {
  const out = join(root, 'out');
  mkdirSync(out);
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', out]);
  try {
    writeOutput(out, files('1'));
    writeOutput(out, files('2'));
    expect(readFileSync(join(out, 'dots.csv'), 'utf8')).toBe('2');
    expect(readdirSync(out).sort()).toEqual(
      files('2')
        .map(({ name }) => name)
        .sort(),
    );
    expect(readdirSync(root)).toEqual(['out']);
  } finally {
    execFileSync('umount', [out]);
  }
});

test.skipIf(process.platform !== 'linux')('refuses a place that lets nobody write, at once', () => {
  expect(refusal(() => checkOutput('/proc/stipple')).code).toBe('out-not-writable');
});

test('says that a file is in the place of a folder', () => {
  writeFileSync(join(root, 'file'), '');
  expect(refusal(() => checkOutput(join(root, 'file/out'))).detail).toContain('a file is in its place');
});
