/**
 * How much of the head each dot of a pattern stands for, in steradians: what makes a sum over dots an integral.
 *
 * A relaxed pattern is even between neighbours but holds half a per cent more or less here and there, and more towards
 * its rim; taken as even it would miss the count of a zone by as much. So the head is cut into some ten crumbs a dot,
 * each goes to its nearest dot, and the shares are evened out among the dots of a few millimetres around.
 */
import { directionOf, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { cellOf, frameAround, gatherPoints, sortIntoCells } from './cell-grid.ts';
import { isWithinScalpReach } from './scalp-reach.ts';

/** Crumbs per side of the octahedral square: about 0.2 mm. */
const CRUMBS = 1536;
/** No dot lies further than this from a place inside the pattern. */
const FURTHEST_MM = 1.2;
const EVENED_MM = 3;

/** `xyzMm` covers the scalp's reach with this skirt; the last dots before the skirt's end get too little. */
export function steradiansOfDots(head: HeadMap, xyzMm: Float64Array, skirt: number): Float64Array {
  return evened(xyzMm, ownSteradians(head, xyzMm, skirt));
}

function ownSteradians(head: HeadMap, xyzMm: Float64Array, skirt: number): Float64Array {
  const count = xyzMm.length / 3;
  const { frame, start, order } = sortIntoCells(frameAround(xyzMm, count, FURTHEST_MM, FURTHEST_MM), xyzMm, count);
  const points = gatherPoints(xyzMm, order);
  const [nx, ny] = frame.cells;
  const own = new Float64Array(count);
  for (let j = 0; j < CRUMBS; j++) {
    const v = (2 * j + 1) / CRUMBS - 1;
    for (let i = 0; i < CRUMBS; i++) {
      const u = (2 * i + 1) / CRUMBS - 1;
      const [dx, dy, dz] = directionOf(u, v);
      if (!isWithinScalpReach(dx, dy, dz, skirt)) continue;
      const r = radiusMm(head, dx, dy, dz);
      const x = dx * r;
      const y = dy * r;
      const z = dz * r;
      const cell = cellOf(frame, x, y, z);
      let nearest = -1;
      let least = FURTHEST_MM * FURTHEST_MM;
      for (let layer = -1; layer <= 1; layer++) {
        for (let row = -1; row <= 1; row++) {
          const middle = cell + nx * (row + ny * layer);
          for (let b = start[middle - 1], end = start[middle + 2]; b < end; b++) {
            const ax = points[3 * b] - x;
            const ay = points[3 * b + 1] - y;
            const az = points[3 * b + 2] - z;
            const d2 = ax * ax + ay * ay + az * az;
            if (d2 >= least) continue;
            least = d2;
            nearest = b;
          }
        }
      }
      if (nearest >= 0) own[order[nearest]] += steradiansOfCell(u, v, 2 / CRUMBS);
    }
  }
  return own;
}

/** Mean share of the dots around each. */
function evened(xyzMm: Float64Array, own: Float64Array): Float64Array {
  const count = own.length;
  const { frame, start, order } = sortIntoCells(frameAround(xyzMm, count, EVENED_MM), xyzMm, count);
  const points = gatherPoints(xyzMm, order);
  const [nx, ny] = frame.cells;
  const out = new Float64Array(count);
  for (let cell = 0; cell < start.length - 1; cell++) {
    for (let a = start[cell]; a < start[cell + 1]; a++) {
      let sum = 0;
      let n = 0;
      for (let layer = -1; layer <= 1; layer++) {
        for (let row = -1; row <= 1; row++) {
          const middle = cell + nx * (row + ny * layer);
          for (let b = start[middle - 1], end = start[middle + 2]; b < end; b++) {
            const dx = points[3 * b] - points[3 * a];
            const dy = points[3 * b + 1] - points[3 * a + 1];
            const dz = points[3 * b + 2] - points[3 * a + 2];
            if (dx * dx + dy * dy + dz * dz >= EVENED_MM * EVENED_MM) continue;
            sum += own[order[b]];
            n++;
          }
        }
      }
      out[order[a]] = sum / n;
    }
  }
  return out;
}

/** Solid angle of a cell of this side around (u, v) of the octahedral square: |q|^-3 du dv on the octahedron's faces. */
export function steradiansOfCell(u: number, v: number, side: number): number {
  const across = Math.abs(u);
  const along = Math.abs(v);
  const y = 1 - across - along;
  const x = y < 0 ? 1 - along : across;
  const z = y < 0 ? 1 - across : along;
  const l2 = x * x + y * y + z * z;
  return (side * side) / (l2 * Math.sqrt(l2));
}
