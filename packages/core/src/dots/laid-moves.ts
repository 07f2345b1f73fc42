/**
 * The moves of evening out (even-out.ts) while dots are edited: steps, and pairs drawn together, each made again for what it
 * reaches.
 *
 * Keeps every dot's place after each move. From move to move those are looked at that differ, with whoever feels them,
 * until nothing does: a dot comes to the bits that `evenOut` gives from nothing.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { feelPartner } from './draw-together.ts';
import { STEP, STEPS_BEFORE_PAIRS, WIDEST_HEX_MM, isLanding, pairingSalt, step } from './even-out.ts';
import { IndexBag } from './index-bag.ts';
import type { SecondWay } from './layout-style.ts';
import type { Neighbourhood } from './neighbourhood.ts';
import { Pairing } from './pairing.ts';

/** By slot; read whenever moves are followed. */
interface LaidDots {
  readonly head: HeadMap;
  readonly idOf: (slot: number) => number;
  readonly start: Float64Array;
  readonly shown: Uint8Array;
  readonly wanted: Float32Array;
  readonly mobility: Float32Array;
  readonly push: Float64Array;
}

/** A step of evening out, or pairs drawn together: the first time after dots were paired. */
type Move =
  | { readonly kind: 'step'; readonly lands: boolean; readonly arePaired: boolean }
  | { readonly kind: 'together'; readonly isFirst: boolean };

export class LaidMoves {
  readonly #dots: LaidDots;
  readonly #dotsNear: Neighbourhood;
  readonly #moves: readonly Move[];
  /** Before the first move, and after each. */
  readonly #places: readonly Float64Array[];
  readonly #pairing: Pairing;
  /** Dots that a move looks at; those that two moves took elsewhere. */
  readonly #dirty: IndexBag;
  readonly #moved: readonly [IndexBag, IndexBag];
  readonly #here: Float64Array;
  readonly #force: Float64Array;

  constructor(dotsNear: Neighbourhood, style: SecondWay, seed: number, dots: LaidDots) {
    const { shown, mobility, idOf } = dots;
    const count = shown.length;
    this.#dots = dots;
    this.#dotsNear = dotsNear;
    this.#moves = movesOf(style);
    this.#places = [dots.start, ...this.#moves.map(() => new Float64Array(3 * count))];
    this.#pairing = new Pairing(dotsNear, shown, mobility, idOf, style.paired, pairingSalt(seed));
    this.#dirty = new IndexBag(count);
    this.#moved = [new IndexBag(count), new IndexBag(count)];
    this.#here = new Float64Array(3 * count);
    this.#force = new Float64Array(3 * count);
  }

  /** Places after the last move. */
  get last(): Float64Array {
    return this.#places[this.#moves.length];
  }

  /**
   * Makes the moves again after dots that came, went or start otherwise, and `unsettled` ones, whose neighbours or push
   * differ; answers those that end elsewhere. Dots with another partner become unsettled.
   */
  follow(restarted: IndexBag, unsettled: IndexBag, keepClear: readonly KeepClear[]): IndexBag {
    let moved = restarted;
    this.#moves.forEach((move, n) => {
      if (move.kind === 'together' && move.isFirst) this.#pairAgain(this.#places[n], restarted, unsettled, moved);
      moved = this.#move(n, moved, unsettled, keepClear);
    });
    return moved;
  }

  #pairAgain(points: Float64Array, restarted: IndexBag, unsettled: IndexBag, moved: IndexBag): void {
    const dirty = this.#dirty.empty();
    for (const bag of [restarted, unsettled]) for (const slot of bag.all) dirty.add(slot);
    for (const slot of moved.all) {
      dirty.add(slot);
      if (this.#dots.shown[slot]) this.#dotsNear.gather(slot, dirty);
    }
    this.#pairing.pairAgain(dirty, points, unsettled);
  }

  /** Makes move `n` again for unsettled dots and for those that feel one that `moved`; answers which end elsewhere. */
  #move(n: number, moved: IndexBag, unsettled: IndexBag, keepClear: readonly KeepClear[]): IndexBag {
    const { head, shown, wanted, mobility, push } = this.#dots;
    const { partner } = this.#pairing;
    const move = this.#moves[n];
    const from = this.#places[n];
    const to = this.#places[n + 1];
    const dirty = this.#dirty.empty();
    for (const slot of unsettled.all) if (shown[slot]) dirty.add(slot);
    for (const slot of moved.all) {
      if (!shown[slot]) continue;
      dirty.add(slot);
      if (move.kind === 'step') this.#dotsNear.gather(slot, dirty);
      else if (partner[slot] >= 0) dirty.add(partner[slot]);
    }
    const differ = this.#moved[n % 2].empty();
    const points = this.#here;
    const force = this.#force;
    const pulled = { points: from, wanted, widestHexMm: WIDEST_HEX_MM };
    for (const slot of dirty.all) {
      const q = 3 * slot;
      points[q] = from[q];
      points[q + 1] = from[q + 1];
      points[q + 2] = from[q + 2];
      if (move.kind === 'step') {
        this.#dotsNear.forceOn(slot, move.arePaired ? partner[slot] : -1, from, push, force);
        step(head, keepClear, points, q, force, STEP * mobility[slot], move.lands);
      } else if (partner[slot] >= 0) {
        feelPartner(pulled, slot, partner[slot], force);
        step(head, keepClear, points, q, force, 1, true);
      }
      force[q] = 0;
      force[q + 1] = 0;
      force[q + 2] = 0;
      if (points[q] === to[q] && points[q + 1] === to[q + 1] && points[q + 2] === to[q + 2]) continue;
      to[q] = points[q];
      to[q + 1] = points[q + 1];
      to[q + 2] = points[q + 2];
      differ.add(slot);
    }
    return differ;
  }
}

/** What `evenOut` does, move by move. */
function movesOf({ iterations, paired }: SecondWay): Move[] {
  const moves: Move[] = [];
  for (let n = 1; n <= iterations; n++) {
    const drawn = paired > 0 ? n - STEPS_BEFORE_PAIRS : -1;
    moves.push({ kind: 'step', lands: isLanding(n, iterations), arePaired: drawn > 0 });
    if (drawn >= 0) moves.push({ kind: 'together', isFirst: drawn === 0 });
  }
  return moves;
}
