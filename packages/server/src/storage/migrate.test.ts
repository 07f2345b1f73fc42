import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clientConfig } from './connection.ts';
import { type Migration, migrate, pending, readMigrations } from './migrate.ts';
import { StorageTrouble } from './storage-trouble.ts';
import { ownerOf, testCluster, testDatabase } from './testing/test-database.ts';

const migration = (name: string, sql: string, sha256 = `hash of ${sql}`): Migration => ({ name, sql, sha256 });

/** A schema of its own for each test, so that one database serves all. */
let client: Client;
let schemas = 0;
const names: string[] = [];

beforeAll(async () => {
  client = new Client(clientConfig(ownerOf(await testCluster(), 'postgres')));
  await client.connect();
});
afterAll(async () => {
  for (const name of names) await client.query(`drop schema ${name} cascade`);
  await client.end();
});

async function emptySchema(): Promise<string> {
  const name = `migrate_${process.pid}_${++schemas}`;
  names.push(name);
  await client.query(`create schema ${name}`);
  await client.query(`set search_path to ${name}`);
  return name;
}

describe('migrations', () => {
  it('are applied in order and once', async () => {
    await emptySchema();
    const first = migration('0001-a', 'create table a (n int)');
    const second = migration('0002-b', 'insert into a values (1)');
    expect(await migrate(client, [first])).toEqual(['0001-a']);
    expect(await migrate(client, [first, second])).toEqual(['0002-b']);
    expect(await migrate(client, [first, second])).toEqual([]);
    expect((await client.query('select * from a')).rows).toEqual([{ n: 1 }]);
  });

  it('are applied once when eight nodes start together', async () => {
    const schema = await emptySchema();
    const all = [
      migration('0001-a', 'create table a (n int); select pg_sleep(0.05)'),
      migration('0002-b', 'insert into a values (1)'),
    ];
    const nodes = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const node = new Client({
          ...clientConfig(ownerOf(await testCluster(), 'postgres')),
          options: `-c search_path=${schema}`,
        });
        await node.connect();
        return node;
      }),
    );
    const applied = await Promise.all(nodes.map((node) => migrate(node, all)));
    await Promise.all(nodes.map((node) => node.end()));
    expect(applied.flat().sort()).toEqual(['0001-a', '0002-b']);
    expect((await client.query('select * from a')).rows).toEqual([{ n: 1 }]);
  });

  it('leave nothing of a file that fails, and keep those before it', async () => {
    await emptySchema();
    const good = migration('0001-a', 'create table a (n int)');
    const bad = migration('0002-b', 'create table b (n int); select 1 / 0');
    await expect(migrate(client, [good, bad])).rejects.toThrow(
      /0002-b failed and left nothing behind: division by zero/,
    );
    const { rows } = await client.query(`select to_regclass('a')::text as a, to_regclass('b')::text as b`);
    expect(rows).toEqual([{ a: 'a', b: null }]);
  });

  it('are refused when one changed after it was applied', () => {
    const applied = new Map([['0001-a', 'hash of x']]);
    expect(() => pending(applied, [migration('0001-a', 'y')])).toThrow(StorageTrouble);
    expect(pending(applied, [migration('0001-a', 'x')])).toEqual([]);
  });

  it('are refused when the database has one that this program does not know', () => {
    expect(() => pending(new Map([['0009-z', 'h']]), [migration('0001-a', 'x')])).toThrow(/newer Stipple.*0009-z/);
  });

  it('of releases are as they were: studios have databases that were made with them', () => {
    const recorded = {
      '0000-base': 'ecbb7344c9f6a00f84f201efc3dbca6f271d6310c15680336acb08c8a5b93d32',
      '0001-spine': 'a3b4cff204938a1a79b55727ef6b1aaf8c5f44b9d1a73c65d621f84aaf37e45b',
      '0002-audit': 'f34f9dd3f07877e534561ba006da109a896846c1c36ecb5677512ec53a72845c',
      '0003-jobs': '0f93a6a8c85320dd0d3cfc9bd52eff1993cdf0f51457e48b0365e7296f199a53',
    };
    const released = Object.keys(recorded).length;
    const first = readMigrations().slice(0, released);
    expect(Object.fromEntries(first.map(({ name, sha256 }) => [name, sha256]))).toEqual(recorded);
  });

  it('of this program have names in a gapless order', () => {
    const numbers = readMigrations().map(({ name }) => Number(/^(\d{4})-[a-z0-9-]+$/.exec(name)?.[1]));
    expect(numbers).toEqual(numbers.map((_, n) => n));
  });

  it('of this program stand behind every database that tests use', async () => {
    const owner = await (await testDatabase()).connectOwner();
    const { rows } = await owner.query<{ name: string }>('select name from schema_migrations order by name');
    await owner.end();
    expect(rows.map(({ name }) => name)).toEqual(readMigrations().map(({ name }) => name));
  });
});
