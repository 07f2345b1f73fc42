/** `npm run build`: set-up without running anything; prints where the bundle is. */
import { dirname } from 'node:path';
import { runScript } from './progress.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  const { server } = await setUp();
  console.log(dirname(server));
});
