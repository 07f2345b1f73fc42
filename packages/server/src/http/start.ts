/**
 * Brings the server up and takes it down: what `npm start` and `npx stipple serve` run after set-up.
 *
 * The port is taken first, so that the planning page, which needs no records, is there even when the database cannot
 * start; the API says meanwhile that the records cannot be reached. A database of one's own (DATABASE_URL) that comes
 * later is taken up when it comes.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { firstLink, hasOwner } from '../accounts/first-owner.ts';
import { consoleResetLink, linkTo } from '../accounts/one-time-links.ts';
import { makeDemoWhereEmpty } from '../demo/make-demo.ts';
import { backUpBeforeStop } from '../jobs/back-up-when-due.ts';
import { type Worker, startWorker } from '../jobs/worker.ts';
import { zoneOfComputer } from '../setup/zone-of-computer.ts';
import { newId } from '../storage/new-id.ts';
import { openBlobStore } from '../storage/objects/open-blob-store.ts';
import { openStorage } from '../storage/open-storage.ts';
import { type StorageSettings, readStorageSettings } from '../storage/storage-settings.ts';
import type { Storage } from '../storage/storage.ts';
import { StorageTrouble } from '../storage/storage-trouble.ts';
import { type Servers, openServers } from './servers.ts';
import { type ProcessSettings, SettingsError, USAGE, settingsOfProcess } from './settings-of-process.ts';
import { smtpMail } from './smtp-mail.ts';

const now = (): Date => new Date();

const RETRY_MS = 10_000;
/** Of one address; a person with a fast finger makes a hundred. */
const REQUESTS_PER_MINUTE = 3000;

export interface StartFolders {
  /** The bundled pages. */
  readonly web: string;
  /** What set-up prepared: models/ and reserve.bin. */
  readonly cache: string;
}

/** Runs until it is told to stop; returns the exit code. */
export async function start(args: readonly string[], folders: StartFolders): Promise<number> {
  try {
    const settings = settingsOfProcess(args, process.env);
    if (settings === 'help') {
      console.log(USAGE);
      return 0;
    }
    return await run(settings, folders);
  } catch (error) {
    if (error instanceof SettingsError) {
      console.error(`stipple: ${error.message}\n\n${USAGE}`);
      return 2;
    }
    console.error(`stipple: ${(error as Error).message}`);
    return 1;
  }
}

const STOP_SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function run(settings: ProcessSettings, folders: StartFolders): Promise<number> {
  let stop = (): void => {};
  const stopped = new Promise<void>((done) => (stop = done));
  // Heard until all is closed: npm hands on what the terminal has sent as well, and a second one that nobody hears would
  // end this process and leave the database running. The last comes when the window of the terminal is closed.
  for (const signal of STOP_SIGNALS) process.on(signal, stop);
  try {
    await runUntil(stopped, settings, folders);
    console.log('\nStopped.');
    return 0;
  } finally {
    for (const signal of STOP_SIGNALS) process.removeListener(signal, stop);
  }
}

async function runUntil(stopped: Promise<void>, settings: ProcessSettings, folders: StartFolders): Promise<void> {
  const where = storageSettingsOf(settings);
  let storage: Storage | null = null;
  let servers: Servers | null = null;
  let worker: Worker | null = null;
  let opening: Opening | null = null;
  try {
    if (settings.servesRequests) servers = await serve(settings, folders, where, () => storage);
    opening = keepOpening(
      where,
      async (opened) => {
        storage = opened;
        if (settings.works) worker = startWorker(opened, now, sayWorkFailed);
        if (servers && settings.mode !== 'hosted') await offerDemo(opened);
        await greet(settings, opened, servers, where);
        void sayWhetherFilesAreKept(where);
      },
      servers?.url ?? null,
    );
    await Promise.race([opening.first, stopped]);
    await stopped;
  } finally {
    // Whatever fails, the records are closed last: what opens them first, then whoever uses them.
    const closing = [
      () => opening?.end(),
      () => servers?.close(),
      () => worker?.stop(),
      () => (storage && worker && where.databaseUrl === null ? backUpBeforeStop(storage, now(), sayBackingUp) : null),
      () => (storage as Storage | null)?.close(),
    ];
    for (const close of closing) await Promise.resolve(close()).catch(sayWorkFailed);
  }
}

function serve(
  settings: ProcessSettings,
  folders: StartFolders,
  { dataDir }: StorageSettings,
  storage: () => Storage | null,
): Promise<Servers> {
  const { smtpUrl, mailFrom } = settings;
  const mounts = [
    { prefix: '/', path: folders.web },
    { prefix: '/studio/', path: join(folders.web, 'studio') },
    { prefix: '/models/', path: join(folders.cache, 'models') },
    { prefix: '/reserve.bin', path: join(folders.cache, 'reserve.bin') },
  ];
  const mail = smtpUrl ? smtpMail(smtpUrl, mailFrom, sayMailFailed) : null;
  return openServers(settings, { mounts, dataDir }, { storage, now, mail, requestsPerMinute: REQUESTS_PER_MINUTE });
}

async function offerDemo(storage: Storage): Promise<void> {
  try {
    // A computer that tells no zone does not keep anybody from looking.
    await makeDemoWhereEmpty(storage, now(), zoneOfComputer() ?? 'UTC');
  } catch (error) {
    // A studio without a demo is a studio.
    sayWorkFailed(error);
  }
}

const sayBackingUp = (): void => console.log('\nMaking a backup of the day before stopping …');
const sayWorkFailed = (error: unknown): void => {
  const { name, code, message } = error as Error & { code?: string };
  // What the database says may quote a row.
  console.error(`stipple: work in the background failed: ${code ?? name}${code ? '' : `: ${message}`}`);
};
const sayMailFailed = (why: string): void => console.error(`stipple: mail could not be sent: ${why}`);

const storageSettingsOf = ({ data }: ProcessSettings): StorageSettings =>
  readStorageSettings(data, {
    env: process.env,
    platform: process.platform,
    home: homedir(),
    isRoot: process.getuid?.() === 0,
  });

interface Opening {
  /** Fails when `onOpen` does. */
  readonly first: Promise<void>;
  /** Opens no more, and waits for what is being opened. */
  end(): Promise<void>;
}

/** Opens the records; where they are on another server, tries again until that is there. */
function keepOpening(where: StorageSettings, onOpen: (storage: Storage) => Promise<void>, url: string | null): Opening {
  let isGivenUp = false;
  let timer: NodeJS.Timeout | undefined;
  const attempt = async (isFirst: boolean): Promise<void> => {
    let storage: Storage;
    try {
      storage = await openStorage(where);
    } catch (error) {
      if (isFirst) {
        const why =
          error instanceof StorageTrouble ? error.message : `the records cannot be opened: ${(error as Error).message}`;
        const isAskedAgain = where.databaseUrl !== null;
        console.error(
          `stipple: ${why}\nPlanning works without it; the studio's records have to wait.${isAskedAgain ? ` It is asked again every ${RETRY_MS / 1000} seconds.` : ''}`,
        );
        if (url) console.log(`\nStipple is ready: ${url}\nStop it with Ctrl-C.`);
      }
      if (where.databaseUrl !== null && !isGivenUp)
        timer = setTimeout(() => void (latest = attempt(false).catch(sayWorkFailed)), RETRY_MS);
      return;
    }
    await (isGivenUp ? storage.close() : onOpen(storage));
  };
  const first = attempt(true);
  let latest = first;
  return {
    first,
    end: async () => {
      isGivenUp = true;
      clearTimeout(timer);
      await latest;
    },
  };
}

/** Found out now, and not with the first photo. */
async function sayWhetherFilesAreKept({ filesUrl }: StorageSettings): Promise<void> {
  const files = openBlobStore(filesUrl);
  const name = `probe-${randomUUID()}`;
  try {
    await files.write(name, new Uint8Array(1));
    await files.remove(name);
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    console.error(`stipple: photos and papers cannot be kept where FILES_URL says: ${code ?? message}`);
  }
}

async function greet(
  { resetAddress }: ProcessSettings,
  storage: Storage,
  servers: Servers | null,
  { databaseUrl, dataDir }: StorageSettings,
): Promise<void> {
  if (!servers) {
    console.log('\nStipple works in the background.\nStop it with Ctrl-C.');
    return;
  }
  const { url, notes } = servers;
  const lines = [
    `Stipple is ready: ${url}`,
    (await hasOwner(storage))
      ? `The studio: ${url}/studio/`
      : `The studio, to be set up by you alone: ${linkTo(url, 'first', firstLink(storage))}`,
    databaseUrl === null ? `The records are in ${dataDir}` : `Keys and backups are in ${dataDir}`,
    ...(resetAddress ? [await resetNote(storage, url, resetAddress)] : []),
    ...notes,
  ];
  console.log(['', ...lines, 'Stop it with Ctrl-C.'].join('\n'));
}

async function resetNote(storage: Storage, url: string, address: string): Promise<string> {
  const link = await consoleResetLink(storage, { now, newId: () => newId({ now, randomBytes }) }, address);
  return link ? `A new password for ${address}: ${linkTo(url, 'reset', link)}` : `Nobody signs in as ${address}.`;
}
