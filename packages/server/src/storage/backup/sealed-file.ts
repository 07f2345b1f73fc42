/**
 * A stream of any length in a file that can be neither read nor altered, and that is known to be whole.
 *
 * Compressed, cut into chunks, each sealed with its number and with whether it is the last: chunks cannot be dropped,
 * swapped or cut off at the end without the file refusing to open. Each chunk is checked before a byte of it is handed
 * out; the end is known only when the reader gets there, so whoever loads it commits after that.
 *
 * Layout: per chunk its length (4 bytes, big-endian), then the sealed bytes.
 */
import { createReadStream } from 'node:fs';
import { open as openFile } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { createGunzip, createGzip } from 'node:zlib';
import { SealBroken, open, seal } from '../keys/seal.ts';

const CHUNK_BYTES = 1 << 20;

/** Writes and syncs; the file must not be there yet. */
export async function writeSealedFile(
  path: string,
  key: Uint8Array,
  place: string,
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): Promise<void> {
  const file = await openFile(path, 'wx', 0o600);
  try {
    let n = 0;
    const put = async (chunk: Uint8Array, isLast: boolean) => {
      const sealed = seal(key, placeOf(place, n++, isLast), chunk);
      const length = Buffer.alloc(4);
      length.writeUInt32BE(sealed.length);
      await file.writeFile(Buffer.concat([length, sealed]));
    };
    const plain = Readable.from(content);
    const gzip = createGzip({ level: 1 });
    plain.on('error', (error) => gzip.destroy(error));
    plain.pipe(gzip);
    // A disk that is full ends the reading too.
    gzip.once('close', () => plain.destroy());
    let held: Buffer = Buffer.alloc(0);
    for await (const part of gzip as AsyncIterable<Buffer>) {
      held = held.length === 0 ? part : Buffer.concat([held, part]);
      for (; held.length > CHUNK_BYTES; held = held.subarray(CHUNK_BYTES))
        await put(held.subarray(0, CHUNK_BYTES), false);
    }
    await put(held, true);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** @throws SealBroken in the course of reading */
export async function* readSealedFile(path: string, key: Uint8Array, place: string): AsyncGenerator<Buffer> {
  const chunks = Readable.from(openChunks(path, key, place));
  const unzipped = createGunzip();
  chunks.on('error', (error) => unzipped.destroy(error));
  chunks.pipe(unzipped);
  try {
    yield* unzipped;
  } finally {
    chunks.destroy();
  }
}

async function* openChunks(path: string, key: Uint8Array, place: string): AsyncGenerator<Buffer> {
  let held = Buffer.alloc(0);
  let n = 0;
  let isOver = false;
  for await (const part of createReadStream(path) as AsyncIterable<Buffer>) {
    held = Buffer.concat([held, part]);
    while (held.length >= 4 && held.length >= 4 + held.readUInt32BE()) {
      if (isOver) throw new SealBroken(place);
      const end = 4 + held.readUInt32BE();
      const { plain, isLast } = openChunk(key, place, n++, held.subarray(4, end));
      isOver = isLast;
      held = held.subarray(end);
      yield plain;
    }
  }
  if (!isOver || held.length > 0) throw new SealBroken(place);
}

/** Whether a chunk is the last is part of its place; the file does not say it in the clear. */
function openChunk(key: Uint8Array, place: string, n: number, sealed: Buffer): { plain: Buffer; isLast: boolean } {
  try {
    return { plain: open(key, placeOf(place, n, false), sealed), isLast: false };
  } catch (error) {
    if (!(error instanceof SealBroken)) throw error;
    return { plain: open(key, placeOf(place, n, true), sealed), isLast: true };
  }
}

const placeOf = (place: string, n: number, isLast: boolean): string => `${place}#${n}${isLast ? ' last' : ''}`;

export async function readWhole(content: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of content) parts.push(part);
  return Buffer.concat(parts);
}
