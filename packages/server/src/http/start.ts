/** Serves the page on this computer: what `npm start` runs after set-up. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { serveFiles } from './serve-files.ts';

export const DEFAULT_PORT = 4173;
/** A taken port is passed over this many times; a port asked for by --port is not. */
const PORTS_TRIED = 20;

const USAGE = `npm start -- [--port 4173]

Serves Stipple on this computer at http://127.0.0.1:<port>; stop it with Ctrl-C.
  --port N   use this port and no other (0: any free one); otherwise the first free one from ${DEFAULT_PORT}`;

export interface StartFolders {
  /** The bundled page. */
  readonly web: string;
  /** What set-up prepared: models/ and reserve.bin. */
  readonly cache: string;
}

/** Runs until SIGINT or SIGTERM; returns the exit code. */
export async function start(args: readonly string[], folders: StartFolders): Promise<number> {
  const port = portFrom(args);
  if (port === 'help') {
    console.log(USAGE);
    return 0;
  }
  if (typeof port === 'string') {
    console.error(`stipple: ${port}\n\n${USAGE}`);
    return 2;
  }
  const server = createServer(
    serveFiles([
      { prefix: '/', path: folders.web },
      { prefix: '/models/', path: join(folders.cache, 'models') },
      { prefix: '/reserve.bin', path: join(folders.cache, 'reserve.bin') },
    ]),
  );
  const stopped = new Promise<void>((done) => {
    const stop = () => {
      server.close(() => done());
      server.closeAllConnections();
    };
    process.once('SIGINT', stop);
    process.once('SIGTERM', stop);
  });
  try {
    const bound =
      port === null ? await listenFrom(server, DEFAULT_PORT, PORTS_TRIED) : await listenFrom(server, port, 1);
    console.log(`\nStipple is ready: http://127.0.0.1:${bound}\nStop it with Ctrl-C.`);
  } catch (error) {
    console.error(`stipple: ${(error as Error).message}`);
    return 1;
  }
  await stopped;
  console.log('\nStopped.');
  return 0;
}

/** The port asked for, null for none, 'help', or a sentence that says what is wrong. */
function portFrom(args: readonly string[]): number | null | string {
  try {
    const { values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string' }, help: { type: 'boolean', short: 'h' } },
    });
    if (values.help) return 'help';
    if (values.port === undefined) return null;
    const port = Number(values.port);
    return /^\d+$/.test(values.port) && port <= 65535
      ? port
      : `--port ${values.port} is not a port number (0 to 65535).`;
  } catch (error) {
    return (error as Error).message;
  }
}

/** Listens on 127.0.0.1 at `first` or, when that is taken, at one of the ports after it. */
async function listenFrom(server: Server, first: number, count: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(port, '127.0.0.1', () => {
          server.removeListener('error', fail);
          done();
        });
      });
      return (server.address() as AddressInfo).port;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EADDRINUSE' && port + 1 < first + count) continue;
      if (code === 'EADDRINUSE')
        throw new Error(`port ${port} is in use; choose another with --port.`, { cause: error });
      if (code === 'EACCES')
        throw new Error(`port ${port} may not be used by this account; choose one above 1023.`, { cause: error });
      throw error;
    }
  }
}
