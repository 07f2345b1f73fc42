import { describe, expect, it } from 'vitest';
import { add, cross, distance, dot, length, normalise, scale, subtract } from './vec3.ts';
import type { Vec3 } from './mat3.ts';

const a: Vec3 = [1, -2, 3];
const b: Vec3 = [4, 0.5, -6];

describe('vec3', () => {
  it('adds, subtracts and scales component by component', () => {
    expect(add(a, b)).toEqual([5, -1.5, -3]);
    expect(subtract(a, b)).toEqual([-3, -2.5, 9]);
    expect(scale(a, -2)).toEqual([-2, 4, -6]);
  });

  it('has a cross product at right angles to both, right-handed', () => {
    const c = cross(a, b);
    expect([dot(a, c), dot(b, c)]).toEqual([0, 0]);
    expect(cross([1, 0, 0], [0, 1, 0])).toEqual([0, 0, 1]);
    expect(dot(c, c)).toBeCloseTo(dot(a, a) * dot(b, b) - dot(a, b) * dot(a, b), 10);
  });

  it('measures lengths and distances', () => {
    expect(length([2, 3, 6])).toBe(7);
    expect(distance(add(a, [2, 3, 6]), a)).toBe(7);
  });

  it('normalises to length 1 along the vector and refuses the zero vector', () => {
    const n = normalise(b);
    expect(length(n)).toBeCloseTo(1, 15);
    expect(dot(n, b)).toBeCloseTo(length(b), 12);
    expect(() => normalise([0, 0, 0])).toThrow(RangeError);
  });
});
