import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { pixelWords } from './pixel-words.ts';
import { grainQuarters, readGrain } from './photo-grain.ts';

const WIDTH = 23;
const HEIGHT = 17;
const random = seededGenerator(3);
const rgba = Uint8Array.from({ length: 4 * WIDTH * HEIGHT }, () => Math.floor(256 * random()));
const pixels = pixelWords(rgba);

const lumaAt = (x: number, y: number): number => {
  const p = 4 * (y * WIDTH + x);
  return 0.3 * rgba[p] + 0.6 * rgba[p + 1] + 0.1 * rgba[p + 2];
};

function againstNeighbours(x: number, y: number): number {
  let around = -lumaAt(x, y);
  for (let j = y - 1; j <= y + 1; j++) for (let i = x - 1; i <= x + 1; i++) around += lumaAt(i, j);
  return lumaAt(x, y) - around / 8;
}

describe('readGrain', () => {
  it('holds each pixel against its eight neighbours, in quarter codes and inside the most', () => {
    const quarters = grainQuarters(20);
    const row = new Int8Array(WIDTH);
    for (let y = 1; y < HEIGHT - 1; y++) {
      readGrain(pixels, WIDTH, y * WIDTH, WIDTH, quarters, row, 0);
      for (let x = 1; x < WIDTH - 1; x++) {
        const held = Math.min(Math.max(4 * againstNeighbours(x, y), -80), 80);
        expect(Math.abs(row[x] - held)).toBeLessThan(0.5 + 1e-9);
      }
    }
  });

  it('reads the same in parts, and nothing at the edge of the photo', () => {
    const quarters = grainQuarters(31);
    const whole = new Int8Array(WIDTH);
    readGrain(pixels, WIDTH, 9 * WIDTH, WIDTH, quarters, whole, 0);
    const parts = new Int8Array(WIDTH);
    readGrain(pixels, WIDTH, 9 * WIDTH + 14, WIDTH - 14, quarters, parts, 14);
    readGrain(pixels, WIDTH, 9 * WIDTH, 14, quarters, parts, 0);
    expect(parts).toEqual(whole);
    expect([whole[0], whole[WIDTH - 1]]).toEqual([0, 0]);
    const edge = new Int8Array(WIDTH);
    readGrain(pixels, WIDTH, 0, WIDTH, quarters, edge, 0);
    readGrain(pixels, WIDTH, (HEIGHT - 1) * WIDTH, WIDTH, quarters, edge, 0);
    expect(edge.every((v) => v === 0)).toBe(true);
  });
});
