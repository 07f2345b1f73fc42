import { describe, expect, it } from 'vitest';
import { directionOf } from '../head/head-map.ts';
import { hash32 } from '../random/hash.ts';
import { octahedralUnit, reserveOf } from './reserve.ts';
import { CELLS_PER_PATCH, PATCH_SIDE, PATCHES, SEAT_CELLS, seatingOf } from './seating.ts';

const COUNT = 6000;
// None about the corners of the square, the lowest point, where nobody has a scalp.
const uv = new Uint16Array(2 * COUNT);
for (let i = 0, n = 0; i < COUNT; n++) {
  uv.set([hash32(n, 1) & 0xffff, hash32(n, 2) & 0xffff], 2 * i);
  if (Math.abs(uv[2 * i] - 32768) + Math.abs(uv[2 * i + 1] - 32768) < 52_000) i++;
}
const perSteradian = Uint16Array.from({ length: COUNT }, (_, i) => i);
const seating = seatingOf(uv, perSteradian);
const direction = (seat: number) =>
  directionOf(octahedralUnit(seating.uv[2 * seat]), octahedralUnit(seating.uv[2 * seat + 1]));

describe('seatingOf', () => {
  it('seats every dot once, cell by cell, each cell in the order of rank', () => {
    for (let cell = 0; cell < SEAT_CELLS; cell++) {
      for (let seat = seating.start[cell]; seat < seating.start[cell + 1]; seat++) {
        const i = seating.order[seat];
        expect([seating.seatOf[i], seating.cellOf[seat], seating.perSteradian[seat]]).toEqual([seat, cell, i]);
        expect(Array.from(seating.uv.subarray(2 * seat, 2 * seat + 2))).toEqual([uv[2 * i], uv[2 * i + 1]]);
        if (seat > seating.start[cell] && i <= seating.order[seat - 1]) expect.fail(`cell ${cell} is out of order`);
      }
    }
    expect(seating.start[SEAT_CELLS]).toBe(COUNT);
  });

  it('knows the cells near each, over the folds of the square too, ascending', () => {
    const near = (cell: number) => seating.near.subarray(seating.nearFrom[cell], seating.nearFrom[cell + 1]);
    for (let a = 0; a < COUNT; a += 7) {
      const [x, y, z] = direction(a);
      const about = near(seating.cellOf[a]);
      for (let k = 1; k < about.length; k++) if (about[k] <= about[k - 1]) expect.fail('out of order');
      for (let b = 0; b < COUNT; b++) {
        const [dx, dy, dz] = direction(b).map((v, c) => v - [x, y, z][c]);
        if (Math.sqrt(dx * dx + dy * dy + dz * dz) > 0.064) continue;
        if (!about.includes(seating.cellOf[b])) expect.fail(`${b} is near ${a}`);
        if (!near(seating.cellOf[b]).includes(seating.cellOf[a])) expect.fail(`${a} is near ${b}`);
      }
    }
  });

  it('has whole cells in patches, which are those of the reserve', () => {
    const { patchStart, byPatch } = reserveOf(uv, perSteradian);
    expect(SEAT_CELLS).toBe((PATCH_SIDE * CELLS_PER_PATCH) ** 2);
    for (let patch = 0; patch < PATCHES; patch++) {
      const [from, to] = [patchStart[patch], patchStart[patch + 1]];
      const ranks = Array.from(seating.patchSeats.subarray(from, to), (seat) => seating.order[seat]);
      expect(ranks.sort((a, b) => a - b)).toEqual(Array.from(byPatch.subarray(from, to)));
      for (const seat of seating.patchSeats.subarray(from, to)) expect(seating.patch[seat]).toBe(patch);
    }
  });
});
