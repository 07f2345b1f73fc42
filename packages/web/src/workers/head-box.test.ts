import { describe, expect, it } from 'vitest';
import { cropRgba, headBox } from './head-box.ts';

describe('headBox', () => {
  it('holds the treated skin with room on every side, most below', () => {
    const box = headBox({ leftPx: 80, topPx: 30, widthPx: 50, heightPx: 20 }, 200, 120);
    expect(box).toEqual({ leftPx: 75, topPx: 25, widthPx: 60, heightPx: 38 });
  });

  it('stays inside the photo', () => {
    const box = headBox({ leftPx: 2, topPx: 1, widthPx: 197, heightPx: 110 }, 200, 120);
    expect(box).toEqual({ leftPx: 0, topPx: 0, widthPx: 200, heightPx: 120 });
  });
});

describe('cropRgba', () => {
  it('takes the samples of the rectangle, row by row', () => {
    const rgba = Uint8Array.from({ length: 4 * 3 * 4 }, (_, i) => i);
    expect([...cropRgba(rgba, 4, { leftPx: 1, topPx: 1, widthPx: 2, heightPx: 2 })]).toEqual([
      20, 21, 22, 23, 24, 25, 26, 27, 36, 37, 38, 39, 40, 41, 42, 43,
    ]);
  });
});
