/**
 * How far is it over the skin, the shortest way, and what does a taut tape read between two points?
 *
 * A plane section is only near the shortest way: a tape pulled tight slides sideways off a bulge. The way starts as the
 * section through both points and the origin; each of its nodes, 0.03 rad apart, then slides at right angles to that plane
 * until the sum of the chords is least: Newton's method on the tridiagonal system, by rounds of three radii per node. So
 * do two ways that start on either side of it, and the shortest of the three is kept.
 *
 * What a tape reads:
 * - {@link geodesicMm}: a tape that is pressed into every hollow, such as a paper strip smoothed along the skin
 * - {@link tapeMm}: a taut tape, which bridges hollows. The cone of rays over the shortest way is unrolled into a plane,
 *   where the tape is the convex chain. Over the vault of three scanned heads the two differed by under 0.1 %.
 *
 * Points count by their directions: they are put on the skin. Ends farther apart than 150 degrees as seen from the origin
 * are joined over the top, where a plane is not defined or leads under the chin.
 *
 * Promises: within 0.05 % of the shortest way found by search (tested), symmetric to 0.01 %, below 1 ms. Does not do:
 * ways far from the section, such as round the other side of the head.
 */
import { PI, asin, atan2, cos, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cross, dot, length, normalise, scale, subtract } from '../vec/vec3.ts';
import { onSkin, radiusMm } from './head-map.ts';
import type { HeadMap } from './head-map.ts';
import { tautLength } from './tape.ts';

/** Angle between nodes; chords of 3 mm, which fall short by under 0.01 %. */
const STEP_RAD = 0.03;
/** Half the width over which a node feels the slope of the skin (tangent of an angle): about a cell of the map. */
const FEEL = 0.01;
const ROUNDS = 12;
const HALVINGS = 6;
const ENOUGH = 1e-6;
/** Beyond this angle the way leads over the top. */
const FAR_RAD = 2.6;
/** Sideways bulges of the ways tried, as tangents of angles: over a ridge the section itself is the longest way, not the shortest. */
const STARTS = [0, 0.2, -0.2];
const UP: Vec3 = [0, 1, 0];

/** The shortest way over the skin, as points about 3 mm apart, both ends included. */
export function geodesicPath(map: HeadMap, from: Vec3, to: Vec3): Vec3[] {
  const a = normalise(from);
  const b = normalise(to);
  const apart = atan2(length(cross(a, b)), dot(a, b));
  if (apart < 1e-9) return [onSkin(map, a), onSkin(map, b)];
  const inPlane = apart > FAR_RAD && length(cross(a, UP)) > 0.1 ? UP : b;
  const normal = normalise(cross(a, inPlane));
  const ahead = cross(normal, a);
  const turn = atan2(dot(b, ahead), dot(b, a));
  const n = Math.max(2, Math.ceil(turn / STEP_RAD));
  // Node k lies in the direction base + offset * normal.
  const bases: Vec3[] = Array.from({ length: n + 1 }, (_, k) => {
    const [c, s] = [cos((turn * k) / n), sin((turn * k) / n)];
    return [a[0] * c + ahead[0] * s, a[1] * c + ahead[1] * s, a[2] * c + ahead[2] * s];
  });
  const beside = dot(b, normal);
  const end = beside / Math.sqrt(Math.max(1e-12, 1 - beside * beside));
  const at = (k: number, offset: number): Vec3 => {
    const x = bases[k][0] + offset * normal[0];
    const y = bases[k][1] + offset * normal[1];
    const z = bases[k][2] + offset * normal[2];
    const r = radiusMm(map, x, y, z) / Math.sqrt(x * x + y * y + z * z);
    return [x * r, y * r, z * r];
  };
  const ways = STARTS.map((bulge) =>
    shorten(
      at,
      Float64Array.from(bases, (_, k) => (end * k) / n + bulge * sin((PI * k) / n)),
    ),
  );
  return ways.reduce((best, way) => (chordsMm(way) < chordsMm(best) ? way : best));
}

/** Length (mm) of {@link geodesicPath}. */
export const geodesicMm = (map: HeadMap, from: Vec3, to: Vec3): number => chordsMm(geodesicPath(map, from, to));

/** What a taut tape reads (mm) from one point of the skin to the other. */
export function tapeMm(map: HeadMap, from: Vec3, to: Vec3): number {
  const path = geodesicPath(map, from, to);
  let angle = 0;
  const unrolled = path.map((p, k): [number, number] => {
    if (k > 0) angle += 2 * asin(Math.min(1, length(subtract(normalise(p), normalise(path[k - 1]))) / 2));
    const r = length(p);
    return [r * cos(angle), r * sin(angle)];
  });
  return tautLength(unrolled, 1);
}

function chordsMm(path: readonly Vec3[]): number {
  let sum = 0;
  for (let k = 1; k < path.length; k++) sum += length(subtract(path[k], path[k - 1]));
  return sum;
}

/** Slides the inner nodes until the chain is shortest. */
function shorten(at: (k: number, offset: number) => Vec3, start: Float64Array): Vec3[] {
  let offsets = start;
  let path = Array.from(offsets, (offset, k) => at(k, offset));
  let total = chordsMm(path);
  for (let round = 0; round < ROUNDS; round++) {
    const step = newtonStep(at, offsets, path);
    let share = 1;
    let isShorter = false;
    let largest = 0;
    for (let halving = 0; halving < HALVINGS && !isShorter; halving++, share /= 2) {
      const tried = offsets.map((offset, k) => offset + share * step[k]);
      const trial = Array.from(tried, (offset, k) => at(k, offset));
      const sum = chordsMm(trial);
      if (sum >= total) continue;
      isShorter = true;
      largest = step.reduce((most, s) => Math.max(most, Math.abs(share * s)), 0);
      [offsets, path, total] = [tried, trial, sum];
    }
    if (!isShorter || largest < ENOUGH) break;
  }
  return path;
}

/** Steps of the offsets by Newton's method; the ends stay. */
function newtonStep(
  at: (k: number, offset: number) => Vec3,
  offsets: Float64Array,
  path: readonly Vec3[],
): Float64Array {
  const last = path.length - 1;
  const chords = path.slice(1).map((p, k) => subtract(p, path[k]));
  const lengths = chords.map(length);
  const units = chords.map((chord, k) => scale(chord, 1 / lengths[k]));
  const slopes: Vec3[] = [];
  const pull = new Float64Array(last + 1);
  const diagonal = new Float64Array(last + 1);
  /** Between node k and k + 1. */
  const beside = new Float64Array(last + 1);
  for (let k = 1; k < last; k++) {
    const [p, q] = [at(k, offsets[k] + FEEL), at(k, offsets[k] - FEEL)];
    const slope = scale(subtract(p, q), 0.5 / FEEL);
    slopes[k] = slope;
    const turn = subtract(units[k - 1], units[k]);
    pull[k] = -dot(turn, slope);
    const bend = scale(subtract(subtract(p, path[k]), subtract(path[k], q)), 1 / (FEEL * FEEL));
    const own = across(units[k - 1], slope, slope) / lengths[k - 1] + across(units[k], slope, slope) / lengths[k];
    // Where the skin bends so sharply that the chain would not be held, it is held by its chords alone.
    diagonal[k] = Math.max(own + dot(turn, bend), 0.7 * own);
    if (k > 1) beside[k - 1] = -across(units[k - 1], slopes[k - 1], slope) / lengths[k - 1];
  }
  return solveTridiagonal(diagonal, beside, pull, last);
}

/** Product of two vectors across a unit direction. */
const across = (u: Vec3, p: Vec3, q: Vec3): number => dot(p, q) - dot(u, p) * dot(u, q);

function solveTridiagonal(
  diagonal: Float64Array,
  beside: Float64Array,
  right: Float64Array,
  last: number,
): Float64Array {
  const d = Float64Array.from(diagonal);
  const x = Float64Array.from(right);
  for (let k = 2; k < last; k++) {
    const f = beside[k - 1] / d[k - 1];
    d[k] -= f * beside[k - 1];
    x[k] -= f * x[k - 1];
  }
  for (let k = last - 1; k >= 1; k--) x[k] = (x[k] - beside[k] * x[k + 1]) / d[k];
  return x;
}
