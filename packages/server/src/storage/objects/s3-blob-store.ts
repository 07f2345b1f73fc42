/**
 * Blobs in a bucket of an S3-compatible service, addressed by path (https://host/bucket/name).
 *
 * Four requests are all that is needed, so there is no SDK. A request that fails with 5xx, 429 or on the way is
 * repeated a few times; each of them may be repeated without harm. What is written was sealed before it came here.
 */
import { setTimeout as delay } from 'node:timers/promises';
import type { BlobEntry, BlobStore } from './blob-store.ts';
import { type S3Credentials, type S3Request, signS3Request } from './sign-s3-request.ts';

const MOST_TRIES = 4;
const TIMEOUT_MS = 60_000;

export interface S3Options {
  readonly now: () => Date;
}

/** @param address s3://key:secret@host/bucket/prefix?region=eu-central-1; s3+http:// for one without TLS */
export function s3BlobStore(address: string, { now }: S3Options): BlobStore {
  const { base, prefix, credentials } = readAddress(address);

  const send = async (method: S3Request['method'], url: URL, body?: Uint8Array): Promise<Response> => {
    for (let tries = 1; ; tries++) {
      const headers = signS3Request({ method, url, ...(body && { body }) }, credentials, now());
      const signal = AbortSignal.timeout(TIMEOUT_MS);
      const response = await fetch(url, { method, headers, signal, ...(body && { body: Buffer.from(body) }) }).catch(
        (error: unknown) => error as Error,
      );
      const mayHelp = response instanceof Error || response.status >= 500 || response.status === 429;
      if (!mayHelp) return response;
      if (tries === MOST_TRIES)
        throw response instanceof Error ? response : new Error(`the bucket at FILES_URL answers ${response.status}`);
      await delay(100 * 4 ** (tries - 1));
    }
  };
  const urlOf = (name: string): URL => new URL(`${base.href}/${prefix}${name}`);

  const accepted = (response: Response): Response => {
    if (response.ok) return response;
    throw new Error(`the bucket at FILES_URL answers ${response.status} ${response.statusText}`);
  };

  return {
    write: async (name, bytes) => {
      await accepted(await send('PUT', urlOf(name), bytes)).arrayBuffer();
    },
    read: async (name) => {
      const response = await send('GET', urlOf(name));
      if (response.status === 404) {
        await response.arrayBuffer();
        return null;
      }
      return Buffer.from(await accepted(response).arrayBuffer());
    },
    remove: async (name) => {
      const response = await send('DELETE', urlOf(name));
      if (response.status !== 404) await accepted(response).arrayBuffer();
    },
    list: async function* () {
      for (let token: string | null = null; ;) {
        const url = new URL(base);
        url.searchParams.set('list-type', '2');
        url.searchParams.set('prefix', prefix);
        if (token) url.searchParams.set('continuation-token', token);
        const xml = await accepted(await send('GET', url)).text();
        for (const [, content = ''] of xml.matchAll(/<Contents>(.*?)<\/Contents>/gs)) yield entryOf(content, prefix);
        token = textOf(xml, 'NextContinuationToken');
        if (token === null) return;
      }
    },
  };
}

function readAddress(address: string): { base: URL; prefix: string; credentials: S3Credentials } {
  const url = new URL(address);
  const [bucket = '', ...rest] = url.pathname.split('/').filter(Boolean);
  const credentials = {
    accessKey: decodeURIComponent(url.username),
    secret: decodeURIComponent(url.password),
    region: url.searchParams.get('region') ?? 'us-east-1',
  };
  const base = new URL(`${url.protocol === 's3+http:' ? 'http' : 'https'}://${url.host}/${bucket}`);
  return { base, prefix: rest.map((part) => `${part}/`).join(''), credentials };
}

const entryOf = (content: string, prefix: string): BlobEntry => ({
  name: (textOf(content, 'Key') ?? '').slice(prefix.length),
  bytes: Number(textOf(content, 'Size')),
  changedAt: new Date(textOf(content, 'LastModified') ?? ''),
});

/** Names are ours, without anything that XML escapes; tokens may have it. */
function textOf(xml: string, element: string): string | null {
  const text = new RegExp(`<${element}>([^<]*)</${element}>`).exec(xml)?.[1];
  return (
    text?.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&') ?? null
  );
}
