/**
 * Serves folders of files to the browser, and nothing else.
 *
 * The page computes everything itself, so the policy sent with every answer forbids it to load from or send to any
 * other host. It guards against mistakes and careless dependencies; a page that means to, can still lead the browser
 * elsewhere. The isolation headers (COOP, COEP) give it shared
 * memory for threaded WebAssembly.
 *
 * In: mounts, URL prefix to folder; the longest prefix that fits wins. Out: a handler for node:http.
 * Promises: only regular files inside a mount are served (no `..`, no links that lead out, no dot files); GET and
 * HEAD only; requests under another Host name are refused, so that a foreign site cannot reach it by DNS rebinding;
 * an unchanged file is answered by 304. Does not compress: everything stays on one machine.
 */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { hostCheck } from './hosts.ts';

export interface FileMount {
  /** '/' or '/models/' for a folder; without a slash at the end, the path of one file. */
  readonly prefix: string;
  /** The folder, or the one file. */
  readonly path: string;
}

export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "worker-src 'self'",
  "style-src 'self'",
  "img-src 'self' blob: data:",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

const SECURITY_HEADERS = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(self), geolocation=(), microphone=()',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
};

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.wasm': 'application/wasm',
  '.webmanifest': 'application/manifest+json',
  '.woff2': 'font/woff2',
};

/** esbuild writes the hash of the content into the names of assets: those never change. */
const HASHED_NAME = /-[0-9A-Z]{8}\.\w+$/;

/** @param isOurHost whether a Host is a name of this server; only names of this computer when left out */
export function serveFiles(mounts: readonly FileMount[], isOurHost = hostCheck([])): RequestListener {
  const byLength = [...mounts].sort((a, b) => b.prefix.length - a.prefix.length);
  return (request, response) => {
    if (!isOurHost(request.headers.host)) {
      refuse(response, 403, 'Open Stipple under its own name');
      return;
    }
    answer(byLength, request, response).catch((error: NodeJS.ErrnoException) => {
      const isMissing = ['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP'].includes(error.code ?? '');
      if (response.headersSent) response.destroy();
      else refuse(response, isMissing ? 404 : 500, isMissing ? 'Not found' : 'Cannot read the file');
    });
  };
}

function refuse(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'Content-Type': 'text/plain; charset=utf-8',
    'Cache-Control': 'no-store',
  });
  response.end(`${text}\n`);
}

async function answer(mounts: readonly FileMount[], request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.setHeader('Allow', 'GET, HEAD');
    return refuse(response, 405, 'Only reading is possible');
  }
  const path = requestPath(request.url ?? '/');
  if (path === null) return refuse(response, 400, 'Not a path');
  if (mounts.some(({ prefix }) => prefix === `${path}/`)) {
    response.writeHead(308, { ...SECURITY_HEADERS, Location: `${path}/` }).end();
    return;
  }
  const mount = mounts.find(({ prefix }) => (prefix.endsWith('/') ? path.startsWith(prefix) : path === prefix));
  if (!mount) return refuse(response, 404, 'Not found');
  const root = await realpath(mount.path);
  const file = mount.prefix.endsWith('/')
    ? await realpath(join(root, path.slice(mount.prefix.length) || 'index.html'))
    : root;
  if (file !== root && !file.startsWith(root + sep)) return refuse(response, 404, 'Not found');
  const facts = await stat(file);
  if (!facts.isFile()) return refuse(response, 404, 'Not found');

  const etag = await etagOf(file, facts.size, facts.mtimeMs);
  const headers = {
    ...SECURITY_HEADERS,
    'Cache-Control': HASHED_NAME.test(file) ? 'public, max-age=31536000, immutable' : 'no-cache',
    ETag: etag,
  };
  if (request.headers['if-none-match'] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    'Content-Type': TYPES[extname(file)] ?? 'application/octet-stream',
    'Content-Length': facts.size,
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  // Whoever has hung up meanwhile must not leave an open file behind.
  if (response.destroyed) return;
  await pipeline(createReadStream(file), response).catch(() => response.destroy());
}

/** The decoded path of a request, or null when it is malformed or tries to leave the mount. */
export function requestPath(url: string): string | null {
  try {
    const path = decodeURIComponent(url.split(/[?#]/, 1)[0] ?? '/');
    const isPlain =
      path.startsWith('/') && !/[\0\\]/.test(path) && path.split('/').every((part) => !part.startsWith('.'));
    return isPlain ? path : null;
  } catch {
    return null;
  }
}

const etags = new Map<string, string>();

/** By content, so that a rebuilt but equal file stays cached; computed once per state of the file. */
async function etagOf(file: string, size: number, mtimeMs: number): Promise<string> {
  const state = `${file}\0${size}\0${mtimeMs}`;
  const known = etags.get(state);
  if (known) return known;
  const etag = `"${createHash('sha256')
    .update(await readFile(file))
    .digest('base64url')
    .slice(0, 22)}"`;
  etags.set(state, etag);
  return etag;
}
