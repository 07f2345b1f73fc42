import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { DISPLAY_P3, writeMatrixProfile } from '@stipple/files/photo/write-matrix-profile.ts';
import { decodePhoto, type DecodedPhoto } from './decode-photo.ts';
import { openDecoder } from './decode-process.ts';
import { bundleDecoder, decoderFolder } from './testing/bundle-decoder.ts';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const FOLDER = decoderFolder();
const MANNEQUIN = readFileSync(join(ROOT, 'packages/web/public/mannequin.jpg'));
const HEIC = readFileSync(join(ROOT, 'packages/files/fixtures/mannequin.heic'));

const script = (name: string): URL => pathToFileURL(join(FOLDER, name));
const REAL = script('decode-worker.mjs');
const BOUNDS = { seconds: 20, mb: 1500 };

/** Stands in for a decoder that the first byte of a photo may hang or crash; else it refuses the photo as empty. */
const FRAIL = `
  import { writeFileSync } from 'node:fs';
  writeFileSync(${JSON.stringify(join(FOLDER, 'pid'))}, String(process.pid));
  // A length of four bytes and a photo of one, which may come in two pieces.
  let come = Buffer.alloc(0);
  process.stdin.on('data', (chunk) => {
    come = Buffer.concat([come, chunk]);
    if (come.length < 5) return;
    const kind = come[4];
    come = come.subarray(5);
    if (kind === 1) for (;;);
    if (kind === 2) process.abort();
    const reply = Buffer.from('{"kind":"refused","code":"photo-empty","detail":null}');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(reply.length);
    process.stdout.write(Buffer.concat([length, reply]));
  });
`;

beforeAll(async () => {
  writeFileSync(join(FOLDER, 'frail.mjs'), FRAIL);
  await bundleDecoder(FOLDER);
});
afterAll(() => rmSync(FOLDER, { recursive: true, force: true }));

const refusalOf = (photo: Promise<DecodedPhoto>): Promise<unknown> =>
  photo.then(
    () => 'decoded',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

describe('openDecoder', () => {
  it('gives what decodePhoto gives, one photo after the other, in shared memory', async () => {
    const p3 = await sharp(MANNEQUIN)
      .resize(400)
      .withIccProfile('p3')
      .withMetadata({ orientation: 6 })
      .jpeg()
      .toBuffer();
    const { decode, close } = openDecoder(BOUNDS, REAL);
    try {
      const [small, whole, none] = await Promise.all([
        decode(p3),
        decode(MANNEQUIN),
        refusalOf(decode(new Uint8Array())),
      ]);
      expect(none).toBe('photo-empty');
      for (const [seen, file] of [
        [small, p3],
        [whole, MANNEQUIN],
      ] as const) {
        const { pixels, ...rest } = await decodePhoto(file);
        expect({ ...seen, pixels: null }).toEqual({
          ...rest,
          icc: rest.icc && Uint8Array.from(rest.icc),
          pixels: null,
        });
        expect([seen.pixels.widthPx, seen.pixels.heightPx]).toEqual([pixels.widthPx, pixels.heightPx]);
        expect(Buffer.compare(new Uint8Array(seen.pixels.rgba), new Uint8Array(pixels.rgba))).toBe(0);
        expect(seen.pixels.rgba.buffer).toBeInstanceOf(SharedArrayBuffer);
      }
    } finally {
      close();
    }
  });

  it("decodes a phone's HEIC upright, with its profile, and refuses one that is cut short", async () => {
    const { decode, close } = openDecoder(BOUNDS, REAL);
    try {
      const { pixels, icc, focal35mm, type } = await decode(HEIC);
      expect([pixels.widthPx, pixels.heightPx, focal35mm, type]).toEqual([720, 900, 70, 'heic']);
      expect(icc).toEqual(writeMatrixProfile(DISPLAY_P3));
      const original = await sharp(MANNEQUIN).resize(720, 900).ensureAlpha().raw().toBuffer();
      let sum = 0;
      original.forEach((value, i) => (sum += Math.abs(value - pixels.rgba[i]!)));
      expect(sum / original.length).toBeLessThan(3);
      expect(await refusalOf(decode(HEIC.subarray(0, HEIC.length - 2000)))).toBe('photo-unreadable');
    } finally {
      close();
    }
  });

  it('refuses a photo on which the decoder hangs or crashes, and goes on with the next', async () => {
    const { decode, close } = openDecoder({ seconds: 5, mb: 1500 }, script('frail.mjs'));
    try {
      const codes = [0, 1, 0, 2, 0].map((kind) => refusalOf(decode(Uint8Array.of(kind))));
      expect(await Promise.all(codes)).toEqual([
        'photo-empty',
        'too-slow',
        'photo-empty',
        'photo-unreadable',
        'photo-empty',
      ]);
    } finally {
      close();
    }
  });

  it('ends a process that takes more memory than it may', async () => {
    const { decode, close } = openDecoder({ seconds: 20, mb: 20 }, REAL);
    try {
      expect(await refusalOf(decode(MANNEQUIN))).toBe('photo-unreadable');
    } finally {
      close();
    }
  });

  it('leaves no process behind', async () => {
    rmSync(join(FOLDER, 'pid'), { force: true });
    const { decode, close } = openDecoder(BOUNDS, script('frail.mjs'));
    await refusalOf(decode(Uint8Array.of(0)));
    const pid = Number(readFileSync(join(FOLDER, 'pid'), 'utf8'));
    close();
    for (let tries = 0; tries < 100 && existsSync(`/proc/${pid}`); tries++)
      await new Promise((done) => setTimeout(done, 20));
    expect(() => process.kill(pid, 0)).toThrow();
  });
});
