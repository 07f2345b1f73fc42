/**
 * Statements that go to the database in one message and whose answers come back in one.
 *
 * node-postgres waits for the answer to a statement before it sends the next. The protocol does not: a client may send as
 * many as it likes and one Sync behind them. The database does them in order; when one fails, it leaves out those behind
 * it, and all of the batch fail here of the same cause. An answer that cannot be read fails its own statement alone: the
 * others are done, a commit too.
 *
 * A batch is one query to node-postgres, made as its own are (pg/lib/query.js). A statement with a name is prepared and
 * described once per connection.
 */
import pg, { type Connection, type Submittable } from 'pg';
import { PARSING } from './connection.ts';

export interface Answer {
  /** What was done, such as 'INSERT'. */
  command: string;
  /** How many rows it read or changed. */
  rowCount: number;
  readonly rows: Record<string, unknown>[];
}

/** Error null when all went well. */
export type Done = (error: unknown, answer: Answer) => void;

/** A value as it travels. */
type Value = string | Buffer | null;

interface Field {
  readonly name: string;
  readonly dataTypeID: number;
}
type Column = readonly [name: string, parse: (text: string) => unknown];

/** What the types of node-postgres leave out. */
interface Wire extends Connection {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: object): void;
  bind(portal: object): void;
  describe(portal: object): void;
  execute(portal: object): void;
}
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): Value } }).utils;
const PORTAL = { type: 'P', name: '', portal: '', rows: 0 };
const asItIs = (value: Value): Value => value;

type KnownColumns = Map<string, readonly Column[]>;

/**
 * What the prepared statements of a connection answer, by their names: asked for once. A table that changes makes such a
 * statement fail and its connection go (batching-dialect.ts).
 */
const known = new WeakMap<Connection, KnownColumns>();

function knownColumns(wire: Connection): KnownColumns {
  let columns = known.get(wire);
  if (!columns) {
    columns = new Map();
    known.set(wire, columns);
  }
  return columns;
}

export class Statement {
  readonly text: string;
  readonly name: string | null;
  readonly #values: readonly Value[];
  /** Null where nobody waits for it. */
  readonly #done: Done | null;
  readonly #answer: Answer = { command: '', rowCount: 0, rows: [] };
  /** None until they are told; none for one that answers no rows. */
  #columns: readonly Column[] | undefined;
  #known: KnownColumns | null = null;
  /** Why a row of the answer could not be read. */
  #unreadable: unknown = null;

  /**
   * @param name null for one that does not come again
   * @param done null where nobody waits for what it answers
   * @throws for a value that cannot travel
   */
  constructor(text: string, name: string | null, values: readonly unknown[], done: Done | null) {
    this.text = text;
    this.name = name;
    this.#values = values.map(prepareValue);
    this.#done = done;
  }

  send(wire: Wire): void {
    const { text, name } = this;
    const isPrepared = name !== null && (name in wire.parsedStatements || name in wire.submittedNamedStatements);
    if (!isPrepared) {
      wire.parse({ text, name });
      if (name !== null) wire.submittedNamedStatements[name] = text;
    }
    wire.bind({ portal: '', statement: name, values: this.#values, valueMapper: asItIs });
    if (this.#done) {
      this.#known = knownColumns(wire);
      this.#columns = name === null ? undefined : this.#known.get(name);
      if (!this.#columns) wire.describe(PORTAL);
    }
    wire.execute(PORTAL);
  }

  readFields(fields: readonly Field[]): void {
    this.#columns = fields.map(({ name, dataTypeID }) => [name, PARSING.getTypeParser(dataTypeID, 'text')]);
    if (this.name !== null) this.#known?.set(this.name, this.#columns);
  }

  readRow(values: readonly (string | null)[]): void {
    if (!this.#done || this.#unreadable !== null) return;
    const row: Record<string, unknown> = {};
    try {
      this.#columns!.forEach(([name, parse], i) => {
        const value = values[i]!;
        row[name] = value === null ? null : parse(value);
      });
      this.#answer.rows.push(row);
    } catch (error) {
      this.#unreadable = error;
    }
  }

  /** @param tag such as 'INSERT 0 3' */
  readEnd(tag: string): void {
    if (!this.#done) return;
    const words = tag.split(' ');
    this.#answer.command = words[0]!;
    this.#answer.rowCount = Number(words.at(-1)) || 0;
  }

  /** @param error null when the database did it */
  settle(error: unknown): void {
    this.#done?.(error ?? this.#unreadable, this.#answer);
  }
}

export class StatementBatch implements Submittable {
  readonly #statements: readonly Statement[];
  /** Of the statement whose answer comes next. */
  #place = 0;
  /** Asked for by the client of every query. */
  readonly callback = (): void => {};

  constructor(statements: readonly Statement[]) {
    this.#statements = statements;
  }

  /** The client asks what has just been prepared. */
  get name(): string | null | undefined {
    return this.#statements[this.#place]?.name;
  }

  get text(): string | undefined {
    return this.#statements[this.#place]?.text;
  }

  submit(connection: Connection): null {
    connection.stream.cork();
    for (const statement of this.#statements) statement.send(connection as Wire);
    connection.sync();
    connection.stream.uncork();
    return null;
  }

  handleRowDescription({ fields }: { readonly fields: readonly Field[] }): void {
    this.#statements[this.#place]?.readFields(fields);
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    this.#statements[this.#place]?.readRow(fields);
  }

  handleCommandComplete({ text }: { readonly text: string }): void {
    this.#statements[this.#place]?.readEnd(text);
    this.#place++;
  }

  /** What a statement without words is answered with. */
  handleEmptyQuery(): void {
    this.#place++;
  }

  handleReadyForQuery(): void {
    for (const statement of this.#statements) statement.settle(null);
  }

  handleError(error: unknown, connection: Connection): void {
    // What came behind has not been prepared.
    for (const { name } of this.#statements.slice(this.#place))
      if (name !== null) delete (connection as Wire).submittedNamedStatements[name];
    for (const statement of this.#statements) statement.settle(error);
  }
}
