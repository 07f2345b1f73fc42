/**
 * How many dots, in which sessions, how large: the starting design of every client.
 *
 * 85 dots per cm2 is the follicular-unit density of a full Caucasian scalp (86 measured in two studies; domain facts
 * 1.4 and 2.1): no paper measures dots per cm2. Three sessions place 30, 70 and 100 % of it (Liu 2025, the one
 * published scheme); the shares for two and four sessions are estimates along the same curve. A healed dot is
 * 0.15 +- 0.03 mm, between the 0.09 and 0.15 that clinics report and the larger dots seen by trichoscopy.
 */
import type { DensityDesign } from './scalp-design.ts';

/** Above this a design is capped: dots would merge. */
export const DENSITY_CAP_PER_CM2 = 100;
/** A density drawn by hand beyond this is warned about. */
export const DENSITY_WARN_PER_CM2 = 120;

const SESSION_SHARES: Readonly<Record<2 | 3 | 4, readonly number[]>> = {
  2: [0.55, 1],
  3: [0.3, 0.7, 1],
  4: [0.25, 0.55, 0.85, 1],
};

/** The design for a course of 2, 3 or 4 sessions; any other number throws RangeError (one session is never enough). */
export function designDensity(sessions: number): DensityDesign {
  const sessionShares = SESSION_SHARES[sessions as 2 | 3 | 4];
  if (!sessionShares) throw new RangeError(`a course has 2 to 4 sessions, not ${sessions}`);
  return { fullPerCm2: 85, sessionShares, dotDiameterMm: 0.15, dotDiameterSdMm: 0.03 };
}
