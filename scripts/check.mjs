/** `npm run check`: types, lint, format, architecture, purity and licences; one line each, details when one fails. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { checkArchitecture } from './check-architecture.mjs';
import { checkLicences } from './check-licences.mjs';
import { checkPurity } from './check-purity.mjs';
import { ROOT } from './paths.mjs';
import { runScript } from './progress.mjs';

/** @typedef {{ ok: boolean, details: string, summary?: string }} Verdict */

/**
 * Runs one of the installed tools by Node itself.
 * @param {string} bin @param {string[]} args @returns {Promise<Verdict>}
 */
function tool(bin, args) {
  return new Promise((done) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', bin), ...args], { cwd: ROOT });
    let details = '';
    child.stdout.on('data', (chunk) => (details += chunk));
    child.stderr.on('data', (chunk) => (details += chunk));
    child.on('close', (code) => done({ ok: code === 0, details }));
  });
}

/** @param {{ lines: string[] }} result @param {string} summary @returns {Verdict} */
const verdict = (result, summary) => ({ ok: result.lines.length === 0, details: result.lines.join('\n'), summary });

/** @type {[name: string, run: () => Promise<Verdict>][]} */
const CHECKS = [
  // Tests read what the product declares; only what changed since the last check is read again.
  ['types', () => tool('typescript/bin/tsc', ['-b', 'tsconfig.json', 'tsconfig.tests.json'])],
  ['lint', () => tool('oxlint/bin/oxlint', ['--format=unix'])],
  ['format', () => tool('oxfmt/bin/oxfmt', ['--list-different'])],
  [
    'architecture',
    async () => {
      const result = await checkArchitecture(ROOT);
      return verdict(result, `${result.modules} modules`);
    },
  ],
  [
    'purity of core',
    async () => {
      const result = checkPurity(join(ROOT, 'packages/core/src'));
      if (result.files === 0) result.lines.push('no file was found to check');
      return verdict(result, `${result.files} files`);
    },
  ],
  [
    'licences',
    async () => {
      const result = checkLicences();
      return verdict(result, `${result.packages} packages`);
    },
  ],
];

/** Runs every check, all at once, and prints a line for each in their order. @returns {Promise<{ passed: number, failed: number }>} */
export async function runChecks() {
  const started = Date.now();
  const begun = CHECKS.map(async ([, run]) => {
    const { ok, details, summary } = await run().catch((error) => ({
      ok: false,
      details: String(error?.stack ?? error),
      summary: undefined,
    }));
    return {
      ok,
      details,
      facts: [summary, `${((Date.now() - started) / 1000).toFixed(1)} s`].filter(Boolean).join(', '),
    };
  });
  let failed = 0;
  for (const [i, [name]] of CHECKS.entries()) {
    const { ok, details, facts } = await begun[i];
    console.log(`  ${ok ? '✓' : '✗'} ${name} (${facts})`);
    if (ok) continue;
    failed++;
    console.log(details.trim().replaceAll(/^/gm, '      '));
  }
  return { passed: CHECKS.length - failed, failed };
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  await runScript(async () => ((await runChecks()).failed ? 1 : 0));
}
