/**
 * How large is the skin inside an outline, and how far is a point from a line over the skin?
 *
 * Area: the sum of signed fans from the middle of the outline to each of its edges, each laid out in triangles of about
 * 2 mm on the skin; parts that a fan covers outside of the outline cancel. Corners are joined by sections through the origin,
 * which are the shortest way to 0.01 % when they are within 10 mm of each other. A practitioner reads the same area from a
 * sheet of film cut to the outline and flattened in strips; a picture from above shows a cap of 45 degrees a seventh too small.
 *
 * Distance: least of the shortest ways (geodesic.ts) to the points of a line: what a tape reads that is swung about the
 * point until it touches the line at right angles.
 *
 * Promises: areas of caps within 0.1 % of exact ones (tested), the same from any first corner and either way round.
 * Does not do: outlines wider than a hemisphere about their middle, or that cross themselves.
 */
import { atan2 } from '../num/elementary.ts';
import { clamp } from '../num/range.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, cross, distance, dot, length, normalise, scale, subtract } from '../vec/vec3.ts';
import { geodesicMm } from './geodesic.ts';
import { onSkin } from './head-map.ts';
import type { HeadMap } from './head-map.ts';

/** Side of the triangles, as an angle seen from the origin. */
const CELL_RAD = 0.02;

/** Area (mm2) of the skin inside a closed outline of three corners or more; the last is joined to the first. */
export function areaInsideMm2(map: HeadMap, outline: readonly Vec3[]): number {
  if (outline.length < 3) return 0;
  const corners = outline.map(normalise);
  const middle = normalise(corners.reduce(add));
  if (corners.some((corner) => dot(corner, middle) <= 0)) throw new RangeError('an outline wider than a hemisphere');
  let sum = 0;
  corners.forEach((corner, k) => {
    const next = corners[(k + 1) % corners.length];
    const isForward = dot(cross(corner, next), middle) > 0;
    sum += (isForward ? 1 : -1) * fanMm2(map, middle, corner, next);
  });
  return Math.abs(sum);
}

/** Area over the spherical triangle of three unit directions. */
function fanMm2(map: HeadMap, tip: Vec3, a: Vec3, b: Vec3): number {
  const along = Math.max(1, Math.ceil(angle(a, b) / CELL_RAD));
  const out = Math.max(1, Math.ceil(Math.max(angle(tip, a), angle(tip, b)) / CELL_RAD));
  const rayTo = (k: number): Vec3[] => {
    const foot = normalise(add(scale(a, 1 - k / along), scale(b, k / along)));
    return Array.from({ length: out + 1 }, (_, i) => onSkin(map, add(scale(tip, 1 - i / out), scale(foot, i / out))));
  };
  let sum = 0;
  let before = rayTo(0);
  for (let k = 1; k <= along; k++) {
    const here = rayTo(k);
    for (let i = 0; i < out; i++) {
      sum += triangleMm2(before[i], before[i + 1], here[i + 1]);
      if (i > 0) sum += triangleMm2(before[i], here[i + 1], here[i]);
    }
    before = here;
  }
  return sum;
}

const angle = (a: Vec3, b: Vec3): number => atan2(length(cross(a, b)), dot(a, b));
const triangleMm2 = (a: Vec3, b: Vec3, c: Vec3): number => length(cross(subtract(b, a), subtract(c, a))) / 2;

/** Halvings of the bracket about the nearest point: to 0.1 mm along edges of 30 mm. */
const HALVINGS = 14;
/** By how much the order of straight distances may differ from that over the skin. */
const SAG_MM = 2;
const GOLDEN = 0.6180339887498949;

/** The shortest way (mm) over the skin from a point to an open line of points, and where it meets the line. */
export function distanceToLineMm(map: HeadMap, point: Vec3, line: readonly Vec3[]): { mm: number; at: Vec3 } {
  if (line.length < 2) throw new RangeError('a line has two points at least');
  const from = onSkin(map, point);
  const points = line.map((p) => onSkin(map, p));
  const edges = points.slice(1).map((b, k) => ({ a: points[k], b, apart: apartFrom(from, points[k], b) }));
  const least = Math.min(...edges.map(({ apart }) => apart));
  return edges
    .filter(({ apart }) => apart <= least + SAG_MM)
    .map(({ a, b }) => nearestOn(map, from, a, b))
    .reduce((a, b) => (b.mm < a.mm ? b : a));
}

/** Straight distance of a point from the edge a b. */
function apartFrom(p: Vec3, a: Vec3, b: Vec3): number {
  const along = subtract(b, a);
  const share = clamp(dot(subtract(p, a), along) / Math.max(1e-12, dot(along, along)), 0, 1);
  return distance(p, add(a, scale(along, share)));
}

/** The same to one edge, by golden section. */
function nearestOn(map: HeadMap, from: Vec3, a: Vec3, b: Vec3): { mm: number; at: Vec3 } {
  const on = (share: number): { mm: number; at: Vec3; share: number } => {
    const at = onSkin(map, add(scale(a, 1 - share), scale(b, share)));
    return { mm: geodesicMm(map, from, at), at, share };
  };
  let [low, high] = [0, 1];
  let left = on(1 - GOLDEN);
  let right = on(GOLDEN);
  for (let round = 0; round < HALVINGS; round++) {
    if (left.mm < right.mm) {
      high = right.share;
      right = left;
      left = on(high - GOLDEN * (high - low));
    } else {
      low = left.share;
      left = right;
      right = on(low + GOLDEN * (high - low));
    }
  }
  return left.mm < right.mm ? left : right;
}
