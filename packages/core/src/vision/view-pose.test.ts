import { describe, expect, it } from 'vitest';
import { rotate } from '../vec/mat3.ts';
import { anglesOf } from './solve-pose.ts';
import { poseOfView, rotationOf } from './view-pose.ts';

describe('what the name of a photo promises', () => {
  it.each([
    ['front', 0, 0],
    ['front-bowed', 0, 25],
    ['bowed', 0, 25],
    ['left', -90, 0],
    ['right', 90, 0],
    ['right-bowed', 90, 25],
    ['left-45', -45, 0],
    ['right-three-quarter', 45, 0],
    ['front-left', -45, 0],
    ['back', 180, 0],
    ['rear', 180, 0],
    ['back-left', -135, 0],
    ['left-back-30', -150, 0],
    ['top', 0, 90],
    ['top-down', 0, 90],
    ['crown', 180, 50],
  ])('%s', (view, yawDeg, pitchDeg) => {
    expect(poseOfView(view)).toEqual({ yawDeg, pitchDeg });
  });

  it.each(['photo-3', 'img-4711', 'constructor', 'leftover'])('nothing, where no word says it: %s', (view) => {
    expect(poseOfView(view)).toBeNull();
  });

  it('is a turn that shows the side it is named after, upright', () => {
    // The camera looks along +z, so what has the smaller z is nearer to it.
    const nearer = (view: string, p: readonly [number, number, number]): number =>
      -rotate(rotationOf(poseOfView(view)!), p)[2];
    expect(nearer('left', [1, 0, 0])).toBeCloseTo(1, 12);
    expect(nearer('right', [-1, 0, 0])).toBeCloseTo(1, 12);
    expect(nearer('front', [0, 0, 1])).toBeCloseTo(1, 12);
    expect(nearer('back', [0, 0, -1])).toBeCloseTo(1, 12);
    expect(nearer('top', [0, 1, 0])).toBeCloseTo(1, 12);
    expect(nearer('crown', [0, 0.77, -0.64])).toBeCloseTo(1, 2);
    expect(nearer('back-left', [0.5, 0, -0.5])).toBeGreaterThan(0.7);
    for (const view of ['left', 'right', 'front', 'back', 'left-45', 'crown']) {
      // Image y runs down.
      expect(rotate(rotationOf(poseOfView(view)!), [0, 1, 0])[1]).toBeLessThan(-0.6);
    }
    expect(anglesOf(rotationOf({ yawDeg: -45, pitchDeg: 25 }))).toMatchObject({
      yawDeg: expect.closeTo(-45, 9) as number,
      pitchDeg: expect.closeTo(25, 9) as number,
    });
  });
});
