/**
 * The template of a stage, as far as it was measured on this client: tapes laid over the bald part itself.
 *
 * In: the numbers of the stage and the zone tapes. Out: numbers whose arcs on this head are the measured ones.
 * - bald-length runs along the midline from the hairline's mid-frontal point to the fringe behind (V to VII) or to the
 *   rear rim of the crown (IV)
 * - bald-width runs over the vertex in line with the ears from fringe to fringe (V to VII), or across the crown (IV)
 * A fringe passes through the taped points exactly and follows them between; what was not taped moves a third as much
 * as what was.
 *
 * Tapes change nothing for I to III, whose recession is hardly deeper than a tape's error, and for Ludwig, whose
 * thinning has no edge: `usableTapes` tells which count. Refuses ('measures-contradict') tapes that no head of the stage
 * can have.
 */
import { arcOnSkinMm } from '../head/walk-on-skin.ts';
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import { asin, atan2, cos, degToRad, radToDeg, sin } from '../num/elementary.ts';
import { lerp, smoothstep } from '../num/range.ts';
import { Refusal } from '../units/refusal.ts';
import { distance, length, normalise } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { FrontEdge } from './front-edge.ts';
import { crownCentre } from './hair-extent.ts';
import type { Crown } from './hair-extent.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import type { Presentation } from './scalp-design.ts';
import { headScale } from './scalp-outline.ts';
import { sampleOf, walkTowards } from './skin-curve.ts';
import type { Fringe, StageTemplate } from './stage-template.ts';

export interface FittedTemplate {
  readonly template: StageTemplate;
  readonly crown: Crown | null;
}

/** The last tape of each kind, where they say something about the presentation. */
export function usableTapes(
  presentation: Presentation,
  tapes: readonly ZoneTape[],
): { readonly lengthMm: number | null; readonly widthMm: number | null } {
  if (presentation.kind !== 'norwood' || presentation.stage < 4) return { lengthMm: null, widthMm: null };
  const last = (kind: ZoneTape['kind']): number | null => tapes.findLast((tape) => tape.kind === kind)?.valueMm ?? null;
  return { lengthMm: last('bald-length'), widthMm: last('bald-width') };
}

export function fitTemplate(
  head: HeadMap,
  landmarks: HeadLandmarks,
  template: StageTemplate,
  presentation: Presentation,
  tapes: readonly ZoneTape[],
  whorl: Vec3 | null,
  edge: FrontEdge,
): FittedTemplate {
  const { fringe, crownRadiusMm } = template;
  if (crownRadiusMm === null) return { template, crown: null };
  const radiusMm = crownRadiusMm * headScale(landmarks);
  const { lengthMm, widthMm } = usableTapes(presentation, tapes);
  if (lengthMm === null && widthMm === null) {
    return { template, crown: { centre: whorl ? onSkin(head, whorl) : crownCentre(head), radiusMm } };
  }
  const midFrontal = sampleOf(edge.smooth, Math.round(edge.middleAtMm / edge.smooth.stepMm));
  const rear = lengthMm === null ? null : walkTowards(head, midFrontal, landmarks.vertex, lengthMm);
  if (!fringe) {
    const centre = whorl ? onSkin(head, whorl) : crownCentre(head);
    return {
      template,
      crown: rear ? crownBefore(head, rear, widthMm ?? 2 * radiusMm) : crownAcross(head, centre, widthMm!),
    };
  }
  const crownRear = walkTowards(head, crownCentre(head), [0, -1, -1], radiusMm);
  const crownRearDeg = directionOfPoint(crownRear).elevationDeg;
  const side = widthMm === null ? null : besideVertex(head, landmarks.vertex, widthMm);
  const moved = fringeThrough(fringe, crownRearDeg, rear, side);
  // Deep corners reach back to the vertex on a short head: where the width was taped they would widen a narrow one.
  const recessions = side ? template.recessions.slice(0, 1) : template.recessions;
  return {
    template: { ...template, recessions, fringe: moved.fringe },
    crown: crownBefore(head, behind(head, crownRearDeg + moved.backByDeg), 2 * radiusMm),
  };
}

/** The crown so wide (arc, mm) whose rear rim is at `rear` on the midline. */
function crownBefore(head: HeadMap, rear: Vec3, widthMm: number): Crown {
  const centre = walkTowards(head, rear, [0, 1, 0], widthMm / 2);
  return { centre, radiusMm: distance(centre, rear) };
}

/** The crown so wide (arc, mm) about `centre`. */
function crownAcross(head: HeadMap, centre: Vec3, widthMm: number): Crown {
  return {
    centre,
    radiusMm: distance(centre, walkTowards(head, centre, [centre[0] + 100, centre[1], centre[2]], widthMm / 2)),
  };
}

interface Direction {
  readonly azimuthDeg: number;
  readonly elevationDeg: number;
}

const directionOfPoint = (p: Vec3): Direction => ({
  azimuthDeg: radToDeg(atan2(Math.abs(p[0]), p[2])),
  elevationDeg: radToDeg(asin(p[1] / length(p))),
});

/** The direction on both sides of the vertex, in line with the ears, whose points are `widthMm` of skin apart. */
function besideVertex(head: HeadMap, vertex: Vec3, widthMm: number): Direction {
  const top = normalise(vertex);
  const at = (angle: number, sign: 1 | -1): Vec3 =>
    onSkin(head, [sign * sin(angle), top[1] * cos(angle), top[2] * cos(angle)]);
  let low = 0;
  let high = degToRad(100);
  for (let n = 0; n < 40; n++) {
    const angle = (low + high) / 2;
    const mm = arcOnSkinMm(head, vertex, at(angle, 1)) + arcOnSkinMm(head, vertex, at(angle, -1));
    if (mm < widthMm) low = angle;
    else high = angle;
  }
  return directionOfPoint(at((low + high) / 2, 1));
}

/** A fringe stays between these over the ears and behind, whatever a tape says. */
const LOWEST_DEG = 8;
const HIGHEST_DEG = 86;
/** What was not taped moves by this share of what was: more would carry the tape's error along (simulated). */
const FOLLOWS = 0.3;
/** The temples move by this share of the sides. */
const TEMPLES_FOLLOW = 0.5;

/** The point of the midline behind at this elevation. */
function behind(head: HeadMap, elevationDeg: number): Vec3 {
  const e = degToRad(elevationDeg);
  return onSkin(head, [0, sin(e), -cos(e)]);
}

/**
 * The fringe moved so that the bald part ends at `rear` on the midline and at `side` beside the vertex. The crown may
 * reach further back than the fringe (`crownRearDeg`): then it is the crown that ends at `rear`.
 */
function fringeThrough(
  fringe: Fringe,
  crownRearDeg: number,
  rear: Vec3 | null,
  side: Direction | null,
): { readonly fringe: Fringe; readonly backByDeg: number } {
  const sideAt = fringe.findIndex(([azimuthDeg]) => azimuthDeg === 90);
  const rearDeg = rear && (rear[2] < 0 ? directionOfPoint(rear).elevationDeg : 90);
  for (const [kind, deg] of [
    ['bald-length', rearDeg],
    ['bald-width', side && side.elevationDeg],
  ] as const) {
    if (deg !== null && !(deg >= LOWEST_DEG && deg <= HIGHEST_DEG)) {
      throw new Refusal('measures-contradict', `${kind} is out of reach for this stage on this head`);
    }
  }
  const usualRearDeg = Math.min(crownRearDeg, fringe[fringe.length - 1][1]);
  const rearBy = rearDeg === null ? null : rearDeg - usualRearDeg;
  const sideByDeg = side ? side.elevationDeg - fringe[sideAt][1] : FOLLOWS * rearBy!;
  const backByDeg = rearBy ?? FOLLOWS * sideByDeg;
  return {
    backByDeg,
    fringe: fringe.map(([azimuthDeg, elevationDeg], i) => {
      if (i === sideAt && side) return [side.azimuthDeg, side.elevationDeg];
      const back = smoothstep(90, 180, azimuthDeg);
      const beside = (1 - back) * lerp(TEMPLES_FOLLOW, 1, smoothstep(42, 90, azimuthDeg));
      return [azimuthDeg, Math.min(HIGHEST_DEG, elevationDeg + beside * sideByDeg + back * backByDeg)];
    }),
  };
}
