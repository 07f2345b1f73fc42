import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { firstMismatch } from './install.mjs';
import { withLock } from './set-up-lock.mjs';
import { refuseOldNode } from './set-up.mjs';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'stipple-set-up-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test.each(['18.20.0', '20.18.3', '8.0.0'])('refuses Node %s in one line', (version) => {
  expect(() => refuseOldNode(version)).toThrow(
    /^Node 20\.19 or newer is needed, this is [\d.]+; get it from https:\/\/nodejs\.org\.$/,
  );
});

test.each(['20.19.0', '22.0.0', '26.10.0'])('accepts Node %s', (version) => {
  expect(() => refuseOldNode(version)).not.toThrow();
});

describe('whether the packages are installed as locked', () => {
  const LOCK = {
    '': { name: 'root' },
    'node_modules/a': { version: '1.0.0' },
    'node_modules/@x/linux': { version: '2.0.0', optional: true },
    'node_modules/@stipple/core': { resolved: 'packages/core', link: true },
    'packages/core': { version: '0.0.0' },
  };
  const write = (installed: object | null) => {
    writeFileSync(join(root, 'package-lock.json'), JSON.stringify({ packages: LOCK }));
    mkdirSync(join(root, 'node_modules'), { recursive: true });
    if (installed)
      writeFileSync(join(root, 'node_modules/.package-lock.json'), JSON.stringify({ packages: installed }));
    return firstMismatch(root);
  };
  const { '': _root, ...rest } = LOCK;

  test('accepts what the lock says, with optional packages of other platforms absent', () => {
    expect(write(rest)).toBe(null);
    expect(write({ ...rest, 'node_modules/@x/linux': undefined })).toBe(null);
  });

  test('notices an install that never ended, a missing package and another version', () => {
    expect(write(null)).toBe('node_modules');
    expect(write({ ...rest, 'node_modules/a': undefined })).toBe('node_modules/a');
    expect(write({ ...rest, 'node_modules/a': { version: '1.0.1' } })).toBe('node_modules/a');
    expect(write({ ...rest, 'node_modules/@x/linux': { version: '1.0.0' } })).toBe('node_modules/@x/linux');
  });
});

describe('the set-up lock', () => {
  test('lets one at a time in, whoever waits', async () => {
    const lock = join(root, 'lock');
    let inside = 0;
    let most = 0;
    const waited: (number | null)[] = [];
    const enter = () =>
      withLock(
        lock,
        (pid) => waited.push(pid),
        async () => {
          most = Math.max(most, ++inside);
          await new Promise((done) => setTimeout(done, 30));
          inside--;
        },
      );
    await Promise.all([enter(), enter(), enter()]);
    expect(most).toBe(1);
    expect(waited, 'nobody waited long enough to wonder').toEqual([]);
    expect(existsSync(lock)).toBe(false);
  });

  test('tells who waits for longer than a moment, once', async () => {
    const lock = join(root, 'lock');
    const waited: (number | null)[] = [];
    const enter = (ms: number) =>
      withLock(
        lock,
        (pid) => waited.push(pid),
        () => new Promise((done) => setTimeout(done, ms)),
      );
    await Promise.all([enter(1800), enter(0)]);
    expect(waited).toEqual([process.pid]);
  });

  test('is gone without where none can be made: nothing can be set up there, and may be already', async () => {
    writeFileSync(join(root, 'file'), '');
    const work = withLock(
      join(root, 'file/cache/lock'),
      () => undefined,
      () => Promise.resolve('went'),
    );
    expect(await work).toBe('went');
  });

  test('takes over the lock of a process that is gone', async () => {
    const lock = join(root, 'lock');
    mkdirSync(lock);
    writeFileSync(join(lock, 'pid'), '99999999');
    const holder = await withLock(
      lock,
      () => undefined,
      async () => readFileSync(join(lock, 'pid'), 'utf8'),
    );
    expect(holder).toBe(String(process.pid));
  });

  test('is released when the work fails', async () => {
    const lock = join(root, 'lock');
    await expect(
      withLock(
        lock,
        () => undefined,
        () => Promise.reject(new Error('work')),
      ),
    ).rejects.toThrow('work');
    expect(existsSync(lock)).toBe(false);
  });
});
