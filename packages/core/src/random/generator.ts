/** Draws uniform numbers in [0, 1), one after another. */
export type Generator = () => number;

/** A seeded generator (mulberry32, period 2^32): the only one in the product, and the only one tests may use. */
export function seededGenerator(seed: number): Generator {
  let s = seed | 0;
  return () => {
    s = (s + 0x6d2b79f5) | 0;
    let t = Math.imul(s ^ (s >>> 15), 1 | s);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
