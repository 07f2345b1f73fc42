import { describe, expect, it } from 'vitest';
import { TEMPLATE_LANDMARKS } from '../head/head-template.ts';
import { onSkin } from '../head/head-map.ts';
import { templateMap } from '../head/template-radius.ts';
import { outlineTrust } from './outline-trust.ts';

const skin = (x: number, y: number, z: number) => onSkin(templateMap(), [x, y, z]);

describe('which skin makes an outline that can be believed', () => {
  it.each([
    ['the vertex', TEMPLATE_LANDMARKS.vertex],
    ['the occiput', TEMPLATE_LANDMARKS.opisthocranion],
    ['the forehead below the hairline', skin(0, 75, 80)],
    ['the side above the ear', skin(75, 65, -10)],
    ['the side behind the ear, high', skin(60, 45, -70)],
  ] as const)('%s does', (_, point) => expect(outlineTrust(point)).toBeGreaterThan(0.9));

  it.each([
    ['the brows and the nose', TEMPLATE_LANDMARKS.glabella],
    ['the nose bridge', TEMPLATE_LANDMARKS.nasion],
    ['the ear', TEMPLATE_LANDMARKS.leftTragion],
    ['the skin above the ear that its top hides', skin(76, 22, -18)],
    ['the neck', skin(0, -50, -75)],
  ] as const)('%s does not', (_, point) => expect(outlineTrust(point)).toBeLessThan(0.1));
});
