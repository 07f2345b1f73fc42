/**
 * Pixels as 32-bit words, one each: red is the lowest byte, as on every machine that Node and browsers run on. Loops that
 * take a pixel at a time take a third of the time of those that take its bytes.
 */
import type { Pixels } from '../vision/pixels.ts';

/** The same memory as words; samples that begin amid a word are copied. */
export function pixelWords(rgba: Pixels['rgba']): Int32Array {
  const { buffer, byteOffset, length } = rgba.byteOffset % 4 === 0 ? rgba : rgba.slice();
  return new Int32Array(buffer, byteOffset, length / 4);
}
