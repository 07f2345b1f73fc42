/** A bucket in memory behind HTTP: answers what s3-blob-store.ts asks, lists two at a time, fails when told to. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { signS3Request } from '../sign-s3-request.ts';

export interface TestBucket {
  /** For FILES_URL. */
  readonly address: string;
  readonly objects: Map<string, Buffer>;
  /** The next requests are answered with these. */
  readonly failures: number[];
  close(): Promise<void>;
}

const credentials = { accessKey: 'someone', secret: 'a/secret+', region: 'us-east-1' };
const PAGE = 2;
/** In front of a page's token, so that a reader that does not unescape it is found out. */
const TOKEN = '&<';

export async function openTestBucket(): Promise<TestBucket> {
  const objects = new Map<string, Buffer>();
  const failures: number[] = [];
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = Buffer.concat(chunks);
      const url = new URL(request.url ?? '', `http://${request.headers.host}`);
      const answer = (status: number, text: string | Buffer = '') => response.writeHead(status).end(text);
      const failure = failures.shift();
      if (failure) return answer(failure);
      const method = request.method as 'GET' | 'PUT' | 'DELETE';
      const at = String(request.headers['x-amz-date']).replace(/(....)(..)(..)T(..)(..)(..)Z/, '$1-$2-$3T$4:$5:$6Z');
      const { authorization } = signS3Request({ method, url, body }, credentials, new Date(at));
      if (authorization !== request.headers.authorization) return answer(403);
      const name = url.pathname.slice('/bucket/'.length);
      if (method === 'PUT') objects.set(name, body);
      if (method === 'PUT') return answer(200);
      if (method === 'DELETE') return answer(objects.delete(name) ? 204 : 404);
      if (url.searchParams.has('list-type')) return answer(200, listing(url));
      const found = objects.get(name);
      return found ? answer(200, found) : answer(404);
    })();
  });

  const listing = (url: URL): string => {
    const prefix = url.searchParams.get('prefix') ?? '';
    // As S3 does it, a page goes on after a name, so that removing some meanwhile skips none.
    const after = url.searchParams.get('continuation-token')?.slice(TOKEN.length) ?? '';
    const left = [...objects].filter(([name]) => name.startsWith(prefix) && name > after).sort();
    const page = left.slice(0, PAGE);
    const rows = page.map(
      ([name, bytes]) =>
        `<Contents><Key>${name}</Key><LastModified>2026-01-02T03:04:05.000Z</LastModified><Size>${bytes.length}</Size></Contents>`,
    );
    const next = left.length > PAGE ? `<NextContinuationToken>&amp;&lt;${page.at(-1)![0]}</NextContinuationToken>` : '';
    return `<?xml version="1.0"?><ListBucketResult>${rows.join('\n')}${next}</ListBucketResult>`;
  };

  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const login = `${credentials.accessKey}:${encodeURIComponent(credentials.secret)}`;
  return {
    address: `s3+http://${login}@127.0.0.1:${port}/bucket/studio`,
    objects,
    failures,
    close: () => new Promise((done) => server.close(() => done())),
  };
}
