/**
 * Statements that go to the database in one message and whose answers come back in one.
 *
 * node-postgres waits for the answer to a statement before it sends the next. The protocol does not: a client may send as
 * many as it likes and one Sync behind them. The database does them in order; when one fails, it leaves out those behind
 * it, and all of the batch fail here of the same cause. An answer that cannot be read fails its own statement alone: the
 * others are done, a commit too.
 *
 * A batch is one query to node-postgres, made as its own are (pg/lib/query.js). A statement with a name is prepared once
 * per connection.
 */
import pg, { type Connection, type QueryResult as Answer, type Submittable } from 'pg';
import { PARSING } from './connection.ts';

/** Error null when all went well. */
export type Done = (error: unknown, answer: Answer) => void;

/** A value as it travels. */
type Value = string | Buffer | null;

/** What the types of node-postgres leave out. */
interface Wire extends Connection {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  parse(statement: object): void;
  bind(portal: object): void;
  describe(portal: object): void;
  execute(portal: object): void;
}
interface Reading extends Answer {
  addFields(fields: unknown): void;
  parseRow(fields: unknown): object;
  addCommandComplete(message: unknown): void;
}
const { prepareValue } = (pg as unknown as { utils: { prepareValue(value: unknown): Value } }).utils;
const { Result } = pg as unknown as { Result: new (rowMode: undefined, types: typeof PARSING) => Reading };
const PORTAL = { type: 'P', name: '', portal: '', rows: 0 };
const asItIs = (value: Value): Value => value;

export class Statement {
  readonly text: string;
  readonly name: string | null;
  readonly #values: readonly Value[];
  /** Null where nobody waits for it. */
  readonly #waiting: { readonly answer: Reading; readonly done: Done } | null;
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
    this.#waiting = done && { answer: new Result(undefined, PARSING), done };
  }

  send(wire: Wire): void {
    const { text, name } = this;
    const isPrepared = name !== null && (name in wire.parsedStatements || name in wire.submittedNamedStatements);
    if (!isPrepared) {
      wire.parse({ text, name });
      if (name !== null) wire.submittedNamedStatements[name] = text;
    }
    wire.bind({ portal: '', statement: name, values: this.#values, valueMapper: asItIs });
    if (this.#waiting) wire.describe(PORTAL);
    wire.execute(PORTAL);
  }

  readFields(fields: unknown): void {
    this.#waiting?.answer.addFields(fields);
  }

  readRow(fields: unknown): void {
    if (!this.#waiting || this.#unreadable !== null) return;
    const { answer } = this.#waiting;
    try {
      answer.rows.push(answer.parseRow(fields));
    } catch (error) {
      this.#unreadable = error;
    }
  }

  readEnd(message: unknown): void {
    this.#waiting?.answer.addCommandComplete(message);
  }

  /** @param error null when the database did it */
  settle(error: unknown): void {
    this.#waiting?.done(error ?? this.#unreadable, this.#waiting.answer);
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

  handleRowDescription({ fields }: { readonly fields: unknown }): void {
    this.#statements[this.#place]?.readFields(fields);
  }

  handleDataRow({ fields }: { readonly fields: unknown }): void {
    this.#statements[this.#place]?.readRow(fields);
  }

  handleCommandComplete(message: unknown): void {
    this.#statements[this.#place]?.readEnd(message);
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
