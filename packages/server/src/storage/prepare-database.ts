/**
 * Makes an empty PostgreSQL database ours, and an older one of ours current: the application's role, then migrations.
 *
 * Two roles: the owner of the tables (the login of DATABASE_URL; a role of our own in the embedded database), and
 * `stipple_app`, under which everything else runs: it owns nothing and row-level security binds it.
 */
import type { ClientBase } from 'pg';
import { MIGRATION_LOCK, migrate, readMigrations } from './migrate.ts';
import { StorageTrouble } from './storage-trouble.ts';

export const APP_ROLE = 'stipple_app';
/** What migrations are written for; an older version would fail half-way with a syntax error. */
const OLDEST_POSTGRES = 150000;

/**
 * @param appPassword lets the role log in by itself; null where the owner's login steps into it
 * @returns names of the migrations applied now
 */
export async function prepareDatabase(owner: ClientBase, appPassword: string | null): Promise<string[]> {
  const { rows } = await owner.query<{ version: number; text: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_version') as text`,
  );
  if ((rows[0]?.version ?? 0) < OLDEST_POSTGRES)
    throw new StorageTrouble(`PostgreSQL 15 or newer is needed, the one at DATABASE_URL is ${rows[0]?.text}.`);
  await ensureAppRole(owner, appPassword);
  return migrate(owner, readMigrations());
}

async function ensureAppRole(owner: ClientBase, password: string | null): Promise<void> {
  const { rows } = await owner.query<{ self: string; can_step: boolean; can_log_in: boolean; bypasses: boolean }>(
    `select current_user as self, coalesce(pg_has_role(oid, 'member'), false) as can_step,
            coalesce(rolcanlogin, false) as can_log_in, coalesce(rolsuper or rolbypassrls, false) as bypasses
     from (select) one left join pg_roles on rolname = '${APP_ROLE}'`,
  );
  const { self, can_step: canStep, can_log_in: canLogIn, bypasses } = rows[0]!;
  if (bypasses)
    throw new StorageTrouble(
      `the role ${APP_ROLE} may look past row-level security; alter role ${APP_ROLE} nosuperuser nobypassrls;`,
    );
  if (canStep && (password === null || canLogIn)) return;
  try {
    await owner.query('begin');
    await owner.query(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`);
    await owner.query(`
      do $$ begin create role ${APP_ROLE} nologin; exception when duplicate_object or unique_violation then null; end $$;
      grant ${APP_ROLE} to current_user;`);
    // A password of ours has hexadecimal digits only.
    if (password !== null) await owner.query(`alter role ${APP_ROLE} login password '${password}'`);
    await owner.query('commit');
  } catch (error) {
    await owner.query('rollback').catch(() => {});
    throw new StorageTrouble(
      `the login of DATABASE_URL may not make the role ${APP_ROLE}; let an administrator run: create role ${APP_ROLE}; grant ${APP_ROLE} to "${self}";`,
      error,
    );
  }
}
