/** Takes a port, or says why it cannot be had. */
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Listens at `first` or, when that is taken, at one of the ports after it. Returns the port. */
export async function listenFrom(server: Server, address: string, first: number, count: number): Promise<number> {
  for (let port = first; ; port++) {
    try {
      await new Promise<void>((done, fail) => {
        server.once('error', fail);
        server.listen(port, address, () => {
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
      if (code === 'EADDRNOTAVAIL')
        throw new Error(`${address} is not an address of this computer; see --listen.`, { cause: error });
      throw error;
    }
  }
}
