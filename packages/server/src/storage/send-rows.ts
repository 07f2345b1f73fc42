/**
 * Rows for one table by a statement that is the same for any number of them, so that it is planned once
 * (statement-names.ts).
 */
import type { Selectable, Transaction } from 'kysely';
import { send } from './batching-dialect.ts';
import { InstantRange } from './instant-range.ts';
import type { Tables } from './tables.ts';

const columns = new Map<string, string>();

function columnOf(key: string): string {
  const known = columns.get(key);
  if (known !== undefined) return known;
  const column = key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  columns.set(key, column);
  return column;
}

/** As PostgreSQL reads the type of a column from JSON. */
const inJson = (value: unknown): unknown =>
  Buffer.isBuffer(value) ? `\\x${value.toString('hex')}` : value instanceof InstantRange ? value.toPostgres() : value;

/**
 * Has rows inserted, and does not wait (see `send`).
 * @param rows at least one, all with the columns of the first; JSON as it is. A column that is null in all of them is
 *   left out, so it must have no default of its own
 */
export function sendRows<Name extends keyof Tables & string>(
  tx: Transaction<Tables>,
  name: Name,
  rows: readonly Partial<Selectable<Tables[Name]>>[],
): void {
  const table = columnOf(name);
  const keys = Object.keys(rows[0]!) as (keyof Selectable<Tables[Name]>)[];
  const sent = keys
    .filter((key) => rows.some((row) => row[key] !== null))
    .map((key) => ({ key, column: columnOf(key as string) }));
  const json = rows.map((row) => {
    const one: Record<string, unknown> = {};
    for (const { key, column } of sent) one[column] = inJson(row[key]);
    return one;
  });
  const list = sent.map(({ column }) => column).join();
  const text = `insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, $1)`;
  send(tx, text, [JSON.stringify(json)]);
}
