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

function rowInJson(row: object): Record<string, unknown> {
  const json: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(row)) json[columnOf(key)] = inJson(value);
  return json;
}

/**
 * Has rows inserted, and does not wait (see `send`).
 * @param rows at least one, all with the columns of the first; JSON as it is
 */
export function sendRows<Name extends keyof Tables & string>(
  tx: Transaction<Tables>,
  name: Name,
  rows: readonly Partial<Selectable<Tables[Name]>>[],
): void {
  const table = columnOf(name);
  const list = Object.keys(rows[0]!).map(columnOf).join();
  const text = `insert into ${table} (${list}) select ${list} from json_populate_recordset(null::${table}, $1)`;
  send(tx, text, [JSON.stringify(rows.map(rowInJson))]);
}
