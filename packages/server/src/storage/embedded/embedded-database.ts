/**
 * The embedded PostgreSQL as one process uses it: up while anybody needs it, brought back when it is killed, stopped
 * by the last one out.
 *
 * Every process that uses it holds a shared lock on a connection of its own, its presence. Who closes tries for the
 * exclusive lock: it is free only when nobody else is there. Losing the presence is how the death of the server is
 * noticed; it is then started again under the same address, so that pools of connections recover by themselves.
 */
import { Client, type DatabaseError } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';
import { type Connection, clientConfig } from '../connection.ts';
import { prepareDatabase, APP_ROLE } from '../prepare-database.ts';
import { isConnectionLoss } from '../sql-state.ts';
import { StorageTrouble } from '../storage-trouble.ts';
import { type EmbeddedCluster, OWNER_ROLE, startCluster } from './embedded-cluster.ts';

export interface EmbeddedDatabase {
  readonly owner: Connection;
  readonly app: Connection;
  close(): Promise<void>;
}

const DATABASE = 'stipple';
/** Beside the lock of migrations. */
const PRESENCE_LOCK = '32497618528529510';
const ANSWER_TIMEOUT_MS = 60_000;
const RESTART_PAUSE_MS = 1000;

/** @param folder see embedded-cluster.ts */
export async function openEmbeddedDatabase(folder: string): Promise<EmbeddedDatabase> {
  let { cluster, presence } = await enter(folder);
  const owner = ownerOf(cluster, DATABASE);
  let isClosing = false;
  let recovery: Promise<void> = Promise.resolve();

  const watch = () => {
    presence.on('error', () => {});
    presence.once('end', () => {
      if (!isClosing) recovery = recover();
    });
  };
  const recover = async (): Promise<void> => {
    for (;;) {
      try {
        ({ cluster, presence } = await enter(folder));
        return watch();
      } catch {
        // As long as the database is down every query says so; here it is tried again.
        if (isClosing) return;
        await delay(RESTART_PAUSE_MS);
      }
    }
  };
  watch();

  return {
    owner,
    app: { ...owner, user: APP_ROLE, password: cluster.appPassword },
    close: async () => {
      isClosing = true;
      await recovery;
      await exit(cluster, presence, true);
    },
  };
}

/** Starts or joins the server and makes our presence known; a server that is stopped meanwhile is started again. */
async function enter(folder: string): Promise<{ cluster: EmbeddedCluster; presence: Client }> {
  for (const end = Date.now() + ANSWER_TIMEOUT_MS; ;) {
    const cluster = await startCluster(folder);
    let presence: Client | null = null;
    try {
      await ensureDatabase(cluster);
      presence = await connected(ownerOf(cluster, DATABASE));
      await presence.query(`select pg_advisory_lock_shared(${PRESENCE_LOCK})`);
      await prepareDatabase(presence, cluster.appPassword);
      return { cluster, presence };
    } catch (error) {
      const mayHelp = isConnectionLoss(error) && Date.now() < end;
      if (presence) await exit(cluster, presence, !mayHelp);
      if (!mayHelp) throw explained(error);
      await delay(100);
    }
  }
}

const ownerOf = (cluster: EmbeddedCluster, database: string): Connection => ({
  host: cluster.host,
  port: cluster.port,
  database,
  user: OWNER_ROLE,
  password: cluster.ownerPassword,
});

async function connected(connection: Connection): Promise<Client> {
  const client = new Client(clientConfig(connection));
  client.on('error', () => {});
  await client.connect();
  return client;
}

async function ensureDatabase(cluster: EmbeddedCluster): Promise<void> {
  const client = await connected(ownerOf(cluster, 'postgres'));
  try {
    const { rowCount } = await client.query('select from pg_database where datname = $1', [DATABASE]);
    if (rowCount === 0) await client.query(`create database ${DATABASE}`);
  } catch (error) {
    // Somebody else made it meanwhile.
    if (!['42P04', '23505'].includes((error as DatabaseError).code ?? '')) throw error;
  } finally {
    await client.end();
  }
}

/** Leaves, and stops the server behind us when we were the last. */
async function exit(cluster: EmbeddedCluster, presence: Client, stopsWhenLast: boolean): Promise<void> {
  try {
    if (stopsWhenLast && (await isAlone(presence))) await cluster.stop();
  } finally {
    await presence.end().catch(() => {});
  }
}

/** Gives up our presence; true when nobody else is there. */
async function isAlone(presence: Client): Promise<boolean> {
  try {
    await presence.query(`select pg_advisory_unlock_shared(${PRESENCE_LOCK})`);
    const { rows } = await presence.query<{ is_last: boolean }>(
      `select pg_try_advisory_lock(${PRESENCE_LOCK}) as is_last`,
    );
    return rows[0]?.is_last ?? false;
  } catch {
    return false;
  }
}

function explained(error: unknown): unknown {
  const { code, message } = error as DatabaseError;
  return code === '28P01'
    ? new StorageTrouble(
        `the database does not accept the password in database.json; the file and the data belong to different installations. (${message})`,
        error,
      )
    : error;
}
