import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { normalAt, onSkin } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import { cameraPosition, project } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance, dot, normalise, subtract } from '../vec/vec3.ts';
import { outsideOfMap, outsideOfShape } from './head-outline.ts';
import { skinSeenAt } from './skin-seen-at.ts';
import { cameraOn } from './testing/person-mask.ts';

const SHAPE = { face: 1, width: 1.03, height: 0.97, length: 1.04 };
const MAP = buildHead(SHAPE);

describe('the skin that a pixel shows', () => {
  it('is the place that was projected there, wherever the skin faces the camera', () => {
    const random = seededGenerator(8);
    let seen = 0;
    for (const [yaw, pitch, roll] of [
      [0, 0, 0],
      [30, 25, 10],
      [170, -10, 0],
      [0, 85, 40],
    ]) {
      const camera = cameraOn(2400, 500, 900, yaw, pitch, roll);
      const eye = cameraPosition(camera);
      for (let k = 0; k < 60; k++) {
        const d: Vec3 = [2 * random() - 1, random(), 2 * random() - 1];
        const p = onSkin(MAP, d);
        if (dot(normalAt(MAP, p), normalise(subtract(eye, p))) < 0.15) continue;
        const [x, y] = project(camera, p);
        for (const outside of [outsideOfMap(MAP), outsideOfShape(SHAPE)]) {
          const found = skinSeenAt(camera, outside, x, y);
          expect(found).not.toBeNull();
          expect(distance(found!, p)).toBeLessThan(0.2);
        }
        seen++;
      }
    }
    expect(seen).toBeGreaterThan(60);
  });

  it('is none beside the head', () => {
    const camera = cameraOn(2400, 500, 900, 0, 0, 0);
    expect(skinSeenAt(camera, outsideOfMap(MAP), -400, 500)).toBeNull();
    expect(skinSeenAt(camera, outsideOfMap(MAP), 500, -600)).toBeNull();
  });
});
