import { describe, expect, it } from 'vitest';
import { project } from '../vec/camera.ts';
import { ANCHORS } from './anchors.ts';
import { earsBeforeOutline } from './ear-before-outline.ts';
import { CRANIUM_CENTRE } from './head-outline.ts';
import { cameraNamed } from './testing/marked-head.ts';

const camera = cameraNamed('top', 1800);
const centre = project(camera, CRANIUM_CENTRE);
const isEar = earsBeforeOutline(camera, centre);
/** A ray from the middle towards a point, and how far along it that lies. */
function towards([x, y]: readonly number[]): { ray: [number, number]; px: number } {
  const [dx, dy] = [x - centre[0], y - centre[1]];
  const px = Math.sqrt(dx * dx + dy * dy);
  return { ray: [dx / px, dy / px], px };
}

describe('an ear before the outline', () => {
  it.each(['left-ear-top', 'right-ear-top'] as const)(
    'is told where the %s reaches over it, seen from above',
    (name) => {
      const { ray, px } = towards(project(camera, ANCHORS[name].templateMm));
      expect(isEar(ray, px - 15)).toBe(true);
    },
  );

  it('is not told where the cranium hides it, nor before, behind and straight above', () => {
    const { ray, px } = towards(project(camera, ANCHORS['left-ear-top'].templateMm));
    expect(isEar(ray, px + 60)).toBe(false);
    for (const name of ['glabella', 'opisthocranion'] as const) {
      const at = towards(project(camera, ANCHORS[name].templateMm));
      expect(isEar(at.ray, at.px)).toBe(false);
    }
  });
});
