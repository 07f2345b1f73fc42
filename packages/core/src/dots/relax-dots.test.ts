import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { onSkin, radiusMm } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import { frameAround } from './cell-grid.ts';
import { nearestQuality } from './pattern-quality.ts';
import { HEX_IN_SPACINGS, RELAX_CELL_MM } from './kernel.ts';
import { relaxDots } from './relax-dots.ts';
import type { RelaxInput } from './relax-dots.ts';
import { TEMPLATE_SHAPE } from './testing/test-plans.ts';

const head = buildHead(TEMPLATE_SHAPE);
const DENSITY = 60;
const spacing = 10 / Math.sqrt(DENSITY);

/** Random points on the top of the head, about `DENSITY` per cm2. */
function startingPoints(seed: number): Float64Array {
  const random = seededGenerator(seed);
  const points: number[] = [];
  const half = 55;
  for (let i = 0; i < (DENSITY * 4 * half * half) / 100; i++) {
    const [x, z] = [(random() * 2 - 1) * half, (random() * 2 - 1) * half];
    points.push(...onSkin(head, [x, 120, z]));
  }
  return Float64Array.from(points);
}

const inputOf = (xyzMm: Float64Array, change: Partial<RelaxInput> = {}): RelaxInput => {
  const count = xyzMm.length / 3;
  return {
    head,
    frame: frameAround(startingPoints(1), startingPoints(1).length / 3, RELAX_CELL_MM, RELAX_CELL_MM),
    count,
    xyzMm,
    spacingMm: new Float32Array(count).fill(spacing),
    mobility: new Float32Array(count).fill(1),
    pushMm: null,
    iterations: 6,
    roughness: 0.1,
    id: Uint32Array.from({ length: count }, (_, i) => i),
    salt: 5,
    ...change,
  };
};

const start = startingPoints(1);
const count = start.length / 3;
const isInner = (i: number): boolean => Math.abs(start[3 * i]) < 40 && Math.abs(start[3 * i + 2]) < 40;
const qualityOf = (xyzMm: Float64Array) =>
  nearestQuality({
    count,
    positionMm: xyzMm,
    normal: [],
    densityPerCm2: new Float32Array(count).fill(DENSITY),
    isMeasured: isInner,
  });

describe('relaxDots', () => {
  it('turns random points into an even pattern without a close pair, on the skin, and leaves its input alone', () => {
    const kept = start.slice();
    const relaxed = relaxDots(inputOf(start, { iterations: 60 }));
    expect(start).toEqual(kept);
    expect(qualityOf(start).clarkEvans).toBeLessThan(1.15);
    const after = qualityOf(relaxed);
    expect(after.mean).toBeGreaterThan(0.72);
    expect(after.min).toBeGreaterThan(0.6);
    for (let q = 0; q < relaxed.length; q += 3) {
      const [x, y, z] = [relaxed[q], relaxed[q + 1], relaxed[q + 2]];
      expect(Math.abs(Math.sqrt(x * x + y * y + z * z) - radiusMm(head, x, y, z))).toBeLessThan(1e-9);
    }
  });

  it('gives the same bits again, and in whatever order neighbours far away are left out', () => {
    const whole = relaxDots(inputOf(start));
    expect(relaxDots(inputOf(start))).toEqual(whole);
    // Only the dots within the halo of one corner, as an editor would compute it.
    // Two steps, roughening, and four rounds of six pushes: each is felt one cell further off.
    const reach = (2 + 1 + 4 * 6) * RELAX_CELL_MM;
    const corner = (i: number): number => Math.hypot(start[3 * i] - 40, start[3 * i + 2] - 40);
    const near = Array.from({ length: count }, (_, i) => i).filter((i) => corner(i) < 8 + reach);
    const part = relaxDots(
      inputOf(Float64Array.from(near.flatMap((i) => [start[3 * i], start[3 * i + 1], start[3 * i + 2]])), {
        iterations: 2,
        id: Uint32Array.from(near),
      }),
    );
    const all = relaxDots(inputOf(start, { iterations: 2 }));
    let compared = 0;
    near.forEach((i, k) => {
      if (corner(i) > 8) return;
      compared++;
      for (let c = 0; c < 3; c++) expect(part[3 * k + c]).toBe(all[3 * i + c]);
    });
    expect(compared).toBeGreaterThan(50);
  });

  it('holds dots without mobility through the descent and lets the others go round them', () => {
    const mobility = Float32Array.from({ length: count }, (_, i) => (i % 4 === 0 ? 0 : 1));
    // Start from an even pattern, so that nothing has to be pushed out of a clump.
    const even = relaxDots(inputOf(start, { iterations: 60, roughness: 0 }));
    const after = relaxDots(inputOf(even, { mobility, iterations: 3 }));
    let moved = 0;
    for (let i = 0; i < count; i++) {
      const by = Math.hypot(
        after[3 * i] - even[3 * i],
        after[3 * i + 1] - even[3 * i + 1],
        after[3 * i + 2] - even[3 * i + 2],
      );
      if (mobility[i] === 1 && by > 0) moved++;
      if (mobility[i] === 0 && isInner(i)) expect(by).toBeLessThan(0.02);
    }
    expect(moved).toBeGreaterThan(count / 2);
  });

  it('does not slip together over many steps, which neighbour lists of the start alone would allow', () => {
    expect(qualityOf(relaxDots(inputOf(start, { iterations: 40 }))).min).toBeGreaterThan(0.6);
  });

  it('roughens by the root mean square that was asked for, and needs no push for it', () => {
    const even = relaxDots(inputOf(start, { iterations: 40, roughness: 0 }));
    const rough = relaxDots(inputOf(even, { iterations: 0, roughness: 0.1 }));
    let sum = 0;
    let n = 0;
    for (let i = 0; i < count; i++) {
      if (!isInner(i)) continue;
      for (let c = 0; c < 3; c++) sum += (rough[3 * i + c] - even[3 * i + c]) ** 2;
      n++;
    }
    const rms = Math.sqrt(sum / n) / spacing;
    expect(rms).toBeGreaterThan(0.08);
    expect(rms).toBeLessThan(0.12);
    expect(qualityOf(rough).spread).toBeGreaterThan(qualityOf(even).spread);
  });

  it('takes away the push that is expected anyway', () => {
    const free = relaxDots(inputOf(start, { iterations: 1, roughness: 0 }));
    const push = new Float64Array(start.length);
    for (let i = 0; i < count; i++) push[3 * i] = 0.2;
    const pushed = relaxDots(inputOf(start, { iterations: 1, roughness: 0, pushMm: push }));
    let mean = 0;
    for (let i = 0; i < count; i++) mean += (pushed[3 * i] - free[3 * i]) / count;
    expect(mean).toBeLessThan(-0.03);
    expect(mean).toBeGreaterThan(-0.06);
  });

  it('keeps the nearest pair of a mixed neighbourhood as far apart as the denser of the two wants', () => {
    const spacingMm = Float32Array.from({ length: count }, (_, i) => (start[3 * i] < 0 ? spacing : 1.2 * spacing));
    const relaxed = relaxDots(inputOf(start, { spacingMm, iterations: 20 }));
    for (let a = 0; a < count; a++) {
      if (!isInner(a)) continue;
      for (let b = 0; b < a; b++) {
        const d = Math.hypot(
          relaxed[3 * a] - relaxed[3 * b],
          relaxed[3 * a + 1] - relaxed[3 * b + 1],
          relaxed[3 * a + 2] - relaxed[3 * b + 2],
        );
        const hex = HEX_IN_SPACINGS * Math.min(spacingMm[a], spacingMm[b]);
        if (d < 0.6 * hex) expect([a, b, d / hex]).toEqual([]);
      }
    }
  });
});
