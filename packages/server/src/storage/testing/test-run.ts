/**
 * vitest's global set-up: gives the run a folder for its PostgreSQL, and sees to it that neither outlives the run.
 *
 * Nothing is started here, as most runs need no database; the first test that asks for one starts it
 * (test-database.ts). What a killed run left behind is cleared by the next one.
 */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, readdirSync, readlinkSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

export const TEST_RUN = 'STIPPLE_TEST_RUN';
const PREFIX = 'stipple-test-';

export function setup(): () => void {
  for (const name of readdirSync(tmpdir())) {
    const pid = new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1];
    if (pid && !isAlive(Number(pid))) clear(join(tmpdir(), name));
  }
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`));
  // The account of the database passes through; what is private inside is shut by itself.
  chmodSync(folder, 0o755);
  process.env[TEST_RUN] = folder;
  return () => clear(folder);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Kills every server that was started below the folder, with its backends, then removes the folder. */
function clear(folder: string): void {
  const pidFiles = readdirSync(folder, { recursive: true })
    .map((name) => join(folder, String(name)))
    .filter((path) => basename(path) === 'postmaster.pid');
  for (const path of pidFiles) {
    const pid = Number(readFileSync(path, 'utf8').split('\n')[0]);
    // SIGQUIT is PostgreSQL's immediate shutdown.
    if (pid > 0 && runsBelow(folder, pid)) spawnSync('kill', ['-QUIT', String(pid)]);
    for (let tries = 0; existsSync(path) && isAlive(pid) && tries < 50; tries++)
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
}

/** The number may meanwhile be somebody else's. A server works in its data folder; where that cannot be asked, it is believed. */
function runsBelow(folder: string, pid: number): boolean {
  if (process.platform !== 'linux') return true;
  try {
    return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
  } catch {
    return false;
  }
}
