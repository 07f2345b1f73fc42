import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { decodeHeifTiles, type StoredTile, type TileShare } from './heif-tiles.ts';
import { heic, TILE_PX, tileColour } from './testing/heic-bytes.ts';

const WASM = readFileSync(createRequire(import.meta.url).resolve('libheif-js/libheif-wasm/libheif.wasm'));

async function tilesOf(bytes: Uint8Array, share: TileShare = { index: 0, of: 1 }): Promise<StoredTile[]> {
  const tiles: StoredTile[] = [];
  await decodeHeifTiles(bytes, WASM, share, (tile) => tiles.push(tile));
  return tiles;
}

const outcomeOf = (bytes: Uint8Array): Promise<unknown> =>
  tilesOf(bytes).then(
    () => 'decoded',
    (error: unknown) => (error instanceof Refusal ? error.code : error),
  );

function largestError({ widthPx, heightPx, rgba }: StoredTile): number {
  let largest = 0;
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const at = 4 * (y * widthPx + x);
      // Chroma is stored at half the size: beside the blue corner's edge the colours run into each other.
      const isEdge = Math.abs(x - 15.5) < 3 || Math.abs(y - 23.5) < 3;
      tileColour(x, y).forEach((value, c) => {
        if (!isEdge) largest = Math.max(largest, Math.abs(rgba[at + c]! - value));
      });
      if (rgba[at + 3] !== 255) largest = 255;
    }
  }
  return largest;
}

describe('decodeHeifTiles', () => {
  it('gives the colours that were stored, of a single picture and of every tile of a grid', async () => {
    const [single, ...none] = await tilesOf(heic({ columns: 1, rows: 1 }));
    expect([single!.leftPx, single!.topPx, single!.widthPx, single!.heightPx, none.length]).toEqual([0, 0, 64, 64, 0]);
    expect(largestError(single!)).toBeLessThan(12);
    const tiles = await tilesOf(heic({ columns: 3, rows: 2, widthPx: 150, heightPx: 100 }));
    expect(tiles.map(({ leftPx, topPx }) => [leftPx / TILE_PX, topPx / TILE_PX])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [0, 1],
      [1, 1],
      [2, 1],
    ]);
    for (const { rgba } of tiles) expect(rgba).toEqual(single!.rgba);
  });

  it('divides the tiles between two workers', async () => {
    const bytes = heic({ columns: 3, rows: 3 });
    const shares = await Promise.all([0, 1].map((index) => tilesOf(bytes, { index, of: 2 })));
    expect(shares.map((tiles) => tiles.length)).toEqual([5, 4]);
    expect(new Set(shares.flat().map(({ leftPx, topPx }) => `${leftPx},${topPx}`)).size).toBe(9);
  });

  it('refuses a picture that is cut short, or of another size than it says', async () => {
    const good = heic({ columns: 1, rows: 1 });
    expect(await outcomeOf(good.subarray(0, good.length - 60))).toBe('photo-unreadable');
    expect(await outcomeOf(heic({ columns: 2, rows: 1, widthPx: 500 }))).toBe('photo-unreadable');
    expect(await outcomeOf(new Uint8Array(100))).toBe('photo-unreadable');
  });

  it('decodes or refuses whatever damage is done to a good file', async () => {
    const random = seededGenerator(22);
    const good = heic({ columns: 2, rows: 2 });
    const seen = { decoded: 0, refused: 0 };
    for (let round = 0; round < 60; round++) {
      const bytes = Uint8Array.from(good);
      for (let hits = 1 + Math.floor(random() * 3); hits > 0; hits--) {
        bytes[Math.floor(random() * bytes.length)] = Math.floor(random() * 256);
      }
      const outcome = await outcomeOf(bytes);
      expect(outcome).toBeTypeOf('string');
      seen[outcome === 'decoded' ? 'decoded' : 'refused']++;
    }
    expect(Math.min(seen.decoded, seen.refused)).toBeGreaterThan(5);
  });
});
