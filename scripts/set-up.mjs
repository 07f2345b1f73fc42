/**
 * Everything a fresh clone needs before it can run, done once and checked in a fraction of a second afterwards:
 * the right Node, the locked packages, the bundle, the model weights and the dot reserve.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBundle } from './bundle.mjs';
import { ensureInstalled } from './install.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { Trouble, step } from './progress.mjs';
import { withLock } from './set-up-lock.mjs';

const NEEDED_NODE = [20, 19];

/** @param {string} version */
export function refuseOldNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > NEEDED_NODE[0] || (major === NEEDED_NODE[0] && minor >= NEEDED_NODE[1])) return;
  throw new Trouble(
    `Node ${NEEDED_NODE.join('.')} or newer is needed, this is ${version}; get it from https://nodejs.org.`,
  );
}

/**
 * @returns {Promise<{ server: string, web: string, cache: string }>} folders of the bundles and of the prepared data
 */
export async function setUp() {
  refuseOldNode();
  const waiting = (pid) => console.error(`  … Waiting for another set-up to finish${pid ? ` (process ${pid})` : ''}`);
  return sayingWhere(
    withLock(join(CACHE, 'set-up.lock'), waiting, async () => {
      await ensureInstalled();
      const dist = await ensureBundle();
      const server = join(dist, 'server');
      const { missingFrom, prepare } = await import(pathToFileURL(join(server, 'prepare.mjs')).href);
      for (const part of await missingFrom(CACHE)) {
        await step(part.title, (report) => prepare(part.name, CACHE, report)).catch((error) => {
          throw new Trouble(`${part.title.toLowerCase()} failed: ${error instanceof Error ? error.message : error}`);
        });
      }
      return { server, web: join(dist, 'web'), cache: CACHE };
    }),
  );
}

const CANNOT_WRITE = new Set(['EACCES', 'EPERM', 'EROFS', 'ENOSPC', 'EDQUOT']);

/**
 * Set-up that may not write is for whoever may; that the disk is full is for anybody.
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<T>}
 */
async function sayingWhere(work) {
  try {
    return await work;
  } catch (error) {
    const { code, message } = /** @type {NodeJS.ErrnoException} */ (error);
    if (!CANNOT_WRITE.has(code ?? '')) throw error;
    throw new Trouble(
      `set-up cannot write in ${ROOT} (${message}). Run it once as whoever owns that folder, with room on the disk.`,
    );
  }
}
