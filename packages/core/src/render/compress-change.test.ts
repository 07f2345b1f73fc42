import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Pixels } from '../vision/pixels.ts';
import { toFrequencies } from './block-transform.ts';
import { compressChange } from './compress-change.ts';
import { lumaSteps, throughJpeg } from './testing/through-jpeg.ts';

const SIDE = 64;
const steps = lumaSteps(0.6);
const grey = (codeAt: (k: number) => number): Pixels => ({
  widthPx: SIDE,
  heightPx: SIDE,
  rgba: Uint8ClampedArray.from({ length: 4 * SIDE * SIDE }, (_, i) => (i % 4 === 3 ? 255 : codeAt(i >> 2))),
});
const random = seededGenerator(3);
const noise = Float32Array.from({ length: SIDE * SIDE }, () => random());
const photo = throughJpeg(
  grey((k) => 150 + 14 * noise[k] + 0.4 * (k % SIDE)),
  steps,
);
/** Dots two pixels wide, darker by 30 codes, in the middle of the picture. */
const isWorked = (k: number): boolean => k % SIDE > 12 && k % SIDE < 52 && k > 12 * SIDE && k < 52 * SIDE;
const isDot = (k: number): boolean => isWorked(k) && k % 5 < 2 && Math.floor(k / SIDE) % 5 < 2;
const drawn = (): Uint8ClampedArray => {
  const rgba = Uint8ClampedArray.from(photo.rgba);
  for (let k = 0; k < SIDE * SIDE; k++) if (isDot(k)) for (let c = 0; c < 3; c++) rgba[4 * k + c] -= 30;
  return rgba;
};
const changed = Uint8Array.from({ length: SIDE * SIDE }, (_, k) => (isWorked(k) ? 1 : 0));
const whole = { leftPx: 0, topPx: 0, widthPx: SIDE, heightPx: SIDE };

describe('compressChange', () => {
  it('leaves what the encoder would have left: the picture is as good as unchanged by another compression', () => {
    const rgba = drawn();
    const everywhere = new Uint8Array(SIDE * SIDE).fill(1);
    compressChange(photo, everywhere, { ...whole, rgba }, { leftPx: 0, topPx: 0, steps });
    const again = throughJpeg({ ...photo, rgba }, steps).rgba;
    const raw = throughJpeg({ ...photo, rgba: drawn() }, steps).rgba;
    const apart = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
      let sum = 0;
      for (let i = 0; i < a.length; i++) sum += Math.abs(a[i] - b[i]);
      return sum / a.length;
    };
    expect(apart(rgba, again)).toBeLessThan(0.4);
    expect(apart(rgba, raw)).toBeLessThan(0.6);
    expect(apart(drawn(), raw)).toBeGreaterThan(1.2);
  });

  it('keeps the tone, and touches no pixel that is not changed', () => {
    const rgba = drawn();
    compressChange(photo, changed, { ...whole, rgba }, { leftPx: 0, topPx: 0, steps });
    let [before, after] = [0, 0];
    for (let k = 0; k < SIDE * SIDE; k++) {
      if (!isWorked(k)) expect(rgba[4 * k]).toBe(photo.rgba[4 * k]);
      before += drawn()[4 * k];
      after += rgba[4 * k];
    }
    expect(Math.abs(after - before) / (40 * 40)).toBeLessThan(0.6);
  });

  it('changes nothing where nothing was drawn, and works on a patch as on the whole', () => {
    const rgba = Uint8ClampedArray.from(photo.rgba);
    compressChange(photo, changed, { ...whole, rgba }, { leftPx: 0, topPx: 0, steps });
    expect(rgba).toEqual(photo.rgba);

    const full = drawn();
    compressChange(photo, changed, { ...whole, rgba: full }, { leftPx: 0, topPx: 0, steps });
    const patch = { leftPx: 11, topPx: 9, widthPx: 44, heightPx: 46 };
    const part = new Uint8ClampedArray(4 * patch.widthPx * patch.heightPx);
    const source = drawn();
    for (let y = 0; y < patch.heightPx; y++) {
      const from = 4 * ((patch.topPx + y) * SIDE + patch.leftPx);
      part.set(source.subarray(from, from + 4 * patch.widthPx), 4 * y * patch.widthPx);
    }
    compressChange(photo, changed, { ...patch, rgba: part }, { leftPx: 0, topPx: 0, steps });
    for (let y = 0; y < patch.heightPx; y++) {
      const from = 4 * ((patch.topPx + y) * SIDE + patch.leftPx);
      expect(part.subarray(4 * y * patch.widthPx, 4 * (y + 1) * patch.widthPx)).toEqual(
        full.subarray(from, from + 4 * patch.widthPx),
      );
    }
  });

  it('lays nothing on frequencies that are no whole steps', () => {
    const rgba = drawn();
    const everywhere = new Uint8Array(SIDE * SIDE).fill(1);
    compressChange(photo, everywhere, { ...whole, rgba }, { leftPx: 0, topPx: 0, steps });
    const block = new Float64Array(64);
    for (let k = 0; k < 64; k++) block[k] = rgba[4 * ((24 + (k >> 3)) * SIDE + 24 + (k & 7))] - 128;
    toFrequencies(block);
    for (let k = 0; k < 64; k++)
      expect(Math.abs(block[k] - steps[k] * Math.round(block[k] / steps[k]))).toBeLessThan(1.8);
  });
});
