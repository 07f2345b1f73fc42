/**
 * The dots of a plan while it is edited: after each change only what it reaches is computed anew. For editing on the page,
 * which does not use it yet: tests and bench do.
 *
 * Keeps every dot's place after each step of the second way of evening out (even-out.ts). A changed field is asked again
 * where it may have changed; what comes out different there goes through choosing, pairs and steps, and at each step on
 * to the neighbours of what differs, until nothing does. Whatever is not touched keeps its bits, and what is touched
 * comes to the bits that `layOutOn` gives from nothing: every sum runs over the same dots in the same order.
 *
 * In: the reserve on a head, a design's field. Out: dots, and after an edit which of them are new, moved or gone. A drag
 * of half a millimetre costs milliseconds; the first state costs about three layouts, and so does an edit that changes
 * the whole head. Does not know what an edit changed in the field: the caller says where it may have.
 */
import { hash32 } from '../random/hash.ts';
import type { DensityDesign } from '../scalp/scalp-design.ts';
import { newScalpSamples } from '../scalp/scalp-field.ts';
import type { KeepClear, ScalpField, ScalpSamples, Touched } from '../scalp/scalp-field.ts';
import { cornerOf } from '../scalp/skin-grid.ts';
import { gatherPoints } from './cell-grid.ts';
import { chooseDots, checkShares, patchCounts, scorePatch, settlePatch } from './choose-dots.ts';
import type { Choice } from './choose-dots.ts';
import { dotsInSeats, shownSeats } from './dots-in-seats.ts';
import type { Dots } from './dots.ts';
import { spacingOf } from './even-out.ts';
import { gatherCells, heldMesh, pushAt, readCell } from './held-push.ts';
import type { HeldMesh } from './held-push.ts';
import { IndexBag } from './index-bag.ts';
import { LaidMoves } from './laid-moves.ts';
import { Neighbourhood } from './neighbourhood.ts';
import { LAYOUT_2 } from './layout-style.ts';
import type { SecondWay } from './layout-style.ts';
import { MOST_NEAR, isNearBall } from './point-cells.ts';
import { PATCHES } from './seating.ts';
import type { PlacedReserve, SecondGround } from './place-reserve.ts';
import { PushedCrowds } from './pushed-crowds.ts';
import { mobilityAt, startAt, steppedEdgeShare } from './start-dots.ts';

/** What an edit did, by reserve number, ascending. */
export interface LayoutChange {
  readonly gone: Uint32Array;
  /** New dots, and those whose place or details differ. */
  readonly changed: Dots;
}

export class LaidOutDots {
  readonly #ground: SecondGround;
  readonly #density: DensityDesign;
  readonly #seed: number;
  readonly #samples: ScalpSamples;
  readonly #choice: Choice;
  readonly #mesh: HeldMesh;
  readonly #dotsNear: Neighbourhood;
  #keepClear: readonly KeepClear[];
  #counts: Int32Array;
  /** Of each seat, in the grid of a design. */
  readonly #cornerOf: Uint16Array;

  // Dots are kept by slot, so that what is moved lies close together: the slot of each seat that ever showed (-1 of the
  // others), and the seat of each slot.
  readonly #slotOf: Int32Array;
  readonly #seatOf: Int32Array;
  #slots = 0;

  // All by slot; what a slot without a dot holds means nothing.
  readonly #shown: Uint8Array;
  readonly #wanted: Float32Array;
  readonly #mobility: Float32Array;
  readonly #push: Float64Array;
  /** Places at the start, and at last after pushing apart. */
  readonly #start: Float64Array;
  readonly #ended: Float64Array;
  readonly #moves: LaidMoves;
  readonly #crowds: PushedCrowds;

  // Room to work in. Seats where something else is asked for, and those of them with another density; seats whose dot shows,
  // hides or may start otherwise.
  readonly #asked: IndexBag;
  readonly #remeshed: IndexBag;
  readonly #candidates: IndexBag;
  /** Slots: dots that came, went or start otherwise; with other neighbours; with another push or such neighbours. */
  readonly #restarted: IndexBag;
  readonly #paired: IndexBag;
  readonly #unsettled: IndexBag;
  /** Seats or slots that are looked at just now. */
  readonly #dirty: IndexBag;
  /** Cells that are read anew, and those whose dots may feel another push for it. */
  readonly #read: IndexBag;
  readonly #about: IndexBag;
  readonly #cellsNear = new Int32Array(MOST_NEAR);
  readonly #fresh: ScalpSamples;
  readonly #freshMm: Float64Array;
  readonly #at = new Float64Array(3);

  /** `density` must be the one of the field's design. */
  constructor(
    ground: PlacedReserve,
    field: ScalpField,
    density: DensityDesign,
    seed: number,
    style: SecondWay = LAYOUT_2,
  ) {
    checkShares(density.sessionShares);
    if (ground.way === 1) throw new RangeError('only the second way of laying out can be edited');
    const { count } = ground.reserve;
    const bag = (): IndexBag => new IndexBag(count);
    this.#slotOf = new Int32Array(count).fill(-1);
    this.#seatOf = new Int32Array(count);
    this.#ground = ground;
    this.#density = density;
    this.#seed = seed;
    this.#keepClear = field.keepClear ?? [];
    this.#samples = newScalpSamples(count);
    field.sample(ground.xyzMm, count, this.#samples);
    this.#cornerOf = Uint16Array.from({ length: count }, (_, seat) => {
      const q = 3 * seat;
      return cornerOf(ground.xyzMm[q], ground.xyzMm[q + 1], ground.xyzMm[q + 2]);
    });
    this.#choice = chooseDots(ground, this.#samples, field.zones.length, seed);
    this.#counts = patchCounts(this.#choice);
    this.#mesh = heldMesh(ground, this.#choice.chance, this.#samples.densityPerCm2, style.firmness);
    this.#shown = new Uint8Array(count);
    this.#wanted = new Float32Array(count);
    this.#mobility = new Float32Array(count);
    this.#push = new Float64Array(3 * count);
    this.#start = new Float64Array(3 * count);
    this.#ended = new Float64Array(3 * count);
    this.#dotsNear = new Neighbourhood(ground, this.#seatOf, this.#start, this.#wanted, style);
    this.#moves = new LaidMoves(this.#dotsNear, style, seed, {
      head: ground.head,
      idOf: (slot) => ground.order[this.#seatOf[slot]],
      start: this.#start,
      shown: this.#shown,
      wanted: this.#wanted,
      mobility: this.#mobility,
      push: this.#push,
    });
    this.#crowds = new PushedCrowds(ground.head, this.#dotsNear, this.#shown, this.#wanted);
    [this.#asked, this.#remeshed, this.#candidates] = [bag(), bag(), bag()];
    [this.#restarted, this.#paired] = [bag(), bag()];
    [this.#read, this.#about] = [new IndexBag(ground.cells.count), new IndexBag(ground.cells.count)];
    this.#fresh = newScalpSamples(count);
    [this.#unsettled, this.#dirty] = [bag(), bag()];
    this.#freshMm = new Float64Array(3 * count);
    for (const seat of shownSeats(ground, this.#choice).sort()) this.#candidates.add(seat);
    this.#settle(this.#candidates);
  }

  /** All dots as they are. */
  dots(): Dots {
    return this.#dotsIn(shownSeats(this.#ground, this.#choice));
  }

  /**
   * Goes over to another field of as many zones: the same design but for what lies within `touched`. Throws RangeError as
   * `layOutOn` does, and is then of no more use.
   */
  update(field: ScalpField, touched: readonly Touched[]): LayoutChange {
    if (field.zones.length !== this.#choice.zones) throw new RangeError('the field has other zones');
    const { order, seatOf } = this.#ground;
    this.#askAgain(field, this.#seatsWithin(touched));
    this.#chooseAgain();
    for (const seat of this.#seatsWithin(this.#clearAgain(field.keepClear ?? []))) {
      if (this.#isShown(seat) || this.#choice.score[seat] < 1) this.#candidates.add(seat);
    }
    const gone: number[] = [];
    for (const seat of this.#candidates.all) {
      if (this.#isShown(seat) && this.#choice.score[seat] >= 1) gone.push(order[seat]);
    }
    const moved = this.#settle(this.#remeshed);
    for (const slot of moved.all) this.#candidates.add(this.#seatOf[slot]);
    for (const seat of this.#asked.all) this.#candidates.add(seat);
    const changed = new Int32Array(this.#candidates.size);
    let n = 0;
    for (const seat of this.#candidates.all) if (this.#isShown(seat)) changed[n++] = order[seat];
    const inOrder = changed.subarray(0, n).sort();
    for (let k = 0; k < n; k++) inOrder[k] = seatOf[inOrder[k]];
    return { gone: Uint32Array.from(gone).sort(), changed: this.#dotsIn(inOrder) };
  }

  #isShown(seat: number): boolean {
    return this.#slotOf[seat] >= 0 && this.#shown[this.#slotOf[seat]] > 0;
  }

  #dotsIn(seats: Int32Array): Dots {
    const places = this.#ended;
    const xyzMm = new Float64Array(3 * seats.length);
    for (let k = 0; k < seats.length; k++) {
      const q = 3 * this.#slotOf[seats[k]];
      for (let c = 0; c < 3; c++) xyzMm[3 * k + c] = places[q + c];
    }
    return dotsInSeats(this.#ground, this.#choice, seats, this.#samples, xyzMm, this.#density, this.#seed);
  }

  /** Keeps these places clear from now on; answers where dots may be on their way into one that was not, or was. */
  #clearAgain(keepClear: readonly KeepClear[]): readonly Touched[] {
    const before = this.#keepClear;
    this.#keepClear = keepClear;
    const isIn = (places: readonly KeepClear[], { centreMm: [x, y, z], radiusMm, depthMm }: KeepClear): boolean =>
      places.some(
        ({ centreMm: p, ...other }) =>
          p[0] === x && p[1] === y && p[2] === z && other.radiusMm === radiusMm && other.depthMm === depthMm,
      );
    return [...before.filter((p) => !isIn(keepClear, p)), ...keepClear.filter((p) => !isIn(before, p))].map(
      ({ centreMm, radiusMm }) => ({ centreMm, radiusMm: radiusMm + FURTHEST_WAY_MM }),
    );
  }

  #seatsWithin(touched: readonly Touched[]): Int32Array {
    const { cells } = this.#ground;
    const found = this.#dirty.empty();
    for (const { centreMm, radiusMm, corners } of touched) {
      const [x, y, z] = centreMm;
      for (let cell = 0; cell < cells.count; cell++) {
        if (!isNearBall(cells.ball, cell, x, y, z, radiusMm)) continue;
        for (let seat = cells.start[cell]; seat < cells.start[cell + 1]; seat++) {
          if (!corners || corners[this.#cornerOf[seat]] > 0) found.add(seat);
        }
      }
    }
    return found.all;
  }

  /** Samples these seats; those where something differs are asked for. */
  #askAgain(field: ScalpField, seats: Int32Array): void {
    const fresh = this.#fresh;
    field.sample(gatherPoints(this.#ground.xyzMm, seats, this.#freshMm), seats.length, fresh);
    const own = this.#samples;
    const asked = this.#asked.empty();
    const remeshed = this.#remeshed.empty();
    for (let k = 0; k < seats.length; k++) {
      const seat = seats[k];
      const isSame =
        own.densityPerCm2[seat] === fresh.densityPerCm2[k] &&
        own.coverage[seat] === fresh.coverage[k] &&
        own.zoneIndex[seat] === fresh.zoneIndex[k] &&
        own.edgeMm[seat] === fresh.edgeMm[k] &&
        own.strength[seat] === fresh.strength[k];
      if (isSame) continue;
      // Where nothing is wanted, before and now, the rest is of no account.
      if (own.densityPerCm2[seat] > 0 || fresh.densityPerCm2[k] > 0) asked.add(seat);
      if (own.densityPerCm2[seat] !== fresh.densityPerCm2[k]) remeshed.add(seat);
      own.densityPerCm2[seat] = fresh.densityPerCm2[k];
      own.coverage[seat] = fresh.coverage[k];
      own.zoneIndex[seat] = fresh.zoneIndex[k];
      own.edgeMm[seat] = fresh.edgeMm[k];
      own.strength[seat] = fresh.strength[k];
    }
  }

  /** Chooses anew in the patches of what was asked; the dots that come, go or may start otherwise are candidates. */
  #chooseAgain(): void {
    const ground = this.#ground;
    const patches = new Set<number>();
    for (const seat of this.#asked.all) patches.add(ground.patch[seat]);
    for (const patch of patches) scorePatch(this.#choice, ground, this.#samples, patch);
    const counts = patchCounts(this.#choice);
    for (let g = 0; g < counts.length; g++) {
      const patch = g % PATCHES;
      if (counts[g] === this.#counts[g] || patches.has(patch)) continue;
      patches.add(patch);
      scorePatch(this.#choice, ground, this.#samples, patch);
    }
    this.#counts = counts;
    const candidates = this.#candidates.empty();
    for (const patch of patches) {
      settlePatch(this.#choice, ground, this.#samples, counts, patch);
      for (let k = ground.patchStart[patch]; k < ground.patchStart[patch + 1]; k++) {
        const seat = ground.patchSeats[k];
        const isShown = this.#choice.score[seat] < 1;
        if (isShown !== this.#isShown(seat) || (isShown && this.#asked.has(seat))) candidates.add(seat);
      }
    }
  }

  /** Brings everything up to date after these candidates, and after the densities that were `asked` again; answers the dots that end elsewhere. */
  #settle(asked: IndexBag): IndexBag {
    this.#startAgain();
    this.#unsettled.empty();
    for (const slot of this.#paired.all) this.#unsettled.add(slot);
    this.#feelPush(asked);
    const moved = this.#moves.follow(this.#restarted, this.#unsettled, this.#keepClear);
    const ended = this.#dirty.empty();
    for (const bag of [moved, this.#paired]) for (const slot of bag.all) ended.add(slot);
    return this.#crowds.pushAgain(ended, this.#moves.last, this.#ended, this.#keepClear);
  }

  /** Starts the candidates, or takes them away; dots whose neighbours differ are paired. */
  #startAgain(): void {
    const restarted = this.#restarted.empty();
    const paired = this.#paired.empty();
    for (const seat of this.#candidates.all) if (this.#restart(seat)) restarted.add(this.#slotOf[seat]);
    const toFind = this.#dirty.empty();
    for (const slot of restarted.all) if (this.#shown[slot]) toFind.add(slot);
    this.#dotsNear.find(toFind);
    for (const slot of toFind.all) {
      paired.add(slot);
      this.#dotsNear.gather(slot, paired);
    }
    toFind.empty();
    for (const slot of paired.all) if (this.#shown[slot] && !restarted.has(slot)) toFind.add(slot);
    this.#dotsNear.find(toFind);
  }

  /**
   * Starts the dot in a seat, or takes it away; answers whether anything is otherwise. Its neighbours so far are paired.
   */
  #restart(seat: number): boolean {
    const start = this.#start;
    const isShown = this.#choice.score[seat] < 1;
    const edge = steppedEdgeShare(this.#samples.edgeMm[seat]);
    const wanted = spacingOf(this.#samples.densityPerCm2[seat]);
    const mobility = Math.fround(mobilityAt(edge));
    const at = this.#at;
    if (isShown) startAt(this.#ground, seat, edge, this.#keepClear, hash32(this.#seed, 13), at, 0);
    const slot = this.#slotFor(seat);
    const q = 3 * slot;
    if (this.#shown[slot]) {
      const isAsBefore =
        isShown &&
        at[0] === start[q] &&
        at[1] === start[q + 1] &&
        at[2] === start[q + 2] &&
        wanted === this.#wanted[slot] &&
        mobility === this.#mobility[slot];
      if (isAsBefore) return false;
      this.#dotsNear.leave(slot);
      this.#dotsNear.gather(slot, this.#paired);
    }
    this.#shown[slot] = isShown ? 1 : 0;
    if (!isShown) return true;
    start.set(at, q);
    this.#wanted[slot] = wanted;
    this.#mobility[slot] = mobility;
    this.#dotsNear.enter(slot);
    return true;
  }

  #slotFor(seat: number): number {
    if (this.#slotOf[seat] < 0) {
      const slot = this.#slots++;
      this.#slotOf[seat] = slot;
      this.#seatOf[slot] = seat;
    }
    return this.#slotOf[seat];
  }

  /** Reads the push anew about seats that were asked again; dots whose push differs are unsettled. */
  #feelPush(asked: IndexBag): void {
    const { cells, cellOf } = this.#ground;
    const near = this.#cellsNear;
    const read = this.#read.empty();
    const about = this.#about.empty();
    for (const seat of asked.all) read.add(cellOf[seat]);
    for (const cell of read.all) {
      readCell(this.#mesh, cell);
      for (let k = cells.cellsNear(cell, near) - 1; k >= 0; k--) about.add(near[k]);
    }
    for (const cell of about.all) {
      const row = this.#dotsNear.dotsIn(cell);
      if (row.length === 0) continue;
      const nearby = gatherCells(this.#mesh, cell);
      for (const slot of row) this.#feelPushOn(slot, nearby);
    }
    for (const slot of this.#restarted.all) {
      if (!this.#shown[slot]) continue;
      const cell = this.#dotsNear.cellOf(slot);
      if (!about.has(cell)) this.#feelPushOn(slot, gatherCells(this.#mesh, cell));
    }
  }

  #feelPushOn(slot: number, nearby: number): void {
    const push = this.#push;
    const q = 3 * slot;
    const x = push[q];
    const y = push[q + 1];
    const z = push[q + 2];
    if (nearby > 0) {
      pushAt(this.#mesh, nearby, this.#start, this.#wanted, slot, push);
    } else {
      push[q] = 0;
      push[q + 1] = 0;
      push[q + 2] = 0;
    }
    if (push[q] !== x || push[q + 1] !== y || push[q + 2] !== z) this.#unsettled.add(slot);
  }
}

/** No dot ends further than this from its seat: jitter, roughening and descent together stay under 3 mm. */
const FURTHEST_WAY_MM = 6;
