import { describe, expect, it } from 'vitest';
import { shrinkPixels } from './shrink-pixels.ts';

describe('shrinkPixels', () => {
  it('gives the mean of each block and leaves out what fills none', () => {
    const rgba = Uint8Array.from(
      { length: 5 * 4 * 4 },
      (_, i) => [10 * (Math.floor(i / 4) % 5), Math.floor(i / 20), 7, 255][i % 4]!,
    );
    const small = shrinkPixels({ widthPx: 5, heightPx: 4, rgba }, 3);
    expect([small.widthPx, small.heightPx]).toEqual([2, 2]);
    expect([...small.rgba]).toEqual([5, 1, 7, 255, 25, 1, 7, 255, 5, 3, 7, 255, 25, 3, 7, 255]);
  });

  it('leaves a picture that is small enough as it is', () => {
    const rgba = Uint8Array.from({ length: 3 * 2 * 4 }, (_, i) => i);
    expect([...shrinkPixels({ widthPx: 3, heightPx: 2, rgba }, 3).rgba]).toEqual([...rgba]);
  });
});
