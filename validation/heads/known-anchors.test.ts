import { buildHead } from '@stipple/core/head/build-head.ts';
import { onSkin } from '@stipple/core/head/head-map.ts';
import { landmarksOf } from '@stipple/core/head/landmarks.ts';
import { expect, it } from 'vitest';
import { knownAnchors } from './known-anchors.ts';
import type { KnownHead } from './known-head.ts';

const USUAL = { face: 1, width: 1, height: 1, length: 1 };

it('takes the top of the ear to be on the ear, not on the skull above it', () => {
  const map = buildHead(USUAL);
  const [top, lobe] = [
    [88, 22, -17],
    [77, -35, -8],
  ];
  const skull = [onSkin(map, [76, 30, -14]), onSkin(map, [76, 24, -20]), onSkin(map, [76, -30, -6])];
  expect(skull[0][1]).toBeGreaterThan(top[1]);
  const head = {
    landmarks: { ...landmarksOf(USUAL), leftCanthus: null, rightCanthus: null },
    map,
    paintCm: null,
    positionsMm: Float32Array.from([...skull.flat(), ...top, ...lobe]),
  } as unknown as KnownHead;
  const points = knownAnchors(head);
  expect(points.get('left-ear-top')).toEqual(top);
  expect(points.get('left-ear-lobe')).toEqual(lobe);
  expect(points.has('right-ear-top')).toBe(false);
});
