/**
 * Whether a process runs in a data folder of PostgreSQL, read from the folder's postmaster.pid.
 *
 * PostgreSQL believes the file when any process has that number: another program after a restart of the computer or a
 * container, or a postmaster that was killed and that nobody has reaped yet. It would then refuse to start for as
 * long. Where the operating system says which process it is (Linux), `forgetDead` writes the number of a process that
 * is surely dead into the file. The rest stays, so that PostgreSQL still finds out by its shared memory whether
 * orphaned backends of the old one are at work.
 */
import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { makingName } from '../making-name.ts';

export interface Postmaster {
  readonly pid: number;
  /** 'socket folder' or, where there are no sockets, null. */
  readonly socketDir: string | null;
  readonly port: number;
}

/** What the folder says; null when nothing is said to run. Not whether it answers. */
export function readPostmaster(dataDir: string): Postmaster | null {
  const [pid = '', , , port = '', socketDir = ''] = readLines(dataDir);
  return /^\d+$/.test(pid) ? { pid: Number(pid), socketDir: socketDir || null, port: Number(port) } : null;
}

/** Takes the name of a process out of postmaster.pid that is none, or is not PostgreSQL in this folder. */
export function forgetDead(dataDir: string): void {
  const postmaster = readPostmaster(dataDir);
  if (!postmaster || process.platform !== 'linux' || runsIn(dataDir, postmaster.pid)) return;
  const [, ...rest] = readLines(dataDir);
  const dead = spawnSync(process.execPath, ['--version']).pid;
  const path = join(dataDir, 'postmaster.pid');
  // Written in place of the old one in one step: whoever reads it meanwhile sees the one or the other.
  const { uid, gid } = statSync(dataDir);
  const making = makingName(path);
  writeFileSync(making, [dead, ...rest].join('\n'), { mode: 0o600 });
  chownSync(making, uid, gid);
  renameSync(making, path);
}

function readLines(dataDir: string): string[] {
  const path = join(dataDir, 'postmaster.pid');
  try {
    return existsSync(path) ? readFileSync(path, 'utf8').split('\n') : [];
  } catch {
    return [];
  }
}

/** A postmaster's working folder is its data folder; a zombie has none. */
function runsIn(dataDir: string, pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(dataDir);
  } catch (error) {
    // Alive, and another account's: PostgreSQL itself takes such a number for stale.
    return (error as NodeJS.ErrnoException).code !== 'ENOENT' && (error as NodeJS.ErrnoException).code !== 'EACCES';
  }
}
