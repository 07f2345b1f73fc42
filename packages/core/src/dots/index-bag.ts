/**
 * Some of a fixed number of seats, slots or dots, by number: each once, in the order they were put in; emptied in the
 * time of what it held.
 */
export class IndexBag {
  /** Stays: V8 forgets what bags look like once none is left, and compiles anew whatever uses them. */
  static readonly kept = new IndexBag(0);

  readonly #isIn: Uint8Array;
  readonly #held: Int32Array;
  #size = 0;

  constructor(count: number) {
    this.#isIn = new Uint8Array(count);
    this.#held = new Int32Array(count);
  }

  add(one: number): void {
    if (this.#isIn[one]) return;
    this.#isIn[one] = 1;
    this.#held[this.#size++] = one;
  }

  has(one: number): boolean {
    return this.#isIn[one] > 0;
  }

  get size(): number {
    return this.#size;
  }

  /** What it holds, as it is now. */
  get all(): Int32Array {
    return this.#held.subarray(0, this.#size);
  }

  empty(): this {
    for (let n = 0; n < this.#size; n++) this.#isIn[this.#held[n]] = 0;
    this.#size = 0;
    return this;
  }
}
