/**
 * Radius of the template head by direction: real spherical harmonics even in x, from the table of head-template.ts.
 *
 * With +Y as the pole, the terms are N_lm P_lm(y) Re((z + i x)^m): the sine and the azimuth never appear, only products
 * of the direction's components, by the usual stable recurrence in l (fully normalised, up to a common factor).
 * Below 125 degrees from +Y the values are smooth and mean nothing.
 */
import { directionOf } from './head-map.ts';
import type { HeadMap } from './head-map.ts';
import { TEMPLATE_COEFFICIENTS, TEMPLATE_ORDER } from './head-template.ts';

/** Recurrence factors per term, in the order of the table: next P = up y P - down P_before. */
const recurrence = (() => {
  const up: number[] = [];
  const down: number[] = [];
  for (let m = 0; m <= TEMPLATE_ORDER; m++) {
    for (let l = m; l <= TEMPLATE_ORDER; l++) {
      const n = (l + 1) * (l + 1);
      up.push(Math.sqrt((4 * n - 1) / (n - m * m)));
      down.push(l === m ? 0 : Math.sqrt(((2 * l + 3) * (l * l - m * m)) / ((2 * l - 1) * (n - m * m))));
    }
  }
  return { up: Float64Array.from(up), down: Float64Array.from(down) };
})();

/** Template radius (mm) along the unit direction (x, y, z). */
export function templateRadiusMm(x: number, y: number, z: number): number {
  let re = 1;
  let im = 0;
  let norm = 1;
  let at = 0;
  let radius = 0;
  for (let m = 0; m <= TEMPLATE_ORDER; m++) {
    let before = 0;
    let p = norm;
    let sum = 0;
    for (let l = m; l <= TEMPLATE_ORDER; l++, at++) {
      sum += TEMPLATE_COEFFICIENTS[at] * p;
      const next = recurrence.up[at] * y * p - recurrence.down[at] * before;
      before = p;
      p = next;
    }
    radius += sum * re;
    const nextRe = re * z - im * x;
    im = re * x + im * z;
    re = nextRe;
    norm *= Math.sqrt((2 * m + 3) / (2 * m + 2));
  }
  return radius;
}

const TEMPLATE_SIZE = 129;
let cached: HeadMap | null = null;

/** The template as a map, computed at the first call and kept. Treat as read-only. */
export function templateMap(): HeadMap {
  if (cached) return cached;
  const size = TEMPLATE_SIZE;
  const radiiMm = new Float32Array(size * size);
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i <= size >> 1; i++) {
      const [x, y, z] = directionOf(node(i), node(j));
      const r = templateRadiusMm(x, y, z);
      radiiMm[i + size * j] = r;
      radiiMm[size - 1 - i + size * j] = r;
    }
  }
  cached = { size, radiiMm };
  return cached;
}
