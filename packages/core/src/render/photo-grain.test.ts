import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { PhotoGrain } from './photo-grain.ts';

const WIDTH = 23;
const HEIGHT = 17;
const random = seededGenerator(3);
const rgba = Uint8Array.from({ length: 4 * WIDTH * HEIGHT }, () => Math.floor(256 * random()));
const photo = { widthPx: WIDTH, heightPx: HEIGHT, rgba };

const lumaAt = (x: number, y: number): number => {
  const p = 4 * (y * WIDTH + x);
  return 0.3 * rgba[p] + 0.6 * rgba[p + 1] + 0.1 * rgba[p + 2];
};

function againstNeighbours(x: number, y: number): number {
  let around = -lumaAt(x, y);
  for (let j = y - 1; j <= y + 1; j++) for (let i = x - 1; i <= x + 1; i++) around += lumaAt(i, j);
  return lumaAt(x, y) - around / 8;
}

describe('PhotoGrain', () => {
  it('holds each pixel against its eight neighbours, in quarter codes and inside the most', () => {
    const grain = new PhotoGrain(photo, 20);
    const row = new Int8Array(WIDTH);
    for (let y = 1; y < HEIGHT - 1; y++) {
      grain.read(0, y, WIDTH, row, 0);
      for (let x = 1; x < WIDTH - 1; x++) {
        const held = Math.min(Math.max(4 * againstNeighbours(x, y), -80), 80);
        expect(Math.abs(row[x] - held)).toBeLessThan(0.5 + 1e-9);
      }
    }
  });

  it('reads the same in parts and after rows that were left out, and nothing at the edge of the photo', () => {
    const whole = new Int8Array(WIDTH);
    new PhotoGrain(photo, 31).read(0, 9, WIDTH, whole, 0);
    const grain = new PhotoGrain(photo, 31);
    const parts = new Int8Array(WIDTH);
    grain.read(0, 2, WIDTH, parts, 0);
    parts.fill(0);
    grain.read(14, 9, WIDTH - 14, parts, 14);
    grain.read(0, 9, 14, parts, 0);
    expect(parts).toEqual(whole);
    expect([whole[0], whole[WIDTH - 1]]).toEqual([0, 0]);
    const edge = new Int8Array(WIDTH);
    grain.read(0, 0, WIDTH, edge, 0);
    grain.read(0, HEIGHT - 1, WIDTH, edge, 0);
    expect(edge.every((v) => v === 0)).toBe(true);
  });
});
