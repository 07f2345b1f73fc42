/**
 * Which dots are drawn together in pairs (draw-together.ts), followed through edits: dot by dot what `matchPairs` finds over
 * all pairs at once, with the same result.
 */
import { hashUnit } from '../random/hash.ts';
import type { IndexBag } from './index-bag.ts';
import type { NearLists } from './push-apart.ts';

/** Dots by slot. */
export class Pairing {
  readonly #lists: NearLists;
  readonly #shown: Uint8Array;
  readonly #mobility: Float32Array;
  readonly #idOf: (slot: number) => number;
  readonly #share: number;
  readonly #salt: number;
  readonly #nearest: Int32Array;
  /** The other of each dot's pair, or -1. */
  readonly partner: Int32Array;

  /** Lists, dots shown and mobilities are read whenever dots are paired; `share` and `salt` as for `matchPairs`. */
  constructor(
    lists: NearLists,
    shown: Uint8Array,
    mobility: Float32Array,
    idOf: (slot: number) => number,
    share: number,
    salt: number,
  ) {
    [this.#lists, this.#shown, this.#mobility, this.#idOf] = [lists, shown, mobility, idOf];
    [this.#share, this.#salt] = [share, salt];
    this.#nearest = new Int32Array(shown.length).fill(-1);
    this.partner = new Int32Array(shown.length).fill(-1);
  }

  /**
   * Pairs these dots anew: all that lie elsewhere in `points`, whose mobility or neighbours do, or that are gone. Adds those
   * that have another partner for it to `changed`.
   */
  pairAgain(dots: IndexBag, points: Float64Array, changed: IndexBag): void {
    const nearest = this.#nearest;
    // Who was the nearest of one may have lost it for a partner, and who is may have found it.
    const concerned: number[] = [];
    for (const slot of dots.all) {
      concerned.push(slot);
      if (nearest[slot] >= 0) concerned.push(nearest[slot]);
      nearest[slot] = this.#shown[slot] ? this.#nearestOf(slot, points) : -1;
      if (nearest[slot] >= 0) concerned.push(nearest[slot]);
    }
    for (const slot of concerned) {
      const partner = this.#partnerOf(slot);
      if (partner === this.partner[slot]) continue;
      this.partner[slot] = partner;
      changed.add(slot);
    }
  }

  #nearestOf(slot: number, points: Float64Array): number {
    const { first, end, near } = this.#lists;
    let nearest = -1;
    let least = Infinity;
    for (let n = first[slot]; n < end[slot]; n++) {
      const dx = points[3 * slot] - points[3 * near[n]];
      const dy = points[3 * slot + 1] - points[3 * near[n] + 1];
      const dz = points[3 * slot + 2] - points[3 * near[n] + 2];
      const d2 = dx * dx + dy * dy + dz * dz;
      if (d2 >= least) continue;
      least = d2;
      nearest = near[n];
    }
    return nearest;
  }

  #partnerOf(slot: number): number {
    const other = this.#nearest[slot];
    if (other < 0 || this.#nearest[other] !== slot) return -1;
    if (this.#mobility[slot] < 1 || this.#mobility[other] < 1) return -1;
    return hashUnit(Math.min(this.#idOf(slot), this.#idOf(other)), this.#salt) < this.#share ? other : -1;
  }
}
