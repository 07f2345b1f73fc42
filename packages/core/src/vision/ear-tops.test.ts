import { describe, expect, it } from 'vitest';
import { project, toCamera } from '../vec/camera.ts';
import { earTopMm, earTops } from './ear-tops.ts';
import { cameraOn, misjudged, personMask } from './testing/person-mask.ts';
import { HEAD_SQUARE, MIDDLE_PX } from './testing/seen-view.ts';
import { withEars } from './testing/with-ears.ts';

const HEAD = { face: 1, width: 1, height: 1, length: 1 };
const FRONT = cameraOn(2200, MIDDLE_PX, 1000, 4, 15, 6);
const BARE = personMask(FRONT, HEAD, HEAD_SQUARE);

describe('the tops of the ears in an outline', () => {
  it('are found within 2 mm of height, however high they sit, from a pose that is some degrees wrong', () => {
    for (const higherMm of [-6, 0, 6]) {
      const person = withEars(BARE, FRONT, higherMm);
      const tops = earTops(misjudged(FRONT, 2, -4), { person, hair: null });
      expect(tops.map(({ name }) => name)).toEqual(['left-ear-top', 'right-ear-top']);
      for (const { name, xPx, yPx, up } of tops) {
        const [x, y, z] = earTopMm(name);
        const [u, v] = project(FRONT, [x, y + higherMm, z]);
        const mmPerPx = toCamera(FRONT, [x, y, z])[2] / FRONT.f;
        expect(Math.abs(((xPx - u) * up[0] + (yPx - v) * up[1]) * mmPerPx)).toBeLessThan(2);
        // The head's own upright, in a picture whose y runs down.
        expect(up[1]).toBeLessThan(-0.9);
      }
    }
  });

  it('are not where the outline does not step', () => {
    expect(earTops(FRONT, { person: BARE, hair: null })).toEqual([]);
    const turned = cameraOn(2200, MIDDLE_PX, 1000, 70, 0, 0);
    expect(earTops(turned, { person: personMask(turned, HEAD, HEAD_SQUARE), hair: null })).toEqual([]);
  });

  it('are not two that stand at different heights, nor something far beside the head', () => {
    const [low, high] = [-6, 8].map((higherMm) => withEars(BARE, FRONT, higherMm));
    const uneven = low.values.map((v, k) => (k % low.size < low.size / 2 ? v : high.values[k]));
    expect(earTops(FRONT, { person: { ...BARE, values: uneven }, hair: null })).toEqual([]);
    const wide = { ...HEAD, width: 1.25 };
    const person = withEars(personMask(FRONT, wide, HEAD_SQUARE), { ...FRONT, f: 1.28 * FRONT.f });
    expect(earTops(FRONT, { person, hair: null })).toEqual([]);
  });

  it('are not where hair is marked', () => {
    const person = withEars(BARE, FRONT);
    const hair = { ...person, values: person.values.map(() => 255) };
    expect(earTops(FRONT, { person, hair })).toEqual([]);
  });
});
