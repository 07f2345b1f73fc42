/**
 * Landmarks as picked on shaded views of each head, in the units of its file with x to the client's left, y up and z
 * forward. They fix the head frame, so they are the truth of pitch: within about 3 mm, which is 2 degrees.
 *
 * - tragion: where the upper end of the tragus joins the head, on the skin before the ear (ANSUR II), some 4 mm above and
 *   before the notch itself, as on the template
 * - orbitale: the lower rim of the eye socket, mean of both sides; on the CT read off the bone, elsewhere 18 mm below
 *   the middle of the eye
 * - glabella: the most forward midline point between the brows, Frankfurt plane horizontal; no higher than their inner ends,
 *   because a finger looks for it between them (of one scan the profile bulges on for 6 mm above low brows)
 * - points of the face are picked from the front: their depth is the first skin from there
 * - the inion shows on no skin here: it is where the template has it, seen from the ears
 */
import type { Vec3 } from '@stipple/core/vec/mat3.ts';

export interface HeadPicks {
  readonly leftTragion: Vec3;
  readonly rightTragion: Vec3;
  readonly orbitale: Vec3;
  readonly glabella: readonly [x: number, y: number];
  readonly nasion: readonly [x: number, y: number];
  readonly leftCanthus?: readonly [x: number, y: number];
  readonly rightCanthus?: readonly [x: number, y: number];
}

/** Bone at 200 HU: left rim 46 mm, right rim 43 mm above the lowest slice; the head lies rolled by a degree. */
export const CT_PICKS: HeadPicks = {
  leftTragion: [199.5, 34.3, 117],
  rightTragion: [49.5, 32.7, 117],
  orbitale: [124.5, 44.5, 187.5],
  glabella: [124.5, 87],
  nasion: [124.5, 68],
  leftCanthus: [166, 62],
  rightCanthus: [84, 59.5],
};

/** x is minus the template's own, which grows to the client's right. */
export const COLIN_PICKS: HeadPicks = {
  leftTragion: [-4, 29, 104],
  rightTragion: [-176, 29, 104],
  orbitale: [-90, 10.5, 197],
  glabella: [-90, 49],
  nasion: [-90, 32],
  leftCanthus: [-36, 28],
  rightCanthus: [-146, 28],
};

/** Tilted by 3 degrees: eyes are closed and their middle is known no better. */
export const CAPPED_SCAN_PICKS: HeadPicks = {
  leftTragion: [1.29, 1.42, 0.42],
  rightTragion: [-1.42, 1.42, 0.42],
  orbitale: [-0.065, 1.345, 1.85],
  glabella: [-0.065, 2.06],
  nasion: [-0.065, 1.87],
  leftCanthus: [0.79, 1.65],
  rightCanthus: [-0.99, 1.635],
};

/** A bust with ears lower than any living head's: tilted so that its glabella stands as high as the template's. */
export const BUST_PICKS: HeadPicks = {
  leftTragion: [0.241, 0.0244, -0.043],
  rightTragion: [-0.224, 0.0244, -0.043],
  orbitale: [0.0086, 0.0766, 0.23],
  glabella: [0.0086, 0.2225],
  nasion: [0.0086, 0.17],
};

/** As in scripts/fit-head-template.mjs; cm. */
export const ICT_PICKS: HeadPicks = {
  leftTragion: [7.35, 1.5, 1.57],
  rightTragion: [-7.35, 1.5, 1.57],
  orbitale: [0, 1.75, 9.3],
  glabella: [0, 5.73],
  nasion: [0, 4.17],
};

/** As in scripts/fit-head-template.mjs; decimetres. */
export const MAKEHUMAN_PICKS: HeadPicks = {
  leftTragion: [0.72, 7.111, 0.617],
  rightTragion: [-0.72, 7.111, 0.617],
  orbitale: [0, 7.1, 1.4],
  glabella: [0, 7.5],
  nasion: [0, 7.33],
};
