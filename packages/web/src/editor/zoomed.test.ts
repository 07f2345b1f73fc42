import { seededGenerator } from '@stipple/core/random/generator.ts';
import { describe, expect, it } from 'vitest';
import { fitted, onScreen, placeUnder, zoomedBy } from './zoomed.ts';

const FRAME = { width: 390, height: 500 };
const PHOTO = { width: 1440, height: 1800 };

describe('a photo in its frame', () => {
  it('is shown whole and in the middle to begin with', () => {
    const view = fitted(FRAME, PHOTO);
    expect(view.scale).toBeCloseTo(390 / 1440, 12);
    expect(view.x).toBe(0);
    expect(view.y).toBeCloseTo((500 - 1800 * view.scale) / 2, 9);
  });

  it('has its first pixel at (0, 0), whose middle lies half a pixel inside the corner', () => {
    const view = { scale: 4, x: 10, y: 20 };
    expect(onScreen(view, [0, 0])).toEqual([12, 22]);
    expect(placeUnder(view, [12, 22], PHOTO)).toEqual([0, 0]);
    expect(placeUnder(view, [-500, 1e6], PHOTO)).toEqual([0, 1799]);
  });

  it('keeps the place under the fingers where it is while it comes closer, and never leaves the frame empty', () => {
    const random = seededGenerator(3);
    let view = fitted(FRAME, PHOTO);
    for (let round = 0; round < 200; round++) {
      const about = [390 * random(), 500 * random()] as const;
      const next = zoomedBy(view, 0.5 + 1.2 * random(), about, [60 * random() - 30, 60 * random() - 30], FRAME, PHOTO);
      const [width, height] = [next.scale * PHOTO.width, next.scale * PHOTO.height];
      expect(next.x).toBeLessThanOrEqual(Math.max(0, (390 - width) / 2) + 1e-9);
      expect(next.x + width).toBeGreaterThanOrEqual(Math.min(390, (390 + width) / 2) - 1e-9);
      expect(next.y + height).toBeGreaterThanOrEqual(Math.min(500, (500 + height) / 2) - 1e-9);
      view = next;
    }
    const close = zoomedBy(fitted(FRAME, PHOTO), 6, [195, 250], [0, 0], FRAME, PHOTO);
    const closer = zoomedBy(close, 1.5, [100, 200], [0, 0], FRAME, PHOTO);
    expect(placeUnder(closer, [100, 200], PHOTO)).toEqual(placeUnder(close, [100, 200], PHOTO));
  });
});
