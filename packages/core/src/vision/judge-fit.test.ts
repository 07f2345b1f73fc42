import { describe, expect, it } from 'vitest';
import { populationShape } from '../head/solve-head.ts';
import { RAYS } from './fit-outline.ts';
import type { OutlineFit } from './fit-outline.ts';
import { judgeFit } from './judge-fit.ts';
import { cameraOn } from './testing/person-mask.ts';

const PRIOR = { ...populationShape({ sex: 'm', ageYears: null }), face: 1 };
const GOOD: OutlineFit = {
  camera: cameraOn(2200, 511.5, 1000, 0, 0, 0),
  widthRatio: PRIOR.width,
  heightRatio: PRIOR.height * 0.9,
  widthSd: 0.03,
  heightSd: 0.06,
  areaRatio: 0.9,
  turnedRad: 0,
  rmsPx: 4,
  relative: 0.009,
  raysUsed: RAYS,
  raysHair: 0,
  raysCropped: 0,
};
const verdict = (change: Partial<OutlineFit>): string => judgeFit({ ...GOOD, ...change }, false)?.code ?? 'usable';

describe('judging the outline fit', () => {
  it('lets pass a head that follows its outline, with a fringe, and with a crown cut off by a fifth', () => {
    expect(verdict({})).toBe('usable');
    expect(verdict({ raysUsed: 20, raysHair: 29 })).toBe('usable');
    expect(verdict({ raysUsed: 39, raysCropped: 10 })).toBe('usable');
    expect(verdict({ areaRatio: 1.33 })).toBe('usable');
    expect(verdict({ areaRatio: 0.6 })).toBe('usable');
  });

  it('refuses more than 2 % of the width, and nothing seen at all', () => {
    expect(verdict({ relative: 0.0199 })).toBe('usable');
    expect(verdict({ relative: 0.0201 })).toBe('head-mismatch');
    expect(verdict({ relative: Infinity })).toBe('head-mismatch');
    expect(judgeFit({ ...GOOD, relative: 0.0314 }, false)?.detail).toBe("off by 3.1 % of the head's width");
  });

  it('tells hair that stands off all around, a photo that ends too early, and an outline that is not there', () => {
    expect(verdict({ areaRatio: 1.37 })).toBe('head-covered');
    expect(verdict({ raysUsed: 26, raysCropped: 23 })).toBe('head-cropped');
    expect(verdict({ raysUsed: 30 })).toBe('head-mismatch');
    expect(verdict({ areaRatio: 0.54 })).toBe('head-mismatch');
  });

  it('asks for the whole photo beside a hat, where a focal length may be that of a larger one', () => {
    const large = { ...GOOD, areaRatio: 1.37 };
    expect(judgeFit(large, true)?.detail).toContain('cut out of a larger one');
    expect(judgeFit(large, false)?.detail).not.toContain('cut out');
  });
});
