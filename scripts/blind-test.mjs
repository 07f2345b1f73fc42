/** `npm run blind-test`: bundles validation/pictures/run.ts as the product is bundled, and runs it. Options: see there. */
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { runScript } from './progress.mjs';
import { runBundled } from './run-bundled.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  await setUp();
  const program = join(ROOT, 'validation', 'pictures', 'run.ts');
  return runBundled(program, join(CACHE, 'validation', 'pictures.mjs'), ['--cache', CACHE, ...process.argv.slice(2)]);
});
