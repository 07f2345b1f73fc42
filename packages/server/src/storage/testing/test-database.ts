/**
 * A real, migrated PostgreSQL database for each test that wants one, in about a twentieth of a second.
 *
 *   const storage = await testStorage();          // in a test or beforeAll; cleared by itself when the file ends
 *   const studio = await addStudio(storage);      // its id
 *   await storage.inStudio(studio, (tx) => tx.selectFrom('clients').selectAll().execute());
 *
 * All test files of a vitest run share one embedded cluster; the first to ask starts it, whoever asks meanwhile joins
 * it. A database with the migrations applied is the template of all others. Its folder and the cluster end with the
 * run (test-run.ts). Only here the cluster runs without fsync.
 */
import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from 'pg';
import { afterAll } from 'vitest';
import { type Connection, clientConfig } from '../connection.ts';
import { type EmbeddedCluster, OWNER_ROLE, startCluster } from '../embedded/embedded-cluster.ts';
import { masterKeyOf } from '../keys/master-key.ts';
import { readMigrations } from '../migrate.ts';
import { newId } from '../new-id.ts';
import { type Database, databaseAt } from '../open-database.ts';
import { type Storage, storageOf } from '../storage.ts';
import { APP_ROLE, prepareDatabase } from '../prepare-database.ts';
import { TEST_RUN } from './test-run.ts';

/** Kept away from by all test databases' own locks: it lives in the database postgres. */
const TEMPLATE_LOCK = 1;
let counter = 0;
let clusterOfRun: Promise<EmbeddedCluster> | null = null;

/** Folder of this vitest run, removed when it ends. */
export function testRunFolder(): string {
  const folder = process.env[TEST_RUN];
  if (!folder) throw new Error('vitest runs without the global set-up storage/testing/test-run.ts');
  return folder;
}

/** The cluster of this run, for tests that make databases themselves. */
export function testCluster(): Promise<EmbeddedCluster> {
  clusterOfRun ??= startCluster(testRunFolder(), { isThrowaway: true, maxConnections: 400 });
  return clusterOfRun;
}

export const ownerOf = (cluster: EmbeddedCluster, database: string): Connection => ({
  host: cluster.host,
  port: cluster.port,
  user: OWNER_ROLE,
  password: cluster.ownerPassword,
  database,
});

/** Database, keys and objects, all of them fresh. */
export const testStorage = async (): Promise<Storage> => (await testNodes(1))[0]!;

/** The same as so many servers have it, each with connections and memory of its own. */
export async function testNodes(count: number): Promise<Storage[]> {
  const name = await makeDatabase();
  const objects = pathToFileURL(mkdtempSync(join(testRunFolder(), 'objects-'))).href;
  const key = randomBytes(32);
  return Promise.all(
    Array.from({ length: count }, async () => storageOf(await openTestDatabase(name), masterKeyOf(key), objects)),
  );
}

/** A studio without anything in it but its own key. Returns its id. */
export async function addStudio(storage: Storage, timeZone = 'Europe/Berlin'): Promise<string> {
  const id = testId();
  const createdAt = new Date();
  await storage.inEveryStudio((tx) =>
    tx.insertInto('studios').values({ id, name: 'Studio', timeZone, currency: 'EUR', createdAt }).execute(),
  );
  await storage.inStudio(id, (tx) =>
    storage.keys.create(tx, { studioId: id, ownerId: id, purpose: 'studio' }, testId(), createdAt),
  );
  return id;
}

export const testId = (): string => newId({ now: () => new Date(), randomBytes });

/** A fresh database with every migration applied; dropped when the test file ends. */
export const testDatabase = async (): Promise<Database> => openTestDatabase(await makeDatabase());

async function makeDatabase(): Promise<string> {
  const cluster = await testCluster();
  const name = `test_${process.pid}_${++counter}_${randomBytes(3).toString('hex')}`;
  await onServer(cluster, async (server) => {
    const template = await ensureTemplate(cluster, server);
    await server.query(`create database ${name} template ${template}`);
  });
  // What is said to vitest last is done first: connections are closed before this.
  afterAll(() => onServer(cluster, (server) => server.query(`drop database if exists ${name} with (force)`)));
  return name;
}

async function openTestDatabase(name: string): Promise<Database> {
  const cluster = await testCluster();
  const owner = ownerOf(cluster, name);
  const database = databaseAt(owner, { ...owner, user: APP_ROLE, password: cluster.appPassword }, async () => {});
  let isClosed = false;
  const close = async () => {
    if (isClosed) return;
    isClosed = true;
    await database.close();
  };
  afterAll(close);
  return { ...database, close };
}

async function onServer<T>(cluster: EmbeddedCluster, work: (server: Client) => Promise<T>): Promise<T> {
  const server = await connected(ownerOf(cluster, 'postgres'));
  try {
    return await work(server);
  } finally {
    await server.end();
  }
}

/** The server may still be starting for another test file. */
async function connected(connection: Connection): Promise<Client> {
  for (let tries = 1; ; tries++) {
    const client = new Client(clientConfig(connection));
    try {
      await client.connect();
      return client;
    } catch (error) {
      if (tries === 100) throw error;
      await delay(100);
    }
  }
}

/** Made by the first of the run; named by the migrations, so that a watch mode gets a new one when they change. */
async function ensureTemplate(cluster: EmbeddedCluster, server: Client): Promise<string> {
  const hash = createHash('sha256').update(JSON.stringify(readMigrations())).digest('hex').slice(0, 16);
  const name = `template_${hash}`;
  await server.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
  try {
    const { rowCount } = await server.query('select from pg_database where datname = $1 and datistemplate', [name]);
    if (rowCount) return name;
    await server.query(`drop database if exists ${name} with (force)`);
    await server.query(`create database ${name}`);
    const owner = await connected(ownerOf(cluster, name));
    try {
      await prepareDatabase(owner, cluster.appPassword);
    } finally {
      await owner.end();
    }
    await server.query(`alter database ${name} is_template true allow_connections false`);
    return name;
  } finally {
    await server.query('select pg_advisory_unlock($1)', [TEMPLATE_LOCK]);
  }
}
