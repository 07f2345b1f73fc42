/** `npm run bench [name]`: bundles bench/<name>.ts (default: all of them) as the product is bundled, and runs it. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { Trouble, runScript } from './progress.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  await setUp();
  const { build } = await import('esbuild');
  const known = readdirSync(join(ROOT, 'bench'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => basename(name, '.ts'));
  const [wanted, ...args] = process.argv.slice(2);
  if (wanted && !known.includes(wanted))
    throw new Trouble(`there is no bench '${wanted}'; there are: ${known.join(', ')}`);
  let worst = 0;
  for (const name of wanted ? [wanted] : known) {
    const outfile = join(CACHE, 'bench', `${name}.mjs`);
    await build({
      entryPoints: [join(ROOT, 'bench', `${name}.ts`)],
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
    console.log(`\n${name}`);
    worst = Math.max(
      worst,
      spawnSync(process.execPath, [outfile, ...args], { stdio: 'inherit', cwd: ROOT }).status ?? 1,
    );
  }
  return worst;
});
