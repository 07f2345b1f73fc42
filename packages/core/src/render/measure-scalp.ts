/**
 * Colours, sharpness and grain of a photo that shows no face: read from the scalp itself.
 *
 * Skin is read on the scalp that faces the camera, inside the person's outline and outside marked hair, without its
 * darkest third (stubble, shadow) and what read-skin.ts leaves out. The client's hair is told by a photo that shows the
 * brows, carried into this light by the ratio of the two skins; without one the darkest places of the scalp stand for it.
 */
import { normalAt, onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { PI, cos, sin } from '../num/elementary.ts';
import { clamp, quantise } from '../num/range.ts';
import { labOf, quantisedColour } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { measureColours } from '../pigment/measure-colours.ts';
import type { ColourReading, PhotoColours } from '../pigment/photo-colours.ts';
import { Refusal } from '../units/refusal.ts';
import { cameraPosition, project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { dot, normalise, subtract } from '../vec/vec3.ts';
import { maskAt } from '../vision/outline-edges.ts';
import type { Pixels, SoftMask } from '../vision/pixels.ts';
import type { PhotoMeasures } from './measure-photo.ts';
import { estimateScalpBlurPx, estimateNoiseCodes } from './measure-sharpness.ts';

/** Skin seen flatter than this (cosine) is mostly highlight or rim. */
const FACING = 0.55;
/** From the vertex down to 75 degrees: below are ears, nape and forehead creases. */
const RINGS = 30;
const LOWEST_RAD = (75 * PI) / 180;
const AROUND = 72;
const FEWEST_PLACES = 60;
const DARKEST_LEFT_OUT = 1 / 3;
const LONGEST_SIDE_PX = 320;

export interface ScalpPhoto {
  readonly photo: Pixels;
  readonly camera: Camera;
  readonly head: HeadMap;
  readonly person: SoftMask;
  /** Hair longer than stubble; null when not known. */
  readonly hair: SoftMask | null;
  /** The middle of the hairline, mm. */
  readonly midFrontal: Vec3;
  /** Colours of a photo that shows the face; null when there is none. */
  readonly like: PhotoColours | null;
}

/** Refuses 'head-covered' when next to no scalp is seen. */
export function measureScalp({ photo, camera, head, person, hair, midFrontal, like }: ScalpPhoto): PhotoMeasures {
  const eye = cameraPosition(camera);
  const places: { xPx: number; yPx: number; luma: number }[] = [];
  for (let ring = 0; ring <= RINGS; ring++) {
    const theta = (LOWEST_RAD * ring) / RINGS;
    for (let k = 0; k < AROUND; k++) {
      const phi = (2 * PI * k) / AROUND;
      const p = onSkin(head, [sin(theta) * sin(phi), cos(theta), sin(theta) * cos(phi)]);
      if (dot(normalAt(head, p), normalise(subtract(eye, p))) < FACING) continue;
      const [x, y] = project(camera, p);
      const [xPx, yPx] = [Math.round(x), Math.round(y)];
      if (!(xPx >= 0 && yPx >= 0 && xPx < photo.widthPx && yPx < photo.heightPx)) continue;
      if (maskAt(person, x, y) < 0.5 || (hair && maskAt(hair, x, y) > 0.5)) continue;
      const at = 4 * (xPx + yPx * photo.widthPx);
      const luma = 0.3 * photo.rgba[at] + 0.59 * photo.rgba[at + 1] + 0.11 * photo.rgba[at + 2];
      places.push({ xPx, yPx, luma });
    }
  }
  if (places.length < FEWEST_PLACES) throw new Refusal('head-covered', 'next to no bare scalp is seen');
  places.sort((a, b) => a.luma - b.luma);
  const flat = (some: typeof places): number[] => some.flatMap(({ xPx, yPx }) => [xPx, yPx]);
  const lit = places.slice(Math.floor(places.length * DARKEST_LEFT_OUT));
  const mmPerPx = project(camera, midFrontal)[2] / camera.f;
  const own = measureColours({
    ...photo,
    skin: flat(lit),
    // Pixels by themselves: squares would mix stubble into the skin.
    skinReachPx: 0,
    hair: flat(places),
    hairFrom: 'stubble',
  });
  const [leftPx, widthPx] = middlePart(lit.map(({ xPx }) => xPx));
  const [topPx, heightPx] = middlePart(lit.map(({ yPx }) => yPx));
  const rect = { leftPx, topPx, widthPx, heightPx };
  return {
    colours: like ? inThisLight(own, like) : own,
    quality: {
      mmPerPxAtHairline: quantise(mmPerPx, 1e4),
      blurPx: quantise(estimateScalpBlurPx(photo, rect), 100),
      noiseCodes: quantise(estimateNoiseCodes(photo, rect), 100),
    },
  };
}

/** Start and length of the middle of some places, no longer than is needed to measure sharpness. */
function middlePart(px: number[]): readonly [startPx: number, lengthPx: number] {
  px.sort((a, b) => a - b);
  const [low, high] = [px[Math.floor(0.15 * px.length)], px[Math.floor(0.85 * px.length)]];
  const length = clamp(high - low, 14, LONGEST_SIDE_PX);
  return [Math.round((low + high - length) / 2), length];
}

/** The hair of another photo as it would look where its skin looks like this. */
function inThisLight(own: PhotoColours, like: PhotoColours): PhotoColours {
  const channel = (c: 0 | 1 | 2): number =>
    quantise(clamp((like.hair[c] * own.skin[c]) / Math.max(like.skin[c], 1e-3), 0, 1), 1e4);
  const hair: [number, number, number] = [channel(0), channel(1), channel(2)];
  const hairLab = quantisedColour(labOf(hair), 100);
  const reading = own.reading && like.reading && borrowedReading(own.reading, like.reading, like.hairLab, hairLab);
  return { ...own, hair, hairLab, reading };
}

/** The skin as read here; the hair as surely as it was read there. */
function borrowedReading(own: ColourReading, like: ColourReading, from: Colour3, to: Colour3): ColourReading {
  const moved = ([l, a, b]: Colour3): Colour3 =>
    quantisedColour([clamp(l + to[0] - from[0], 0, 100), a + to[1] - from[1], b + to[2] - from[2]], 100);
  return { ...own, hairLow: moved(like.hairLow), hairHigh: moved(like.hairHigh), hairFrom: 'another photo' };
}
