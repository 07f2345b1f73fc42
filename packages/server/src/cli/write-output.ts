/**
 * Puts the files of a plan into DIR so that DIR is never half-written: not when the disk fills, the work is
 * interrupted or the process is killed.
 *
 * Everything is first written and synced into a sibling folder, each file as soon as it is made and by whoever makes it.
 * A new DIR then appears by one rename. In a DIR that exists, the files of the earlier plan step aside, the new ones take
 * their place, and on any fault the earlier ones come back; plan.json moves last, so a DIR that has one is whole. Moving
 * is synchronous: no signal handler runs in between. Files that are not ours stay; a foreign file in the place of one of
 * ours is refused, never overwritten.
 */
import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  realpathSync,
  renameSync,
  rmSync,
  rmdirSync,
  statSync,
  writeSync,
} from 'node:fs';
import { open } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { OutputFile, OutputStage } from './make-plan.ts';

const OURS =
  /^(plan\.json|summary\.json|dots\.csv|head\.glb|stencil\.svg|worksheet\.pdf|course\.ics|[a-z][a-z0-9-]*\.(fresh|healed|year\d+|mask|card-light)\.png)$/;
const MARKER = 'plan.json';

const CAUSES: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
  EROFS: 'the disk is read-only',
  EACCES: 'no permission',
  EPERM: 'no permission',
  ENOTDIR: 'a file is in its place',
  EEXIST: 'a file is in its place',
  EISDIR: 'a folder is in the place of a file',
  ENOTEMPTY: 'a folder is in the place of a file',
  ENAMETOOLONG: 'the name is too long',
  EFBIG: 'a file would be larger than allowed',
  EIO: 'the disk reports a fault',
  ENOENT: 'the path leads nowhere',
  ELOOP: 'its links go in circles',
};

function asRefusal(dir: string, error: unknown): unknown {
  const cause = CAUSES[(error as NodeJS.ErrnoException).code ?? ''];
  return cause ? new Refusal('out-not-writable', `${dir}: ${cause}`) : error;
}

/** Whether a folder holds a plan of ours. */
function holdsPlan(dir: string): boolean {
  try {
    const plan: unknown = JSON.parse(readFileSync(join(dir, MARKER), 'utf8'));
    return typeof plan === 'object' && plan !== null && 'schema' in plan && 'engine' in plan;
  } catch {
    return false;
  }
}

/** Refuses a folder where a file of somebody else has the name of one of ours. */
function refuseForeign(dir: string): void {
  const foreign = holdsPlan(dir) ? undefined : readdirSync(dir).find((name) => OURS.test(name));
  if (foreign)
    throw new Refusal(
      'out-not-writable',
      `${dir}: it holds a ${foreign} that is not of a plan and would be overwritten`,
    );
}

/**
 * Refuses at once what would fail after the whole computation, and mends what an earlier process left when it was killed.
 * @throws Refusal 'out-not-writable'
 */
export function checkOutput(dir: string): void {
  try {
    let place = resolve(dir);
    if (existsSync(place)) {
      if (!statSync(place).isDirectory()) throw new Refusal('out-not-writable', `${dir}: a file is in its place`);
      // What a killed process left half-moved is first made whole: else its files would look like somebody else's.
      removeAbandoned(realpathSync(place));
      refuseForeign(dir);
      accessSync(place, constants.W_OK | constants.X_OK);
    }
    do place = dirname(place);
    while (!existsSync(place));
    if (!statSync(place).isDirectory()) throw new Refusal('out-not-writable', `${dir}: a file is in its place`);
    // Some places let nobody write whatever their permissions say, such as /proc.
    const probe = join(place, `.stipple-probe-${process.pid}`);
    mkdirSync(probe);
    rmdirSync(probe);
  } catch (error) {
    throw asRefusal(dir, error);
  }
}

/** Files on their way into DIR. Whatever throws is a Refusal 'out-not-writable', after which DIR is as it was before. */
export interface Output {
  /** Writes and syncs one more beside DIR. */
  readonly add: (file: OutputFile) => void;
  /** Where another process may put files itself, with {@link putOnStage}. */
  readonly stage: () => OutputStage;
  /** Takes in a file that was put on the stage. */
  readonly note: (name: string) => void;
  readonly count: () => number;
  /** Moves them all in; DIR and its parents are made when missing. */
  readonly commit: () => void;
  /** Takes away what has not been moved. */
  readonly close: () => void;
}

/** Nothing is made before there is a file to keep, or a stage is asked for. */
export function openOutput(dir: string): Output {
  const names: string[] = [];
  let staging: Staging | null = null;
  const close = (): void => {
    if (!staging) return;
    // A process that was just ended may still put its last file there.
    rmSync(staging.stage, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 });
    if (staging.made) rmSync(staging.made, { recursive: true, force: true });
    staging = null;
  };
  const orRefuse = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      close();
      throw asRefusal(dir, error);
    }
  };
  return {
    add: ({ name, bytes }) =>
      orRefuse(() => {
        staging ??= stageBeside(dir);
        writeSynced(join(staging.stage, name), bytes);
        names.push(name);
      }),
    stage: () =>
      orRefuse(() => {
        staging ??= stageBeside(dir);
        return { folder: staging.stage, dir };
      }),
    note: (name) => names.push(name),
    count: () => names.length,
    commit: () =>
      orRefuse(() => {
        staging ??= stageBeside(dir);
        const { stage, target } = staging;
        if (existsSync(target)) {
          // Whatever has come into it while the files were made is seen.
          refuseForeign(dir);
          replaceInto(target, stage, names);
        } else {
          rmSync(join(stage, 'earlier'), { recursive: true });
          renameSync(stage, target);
        }
        staging = { ...staging, made: undefined };
        close();
      }),
    close,
  };
}

/**
 * Writes and syncs a file on a stage without holding up who waits.
 * @throws Refusal 'out-not-writable'
 */
export async function putOnStage({ folder, dir }: OutputStage, { name, bytes }: OutputFile): Promise<void> {
  try {
    const file = await open(join(folder, name), 'wx');
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
  } catch (error) {
    throw asRefusal(dir, error);
  }
}

interface Staging {
  readonly target: string;
  readonly stage: string;
  /** The topmost folder made for it. */
  readonly made: string | undefined;
}

function stageBeside(dir: string): Staging {
  checkOutput(dir);
  const target = existsSync(dir) ? realpathSync(dir) : resolve(dir);
  const made = makeFolders(dirname(target));
  const stage = stageFor(target);
  try {
    removeAbandoned(target);
    mkdirSync(stage);
    mkdirSync(join(stage, 'earlier'));
  } catch (error) {
    rmSync(stage, { recursive: true, force: true });
    if (made) rmSync(made, { recursive: true, force: true });
    throw error;
  }
  return { target, stage, made };
}

/**
 * Writes one file, whole or not at all, in the place of an earlier one.
 * @throws Refusal 'out-not-writable'
 */
export function writeFile(path: string, bytes: Uint8Array): void {
  const stage = `${path}.stipple-${process.pid}`;
  try {
    if (existsSync(path) && !statSync(path).isFile())
      throw new Refusal('out-not-writable', `${path}: a folder is in its place`);
    writeSynced(stage, bytes);
    renameSync(stage, path);
  } catch (error) {
    rmSync(stage, { force: true });
    throw asRefusal(path, error);
  }
}

/** Makes a folder and its missing parents; returns the topmost one made. Node's own way never returns under /proc. */
function makeFolders(dir: string): string | undefined {
  const missing: string[] = [];
  for (let place = dir; !existsSync(place); place = dirname(place)) missing.unshift(place);
  for (const place of missing) mkdirSync(place);
  return missing[0];
}

/**
 * Where the new files wait: beside DIR, so that a new one appears by one rename, or inside it when DIR is the root of
 * another disk, across which nothing can be renamed.
 */
function stageFor(target: string): string {
  const isOtherDisk = existsSync(target) && statSync(target).dev !== statSync(dirname(target)).dev;
  return isOtherDisk ? join(target, `.stipple-${process.pid}`) : `${target}.stipple-${process.pid}`;
}

function writeSynced(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'wx');
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** Swaps our files in an existing folder; undone in reverse when a move fails. */
function replaceInto(target: string, stage: string, names: readonly string[]): void {
  const markerFirst = (a: string, b: string) => Number(b === MARKER) - Number(a === MARKER);
  const earlier = readdirSync(target)
    .filter((name) => OURS.test(name))
    .sort(markerFirst);
  const fresh = names.toSorted((a, b) => markerFirst(b, a));
  const moves: readonly (readonly [from: string, to: string])[] = [
    ...earlier.map((name) => [join(target, name), join(stage, 'earlier', name)] as const),
    ...fresh.map((name) => [join(stage, name), join(target, name)] as const),
  ];
  const done: (readonly [string, string])[] = [];
  try {
    for (const [from, to] of moves) {
      renameSync(from, to);
      done.push([from, to]);
    }
  } catch (error) {
    for (const [from, to] of done.reverse()) renameSync(to, from);
    throw error;
  }
}

/**
 * Clears staging folders whose process is gone. What such a process had moved aside is put back first, unless its
 * new files were already complete: then plan.json is in place.
 */
function removeAbandoned(target: string): void {
  removeAbandonedIn(dirname(target), `${basename(target)}.stipple-`, target);
  if (existsSync(target)) removeAbandonedIn(target, '.stipple-', target);
}

function removeAbandonedIn(dir: string, prefix: string, target: string): void {
  for (const name of readdirSync(dir)) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (!Number.isInteger(pid) || pid <= 0 || (pid !== process.pid && isRunning(pid))) continue;
    const stage = join(dir, name);
    const aside = join(stage, 'earlier');
    if (existsSync(join(aside, MARKER)) && existsSync(target) && !existsSync(join(target, MARKER))) {
      for (const file of readdirSync(aside)) renameSync(join(aside, file), join(target, file));
    }
    rmSync(stage, { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
