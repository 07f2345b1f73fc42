/**
 * Brings a database to the shape that this program expects: the SQL files of migrations/, in the order of their names.
 *
 * Each file runs in a transaction of its own that holds a lock, so that nodes that start at the same time apply it
 * once, and a file is applied whole or not at all. What was applied is recorded with its SHA-256. Refused, with what
 * to do: a file that changed after it was applied (its effect on other databases would differ), and a database that
 * has migrations this program does not know (a newer program wrote it).
 */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { StorageTrouble } from './storage-trouble.ts';

export interface Migration {
  readonly name: string;
  readonly sql: string;
  readonly sha256: string;
}

/** 'stipple' in ASCII: nobody else's lock. */
export const MIGRATION_LOCK = '32497618528529509';

/** The folder stands beside this module in the sources, and beside the bundle. */
export function readMigrations(folder = new URL('./migrations/', import.meta.url)): Migration[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort()
    .map((name) => {
      const sql = readFileSync(new URL(name, folder), 'utf8');
      return { name: name.slice(0, -'.sql'.length), sql, sha256: createHash('sha256').update(sql).digest('hex') };
    });
}

/**
 * @param owner a connection of the role that owns the tables, outside any transaction
 * @returns names of what was applied now
 * @throws StorageTrouble
 */
export async function migrate(owner: ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  const applied: string[] = [];
  if (pending(await readApplied(owner), migrations).length === 0) return applied;
  for (const migration of migrations) if (await applyOnce(owner, migration, migrations)) applied.push(migration.name);
  return applied;
}

/** What is still to be applied. @throws StorageTrouble when the database and the program do not belong together */
export function pending(applied: ReadonlyMap<string, string>, migrations: readonly Migration[]): Migration[] {
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const [name, sha256] of applied) {
    const migration = known.get(name);
    if (!migration)
      throw new StorageTrouble(
        `the database was written by a newer Stipple (it has the migration ${name}); update Stipple and start again.`,
      );
    if (migration.sha256 !== sha256)
      throw new StorageTrouble(
        `the migration ${name} is not the one this database was made with; install the Stipple that made it, or restore a backup into a new database.`,
      );
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

/** SHA-256 by name; empty for an empty database. */
export async function readApplied(owner: ClientBase): Promise<Map<string, string>> {
  // Asked of the catalogue itself: to_regclass answers from a cache that a lock does not refresh.
  const { rowCount } = await owner.query(
    `select from pg_tables where schemaname = current_schema() and tablename = 'schema_migrations'`,
  );
  if (rowCount === 0) return new Map();
  const applied = await owner.query<{ name: string; sha256: string }>('select name, sha256 from schema_migrations');
  return new Map(applied.rows.map(({ name, sha256 }) => [name, sha256]));
}

/** Returns whether it was applied now, and not before by somebody else. */
async function applyOnce(owner: ClientBase, migration: Migration, all: readonly Migration[]): Promise<boolean> {
  await owner.query('begin');
  try {
    await owner.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    const isNew = pending(await readApplied(owner), all).includes(migration);
    if (isNew) {
      await owner.query(
        'create table if not exists schema_migrations (name text primary key, sha256 text not null, applied_at timestamptz not null default now())',
      );
      await owner.query(migration.sql);
      await owner.query('insert into schema_migrations (name, sha256) values ($1, $2)', [
        migration.name,
        migration.sha256,
      ]);
    }
    await owner.query('commit');
    return isNew;
  } catch (error) {
    await owner.query('rollback').catch(() => {});
    if (error instanceof StorageTrouble) throw error;
    throw new StorageTrouble(
      `the migration ${migration.name} failed and left nothing behind: ${(error as Error).message}`,
      error,
    );
  }
}
