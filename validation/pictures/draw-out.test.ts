import { expect, it } from 'vitest';
import { drawOut } from './draw-out.ts';

const WIDTH = 40;
const HEIGHT = 60;
/** Grey, but for a bright bar of three rows about row 20. */
const rgba = Uint8Array.from({ length: 4 * WIDTH * HEIGHT }, (_, i) => {
  const y = Math.floor(i / 4 / WIDTH);
  return i % 4 === 3 || (y >= 19 && y <= 21) ? 255 : 60;
});
const photo = { widthPx: WIDTH, heightPx: HEIGHT, rgba };
const marked = {
  anchors: [{ name: 'nasion', xPx: 11, yPx: 20 }],
  marks: [
    {
      kind: 'bald',
      outline: [
        [3, 20],
        [30, 20],
        [15, 50],
      ],
    },
  ],
} as const;

it('draws a squeezed photo out, and what was marked on it lies where it lay', async () => {
  const drawn = await drawOut(photo, { ...marked, aspect: 0.4 });
  expect([drawn.photo.widthPx, drawn.photo.heightPx, drawn.photo.rgba.length]).toEqual([40, 100, 4 * 40 * 100]);
  const bright = Array.from({ length: 100 }, (_, y) => drawn.photo.rgba[4 * (y * 40 + 7)]! - 60);
  const middle = bright.reduce((sum, v, y) => sum + v * y, 0) / bright.reduce((sum, v) => sum + v, 0);
  // Enlarging may move a picture by half a pixel.
  expect(Math.abs(drawn.anchors[0]!.yPx - middle)).toBeLessThan(0.75);
  expect(drawn.anchors[0]!.xPx).toBe(11);
  expect(drawn.marks[0]!.outline[1]).toEqual([30, drawn.anchors[0]!.yPx]);
});

it('leaves any other photo as it is', async () => {
  expect(await drawOut(photo, { ...marked, aspect: null })).toEqual({ photo, ...marked });
});
