/**
 * Debian's PostgreSQL 15, for tests that a studio's records move to a PostgreSQL that is not ours.
 *
 * The installed one is used where there is one. As root, on Debian 12, the packages are otherwise fetched and unpacked
 * into the folder of the test run; else the test fails and says what to install.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { databaseAccount } from '../embedded/database-account.ts';
import { testRunFolder } from './test-database.ts';

const INSTALLED = '/usr/lib/postgresql/15/bin';
/** What the server loads beyond a minimal system; JIT, which needs LLVM, is switched off. */
const PACKAGES = ['postgresql-15', 'libpq5', 'libicu72', 'libldap-2.5-0', 'libsasl2-2', 'libxml2', 'libxslt1.1'];

export interface DebianPostgres {
  /** Of an empty database, as its superuser. */
  readonly url: string;
  stop(): void;
}

export function startDebianPostgres(): DebianPostgres {
  const { bin, libraries } = findBinaries();
  const folder = mkdtempSync(join(testRunFolder(), 'pg15-'));
  chmodSync(folder, 0o755);
  const [data, socket] = [join(folder, 'data'), join(folder, 'run')];
  const account = databaseAccount(data);
  for (const path of [data, socket]) {
    mkdirSync(path, { mode: 0o700 });
    if (account) chownSync(path, account.uid, account.gid);
  }
  const run = (name: string, args: string[]) => {
    const result = spawnSync(join(bin, name), args, {
      cwd: '/',
      encoding: 'utf8',
      env: { PATH: process.env.PATH, LC_ALL: 'C', LD_LIBRARY_PATH: libraries },
      stdio: ['ignore', 'ignore', 'pipe'],
      ...(account && { uid: account.uid, gid: account.gid }),
    });
    if (result.status !== 0) throw new Error(`${name} failed: ${result.stderr}`);
  };
  run('initdb', ['-D', data, '-U', 'admin', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
  const settings = `-c listen_addresses= -c unix_socket_directories=${socket} -c jit=off -c max_connections=60`;
  const log = join(socket, 'log');
  run('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', log, '-o', settings, 'start']);
  return {
    url: `postgres://admin@${encodeURIComponent(socket)}/postgres`,
    stop: () => run('pg_ctl', ['-D', data, '-m', 'immediate', '-w', 'stop']),
  };
}

function findBinaries(): { bin: string; libraries: string } {
  if (existsSync(join(INSTALLED, 'postgres'))) return { bin: INSTALLED, libraries: '' };
  const remedy = 'PostgreSQL 15 is needed for this test; on Debian 12 run: apt-get install postgresql-15';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(remedy);
  const folder = join(testRunFolder(), 'debian');
  mkdirSync(folder, { recursive: true });
  for (const name of PACKAGES) {
    const file = join(folder, `${name}.deb`);
    try {
      execFileSync('sh', [
        '-c',
        `cd "$0" && apt-get download "$1" >/dev/null 2>&1 && mv "$1"_*.deb "$2"`,
        folder,
        name,
        file,
      ]);
    } catch (error) {
      throw new Error(remedy, { cause: error });
    }
    execFileSync('dpkg', ['-x', file, join(folder, 'root')]);
  }
  const root = join(folder, 'root');
  const architecture = { x64: 'x86_64-linux-gnu', arm64: 'aarch64-linux-gnu' }[process.arch as string] ?? '';
  return { bin: join(root, INSTALLED), libraries: join(root, 'usr/lib', architecture) };
}
