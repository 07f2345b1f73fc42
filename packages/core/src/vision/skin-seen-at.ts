/** Which place of the skin does the photo show here? */
import type { Camera } from '../vec/camera.ts';
import { cameraPosition } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { dot, normalise, subtract } from '../vec/vec3.ts';
import { CRANIUM_CENTRE } from './head-outline.ts';
import type { OutsideMm } from './head-outline.ts';

/** Farther from the middle of the cranium no head has skin, mm. */
const REACH_MM = 160;
/** The distance along a radius is longer than the one to the skin: a step of this share of it cannot pass through. */
const SAFE_SHARE = 0.7;

/**
 * The skin point (head frame, mm) that the line of sight through a photo pixel meets first; null when it misses the head.
 * Within 0.01 mm along the line.
 */
export function skinSeenAt(camera: Camera, outside: OutsideMm, xPx: number, yPx: number): Vec3 | null {
  const { R, f, cx, cy } = camera;
  const [a, b] = [(xPx - cx) / f, (yPx - cy) / f];
  const sight = normalise([R[0] * a + R[3] * b + R[6], R[1] * a + R[4] * b + R[7], R[2] * a + R[5] * b + R[8]]);
  const eye = cameraPosition(camera);
  const middle = dot(subtract(CRANIUM_CENTRE, eye), sight);
  const at = (t: number): Vec3 => [eye[0] + t * sight[0], eye[1] + t * sight[1], eye[2] + t * sight[2]];
  let t = middle - REACH_MM;
  for (let step = 0; step < 400 && t < middle + REACH_MM; step++) {
    const gap = outside(...at(t));
    if (gap < 0.01) return at(t);
    t += Math.max(0.005, SAFE_SHARE * gap);
  }
  return null;
}
