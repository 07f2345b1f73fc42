import { readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { damaged, withChecksums } from '@stipple/files/photo/testing/damage.ts';
import { colrNumbers, heic, irot } from '@stipple/files/photo/testing/heic-bytes.ts';
import { adobeExifBlock, exifBlock, exifSegment, withSegments } from '@stipple/files/photo/testing/photo-bytes.ts';
import { openDecoder, type PhotoDecoder } from './decode-process.ts';
import { bundleDecoder, decoderFolder } from './testing/bundle-decoder.ts';

const FILES = 10_000;
const DECODERS = 2;
/** The photos are small, but may lie about that, up to the bound of 60 megapixels. */
const BOUNDS = { seconds: 20, mb: 1200 };
const SIDE = 330;

let folder: string;
beforeAll(async () => {
  folder = decoderFolder();
  await bundleDecoder(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A good photo of every kind that Stipple opens, and the name it goes by in a failure. */
async function goodPhotos(): Promise<ReadonlyMap<string, Uint8Array>> {
  const random = seededGenerator(41);
  const noise = Uint8Array.from({ length: SIDE * SIDE * 3 }, (_, i) => ((i >> 5) & 255) * 0.7 + random() * 60);
  const scene = sharp(noise, { raw: { width: SIDE, height: SIDE, channels: 3 } });
  const deep = scene.clone().toColourspace('rgb16');
  const jpeg = await scene.clone().jpeg().toBuffer();
  const film = Buffer.concat([Buffer.from('\0\0\0\x18ftypmp42\0\0\0\0isommp42', 'latin1'), Buffer.alloc(3000, 7)]);
  const grid = { columns: 6, rows: 6, properties: [colrNumbers(12, 13), irot(3)], exif: exifBlock(6, 26) };
  const fixture = join(import.meta.dirname, '../../../files/fixtures/mannequin.heic');
  return new Map<string, Uint8Array>([
    ['jpeg', jpeg],
    ['progressive jpeg', await scene.clone().jpeg({ progressive: true }).toBuffer()],
    ['p3 jpeg', await scene.clone().withIccProfile('p3').withMetadata({ orientation: 6 }).jpeg().toBuffer()],
    ['adobe jpeg', withSegments(jpeg, exifSegment(adobeExifBlock('II')))],
    ['grey jpeg', await scene.clone().toColourspace('b-w').jpeg().toBuffer()],
    ['cmyk jpeg', await scene.clone().toColourspace('cmyk').withIccProfile('cmyk').jpeg().toBuffer()],
    ['motion jpeg', Buffer.concat([jpeg, film])],
    ['png', await scene.clone().png({ compressionLevel: 2 }).toBuffer()],
    ['interlaced png', await scene.clone().png({ progressive: true }).toBuffer()],
    ['palette png', await scene.clone().png({ palette: true }).toBuffer()],
    ['deep png', await deep.withIccProfile('p3').png().toBuffer()],
    ['clear png', await scene.clone().ensureAlpha(0.5).png().toBuffer()],
    ['webp', await scene.clone().withIccProfile('p3').withMetadata({ orientation: 8 }).webp().toBuffer()],
    ['lossless webp', await scene.clone().webp({ lossless: true, effort: 0 }).toBuffer()],
    ['clear webp', await scene.clone().ensureAlpha(0.5).webp().toBuffer()],
    ['heic', heic(grid)],
    ['phone heic', readFileSync(fixture)],
  ]);
}

async function outcomeOf({ decode }: PhotoDecoder, bytes: Uint8Array): Promise<string> {
  try {
    await decode(bytes);
    return 'decoded';
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}

test(`decodes or refuses ${FILES.toLocaleString('en')} damaged photos, bounded in time and memory, and leaves nothing`, async () => {
  const good = await goodPhotos();
  const names = [...good.keys()];
  const random = seededGenerator(20261125);
  const outcomes = new Map<string, number>();
  let next = 0;
  let slowestMs = 0;
  const work = async (): Promise<void> => {
    const decoder = openDecoder(BOUNDS, pathToFileURL(join(folder, 'decode-worker.mjs')));
    try {
      while (next < FILES) {
        const number = next++;
        const name = names[number % names.length]!;
        const other = good.get(names[Math.floor(random() * names.length)]!)!;
        const harmed = damaged(good.get(name)!, other, random);
        const bytes = name.endsWith('png') && random() < 0.7 ? withChecksums(harmed) : harmed;
        const start = performance.now();
        const outcome = await outcomeOf(decoder, bytes).catch((error: unknown) => {
          throw new Error(`file ${number}, a ${name}`, { cause: error });
        });
        slowestMs = Math.max(slowestMs, performance.now() - start);
        const key = `${name}: ${outcome}`;
        outcomes.set(key, (outcomes.get(key) ?? 0) + 1);
      }
    } finally {
      decoder.close();
    }
  };
  await Promise.all(Array.from({ length: DECODERS }, work));
  // oxlint-disable-next-line no-console -- a soak's figures are read by people
  console.log(Object.fromEntries([...outcomes].sort()), `slowest ${(slowestMs / 1000).toFixed(1)} s`);
  const count = (code: string): number =>
    [...outcomes].reduce((sum, [key, n]) => (key.endsWith(`: ${code}`) ? sum + n : sum), 0);
  expect([...outcomes.values()].reduce((a, b) => a + b)).toBe(FILES);
  expect(Math.min(count('decoded'), count('photo-unreadable'))).toBeGreaterThan(FILES / 20);
  // Nothing hung: no photo was ended by the clock.
  expect(count('too-slow')).toBe(0);
  expect(readdirSync(folder).filter((name) => !name.endsWith('.mjs'))).toEqual([]);
});
