/** `npm run bench [name]`: bundles bench/<name>.ts (default: all of them) as the product is bundled, and runs it. */
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CACHE, ROOT } from './paths.mjs';
import { Trouble, runScript } from './progress.mjs';
import { runBundled } from './run-bundled.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  await setUp();
  const known = readdirSync(join(ROOT, 'bench'))
    .filter((name) => name.endsWith('.ts'))
    .map((name) => basename(name, '.ts'));
  const [wanted, ...args] = process.argv.slice(2);
  if (wanted && !known.includes(wanted))
    throw new Trouble(`there is no bench '${wanted}'; there are: ${known.join(', ')}`);
  let worst = 0;
  for (const name of wanted ? [wanted] : known) {
    console.log(`\n${name}`);
    const code = await runBundled(join(ROOT, 'bench', `${name}.ts`), join(CACHE, 'bench', `${name}.mjs`), args);
    worst = Math.max(worst, code);
  }
  return worst;
});
