/**
 * `npm test`: set-up, every check, every test; the last line is `N passed, N failed`.
 * `npm run soak` is the same with the long tests (*.soak.test.ts) and without the checks.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureChromium } from './chromium.mjs';
import { CACHE, ROOT } from './paths.mjs';
import { runScript } from './progress.mjs';
import { setUp } from './set-up.mjs';

const RESULTS = join(CACHE, `test-results.${process.pid}.json`);

/** @param {string[]} args @returns {Promise<{ passed: number, failed: number }>} */
async function runVitest(args) {
  mkdirSync(CACHE, { recursive: true });
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${RESULTS}`];
  const child = spawn(process.execPath, [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', ...reporters, ...args], {
    cwd: ROOT,
    stdio: 'inherit',
  });
  const code = await new Promise((done) => child.on('close', done));
  try {
    return countTests(existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : null, code);
  } finally {
    rmSync(RESULTS, { force: true });
  }
}

/**
 * Tests passed and failed. A file that does not load, and an error outside any test, count as one failure each.
 * @param {{ testResults: { status: string, assertionResults: { status: string }[] }[] } | null} results
 * @param {number | null} exitCode
 */
function countTests(results, exitCode) {
  const files = results?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passed = tests.filter((test) => test.status === 'passed').length;
  const broken = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  ).length;
  const failed = tests.filter((test) => test.status === 'failed').length + broken;
  return { passed, failed: failed || (exitCode === 0 && passed > 0 ? 0 : 1) };
}

await runScript(async () => {
  const isSoak = process.argv[2] === '--soak';
  const args = process.argv.slice(isSoak ? 3 : 2);
  await setUp();
  await ensureChromium();
  let checks = { passed: 0, failed: 0 };
  if (!isSoak) {
    const { runChecks } = await import('./check.mjs');
    checks = await runChecks();
  }
  const tests = await runVitest(isSoak ? ['--config', 'vitest.soak.config.ts', ...args] : args);
  const failed = checks.failed + tests.failed;
  console.log(`\n${checks.passed + tests.passed} passed, ${failed} failed`);
  return failed ? 1 : 0;
});
