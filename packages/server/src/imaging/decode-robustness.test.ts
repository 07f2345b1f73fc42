import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { decodeHeic } from '@stipple/files/photo/decode-heic.ts';
import { readPictureFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { decodePhoto, decodeSamples } from './decode-photo.ts';
import { tilesHere } from './testing/tiles-here.ts';

/** Damaged and hostile files of other projects' suites, when they are at hand beside the repository. */
const HOSTILE = join(fileURLToPath(new URL('../../../../', import.meta.url)), '../shared/data/image_robustness');

const files = existsSync(HOSTILE)
  ? readdirSync(HOSTILE, { recursive: true, encoding: 'utf8' }).filter((name) => statSync(join(HOSTILE, name)).isFile())
  : [];

const cpuSeconds = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
};

/** 'decoded', a refusal's code, or the fault that should not be. */
async function outcomeOf(decode: () => Promise<unknown>): Promise<unknown> {
  try {
    await decode();
    return 'decoded';
  } catch (error) {
    return error instanceof Refusal ? error.code : error;
  }
}

/** The same without the least size: small files go through the decoder too. */
async function decodeAnySize(bytes: Uint8Array): Promise<unknown> {
  const facts = readPictureFacts(bytes);
  return facts.type === 'heic' ? decodeHeic(bytes, tilesHere) : decodeSamples(bytes, facts);
}

describe('decodePhoto', () => {
  it('decodes or refuses each damaged or hostile file, both ways within ten seconds of processor time', async () => {
    for (const name of files) {
      const bytes = readFileSync(join(HOSTILE, name));
      const before = process.cpuUsage();
      const outcomes = [
        await outcomeOf(() => decodePhoto(bytes, tilesHere)),
        await outcomeOf(() => decodeAnySize(bytes)),
      ];
      expect([name, ...outcomes.map((outcome) => typeof outcome)]).toEqual([name, 'string', 'string']);
      expect([name, cpuSeconds(before) < 10]).toEqual([name, true]);
    }
  });

  it('decodes or refuses whatever damage is done to a good file', async () => {
    const random = seededGenerator(11);
    const noise = Uint8Array.from({ length: 330 * 330 * 3 }, (_, i) => ((i >> 5) & 255) * 0.7 + random() * 60);
    const scene = sharp(noise, { raw: { width: 330, height: 330, channels: 3 } }).withIccProfile('p3');
    const good = await Promise.all([
      scene.clone().jpeg().toBuffer(),
      scene.clone().jpeg({ progressive: true }).toBuffer(),
      scene.clone().png({ compressionLevel: 2 }).toBuffer(),
      scene.clone().webp().toBuffer(),
      scene.clone().webp({ lossless: true, effort: 0 }).toBuffer(),
    ]);
    const counts = { decoded: 0, refused: 0 };
    for (const file of good) {
      for (let round = 0; round < 60; round++) {
        const bytes = Uint8Array.from(file);
        const reach = round % 2 ? bytes.length : 800;
        for (let hits = 1 + Math.floor(random() * 4); hits > 0; hits--) {
          bytes[Math.floor(random() * reach)] = Math.floor(random() * 256);
        }
        const outcome = await outcomeOf(() => decodePhoto(bytes, tilesHere));
        expect(outcome).toBeTypeOf('string');
        counts[outcome === 'decoded' ? 'decoded' : 'refused']++;
      }
    }
    expect(Math.min(counts.decoded, counts.refused)).toBeGreaterThan(30);
  });
});
