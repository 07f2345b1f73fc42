/**
 * Soft masks as short text, so that they can live in a JSON document.
 *
 * Values are kept at 16 levels (an edge over four pixels needs no more) and run-length coded as
 * "level count" in base 36, separated by commas: a head's outline takes 3-8 KB. Lossless from the first
 * encoding on. Does not compress noise: a noisy mask becomes large, which `encodeMask` allows.
 */
import { Refusal } from '../units/refusal.ts';
import type { SoftMask } from './pixels.ts';

/** A soft square mask as text: `runs` holds a level and a count for each run of equal samples, in row order. */
export interface MaskText {
  readonly leftPx: number;
  readonly topPx: number;
  readonly sidePx: number;
  readonly size: number;
  readonly runs: string;
}

/** Mask to text; each value is rounded to the nearest of 16 levels. */
export function encodeMask(mask: SoftMask): MaskText {
  const runs: string[] = [];
  let level = -1;
  let count = 0;
  for (const value of mask.values) {
    const next = Math.round(value / 17);
    if (next === level) count++;
    else {
      if (count) runs.push(level.toString(16) + count.toString(36));
      level = next;
      count = 1;
    }
  }
  if (count) runs.push(level.toString(16) + count.toString(36));
  const { leftPx, topPx, sidePx, size } = mask;
  return { leftPx, topPx, sidePx, size, runs: runs.join(',') };
}

/** Text to mask; refuses 'document-invalid' when the runs do not fill the square exactly. */
export function decodeMask(text: MaskText): SoftMask {
  const { leftPx, topPx, sidePx, size, runs } = text;
  const values = new Uint8Array(size * size);
  let at = 0;
  for (const run of runs.split(',')) {
    const level = Number.parseInt(run.slice(0, 1), 16);
    const count = Number.parseInt(run.slice(1), 36);
    if (!(level >= 0 && level <= 15 && count > 0 && at + count <= values.length)) {
      throw new Refusal('document-invalid', 'mask');
    }
    values.fill(level * 17, at, at + count);
    at += count;
  }
  if (at !== values.length) throw new Refusal('document-invalid', 'mask');
  return { leftPx, topPx, sidePx, size, values };
}
