/**
 * Pushes pairs of dots apart that are nearer than 0.62 of the hexagonal distance of the denser of the two.
 *
 * Each of a pair gives way by half of what is missing; who moves may come too close to the next, so crowds are pushed
 * several times over. In a round only those pairs count that its start finds within the hexagonal distance. A pass
 * looks only at dots next to one that the last one moved: what becomes of a crowd is decided within it.
 */
import { move } from './crowd.ts';
import type { Crowd } from './crowd.ts';
import { HEX_IN_SPACINGS } from './kernel.ts';
import type { Pairs } from './pair-up.ts';
import { IndexBag } from './index-bag.ts';

/** Pairs closer than this part of the hexagonal distance are pushed apart ... */
const CLOSEST = 0.62;
/** ... to this part, so that later pushes in the same round leave them above `CLOSEST`. */
const PUSHED = 0.645;
const PUSHES_PER_ROUND = 6;

/** Who is near whom: the others of dot `a` stand in `near` from `first[a]` up to `end[a]`, in the order of the crowd. */
export interface NearLists {
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly near: Int32Array;
}

export type Pushed = Pick<Crowd, 'head' | 'keepClear' | 'points' | 'wanted' | 'widestHexMm'>;

/** Bags for as many dots as there are, to work in. */
export class PushRoom {
  /** Stays, as in `IndexBag`. */
  static readonly kept = new PushRoom(0);

  close: IndexBag;
  next: IndexBag;
  readonly stirred: IndexBag;
  readonly moved: IndexBag;

  constructor(count: number) {
    [this.close, this.next] = [new IndexBag(count), new IndexBag(count)];
    [this.stirred, this.moved] = [new IndexBag(count), new IndexBag(count)];
  }
}

/** Pushes a whole crowd apart, until no pair is too close or the rounds are over; false when none was. */
export function pushApart(crowd: Pushed & Pick<Crowd, 'pairs'>, rounds: number): boolean {
  const { points, wanted, pairs } = crowd;
  const { first, other } = pairs;
  const room = new PushRoom(wanted.length);
  for (let a = 0; a < wanted.length; a++) {
    const x = points[3 * a];
    const y = points[3 * a + 1];
    const z = points[3 * a + 2];
    const most = closestOf(crowd, a);
    for (let p = first[a], end = first[a + 1]; p < end; p++) {
      const b = 3 * other[p];
      const dx = x - points[b];
      const dy = y - points[b + 1];
      const dz = z - points[b + 2];
      if (dx * dx + dy * dy + dz * dz >= most * most || !isTooClose(crowd, a, other[p])) continue;
      room.close.add(a);
      room.close.add(other[p]);
    }
  }
  if (room.close.size === 0) return false;
  pushCrowds(crowd, nearListsOf(pairs), rounds, points.slice(), new Float64Array(points.length), room);
  return true;
}

/**
 * Pushes apart what is too close, starting from `room.close`, the dots of such pairs; leaves every dot that was moved in
 * `room.moved`. `start` holds the points as they are, `force` nothing.
 */
export function pushCrowds(
  dots: Pushed,
  lists: NearLists,
  rounds: number,
  start: Float64Array,
  force: Float64Array,
  room: PushRoom,
): void {
  const { points } = dots;
  const { stirred, moved } = room;
  moved.empty();
  for (let round = 0; round < rounds && room.close.size > 0; round++) {
    stirred.empty();
    for (let n = 0; n < PUSHES_PER_ROUND && room.close.size > 0; n++) {
      const close = room.close.all;
      for (const a of close) feelPairs(dots, lists, a, start, force);
      for (const a of close) {
        move(dots, a, force, 1);
        force[3 * a] = 0;
        force[3 * a + 1] = 0;
        force[3 * a + 2] = 0;
        stirred.add(a);
      }
      addClose(dots, lists, close, start, room.next.empty());
      [room.close, room.next] = [room.next, room.close];
    }
    for (const a of stirred.all) {
      for (let q = 3 * a; q < 3 * a + 3; q++) start[q] = points[q];
      moved.add(a);
    }
    addClose(dots, lists, stirred.all, points, room.close.empty());
  }
}

/** Adds the dots of those pairs with one of `from` that are too close, and were within the hexagonal distance at `start`. */
export function addClose(dots: Pushed, lists: NearLists, from: Int32Array, start: Float64Array, to: IndexBag): void {
  const { first, end, near } = lists;
  const { points } = dots;
  for (let k = 0; k < from.length; k++) {
    const a = from[k];
    const most = closestOf(dots, a);
    for (let n = first[a], last = end[a]; n < last; n++) {
      if (squaredDistance(points, a, near[n]) >= most * most) continue;
      if (!isTooClose(dots, a, near[n]) || !isWithinHex(dots, a, near[n], start)) continue;
      to.add(a);
      to.add(near[n]);
    }
  }
}

/** Adds to the force on `a` half of what its distance from each that is too close is short of. */
function feelPairs(dots: Pushed, lists: NearLists, a: number, start: Float64Array, force: Float64Array): void {
  const { points } = dots;
  const { first, end, near } = lists;
  const most = closestOf(dots, a);
  for (let n = first[a], last = end[a]; n < last; n++) {
    const b = near[n];
    if (squaredDistance(points, a, b) >= most * most) continue;
    if (!isTooClose(dots, a, b) || !isWithinHex(dots, a, b, start)) continue;
    const d = Math.sqrt(squaredDistance(points, a, b));
    const k = (0.5 * (PUSHED * hexMm(dots, a, b) - d)) / d;
    force[3 * a] += k * (points[3 * a] - points[3 * b]);
    force[3 * a + 1] += k * (points[3 * a + 1] - points[3 * b + 1]);
    force[3 * a + 2] += k * (points[3 * a + 2] - points[3 * b + 2]);
  }
}

function isTooClose(dots: Pushed, a: number, b: number): boolean {
  const closest = CLOSEST * hexMm(dots, a, b);
  const d2 = squaredDistance(dots.points, a, b);
  return d2 < closest * closest && d2 !== 0;
}

function isWithinHex(dots: Pushed, a: number, b: number, start: Float64Array): boolean {
  const hex = hexMm(dots, a, b);
  return squaredDistance(start, a, b) < hex * hex;
}

/** No pair of `a` is too close beyond its own wish, mm. */
const closestOf = ({ wanted, widestHexMm }: Pushed, a: number): number =>
  CLOSEST * Math.min(widestHexMm, HEX_IN_SPACINGS * wanted[a]);

/** The smaller spacing of the two counts: in a fringe the sparse side must not shove the dense one about. */
const hexMm = ({ wanted, widestHexMm }: Pushed, a: number, b: number): number =>
  Math.min(widestHexMm, HEX_IN_SPACINGS * Math.min(wanted[a], wanted[b]));

function squaredDistance(points: Float64Array, a: number, b: number): number {
  const dx = points[3 * a] - points[3 * b];
  const dy = points[3 * a + 1] - points[3 * b + 1];
  const dz = points[3 * a + 2] - points[3 * b + 2];
  return dx * dx + dy * dy + dz * dz;
}

/** The others of all pairs of each dot, ascending. */
function nearListsOf({ first, other }: Pairs): NearLists {
  const count = first.length - 1;
  const start = new Int32Array(count + 1);
  for (let p = 0; p < first[count]; p++) start[other[p] + 1]++;
  for (let a = 0; a < count; a++) start[a + 1] += start[a] + first[a + 1] - first[a];
  const next = start.slice();
  const near = new Int32Array(2 * first[count]);
  // By ascending `a`, a dot gets its earlier ones before its own turn comes, and then its later ones.
  for (let a = 0; a < count; a++) {
    let n = next[a];
    for (let p = first[a], end = first[a + 1]; p < end; p++) {
      near[next[other[p]]++] = a;
      near[n++] = other[p];
    }
  }
  return { first: start, end: start.subarray(1), near };
}
