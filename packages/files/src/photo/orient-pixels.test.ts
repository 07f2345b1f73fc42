import { describe, expect, it } from 'vitest';
import type { Orientation } from './photo-header.ts';
import { orientPixels, placeTile } from './orient-pixels.ts';

const W = 150;
const H = 90;
const ALL = [1, 2, 3, 4, 5, 6, 7, 8] as const;

/** Every pixel says where it was stored. */
const rgba = Uint8Array.from({ length: 4 * W * H }, (_, i) => [(i >> 2) % W, Math.floor((i >> 2) / W), 7, 255][i % 4]!);

/** Where the upright pixel (x, y) is stored, by the definitions of EXIF. */
const storedAt = (orientation: Orientation, x: number, y: number): readonly [number, number] =>
  (
    {
      1: [x, y],
      2: [W - 1 - x, y],
      3: [W - 1 - x, H - 1 - y],
      4: [x, H - 1 - y],
      5: [y, x],
      6: [y, H - 1 - x],
      7: [W - 1 - y, H - 1 - x],
      8: [W - 1 - y, x],
    } as const
  )[orientation];

describe('orientPixels', () => {
  it.each(ALL)('turns EXIF orientation %i upright', (orientation) => {
    const upright = orientPixels({ widthPx: W, heightPx: H, rgba }, orientation);
    expect([upright.widthPx, upright.heightPx]).toEqual(orientation < 5 ? [W, H] : [H, W]);
    let wrong = 0;
    for (let y = 0; y < upright.heightPx; y++) {
      for (let x = 0; x < upright.widthPx; x++) {
        const at = 4 * (y * upright.widthPx + x);
        const [sx, sy] = storedAt(orientation, x, y);
        if (upright.rgba[at] !== sx || upright.rgba[at + 1] !== sy || upright.rgba[at + 3] !== 255) wrong++;
      }
    }
    expect(wrong).toBe(0);
  });
});

describe('placeTile', () => {
  it.each(ALL)('puts tiles that reach beyond a photo of orientation %i together to the same', (orientation) => {
    const stored = { widthPx: W, heightPx: H };
    const whole = orientPixels({ ...stored, rgba }, orientation);
    const upright = new Uint8Array(rgba.length);
    const side = 40;
    for (let topPx = -15; topPx < H; topPx += side) {
      for (let leftPx = -11; leftPx < W; leftPx += side) {
        const tile = new Uint8Array(4 * side * side);
        for (let y = 0; y < side; y++) {
          for (let x = 0; x < side; x++) {
            const [sx, sy] = [leftPx + x, topPx + y];
            if (sx < 0 || sy < 0 || sx >= W || sy >= H) continue;
            tile.set(rgba.subarray(4 * (sy * W + sx), 4 * (sy * W + sx) + 4), 4 * (y * side + x));
          }
        }
        placeTile({ leftPx, topPx, widthPx: side, heightPx: side, rgba: tile }, stored, orientation, upright);
      }
    }
    expect(upright).toEqual(new Uint8Array(whole.rgba));
  });
});
