import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { gaussianBlur } from './blur.ts';

const columns = 41;
const rows = 29;
const random = seededGenerator(1);
const plane = Float32Array.from({ length: columns * rows }, () => random());

/** The whole kernel in two dimensions, edges continued. */
function bruteForce(sd: number, plane: Float32Array): Float32Array {
  const reach = Math.ceil(3 * sd);
  const at = (x: number, y: number): number =>
    plane[Math.min(Math.max(y, 0), rows - 1) * columns + Math.min(Math.max(x, 0), columns - 1)];
  return plane.map((_, k) => {
    let sum = 0;
    let total = 0;
    for (let dy = -reach; dy <= reach; dy++) {
      for (let dx = -reach; dx <= reach; dx++) {
        const w = Math.exp(-(dx * dx + dy * dy) / (2 * sd * sd));
        total += w;
        sum += w * at((k % columns) + dx, Math.floor(k / columns) + dy);
      }
    }
    return sum / total;
  });
}

describe('gaussianBlur', () => {
  it.each([0.4, 1, 2.7, 12])('with sd %d does what the two-dimensional kernel does', (sd) => {
    const blurred = gaussianBlur(plane, columns, rows, sd);
    const truth = bruteForce(sd, plane);
    expect(Math.max(...blurred.map((v, k) => Math.abs(v - truth[k])))).toBeLessThan(1e-5);
  });

  it.each([0.4, 1, 2.7])('with sd %d passes over what is even, and nothing else of a mask', (sd) => {
    const mask = plane.map((_, k) => (k % columns > 11 && k % columns < 33 && k > 8 * columns ? 0.8 : 0));
    const blurred = gaussianBlur(mask, columns, rows, sd);
    const truth = bruteForce(sd, mask);
    expect(Math.max(...blurred.map((v, k) => Math.abs(v - truth[k])))).toBeLessThan(1e-5);
    expect([blurred[0], blurred[rows * columns - 20]]).toEqual([0, Math.fround(0.8)]);
  });

  it('keeps the sum of what lies inside, and its variance is that of the kernel', () => {
    const point = new Float32Array(61 * 61);
    point[30 * 61 + 30] = 1;
    const spot = gaussianBlur(point, 61, 61, 3);
    let sum = 0;
    let variance = 0;
    spot.forEach((v, k) => {
      sum += v;
      variance += v * ((k % 61) - 30) ** 2;
    });
    expect(sum).toBeCloseTo(1, 5);
    // Cut at three sd, the tails are missing.
    expect(Math.sqrt(variance)).toBeGreaterThan(2.85);
    expect(Math.sqrt(variance)).toBeLessThan(3.01);
  });

  it('leaves an even plane even, also at its edges', () => {
    for (const v of gaussianBlur(new Float32Array(35).fill(0.7), 7, 5, 4)) expect(v).toBeCloseTo(0.7, 6);
  });

  it('answers a copy when there is nothing to blur', () => {
    const same = gaussianBlur(plane, columns, rows, 0.1);
    expect(same).toEqual(plane);
    expect(same).not.toBe(plane);
  });
});
