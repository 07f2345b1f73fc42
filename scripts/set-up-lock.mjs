/**
 * One set-up at a time: two `npm start` on one checkout must not install or convert into each other.
 *
 * The lock is a folder, since mkdir is atomic everywhere, with the holder's process id inside. A lock whose holder
 * is gone is taken over by renaming it away first, which only one of several waiters can do.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const POLL_MS = 200;
/** Whoever waits no longer need not hear of it. */
const UNTOLD_MS = 1000;
/** A holder that has made the folder but not yet written its id gets this long. */
const NAMELESS_MS = 5000;

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

/** @param {string} lock */
function holderOf(lock) {
  try {
    const pid = Number(readFileSync(join(lock, 'pid'), 'utf8'));
    return pid > 0 ? pid : null;
  } catch {
    return null;
  }
}

/**
 * Runs `work` while holding the lock folder `lock`; waits for another holder and calls `onWait(pid)` once. Where the lock
 * cannot be made, as in an installation of somebody else's, nothing can be set up either: `work` runs without.
 * @template T
 * @param {string} lock
 * @param {(pid: number | null) => void} onWait
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(lock, onWait, work) {
  try {
    mkdirSync(dirname(lock), { recursive: true });
  } catch {
    return work();
  }
  const since = Date.now();
  let hasTold = false;
  let namelessSince = 0;
  for (;;) {
    try {
      mkdirSync(lock);
      break;
    } catch (error) {
      if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') return work();
    }
    const pid = holderOf(lock);
    namelessSince = pid === null ? namelessSince || Date.now() : 0;
    const isAbandoned = pid === null ? Date.now() - namelessSince > NAMELESS_MS : !isAlive(pid);
    if (isAbandoned) {
      const aside = `${lock}.${process.pid}`;
      try {
        renameSync(lock, aside);
        rmSync(aside, { recursive: true, force: true });
      } catch {
        // Another waiter was quicker; look again.
      }
      continue;
    }
    if (!hasTold && Date.now() - since > UNTOLD_MS) {
      onWait(pid);
      hasTold = true;
    }
    await new Promise((done) => setTimeout(done, POLL_MS));
  }
  writeFileSync(join(lock, 'pid'), String(process.pid));
  const release = () => rmSync(lock, { recursive: true, force: true });
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.removeListener('exit', release);
    release();
  }
}
