import { describe, expect, it } from 'vitest';
import { mainPhoto } from './main-photo.ts';
import { CORNER_CHECKS, MID_FRONTAL_CHECK } from './plan-checks.ts';

const [LEFT, RIGHT] = CORNER_CHECKS;

function photo(sdMm: Readonly<Record<string, number>>, faceScore = 0.9): Parameters<typeof mainPhoto>[0][number] {
  const checks = Object.entries(sdMm).map(([id, sd]) => ({ id, sdMm: sd }));
  return { faceScore, spread: { relativeScale: 0.02, pose: { yawDeg: 1, pitchDeg: 1 }, checks } };
}

describe('mainPhoto', () => {
  it('is the one that shows the middle most surely where corners show alike', () => {
    const corners = { [LEFT]: 3, [RIGHT]: 3 };
    expect(
      mainPhoto([photo({ [MID_FRONTAL_CHECK]: 3, ...corners }), photo({ [MID_FRONTAL_CHECK]: 2, ...corners })]),
    ).toBe(1);
  });

  it('is a bowed photo before a level one whose corners lie at a slant', () => {
    const level = photo({ [MID_FRONTAL_CHECK]: 2.66, [LEFT]: 4.9, [RIGHT]: 4.9 });
    const bowed = photo({ [MID_FRONTAL_CHECK]: 2.69, [LEFT]: 3.1, [RIGHT]: 3.1 });
    expect([mainPhoto([level, bowed]), mainPhoto([bowed, level])]).toEqual([1, 0]);
  });

  it('is a turned photo before a bowed one that shows the middle less surely, and corners a little more so', () => {
    const bowed = photo({ [MID_FRONTAL_CHECK]: 2.54, [LEFT]: 2.8, [RIGHT]: 2.8 });
    const turned = photo({ [MID_FRONTAL_CHECK]: 2.45, [LEFT]: 3.0 });
    expect([mainPhoto([bowed, turned]), mainPhoto([turned, bowed])]).toEqual([1, 0]);
  });

  it('may show one corner, as a turned photo does, but not none, nor a hairline without its middle', () => {
    const turned = photo({ [MID_FRONTAL_CHECK]: 2, [LEFT]: 3 });
    const level = photo({ [MID_FRONTAL_CHECK]: 3, [LEFT]: 4, [RIGHT]: 4 });
    const middleOnly = photo({ [MID_FRONTAL_CHECK]: 1 });
    const cornersOnly = photo({ [LEFT]: 1, [RIGHT]: 1 });
    expect(mainPhoto([middleOnly, level, cornersOnly, turned])).toBe(3);
    expect(mainPhoto([middleOnly, level, cornersOnly])).toBe(1);
  });

  it('has a face if any has, however sure the others are', () => {
    expect(mainPhoto([photo({ [MID_FRONTAL_CHECK]: 1, [LEFT]: 1 }, 0), photo({})])).toBe(1);
    expect(mainPhoto([photo({ [MID_FRONTAL_CHECK]: 1 }, 0), photo({ [MID_FRONTAL_CHECK]: 1, [LEFT]: 1 }, 0)])).toBe(1);
  });

  it('is the first of photos that tell no spread', () => {
    expect(
      mainPhoto([
        { faceScore: 0.9, spread: null },
        { faceScore: 0.9, spread: null },
      ]),
    ).toBe(0);
  });
});
