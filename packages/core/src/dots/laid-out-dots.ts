/**
 * The dots of a plan while it is edited: after each change only what it reaches is computed anew.
 *
 * Keeps every dot's place after each step of the second way of evening out (even-out.ts). A changed field is asked again
 * where it may have changed; what comes out different there goes through choosing, pairs and steps, and at each step on
 * to the neighbours of what differs, until nothing does. Whatever is not touched keeps its bits, and what is touched
 * comes to the bits that `layOutOn` gives from nothing: every sum runs over the same dots in the same order.
 *
 * In: the reserve on a head, a design's field. Out: dots, and after an edit which of them are new, moved or gone. A drag
 * of half a millimetre costs milliseconds; the first state costs about three layouts, and so does an edit that changes the whole head.
 * Does not know what an edit changed in the field: the caller says where it may have.
 */
import { hashNormal, hash32 } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import { newScalpSamples } from '../scalp/scalp-field.ts';
import type { KeepClear, ScalpField, ScalpSamples } from '../scalp/scalp-field.ts';
import { cellOf } from './cell-grid.ts';
import { chooseDots, checkShares, edgeShare, patchCounts, scorePatch, settlePatch } from './choose-dots.ts';
import type { Choice } from './choose-dots.ts';
import { STEP, among, isTooClose, move, pushCrowds, turnIntoEddy } from './crowd.ts';
import type { Movable } from './crowd.ts';
import { dotsInSeats, shownSeats } from './dots-in-seats.ts';
import type { Dots } from './dots.ts';
import { HELD_SLOPE, PUSH_ROUNDS, SLACK, WIDEST_HEX_MM, WIDEST_MM } from './even-out.ts';
import { fillCell, pushAt, pushMesh, unevenCells } from './expected-push.ts';
import type { PushMesh } from './expected-push.ts';
import { forceOn, swirlOn } from './feel-neighbours.ts';
import { reachSquared } from './kernel.ts';
import { LAYOUT_2 } from './layout-style.ts';
import type { LayoutStyle } from './layout-style.ts';
import { BOX, squaredDistanceToBox } from './occupied-cells.ts';
import { PATCHES } from './place-reserve.ts';
import type { PlacedReserve } from './place-reserve.ts';
import { SeatBag } from './seat-bag.ts';
import { mobilityAt, startAt } from './start-dots.ts';

/** A ball (mm, head frame) within which a field may differ from the one before it. */
export type Touched = KeepClear;

/** What an edit did, by reserve number, ascending. */
export interface LayoutChange {
  readonly gone: Uint32Array;
  /** New dots, and those whose place or details differ. */
  readonly changed: Dots;
}

export class LaidOutDots {
  readonly #ground: PlacedReserve;
  readonly #density: DensityDesign;
  readonly #seed: number;
  readonly #style: LayoutStyle;
  readonly #samples: ScalpSamples;
  readonly #choice: Choice;
  readonly #mesh: PushMesh;
  #keepClear: readonly KeepClear[];
  #counts: Int32Array;

  // All by seat; what a seat without a dot holds means nothing.
  readonly #shown: Uint8Array;
  readonly #wanted: Float32Array;
  readonly #mobility: Float32Array;
  readonly #push: Float64Array;
  /** Places at the start, after roughening, after each descent, and at last after pushing apart. */
  readonly #places: readonly Float64Array[];
  /** Dots that pushing apart has moved. */
  readonly #pushed: Uint8Array;
  /** Whom a dot feels, in the order of the cell each starts in and its id. */
  readonly #near: (readonly number[])[];
  /** Seats of the dots that start in each cell of the frame, in the order of their ids. */
  readonly #startIn: (number[] | undefined)[];

  // Room to work in.
  readonly #within: Int32Array;
  readonly #cellsNear = new Int32Array(27);
  readonly #force: Float64Array;
  readonly #dirty: SeatBag;
  readonly #moved: readonly [SeatBag, SeatBag];
  readonly #here: Float64Array;
  /** Where the dots are, for pushing apart. */
  readonly #start: Float64Array;

  /** `style` of the second method; `density` must be the one of the field's design. */
  constructor(
    ground: PlacedReserve,
    field: ScalpField,
    density: DensityDesign,
    seed: number,
    style: LayoutStyle = LAYOUT_2,
  ) {
    if (style.method !== 2) throw new RangeError('only the second way of laying out can be edited');
    checkShares(density.sessionShares);
    const { count } = ground.reserve;
    this.#ground = ground;
    this.#density = density;
    this.#seed = seed;
    this.#style = style;
    this.#keepClear = field.keepClear ?? [];
    this.#samples = newScalpSamples(count);
    field.sample(ground.xyzMm, count, this.#samples);
    this.#choice = chooseDots(ground, this.#samples, field.zones.length, seed);
    this.#counts = patchCounts(this.#choice);
    this.#mesh = pushMesh(ground, this.#choice.chance, this.#samples.densityPerCm2, HELD_SLOPE);
    this.#shown = new Uint8Array(count);
    this.#wanted = new Float32Array(count);
    this.#mobility = new Float32Array(count);
    this.#push = new Float64Array(3 * count);
    this.#places = Array.from({ length: style.iterations + 3 }, () => new Float64Array(3 * count));
    this.#pushed = new Uint8Array(count);
    this.#near = Array.from({ length: count }, () => NOBODY);
    this.#startIn = Array.from({ length: ground.grid.start.length - 1 });
    this.#within = new Int32Array(count + 1);
    this.#force = new Float64Array(3 * count);
    this.#dirty = new SeatBag(count);
    this.#moved = [new SeatBag(count), new SeatBag(count)];
    this.#here = new Float64Array(3 * count);
    this.#start = new Float64Array(3 * count);
    const seats = shownSeats(ground, this.#choice);
    this.#settle(new Set(seats), new Set(seats));
  }

  /** All dots as they are. */
  dots(): Dots {
    const seats = shownSeats(this.#ground, this.#choice);
    return this.#dotsIn(seats);
  }

  /**
   * Goes over to another field of as many zones: the same design but for what lies within `touched`. Throws RangeError as
   * `layOutOn` does, and is then of no more use.
   */
  update(field: ScalpField, touched: readonly Touched[]): LayoutChange {
    if (field.zones.length !== this.#choice.zones) throw new RangeError('the field has other zones');
    const asked = this.#askAgain(field, this.#seatsWithin(touched));
    const differing = this.#chooseAgain(asked);
    for (const seat of this.#seatsWithin(this.#clearAgain(field.keepClear ?? []))) {
      if (this.#shown[seat] || this.#choice.score[seat] < 1) differing.add(seat);
    }
    const was = this.#shown.slice();
    const moved = this.#settle(differing, asked);
    const gone: number[] = [];
    const changed = new Set<number>();
    for (const seat of differing) if (was[seat] && !this.#shown[seat]) gone.push(this.#ground.grid.order[seat]);
    for (const seats of [moved, asked, differing]) for (const seat of seats) if (this.#shown[seat]) changed.add(seat);
    const { order } = this.#ground.grid;
    const inOrder = Int32Array.from(changed).sort((a, b) => order[a] - order[b]);
    return { gone: Uint32Array.from(gone).sort(), changed: this.#dotsIn(inOrder) };
  }

  #dotsIn(seats: Int32Array): Dots {
    const places = this.#places[this.#places.length - 1];
    const xyzMm = new Float64Array(3 * seats.length);
    for (let k = 0; k < seats.length; k++) {
      for (let c = 0; c < 3; c++) xyzMm[3 * k + c] = places[3 * seats[k] + c];
    }
    return dotsInSeats(this.#ground, this.#choice, seats, this.#samples, xyzMm, this.#density, this.#seed);
  }

  /** Keeps these places clear from now on; answers where dots may be on their way into one that was not, or was. */
  #clearAgain(keepClear: readonly KeepClear[]): readonly Touched[] {
    const before = this.#keepClear;
    this.#keepClear = keepClear;
    const isIn = (places: readonly KeepClear[], { centreMm: [x, y, z], radiusMm }: KeepClear): boolean =>
      places.some((p) => p.centreMm[0] === x && p.centreMm[1] === y && p.centreMm[2] === z && p.radiusMm === radiusMm);
    return [...before.filter((p) => !isIn(keepClear, p)), ...keepClear.filter((p) => !isIn(before, p))].map(
      ({ centreMm, radiusMm }) => ({ centreMm, radiusMm: radiusMm + FURTHEST_WAY_MM }),
    );
  }

  #seatsWithin(touched: readonly Touched[]): Int32Array {
    const { cells } = this.#ground;
    const seats: number[] = [];
    for (let cell = 0; cell < cells.count; cell++) {
      const isTouched = touched.some(
        ({ centreMm: [x, y, z], radiusMm }) =>
          squaredDistanceToBox(cells.box, cell * BOX, x, y, z) <= radiusMm * radiusMm,
      );
      if (isTouched) for (let seat = cells.start[cell]; seat < cells.start[cell + 1]; seat++) seats.push(seat);
    }
    return Int32Array.from(seats);
  }

  /** Samples these seats; answers those where something differs. */
  #askAgain(field: ScalpField, seats: Int32Array): Set<number> {
    const xyzMm = new Float64Array(3 * seats.length);
    for (let k = 0; k < seats.length; k++) {
      for (let c = 0; c < 3; c++) xyzMm[3 * k + c] = this.#ground.xyzMm[3 * seats[k] + c];
    }
    const fresh = newScalpSamples(seats.length);
    field.sample(xyzMm, seats.length, fresh);
    const differing = new Set<number>();
    for (const table of ['densityPerCm2', 'coverage', 'zoneIndex', 'edgeMm', 'strength'] as const) {
      const [own, other] = [this.#samples[table], fresh[table]];
      for (let k = 0; k < seats.length; k++) {
        if (own[seats[k]] === other[k]) continue;
        own[seats[k]] = other[k];
        differing.add(seats[k]);
      }
    }
    return differing;
  }

  /** Chooses anew in the patches of `asked`; answers the seats whose dot comes, goes or starts otherwise. */
  #chooseAgain(asked: ReadonlySet<number>): Set<number> {
    const ground = this.#ground;
    const patches = new Set<number>();
    for (const seat of asked) patches.add(ground.patch[seat]);
    for (const patch of patches) scorePatch(this.#choice, ground, this.#samples, patch);
    const counts = patchCounts(this.#choice);
    for (let g = 0; g < counts.length; g++) {
      const patch = g % PATCHES;
      if (counts[g] === this.#counts[g] || patches.has(patch)) continue;
      patches.add(patch);
      scorePatch(this.#choice, ground, this.#samples, patch);
    }
    this.#counts = counts;
    const differing = new Set<number>();
    for (const patch of patches) {
      settlePatch(this.#choice, ground, this.#samples, counts, patch);
      for (let k = ground.patchStart[patch]; k < ground.patchStart[patch + 1]; k++) {
        const seat = ground.patchSeats[k];
        const isShown = this.#choice.score[seat] < 1;
        if (isShown !== this.#shown[seat] > 0 || (isShown && asked.has(seat))) differing.add(seat);
      }
    }
    return differing;
  }

  /** Brings everything up to date after these dots and fields changed; answers the dots that end elsewhere. */
  #settle(differing: ReadonlySet<number>, asked: ReadonlySet<number>): Set<number> {
    const paired = this.#startAgain(differing);
    const unsettled = new Set([...paired, ...this.#feelPush(asked, differing)]);
    let moved: Iterable<number> = differing;
    for (let step = 1; step < this.#places.length - 1; step++) {
      moved = this.#step(step, unsettled, moved, this.#moved[step % 2]);
    }
    return this.#pushApart(new Set([...moved, ...paired]));
  }

  /** Starts these dots, or takes them away; answers the dots whose neighbours differ. */
  #startAgain(differing: ReadonlySet<number>): Set<number> {
    const { frame, order } = this.#ground.grid;
    const start = this.#places[0];
    const salt = hash32(this.#seed, 13);
    const paired = new Set<number>();
    const entered = new Set<number>();
    const cellAt = (seat: number): number => cellOf(frame, start[3 * seat], start[3 * seat + 1], start[3 * seat + 2]);
    for (const seat of differing) {
      if (this.#shown[seat]) {
        const row = this.#startIn[cellAt(seat)]!;
        row.splice(row.indexOf(seat), 1);
        for (const other of this.#near[seat]) paired.add(other);
        this.#near[seat] = NOBODY;
      }
      this.#shown[seat] = this.#choice.score[seat] < 1 ? 1 : 0;
      if (!this.#shown[seat]) continue;
      const edge = edgeShare(this.#samples.edgeMm[seat]);
      this.#wanted[seat] = 10 / Math.sqrt(this.#samples.densityPerCm2[seat]);
      this.#mobility[seat] = mobilityAt(edge);
      startAt(this.#ground, seat, edge, this.#keepClear, salt, start, 3 * seat);
      const cell = cellAt(seat);
      (this.#startIn[cell] ??= []).push(seat);
      entered.add(cell);
    }
    for (const cell of entered) this.#startIn[cell]!.sort((a, b) => order[a] - order[b]);
    for (const seat of differing) {
      if (!this.#shown[seat]) continue;
      paired.add(seat);
      this.#near[seat] = this.#findNear(seat);
      for (const other of this.#near[seat]) paired.add(other);
    }
    for (const seat of paired) {
      if (!this.#shown[seat]) paired.delete(seat);
      else if (!differing.has(seat)) this.#near[seat] = this.#findNear(seat);
    }
    return paired;
  }

  #findNear(seat: number): number[] {
    const { grid, cells } = this.#ground;
    const start = this.#places[0];
    const x = start[3 * seat];
    const y = start[3 * seat + 1];
    const z = start[3 * seat + 2];
    const own = Math.min(WIDEST_MM, this.#wanted[seat]);
    const middle = cellOf(grid.frame, x, y, z);
    const found: number[] = [];
    for (let k = 0; k < 27; k++) {
      const row = this.#startIn[k === 13 ? middle : middle + cells.around[k < 13 ? k : k - 1]];
      if (!row) continue;
      for (let n = 0; n < row.length; n++) {
        const other = row[n];
        if (other === seat) continue;
        const dx = start[3 * other] - x;
        const dy = start[3 * other + 1] - y;
        const dz = start[3 * other + 2] - z;
        const reach2 = SLACK * SLACK * reachSquared(own, Math.min(WIDEST_MM, this.#wanted[other]));
        if (dx * dx + dy * dy + dz * dz < reach2) found.push(other);
      }
    }
    return found;
  }

  /** Reads the push anew about seats that were asked again; answers the dots whose push differs. */
  #feelPush(asked: ReadonlySet<number>, differing: ReadonlySet<number>): Set<number> {
    const { cells, grid } = this.#ground;
    const places = new Set<number>();
    const filled = new Set<number>();
    for (const seat of asked) filled.add(this.#cellOfSeat(seat));
    for (const cell of filled) {
      fillCell(this.#mesh, this.#choice.chance, this.#samples.densityPerCm2, cell);
      places.add(cells.cell[cell]);
      for (const step of cells.around) places.add(cells.cell[cell] + step);
    }
    const start = this.#places[0];
    const suspects = new Set(differing);
    for (const place of places) for (const seat of this.#startIn[place] ?? []) suspects.add(seat);
    const differ = new Set<number>();
    let place = -1;
    let nearby = 0;
    for (const seat of suspects) {
      if (!this.#shown[seat]) continue;
      const q = 3 * seat;
      const at = cellOf(grid.frame, start[q], start[q + 1], start[q + 2]);
      if (at !== place) {
        place = at;
        nearby = unevenCells(this.#mesh, place, this.#cellsNear);
      }
      const [x, y, z] = [this.#push[q], this.#push[q + 1], this.#push[q + 2]];
      if (nearby > 0) {
        pushAt(this.#mesh, this.#cellsNear, nearby, start, this.#wanted[seat], seat, this.#within, this.#push);
      } else this.#push.fill(0, q, q + 3);
      if (this.#push[q] !== x || this.#push[q + 1] !== y || this.#push[q + 2] !== z) differ.add(seat);
    }
    return differ;
  }

  #cellOfSeat(seat: number): number {
    const { cells, grid, xyzMm } = this.#ground;
    return cells.at[cellOf(grid.frame, xyzMm[3 * seat], xyzMm[3 * seat + 1], xyzMm[3 * seat + 2])];
  }

  #movable(points: Float64Array): Movable {
    const [head, keepClear, wanted] = [this.#ground.head, this.#keepClear, this.#wanted];
    return { head, keepClear, points, wanted, widestHexMm: WIDEST_HEX_MM };
  }

  /** Takes step `step` again for `unsettled` dots and for those next to one that moved; answers which end elsewhere. */
  #step(step: number, unsettled: ReadonlySet<number>, moved: Iterable<number>, differ: SeatBag): SeatBag {
    const from = this.#places[step - 1];
    const to = this.#places[step];
    const dirty = this.#dirty.empty();
    for (const seat of unsettled) dirty.add(seat);
    for (const seat of moved) {
      if (!this.#shown[seat]) continue;
      dirty.add(seat);
      const near = this.#near[seat];
      for (let n = 0; n < near.length; n++) dirty.add(near[n]);
    }
    differ.empty();
    const points = this.#here;
    const force = this.#force;
    const { roughness } = this.#style;
    const { order } = this.#ground.grid;
    const salt = hash32(this.#seed, 14);
    const valueOf = (other: number): number => hashNormal(order[other], salt);
    const here = this.#movable(points);
    const seats = dirty.seats;
    for (let n = 0; n < seats.length; n++) {
      const seat = seats[n];
      const q = 3 * seat;
      points[q] = from[q];
      points[q + 1] = from[q + 1];
      points[q + 2] = from[q + 2];
      if (step > 1) {
        forceOn(seat, this.#near[seat], from, this.#wanted, this.#push, force);
        move(here, seat, force, STEP * this.#mobility[seat]);
      } else if (roughness > 0) {
        swirlOn(seat, this.#near[seat], from, this.#wanted, valueOf, force);
        turnIntoEddy(from, force, q, roughness);
        move(here, seat, force, this.#mobility[seat]);
      }
      force.fill(0, q, q + 3);
      if (points[q] === to[q] && points[q + 1] === to[q + 1] && points[q + 2] === to[q + 2]) continue;
      to[q] = points[q];
      to[q + 1] = points[q + 1];
      to[q + 2] = points[q + 2];
      differ.add(seat);
    }
    return differ;
  }

  /** Pushes crowds apart anew wherever these dots may have a part in one; answers the dots that end elsewhere. */
  #pushApart(dirty: ReadonlySet<number>): Set<number> {
    const before = this.#places[this.#places.length - 2];
    const last = this.#places[this.#places.length - 1];
    const dots = this.#movable(last);
    const near = (seat: number, visit: (other: number) => unknown): void => this.#near[seat].forEach(visit);
    /** Where each dot of these crowds ended so far. */
    const ended = new Map<number, readonly number[]>();
    const open: number[] = [];
    const take = (seat: number, places: Float64Array): void => {
      if (ended.has(seat) || !this.#shown[seat]) return;
      ended.set(seat, [places[3 * seat], places[3 * seat + 1], places[3 * seat + 2]]);
      open.push(seat);
    };
    for (const seat of dirty) take(seat, last);
    let moved: ReadonlySet<number> = new Set();
    // A crowd that was pushed before is pushed again as a whole; where it meets another such, both are.
    while (open.length > 0) {
      while (open.length > 0) near(open.pop()!, (other) => this.#pushed[other] && take(other, last));
      for (const seat of ended.keys()) {
        for (let q = 3 * seat; q < 3 * seat + 3; q++) this.#start[q] = last[q] = before[q];
      }
      const close = among(ended.keys(), near, (a, b) => isTooClose(dots, a, b));
      moved = pushCrowds(dots, close, near, PUSH_ROUNDS, this.#start, this.#force);
      for (const seat of moved) near(seat, (other) => this.#pushed[other] && take(other, last));
      // What was at rest before ended where it began.
      const met = open.length;
      for (const seat of moved) take(seat, before);
      if (met === 0) open.length = 0;
    }
    for (const seat of ended.keys()) this.#pushed[seat] = moved.has(seat) ? 1 : 0;
    const differ = new Set<number>();
    for (const [seat, [x, y, z]] of ended) {
      if (last[3 * seat] !== x || last[3 * seat + 1] !== y || last[3 * seat + 2] !== z) differ.add(seat);
    }
    return differ;
  }
}

/** No dot ends further than this from its seat: jitter, roughening and descent together stay under 3 mm. */
const FURTHEST_WAY_MM = 6;

const NOBODY: readonly number[] = [];
