/** Which processes that a test has started, children of children too, still run: they inherit a mark. */
import { readFileSync, readdirSync } from 'node:fs';

const MARK = `STIPPLE_TEST_${process.pid}`;

/** From now on what is started carries the mark. */
export function markProcesses(): void {
  process.env[MARK] = '1';
}

/** Ids of the marked processes that are left after `seconds` at most; empty where the system does not tell. */
export async function leftRunning(seconds: number): Promise<string[]> {
  for (let tries = 0; tries < 10 * seconds; tries++) {
    if (running().length === 0) break;
    await new Promise((done) => setTimeout(done, 100));
  }
  return running();
}

function running(): string[] {
  try {
    return readdirSync('/proc').filter((pid) => /^\d+$/.test(pid) && isMarked(pid));
  } catch {
    return [];
  }
}

function isMarked(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8').includes(MARK);
  } catch {
    // Gone meanwhile, or of somebody else.
    return false;
  }
}
