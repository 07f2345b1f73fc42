/**
 * The database as the application uses it: embedded or at DATABASE_URL, migrated, with one pool per role.
 *
 * `db` is bound by row-level security and sees a studio's rows inside `inStudio` only. The owner's connections are for
 * migrations, backup, restore and what concerns every studio.
 */
import { CamelCasePlugin, Kysely } from 'kysely';
import { Client, Pool } from 'pg';
import { type Connection, clientConfig } from './connection.ts';
import { openEmbeddedDatabase } from './embedded/embedded-database.ts';
import { batchingDialect } from './batching-dialect.ts';
import { APP_ROLE, prepareDatabase } from './prepare-database.ts';
import { isConnectionLoss } from './sql-state.ts';
import { StorageTrouble } from './storage-trouble.ts';
import type { Tables } from './tables.ts';

export interface Database {
  /** As the application's role. */
  readonly db: Kysely<Tables>;
  /** As the role that owns the tables. */
  readonly owner: Kysely<Tables>;
  /** A connection of the owner's, for COPY and sessions of its own; end it. */
  connectOwner(): Promise<Client>;
  /** For libraries that speak to PostgreSQL themselves; as the owner. */
  readonly ownerPool: Pool;
  /** Behind `db`. */
  readonly pool: Pool;
  close(): Promise<void>;
}

export const APP_CONNECTIONS = 12;
const OWNER_CONNECTIONS = 6;

/** @param folder of the embedded database, when there is no address */
export async function openDatabase(url: string | null, folder: string): Promise<Database> {
  if (url === null) {
    const embedded = await openEmbeddedDatabase(folder);
    return databaseAt(embedded.owner, embedded.app, embedded.close);
  }
  const owner: Connection = { url };
  const client = await connected(owner);
  try {
    await prepareDatabase(client, null);
  } finally {
    await client.end();
  }
  return databaseAt(owner, { url, role: APP_ROLE }, async () => {});
}

/** @param stop runs after all connections are closed */
export function databaseAt(owner: Connection, app: Connection, stop: () => Promise<void>): Database {
  const appPool = poolOf(app, APP_CONNECTIONS);
  const ownerPool = poolOf(owner, OWNER_CONNECTIONS);
  const [appDb, ownerDb] = [kyselyOf(appPool), kyselyOf(ownerPool)];
  return {
    db: appDb,
    owner: ownerDb,
    connectOwner: () => connected(owner),
    ownerPool,
    pool: appPool,
    close: async () => {
      await Promise.all([appDb.destroy(), ownerDb.destroy()]);
      await stop();
    },
  };
}

function poolOf(connection: Connection, max: number): Pool {
  const pool = new Pool({ ...clientConfig(connection), max, connectionTimeoutMillis: 30_000 });
  // A connection that dies, idle or at work, is replaced at the next use; without listeners it would end the process.
  pool.on('error', () => {});
  pool.on('connect', (client) => client.on('error', () => {}));
  return pool;
}

/** Columns are snake_case in SQL and camelCase here; keys inside jsonb are left alone. */
function kyselyOf(pool: Pool): Kysely<Tables> {
  return new Kysely<Tables>({
    dialect: batchingDialect(pool),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true, underscoreBetweenUppercaseLetters: true })],
  });
}

async function connected(connection: Connection): Promise<Client> {
  const client = new Client(clientConfig(connection));
  client.on('error', () => {});
  try {
    await client.connect();
  } catch (error) {
    if (!connection.url) throw error;
    const why = isConnectionLoss(error) ? 'nothing answers there' : (error as Error).message;
    throw new StorageTrouble(`the PostgreSQL at DATABASE_URL cannot be used: ${why}.`, error);
  }
  return client;
}
