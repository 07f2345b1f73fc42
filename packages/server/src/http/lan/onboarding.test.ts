import { type RequestListener, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { onboardingPages } from './onboarding.ts';

const URL_OF_STUDIO = 'https://studio-mac.local:4174';
const CERTIFICATE = { key: 'the key', cert: 'server', authority: 'the authority', fingerprint: 'A1:B2' };

async function serving<T>(pages: RequestListener, work: (url: string) => Promise<T>): Promise<T> {
  const server = createServer(pages);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  try {
    return await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

describe('the page for a new tablet', () => {
  it('hands out the certificate of the authority and nothing else', async () => {
    await serving(onboardingPages({ certificate: () => CERTIFICATE, url: URL_OF_STUDIO }), async (url) => {
      const page = await fetch(url);
      const html = await page.text();
      expect(html).toContain(`href="${URL_OF_STUDIO}/studio/"`);
      // Said by the studio's computer alone: this page could be changed on its way.
      expect(html).not.toContain(CERTIFICATE.fingerprint);
      expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
      const certificate = await fetch(`${url}/stipple.crt`);
      expect([certificate.headers.get('content-type'), await certificate.text()]).toEqual([
        'application/x-x509-ca-cert',
        'the authority',
      ]);
      expect(await (await fetch(`${url}/code.svg`)).text()).toContain('<svg');
      for (const path of ['/api/v1/status', '/studio/', '/server.pem'])
        expect((await fetch(url + path)).status).toBe(404);
      expect((await fetch(url, { method: 'POST' })).status).toBe(405);
    });
  });
});
