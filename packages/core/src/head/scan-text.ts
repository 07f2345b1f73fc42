/**
 * A scanned head as short text, so that it can live in a JSON document.
 *
 * Radii in steps of 0.05 mm, row by row, each as its difference from what its three known neighbours foretell (left +
 * above - above left); differences as variable-length numbers of five bits a character, sign last, as in source maps.
 * A head takes 17 to 30 KB. What is decoded is what was encoded, to the bit: a text decodes to one map, and that
 * map encodes to this text. Hostile text is refused before it costs anything.
 */
import { Refusal } from '../units/refusal.ts';
import type { HeadMap } from './head-map.ts';

const STEPS_PER_MM = 20;
const DIGITS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const MORE = 32;
/** Nodes per side that a document may hold. */
const SIZES = [3, 257] as const;
const RADII_MM = [20, 400] as const;

/** Map to text; radii are rounded to 0.05 mm. */
export function encodeScan({ size, radiiMm }: HeadMap): string {
  const steps = Int32Array.from(radiiMm, (r) => Math.round(r * STEPS_PER_MM));
  const out: string[] = [`${size}.`];
  for (let k = 0; k < steps.length; k++) {
    const gap = steps[k] - foretold(steps, size, k);
    let rest = gap < 0 ? -2 * gap + 1 : 2 * gap;
    do {
      const digit = rest % MORE;
      rest = Math.floor(rest / MORE);
      out.push(DIGITS[rest > 0 ? digit + MORE : digit]);
    } while (rest > 0);
  }
  return out.join('');
}

/** Text to map; refuses 'document-invalid' unless it is a whole map of radii that a head can have. */
export function decodeScan(text: string): HeadMap {
  const dot = text.indexOf('.');
  const head = dot > 0 && dot <= 3 ? text.slice(0, dot) : '';
  const size = /^[1-9]\d*$/.test(head) ? Number(head) : 0;
  const isSize = size >= SIZES[0] && size <= SIZES[1] && size % 2 === 1;
  if (!isSize || text.length > dot + 1 + 4 * size * size) throw invalid();
  const steps = new Int32Array(size * size);
  let at = dot + 1;
  for (let k = 0; k < steps.length; k++) {
    let value = 0;
    let place = 1;
    for (;;) {
      const digit = at < text.length ? VALUES[text.charCodeAt(at++)] : undefined;
      if (digit === undefined || digit < 0 || place > MORE * MORE * MORE) throw invalid();
      value += (digit % MORE) * place;
      // A number has one spelling: no zeros before it.
      if (digit < MORE) {
        if (digit === 0 && place > 1) throw invalid();
        break;
      }
      place *= MORE;
    }
    if (value === 1) throw invalid();
    const step = foretold(steps, size, k) + (value % 2 === 1 ? -(value - 1) / 2 : value / 2);
    if (!(step >= RADII_MM[0] * STEPS_PER_MM && step <= RADII_MM[1] * STEPS_PER_MM)) throw invalid();
    steps[k] = step;
  }
  if (at !== text.length) throw invalid();
  return { size, radiiMm: Float32Array.from(steps, (step) => step / STEPS_PER_MM) };
}

const VALUES = (() => {
  const values = new Int8Array(128).fill(-1);
  for (let k = 0; k < DIGITS.length; k++) values[DIGITS.charCodeAt(k)] = k;
  return values;
})();

const invalid = (): Refusal => new Refusal('document-invalid', 'head scan');

/** What the nodes before node `k` make likely. */
function foretold(steps: Int32Array, size: number, k: number): number {
  const isFirst = k % size === 0;
  if (k === 0) return 100 * STEPS_PER_MM;
  if (k < size) return steps[k - 1];
  if (isFirst) return steps[k - size];
  return steps[k - 1] + steps[k - size] - steps[k - size - 1];
}
