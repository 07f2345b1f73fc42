import { describe, expect, it } from 'vitest';
import { populationShape } from '../head/solve-head.ts';
import { evidenceOfView } from './evidence-of-view.ts';
import type { SkinModel } from './evidence-of-view.ts';
import { outsideOfShape } from './head-outline.ts';
import { cameraOn } from './testing/person-mask.ts';
import { MIDDLE_PX as MIDDLE, seenView } from './testing/seen-view.ts';
import { countOf, unknownsOf } from './view-unknowns.ts';

const HEAD = { ...populationShape({ sex: 'm', ageYears: null }), face: 1 };
const MODEL: SkinModel = {
  shapeAt: () => HEAD,
  outsideAt: () => outsideOfShape(HEAD),
  outsideStretchedAt: () => outsideOfShape(HEAD),
  departuresAt: () => [],
  mmAt: () => 1,
};

/** What it costs to have the face of a head that is turned and bowed so a millimetre beside where its mesh is. */
function costOfAMillimetre(yawDeg: number, pitchDeg: number): number {
  const view = seenView('front', HEAD, cameraOn(2200, MIDDLE, 1000, yawDeg, pitchDeg, 0), {}, [0, 0]);
  const unknowns = unknownsOf(0);
  const [, face] = evidenceOfView(view, unknowns, MODEL);
  const x = new Array<number>(countOf(1)).fill(0);
  x[unknowns.place[0]] = 0.01;
  return Array.from(face.residuals(x)).reduce((sum, r) => sum + r * r, 0);
}

describe('the face in one photo', () => {
  it('is believed the less the further the head is turned, not bowed', () => {
    const facing = costOfAMillimetre(0, 0);
    expect(facing).toBeGreaterThan(4);
    expect(costOfAMillimetre(25, 0)).toBeLessThan(0.7 * facing);
    expect(costOfAMillimetre(-50, 0)).toBeLessThan(0.3 * facing);
    expect(costOfAMillimetre(0, 28)).toBeGreaterThan(0.9 * facing);
  });
});
