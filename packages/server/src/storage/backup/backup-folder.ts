/**
 * A folder of backups:
 *
 *   erasures.json                  who was erased, for backups made before that (erasures-apart.ts)
 *   objects/<studio>/../<id>       sealed photos and papers, each once for all backups
 *   2026-11-25T02-00-00Z/          one backup; under another name until it is complete
 *     backup.json                  in the clear: when, and which key opens it
 *     manifest                     tables, objects, heads of the audit chains, each with its hash
 *     keys                         the wrapped keys, apart, so that an erasure can reach them here too
 *     tables/<name>                COPY text
 *
 * All but backup.json and erasures.json is sealed with a key derived from the master key. A backup that is protected
 * by a passphrase carries the master key, sealed with it, and can be opened where the key file is not.
 */
import { randomBytes, scryptSync } from 'node:crypto';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type MasterKey, masterKeyOf } from '../keys/master-key.ts';
import { SealBroken, open, seal } from '../keys/seal.ts';
import type { AuditHead } from '../audit.ts';
import { StorageTrouble } from '../storage-trouble.ts';
import { readSealedFile, readWhole } from './sealed-file.ts';

export const BACKUP_FORMAT = 1;

export interface BackupHeader {
  readonly format: number;
  readonly id: string;
  /** ISO 8601, UTC. */
  readonly madeAt: string;
  readonly keyFingerprint: string;
  readonly passphrase: null | { readonly salt: string; readonly sealedKey: string };
}

export interface TableRecord {
  readonly name: string;
  readonly columns: readonly string[];
  readonly rows: number;
  /** Of the COPY text. */
  readonly sha256: string;
}

export interface Manifest {
  readonly migrations: readonly string[];
  readonly tables: readonly TableRecord[];
  readonly sequences: readonly { readonly name: string; readonly last: number; readonly isCalled: boolean }[];
  /** Of the sealed bytes. */
  readonly objects: readonly { readonly name: string; readonly sha256: string }[];
  readonly auditHeads: readonly (AuditHead & { readonly studioId: string })[];
}

/** The table whose rows lie in the file `keys`. */
export const KEYS_TABLE = 'keys';

const NAME = /^\d{4}-\d{2}-\d{2}T\d{2}-\d{2}-\d{2}Z$/;

export const backupName = (madeAt: Date): string => madeAt.toISOString().slice(0, 19).replaceAll(':', '-') + 'Z';

/** Names of the complete backups in a folder, oldest first. */
export const backupsIn = (folder: string): string[] =>
  existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => NAME.test(name))
        .sort()
    : [];

export const fileOfTable = (name: string): string => (name === KEYS_TABLE ? 'keys' : join('tables', name));
export const placeOf = (id: string, file: string): string => `backup/${id}/${file}`;

export function readHeader(backup: string): BackupHeader {
  const path = join(backup, 'backup.json');
  if (!existsSync(path))
    throw new StorageTrouble(`there is no backup in ${backup}; name a folder such as backups/2026-11-25T02-00-00Z.`);
  const header = JSON.parse(readFileSync(path, 'utf8')) as BackupHeader;
  if (header.format !== BACKUP_FORMAT)
    throw new StorageTrouble(
      `the backup in ${backup} was made by a newer Stipple; update Stipple and restore it then.`,
    );
  return header;
}

export async function readManifest(backup: string, header: BackupHeader, master: MasterKey): Promise<Manifest> {
  const place = placeOf(header.id, 'manifest');
  const text = await readWhole(readSealedFile(join(backup, 'manifest'), master.derive('backup'), place));
  return JSON.parse(text.toString()) as Manifest;
}

const SCRYPT = { N: 1 << 17, r: 8, p: 1, maxmem: 256 << 20 };

export function protect(master: MasterKey, id: string, passphrase: string): BackupHeader['passphrase'] {
  const salt = randomBytes(16);
  const sealedKey = seal(scryptSync(passphrase, salt, 32, SCRYPT), placeOf(id, 'key'), master.bytes);
  return { salt: salt.toString('hex'), sealedKey: sealedKey.toString('hex') };
}

/** The key that opens a backup: the one at hand, or the one that comes with it under a passphrase. */
export function keyOfBackup(header: BackupHeader, atHand: MasterKey | null, passphrase: string | null): MasterKey {
  if (atHand?.fingerprint === header.keyFingerprint) return atHand;
  if (passphrase !== null && header.passphrase) {
    const { salt, sealedKey } = header.passphrase;
    const key = scryptSync(passphrase, Buffer.from(salt, 'hex'), 32, SCRYPT);
    try {
      return masterKeyOf(open(key, placeOf(header.id, 'key'), Buffer.from(sealedKey, 'hex')));
    } catch (error) {
      if (error instanceof SealBroken) throw new StorageTrouble('this is not the passphrase of the backup.', error);
      throw error;
    }
  }
  throw new StorageTrouble(
    `the backup is sealed with the key ${header.keyFingerprint}, ${atHand ? `and the key file has ${atHand.fingerprint}` : 'and there is no key file'}; put the right key file in place, run npx stipple recover-key with the printed sheet${header.passphrase ? ', or give the passphrase' : ''}.`,
  );
}
