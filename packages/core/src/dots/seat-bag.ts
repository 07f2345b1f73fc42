/** Some of a fixed number of seats, each once, in the order they were put in; emptied in the time of what it held. */
export class SeatBag implements Iterable<number> {
  readonly #isIn: Uint8Array;
  readonly #seats: Int32Array;
  #size = 0;

  constructor(count: number) {
    this.#isIn = new Uint8Array(count);
    this.#seats = new Int32Array(count);
  }

  add(seat: number): void {
    if (this.#isIn[seat]) return;
    this.#isIn[seat] = 1;
    this.#seats[this.#size++] = seat;
  }

  has(seat: number): boolean {
    return this.#isIn[seat] > 0;
  }

  /** What it holds, as it is now. */
  get seats(): Int32Array {
    return this.#seats.subarray(0, this.#size);
  }

  empty(): this {
    for (let n = 0; n < this.#size; n++) this.#isIn[this.#seats[n]] = 0;
    this.#size = 0;
    return this;
  }

  [Symbol.iterator](): Iterator<number> {
    return this.seats[Symbol.iterator]();
  }
}
