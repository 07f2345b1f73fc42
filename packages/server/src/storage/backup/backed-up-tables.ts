/**
 * Which tables a backup holds, how their rows are written so that equal contents give equal bytes, and in which order
 * they can be filled without a row that points at nothing.
 *
 * All of the schema but what follows from the program (schema_migrations), what is of this installation alone
 * (backup_folders) and what is meant to be lost (unlogged tables). Rows are in the order of their primary key by bytes,
 * columns in the order of their making without those that are generated, values in the text form of a session that is
 * set up the same everywhere (`tidySession`). Jobs are in a schema of their own and are not kept: what they would do
 * follows from the rows.
 */
import type { ClientBase } from 'pg';

export interface BackedUpTable {
  readonly name: string;
  readonly columns: readonly string[];
  readonly key: readonly string[];
  /** Sequences behind its columns. */
  readonly sequences: readonly string[];
}

const SKIPPED = ['schema_migrations', 'backup_folders'];

/** In an order in which every table comes after those that it refers to. */
export async function backedUpTables(owner: ClientBase): Promise<BackedUpTable[]> {
  const { rows } = await owner.query<BackedUpTable & { refers: string[] }>(
    `select t.relname as name,
       (select array_agg(attname::text order by attnum) from pg_attribute
        where attrelid = t.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns,
       (select array_agg(quote_ident(attname) || case when typcategory = 'S' then ' collate "C"' else '' end order by n)
        from pg_index join unnest(indkey::int2[]) with ordinality as keys (attnum, n) on true
        join pg_attribute a on a.attrelid = t.oid and a.attnum = keys.attnum join pg_type y on y.oid = a.atttypid
        where indrelid = t.oid and indisprimary) as key,
       coalesce((select array_agg(distinct s.relname::text) from pg_depend d join pg_class s on s.oid = d.objid
        where d.refobjid = t.oid and s.relkind = 'S' and d.deptype in ('a', 'i')), '{}') as sequences,
       coalesce((select array_agg(distinct r.relname::text) from pg_constraint c join pg_class r on r.oid = c.confrelid
        where c.conrelid = t.oid and c.contype = 'f' and r.oid <> t.oid), '{}') as refers
     from pg_class t
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
       and relpersistence = 'p' and relname <> all($1)
     order by relname`,
    [SKIPPED],
  );
  const left = new Map(rows.map((row) => [row.name, row]));
  const ordered: BackedUpTable[] = [];
  while (left.size > 0) {
    const ready = [...left.values()].filter(({ refers }) => !refers.some((name) => left.has(name)));
    if (ready.length === 0)
      throw new RangeError(`tables refer to each other in a circle: ${[...left.keys()].join(', ')}`);
    for (const { name, columns, key, sequences } of ready) {
      left.delete(name);
      ordered.push({ name, columns, key, sequences });
    }
  }
  return ordered;
}

/** Sets a session up so that every PostgreSQL writes the same values with the same bytes. */
export const tidySession = (owner: ClientBase): Promise<unknown> =>
  owner.query(
    `set timezone = 'UTC'; set datestyle = 'iso, ymd'; set intervalstyle = 'iso_8601'; set bytea_output = 'hex';
     set extra_float_digits = 1; set client_encoding = 'UTF8'; set stipple.every_studio = 'on'`,
  );

const quoted = (names: readonly string[]): string => names.map((name) => `"${name}"`).join(', ');

export const copyOutStatement = ({ name, columns, key }: BackedUpTable): string =>
  `copy (select ${quoted(columns)} from "${name}" order by ${key.join(', ')}) to stdout`;

export const copyInStatement = ({ name, columns }: Pick<BackedUpTable, 'name' | 'columns'>): string =>
  `copy "${name}" (${quoted(columns)}) from stdin`;
