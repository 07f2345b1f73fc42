/**
 * The head frame of a scan whose tragions and brow are known.
 *
 * The tragions give the origin and the x axis. The Frankfurt plane is not among the landmarks: the head is tilted so
 * that glabella, nasion and the outer corners of the eyes, whichever are given, stand on the mean at the angles above it
 * at which the template has them, seen from the tragions. On the known heads that is right to 1.5 degrees, the corners
 * alone to 2; letting the surface have a say made it worse.
 */
import { atan2, cos, sin } from '../num/elementary.ts';
import type { Mat3, Vec3 } from '../vec/mat3.ts';
import { add, cross, dot, length, normalise, scale, subtract } from '../vec/vec3.ts';
import { TEMPLATE_LANDMARKS } from '../head/head-template.ts';
import type { Placement, ScanLandmarks } from './scan-mesh.ts';

/** Distances of two tragions, of the brow before them, and of an eye's corner from the midline, mm. */
const APART_MM = [105, 175] as const;
const AWAY_MM = [55, 140] as const;
const CORNER_MM = [20, 70] as const;
const MIDDLE_MM = 25;
/** Outer corner of the left eye on the template, by the canonical face, mm. */
const TEMPLATE_CANTHUS: Vec3 = [44.17, 16.03, 73.62];

/** Null when the distances between the landmarks are no human's at this size of a unit. */
export function frameByLandmarks(landmarks: ScanLandmarks, mmPerUnit: number): Placement | null {
  const { leftTragion, rightTragion, glabella, nasion, leftCanthus, rightCanthus } = landmarks;
  const across = subtract(leftTragion, rightTragion);
  const isWithin = (mm: number, [low, high]: readonly [number, number]): boolean => mm >= low && mm <= high;
  if (!isWithin(length(across) * mmPerUnit, APART_MM)) return null;
  const x = normalise(across);
  const origin = scale(add(leftTragion, rightTragion), 0.5);
  const fronts: readonly (readonly [at: Vec3 | undefined, template: Vec3, sideMm: readonly [number, number]])[] = [
    [glabella, TEMPLATE_LANDMARKS.glabella, [-MIDDLE_MM, MIDDLE_MM]],
    [nasion, TEMPLATE_LANDMARKS.nasion, [-MIDDLE_MM, MIDDLE_MM]],
    [leftCanthus, TEMPLATE_CANTHUS, CORNER_MM],
    [rightCanthus, TEMPLATE_CANTHUS, [-CORNER_MM[1], -CORNER_MM[0]]],
  ];
  let forward: Vec3 = [0, 0, 0];
  for (const [at, template, sideMm] of fronts) {
    if (!at) continue;
    const out = subtract(at, origin);
    const side = dot(out, x);
    const flat = subtract(out, scale(x, side));
    if (!isWithin(side * mmPerUnit, sideMm) || !isWithin(length(flat) * mmPerUnit, AWAY_MM)) return null;
    // Turned down about x by the template's angle, the direction to the landmark is straight ahead.
    const ahead = normalise(flat);
    const up = cross(ahead, x);
    const angle = atan2(template[1], template[2]);
    forward = add(forward, subtract(scale(ahead, cos(angle)), scale(up, sin(angle))));
  }
  if (length(forward) < 0.5) return null;
  const z = normalise(forward);
  const y = cross(z, x);
  const rotation: Mat3 = [x[0], x[1], x[2], y[0], y[1], y[2], z[0], z[1], z[2]];
  return {
    rotation,
    mmPerUnit,
    shiftMm: [-dot(x, origin) * mmPerUnit, -dot(y, origin) * mmPerUnit, -dot(z, origin) * mmPerUnit],
  };
}
