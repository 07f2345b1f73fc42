/** `npm run validate`: bundles validation/run.ts as the product is bundled, and runs it. Options: see there. */
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { runScript } from './progress.mjs';
import { runBundled } from './run-bundled.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  await setUp();
  return runBundled(join(ROOT, 'validation', 'run.ts'), join(CACHE, 'validation', 'run.mjs'), process.argv.slice(2));
});
