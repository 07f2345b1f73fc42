import { chmodSync, mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testRunFolder } from '../testing/test-database.ts';
import { keyedHash, readMasterKey, settleMasterKey } from './master-key.ts';
import { SealBroken, open, openJson, seal, sealJson } from './seal.ts';

const newPath = (): string => join(mkdtempSync(join(testRunFolder(), 'key-')), 'keys', 'master.key');

describe('the key file', () => {
  it('is made once, private, and read back', () => {
    const path = newPath();
    expect(readMasterKey(path)).toBeNull();
    const made = settleMasterKey(path);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(readMasterKey(path)!.bytes).toEqual(made.bytes);
    expect(settleMasterKey(path).bytes).toEqual(made.bytes);
  });

  it('is refused when other accounts can read it, and when it is damaged, with what to do', () => {
    const path = newPath();
    settleMasterKey(path);
    chmodSync(path, 0o640);
    expect(() => readMasterKey(path)).toThrow(/chmod 600/);
    chmodSync(path, 0o600);
    writeFileSync(path, '1  AAAAA AAAAA AAAAA\n');
    expect(() => readMasterKey(path)).toThrow(/cannot be read: line 1 .*recover-key/);
  });

  it('derives keys that have nothing in common, and hashes that differ by studio and use', () => {
    const master = settleMasterKey(newPath());
    const derived = (['wrap', 'backup', 'hash'] as const).map((use) => master.derive(use).toString('hex'));
    expect(new Set([...derived, master.bytes.toString('hex')]).size).toBe(4);
    const hashes = [
      keyedHash(master, 'a', 'email', 'x'),
      keyedHash(master, 'b', 'email', 'x'),
      keyedHash(master, 'a', 'phone', 'x'),
      keyedHash(settleMasterKey(newPath()), 'a', 'email', 'x'),
    ].map((hash) => hash.toString('hex'));
    expect(new Set(hashes).size).toBe(4);
    expect(keyedHash(master, 'a', 'email', 'x').toString('hex')).toBe(hashes[0]);
  });
});

describe('a sealed value', () => {
  const key = Buffer.alloc(32, 7);

  it('comes back in its place and with its key alone', () => {
    const value = { name: 'Zoë', phones: ['+49 30 1'], nothing: null };
    const sealed = sealJson(key, 'clients/1', value);
    expect(openJson(key, 'clients/1', sealed)).toEqual(value);
    expect(() => openJson(key, 'clients/2', sealed)).toThrow(SealBroken);
    expect(() => openJson(Buffer.alloc(32, 8), 'clients/1', sealed)).toThrow(SealBroken);
    expect(sealed.includes('Zo')).toBe(false);
  });

  it('is never the same twice', () => {
    expect(sealJson(key, 'a', 1)).not.toEqual(sealJson(key, 'a', 1));
  });

  it('may be empty, and what is too short to be one is refused', () => {
    expect(open(key, 'a', seal(key, 'a', new Uint8Array()))).toHaveLength(0);
    for (const bytes of [0, 1, 28]) expect(() => open(key, 'a', Buffer.alloc(bytes, 1))).toThrow(SealBroken);
  });
});
