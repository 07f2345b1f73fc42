import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { buildReserve } from './build-reserve.ts';
import { sortIntoCells } from './cell-grid.ts';
import { expectedPush, pushMesh } from './expected-push.ts';
import { gatherCells, heldMesh, heldPush } from './held-push.ts';
import { placeReserve } from './place-reserve.ts';
import { TEMPLATE_SHAPE } from './testing/test-plans.ts';

const head = buildHead(TEMPLATE_SHAPE);
const reserve = buildReserve(head, { perCm2: 120, seed: 1 });
const ground = placeReserve(reserve, head, 2);
const first = placeReserve(reserve, head, 1);

type Density = (x: number, y: number, z: number) => number;

const asked = (at: typeof ground | typeof first, densityAt: Density) => {
  const density = at.perCm2.map((_, s) => densityAt(at.xyzMm[3 * s], at.xyzMm[3 * s + 1], at.xyzMm[3 * s + 2]));
  return [density.map((perCm2, s) => perCm2 / at.perCm2[s]), density] as const;
};

/** A dot in every seat that stands among the first of the reserve, cell by cell. */
const start = new Int32Array(ground.cells.count + 1);
const seats = Int32Array.from(
  Array.from(ground.order.keys()).filter((seat) => ground.order[seat] < 4000 && ground.xyzMm[3 * seat + 1] > 60),
);
for (const seat of seats) start[ground.cellOf[seat] + 1]++;
for (let cell = 0; cell < ground.cells.count; cell++) start[cell + 1] += start[cell];
const places = Float64Array.from({ length: 3 * seats.length }, (_, q) => {
  return ground.xyzMm[3 * seats[Math.floor(q / 3)] + (q % 3)];
});

const held = (densityAt: Density) => {
  const spacing = Float32Array.from(seats, (_, k) => {
    return 10 / Math.sqrt(Math.max(1, densityAt(places[3 * k], places[3 * k + 1], places[3 * k + 2])));
  });
  return { push: heldPush(heldMesh(ground, ...asked(ground, densityAt), 0.85), places, spacing, start), spacing };
};

describe('heldPush', () => {
  it('is left out where the densities about a dot are even enough, and only there', () => {
    for (const q of held((x) => 60 * Math.exp(-0.01 * x)).push) expect(q).toBe(0);
    const { push } = held((x) => (x > 3 ? 60 : 0));
    for (let k = 0; k < seats.length; k++) {
      const x = places[3 * k];
      if (x > 3 && x < 4.5) expect(push[3 * k]).toBeLessThan(-0.1);
      if (x > 18) expect(push[3 * k]).toBe(0);
    }
  });

  it('is nearly the push of the first way where a slope is steep', () => {
    const steep: Density = (x) => 60 * Math.exp(-0.14 * Math.abs(x));
    const { push, spacing } = held(steep);
    const mesh = pushMesh(first, ...asked(first, steep));
    const other = expectedPush(mesh, places, spacing, sortIntoCells(first.frame, places, seats.length));
    let compared = 0;
    for (let k = 0; k < seats.length; k++) {
      if (push[3 * k] === 0 || Math.abs(places[3 * k]) > 12) continue;
      compared++;
      // Another kernel, so that only sense and size are the same.
      expect(push[3 * k] * places[3 * k]).toBeGreaterThan(-0.3);
      expect(Math.abs(push[3 * k] - other[3 * k])).toBeLessThan(0.4);
    }
    expect(compared).toBeGreaterThan(200);
  });

  it('gathers every cell with a seat that pushes a dot of the cell', () => {
    const edge: Density = (x) => (x > 0 ? 60 : 0);
    const mesh = heldMesh(ground, ...asked(ground, edge), 0.85);
    const reach = 2.03 * (10 / Math.sqrt(60));
    for (let cell = 0, n = 0; cell < ground.cells.count && n < 40; cell++) {
      if (start[cell] === start[cell + 1]) continue;
      const count = gatherCells(mesh, cell);
      if (count === 0) continue;
      n++;
      const gathered = new Set(mesh.near.subarray(0, count));
      const k = start[cell];
      for (let s = 0; s < ground.order.length; s++) {
        if (!(ground.xyzMm[3 * s] > 0) || gathered.has(ground.cellOf[s])) continue;
        const away = Math.hypot(...[0, 1, 2].map((c) => ground.xyzMm[3 * s + c] - places[3 * k + c]));
        if (away < reach && places[3 * k] > 0) expect.fail(`seat ${s} is missing`);
      }
    }
  });
});
