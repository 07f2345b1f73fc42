/**
 * Whom each dot feels, and what one dot feels of them: the sums that `crowd.ts` takes over all pairs at once, for a single
 * dot, in the same order and so with the same bits.
 */
import { SLACK, WIDEST_MM } from './even-out.ts';
import { IndexBag } from './index-bag.ts';
import { WITHIN_REACH, kernelScale, reachMm, reachSquared, softKernel } from './kernel.ts';
import type { SecondWay } from './layout-style.ts';
import type { SecondGround } from './place-reserve.ts';
import { BALL, MOST_NEAR, mayReach } from './point-cells.ts';
import type { NearLists } from './push-apart.ts';

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
  // Room to work in: cells, and the dots about one of them.
  readonly #cells: IndexBag;
  readonly #cellsNear = new Int32Array(MOST_NEAR);
  readonly #about: {
    readonly slot: Int32Array;
    readonly xyz: Float64Array;
    readonly spacing: Float32Array;
    readonly within: Int32Array;
  };
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
    this.#cells = new IndexBag(ground.cells.count);
    this.#about = {
      slot: new Int32Array(count + 1),
      xyz: new Float64Array(3 * count + 3),
      spacing: new Float32Array(count + 1),
      within: new Int32Array(count + 1),
    };
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

  /** Finds the neighbours of these dots anew; those of one cell look through the same dots. */
  find(slots: IndexBag): void {
    const cells = this.#cells.empty();
    for (const slot of slots.all) cells.add(this.cellOf(slot));
    for (const cell of cells.all) {
      const row = this.#dotsIn[cell]!;
      const count = this.#gatherAbout(cell, row);
      for (let r = 0; r < row.length; r++) if (slots.has(row[r])) this.#pick(row[r], count);
    }
  }

  /** Gathers the dots that those of a cell may feel; answers how many. */
  #gatherAbout(cell: number, row: readonly number[]): number {
    const start = this.#start;
    const wanted = this.#wanted;
    const { slot, xyz, spacing } = this.#about;
    let widest = 0;
    for (let r = 0; r < row.length; r++) if (wanted[row[r]] > widest) widest = wanted[row[r]];
    const reach = SLACK * reachMm(Math.min(WIDEST_MM, widest), WIDEST_MM);
    const o = BALL * cell;
    const bx = this.#ball[o];
    const by = this.#ball[o + 1];
    const bz = this.#ball[o + 2];
    const most = (this.#ball[o + 3] + reach) * (this.#ball[o + 3] + reach);
    const nearby = this.#ground.cellsAbout(cell, this.#cellsNear);
    let n = 0;
    for (let k = 0; k < nearby; k++) {
      const others = this.#dotsIn[this.#cellsNear[k]];
      if (!others || !mayReach(this.#ball, cell, this.#cellsNear[k], reach)) continue;
      for (let r = 0; r < others.length; r++) {
        const other = others[r];
        const x = start[3 * other];
        const y = start[3 * other + 1];
        const z = start[3 * other + 2];
        slot[n] = other;
        xyz[3 * n] = x;
        xyz[3 * n + 1] = y;
        xyz[3 * n + 2] = z;
        spacing[n] = wanted[other] < WIDEST_MM ? wanted[other] : WIDEST_MM;
        // Counting up by the comparison spares the processor a branch that it would guess wrong a third of the time.
        n += Number((x - bx) * (x - bx) + (y - by) * (y - by) + (z - bz) * (z - bz) < most);
      }
    }
    return n;
  }

  /** Picks the neighbours of a dot out of the first `count` gathered. */
  #pick(slot: number, count: number): void {
    const { slot: others, xyz, spacing, within } = this.#about;
    const x = this.#start[3 * slot];
    const y = this.#start[3 * slot + 1];
    const z = this.#start[3 * slot + 2];
    const own = Math.min(WIDEST_MM, this.#wanted[slot]);
    const most = SLACK * SLACK * reachSquared(own, WIDEST_MM);
    let few = 0;
    for (let k = 0, q = 0; k < count; k++, q += 3) {
      const dx = xyz[q] - x;
      const dy = xyz[q + 1] - y;
      const dz = xyz[q + 2] - z;
      within[few] = k;
      few += Number(dx * dx + dy * dy + dz * dz < most);
    }
    if (few > this.#room[slot]) this.#makeRoom(slot, few);
    let n = this.first[slot];
    for (let f = 0; f < few; f++) {
      const k = within[f];
      const dx = xyz[3 * k] - x;
      const dy = xyz[3 * k + 1] - y;
      const dz = xyz[3 * k + 2] - z;
      if (dx * dx + dy * dy + dz * dz >= SLACK * SLACK * reachSquared(own, spacing[k]) || others[k] === slot) continue;
      this.near[n] = others[k];
      this.#scale[n++] = kernelScale(own, spacing[k]);
    }
    this.end[slot] = n;
  }

  /** Makes room for `n` neighbours of a dot and some more; what was there is lost. */
  #makeRoom(slot: number, n: number): void {
    const room = n + FEW;
    if (this.#used + room > this.near.length) {
      const length = 2 * this.near.length + room;
      this.near = grown(this.near, new Int32Array(length));
      this.#scale = grown(this.#scale, new Float32Array(length));
    }
    this.first[slot] = this.#used;
    this.#room[slot] = room;
    this.#used += room;
  }

  /** Writes the force on dot `a`, less the push that is expected anyway, into `force`; its partner, or -1, is not felt. */
  forceOn(a: number, partner: number, points: Float64Array, push: Float64Array, force: Float64Array): void {
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
      if (t >= WITHIN_REACH || near[n] === partner) continue;
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
/** Neighbours that may come to those that were within reach of the widest. */
const FEW = 8;

function grown<T extends Int32Array | Float32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
