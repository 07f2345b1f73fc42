import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { serveFiles } from './serve-files.ts';
import { start } from './start.ts';

interface Answer {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

/** A raw request: the path is sent as it is, where fetch would tidy `..` away. */
function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  return new Promise((done, fail) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk: string) => (body += chunk));
      response.on('end', () => done({ status: response.statusCode ?? 0, headers: response.headers, body }));
    });
    sent.on('error', fail);
    sent.end();
  });
}

let root: string;
let server: Server;
let port: number;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stipple-http-'));
  mkdirSync(join(root, 'web/ort'), { recursive: true });
  mkdirSync(join(root, 'cache/models'), { recursive: true });
  writeFileSync(join(root, 'web/index.html'), '<p>page</p>');
  writeFileSync(join(root, 'web/ort/ort.wasm'), 'wasm');
  writeFileSync(join(root, 'web/codec-AB12CD34.wasm'), 'codec');
  writeFileSync(join(root, 'web/.secret'), 'secret');
  writeFileSync(join(root, 'cache/models/face.onnx'), 'weights');
  writeFileSync(join(root, 'cache/reserve.bin'), 'dots');
  writeFileSync(join(root, 'cache/reserve.key'), 'secret');
  writeFileSync(join(root, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'webby.txt'), 'secret');
  symlinkSync(join(root, 'secret.txt'), join(root, 'web/link.txt'));
  // Its path begins with the mount's own: only the separator tells them apart.
  symlinkSync(join(root, 'webby.txt'), join(root, 'web/sibling.txt'));
  server = createServer(
    serveFiles([
      { prefix: '/', path: join(root, 'web') },
      { prefix: '/models/', path: join(root, 'cache/models') },
      { prefix: '/reserve.bin', path: join(root, 'cache/reserve.bin') },
    ]),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  port = (server.address() as AddressInfo).port;
});

afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(root, { recursive: true });
});

describe('the local file server', () => {
  test('serves the page at / and files of every mount with their type', async () => {
    expect(await get(port, '/')).toMatchObject({
      status: 200,
      body: '<p>page</p>',
      headers: { 'content-type': 'text/html; charset=utf-8' },
    });
    expect(await get(port, '/ort/ort.wasm')).toMatchObject({
      status: 200,
      headers: { 'content-type': 'application/wasm' },
    });
    expect(await get(port, '/models/face.onnx')).toMatchObject({ status: 200, body: 'weights' });
    expect(await get(port, '/reserve.bin')).toMatchObject({ status: 200, body: 'dots' });
  });

  test('forbids the page every other host and gives it an isolated origin, on every answer', async () => {
    for (const path of ['/', '/absent', '/%']) {
      const { headers } = await get(port, path);
      const policy = String(headers['content-security-policy']);
      expect(policy).toContain("default-src 'none'");
      expect(policy).not.toMatch(/https?:|\*/);
      expect(headers).toMatchObject({
        'cross-origin-opener-policy': 'same-origin',
        'cross-origin-embedder-policy': 'require-corp',
        'x-content-type-options': 'nosniff',
      });
    }
  });

  test('refuses every way out of its folders', async () => {
    const ways = [
      '/../secret.txt',
      '/ort/../../secret.txt',
      '/%2e%2e/secret.txt',
      '/..%2fsecret.txt',
      '/ort/%2e%2e%2f%2e%2e%2fsecret.txt',
      '/..\\secret.txt',
      '/models/../../secret.txt',
      '//../secret.txt',
      '/reserve.bin/../reserve.key',
      '/reserve.key',
      '/link.txt',
      '/sibling.txt',
      '/.secret',
      '/secret.txt%00.html',
      '/../webby.txt',
      'http://127.0.0.1/../secret.txt',
    ];
    for (const way of ways) {
      const { status, body } = await get(port, way);
      expect([400, 404], way).toContain(status);
      expect(body).not.toContain('secret');
    }
  });

  test('answers a folder, a missing file and an endless name with 404', async () => {
    for (const path of ['/ort', '/ort/', '/absent.js', `/${'a'.repeat(5000)}`])
      expect((await get(port, path)).status).toBe(404);
  });

  test('refuses foreign host names, so that no other site can read it by DNS rebinding', async () => {
    expect((await get(port, '/', { host: 'evil.example' })).status).toBe(403);
    expect((await get(port, '/', { host: `localhost:${port}` })).status).toBe(200);
  });

  test('only reads', async () => {
    expect((await get(port, '/', {}, 'POST')).status).toBe(405);
    expect(await get(port, '/', {}, 'HEAD')).toMatchObject({
      status: 200,
      body: '',
      headers: { 'content-length': '11' },
    });
  });

  test('lets an unchanged file be answered from the cache, and a file named by its content for good', async () => {
    const first = await get(port, '/');
    expect(first.headers['cache-control']).toBe('no-cache');
    const again = await get(port, '/', { 'if-none-match': String(first.headers.etag) });
    expect(again).toMatchObject({ status: 304, body: '' });
    expect((await get(port, '/codec-AB12CD34.wasm')).headers['cache-control']).toContain('immutable');
  });
});

describe('start', () => {
  beforeAll(() => void vi.spyOn(console, 'error').mockImplementation(() => undefined));
  afterAll(() => vi.restoreAllMocks());

  test('says what is wrong with a port in one line and exits 2', async () => {
    for (const args of [
      ['--port', 'high'],
      ['--port', '70000'],
      ['--prot', '1'],
    ]) {
      expect(await start(args, { web: root, cache: root })).toBe(2);
    }
  });

  test('does not take another port than the one asked for', async () => {
    expect(await start(['--port', String(port)], { web: root, cache: root })).toBe(1);
  });
});
