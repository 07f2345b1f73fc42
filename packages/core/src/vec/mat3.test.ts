import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import {
  IDENTITY,
  multiply,
  rotate,
  rotationAboutX,
  rotationAboutY,
  rotationAboutZ,
  rotationFromVector,
  transpose,
} from './mat3.ts';
import type { Mat3, Vec3 } from './mat3.ts';
import { cross, dot, length } from './vec3.ts';

const random = seededGenerator(1);
const randomVector = (reach: number): Vec3 => [
  (random() - 0.5) * 2 * reach,
  (random() - 0.5) * 2 * reach,
  (random() - 0.5) * 2 * reach,
];
const expectNear = (a: ArrayLike<number>, b: ArrayLike<number>, digits = 12): void => {
  for (let i = 0; i < b.length; i++) expect(a[i]).toBeCloseTo(b[i], digits);
};
const rows = (m: Mat3): Vec3[] => [
  [m[0], m[1], m[2]],
  [m[3], m[4], m[5]],
  [m[6], m[7], m[8]],
];

describe('rotations', () => {
  it('are orthonormal and right-handed, whatever the vector', () => {
    for (const reach of [1e-9, 0.1, 4, 30]) {
      for (let i = 0; i < 50; i++) {
        const m = rotationFromVector(randomVector(reach));
        expectNear(multiply(m, transpose(m)), IDENTITY);
        const [x, y, z] = rows(m);
        expectNear(cross(x, y), z);
      }
    }
  });

  it("turn by the vector's length about it", () => {
    for (let i = 0; i < 50; i++) {
      const axis = randomVector(1);
      const angle = length(axis);
      const m = rotationFromVector(axis);
      expectNear(rotate(m, axis), axis);
      const across = cross(axis, randomVector(1));
      const turned = rotate(m, across);
      expect(dot(across, turned) / dot(across, across)).toBeCloseTo(Math.cos(angle), 10);
      expect(dot(cross(across, turned), axis) / (dot(across, across) * angle)).toBeCloseTo(Math.sin(angle), 10);
    }
  });

  it('about an axis agree with the vector along it', () => {
    for (const angle of [-2.1, 0.3, 1.7]) {
      expectNear(rotationAboutX(angle), rotationFromVector([angle, 0, 0]));
      expectNear(rotationAboutY(angle), rotationFromVector([0, angle, 0]));
      expectNear(rotationAboutZ(angle), rotationFromVector([0, 0, angle]));
    }
    // A quarter turn about +X takes +Y to +Z.
    expectNear(rotate(rotationAboutX(Math.PI / 2), [0, 1, 0]), [0, 0, 1]);
  });

  it('follow one another as their product does', () => {
    const [a, b, p] = [rotationFromVector(randomVector(2)), rotationFromVector(randomVector(2)), randomVector(50)];
    expectNear(rotate(multiply(a, b), p), rotate(a, rotate(b, p)));
    expectNear(transpose(multiply(a, b)), multiply(transpose(b), transpose(a)));
  });

  it('give the identity for no turn at all', () => {
    expect(rotationFromVector([0, 0, 0])).toEqual(IDENTITY);
  });
});
