import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import { headOf } from '../head/head-of.ts';
import { populationShape } from '../head/solve-head.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { createScalpField } from './create-scalp-field.ts';
import { designDensity } from './design-density.ts';
import { designHairline } from './design-hairline.ts';
import type { HairlineDesign, Presentation, ScalpMark } from './scalp-design.ts';
import { newScalpSamples } from './scalp-field.ts';
import { templesBesideHair } from './temples-beside-hair.ts';

const AVERAGE = { ...populationShape({ sex: 'm', ageYears: 42 }), face: 1 };
const { map, landmarks } = headOf({ shape: AVERAGE, scan: null, faceTiltDeg: 0 });
const usual = designHairline(map, landmarks, { sex: 'm', ageYears: 42 }, 7);
const NORWOOD_6: Presentation = { kind: 'norwood', stage: 6 };
const density = designDensity(3);

/** A bald part whose edge comes near the corner of the usual line and recedes below it; or lies so much farther back, there and below. */
const outlined = (backMm: number, belowMm = backMm): ScalpMark => {
  const side: readonly Vec3[] = [
    [20, 120, -40],
    [33, 119, -28],
    [45, 114, -17 - backMm],
    [55, 107, -6 - backMm],
    [63, 99, -1 - backMm],
    [70, 89, -2 - belowMm],
    [76, 78, -2 - belowMm],
    [67, 58, 45],
  ];
  const mirrored = side.map(([x, y, z]): Vec3 => [-x, y, z]).reverse();
  return {
    kind: 'bald',
    outlineMm: [[0, 119, -48], ...side, [0, 70, 87], ...mirrored].map((p) => onSkin(map, p as Vec3)),
  };
};
const NEAR_CORNER = outlined(0);

const random = seededGenerator(2);
const skin = Array.from({ length: 40_000 }, () => onSkin(map, [random(), 0.1 + random(), 1.6 * random() - 0.8]));
/** Work is of a piece where places of it lie so near each other. */
const NEXT_MM = 4;

/** How many places of the left half are worked apart from the crown. */
function apart(hairline: HairlineDesign, marks: readonly ScalpMark[]): number {
  const design = { presentation: NORWOOD_6, hairline, usualHairline: usual, marks, density, layout: 2 } as const;
  const samples = newScalpSamples(skin.length);
  createScalpField(map, landmarks, design, 7).sample(Float64Array.from(skin.flat()), skin.length, samples);
  let rest = skin.filter((_, i) => samples.densityPerCm2[i] > 0.3 * density.fullPerCm2);
  let reached = rest.filter(([x, y]) => x < 20 && y > 115);
  while (reached.length > 0) {
    const next = rest.filter((p) => reached.some((q) => distance(p, q) < NEXT_MM));
    rest = rest.filter((p) => !next.includes(p));
    reached = next;
  }
  return rest.length;
}

describe('templesBesideHair', () => {
  it('leaves no temple to be worked by itself where hair comes near the corner', () => {
    expect(apart(usual, [NEAR_CORNER])).toBeGreaterThan(100);
    expect(apart(templesBesideHair(map, usual, NORWOOD_6, [NEAR_CORNER]), [NEAR_CORNER])).toBe(0);
  });

  it('moves peaks back and nothing else', () => {
    const line = templesBesideHair(map, usual, NORWOOD_6, [NEAR_CORNER]);
    const { controlsMm } = line;
    expect({ ...line, controlsMm: usual.controlsMm }).toEqual(usual);
    const moved = controlsMm.flatMap((p, i) => (distance(p, usual.controlsMm[i]) > 0 ? [i] : []));
    expect(moved).toEqual([3, 13]);
    for (const i of moved) expect(controlsMm[i][2]).toBeLessThan(usual.controlsMm[i][2]);
  });

  it('leaves the line alone where nothing was drawn, temples are rebuilt, or no hair is near', () => {
    const rebuilt = { ...NORWOOD_6, temples: 'rebuilt' } as const;
    expect(templesBesideHair(map, usual, NORWOOD_6, [])).toBe(usual);
    expect(templesBesideHair(map, usual, rebuilt, [NEAR_CORNER])).toBe(usual);
    expect(templesBesideHair(map, usual, { kind: 'full' }, [NEAR_CORNER])).toBe(usual);
    expect(templesBesideHair(map, usual, NORWOOD_6, [outlined(40)])).toBe(usual);
    // Nor where the whole side is bald below the corner.
    expect(templesBesideHair(map, usual, NORWOOD_6, [outlined(0, 70)])).toBe(usual);
  });
});
