/**
 * Brings up the PostgreSQL that came with Stipple, in a folder, for whoever wants to use it: the first process starts
 * it, the others join it, the last one out stops it.
 *
 * In: a folder. Out: how to connect. The folder holds, each made once:
 *
 *   postgres-18.x/   private copy of the binaries
 *   pg18/            the database's data, of the account that it runs under, 0700
 *   run/             its socket and log, 0700 (a short folder of its own in /tmp when the path would be too long)
 *   database.json    the passwords of both roles, 0600
 *
 * Nobody else on the computer can connect: there is no network port, the folder of the socket is shut to other
 * accounts, and the password is asked for besides. Every acknowledged commit is on the disk (fsync stays on).
 *
 * What was killed comes up again: a server left behind by a killed Stipple is joined; a stale or zombie postmaster is
 * told from a living one (postmaster.ts); two cold starts at once end with one server, because everything is made
 * beside its place and renamed, and whoever loses the race to start joins the winner's.
 */
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, chownSync, existsSync, linkSync, lstatSync, mkdirSync } from 'node:fs';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { StorageTrouble } from '../storage-trouble.ts';
import { type DatabaseAccount, databaseAccount, refuseUnreachable } from './database-account.ts';
import { POSTGRES_MAJOR, ensureBinaries } from './postgres-binaries.ts';
import { forgetDead } from './postmaster.ts';
import { makingName } from '../making-name.ts';

export interface EmbeddedCluster {
  /** Folder of the socket; pg's `host`. */
  readonly host: string;
  readonly port: number;
  readonly ownerPassword: string;
  readonly appPassword: string;
  /** Whether it was running already. */
  readonly wasRunning: boolean;
  /** Stops the server whether or not others use it: ask first. */
  stop(): Promise<void>;
}

export interface ClusterOptions {
  /** Tests of other things than storage may do without: the data need not outlive the computer. */
  readonly isThrowaway?: boolean;
  readonly maxConnections?: number;
}

/** The bootstrap role: owns the tables, runs migrations, backup and restore. */
export const OWNER_ROLE = 'stipple_owner';
const PORT = 5432;
/** Its length and its code (PostgreSQL 18 manual, 54.7). */
const SSL_REQUEST = Buffer.from('0000000804d2162f', 'hex');
const START_TIMEOUT_MS = 60_000;
/** sun_path is 108 bytes on Linux, 104 on macOS, with the zero at the end. */
const MAX_SOCKET_PATH_BYTES = process.platform === 'linux' ? 107 : 103;

/** @param folder made if missing */
export async function startCluster(folder: string, options: ClusterOptions = {}): Promise<EmbeddedCluster> {
  // There a server can be reached from Node by the network only, and none of this was ever tried.
  if (process.platform === 'win32')
    throw new StorageTrouble(
      'on Windows Stipple brings no database yet; set DATABASE_URL to a PostgreSQL of your own.',
    );
  const root = resolve(folder);
  try {
    return await start(root, options);
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (error instanceof StorageTrouble || code === undefined) throw error;
    if (code === 'ENOSPC' || code === 'EDQUOT') throw diskFull(root, error);
    throw new StorageTrouble(`the data folder ${root} cannot be used: ${message}; choose another with --data.`, error);
  }
}

async function start(root: string, options: ClusterOptions): Promise<EmbeddedCluster> {
  const place = prepareFolder(root);
  const passwords = settlePasswords(root);
  if (!existsSync(place.dataDir)) await initialise(place, passwords.owner, options);
  refuseOtherVersion(place.dataDir);
  writeConfiguration(place, options);
  const wasRunning = await bringUp(place);
  return {
    host: place.socketDir,
    port: PORT,
    ownerPassword: passwords.owner,
    appPassword: passwords.app,
    wasRunning,
    stop: async () => {
      const { code, output } = await run(place, 'pg_ctl', ['-D', place.dataDir, '-m', 'fast', '-w', 'stop']);
      if (code !== 0 && (await answers(place.socketDir)))
        throw new StorageTrouble(`the database did not stop: ${lastLine(output)}`);
    },
  };
}

interface Place {
  readonly root: string;
  readonly binaries: string;
  readonly dataDir: string;
  readonly socketDir: string;
  readonly account: DatabaseAccount | null;
}

function prepareFolder(root: string): Place {
  // PostgreSQL's programs call each other through a shell, with the path in double quotes.
  if (/["$`\\\n]/.test(root))
    throw new StorageTrouble(
      `the data folder ${root} has one of " $ \` \\ in its name, which PostgreSQL cannot work in; choose another with --data.`,
    );
  const dataDir = join(root, `pg${POSTGRES_MAJOR}`);
  const account = databaseAccount(dataDir);
  mkdirSync(dirname(root), { recursive: true });
  mkdirSync(root, { recursive: true, mode: 0o700 });
  if (account) {
    // Another account has to pass through; what is private lies in folders that are shut.
    chmodSync(root, 0o711);
    refuseUnreachable(dataDir, account);
  }
  let socketDir = join(root, 'run');
  if (Buffer.byteLength(join(socketDir, `.s.PGSQL.${PORT}`)) > MAX_SOCKET_PATH_BYTES)
    socketDir = join(tmpdir(), `stipple-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
  mkdirSync(socketDir, { recursive: true, mode: 0o700 });
  refuseForeign(socketDir, account);
  if (account) chownSync(socketDir, account.uid, account.gid);
  return { root, binaries: ensureBinaries(root), dataDir, socketDir, account };
}

/** In /tmp anybody may have made a folder of that name before us. */
function refuseForeign(socketDir: string, account: DatabaseAccount | null): void {
  const found = lstatSync(socketDir);
  const mine = [process.getuid?.(), account?.uid];
  if (!found.isDirectory() || !mine.includes(found.uid) || found.mode & 0o077)
    throw new StorageTrouble(`${socketDir} is not a private folder of this account; remove it.`);
}

interface Passwords {
  readonly owner: string;
  readonly app: string;
}

/** Whoever comes first decides; linking fails when the file is there. */
function settlePasswords(root: string): Passwords {
  const path = join(root, 'database.json');
  if (!existsSync(path)) {
    const fresh: Passwords = { owner: randomBytes(24).toString('hex'), app: randomBytes(24).toString('hex') };
    const making = makingName(path);
    writeFileSync(making, JSON.stringify(fresh), { mode: 0o600, flush: true });
    try {
      linkSync(making, path);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    } finally {
      rmSync(making, { force: true });
    }
  }
  return JSON.parse(readFileSync(path, 'utf8')) as Passwords;
}

async function initialise(place: Place, ownerPassword: string, options: ClusterOptions): Promise<void> {
  const making = makingName(place.dataDir);
  const passwordFile = `${making}.password`;
  try {
    mkdirSync(making, { mode: 0o700 });
    writeFileSync(passwordFile, ownerPassword, { mode: 0o600 });
    if (place.account) for (const path of [making, passwordFile]) chownSync(path, place.account.uid, place.account.gid);
    const { code, output } = await run(place, 'initdb', [
      `--pgdata=${making}`,
      `--username=${OWNER_ROLE}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--data-checksums',
      ...(options.isThrowaway ? ['--no-sync'] : []),
    ]);
    if (code !== 0) throw startTrouble(output, place);
    writeFileSync(join(making, 'pg_hba.conf'), 'local all all scram-sha-256\n');
    renameSync(making, place.dataDir);
  } catch (error) {
    // Somebody else was faster: theirs is as good.
    if (!existsSync(place.dataDir)) throw error;
  } finally {
    rmSync(making, { recursive: true, force: true });
    rmSync(passwordFile, { force: true });
  }
}

function refuseOtherVersion(dataDir: string): void {
  const version = existsSync(join(dataDir, 'PG_VERSION'))
    ? readFileSync(join(dataDir, 'PG_VERSION'), 'utf8').trim()
    : 'an unknown version';
  if (version !== POSTGRES_MAJOR)
    throw new StorageTrouble(
      `the data in ${dataDir} is of PostgreSQL ${version}, and this Stipple brings PostgreSQL ${POSTGRES_MAJOR}; make a backup with the Stipple that wrote it and restore that here.`,
    );
}

/** The same bytes whoever writes them, so it does not matter who comes last. */
function writeConfiguration(place: Place, options: ClusterOptions): void {
  const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;
  const lines = [
    `# Written by Stipple at every start.`,
    `listen_addresses = ''`,
    `port = ${PORT}`,
    `unix_socket_directories = ${quoted(place.socketDir)}`,
    `unix_socket_permissions = 0700`,
    `max_connections = ${options.maxConnections ?? 100}`,
    `shared_buffers = 128MB`,
    // What is out of use is removed and not kept under a new name, so that what was erased goes from there too.
    `wal_recycle = off`,
    `timezone = 'UTC'`,
    `log_timezone = 'UTC'`,
    `datestyle = 'iso, ymd'`,
    `lc_messages = 'C'`,
    // The log names no values: they could be a client's.
    `log_parameter_max_length = 0`,
    `log_parameter_max_length_on_error = 0`,
    `log_min_error_statement = panic`,
    `log_error_verbosity = terse`,
    ...(options.isThrowaway ? [`fsync = off`, `synchronous_commit = off`, `full_page_writes = off`] : []),
    '',
  ];
  const path = join(place.dataDir, 'postgresql.conf');
  const text = lines.join('\n');
  if (readFileSync(path, 'utf8') === text) return;
  const making = makingName(path);
  writeFileSync(making, text, { mode: 0o600 });
  if (place.account) chownSync(making, place.account.uid, place.account.gid);
  renameSync(making, path);
}

/** Returns whether it was running. Only what answers counts as running; a lost race to start is just another turn. */
async function bringUp(place: Place): Promise<boolean> {
  const log = join(place.socketDir, 'postgres.log');
  if (await answers(place.socketDir)) return true;
  for (const end = Date.now() + START_TIMEOUT_MS; ;) {
    forgetDead(place.dataDir);
    const { code, output } = await run(place, 'pg_ctl', ['-D', place.dataDir, '-w', '-t', '30', '-l', log, 'start']);
    if (await answers(place.socketDir)) return code !== 0;
    if (Date.now() > end || (code !== 0 && isFinal(tail(log)))) throw startTrouble(`${output}\n${tail(log)}`, place);
    await delay(100);
  }
}

const tail = (log: string): string => (existsSync(log) ? readFileSync(log, 'utf8').slice(-2000) : '');

/** Whether trying again cannot help. */
const isFinal = (output: string): boolean =>
  /No space left|Permission denied|could not create shared memory/.test(output);

function startTrouble(output: string, place: Place): StorageTrouble {
  if (/No space left on device|Disk quota exceeded/.test(output)) return diskFull(place.root);
  return new StorageTrouble(`the database in ${place.dataDir} does not start: ${lastLine(output)}`);
}

const diskFull = (root: string, cause?: unknown): StorageTrouble =>
  new StorageTrouble(
    `the database cannot start because the disk that holds ${root} is full; free some space and start again. Nothing is lost.`,
    cause,
  );

const lastLine = (output: string): string => output.trim().split('\n').at(-1) ?? '';

/**
 * Whether a server answers at the socket. A killed one still takes connections for a moment, so it is asked something
 * that needs no password: whether it speaks TLS.
 */
function answers(socketDir: string): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(join(socketDir, `.s.PGSQL.${PORT}`));
    const settle = (result: boolean) => {
      socket.destroy();
      done(result);
    };
    socket.setTimeout(5000, () => settle(false));
    socket.once('connect', () => socket.write(SSL_REQUEST));
    socket.once('data', () => settle(true));
    socket.once('end', () => settle(false));
    socket.once('error', () => settle(false));
  });
}

/**
 * Runs a program of the bundle under the database's account. The server that pg_ctl leaves running would keep pipes
 * open for ever, hence 'exit' and not 'close'.
 */
function run(place: Place, name: string, args: string[]): Promise<{ code: number | null; output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(join(place.binaries, 'bin', name), args, {
      cwd: '/',
      env: { PATH: process.env.PATH, LC_ALL: 'C', TZ: 'UTC' },
      stdio: ['ignore', 'pipe', 'pipe'],
      // Apart from the terminal: its Ctrl-C is for us, who then stop the server by this very program.
      detached: true,
      ...(place.account && { uid: place.account.uid, gid: place.account.gid }),
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk));
    child.once('error', fail);
    child.once('exit', (code) => {
      // What was written before the end may arrive after it.
      setImmediate(() => {
        for (const stream of [child.stdout, child.stderr]) stream.destroy();
        done({ code, output });
      });
    });
  });
}
