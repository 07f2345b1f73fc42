import { describe, expect, it } from 'vitest';
import { distance } from '../vec/vec3.ts';
import { buildHead } from './build-head.ts';
import { onSkin } from './head-map.ts';
import { headOf } from './head-of.ts';
import { landmarksOf } from './landmarks.ts';
import { encodeScan } from './scan-text.ts';

const SHAPE = { face: 0.98, width: 1.02, height: 0.97, length: 1.05 };

describe('the head of a plan', () => {
  it('is the stretched template with its landmarks', () => {
    const { map, landmarks } = headOf({ shape: SHAPE, scan: null, faceTiltDeg: 0 });
    expect(map).toEqual(buildHead(SHAPE));
    expect(landmarks).toEqual(landmarksOf(SHAPE));
  });

  it('has brow and nose bridge lower on the skin when the face is bowed against the cranium, and nothing else', () => {
    const level = landmarksOf(SHAPE);
    const { map, landmarks } = headOf({ shape: SHAPE, scan: null, faceTiltDeg: 3 });
    expect(level.glabella[1] - landmarks.glabella[1]).toBeGreaterThan(0.5);
    expect(level.glabella[1] - landmarks.glabella[1]).toBeLessThan(2);
    expect(distance(landmarks.glabella, onSkin(map, landmarks.glabella))).toBeLessThan(1e-6);
    const { glabella, nasion, ...others } = landmarks;
    expect(level).toMatchObject(others);
    expect([glabella[0], nasion[0]]).toEqual([0, 0]);
  });

  it('is the scan where there is one', () => {
    const scanned = buildHead({ ...SHAPE, width: 1.1 });
    const landmarks = { ...landmarksOf(SHAPE), vertex: [0, 140, -8] } as const;
    const scan = {
      radii: encodeScan(scanned),
      landmarks,
      landmarksFrom: 'given',
      unitFrom: 'given',
      filledShare: 0,
      isCovered: false,
    } as const;
    const head = headOf({ shape: SHAPE, scan, faceTiltDeg: 0 });
    expect(head.landmarks).toBe(landmarks);
    head.map.radiiMm.forEach((r, k) => expect(Math.abs(r - scanned.radiiMm[k])).toBeLessThan(0.03));
  });
});
