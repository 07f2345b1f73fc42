/**
 * The listening servers of a mode: one for desk and hosted; with `--lan` HTTPS for the tablets beside it, and a page
 * by which they learn to trust it. This computer keeps plain HTTP on loopback, which browsers trust as it is.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Server as SecureServer } from 'node:https';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { renderUnicodeCompact } from 'uqr';
import { type AppOptions, buildApp } from './build-app.ts';
import { hostCheck } from './hosts.ts';
import { type ServerCertificate, serverCertificate } from './lan/certificate-authority.ts';
import { lanNames } from './lan/lan-names.ts';
import { onboardingPages } from './lan/onboarding.ts';
import { listenFrom } from './listen.ts';
import { localhostOf } from './localhost.ts';
import { type FileMount, serveFiles } from './serve-files.ts';
import { DEFAULT_PORT, type ProcessSettings } from './settings-of-process.ts';

/** A taken port is passed over this many times; a port asked for by --port is not. */
const PORTS_TRIED = 20;
/** How long a request may still take when the server is stopped. */
const PATIENCE_MS = 5000;
const DAY_MS = 86_400_000;

export interface Servers {
  /** Where people find it. */
  readonly url: string;
  /** What else to tell whoever started it. */
  readonly notes: readonly string[];
  close(): Promise<void>;
}

/** What all servers of a process share. */
export type Shared = Pick<AppOptions, 'storage' | 'now' | 'mail' | 'requestsPerMinute'>;

export async function openServers(
  settings: ProcessSettings,
  { mounts, dataDir }: { mounts: readonly FileMount[]; dataDir: string },
  shared: Shared,
): Promise<Servers> {
  const closing: (() => Promise<void>)[] = [];
  const close = async () => {
    for (const one of closing.splice(0).toReversed()) await one();
  };
  const open = async (
    options: Pick<AppOptions, 'mode' | 'publicUrl' | 'hosts' | 'certificate'>,
    listen: string,
    first: number,
    count: number,
  ) => {
    const app = await buildApp({
      ...shared,
      ...options,
      pages: serveFiles(mounts, hostCheck(options.hosts)),
      trustedProxies: settings.trustedProxies,
      metricsToken: settings.metricsToken,
      logLevel: settings.logLevel,
    });
    await app.ready();
    closing.push(() => closeApp(app));
    return { app, port: await listenFrom(app.server, listen, first, count) };
  };

  try {
    const { publicUrl, port } = settings;
    const isHosted = settings.mode === 'hosted';
    const main = await open(
      {
        mode: isHosted ? 'hosted' : 'desk',
        publicUrl,
        hosts: publicUrl ? [new URL(publicUrl).host] : [],
        certificate: null,
      },
      settings.listen,
      port ?? DEFAULT_PORT,
      port === null ? PORTS_TRIED : 1,
    );
    const url = publicUrl ?? (await addressHere(main.app.server, main.port, closing));
    if (settings.mode !== 'lan') return { url, notes: [], close };

    const names = lanNames();
    const certificateNow = () => serverCertificate(join(dataDir, 'lan'), names.all, shared.now());
    let certificate = await certificateNow();
    const count = port === null ? PORTS_TRIED : 1;
    // Its port is part of the names that it answers to, so it is settled first.
    const hosts: string[] = [];
    const secure = await open({ mode: 'lan', publicUrl: null, hosts, certificate }, '0.0.0.0', main.port + 1, count);
    hosts.push(...names.all.map((name) => `${name}:${secure.port}`));
    const renewal = setInterval(() => {
      void renew(certificateNow, secure.app, (renewed) => (certificate = renewed));
    }, DAY_MS);
    renewal.unref();
    closing.push(async () => clearInterval(renewal));

    const lanUrl = `https://${names.host}:${secure.port}`;
    const pages = onboardingPages({ certificate: () => certificate, url: lanUrl });
    const onboarding = await openPlain(pages, secure.port + 1, count);
    closing.push(onboarding.close);
    const welcome = `http://${names.addresses[0] ?? names.host}:${onboarding.port}/`;
    return {
      url,
      notes: [
        `For tablets: ${lanUrl}/studio/`,
        `A new tablet begins at ${welcome}`,
        `The certificate installed there must have this SHA-256 fingerprint: ${certificate.fingerprint}`,
        renderUnicodeCompact(welcome),
      ],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Where people at this computer find it; what listens there beside is closed with the rest. */
async function addressHere(server: Server, port: number, closing: (() => Promise<void>)[]): Promise<string> {
  const { host, beside } = await localhostOf(server, port);
  if (beside) closing.push(() => closeServer(beside));
  return `http://${host}:${port}`;
}

async function renew(
  certificateNow: () => Promise<ServerCertificate>,
  app: FastifyInstance,
  keep: (certificate: ServerCertificate) => void,
): Promise<void> {
  try {
    const renewed = await certificateNow();
    (app.server as unknown as SecureServer).setSecureContext({ key: renewed.key, cert: renewed.cert });
    keep(renewed);
  } catch (error) {
    app.log.error({ err: error }, 'the certificate could not be renewed');
  }
}

async function openPlain(pages: RequestListener, first: number, count: number) {
  const server = createServer(pages);
  const port = await listenFrom(server, '0.0.0.0', first, count);
  return { port, close: () => closeServer(server) };
}

async function closeApp(app: FastifyInstance): Promise<void> {
  await closeServer(app.server);
  await app.close();
}

async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const impatient = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
  server.closeIdleConnections();
  await new Promise((done) => server.close(done));
  clearTimeout(impatient);
}
