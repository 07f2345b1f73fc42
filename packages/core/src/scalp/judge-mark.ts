/**
 * Whether a mark can be worked with on this head: drawn on the skin, large enough, not crossing itself.
 *
 * Photos and files hold whatever a hand drew; a curve through points that lie together, far from the skin or across
 * themselves has no inside to speak of. Says what is wrong in a few words, and judges nothing else.
 */
import { radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { PI } from '../num/elementary.ts';
import { distance, length } from '../vec/vec3.ts';
import type { Point, ScalpMark } from './scalp-design.ts';
import { flatAboutTop } from './skin-outline.ts';
import type { FlatPoint } from './skin-outline.ts';

/** Points are put on the skin; further away they were meant for something else. */
const MOST_OFF_SKIN_MM = 15;
/** Further apart, the curve between two points is anyone's guess. */
const MOST_APART_MM = 150;
const LEAST_LENGTH_MM = 5;
const LEAST_GIRTH_MM = 9;
const LEAST_STEP_MM = 0.2;
/**
 * An outline holds at least this share of the circle of its girth; less is a line. Nothing has to be worked in a strip to keep
 * clear or to be read.
 */
const LEAST_ROUNDNESS = 0.15;
export const LEAST_OF_NO_WORK = 0.03;
/** Lower than this under the tragions, as y over distance, is neck. */
const LOWEST_SINE = -0.6;

/** What is wrong with the mark; null when nothing is. */
export function faultOfMark(head: HeadMap, mark: ScalpMark): string | null {
  const points = pointsOf(mark);
  const fault = faultOfPoints(head, points, MOST_OFF_SKIN_MM);
  if (fault !== null) return fault;
  if ('lineMm' in mark) return faultOfPath(points, LEAST_LENGTH_MM);
  if (!('outlineMm' in mark)) return null;
  return faultOfOutline(points, mark.kind === 'keep-out-area' ? LEAST_OF_NO_WORK : LEAST_ROUNDNESS);
}

/** What is wrong with where points lie; `mostOffMm` from the skin they are taken for points of it. */
export function faultOfPoints(head: HeadMap, points: readonly Point[], mostOffMm: number): string | null {
  if (points.some((p) => length(p) < 1 || p[1] < LOWEST_SINE * length(p))) return 'a point lies below the scalp';
  return points.some((p) => Math.abs(length(p) - radiusMm(head, ...p)) > mostOffMm) ? 'a point is off the skin' : null;
}

/** What is wrong with the way an outline runs; `leastRound` is the least share of a circle, {@link LEAST_OF_NO_WORK} or more. */
export function faultOfOutline(outline: readonly Point[], leastRound: number): string | null {
  const flat = outline.map(flatAboutTop);
  return (
    faultOfPath([...outline, outline[0]], LEAST_GIRTH_MM) ??
    (crossesItself(flat) ? 'the outline crosses itself' : null) ??
    (roundness(flat) < leastRound ? 'the outline has no inside' : null)
  );
}

function pointsOf(mark: ScalpMark): readonly Point[] {
  if ('lineMm' in mark) return mark.lineMm;
  return 'outlineMm' in mark ? mark.outlineMm : [mark.centreMm];
}

function faultOfPath(points: readonly Point[], leastMm: number): string | null {
  const steps = points.slice(1).map((p, i) => distance(p, points[i]));
  if (steps.some((mm) => mm > MOST_APART_MM))
    return `two points next to each other are more than ${MOST_APART_MM} mm apart`;
  if (steps.reduce((sum, mm) => sum + mm, 0) < leastMm) return 'it is too small to be worked';
  return steps.some((mm) => mm < LEAST_STEP_MM) ? 'two points next to each other are one' : null;
}

/** Area of the outline, laid flat, against that of the circle of the same girth. */
function roundness(points: readonly FlatPoint[]): number {
  let twice = 0;
  let girth = 0;
  points.forEach(([ax, ay], k) => {
    const [bx, by] = points[(k + 1) % points.length];
    twice += ax * by - ay * bx;
    girth += Math.sqrt((bx - ax) * (bx - ax) + (by - ay) * (by - ay));
  });
  return (2 * PI * Math.abs(twice)) / (girth * girth);
}

/** Whether two sides of the polygon that are no neighbours meet. */
function crossesItself(points: readonly FlatPoint[]): boolean {
  const n = points.length;
  const side = ([ax, ay]: FlatPoint, [bx, by]: FlatPoint, [px, py]: FlatPoint): number =>
    Math.sign((bx - ax) * (py - ay) - (by - ay) * (px - ax));
  for (let i = 0; i < n; i++) {
    const [a, b] = [points[i], points[(i + 1) % n]];
    for (let j = i + 2; j < n; j++) {
      if (i === 0 && j === n - 1) continue;
      const [c, d] = [points[j], points[(j + 1) % n]];
      if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return true;
    }
  }
  return false;
}
