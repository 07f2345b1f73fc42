import { describe, expect, it } from 'vitest';
import { cropRgba, headBox } from './head-box.ts';

const WIDTH = 200;
const HEIGHT = 120;
const changedIn = (left: number, top: number, right: number, bottom: number): Uint8Array =>
  Uint8Array.from({ length: WIDTH * HEIGHT }, (_, i) => {
    const [x, y] = [i % WIDTH, Math.floor(i / WIDTH)];
    return x >= left && x < right && y >= top && y < bottom ? 1 : 0;
  });

describe('headBox', () => {
  it('holds the treated skin with room on every side, most below', () => {
    const box = headBox(changedIn(80, 30, 131, 60), WIDTH, HEIGHT);
    expect(box).toEqual({ leftPx: 72, topPx: 22, widthPx: 67, heightPx: 53 });
  });

  it('stays inside the photo', () => {
    expect(headBox(changedIn(2, 1, 199, 110), WIDTH, HEIGHT)).toEqual({ leftPx: 0, topPx: 0, widthPx: WIDTH, heightPx: HEIGHT });
  });

  it('is the whole photo when nothing is changed', () => {
    expect(headBox(new Uint8Array(WIDTH * HEIGHT), WIDTH, HEIGHT)).toEqual({ leftPx: 0, topPx: 0, widthPx: WIDTH, heightPx: HEIGHT });
  });
});

describe('cropRgba', () => {
  it('takes the samples of the rectangle, row by row', () => {
    const rgba = Uint8Array.from({ length: 4 * 3 * 4 }, (_, i) => i);
    expect([...cropRgba(rgba, 4, { leftPx: 1, topPx: 1, widthPx: 2, heightPx: 2 })]).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 36, 37, 38, 39, 40, 41, 42, 43]);
  });
});
