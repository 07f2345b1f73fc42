/**
 * How dots feel each other: the kernel of relaxation, exp(-d^2 / 2 sigma^2) with sigma = 0.7 of the mean spacing of the
 * two, read from a table, within 2.9 sigma.
 */
import { exp, pow } from '../num/elementary.ts';

/** Two dots feel each other within this many mean spacings (2.9 sigma). */
const REACH_IN_SPACINGS = 2.03;
/** Cell size of the frame that relaxation needs: its longest reach. */
export const RELAX_CELL_MM = 4;
/** Spacing at which the reach is the cell; sparser dots count as this far apart. */
export const WIDEST_SPACING_MM = RELAX_CELL_MM / REACH_IN_SPACINGS;
/** Hexagonal distance in units of 1 / sqrt(density). */
export const HEX_IN_SPACINGS = 1.0745699318235418;

const SIGMA_IN_SPACINGS = 0.7;

/** Places in the table of the kernel; squared distances beyond it push nobody. */
export const TABLE = 2048;
const TABLE_END = 6;
export const KERNEL = new Float64Array(TABLE + 1);
for (let k = 0; k < TABLE; k++) KERNEL[k] = exp((-(k + 0.5) / TABLE) * TABLE_END);
const KERNEL_PER_UNIT = TABLE / TABLE_END;

/** Places of the table within reach. */
export const WITHIN_REACH = Math.ceil(
  ((REACH_IN_SPACINGS * REACH_IN_SPACINGS) / (2 * SIGMA_IN_SPACINGS * SIGMA_IN_SPACINGS)) * KERNEL_PER_UNIT,
);

/**
 * Another kernel, which ends softly where reach does: (1 - t)^n, t = (d / reach)^2. With `firmness` 1 it falls off at first as
 * the Gaussian does; the softer it is, the less neighbours keep an even distance, and the better it takes away what is
 * uneven at large.
 */
export function softKernel(firmness: number): Float64Array {
  const kernel = new Float64Array(TABLE + 1);
  const end = WITHIN_REACH / KERNEL_PER_UNIT;
  for (let k = 0; k < WITHIN_REACH; k++) kernel[k] = pow(1 - (k + 0.5) / WITHIN_REACH, firmness * end);
  return kernel;
}

/** Distance within which dots of these spacings feel each other, mm. */
export const reachMm = (spacingMm: number, otherSpacingMm: number): number =>
  0.5 * REACH_IN_SPACINGS * (spacingMm + otherSpacingMm);

/** Its square, mm2. */
export function reachSquared(spacingMm: number, otherSpacingMm: number): number {
  const reach = reachMm(spacingMm, otherSpacingMm);
  return reach * reach;
}

/** Kernel table places per mm2 of squared distance between dots of these spacings. */
export function kernelScale(spacingMm: number, otherSpacingMm: number): number {
  const sigma = 0.5 * SIGMA_IN_SPACINGS * (spacingMm + otherSpacingMm);
  return KERNEL_PER_UNIT / (2 * sigma * sigma);
}
