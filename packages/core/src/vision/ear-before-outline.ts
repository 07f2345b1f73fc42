/**
 * Whether an ear stands before or beyond the outline of the cranium along a ray: the person ends at the ear there, and the
 * edge says nothing of the skull, whichever skin would make the outline.
 *
 * outline-trust.ts knows it of skin that lies under an ear; from above and behind, an ear also reaches over the outline of
 * skin that is far from it. On 8 rendered heads, true camera and shape, such rays met an edge 10 to 24 mm beyond the skull.
 */
import { cos, degToRad, sin } from '../num/elementary.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';

/** The rim, template mm: an upright ellipse beside the head, about the middle of the ear (outline-trust.ts), leaning back. */
const RIM_MIDDLE: Vec3 = [86, -8, -13];
const RIM_HALF_MM = [36, 24] as const;
const RIM_LEAN = degToRad(16);
const RIM_STEP_DEG = 15;
/** Ears differ by so much from the template's. */
const MARGIN_MM = 3;

const RIMS: readonly (readonly Vec3[])[] = [1, -1].map((side) =>
  Array.from({ length: 360 / RIM_STEP_DEG }, (_, k): Vec3 => {
    const along = RIM_HALF_MM[0] * cos(degToRad(RIM_STEP_DEG * k));
    const across = RIM_HALF_MM[1] * sin(degToRad(RIM_STEP_DEG * k));
    return [
      side * RIM_MIDDLE[0],
      RIM_MIDDLE[1] + along * cos(RIM_LEAN) - across * sin(RIM_LEAN),
      RIM_MIDDLE[2] - along * sin(RIM_LEAN) - across * cos(RIM_LEAN),
    ];
  }),
);

/**
 * For rays in the image from `centre` (px, with the depth in template mm): asked with a ray's direction and how far along it,
 * px, the cranium ends.
 */
export function earsBeforeOutline(
  camera: Camera,
  [centreX, centreY, depth]: Vec3,
): (ray: readonly [number, number], craniumPx: number) => boolean {
  const marginPx = (MARGIN_MM * camera.f) / depth;
  const rims = RIMS.map((rim) =>
    rim.map((point) => {
      const [x, y] = project(camera, point);
      return [x - centreX, y - centreY] as const;
    }),
  );
  return (ray, craniumPx) =>
    rims.some((rim) => {
      const beyond = rim.filter(([x, y]) => x * ray[0] + y * ray[1] > craniumPx - marginPx);
      const across = beyond.map(([x, y]) => y * ray[0] - x * ray[1]);
      return Math.min(...across) < marginPx && Math.max(...across) > -marginPx;
    });
}
