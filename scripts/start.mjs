/** `npm start`: sets everything up, then serves the page on this computer only. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runScript } from './progress.mjs';
import { setUp } from './set-up.mjs';

await runScript(async () => {
  const { server, web, cache } = await setUp();
  const { start } = await import(pathToFileURL(join(server, 'start.mjs')).href);
  return start(process.argv.slice(2), { web, cache });
});
