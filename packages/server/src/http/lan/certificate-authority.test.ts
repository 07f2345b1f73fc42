import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { createServer, request } from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { X509Certificate as NodeCertificate } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ServerCertificate, serverCertificate } from './certificate-authority.ts';
import { lanNames } from './lan-names.ts';

const NAMES = ['studio-mac.local', 'studio-mac', 'localhost', '127.0.0.1', '192.168.1.20'];
const NOW = new Date();
const later = (days: number) => new Date(NOW.getTime() + days * 86_400_000);

/** What a browser that trusts the authority makes of a server under a name. */
function visit({ key, cert, authority }: ServerCertificate, servername: string): Promise<string> {
  return new Promise((done) => {
    const server = createServer({ key, cert }, (_request, response) => response.end('here'));
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      const ended = (outcome: string) => server.close(() => done(outcome));
      request(
        { host: '127.0.0.1', port, servername, ca: authority, headers: { host: servername }, agent: false },
        (response) => {
          response.resume().on('end', () => ended('trusted'));
        },
      )
        .on('error', (error: NodeJS.ErrnoException) => ended(error.code ?? error.message))
        .end();
    });
  });
}

describe('the certificate of the studio’s network', () => {
  let folder: string;
  beforeAll(() => void (folder = mkdtempSync(join(tmpdir(), 'stipple-lan-'))));
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is trusted by whoever trusts the authority, under every name of the computer', async () => {
    const made = await serverCertificate(folder, NAMES, NOW);
    for (const name of ['studio-mac.local', 'studio-mac', 'localhost'])
      expect(await visit(made, name), name).toBe('trusted');
    expect(await visit(made, 'other.local')).toBe('ERR_TLS_CERT_ALTNAME_INVALID');
    expect(made.fingerprint).toBe(new NodeCertificate(made.authority).fingerprint256);
  });

  it('stays while it is good, is made anew before it ends or when a name is new; the authority stays', async () => {
    const first = await serverCertificate(folder, NAMES, NOW);
    expect((await serverCertificate(folder, NAMES, later(300))).cert).toBe(first.cert);
    const renewed = await serverCertificate(folder, NAMES, later(340));
    expect(renewed.cert).not.toBe(first.cert);
    expect(renewed.authority).toBe(first.authority);
    const moved = await serverCertificate(folder, [...NAMES, '10.0.0.7'], NOW);
    expect(moved.authority).toBe(first.authority);
    expect(new NodeCertificate(moved.cert).subjectAltName).toContain('10.0.0.7');
    const { validFrom, validTo } = new NodeCertificate(moved.cert);
    expect((Date.parse(validTo) - Date.parse(validFrom)) / 86_400_000).toBeLessThanOrEqual(397);
  });

  it('keeps its keys from others', async () => {
    await serverCertificate(folder, NAMES, NOW);
    for (const name of ['authority.pem', 'server.pem']) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
  });

  it('comes from an authority that may vouch for this network alone', async () => {
    const folderOf = mkdtempSync(join(tmpdir(), 'stipple-lan-'));
    const good = await serverCertificate(folderOf, NAMES, NOW);
    // The same authority signs for a bank, as a thief of its key would.
    const stolen = await serverCertificate(folderOf, ['bank.example'], NOW);
    expect(stolen.authority).toBe(good.authority);
    expect(await visit(stolen, 'bank.example')).not.toBe('trusted');
    rmSync(folderOf, { recursive: true });
  });
});

describe('the names of a computer', () => {
  it('are its host name under .local and its private addresses', () => {
    const of = (address: string, internal = false) =>
      ({ address, internal, family: 'IPv4', netmask: '', mac: '', cidr: null }) as const;
    const names = lanNames('Studio Mac.lan', {
      lo: [of('127.0.0.1', true)],
      en0: [of('192.168.1.20'), of('203.0.113.5')],
    });
    expect(names).toEqual({
      host: 'studio-mac.local',
      addresses: ['192.168.1.20'],
      all: ['studio-mac.local', 'studio-mac', 'localhost', '127.0.0.1', '192.168.1.20'],
    });
  });
});
