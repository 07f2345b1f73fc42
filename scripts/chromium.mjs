/**
 * The browser of the browser tests: Debian's chromium, driven through playwright-core.
 * Installed here when it is missing and we may (root on Debian); otherwise the command to run is named.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Trouble, step } from './progress.mjs';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

export const CHROMIUM_ARGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

const found = () => PLACES.find((path) => existsSync(path)) ?? null;

/**
 * Path of a browser, installing Debian's once when run as root.
 * @returns {Promise<string>}
 */
export async function ensureChromium() {
  const path = found();
  if (path) return path;
  const command = 'apt-get update && apt-get install -y --no-install-recommends chromium';
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    throw new Trouble(`the browser tests need Chromium; install it: sudo sh -c '${command}'`);
  }
  return step('Installing chromium for the browser tests', () => {
    const run = spawnSync('sh', ['-c', command], {
      encoding: 'utf8',
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
    });
    const installed = found();
    if (run.status !== 0 || !installed) {
      const why = run.stderr.trim().split('\n').at(-1) ?? `exit ${run.status}`;
      throw new Trouble(`chromium could not be installed (${why}); run: ${command}`);
    }
    return installed;
  });
}
