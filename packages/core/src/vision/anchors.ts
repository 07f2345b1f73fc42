/**
 * Points of the head that a person can find in a photo: where they lie on the template, how they move from one head to
 * another, and how surely.
 *
 * Positions are picked on the neutral head of ICT-FaceKit in the template's frame; the inion and the opisthocranion are the
 * template's own. How heads differ from a stretched template, all points together, is the table of anchor-covariance.ts, and
 * how ears do is below. What is added here is the hand: people mark a point differently, sharp across an edge and vague along
 * the skin. On six portraits, placed by their faces, 60 marks of one hand lay off the model as these spreads together say,
 * but for glabella, chin and lobes, which were widened to them.
 */
import { deform } from '../head/deform-head.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { TEMPLATE_LANDMARKS } from '../head/head-template.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, scale } from '../vec/vec3.ts';

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

export type EarPart = 'tragus' | 'top' | 'lobe';

export interface AnchorPoint {
  /** On the neutral head, whose ears are shorter than people's: see anchorMm. */
  readonly templateMm: Vec3;
  /** Ears are carried by the frame, whose origin lies between them: only `face` moves them. The rest follows the skin. */
  readonly ear: EarPart | null;
  /** How far apart people put it on one and the same head: standard deviations along x, y and z of the head. */
  readonly handMm: Vec3;
}

const onSkin = (templateMm: Vec3, handMm: Vec3): AnchorPoint => ({ templateMm, ear: null, handMm });
const onEar = (ear: EarPart, templateMm: Vec3, handMm: Vec3): AnchorPoint => ({ templateMm, ear, handMm });
const mirrored = ({ templateMm: [x, y, z], ...point }: AnchorPoint): AnchorPoint => ({
  ...point,
  templateMm: [-x, y, z],
});

/** The upper edge of the flap before the ear canal: the tragion, which the frame is hung on. */
const TRAGUS = onEar('tragus', TEMPLATE_LANDMARKS.leftTragion, [1, 1.5, 1.5]);
const EAR_TOP = onEar('top', [87.5, 22, -17], [2, 1.5, 2.5]);
const EAR_LOBE = onEar('lobe', [77.5, -34.5, -7.5], [2, 2.5, 2.5]);
/** Outer corner of the eye: vertices 3721 and 1507 of ICT-FaceKit, its landmarks of that name. */
const CANTHUS = onSkin([45.5, 17.4, 72.3], [1.5, 1, 1.5]);
/**
 * Where the top of a head lies on the average: 3.9 mm (sd 6.1) behind the template's on the 500 of anchor-covariance.ts, 4.5
 * on their neutral one. The template's crown is flat, and its top is drawn forward by the third of it that is another mesh.
 */
const VERTEX: Vec3 = [0, 132.48, -14.3];

export const ANCHORS: Readonly<Record<AnchorName, AnchorPoint>> = {
  'left-tragus': TRAGUS,
  'right-tragus': mirrored(TRAGUS),
  'left-ear-top': EAR_TOP,
  'right-ear-top': mirrored(EAR_TOP),
  'left-ear-lobe': EAR_LOBE,
  'right-ear-lobe': mirrored(EAR_LOBE),
  'left-canthus': CANTHUS,
  'right-canthus': mirrored(CANTHUS),
  glabella: onSkin(TEMPLATE_LANDMARKS.glabella, [1.5, 4, 1]),
  nasion: onSkin(TEMPLATE_LANDMARKS.nasion, [1, 2.5, 1]),
  'nose-tip': onSkin([0, -18, 116.8], [1, 1.5, 1]),
  /** Lowest point of the chin, mouth closed. */
  chin: onSkin([0, -98, 83], [3, 1.5, 3]),
  vertex: onSkin(VERTEX, [3, 1, 6]),
  opisthocranion: onSkin(TEMPLATE_LANDMARKS.opisthocranion, [3, 6, 1]),
  inion: onSkin(TEMPLATE_LANDMARKS.inion, [2, 4, 1]),
  /** Hairline of the nape, in the midline. */
  nape: onSkin([0, -61, -76], [3, 9, 4]),
};

/**
 * Ears are 64.2 mm long in men of ANSUR II (sd 4.5; women's 59.4 by 3.9, on smaller heads), those of ICT-FaceKit's neutral head
 * 56.5. The difference is given to both ends alike: on six portraits, placed by their faces, tops lay 5.1 mm higher and lobes
 * 1.7 lower than that head's.
 */
const LONGER_MM: Readonly<Record<EarPart, Vec3>> = { tragus: [0, 0, 0], top: [0, 3.8, 0], lobe: [0, -3.8, 0] };

/**
 * How both ears of one head differ from another's, apart from the table: they sit higher, sit farther back, are longer; one
 * standard deviation each.
 *
 * The frame hangs on ears and eyes, which leaves little to height. Against the rest of their points, four factors fitted,
 * ears of twenty heads in proportions of ANSUR II sit 0.5 higher or lower and 3.6 farther forward or back, of four scans 0.7
 * and 1.5; height is taken wider, for the twenty have the ears of one face model. The length is ANSUR II's.
 */
export const EAR_MODES_MM: readonly Readonly<Record<EarPart, Vec3>>[] = [
  { tragus: [0, 1, 0], top: [0, 1, 0], lobe: [0, 1, 0] },
  { tragus: [0, 0, 3.5], top: [0, 0, 3.5], lobe: [0, 0, 3.5] },
  { tragus: [0, 0, 0], top: [0, 2.2, 0], lobe: [0, -2.2, 0] },
];

export const ANCHOR_NAMES = Object.keys(ANCHORS) as readonly AnchorName[];

/** Where the point lies on the head of this shape, mm of the head frame. */
export function anchorMm(name: AnchorName, shape: HeadShape): Vec3 {
  const { templateMm, ear } = ANCHORS[name];
  return ear ? scale(add(templateMm, LONGER_MM[ear]), shape.face) : deform(shape, templateMm);
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
