/**
 * Kysely over node-postgres with few journeys to the database.
 *
 * Most of what a short transaction costs is waiting for answers that say nothing. So only who needs an answer waits: the
 * start of a transaction, and whatever is given to `send`, is held until the next statement that is waited for, at the
 * latest the commit, and goes with it as one message (statement-batch.ts). The database does all in that order. When one
 * fails, the rest is not done, and the failure comes out of the statement that is waited for; a commit behind it never
 * happens.
 *
 * Every statement that comes again is planned once per connection (statement-names.ts). Those of a busy path are plain
 * SQL given to `send` and `ask`: putting a statement together of its parts costs the program as much as the rest of it.
 */
import {
  type CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type QueryResult,
  sql,
  type Transaction,
  type TransactionSettings,
} from 'kysely';
import type { Pool, PoolClient } from 'pg';
import { isPlanOutdated } from './sql-state.ts';
import { type Answer, Statement, StatementBatch } from './statement-batch.ts';
import { statementName } from './statement-names.ts';

type AnyTransaction = Pick<Transaction<never>, 'isTransaction'>;

const connections = new WeakMap<AnyTransaction, BatchingConnection>();

function connectionOf(tx: AnyTransaction): BatchingConnection {
  const connection = connections.get(tx);
  if (!connection) throw new TypeError('a transaction that was not begun by in-studio.ts');
  return connection;
}

/**
 * Has a statement done before the next one that is waited for, and does not wait itself. What it answers is lost, so it
 * is for what is changed or locked; a violated constraint comes out later, at the commit at the latest.
 */
export const send = (tx: AnyTransaction, text: string, values: readonly unknown[]): void =>
  connectionOf(tx).send(text, values);

/**
 * Asks with the next statement that is waited for, so that the answer is there when that one's is; at once where this is
 * waited for first.
 * @returns gives the rows, with columns as the statement names them
 */
export function ask<Row>(tx: AnyTransaction, text: string, values: readonly unknown[]): () => Promise<Row[]> {
  const take = connectionOf(tx).ask(text, values);
  return async () => (await take()).rows as Row[];
}

/**
 * Of a transaction that sets synchronous_commit off for itself: its commit lets go of its locks before the disk has what
 * it wrote, and is acknowledged once the disk has. The audit chain of a studio is one queue, held until the commit, and
 * would else be no faster than the disk syncs in a row. Who goes on from there commits later, and is acknowledged later.
 */
export const commitsUnsynced = (tx: AnyTransaction): void => connectionOf(tx).commitsUnsynced();

/**
 * Drops what is held of the transaction, before it is rolled back to a savepoint: what was held came after it, and would
 * be done with the rollback's message, and before it.
 */
export const forget = (tx: AnyTransaction): void =>
  connectionOf(tx).forget(new Error('rolled back before it was done'));

/** To be the first of a transaction: lets `send` and `ask` reach its connection. */
export async function attach<Tables>(tx: Transaction<Tables>): Promise<void> {
  const query = sql`attach`.compile(tx);
  attaching.set(query, tx);
  await tx.executeQuery(query);
}

/** An empty message in the log is the smallest commit that waits for the disk. */
const SYNC = `select pg_logical_emit_message(true, 'stipple', '')`;
const OVER = 'the transaction is over';
const attaching = new WeakMap<CompiledQuery, AnyTransaction>();

export const batchingDialect = (pool: Pool): Dialect => ({
  createDriver: () => new BatchingDriver(pool),
  createQueryCompiler: () => new PostgresQueryCompiler(),
  createAdapter: () => new PostgresAdapter(),
  createIntrospector: (db: Kysely<never>) => new PostgresIntrospector(db),
});

class BatchingDriver implements Driver {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<BatchingConnection> {
    return new BatchingConnection(await this.#pool.connect());
  }

  async beginTransaction(connection: BatchingConnection, { isolationLevel }: TransactionSettings): Promise<void> {
    connection.send(`start transaction isolation level ${isolationLevel ?? 'read committed'}`);
  }

  commitTransaction(connection: BatchingConnection): Promise<void> {
    return connection.commit();
  }

  rollbackTransaction(connection: BatchingConnection): Promise<void> {
    return connection.rollback();
  }

  async releaseConnection(connection: BatchingConnection): Promise<void> {
    connection.release();
  }

  async destroy(): Promise<void> {
    await this.#pool.end();
  }
}

class BatchingConnection implements DatabaseConnection {
  readonly #client: PoolClient;
  #held: Statement[] = [];
  /** The last one: what a transaction failed of that cannot be committed. */
  #failure: unknown = null;
  #isUnusable = false;
  /** Its commit does not wait for the disk by itself. */
  #isUnsynced = false;
  /** The transaction has ended: whoever still has it would reach the work of somebody else. */
  #isOver = false;

  constructor(client: PoolClient) {
    this.#client = client;
  }

  commitsUnsynced(): void {
    this.#isUnsynced = true;
  }

  async commit(): Promise<void> {
    const { command } = await this.#end('commit');
    // A transaction that failed before, in a statement that somebody went on after.
    if (command === 'ROLLBACK') throw this.#failure ?? new Error('the transaction had failed before its commit');
  }

  async rollback(): Promise<void> {
    this.forget(new TypeError(OVER));
    try {
      await this.#end('rollback');
    } catch (error) {
      this.#isUnusable = true;
      throw error;
    }
  }

  /** A rollback comes after a commit that failed, too. */
  #end(text: 'commit' | 'rollback'): Promise<Answer> {
    this.#isOver = false;
    const take = this.ask(text);
    if (text === 'commit' && this.#isUnsynced) this.send(SYNC);
    const ended = take();
    this.#isOver = true;
    return ended;
  }

  release(): void {
    this.#client.release(this.#isUnusable);
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    const tx = attaching.get(query);
    if (tx) {
      connections.set(tx, this);
      return { rows: [] };
    }
    const { command, rowCount, rows } = await this.ask(query.sql, query.parameters)();
    const isChange = ['INSERT', 'UPDATE', 'DELETE', 'MERGE'].includes(command);
    return { rows: rows as Row[], ...(isChange ? { numAffectedRows: BigInt(rowCount) } : {}) };
  }

  // oxlint-disable-next-line require-yield -- the interface asks for it
  async *streamQuery(): AsyncGenerator<never> {
    throw new Error('rows are not streamed');
  }

  /** Whoever asked for something that is still held is told why. */
  forget(why: Error): void {
    for (const statement of this.#held.splice(0)) statement.settle(why);
  }

  /** @throws for a value that cannot travel, and once the transaction is over */
  send(text: string, values: readonly unknown[] = []): void {
    this.#assertGoesOn();
    this.#held.push(new Statement(text, statementName(text), values, null));
  }

  /** @throws for a value that cannot travel, and once the transaction is over */
  ask(text: string, values: readonly unknown[] = []): () => Promise<Answer> {
    this.#assertGoesOn();
    let settle: { resolve: (answer: Answer) => void; reject: (error: unknown) => void };
    const answer = new Promise<Answer>((resolve, reject) => (settle = { resolve, reject }));
    // Whoever takes it hears of its failure, and so does what it travelled with.
    answer.catch(() => {});
    const done = (error: unknown, of: Answer): void => (error ? settle.reject(error) : settle.resolve(of));
    this.#held.push(new Statement(text, statementName(text), values, done));
    return () => this.#take(answer);
  }

  #assertGoesOn(): void {
    if (this.#isOver) throw new TypeError(OVER);
  }

  async #take(answer: Promise<Answer>): Promise<Answer> {
    this.#assertGoesOn();
    if (this.#held.length > 0) this.#client.query(new StatementBatch(this.#held.splice(0)));
    try {
      return await answer;
    } catch (error) {
      this.#failure = error;
      if (isPlanOutdated(error)) this.#isUnusable = true;
      // Else the trace would end in the reader of the socket.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  }
}
