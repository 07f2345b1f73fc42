/**
 * Points of the head that a person can find in a photo: where they lie on the template, how they move from one head to
 * another, and how surely.
 *
 * Positions are picked on the neutral head of ICT-FaceKit in the template's frame; the vertex, the inion and the
 * opisthocranion are the template's own. How heads differ from a stretched template, all points together, is the table of
 * anchor-covariance.ts. What is added here is the hand: people mark a point differently, sharp across an edge and vague
 * along the skin. Estimates, until repeated marks of one studio replace them.
 */
import { deform } from '../head/deform-head.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { TEMPLATE_LANDMARKS } from '../head/head-template.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { scale } from '../vec/vec3.ts';

export type AnchorName =
  | 'left-tragus'
  | 'right-tragus'
  | 'left-ear-top'
  | 'right-ear-top'
  | 'left-ear-lobe'
  | 'right-ear-lobe'
  | 'left-canthus'
  | 'right-canthus'
  | 'glabella'
  | 'nasion'
  | 'nose-tip'
  | 'chin'
  | 'vertex'
  | 'opisthocranion'
  | 'inion'
  | 'nape';

export interface AnchorPoint {
  readonly templateMm: Vec3;
  /** Ears are carried by the frame, whose origin lies between them: only `face` moves them. The rest follows the skin. */
  readonly isOnEar: boolean;
  /** How far apart people put it on one and the same head: standard deviations along x, y and z of the head. */
  readonly handMm: Vec3;
}

const onSkin = (templateMm: Vec3, handMm: Vec3): AnchorPoint => ({ templateMm, isOnEar: false, handMm });
const onEar = (templateMm: Vec3, handMm: Vec3): AnchorPoint => ({ templateMm, isOnEar: true, handMm });
const mirrored = ({ templateMm: [x, y, z], ...point }: AnchorPoint): AnchorPoint => ({
  ...point,
  templateMm: [-x, y, z],
});

/** The upper edge of the flap before the ear canal: the tragion, which the frame is hung on. */
const TRAGUS = onEar(TEMPLATE_LANDMARKS.leftTragion, [1, 1.5, 1.5]);
const EAR_TOP = onEar([87.5, 22, -17], [2, 1.5, 2.5]);
const EAR_LOBE = onEar([77.5, -34.5, -7.5], [2, 1.5, 2.5]);
/** Outer corner of the eye. */
const CANTHUS = onSkin([44.2, 15.4, 73.2], [1.5, 1, 1.5]);

export const ANCHORS: Readonly<Record<AnchorName, AnchorPoint>> = {
  'left-tragus': TRAGUS,
  'right-tragus': mirrored(TRAGUS),
  'left-ear-top': EAR_TOP,
  'right-ear-top': mirrored(EAR_TOP),
  'left-ear-lobe': EAR_LOBE,
  'right-ear-lobe': mirrored(EAR_LOBE),
  'left-canthus': CANTHUS,
  'right-canthus': mirrored(CANTHUS),
  glabella: onSkin(TEMPLATE_LANDMARKS.glabella, [1.5, 3, 1]),
  nasion: onSkin(TEMPLATE_LANDMARKS.nasion, [1, 2.5, 1]),
  'nose-tip': onSkin([0, -18, 116.8], [1, 1.5, 1]),
  /** Lowest point of the chin, mouth closed. */
  chin: onSkin([0, -98, 83], [2, 1.5, 3]),
  vertex: onSkin(TEMPLATE_LANDMARKS.vertex, [3, 1, 6]),
  opisthocranion: onSkin(TEMPLATE_LANDMARKS.opisthocranion, [3, 6, 1]),
  inion: onSkin(TEMPLATE_LANDMARKS.inion, [2, 4, 1]),
  /** Hairline of the nape, in the midline. */
  nape: onSkin([0, -61, -76], [3, 9, 4]),
};

/**
 * By how much ears sit higher or farther back on one head than on another, all points of both together; one standard
 * deviation each. ICT-FaceKit's heads hardly differ in it: glabella to tragion is 0.45 to 0.50 of their length, but 0.42
 * to 0.53 on five other heads, from which these two are estimates.
 */
export const EAR_SEAT_MM: readonly Vec3[] = [
  [0, 3, 0],
  [0, 0, 5],
];

export const ANCHOR_NAMES = Object.keys(ANCHORS) as readonly AnchorName[];

/** Where the point lies on the head of this shape, mm of the head frame. */
export function anchorMm(name: AnchorName, shape: HeadShape): Vec3 {
  const { templateMm, isOnEar } = ANCHORS[name];
  return isOnEar ? scale(templateMm, shape.face) : deform(shape, templateMm);
}

/** Other words for a point, without the side. 'Crown' is none: it is an area to some and the vertex to others. */
const OTHER_WORDS: Readonly<Record<string, string>> = {
  tragion: 'tragus',
  ear: 'tragus',
  porion: 'tragus',
  'ear-canal': 'tragus',
  'top-ear': 'ear-top',
  superaurale: 'ear-top',
  earlobe: 'ear-lobe',
  'ear-bottom': 'ear-lobe',
  'ear-lobe-bottom': 'ear-lobe',
  subaurale: 'ear-lobe',
  'lateral-canthus': 'canthus',
  'outer-canthus': 'canthus',
  exocanthion: 'canthus',
  'eye-corner': 'canthus',
  'outer-eye-corner': 'canthus',
  sellion: 'nasion',
  nose: 'nose-tip',
  nosetip: 'nose-tip',
  'tip-nose': 'nose-tip',
  pronasale: 'nose-tip',
  menton: 'chin',
  gnathion: 'chin',
  top: 'vertex',
  'head-top': 'vertex',
  'top-head': 'vertex',
  occiput: 'opisthocranion',
  'nape-hairline': 'nape',
  'neck-hairline': 'nape',
};
const SIDES: Readonly<Record<string, string>> = { left: 'left-', l: 'left-', right: 'right-', r: 'right-' };
const FILLERS = new Set(['the', 'of', 's', 'client', 'clients', 'point']);

/**
 * The anchor that these words mean, or null: 'Left tragus', `tragusLeft`, `L_ear`, 'right outer canthus'. Left is the
 * client's left.
 */
export function anchorNamed(text: string): AnchorName | null {
  const words = text
    .replaceAll(/([a-z])(?=[A-Z])|([A-Z])(?=[A-Z][a-z])/g, '$&-')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word && !FILLERS.has(word));
  const sides = words.filter((word) => Object.hasOwn(SIDES, word));
  const rest = words.filter((word) => !Object.hasOwn(SIDES, word)).join('-');
  if (sides.length > 1) return null;
  const name = Object.hasOwn(OTHER_WORDS, rest) ? OTHER_WORDS[rest] : rest;
  return ANCHOR_NAMES.find((known) => known === (sides.length ? SIDES[sides[0]] : '') + name) ?? null;
}
