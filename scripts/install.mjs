/**
 * Installs the packages of package-lock.json when what is in node_modules is not what the lock says.
 *
 * npm leaves node_modules/.package-lock.json at the end of a complete install; comparing it with the lock costs
 * milliseconds and also notices an install made by hand, an interrupted one and a lock that changed by `git pull`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';
import { Trouble, step } from './progress.mjs';

/** @param {string} path */
const packagesOf = (path) => JSON.parse(readFileSync(path, 'utf8')).packages;

/**
 * The first package of the lock that is not installed as locked, or null.
 * Optional packages may be absent (other platforms) but not of another version.
 * @param {string} root
 * @returns {string | null}
 */
export function firstMismatch(root) {
  const done = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(done)) return 'node_modules';
  const installed = packagesOf(done);
  for (const [path, wanted] of Object.entries(packagesOf(join(root, 'package-lock.json')))) {
    if (!path.startsWith('node_modules/')) continue;
    const found = installed[path];
    if (!found && wanted.optional) continue;
    if (found?.version !== wanted.version || Boolean(found?.link) !== Boolean(wanted.link)) return path;
  }
  return null;
}

/** Runs `npm ci` when needed. */
export async function ensureInstalled() {
  if (firstMismatch(ROOT) === null) return;
  await step('Installing packages, as locked', (report) => npmCi(report));
  const missing = firstMismatch(ROOT);
  if (missing) throw new Trouble(`npm ci left ${missing} uninstalled; delete node_modules and run again.`);
}

/** @param {(text: string) => void} report */
function npmCi(report) {
  // Inside `npm start` this is the npm that runs us; otherwise the one on the PATH.
  const npm = process.env.npm_execpath;
  const args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  const child = npm?.endsWith('.js')
    ? spawn(process.execPath, [npm, ...args], { cwd: ROOT })
    : spawn('npm', args, { cwd: ROOT, shell: process.platform === 'win32' });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk) => {
      said += chunk;
      report(String(chunk).trim().split('\n').at(-1) ?? '');
    });
  }
  return new Promise((done, fail) => {
    child.on('error', () => fail(new Trouble('npm was not found; it comes with Node from https://nodejs.org.')));
    child.on('close', (code) => {
      if (code === 0) return done(undefined);
      const reasons = said.split('\n').filter((line) => /^npm (error|ERR!)/.test(line) && !/complete log/.test(line));
      const why =
        reasons
          .slice(0, 3)
          .map((line) => line.replace(/^npm (error|ERR!)\s*/, ''))
          .join(' ') || `exit ${code}`;
      fail(new Trouble(`packages could not be installed (${why}); check the connection and run again.`));
    });
  });
}
