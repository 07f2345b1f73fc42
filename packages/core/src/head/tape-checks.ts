/**
 * Which distances does a practitioner check with a tape before the first dot, and what should it read?
 *
 * From points that a finger finds on any face (glabella, outer corner of the eye, notch above the tragus) to the points
 * that a hairline is named by. Every number is what a taut tape reads from skin to skin (tapeMm). The outer corner of the
 * eye lies in the socket, where the map is smoothed over: it is put on the skin straight above when that is near, and the
 * tape laid over the temple; else the check is a straight line, as a calliper or a stiff rule reads, and says so.
 *
 * Promises: checks come in a fixed order, left before right; what is not known is left out. Intervals are not here: they
 * depend on how the head was found.
 */
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { canonicalToTemplate } from './canonical-to-template.ts';
import { tapeMm } from './geodesic.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { onSkin } from './head-map.ts';
import type { HeadMap } from './head-map.ts';

/** Points of the scalp (mm) that the work is named by; null where there is none. */
export interface HairlinePoints {
  readonly midFrontal: Vec3;
  /** Where the front turns into the temple. */
  readonly leftCorner: Vec3;
  readonly rightCorner: Vec3;
  /** Forward points of the hair beside the temple. */
  readonly leftTemporalPeak: Vec3 | null;
  readonly rightTemporalPeak: Vec3 | null;
  readonly crownWhorl: Vec3 | null;
}

/** Outer corners of the eyes, mm, head frame. */
export interface Canthi {
  readonly left: Vec3;
  readonly right: Vec3;
}

export interface TapeCheck {
  readonly id: string;
  readonly label: string;
  readonly fromLabel: string;
  readonly toLabel: string;
  /** Both ends, mm; `from` is found by a finger on the client where `isFromFace`, else it belongs to the work. */
  readonly from: Vec3;
  readonly to: Vec3;
  readonly isFromFace: boolean;
  readonly mm: number;
  readonly way: 'over the skin' | 'straight';
}

/** Points 263 and 33 of MediaPipe's canonical face, cm. */
const CANTHUS_CM = [4.4459, 2.664, 3.1734] as const;
/** The smoothed skin lies some 4 mm over the corner of the eye. */
const NEAR_SKIN_MM = 6;

/** Outer corners of the eyes of a face of this size (`shape.face`). */
export function canthiOf(face: number): Canthi {
  const [x, y, z] = canonicalToTemplate(CANTHUS_CM);
  return { left: [x * face, y * face, z * face], right: [-x * face, y * face, z * face] };
}

/** `canthi` is null for a head whose face is not known. */
export function tapeChecks(
  map: HeadMap,
  landmarks: Pick<HeadLandmarks, 'glabella' | 'leftTragion' | 'rightTragion'>,
  canthi: Canthi | null,
  hairline: HairlinePoints,
): TapeCheck[] {
  const checks: TapeCheck[] = [];
  const add = (
    id: string,
    fromLabel: string,
    from: Vec3 | null,
    toLabel: string,
    to: Vec3 | null,
    isFace = false,
  ): void => {
    if (!from || !to) return;
    const isOnSkin = distance(from, onSkin(map, from)) <= NEAR_SKIN_MM;
    checks.push({
      id,
      label: `${fromLabel} to ${toLabel}`,
      fromLabel,
      toLabel,
      from,
      to,
      isFromFace: isFace,
      mm: isOnSkin ? tapeMm(map, from, to) : distance(from, onSkin(map, to)),
      way: isOnSkin ? 'over the skin' : 'straight',
    });
  };
  const middle = 'mid-frontal point';
  const { midFrontal, leftCorner, rightCorner, leftTemporalPeak, rightTemporalPeak, crownWhorl } = hairline;
  const sides = [
    ['left', canthi?.left ?? null, landmarks.leftTragion, leftCorner, leftTemporalPeak],
    ['right', canthi?.right ?? null, landmarks.rightTragion, rightCorner, rightTemporalPeak],
  ] as const;
  add('glabella-mid-frontal', 'glabella', landmarks.glabella, middle, midFrontal, true);
  for (const [side, canthus, , corner] of sides) {
    add(`canthus-corner-${side}`, `outer corner of the ${side} eye`, canthus, `${side} corner`, corner, true);
  }
  for (const [side, , tragion, corner] of sides) {
    add(`tragion-corner-${side}`, `${side} tragion`, tragion, `${side} corner`, corner, true);
  }
  for (const [side, , , corner, peak] of sides) {
    add(`corner-peak-${side}`, `${side} corner`, corner, `${side} temporal peak`, peak);
  }
  add('mid-frontal-whorl', middle, midFrontal, 'crown whorl', crownWhorl);
  add('corner-corner', 'left corner', leftCorner, 'right corner', rightCorner);
  return checks;
}
