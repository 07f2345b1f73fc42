import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serverCertificate } from './lan/certificate-authority.ts';
import { smtpMail } from './smtp-mail.ts';

const LETTER = {
  to: 'jo@example.com',
  subject: 'Ein Link für Sie',
  text: 'Grüße aus dem Studio.\n\nhttps://studio.example/x?token=1\n.\nEnde\n',
};
let certificate: { key: string; cert: string };
beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'stipple-smtp-'));
  certificate = await serverCertificate(folder, ['127.0.0.1'], new Date());
  rmSync(folder, { recursive: true });
});

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

interface Taken {
  readonly from: string;
  readonly to: readonly string[];
  readonly raw: string;
  readonly isEncrypted: boolean;
}

/** A mail server that keeps what it is given. */
async function openServer(options: SMTPServerOptions = {}): Promise<{ port: number; taken: Taken[] }> {
  const taken: Taken[] = [];
  const server = new SMTPServer({
    ...certificate,
    authOptional: true,
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        taken.push({
          from: mailFrom ? mailFrom.address : '',
          to: rcptTo.map(({ address }) => address),
          raw: Buffer.concat(chunks).toString('utf8'),
          isEncrypted: session.secure,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => {});
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  closing.push(() => new Promise((done) => server.close(done)));
  return { port: (server.server.address() as AddressInfo).port, taken };
}

function mailTo(url: string, patienceMs?: number) {
  const reasons: string[] = [];
  return { reasons, mail: smtpMail(url, 'studio@example.com', (why) => reasons.push(why), patienceMs) };
}

const decoded = (raw: string): string => {
  const body = raw.slice(raw.indexOf('\r\n\r\n') + 4);
  return /^content-transfer-encoding: base64/im.test(raw)
    ? Buffer.from(body, 'base64').toString('utf8')
    : Buffer.from(
        body
          .replace(/=\r\n/g, '')
          .replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'latin1',
      ).toString('utf8');
};

describe('mail by an SMTP server', () => {
  it('arrives whole, with its accents and its lonely dots', async () => {
    const { port, taken } = await openServer({ disabledCommands: ['STARTTLS'] });
    const { mail, reasons } = mailTo(`smtp://127.0.0.1:${port}`);
    expect(await mail.send(LETTER)).toBe(true);
    expect(reasons).toEqual([]);
    expect(taken).toMatchObject([{ from: 'studio@example.com', to: ['jo@example.com'] }]);
    expect(decoded(taken[0]!.raw).replaceAll('\r\n', '\n').trimEnd()).toBe(LETTER.text.trimEnd());
  });

  it('signs in with the name and password of the address, over an encrypted line', async () => {
    const signedIn: string[] = [];
    const { port, taken } = await openServer({
      authOptional: false,
      onAuth({ username, password }, { secure }, done) {
        signedIn.push(`${username} ${password} ${secure}`);
        done(null, { user: username });
      },
    });
    const { mail, reasons } = mailTo(`smtp://jo%40studio:a%2Fb@127.0.0.1:${port}?tls.rejectUnauthorized=false`);
    expect([await mail.send(LETTER), reasons]).toEqual([true, []]);
    expect(signedIn).toEqual(['jo@studio a/b true']);
    expect(taken[0]!.isEncrypted).toBe(true);
  });

  it('says so when the password is wrong, and sends nothing', async () => {
    const { port, taken } = await openServer({
      authOptional: false,
      onAuth: (_, __, done) => done(new Error('no')),
    });
    const { mail, reasons } = mailTo(`smtp://jo:x@127.0.0.1:${port}?tls.rejectUnauthorized=false`);
    expect(await mail.send(LETTER)).toBe(false);
    expect([reasons, taken]).toEqual([['EAUTH'], []]);
  });

  it('does not send to a server whose certificate nobody vouches for', async () => {
    const { port, taken } = await openServer();
    const { mail, reasons } = mailTo(`smtp://127.0.0.1:${port}`);
    expect(await mail.send(LETTER)).toBe(false);
    expect([reasons, taken]).toEqual([['ESOCKET'], []]);
  });

  it('sends nothing unencrypted to another computer, unless the address allows it', async () => {
    const { port, taken } = await openServer({ disabledCommands: ['STARTTLS'] });
    // Another name of this computer, as far as a resolver goes, and not one that we know to be it.
    const address = `smtp://[::ffff:127.0.0.1]:${port}`;
    const strict = mailTo(address);
    expect(await strict.mail.send(LETTER)).toBe(false);
    expect([strict.reasons, taken]).toEqual([['ETLS'], []]);
    const lenient = mailTo(`${address}?requireTLS=false`);
    expect([await lenient.mail.send(LETTER), lenient.reasons]).toEqual([true, []]);
  });

  it('says so when a recipient is refused', async () => {
    const { port } = await openServer({ onRcptTo: (_, __, done) => done(new Error('no such person')) });
    const { mail, reasons } = mailTo(`smtp://127.0.0.1:${port}?ignoreTLS=true`);
    expect([await mail.send(LETTER), reasons]).toEqual([false, ['EENVELOPE']]);
  });

  it('lets an address bring no further recipients or headers', async () => {
    const { port, taken } = await openServer();
    const { mail } = mailTo(`smtp://127.0.0.1:${port}?ignoreTLS=true`);
    await mail.send({ ...LETTER, to: 'jo@example.com\r\nBcc: all@example.com', subject: 'x\r\nBcc: all@example.com' });
    for (const { to, raw } of taken) {
      expect(to.join()).not.toContain('all@');
      expect(raw).not.toMatch(/^bcc:/im);
    }
  });

  it('waits for a silent server no longer than its patience', async () => {
    const silent: Server = createServer();
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    closing.push(() => new Promise((done) => silent.close(() => done())));
    const { mail, reasons } = mailTo(`smtp://127.0.0.1:${(silent.address() as AddressInfo).port}`, 300);
    const started = performance.now();
    expect([await mail.send(LETTER), reasons]).toEqual([false, ['ETIMEDOUT']]);
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('says so when nobody listens', async () => {
    const { mail, reasons } = mailTo('smtp://127.0.0.1:9');
    expect([await mail.send(LETTER), reasons]).toEqual([false, ['ESOCKET']]);
  });
});
