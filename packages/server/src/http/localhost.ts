/**
 * Whether this server may be called by the name localhost: passkeys and some password managers want a name, and refuse
 * a number such as 127.0.0.1.
 *
 * The name means 127.0.0.1 or ::1, as the browser pleases, so the server answers at both. Where another program has ::1
 * at this port, or the name means something else here, it is not ours to print.
 */
import { lookup } from 'node:dns/promises';
import { createServer, type Server } from 'node:http';

const IPV4 = '127.0.0.1';
const IPV6 = '::1';
/** This computer has no IPv6: nobody answers there, and browsers go on to the other address. */
const NO_IPV6 = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

export interface Localhost {
  /** Where people at this computer find it. */
  readonly host: 'localhost' | typeof IPV4;
  /** What listens beside the server; null where there is no IPv6 or it is taken. */
  readonly beside: Server | null;
}

/** @param server listens at 127.0.0.1 and `port` already */
export async function localhostOf(server: Server, port: number): Promise<Localhost> {
  const beside = createServer((request, response) => void server.emit('request', request, response));
  const failure = await new Promise<string | null>((done) => {
    beside.once('error', ({ code = '' }: NodeJS.ErrnoException) => done(code));
    beside.listen({ port, host: IPV6, ipv6Only: true }, () => done(null));
  });
  const isOurs = failure === null || NO_IPV6.has(failure);
  return {
    host: isOurs && (await meansThisComputer()) ? 'localhost' : IPV4,
    beside: failure === null ? beside : null,
  };
}

async function meansThisComputer(): Promise<boolean> {
  const found = await lookup('localhost', { all: true }).catch(() => []);
  return found.length > 0 && found.every(({ address }) => address === IPV4 || address === IPV6);
}
