/**
 * Tapes laid over the area to be treated itself. They fix how far it reaches, not how large the head is.
 *
 * - bald-length: along the midline, from the mid-frontal point of the hairline to the rear edge of the bald area
 * - bald-width: from fringe to fringe over the top, at right angles to the midline, where it is widest
 *
 * Their error is larger than that of a head's tape: the edge of a fringe is a strip, not a line.
 */
import { Refusal } from '../units/refusal.ts';
import { unitHint } from './measure-limits.ts';

export interface ZoneTape {
  readonly kind: 'bald-length' | 'bald-width';
  readonly valueMm: number;
  readonly sdMm: number;
}

export const ZONE_TAPE_KINDS: readonly ZoneTape['kind'][] = ['bald-length', 'bald-width'];

/** mm. From a first clearing at the front to a bare crown down to the nape, and from ear to ear at most. */
export const ZONE_TAPE_LIMITS_MM: Readonly<Record<ZoneTape['kind'], readonly [low: number, high: number]>> = {
  'bald-length': [15, 320],
  'bald-width': [15, 330],
};

/** An estimate: 3 mm of the tape and some 4 mm of either edge. */
export const ZONE_TAPE_SD_MM = 6;

/** A zone tape as taken in the studio. Does not judge the value. */
export const takeZoneTape = (kind: ZoneTape['kind'], valueMm: number, sdMm = ZONE_TAPE_SD_MM): ZoneTape => ({
  kind,
  valueMm,
  sdMm,
});

/** Refuses ('measure-absurd') a length that no bald area has, hinting at another unit where that fits. */
export function refuseAbsurdZoneTape({ kind, valueMm, sdMm }: ZoneTape): void {
  const [low, high] = ZONE_TAPE_LIMITS_MM[kind];
  if (!(valueMm >= low && valueMm <= high)) {
    throw new Refusal(
      'measure-absurd',
      `${kind} ${valueMm} mm, expected ${low} to ${high}${unitHint(valueMm, low, high)}`,
    );
  }
  if (!(sdMm > 0)) throw new RangeError(`${kind}: a standard deviation of ${sdMm} mm`);
}
