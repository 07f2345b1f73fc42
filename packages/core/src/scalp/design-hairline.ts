/**
 * Where a natural front hairline runs on this client: from the right sideburn over the forehead to the left one.
 *
 * In: head map and landmarks (mm, head frame), sex and age, a seed, the eye width when a face was measured.
 * Out: control points on the skin; the irregular edge is grown from them by `frontEdge`.
 *
 * Method, after the rules of hair surgery: the mid-frontal point by sex and age, measured over the skin from the
 * glabella (Garg and Garg 2017: 8 cm in 431 men; Shapiro and Shapiro 2013: leeway 7 to 10 cm); the fronto-temporal
 * point above the lateral canthus, level with or above the mid-frontal point as far as the forehead's slope allows; the
 * temporal peak 5 cm from there on the line to the canthus, further back with age; then down to the sideburn. Garg's
 * second rule, 8 cm sideways from the mid-frontal point, lands some 2 cm further out than the canthus; the canthus is
 * what a client sees in a mirror, so it wins. Women keep a rounded line without recession (Rassman 2013). Ages,
 * recessions and the left-right difference are estimates inside those ranges, not measurements.
 *
 * Does not look at the client's own hair (see hair-extent.ts) and does not judge a line drawn by hand (see
 * judge-hairline.ts).
 */
import { onSkin, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import { quantise } from '../num/range.ts';
import { hashUnit } from '../random/hash.ts';
import { distance, length } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import type { HairlineDesign } from './scalp-design.ts';
import { walkTowards } from './skin-curve.ts';

export interface FaceWidths {
  /** Between the outer corners of the eyes, mm. */
  readonly outerCanthiMm: number;
}

/** Points per side between the mid-frontal point and the sideburn's foot. */
export const CONTROLS_PER_SIDE = 8;

/** Adult mean, both sexes within 2 mm of it; scaled by the head's width at the ears when no face was measured. */
const OUTER_CANTHI_MM = 90;
const TRAGION_WIDTH_MM = 144;

/** The mid-frontal distance for the age, mm over the skin. An unknown age gets the mature line of 40 to 49. */
export function midFrontalForAge({ sex, ageYears }: ClientFacts): number {
  const age = ageYears ?? 40;
  if (sex === 'f') return age < 30 ? 55 : age < 40 ? 58 : age < 50 ? 60 : 63;
  return age < 30 ? 70 : age < 40 ? 75 : age < 50 ? 80 : 85;
}

/** How far behind the mid-frontal point a corner may lie on an average head. */
const MOST_RETREAT_MM = 42;

interface Style {
  /** Rise (mm) above the mid-frontal point's height at a third, two thirds and the whole way to the fronto-temporal point. */
  readonly riseMm: readonly [number, number, number];
  /** Fronto-temporal point's distance from the midline, in half eye widths. */
  readonly cornerReach: number;
  /** How far the temporal peak lies behind the line from corner to canthus. */
  readonly peakBackMm: number;
  /** How far the edge between corner and peak bows back behind their chord. */
  readonly recessMm: number;
}

function styleFor({ sex, ageYears }: ClientFacts): Style {
  if (sex === 'f') return { riseMm: [-2.5, -10.5, -27], cornerReach: 1.16, peakBackMm: 14, recessMm: 3 };
  const age = ageYears ?? 40;
  if (age < 30) return { riseMm: [0, 0.5, 2.5], cornerReach: 1.12, peakBackMm: 10, recessMm: 5 };
  if (age < 40) return { riseMm: [0, 1.5, 5], cornerReach: 1.12, peakBackMm: 13, recessMm: 7 };
  if (age < 50) return { riseMm: [0, 2.5, 7.5], cornerReach: 1.1, peakBackMm: 16, recessMm: 8 };
  return { riseMm: [0, 3.5, 10], cornerReach: 1.08, peakBackMm: 19, recessMm: 9 };
}

export function designHairline(
  head: HeadMap,
  landmarks: HeadLandmarks,
  client: ClientFacts,
  seed: number,
  face: FaceWidths | null = null,
): HairlineDesign {
  const midFrontalMm = midFrontalForAge(client);
  const style = styleFor(client);
  const tragionWidth = distance(landmarks.leftTragion, landmarks.rightTragion);
  const k = tragionWidth / TRAGION_WIDTH_MM;
  const eye = (face?.outerCanthiMm ?? OUTER_CANTHI_MM * k) / 2;
  const middle = walkTowards(head, landmarks.glabella, landmarks.vertex, midFrontalMm);

  // No face is even: the two sides differ by 1 to 3 mm in the corner's height and in the peak.
  const signed = (salt: number): number => (1 + 2 * hashUnit(seed, salt)) * (hashUnit(seed, salt + 1) < 0.5 ? -1 : 1);
  const cornerDifference = signed(101);
  const peakDifference = signed(103);

  const sideControls = (sign: 1 | -1): Vec3[] => {
    const lift = (sign * cornerDifference) / 2;
    const back = (sign * peakDifference) / 2;
    const x = eye * style.cornerReach;
    const at = (part: number, rise: number): Vec3 =>
      skinAbove(head, sign * x * part, middle[1] + rise, middle[2] - MOST_RETREAT_MM * k * part);
    // A man's corner never drops below the mid-frontal point, whatever the side's difference.
    const corner = at(1, client.sex === 'm' ? Math.max(0, style.riseMm[2] + lift) : style.riseMm[2] + lift);
    const canthus: Vec3 = [sign * eye, landmarks.nasion[1] - 3 * k, landmarks.nasion[2] - 24 * k];
    const along = 50 / distance(corner, canthus);
    const onLine = (t: number, backMm: number): Vec3 =>
      pushedBack(head, [0, 1, 2].map((c) => corner[c] + (canthus[c] - corner[c]) * t) as unknown as Vec3, backMm);
    return [
      at(0.33, style.riseMm[0]),
      at(0.67, style.riseMm[1] + lift * 0.4),
      corner,
      onLine(along * 0.5, style.peakBackMm * 0.5 + style.recessMm + back * 0.5),
      onLine(along, style.peakBackMm + back),
      onSkin(head, [sign * 72 * k, 31 * k, 33 * k]),
      onSkin(head, [sign * 72 * k, 15 * k, 26 * k]),
      onSkin(head, [sign * 72 * k, -2 * k, 23 * k]),
    ];
  };
  const right = sideControls(-1).reverse();
  return {
    midFrontalAboveGlabellaMm: midFrontalMm,
    controlsMm: [...right, middle, ...sideControls(1)].map((p) => [
      quantise(p[0], 100),
      quantise(p[1], 100),
      quantise(p[2], 100),
    ]),
    source: 'age-table',
    transitionMm: client.sex === 'f' ? 10 : 8,
    macroAmplitudeMm: client.sex === 'f' ? 3 : 4,
    macroWavelengthMm: 22,
    microJitterMm: 1.5,
    sentinelShare: 0.04,
    sentinelReachMm: 4,
  };
}

/**
 * The skin point of the given x and y above the face. On a head whose forehead slopes away, that height is met only far
 * behind; then the point lies at `leastZ` instead, and a little lower: a corner set back further would be a bald temple.
 */
function skinAbove(head: HeadMap, x: number, y: number, leastZ: number): Vec3 {
  const level = lastInside(head, (z) => [x, y, z], leastZ, 160);
  if (level > leastZ) return onSkin(head, [x, y, level]);
  return onSkin(head, [x, lastInside(head, (h) => [x, h, leastZ], 0, y), leastZ]);
}

/** The largest parameter in [low, high] whose point lies within the head, by bisection; `low` when even that is outside. */
function lastInside(head: HeadMap, pointAt: (t: number) => Vec3, low: number, high: number): number {
  for (let i = 0; i < 40; i++) {
    const t = (low + high) / 2;
    const p = pointAt(t);
    if (length(p) < radiusMm(head, p[0], p[1], p[2])) low = t;
    else high = t;
  }
  return low;
}

/** `p` put on the skin, then moved back over it by about `mm`. */
function pushedBack(head: HeadMap, p: Vec3, mm: number): Vec3 {
  const q = onSkin(head, p);
  if (mm === 0) return q;
  // Straight back along the side: towards the point of the same height behind the ear.
  return walkTowards(head, q, [q[0], q[1] * 1.05, -60], mm);
}
