/**
 * Where is level in this head? What a photo of a face says of the plane through the ears and the lower rims of the eyes, which
 * the frame of the head hangs on, apart from the face as a whole.
 *
 * The mean face lies in that frame in one way, a client's own is tilted against it by 2.5 degrees (sd). Two things tell by how
 * much. Eyes that lie higher on their face than on the mean one: their rims do too, so the rest of the face is bowed, 2 degrees
 * for each millimetre that the mesh tells. And the tops of the ears where they stand out of the outline (ear-tops.ts): ears
 * stand 90 mm behind the face, so that a degree of bow moves them by 1.6 mm against it.
 *
 * Fitted on persons 13 to 32 of validation/heads, whose ears were 7 mm too short then: tops are where people's are now. How high the top of an ear lies above its tragion is one person's own, alike on
 * both sides and in all photos: together they count as one.
 */
import { FACE_MIDDLE } from '../head/landmarks.ts';
import type { Evidence } from '../num/least-squares.ts';
import { degToRad, exp } from '../num/elementary.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { rotationAboutX } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add } from '../vec/vec3.ts';
import { earTopMm } from './ear-tops.ts';
import type { EarTop } from './ear-tops.ts';
import { LIDS } from './face-mesh.ts';
import { POINT_KNEE, huber } from './huber.ts';
import { FACE_RIGID, asMeshTells } from './solve-pose.ts';
import type { ViewEvidence } from './view-evidence.ts';
import { FACE_PLACE, PLACE_MM, TILT, TOLD_SIZE } from './view-unknowns.ts';
import type { ViewUnknowns } from './view-unknowns.ts';

/** A photo whose face was found, and its camera (template mm) for any values of the unknowns. */
export interface FaceView {
  readonly face: NonNullable<ViewEvidence['face']>;
  readonly unknowns: ViewUnknowns;
  readonly camera: (x: readonly number[]) => Camera;
}

/** How much farther a face is bowed whose eyes lie a millimetre higher on it, and what varies beside, rad. */
const TILT_PER_MM = degToRad(2);
const TILT_SD = degToRad(2.1);
/**
 * Spread of a top about where people's are (anchors.ts), between people and as it is found; and how much higher than there it
 * is found. Rendered persons, their ears as long as those of men of ANSUR II, have theirs 0.5 higher (sd 2.3).
 */
const EAR_SD_MM = 3.5;
const EAR_FOUND_SD_MM = 1.7;
const EAR_UP_MM = 0.9;

const EYES = FACE_RIGID.filter(({ index }) => LIDS.includes(index));

/** Where the mesh tells a point of this client's face, whose camera tells so, px and depth. */
export function toldOn(told: Camera, x: readonly number[]): (point: Vec3) => Vec3 {
  const tilt = rotationAboutX(x[TILT]);
  const size = exp(x[TOLD_SIZE]);
  const [x0, y0, z0] = FACE_MIDDLE;
  const [aside, up, forward] = FACE_PLACE;
  const x1 = x0 + PLACE_MM * x[aside];
  const y1 = y0 + PLACE_MM * x[up];
  const z1 = z0 + PLACE_MM * x[forward];
  // Written out, and without taking lists apart, which is slow: asked some hundred thousand times in a plan.
  return (p) => {
    const dx = p[0] - x0;
    const dy = p[1] - y0;
    const dz = p[2] - z0;
    return project(told, [
      x1 + (tilt[0] * dx + tilt[1] * dy + tilt[2] * dz) * size,
      y1 + (tilt[3] * dx + tilt[4] * dy + tilt[5] * dz) * size,
      z1 + (tilt[6] * dx + tilt[7] * dy + tilt[8] * dz) * size,
    ]);
  };
}

/** The tilt of the face, as far as its eyes tell it. */
export function tiltEvidence(faces: readonly FaceView[]): Evidence {
  const eyes = faces.map((view) =>
    remembered([TILT, TOLD_SIZE, ...FACE_PLACE, ...view.unknowns.all], (x: readonly number[]) => eyesUpMm(view, x)),
  );
  return {
    on: [TILT, TOLD_SIZE, ...FACE_PLACE, ...faces.flatMap(({ unknowns }) => unknowns.all)],
    residuals: (x) => {
      const upMm = eyes.reduce((sum, read) => sum + read(x), 0) / Math.max(1, faces.length);
      return [(x[TILT] - TILT_PER_MM * upMm) / TILT_SD];
    },
  };
}

/** A reading of a few unknowns, taken again only where one of them has changed: a derivative changes one of one photo. */
function remembered(on: readonly number[], read: (x: readonly number[]) => number): (x: readonly number[]) => number {
  const at = new Float64Array(on.length).fill(Number.NaN);
  let answer = Number.NaN;
  return (x) => {
    let isKnown = true;
    for (let k = 0; k < on.length; k++) {
      if (at[k] === x[on[k]]) continue;
      at[k] = x[on[k]];
      isKnown = false;
    }
    if (!isKnown) answer = read(x);
    return answer;
  };
}

/** How much higher than on the mean face the eyes lie, template mm. */
function eyesUpMm({ face, camera }: FaceView, x: readonly number[]): number {
  const told = asMeshTells(camera(x));
  const at = toldOn(told, x);
  const [u, v, depth] = at(FACE_MIDDLE);
  const [uAbove, vAbove] = at(add(FACE_MIDDLE, [0, 10, 0]));
  const [du, dv] = [uAbove - u, vAbove - v];
  let upPx = 0;
  for (const { index, point } of EYES) {
    const seen = at(point);
    upPx = upPx + (face.xPx[index] - seen[0]) * du + (face.yPx[index] - seen[1]) * dv;
  }
  return ((upPx / EYES.length / Math.sqrt(du * du + dv * dv)) * depth) / told.f;
}

/** The tops of the ears of one photo; `all` counts those of all photos. */
export function earEvidence(
  tops: readonly EarTop[],
  all: number,
  { unknowns, camera }: Pick<FaceView, 'unknowns' | 'camera'>,
): Evidence {
  const sdMm = Math.sqrt(all * EAR_SD_MM * EAR_SD_MM + EAR_FOUND_SD_MM * EAR_FOUND_SD_MM);
  return {
    on: unknowns.all,
    residuals: (x) => {
      const seen = camera(x);
      return tops.map(({ name, xPx, yPx, up }) => {
        const [u, v, depth] = project(seen, earTopMm(name));
        const upMm = (((u - xPx) * up[0] + (v - yPx) * up[1]) * depth) / seen.f;
        return (upMm + EAR_UP_MM) / sdMm;
      });
    },
    robust: (r) => huber(r, POINT_KNEE),
  };
}
