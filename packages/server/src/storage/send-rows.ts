/**
 * Rows for one table by a plain statement: the same for as many rows that have the same in common, so that it is
 * planned once (statement-names.ts).
 */
import type { Selectable, Transaction } from 'kysely';
import { send } from './batching-dialect.ts';
import type { Tables } from './tables.ts';

const snakeCase = (key: string): string => key.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

type Values = Readonly<Record<string, unknown>>;

const texts = new Map<string, string>();

/** @param isShared by column: its value is the same in every row, and travels once */
function textFor(name: string, columns: readonly string[], isShared: readonly boolean[], count: number): string {
  const shape = `${count} ${name} ${columns.join()} ${isShared.join()}`;
  let text = texts.get(shape);
  if (text === undefined) {
    let last = 0;
    const shared = isShared.map((is) => (is ? `$${++last}` : null));
    const rows = Array.from({ length: count }, () => `(${shared.map((place) => place ?? `$${++last}`).join()})`);
    text = `insert into ${snakeCase(name)} (${columns.map(snakeCase).join()}) values ${rows.join()}`;
    texts.set(shape, text);
  }
  return text;
}

/** As it travels: node-postgres would tell an instant in the computer's time zone, digit by digit. */
const asText = (value: unknown): unknown => (value instanceof Date ? value.toISOString() : value);

/** For a column of JSON, where node-postgres would take an array for one of PostgreSQL's. */
export class JsonText {
  readonly #value: unknown;

  constructor(value: unknown) {
    this.#value = value;
  }

  /** Called by node-postgres. */
  toPostgres(): string {
    return JSON.stringify(this.#value);
  }
}

type Sent<Row> = { readonly [Column in keyof Row]?: Row[Column] | JsonText };

/**
 * Has rows inserted, and does not wait (see `send`).
 * @param rows a few, at least one, all with the same columns
 */
export function sendRows<Name extends keyof Tables & string>(
  tx: Transaction<Tables>,
  name: Name,
  rows: readonly Sent<Selectable<Tables[Name]>>[],
): void {
  const all = rows as unknown as readonly [Values, ...Values[]];
  const [first] = all;
  const columns = Object.keys(first);
  const isShared = columns.map((column) => all.every((row) => row[column] === first[column]));
  const own = columns.filter((_, i) => !isShared[i]);
  const values = columns.filter((_, i) => isShared[i]).map((column) => asText(first[column]));
  for (const row of all) for (const column of own) values.push(asText(row[column]));
  send(tx, textFor(name, columns, isShared, rows.length), values);
}
