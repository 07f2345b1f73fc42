import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { afterEach, describe, expect, it } from 'vitest';
import { localhostOf } from './localhost.ts';

const hasIpv6 = Object.values(networkInterfaces()).some((of) => of?.some(({ address }) => address === '::1'));
const open: Server[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await new Promise((done) => server.close(done));
});

const listening = async (host: string, port = 0): Promise<number> => {
  const server = createServer((_, response) => response.end('ours'));
  open.push(server);
  await new Promise<void>((done, fail) => server.once('error', fail).listen(port, host, done));
  return (server.address() as AddressInfo).port;
};
const textAt = (host: string, port: number): Promise<string> =>
  new Promise((done, fail) => {
    get({ host, port, agent: false }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => (text += part));
      response.on('end', () => done(text));
    }).on('error', fail);
  });

describe('the name localhost', () => {
  it('is answered at both of its addresses before it is printed', async () => {
    const port = await listening('127.0.0.1');
    const { host, beside } = await localhostOf(open[0]!, port);
    if (beside) open.push(beside);
    expect(host).toBe('localhost');
    expect(beside !== null).toBe(hasIpv6);
    for (const address of ['127.0.0.1', 'localhost', ...(hasIpv6 ? ['::1'] : [])])
      expect(await textAt(address, port), address).toBe('ours');
  });

  it('is not printed where another program answers to it', async () => {
    // Without IPv6 nobody else can.
    if (!hasIpv6) return;
    const port = await listening('::1');
    await listening('127.0.0.1', port);
    expect(await localhostOf(open[1]!, port)).toEqual({ host: '127.0.0.1', beside: null });
  });
});
