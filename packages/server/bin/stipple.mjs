#!/usr/bin/env node
/** The command `stipple`: brings set-up and bundle up to date (silently when they are), then runs the command line. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runScript } from '../../../scripts/progress.mjs';
import { setUp } from '../../../scripts/set-up.mjs';

await runScript(async () => {
  const { server, cache } = await setUp();
  const { runStipple } = await import(pathToFileURL(join(server, 'stipple.mjs')).href);
  return runStipple(process.argv.slice(2), { cache });
});
