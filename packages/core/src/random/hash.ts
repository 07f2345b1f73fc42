/**
 * Numbers that look random and are pure functions of whole numbers.
 *
 * A dot's size, strength and jitter are hashes of its id, so that editing one corner of a plan cannot
 * change a dot in another. Mixing after MurmurHash3's finaliser (Appleby 2011) with two keys.
 */

/** Mixes two whole numbers into an unsigned 32-bit whole number. */
export function hash32(id: number, salt: number): number {
  let h = Math.imul((id | 0) + 1, 0x9e3779b1) ^ Math.imul((salt | 0) + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  h = Math.imul(h ^ (h >>> 16), 0x27d4eb2f);
  return (h ^ (h >>> 15)) >>> 0;
}

/** Uniform in [0, 1). */
export const hashUnit = (id: number, salt: number): number => hash32(id, salt) / 4294967296;

/** About normal, mean 0, sd 1, from the sum of four uniforms (range +-3.46): no logarithm, no rejection. */
export const hashNormal = (id: number, salt: number): number =>
  (hashUnit(id, salt * 4) + hashUnit(id, salt * 4 + 1) + hashUnit(id, salt * 4 + 2) + hashUnit(id, salt * 4 + 3) - 2) *
  1.7320508075688772;
