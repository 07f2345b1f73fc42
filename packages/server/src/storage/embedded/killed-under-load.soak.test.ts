/**
 * A hundred times: the whole tree of processes is killed at a random moment while it writes. It must start again each
 * time, every acknowledged commit must be there, and of each transaction all or nothing.
 */
import { mkdirSync, mkdtempSync, chmodSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyAudit } from '../audit.ts';
import { openStorage } from '../open-storage.ts';
import { readStorageSettings } from '../storage-settings.ts';
import { bundleWriter, childrenOf, runWriter } from '../testing/run-writer.ts';
import { addStudio, testRunFolder } from '../testing/test-database.ts';
import { readPostmaster } from './postmaster.ts';

const ROUNDS = 100;
const random = seededGenerator(5);
const cache = fileURLToPath(new URL('../../../../../.stipple/', import.meta.url));
let bundle: string;
let program: string;

beforeAll(async () => {
  mkdirSync(cache, { recursive: true });
  bundle = mkdtempSync(join(cache, 'writer-'));
  program = await bundleWriter(bundle);
});
afterAll(() => rmSync(bundle, { recursive: true, force: true }));

const kill = (pid: number): void => {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was faster.
  }
};

describe('a studio whose processes are killed under load', () => {
  it(`starts again ${ROUNDS} times of ${ROUNDS}, with every acknowledged commit`, async () => {
    const folder = mkdtempSync(join(testRunFolder(), 'killed-'));
    chmodSync(folder, 0o755);
    const settings = readStorageSettings(folder, { env: {}, platform: 'linux', home: '/nowhere', isRoot: false });
    const first = await openStorage(settings);
    const studioId = await addStudio(first);
    await first.close();
    const acknowledged: number[] = [];
    let slowestMs = 0;
    for (let round = 1; round <= ROUNDS; round++) {
      const startedMs = performance.now();
      const writer = runWriter(program, folder, studioId);
      await writer.atWork;
      slowestMs = Math.max(slowestMs, performance.now() - startedMs);
      await new Promise((done) => setTimeout(done, random() * 600));
      const { pid } = readPostmaster(join(folder, 'pg18'))!;
      const tree = [pid, ...childrenOf(pid), writer.child.pid!];
      // Sometimes the server's processes go first, sometimes the program, sometimes only the postmaster or a backend.
      const victims = [tree, tree.toReversed(), [pid, writer.child.pid!], [tree[1]!, writer.child.pid!]][round % 4]!;
      for (const victim of victims) kill(victim);
      await writer.ended;
      acknowledged.push(...writer.acknowledged());
      if (round % 10 !== 0) continue;
      const storage = await openStorage(settings);
      const found = await storage.inStudio(studioId, async (tx) => ({
        names: await tx.selectFrom('locations').select('name').execute(),
        audit: await verifyAudit(tx, studioId),
      }));
      await storage.close();
      const present = new Set(found.names.map(({ name }) => Number(name)));
      expect(acknowledged.filter((n) => !present.has(n))).toEqual([]);
      expect(found.audit).toMatchObject({ entries: found.names.length, broken: null });
    }
    expect(acknowledged.length).toBeGreaterThan(ROUNDS * 5);
    // oxlint-disable-next-line no-console -- a soak's figures are read by people
    console.log(
      `${ROUNDS} kills, ${acknowledged.length} acknowledged commits, slowest start ${Math.round(slowestMs)} ms`,
    );
  });
});
