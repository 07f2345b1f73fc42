/**
 * Pushing crowds apart (push-apart.ts) while dots are edited: anew wherever dots that end elsewhere may have a part in one.
 *
 * Remembers which dots were pushed. What becomes of a crowd is decided within it, so a crowd that was pushed before is
 * pushed again as a whole from where the last step left it, with every such crowd that it meets; all others keep their
 * bits.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { KeepClear } from '../scalp/scalp-field.ts';
import { PUSH_ROUNDS, WIDEST_HEX_MM } from './even-out.ts';
import { IndexBag } from './index-bag.ts';
import { PushRoom, addClose, pushCrowds } from './push-apart.ts';
import type { NearLists } from './push-apart.ts';

/** Dots by slot. */
export class PushedCrowds {
  readonly #head: HeadMap;
  readonly #lists: NearLists;
  readonly #shown: Uint8Array;
  readonly #wanted: Float32Array;
  /** Dots that pushing apart has moved. */
  readonly #pushed: Uint8Array;

  // Room to work in: dots of the crowds at hand, and where each ended so far; those that end elsewhere.
  readonly #ended: IndexBag;
  readonly #endedAt: Float64Array;
  readonly #differ: IndexBag;
  readonly #room: PushRoom;
  readonly #start: Float64Array;
  readonly #force: Float64Array;

  /** Lists, dots shown and spacings wanted (mm) are read whenever crowds are pushed. */
  constructor(head: HeadMap, lists: NearLists, shown: Uint8Array, wanted: Float32Array) {
    const count = shown.length;
    this.#head = head;
    this.#lists = lists;
    this.#shown = shown;
    this.#wanted = wanted;
    this.#pushed = new Uint8Array(count);
    [this.#ended, this.#differ, this.#room] = [new IndexBag(count), new IndexBag(count), new PushRoom(count)];
    this.#endedAt = new Float64Array(3 * count);
    this.#start = new Float64Array(3 * count);
    this.#force = new Float64Array(3 * count);
  }

  /** Pushes from the places `before` to `last` what `dirty` dots may touch; answers the dots that end elsewhere. */
  pushAgain(dirty: IndexBag, before: Float64Array, last: Float64Array, keepClear: readonly KeepClear[]): IndexBag {
    const dots = { head: this.#head, keepClear, points: last, wanted: this.#wanted, widestHexMm: WIDEST_HEX_MM };
    const lists = this.#lists;
    const room = this.#room;
    const ended = this.#ended.empty();
    const open: number[] = [];
    const take = (slot: number, places: Float64Array): void => {
      if (ended.has(slot) || !this.#shown[slot]) return;
      ended.add(slot);
      for (let q = 3 * slot; q < 3 * slot + 3; q++) this.#endedAt[q] = places[q];
      open.push(slot);
    };
    const takePushedNear = (slot: number): void => {
      for (let n = lists.first[slot]; n < lists.end[slot]; n++) {
        if (this.#pushed[lists.near[n]]) take(lists.near[n], last);
      }
    };
    for (const slot of dirty.all) take(slot, last);
    // A crowd that was pushed before is pushed again as a whole; where it meets another such, both are.
    while (open.length > 0) {
      while (open.length > 0) takePushedNear(open.pop()!);
      for (const slot of ended.all) {
        for (let q = 3 * slot; q < 3 * slot + 3; q++) this.#start[q] = last[q] = before[q];
      }
      addClose(dots, lists, ended.all, last, room.close.empty());
      pushCrowds(dots, lists, PUSH_ROUNDS, this.#start, this.#force, room);
      for (const slot of room.moved.all) takePushedNear(slot);
      // What was at rest before ended where it began.
      const met = open.length;
      for (const slot of room.moved.all) take(slot, before);
      if (met === 0) open.length = 0;
    }
    const differ = this.#differ.empty();
    for (const slot of ended.all) {
      this.#pushed[slot] = room.moved.has(slot) ? 1 : 0;
      const q = 3 * slot;
      const at = this.#endedAt;
      if (last[q] !== at[q] || last[q + 1] !== at[q + 1] || last[q + 2] !== at[q + 2]) differ.add(slot);
    }
    return differ;
  }
}
