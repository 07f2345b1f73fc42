/**
 * The master key: one file of 0600, apart from the data. It wraps every other key, so a copy of database and objects
 * without it is noise; and it derives, each for one use, the keys of backups and of lookups by hash.
 */
import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { existsSync, linkSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { StorageTrouble } from '../storage-trouble.ts';
import { MASTER_KEY_BYTES, fingerprintOf, readRecoverySheet, writeKeyLines } from './recovery-sheet.ts';
import { makingName } from '../making-name.ts';

export interface MasterKey {
  readonly fingerprint: string;
  readonly bytes: Buffer;
  /** A key for one use alone; nothing can be told from it about the others. */
  derive(use: 'wrap' | 'backup' | 'hash'): Buffer;
}

export function masterKeyOf(bytes: Buffer): MasterKey {
  return {
    fingerprint: fingerprintOf(bytes),
    bytes,
    derive: (use) => Buffer.from(hkdfSync('sha256', bytes, '', `stipple ${use}`, 32)),
  };
}

/** @returns the key in the file; null when there is no such file. @throws StorageTrouble */
export function readMasterKey(path: string): MasterKey | null {
  if (!existsSync(path)) return null;
  refuseShared(path);
  try {
    return masterKeyOf(readRecoverySheet(readFileSync(path, 'utf8')));
  } catch (error) {
    throw new StorageTrouble(
      `the key file ${path} cannot be read: ${(error as Error).message} Put it back from its copy, or run npx stipple recover-key with the printed sheet.`,
      error,
    );
  }
}

/** Writes a key where there is none yet; a file that is there stays, and what is in it is returned. */
export function settleMasterKey(path: string, bytes: Buffer = randomBytes(MASTER_KEY_BYTES)): MasterKey {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const making = makingName(path);
  writeFileSync(making, writeKeyLines(bytes), { mode: 0o600, flush: true });
  try {
    linkSync(making, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(making, { force: true });
  }
  return readMasterKey(path)!;
}

function refuseShared(path: string): void {
  const { mode } = statSync(path);
  if (process.platform !== 'win32' && mode & 0o077)
    throw new StorageTrouble(
      `the key file ${path} can be read by other accounts of this computer; run chmod 600 on it.`,
    );
}

/** For looking something up without keeping it, such as an address: the same text gives the same 32 bytes, per studio. */
export const keyedHash = (master: MasterKey, studioId: string, use: string, text: string): Buffer =>
  createHmac('sha256', master.derive('hash')).update(`${studioId}\0${use}\0${text}`).digest();
