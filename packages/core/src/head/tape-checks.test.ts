import { describe, expect, it } from 'vitest';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { CANONICAL_FACE_CM } from '../vision/canonical-face.ts';
import { buildHead } from './build-head.ts';
import { canonicalToTemplate } from './canonical-to-template.ts';
import { onSkin, radiusMm } from './head-map.ts';
import type { HeadShape } from './head-shape.ts';
import { landmarksOf } from './landmarks.ts';
import { canthiOf, tapeChecks } from './tape-checks.ts';
import type { HairlinePoints } from './tape-checks.ts';
import { midlinePoint, walkOnSkin } from './walk-on-skin.ts';

const SHAPE: HeadShape = { face: 0.98, width: 0.97, height: 1.01, length: 1.03 };
const MAP = buildHead(SHAPE);
const LANDMARKS = landmarksOf(SHAPE);
const MIDDLE = midlinePoint(MAP, LANDMARKS, 80);
const mirrored = ([x, y, z]: Vec3): Vec3 => [-x, y, z];
const CORNER = onSkin(MAP, [55, 90, 50]);
const PEAK = onSkin(MAP, [68, 50, 50]);
const POINTS: HairlinePoints = {
  midFrontal: MIDDLE,
  leftCorner: CORNER,
  rightCorner: mirrored(CORNER),
  leftTemporalPeak: PEAK,
  rightTemporalPeak: mirrored(PEAK),
  crownWhorl: walkOnSkin(MAP, LANDMARKS.vertex, LANDMARKS.opisthocranion, 60),
};
const checks = tapeChecks(MAP, LANDMARKS, canthiOf(SHAPE.face), POINTS);
const mmOf = (id: string): number => {
  const found = checks.find((check) => check.id === id);
  if (!found) throw new Error(`no ${id}`);
  return found.mm;
};

describe('the distances to check with a tape', () => {
  it('are these, in this order', () => {
    expect(checks.map(({ id }) => id)).toEqual([
      'glabella-mid-frontal',
      'canthus-corner-left',
      'canthus-corner-right',
      'tragion-corner-left',
      'tragion-corner-right',
      'corner-peak-left',
      'corner-peak-right',
      'mid-frontal-whorl',
      'corner-corner',
    ]);
    expect(checks[0].label).toBe('glabella to mid-frontal point');
    for (const { way } of checks) expect(way).toBe('over the skin');
  });

  it('find the hairline where it was put: 80 mm above the glabella', () => {
    expect(Math.abs(mmOf('glabella-mid-frontal') - 80)).toBeLessThan(0.1);
  });

  it('are alike on both sides of a head that is', () => {
    for (const id of ['canthus-corner', 'tragion-corner', 'corner-peak']) {
      expect(Math.abs(mmOf(`${id}-left`) - mmOf(`${id}-right`)), id).toBeLessThan(0.01);
    }
  });

  it('are longer than the straight line and shorter than twice that', () => {
    expect(mmOf('corner-corner')).toBeGreaterThan(distance(POINTS.leftCorner, POINTS.rightCorner));
    expect(mmOf('tragion-corner-left')).toBeGreaterThan(distance(onSkin(MAP, LANDMARKS.leftTragion), CORNER));
    for (const { mm } of checks) {
      expect(mm).toBeGreaterThan(20);
      expect(mm).toBeLessThan(260);
    }
  });

  it('leave out what the plan does not have', () => {
    const bare = { ...POINTS, crownWhorl: null, leftTemporalPeak: null, rightTemporalPeak: null };
    const few = tapeChecks(MAP, LANDMARKS, null, bare).map(({ id }) => id);
    expect(few).toEqual(['glabella-mid-frontal', 'tragion-corner-left', 'tragion-corner-right', 'corner-corner']);
  });

  it('say so when the corner of the eye is too far from the skin to lay a tape', () => {
    const { left, right } = canthiOf(SHAPE.face);
    const deep = tapeChecks(MAP, LANDMARKS, { left: [left[0], left[1], left[2] - 30], right }, POINTS);
    expect(deep.map(({ way }) => way).filter((way) => way === 'straight')).toHaveLength(1);
    expect(deep[1].mm).toBeCloseTo(distance([left[0], left[1], left[2] - 30], CORNER), 6);
  });
});

describe('the outer corners of the eyes', () => {
  it('are points 263 and 33 of the canonical face, a little under the smoothed skin', () => {
    const { left, right } = canthiOf(1);
    for (const [point, at] of [
      [263, left],
      [33, right],
    ] as const) {
      const cm = CANONICAL_FACE_CM.slice(3 * point, 3 * point + 3) as unknown as Vec3;
      expect(distance(at, canonicalToTemplate(cm))).toBeLessThan(1e-9);
      const template = buildHead({ face: 1, width: 1, height: 1, length: 1 });
      const depth = radiusMm(template, ...at) - Math.hypot(...at);
      expect(depth).toBeGreaterThan(2);
      expect(depth).toBeLessThan(6);
    }
  });
});
