/**
 * What was drawn on a photo, on the skin: every place along its line of sight.
 *
 * Whoever draws along the outline of the person may draw beside that of the model: such a place lies on the skin that the
 * picture shows there (fit-rim.ts). A place beside the head, or so near its rim that a pixel is many millimetres, cannot
 * be meant; it is refused ('mark-unusable') with its number, so that the person can draw it again on a photo that shows it
 * better.
 */
import type { HeadMap } from '../head/head-map.ts';
import { normalAt } from '../head/head-map.ts';
import { quantise } from '../num/range.ts';
import { onModel } from '../render/fit-rim.ts';
import type { Rim } from '../render/fit-rim.ts';
import { faultOfMark } from '../scalp/judge-mark.ts';
import type { ScalpMark } from '../scalp/scalp-design.ts';
import { Refusal } from '../units/refusal.ts';
import { cameraPosition } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { dot, normalise, subtract } from '../vec/vec3.ts';
import { outsideOfMap } from '../vision/head-outline.ts';
import { skinSeenAt } from '../vision/skin-seen-at.ts';
import type { PhotoPlace, ScalpDrawing } from './plan-request.ts';

/** Cosine between skin and line of sight below which a place is too much at the rim. */
const RIM = 0.12;
/** A mole keeps 5 mm (domain facts 6). */
const MOLE_MARGIN_MM = 5;

/** `view` names the photo in refusals. Points are rounded to a hundredth of a millimetre, as documents hold them. */
export function marksOnSkin(
  marks: readonly ScalpDrawing[],
  view: string,
  camera: Camera,
  head: HeadMap,
  rimOf: () => Rim | null = () => null,
): ScalpMark[] {
  const seenAt = skinUnder(camera, head, rimOf);
  return marks.map((mark, n): ScalpMark => {
    const refuse = (fault: string): never => {
      throw new Refusal('mark-unusable', `${view}: mark ${n + 1} (${mark.kind}), ${fault}`);
    };
    const drawn = onHead(mark, (place) => seenAt(place) ?? refuse(`lies beside the head at ${place.join(', ')}`));
    const fault = faultOfMark(head, drawn);
    return fault === null ? drawn : refuse(fault);
  });
}

/** The skin that a photo shows at a place, in hundredths of a millimetre; null beside the head and at its very rim. */
export function skinUnder(
  camera: Camera,
  head: HeadMap,
  rimOf: () => Rim | null = () => null,
): (place: PhotoPlace) => Vec3 | null {
  const outside = outsideOfMap(head);
  const eye = cameraPosition(camera);
  const seenAt = (place: PhotoPlace): Vec3 | null => {
    const p = skinSeenAt(camera, outside, ...place);
    if (!p || dot(normalAt(head, p), normalise(subtract(eye, p))) < RIM) return null;
    return [quantise(p[0], 100), quantise(p[1], 100), quantise(p[2], 100)];
  };
  let rim: Rim | null | undefined;
  return (place) => {
    const p = seenAt(place);
    if (p) return p;
    rim = rim === undefined ? rimOf() : rim;
    return rim && seenAt(onModel(rim, ...place));
  };
}

function onHead(mark: ScalpDrawing, on: (place: PhotoPlace) => Vec3): ScalpMark {
  switch (mark.kind) {
    case 'mole':
    case 'keep-out':
      return {
        kind: 'keep-out',
        what: mark.kind === 'mole' ? 'mole' : 'other',
        centreMm: on(mark.at),
        radiusMm: mark.diameterMm / 2,
        marginMm: mark.kind === 'mole' ? MOLE_MARGIN_MM : 0,
      };
    case 'fut-scar':
      return { kind: 'fut-scar', lineMm: mark.line.map(on), widthMm: mark.widthMm };
    case 'whorl':
      return { kind: 'whorl', centreMm: on(mark.at) };
    default:
      return { kind: mark.kind, outlineMm: mark.outline.map(on) };
  }
}
