/**
 * Reads the points of the head that a person marked in a photo: --anchors top=top.json.
 *
 * In: the text of a JSON file, at most 64 KB: { "anchors": { "left-tragus": [812, 640], ... } }, that object bare, or a list of
 * { "name", "x", "y" }; pixels of the upright photo, or fractions with "unit": "fraction". Names are read as people write
 * them (core/vision/anchors.ts). Out: what was marked, to be put into pixels once the photo is open (`anchorsIn`).
 * Refuses ('anchors-unreadable') with the place: no JSON, no point of the head by that name, a point twice, a number that is
 * none, a place outside the photo. How many are needed is for start-view.ts to say.
 */
import * as z from 'zod';
import { ANCHOR_NAMES, anchorNamed, type AnchorName } from '@stipple/core/vision/anchors.ts';
import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Anchor } from '@stipple/core/vision/view-evidence.ts';
import { intoPixels, place, placeUnit, type PhotoSize } from './photo-places.ts';
import { isRecord, matching, naming, parseSmallJson } from './small-json.ts';

export interface MarkedAnchors {
  /** For refusals. */
  readonly fileName: string;
  readonly unit: z.infer<typeof placeUnit>;
  readonly points: readonly { readonly name: AnchorName; readonly at: PhotoPlace }[];
}

const CODE = 'anchors-unreadable';
const MOST = 40;
const listed = z.array(z.object({ name: z.string(), x: z.number(), y: z.number() })).max(MOST);
const named = z.record(z.string(), place);

/** @throws Refusal 'anchors-unreadable' */
export const parseAnchors = (text: string, fileName: string): MarkedAnchors =>
  naming(fileName, () => ({ fileName, ...anchorsOf(text) }));

function anchorsOf(text: string): Omit<MarkedAnchors, 'fileName'> {
  const json = parseSmallJson(text, CODE);
  const isWrapped = isRecord(json) && 'anchors' in json;
  const unit = matching(z.object({ unit: placeUnit }), isRecord(json) ? { unit: json.unit } : {}, CODE).unit;
  const points = isWrapped ? json.anchors : isRecord(json) ? without(json, 'unit') : json;
  const pairs = Array.isArray(points)
    ? matching(listed, points, CODE).map(({ name, x, y }) => ({ name, at: matching(place, [x, y], CODE) }))
    : Object.entries(matching(named, points, CODE)).map(([name, at]) => ({ name, at }));
  if (pairs.length === 0) throw new Refusal(CODE, 'it names no point');
  if (pairs.length > MOST) throw new Refusal(CODE, `it names more than ${MOST} points`);
  const found = new Map<AnchorName, PhotoPlace>();
  for (const { name: words, at } of pairs) {
    const name = anchorNamed(words);
    if (!name)
      throw new Refusal(CODE, `"${words.slice(0, 40)}" is no point of the head; known are ${ANCHOR_NAMES.join(', ')}`);
    if (found.has(name)) throw new Refusal(CODE, `${name} is given twice`);
    found.set(name, at);
  }
  return { unit, points: Array.from(found, ([name, at]) => ({ name, at })) };
}

/** In pixels of a photo of this size. @throws Refusal 'anchors-unreadable' for a point outside it */
export function anchorsIn({ fileName, unit, points }: MarkedAnchors, size: PhotoSize): Anchor[] {
  const onPhoto = intoPixels(unit, size, CODE);
  return naming(fileName, () =>
    points.map(({ name, at }) => {
      const [xPx, yPx] = onPhoto(at, name);
      return { name, xPx, yPx };
    }),
  );
}

const without = (json: Record<string, unknown>, key: string): Record<string, unknown> =>
  Object.fromEntries(Object.entries(json).filter(([name]) => name !== key));
