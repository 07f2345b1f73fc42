/** `npm run validate`: bundles validation/run.ts as the product is bundled, and runs it. Options: see there. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { runScript } from './progress.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  await setUp();
  const { build } = await import('esbuild');
  const outfile = join(CACHE, 'validation', 'run.mjs');
  await build({
    entryPoints: [join(ROOT, 'validation', 'run.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    external: ['sharp', 'onnxruntime-web', '@mediapipe/*'],
    banner: {
      js: "import { createRequire as $require } from 'node:module'; const require = $require(import.meta.url);",
    },
    logLevel: 'warning',
  });
  return spawnSync(process.execPath, [outfile, ...process.argv.slice(2)], { stdio: 'inherit', cwd: ROOT }).status ?? 1;
});
