/**
 * Code values to light and back.
 *
 * The curve is that of IEC 61966-2-1 (sRGB). Display P3 uses the same curve with other primaries, so a photo in
 * either space is worked on in light of its own primaries and goes back unchanged in kind: no colour is converted.
 * Adobe RGB and other spaces with a plain gamma near 2.2 are close enough that only the darkest tones differ.
 *
 * Promises: `encodeToCode(decodeCode(v))` is v for each of the 256 codes; the same bits on every engine.
 */
import { pow } from '../num/elementary.ts';

/** Light of an encoded value, both 0..1. */
export const decodeValue = (v: number): number => (v <= 0.04045 ? v / 12.92 : pow((v + 0.055) / 1.055, 2.4));

/** Encoded value of light, both 0..1. */
export const encodeValue = (light: number): number =>
  light <= 0.0031308 ? 12.92 * light : 1.055 * pow(light, 1 / 2.4) - 0.055;

/** Light (0..1) of each 8-bit code. */
export const LIGHT_OF_CODE: Float32Array = Float32Array.from({ length: 256 }, (_, code) => decodeValue(code / 255));

/** Steps of {@link CODE_OF_LIGHT}: fine enough that a step is below 0.06 code even in black. */
const STEPS = 65536;
const CODE_OF_LIGHT = tableOf(STEPS + 1, (i) => 255 * encodeValue(i / STEPS));

/** As `Float32Array.from` with a function, which takes half as long again: every thread that reads colours waits for it. */
function tableOf(length: number, value: (i: number) => number): Float32Array {
  const table = new Float32Array(length);
  for (let i = 0; i < length; i++) table[i] = value(i);
  return table;
}

/** Unrounded code (0..255) of light, which is held inside 0..1; within 0.03 code of the curve. */
export function codeOfLight(light: number): number {
  const x = light * STEPS + 0.5;
  return x <= 0 ? 0 : x >= STEPS ? 255 : CODE_OF_LIGHT[x | 0];
}

/**
 * Unrounded code of so much (0..1) of a code's light; within 0.04 code of the curve, in black as {@link codeOfLight}. On the
 * curve's power part light that is multiplied multiplies the code, counted from `start`.
 */
export const dimmedCode = dimmer();

/** Made so that a bundle's loops need not look its tables up at every turn. */
function dimmer(): (code: number, left: number) => number {
  const steps = 4096;
  const factors = tableOf(steps + 1, (i) => pow(i / steps, 1 / 2.4));
  const lightOf = LIGHT_OF_CODE;
  const start = -255 * 0.055;
  const straightBelow = 255 * 0.0405;
  return (code, left) => {
    const dimmed = start + (code - start) * factors[(left * steps + 0.5) | 0];
    return dimmed > straightBelow ? dimmed : codeOfLight(left * lightOf[code]);
  };
}
