/**
 * Where a studio's records are, from the surroundings: `--data`, STIPPLE_DATA, DATABASE_URL, FILES_URL, KEY_FILE,
 * BACKUP_FOLDER, BACKUP_DAYS.
 *
 * Nothing has to be set. Then everything lies in one folder of this computer: the embedded database, the encrypted
 * objects, the master key, the backups.
 */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { StorageTrouble } from './storage-trouble.ts';

export interface StorageSettings {
  /** Holds what has no address of its own. */
  readonly dataDir: string;
  /** PostgreSQL of one's own, logging in as the owner of the tables; null for the embedded one. */
  readonly databaseUrl: string | null;
  /** file:///folder or s3://key:secret@host/bucket. */
  readonly filesUrl: string;
  readonly keyFile: string;
  readonly backups: BackupSettings;
}

export interface BackupSettings {
  readonly folder: string;
  /** How many of the nightly ones are kept; 0: none are made. */
  readonly daysKept: number;
}

/** What is asked of the computer. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly isRoot: boolean;
}

/** @param data folder named on the command line, if any */
export function readStorageSettings(data: string | null, surroundings: Surroundings): StorageSettings {
  const { env } = surroundings;
  const dataDir = resolve(data ?? (env.STIPPLE_DATA || defaultDataDir(surroundings)));
  return {
    dataDir,
    databaseUrl: checked(env, 'DATABASE_URL', ['postgres:', 'postgresql:']),
    filesUrl: checked(env, 'FILES_URL', ['file:', 's3:', 's3+http:']) ?? pathToFileURL(join(dataDir, 'objects')).href,
    keyFile: resolve(env.KEY_FILE || join(dataDir, 'keys', 'master.key')),
    backups: {
      folder: resolve(env.BACKUP_FOLDER || join(dataDir, 'backups')),
      daysKept: wholeNumber(env, 'BACKUP_DAYS') ?? 7,
    },
  };
}

/** Never repeats the address itself: there may be a password in it. */
function checked(env: Surroundings['env'], name: string, protocols: readonly string[]): string | null {
  const text = env[name];
  if (!text) return null;
  if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
    throw new StorageTrouble(
      `${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(' or ')}.`,
    );
  return text;
}

function wholeNumber(env: Surroundings['env'], name: string): number | null {
  const text = env[name];
  if (!text) return null;
  if (!/^\d{1,4}$/.test(text)) throw new StorageTrouble(`${name} is a whole number from 0 to 9999, not "${text}".`);
  return Number(text);
}

/** As root the database runs under another account, which cannot enter root's home. */
function defaultDataDir({ env, platform, home, isRoot }: Surroundings): string {
  if (platform === 'win32') return join(env.LOCALAPPDATA || join(home, 'AppData', 'Local'), 'Stipple');
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'Stipple');
  return isRoot ? '/var/lib/stipple' : join(env.XDG_DATA_HOME || join(home, '.local', 'share'), 'stipple');
}
