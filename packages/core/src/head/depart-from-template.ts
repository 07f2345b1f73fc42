/**
 * In which ways does a head depart from the stretched template, and by how much at one place of its skull?
 *
 * Four factors follow a head's length, breadth, height and size of face. What is left is no noise: more than half of its
 * variance is one thing, how far forward the forehead stands (5 mm), then come the back of the crown and its sides
 * (head-departures.ts). Outlines from several sides tell how far a head lies along each way, and taken for independent errors
 * they contradict each other: a forehead that stands out in one photo would make the whole head higher in another.
 *
 * How far a head lies along a way is counted like the logarithms of the factors, so that a step of either moves skin about
 * alike: heads spread by {@link DEPARTURE_SD}. Places are in template mm, what comes out is mm of the template outwards.
 *
 * Promises: smooth, alike on both sides, nothing on the face, where a table of skulls means nothing; the same bits on every
 * engine. Does not do: what is left beside the ways, a fifth of the variance; ears.
 */
import { smoothstep } from '../num/range.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { DEPARTURES_MM, DEPARTURE_ORDER } from './head-departures.ts';

export const WAYS = DEPARTURES_MM.length;
/** Standard deviation of heads along each way. */
export const DEPARTURE_SD = 0.05;

const WAYS_MM = DEPARTURES_MM.map((way) => Float64Array.from(way, (mm) => mm / DEPARTURE_SD));

/** The plane from brow to ears, as height over depth; from a little below it, in mm of height, down to the face the ways fade. */
const BROW_TO_EAR_SLOPE = 0.42;
const FADES_MM = [-25, 0] as const;

/** How far outwards a head lies at a place, per unit along each way. */
export const departuresAt = ([x, y, z]: Vec3): number[] => WAYS_MM.map((way) => polynomialAt(way, x, y, z));

/** How far outwards a head lies by place that is so far along each way. */
export function departedMm(along: readonly number[]): (x: number, y: number, z: number) => number {
  const sum = WAYS_MM[0].map((_, k) => WAYS_MM.reduce((of, way, n) => of + along[n] * way[k], 0));
  return (x, y, z) => polynomialAt(sum, x, y, z);
}

/** Asked for each place of a head map and some ten thousand times for a spread: no lists are taken apart. */
function polynomialAt(coefficients: Float64Array, x: number, y: number, z: number): number {
  const aboveMm = y - BROW_TO_EAR_SLOPE * z;
  if (aboveMm <= FADES_MM[0]) return 0;
  const l = Math.sqrt(x * x + y * y + z * z);
  const up = y / l;
  const forward = z / l;
  let sum = 0;
  let at = 0;
  let power = 1;
  for (let a = 0; a <= DEPARTURE_ORDER; a++) {
    let term = power;
    for (let b = a; b <= DEPARTURE_ORDER; b++) {
      sum += coefficients[at++] * term;
      term *= forward;
    }
    power *= up;
  }
  return aboveMm < FADES_MM[1] ? sum * smoothstep(FADES_MM[0], FADES_MM[1], aboveMm) : sum;
}
