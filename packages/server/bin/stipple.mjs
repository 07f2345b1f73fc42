#!/usr/bin/env node
/** The command `stipple`: brings set-up and bundle up to date (silently when they are), then runs the command line. */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { runScript } from '../../../scripts/progress.mjs';
import { setUp } from '../../../scripts/set-up.mjs';

// Until the command listens for itself, an interrupt is answered here as it will be there.
const onSignal = () => {
  process.stderr.write(
    'stipple: interrupted: The work was interrupted.\nRun it again; nothing was left half-written.\n',
  );
  process.exit(3);
};
process.once('SIGINT', onSignal).once('SIGTERM', onSignal);

await runScript(async () => {
  const { server, web, cache } = await setUp();
  if (process.argv[2] === 'serve') {
    const { start } = await import(pathToFileURL(join(server, 'start.mjs')).href);
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    return start(process.argv.slice(3), { web, cache });
  }
  const { runStipple } = await import(pathToFileURL(join(server, 'stipple.mjs')).href);
  process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
  return runStipple(process.argv.slice(2), { cache });
});
