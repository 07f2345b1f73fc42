/**
 * Which directions from the head's origin can ever carry a dot: the part of the head that the reserve covers.
 *
 * Above the brows, down in front of the ears to the sideburn's foot, and behind them down to the nape; about 8 to
 * 15 mm more than any preset uses on each side, so that a hairline drawn low still finds its dots. Directions and not
 * millimetres, because every head has the same ones. The ears are inside: keeping dots off them is the design's work.
 */

/** Cosine of the azimuth from straight ahead, and the lowest slope (height over horizontal distance) reached there. */
const LOWEST: readonly (readonly [cosAzimuth: number, slope: number])[] = [
  [-1, -0.7],
  [-0.6, -0.6],
  [-0.4, -0.4],
  [-0.2, -0.15],
  [0.2, -0.15],
  [0.34, -0.1],
  [0.45, 0.1],
  [0.6, 0.35],
  [0.8, 0.5],
  [1, 0.5],
];

/** True when (x, y, z), of any length, points at the reserve's part of the head; `skirt` lowers its rim by that slope. */
export function isWithinScalpReach(x: number, y: number, z: number, skirt = 0): boolean {
  const horizontal = Math.sqrt(x * x + z * z);
  if (y > horizontal) return true;
  const cosAzimuth = z / horizontal;
  let k = 1;
  while (k < LOWEST.length - 1 && LOWEST[k][0] < cosAzimuth) k++;
  const [c0, s0] = LOWEST[k - 1];
  const [c1, s1] = LOWEST[k];
  return y > horizontal * (s0 + ((s1 - s0) * (cosAzimuth - c0)) / (c1 - c0) - skirt);
}
