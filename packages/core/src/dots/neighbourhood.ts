/**
 * Whom each dot feels, and what one dot feels of them: the sums that `crowd.ts` takes over all pairs at once, for a single
 * dot, in the same order and so with the same bits.
 */
import { SLACK, WIDEST_MM } from './even-out.ts';
import { WITHIN_REACH, kernelScale, reachMm, reachSquared, softKernel } from './kernel.ts';
import type { SecondWay } from './layout-style.ts';
import type { SecondGround } from './place-reserve.ts';
import { BALL, MOST_NEAR, isNearBall } from './point-cells.ts';
import type { NearLists } from './push-apart.ts';
import type { IndexBag } from './index-bag.ts';

/** Dots that come and go, by slot, with their neighbours where they start. */
export class Neighbourhood implements NearLists {
  readonly #ground: SecondGround;
  readonly #seatOf: Int32Array;
  /** Where dots start, x, y, z per slot. */
  readonly #start: Float64Array;
  readonly #wanted: Float32Array;
  readonly #kernel: Float64Array;
  /** Slots of the dots in each cell of seats, in the order of their seats; and a ball about the seats and wherever any of them started. */
  readonly #dotsIn: (number[] | undefined)[];
  readonly #ball: Float64Array;
  readonly #cellsNear = new Int32Array(MOST_NEAR);
  /** The neighbours of a dot begin at `first`, in the order of cell and seat; there is room for so many. */
  readonly first: Int32Array;
  readonly end: Int32Array;
  readonly #room: Int32Array;
  #used = 0;
  near = new Int32Array(0);
  /** Kernel table places per mm2 to each neighbour. */
  #scale = new Float32Array(0);

  /** Seat, `start` and `wanted` (spacing, mm) of a slot are read whenever it is entered or asked for. */
  constructor(
    ground: SecondGround,
    seatOf: Int32Array,
    start: Float64Array,
    wanted: Float32Array,
    { firmness }: SecondWay,
  ) {
    const { count } = ground.reserve;
    this.#ground = ground;
    this.#seatOf = seatOf;
    this.#start = start;
    this.#wanted = wanted;
    this.#kernel = softKernel(firmness);
    this.#dotsIn = Array.from({ length: ground.cells.count });
    this.#ball = ground.cells.ball.slice();
    this.first = new Int32Array(count);
    this.#room = new Int32Array(count);
    this.end = new Int32Array(count);
  }

  cellOf(slot: number): number {
    return this.#ground.cellOf[this.#seatOf[slot]];
  }

  /** The dots in a cell of seats. */
  dotsIn(cell: number): readonly number[] {
    return this.#dotsIn[cell] ?? NONE;
  }

  enter(slot: number): void {
    const cell = this.cellOf(slot);
    const row = (this.#dotsIn[cell] ??= []);
    const [o, q] = [BALL * cell, 3 * slot];
    const dx = this.#start[q] - this.#ball[o];
    const dy = this.#start[q + 1] - this.#ball[o + 1];
    const dz = this.#start[q + 2] - this.#ball[o + 2];
    this.#ball[o + 3] = Math.max(this.#ball[o + 3], Math.sqrt(dx * dx + dy * dy + dz * dz));
    const seat = this.#seatOf[slot];
    let k = row.length;
    row.push(slot);
    for (; k > 0 && this.#seatOf[row[k - 1]] > seat; k--) row[k] = row[k - 1];
    row[k] = slot;
  }

  /** Takes a dot out of its cell; its neighbours stay listed. */
  leave(slot: number): void {
    const row = this.#dotsIn[this.cellOf(slot)]!;
    row.splice(row.indexOf(slot), 1);
  }

  /** Adds the neighbours of a dot to a bag. */
  gather(slot: number, into: IndexBag): void {
    for (let n = this.first[slot], end = this.end[slot]; n < end; n++) into.add(this.near[n]);
  }

  /** Finds the neighbours of a dot anew. */
  find(slot: number): void {
    const start = this.#start;
    const wanted = this.#wanted;
    const x = start[3 * slot];
    const y = start[3 * slot + 1];
    const z = start[3 * slot + 2];
    const own = Math.min(WIDEST_MM, wanted[slot]);
    const reach = SLACK * reachMm(own, WIDEST_MM);
    const most = reach * reach;
    const nearby = this.#ground.cellsAbout(this.cellOf(slot), this.#cellsNear);
    let n = 0;
    for (let k = 0; k < nearby; k++) {
      const cell = this.#cellsNear[k];
      const row = this.#dotsIn[cell];
      if (!row || !isNearBall(this.#ball, cell, x, y, z, reach)) continue;
      for (let r = 0; r < row.length; r++) {
        const other = row[r];
        const dx = start[3 * other] - x;
        const dy = start[3 * other + 1] - y;
        const dz = start[3 * other + 2] - z;
        const d2 = dx * dx + dy * dy + dz * dz;
        if (d2 >= most || other === slot) continue;
        const theirs = Math.min(WIDEST_MM, wanted[other]);
        if (d2 >= SLACK * SLACK * reachSquared(own, theirs)) continue;
        if (n === this.#room[slot]) this.#makeRoom(slot, n);
        this.near[this.first[slot] + n] = other;
        this.#scale[this.first[slot] + n++] = kernelScale(own, theirs);
      }
    }
    this.end[slot] = this.first[slot] + n;
  }

  /** Moves the `n` neighbours of a dot to where there is room for more. */
  #makeRoom(slot: number, n: number): void {
    const room = 2 * n + FEW;
    if (this.#used + room > this.near.length) {
      const length = 2 * this.near.length + room;
      this.near = grown(this.near, new Int32Array(length));
      this.#scale = grown(this.#scale, new Float32Array(length));
    }
    const from = this.first[slot];
    this.near.copyWithin(this.#used, from, from + n);
    this.#scale.copyWithin(this.#used, from, from + n);
    this.first[slot] = this.#used;
    this.#room[slot] = room;
    this.#used += room;
  }

  /** Writes the force on dot `a`, less the push that is expected anyway, into `force`. */
  forceOn(a: number, points: Float64Array, push: Float64Array, force: Float64Array): void {
    const near = this.near;
    const scale = this.#scale;
    const kernel = this.#kernel;
    const q = 3 * a;
    const x = points[q];
    const y = points[q + 1];
    const z = points[q + 2];
    let fx = -push[q];
    let fy = -push[q + 1];
    let fz = -push[q + 2];
    for (let n = this.first[a], end = this.end[a]; n < end; n++) {
      const b = 3 * near[n];
      const dx = x - points[b];
      const dy = y - points[b + 1];
      const dz = z - points[b + 2];
      const t = (dx * dx + dy * dy + dz * dz) * scale[n];
      if (t >= WITHIN_REACH) continue;
      const w = kernel[t | 0];
      fx += w * dx;
      fy += w * dy;
      fz += w * dz;
    }
    force[q] = fx;
    force[q + 1] = fy;
    force[q + 2] = fz;
  }
}

const NONE: readonly number[] = [];
/** Room for the neighbours of an even pattern. */
const FEW = 22;

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
