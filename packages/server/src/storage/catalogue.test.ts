/** Lints the catalogue of a migrated database: what every table of a studio must have to be isolated and distributable. */
import type { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tablesOf } from '../../../../scripts/write-tables.mjs';
import { readFileSync } from 'node:fs';
import { CONFLICTS } from './sql-state.ts';
import { ownerOf, testCluster, testDatabase } from './testing/test-database.ts';

/** Not of one studio; those the application may use come first. */
const GLOBAL = ['tries', 'schema_migrations', 'master_key', 'backup_folders'];

let owner: Client;
beforeAll(async () => {
  owner = await (await testDatabase()).connectOwner();
});
afterAll(() => owner.end());

const namesOf = async (query: string, values: unknown[] = []): Promise<string[]> =>
  (await owner.query<{ name: string }>(query, values)).rows.map(({ name }) => name);

describe('every table of a studio', () => {
  it('has a primary key, unique indexes, exclusions and foreign keys that lead with the studio', async () => {
    const offences = await namesOf(
      `select conrelid::regclass || ': ' || conname as name from pg_constraint c
       join pg_attribute a on a.attrelid = conrelid and a.attnum = conkey[1]
       where connamespace = 'public'::regnamespace and contype in ('p', 'u', 'x', 'f')
         and attname <> 'studio_id' and conrelid::regclass::text <> all($1)
       union all
       select indrelid::regclass || ': ' || indexrelid::regclass from pg_index
       join pg_class t on t.oid = indrelid and t.relnamespace = 'public'::regnamespace
       left join pg_attribute a on a.attrelid = indrelid and a.attnum = indkey[0]
       where indisunique and attname is distinct from 'studio_id' and indrelid::regclass::text <> all($1)`,
      [[...GLOBAL, 'studios']],
    );
    expect(offences).toEqual([]);
  });

  it('refers to other tables by studio and id, so that no row can point into another studio', async () => {
    const offences = await namesOf(
      `select conrelid::regclass || ': ' || conname as name from pg_constraint
       join pg_attribute a on a.attrelid = confrelid and a.attnum = confkey[1]
       where connamespace = 'public'::regnamespace and contype = 'f'
         and attname <> case confrelid::regclass::text when 'studios' then 'id' else 'studio_id' end`,
    );
    expect(offences).toEqual([]);
  });

  it('is guarded by row-level security, enforced on its owner too', async () => {
    const offences = await namesOf(
      `select relname as name from pg_class t
       where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and relname <> all($1)
         and not (relrowsecurity and relforcerowsecurity and (select count(*) from pg_policy where polrelid = t.oid) = 2)`,
      [GLOBAL],
    );
    expect(offences).toEqual([]);
  });

  it('has ids that are UUIDs', async () => {
    const offences = await namesOf(
      `select table_name || '.' || column_name as name from information_schema.columns
       where table_schema = 'public' and (column_name = 'id' or column_name like '%\\_id')
         and data_type <> 'uuid' and (table_name, column_name) not in (('passkeys', 'credential_id'))`,
    );
    expect(offences).toEqual([]);
  });

  it('has columns whose names come back from camel case as they were', async () => {
    const camel = (name: string) => name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
    const snake = (name: string) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
    const columns = await namesOf(
      `select column_name as name from information_schema.columns where table_schema = 'public'`,
    );
    expect(columns.filter((name) => snake(camel(name)) !== name)).toEqual([]);
  });
});

describe('the book', () => {
  it('has no exclusion constraint whose violation the program could not name', async () => {
    const names = await namesOf(`select conname as name from pg_constraint where contype = 'x' order by 1`);
    expect(names).toEqual(Object.keys(CONFLICTS).sort());
  });
});

describe('the application role', () => {
  it('owns nothing, and may not look past row-level security', async () => {
    const { rows } = await owner.query(
      `select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
              (select count(*) from pg_class where relowner = pg_roles.oid) as owned
       from pg_roles where rolname = 'stipple_app'`,
    );
    expect(rows).toEqual([
      { rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 },
    ]);
  });

  it('may use the tables of a studio and none besides', async () => {
    const astray = await namesOf(
      `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'
         and has_table_privilege('stipple_app', oid, 'select') = (relname = any($1))`,
      [GLOBAL.slice(1)],
    );
    expect(astray).toEqual([]);
  });
});

describe('the types of the tables', () => {
  it('are what scripts/write-tables.mjs writes from the migrations', async () => {
    const cluster = await testCluster();
    const { rows } = await owner.query<{ name: string }>('select current_database() as name');
    const { user, password, host, port } = ownerOf(cluster, rows[0]!.name);
    const url = `postgres://${user}:${password}@${encodeURIComponent(host!)}:${port}/${rows[0]!.name}`;
    expect(readFileSync(new URL('./tables.ts', import.meta.url), 'utf8')).toBe(tablesOf(url));
  });
});
