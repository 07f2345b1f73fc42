/**
 * Prepares, once, what is too large to commit and too slow to make at every start: the converted weights of the
 * neural networks (models/) and the ranked reserve of dots (reserve.bin, with reserve.key beside it saying which
 * code laid it).
 *
 * Runs from the bundle, where reserve.mjs lies beside this module. One process at a time: scripts/set-up holds a lock.
 * Files appear by rename, so an interrupted set-up leaves a part missing, never broken.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { areModelsPrepared, prepareModels } from './prepare-models.ts';
import type * as Reserve from './reserve.ts';

export interface CachePart {
  readonly name: 'models' | 'reserve';
  readonly title: string;
}

const MODELS: CachePart = { name: 'models', title: 'Preparing the face models, once' };
const RESERVE: CachePart = { name: 'reserve', title: 'Laying the reserve of dots, once' };

/** The parts that must be made before anything can run. */
export function missingFrom(cache: string): CachePart[] {
  return [...(areModelsPrepared(cache) ? [] : [MODELS]), ...(isReserveCurrent(cache) ? [] : [RESERVE])];
}

/** Makes one part. */
export async function prepare(name: CachePart['name'], cache: string, report: (text: string) => void): Promise<void> {
  mkdirSync(cache, { recursive: true });
  if (name === 'models') return prepareModels(cache, report);
  const { layReserve } = (await import(reserveModule().href)) as typeof Reserve;
  replaceFile(join(cache, 'reserve.bin'), layReserve());
  replaceFile(join(cache, 'reserve.key'), reserveKey());
}

/** Held in a variable, so that the bundler leaves it the separate file that it is. */
const reserveModule = (): URL => new URL('./reserve.mjs', import.meta.url);

const reserveKey = (): string => createHash('sha256').update(readFileSync(reserveModule())).digest('hex');

function isReserveCurrent(cache: string): boolean {
  const key = join(cache, 'reserve.key');
  return existsSync(join(cache, 'reserve.bin')) && existsSync(key) && readFileSync(key, 'utf8') === reserveKey();
}

function replaceFile(path: string, content: Uint8Array | string): void {
  const making = `${path}.${process.pid}`;
  writeFileSync(making, content);
  renameSync(making, path);
}
