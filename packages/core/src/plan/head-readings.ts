/**
 * What a tape reads on the client's head between places that a person chose, and how large the skin within an outline is.
 *
 * Drawn on a photo like marks, and no part of the work. The plan keeps the places on the skin, and how surely the photo
 * shows them, which only the solution of all photos knows (shown-spread.ts); lengths and areas follow from the head.
 *
 * A tape is laid taut over the skin by the shortest way (head/geodesic.ts); straight is what a calliper reads. A place beside the
 * head, below the scalp, or where a photo shows it too much from the side to be read, and an outline that crosses itself are
 * refused ('mark-unusable').
 *
 * On single rendered photos of persons, with a tape around the head, 219 of 229 tapes (4 persons) and 121 of 122 areas (6)
 * held the truth in their 95 %. Does not know how exactly the places were tapped.
 */
import { tapeMm } from '../head/geodesic.ts';
import type { HeadMap } from '../head/head-map.ts';
import { areaInsideMm2 } from '../head/measure-on-skin.ts';
import { quantise } from '../num/range.ts';
import { LEAST_OF_NO_WORK, faultOfOutline, faultOfPoints } from '../scalp/judge-mark.ts';
import { relativeEstimate } from '../units/estimate.ts';
import { Refusal } from '../units/refusal.ts';
import type { Camera } from '../vec/camera.ts';
import { add, distance, dot, length, normalise } from '../vec/vec3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { skinUnder } from './marks-on-skin.ts';
import type { PlacedView } from './place-head.ts';
import type { HeadReading } from './plan-document.ts';
import type { AskedReading, PhotoPlace } from './plan-request.ts';
import type { ReadingSummary } from './plan-summary.ts';
import { spannedMm2 } from './shown-spread.ts';

const LEAST_TAPE_MM = 2;
const LEAST_AREA_MM2 = 20;
/** Places come from the skin. */
const OFF_SKIN_MM = 3;

/** What is drawn on one photo, in its order. */
export function readingsOnSkin(
  asked: readonly AskedReading[],
  view: string,
  camera: Camera,
  head: HeadMap,
  placed: Pick<PlacedView, 'spreadMm' | 'areaSpread'>,
): HeadReading[] {
  const seenAt = skinUnder(camera, head);
  return asked.map((one, n): HeadReading => {
    const refuse = (fault: string): never => {
      throw new Refusal('mark-unusable', `${view}: reading ${n + 1} (${one.kind}), ${fault}`);
    };
    const on = (place: PhotoPlace): Vec3 => seenAt(place) ?? refuse(`lies beside the head at ${place.join(', ')}`);
    const places = one.kind === 'tape' ? one.line.map(on) : one.outline.map(on);
    const fault = faultOfPlaces(head, one.kind, places);
    if (fault !== null) return refuse(fault);
    if (one.kind === 'area') {
      return { kind: 'area', view, outlineMm: places, relativeSd: quantise(placed.areaSpread(places), 1e4) };
    }
    const [fromMm, toMm] = places;
    const sdMm = placed.spreadMm({ from: fromMm, to: toMm, isFromFace: false });
    if (sdMm === null) return refuse('is seen too much from the side: draw it on another photo');
    return { kind: 'tape', view, fromMm, toMm, sdMm: quantise(sdMm, 100) };
  });
}

/** What is wrong with a reading that a document holds, or null. */
export function faultOfReading(head: HeadMap, reading: HeadReading): string | null {
  const places = reading.kind === 'tape' ? [reading.fromMm, reading.toMm] : reading.outlineMm;
  return faultOfPlaces(head, reading.kind, places);
}

/** Below the scalp the model has no skin to lay a tape on; of an outline that crosses itself parts would cancel. */
function faultOfPlaces(head: HeadMap, kind: HeadReading['kind'], places: readonly Vec3[]): string | null {
  const astray = faultOfPoints(head, places, OFF_SKIN_MM);
  if (astray !== null) return astray;
  if (kind === 'tape') return distance(places[0], places[1]) < LEAST_TAPE_MM ? 'both ends are one place' : null;
  // Wider is more than what one photo shows, and areaInsideMm2 takes.
  const middle = places.map(normalise).reduce(add);
  if (length(middle) === 0 || places.some((corner) => dot(corner, middle) <= 0))
    return 'it reaches around the head: draw it in parts';
  const fault = faultOfOutline(places, LEAST_OF_NO_WORK);
  if (fault !== null) return fault;
  return spannedMm2(places) < LEAST_AREA_MM2 ? 'the outline has no inside' : null;
}

/** Where the interval of a distance comes from: what gives the head its size, and the photo that shows the places. */
export const sourceOfShown = (scaleSource: string, view: string): string =>
  `${scaleSource}, as the ${view} photo shows it`;

/** `scaleSource` is what the head's size is known by. */
export function summariseReading(reading: HeadReading, head: HeadMap, scaleSource: string): ReadingSummary {
  const source = sourceOfShown(scaleSource, reading.view);
  if (reading.kind === 'tape') {
    const { view, fromMm, toMm, sdMm } = reading;
    const mm = tapeMm(head, fromMm, toMm);
    const [value, low, high, straight] = [mm, Math.max(0, mm - 1.96 * sdMm), mm + 1.96 * sdMm, distance(fromMm, toMm)];
    const tenths = (v: number): number => quantise(v, 10);
    return {
      kind: 'tape',
      view,
      mm: tenths(value),
      low: tenths(low),
      high: tenths(high),
      straightMm: tenths(straight),
      source,
    };
  }
  const { value, low, high } = relativeEstimate(
    areaInsideMm2(head, reading.outlineMm) / 100,
    reading.relativeSd,
    source,
  );
  return {
    kind: 'area',
    view: reading.view,
    cm2: quantise(value, 10),
    low: quantise(low, 10),
    high: quantise(high, 10),
    source,
  };
}
