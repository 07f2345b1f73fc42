/** The command line beside the page: run in a folder of the test's own, which goes with it. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { ROOT } from '../../../scripts/paths.mjs';

export const STIPPLE_TIMEOUT_MS = 240_000;

/** @returns the folder, and the command `stipple`, which throws when it does not end well */
export function besideCommand() {
  const folder = mkdtempSync(join(tmpdir(), 'stipple-same-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  const stipple = (...args: string[]): void =>
    void execFileSync(process.execPath, [join(ROOT, 'packages/server/bin/stipple.mjs'), ...args], { stdio: 'pipe' });
  return { folder, stipple };
}
