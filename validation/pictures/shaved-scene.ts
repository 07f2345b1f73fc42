/**
 * A healed picture of a head that no network has to find: dots at one density over the whole skull.
 *
 * The average head, turned as photos.json says, is laid on the skull's box; colours, sharpness and grain are measured
 * as for any photo without a face (render/measure-scalp.ts). Good for the texture of the work, not for where it lies.
 */
import { layOutDots } from '@stipple/core/dots/lay-out-dots.ts';
import type { Reserve } from '@stipple/core/dots/reserve.ts';
import { headOf } from '@stipple/core/head/head-of.ts';
import { directionOf, onSkin } from '@stipple/core/head/head-map.ts';
import type { HeadMap } from '@stipple/core/head/head-map.ts';
import { populationShape } from '@stipple/core/head/solve-head.ts';
import { designPigment } from '@stipple/core/pigment/design-pigment.ts';
import { measureScalp } from '@stipple/core/render/measure-scalp.ts';
import { prepareScene } from '@stipple/core/render/prepare-scene.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import { designDensity } from '@stipple/core/scalp/design-density.ts';
import type { ScalpField } from '@stipple/core/scalp/scalp-field.ts';
import type { Camera } from '@stipple/core/vec/camera.ts';
import { project } from '@stipple/core/vec/camera.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import { rotationOf } from '@stipple/core/vision/view-pose.ts';
import type { ShavedPhoto } from './read-photos.ts';

const DISTANCE_MM = 600;
/** The skull above the ears' tops: what its box encloses. */
const SKULL_FROM_MM = 25;
/** The whole head that may be worked on here, forehead included: bare skin is bare skin. */
const WORKED_FROM_MM = 0;
const DENSITY = designDensity(3);

export function shavedScene(photo: Pixels, { pose, skullPx }: ShavedPhoto, reserve: Reserve): Scene {
  const shape = { ...populationShape({ sex: 'm', ageYears: 42 }), face: 1 };
  const { map, landmarks } = headOf({ shape, scan: null, faceTiltDeg: 0 });
  const camera = cameraOnSkull(map, rotationOf(pose), skullPx);
  const dots = layOutDots({ head: map, reserve, field: everywhere, density: DENSITY, seed: 7 });
  const person = {
    leftPx: 0,
    topPx: 0,
    sidePx: Math.max(photo.widthPx, photo.heightPx),
    size: 1,
    values: Uint8Array.of(255),
  };
  const midFrontal = onSkin(map, [0, landmarks.glabella[1] + 60, landmarks.glabella[2]]);
  const { colours, quality } = measureScalp({ photo, camera, head: map, person, hair: null, midFrontal, like: null });
  const pigment = designPigment(colours);
  return prepareScene({ photo, head: map, landmarks, camera, person, hair: null, dots, quality, colours, pigment });
}

/** Full density wherever the skin is high enough. */
const everywhere: ScalpField = {
  zones: [{ id: 'skull', kind: 'bald', targetPerCm2: DENSITY.fullPerCm2 }],
  sample(xyzMm, count, out) {
    for (let k = 0; k < count; k++) {
      const isWorked = xyzMm[3 * k + 1]! > WORKED_FROM_MM;
      out.densityPerCm2[k] = isWorked ? DENSITY.fullPerCm2 : 0;
      out.coverage[k] = isWorked ? 1 : 0;
      out.zoneIndex[k] = isWorked ? 0 : 255;
      out.edgeMm[k] = 1000;
      out.strength[k] = isWorked ? 1 : 0;
    }
  },
};

function cameraOnSkull(map: HeadMap, R: Camera['R'], [left, right, top]: ShavedPhoto['skullPx']): Camera {
  const unit: Camera = { f: 1, cx: 0, cy: 0, R, t: [0, 0, DISTANCE_MM] };
  let [x0, x1, y0] = [Infinity, -Infinity, Infinity];
  for (let j = 0; j <= 100; j++) {
    for (let i = 0; i <= 100; i++) {
      const p = onSkin(map, directionOf(i / 50 - 1, j / 50 - 1));
      if (p[1] < SKULL_FROM_MM) continue;
      const [x, y] = project(unit, p);
      [x0, x1, y0] = [Math.min(x0, x), Math.max(x1, x), Math.min(y0, y)];
    }
  }
  const f = (right - left) / (x1 - x0);
  return { f, cx: left - f * x0, cy: top - f * y0, R, t: unit.t };
}
