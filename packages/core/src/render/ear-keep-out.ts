/**
 * Where ears stand before the scalp in this picture.
 *
 * The head model has no ears. An ear is taken as what lies between its root on the head and its rim, which stands
 * off by about two centimetres: the hull of the two outlines as the camera sees them. Positions are those of an
 * average ear (head/ears.ts) with the largest in mind; the feather makes up for what is left.
 */
import { PI, cos, degToRad, sin } from '../num/elementary.ts';
import { clamp, smoothstep } from '../num/range.ts';
import type { Camera } from '../vec/camera.ts';
import { project } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cellCentre } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';

const CENTRE: readonly [upMm: number, forwardMm: number] = [-5, -13];
const HALF_LENGTH_MM = 35;
const HALF_WIDTH_MM = 20;
const LEAN_RAD = degToRad(16);
/** How far the outline's two copies stand from the tragion, outwards. */
const ROOT_MM = -6;
const RIM_MM = 16;
const FEATHER_MM = 9;
const POINTS = 16;

type Point = readonly [number, number];

/** 0 on an ear, rising to 1 over the feather outside it; one value per cell. `tragion` is of one side. */
export function earKeepOut(tragions: readonly Vec3[], camera: Camera, grid: CellGrid): Float32Array {
  const keep = new Float32Array(grid.columns * grid.rows).fill(1);
  for (const tragion of tragions) {
    const hull = convexHull(earOutline(tragion).map((p) => project(camera, p)));
    const sides = sidesOf(hull);
    const featherPx = (FEATHER_MM * camera.f) / project(camera, tragion)[2];
    // Beyond nothing is kept out; at a sharp corner the feather reaches farther than it is wide.
    const [left, right] = reachOf(
      hull.map(([x]) => x),
      3 * featherPx,
    );
    const [top, bottom] = reachOf(
      hull.map(([, y]) => y),
      3 * featherPx,
    );
    const column = (x: number): number => clamp(Math.round((x - grid.leftPx) / grid.cellPx), 0, grid.columns);
    const [first, end] = [column(left), column(right)];
    const outside = new Float64Array(grid.columns);
    for (let j = 0; j < grid.rows; j++) {
      const y = cellCentre(grid.topPx, grid.cellPx, j);
      if (y < top || y > bottom) continue;
      outside.fill(0);
      for (let s = 0; s < sides.length; s += 3)
        raise(outside, first, end, y, grid, sides[s], sides[s + 1], sides[s + 2]);
      for (let i = first, k = j * grid.columns + first; i < end; i++, k++)
        keep[k] = Math.min(keep[k], smoothstep(0, featherPx, outside[i]));
    }
  }
  return keep;
}

const reachOf = (values: readonly number[], around: number): readonly [number, number] => [
  Math.min(...values) - around,
  Math.max(...values) + around,
];

/** Root and rim of the ear beside this tragion, mm. */
function earOutline(tragion: Vec3): Vec3[] {
  const size = Math.abs(tragion[0]) / 72;
  const side = Math.sign(tragion[0]);
  const points: Vec3[] = [];
  for (const off of [ROOT_MM, RIM_MM]) {
    for (let i = 0; i < POINTS; i++) {
      const angle = (2 * PI * i) / POINTS;
      const along = HALF_LENGTH_MM * cos(angle);
      const across = HALF_WIDTH_MM * sin(angle);
      points.push([
        tragion[0] + side * off * size,
        tragion[1] + (CENTRE[0] + along * cos(LEAN_RAD) - across * sin(LEAN_RAD)) * size,
        // The rim stands further back than the root.
        tragion[2] + (CENTRE[1] - along * sin(LEAN_RAD) - across * cos(LEAN_RAD) - 0.3 * (off - ROOT_MM)) * size,
      ]);
    }
  }
  return points;
}

/** Andrew's monotone chain; anticlockwise in a frame with y up. */
function convexHull(points: readonly Vec3[]): Point[] {
  const sorted = points.map((p): Point => [p[0], p[1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const turn = (o: Point, a: Point, b: Point): number => (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0]);
  const half = (ordered: readonly Point[]): Point[] => {
    const chain: Point[] = [];
    for (const p of ordered) {
      while (chain.length > 1 && turn(chain[chain.length - 2], chain[chain.length - 1], p) <= 0) chain.pop();
      chain.push(p);
    }
    chain.pop();
    return chain;
  };
  return [...half(sorted), ...half(sorted.toReversed())];
}

/** The line of each side as three numbers: x nx + y ny - d is how far a place lies outside it. */
function sidesOf(hull: readonly Point[]): Float64Array {
  const sides = new Float64Array(3 * hull.length);
  for (let i = 0; i < hull.length; i++) {
    const [ax, ay] = hull[i];
    const [bx, by] = hull[(i + 1) % hull.length];
    const long = Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
    const nx = (by - ay) / long;
    const ny = (ax - bx) / long;
    sides.set([nx, ny, ax * nx + ay * ny], 3 * i);
  }
  return sides;
}

/** The largest distance outside any side is exact beside one, and short at a corner: enough for a feather. */
function raise(
  outside: Float64Array,
  first: number,
  end: number,
  y: number,
  { leftPx, cellPx }: CellGrid,
  nx: number,
  ny: number,
  d: number,
): void {
  const step = cellPx * nx;
  let beyond = cellCentre(leftPx, cellPx, first) * nx + y * ny - d;
  for (let i = first; i < end; i++, beyond += step) if (beyond > outside[i]) outside[i] = beyond;
}
