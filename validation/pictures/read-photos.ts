/**
 * The photos of a blind test or a sheet: which they are and what they show, out of a list: `photos.json` in the folder
 * they lie in, or any other file whose paths are relative to that folder. The list of the shared photos lies beside this
 * file and holds nothing but paths and our own marks.
 *
 * ```json
 * { "photos": [
 *   { "for": "sheet", "file": "front/anna.jpg", "presentation": { "kind": "ludwig", "stage": 2 },
 *     "client": { "sex": "f", "ageYears": 50 } },
 *   { "for": "sheet", "file": "front/ben.jpg", "presentation": { "kind": "norwood", "stage": 6 },
 *     "anchors": { "left-ear-top": [626, 252], "right-ear-top": [37, 264], "glabella": [342, 463], "nose-tip": [336, 580] },
 *     "aspect": 0.75,
 *     "bald": [[120, 150], [150, 230], [330, 300], [520, 240], [560, 140], [330, 30]] },
 *   { "for": "blind-test", "file": "shaved/carl-left.jpg", "view": { "yawDeg": -90, "pitchDeg": 0 },
 *     "skullPx": [80, 622, 22], "stubble": [[330, 60, 560, 300]], "bare": [[130, 70, 300, 300]], "isHeldOut": true }
 * ] }
 * ```
 *
 * All coordinates are pixels of the upright photo's file, read off by eye. A photo of the sheet is drawn healed:
 * presentation and client as in a plan document (a man of 42 when left out), where a bowed head hides its face, points that
 * place it, and the bald part when it was outlined, as a practitioner does, who works up to the client's fringe and not to
 * a stage's. `aspect` is width by height of the photo as it was taken, where its source squeezed it to another; it is drawn
 * out to that. A photo of the blind test shows a really shaved head: rectangles (left, top, right, bottom) of stubble and
 * of bare skin are what is compared; the skull's left and right end above the ears and its top place the average head well
 * enough to know scale and slant of the skin, seen from `view` (0 from the front, -90 the client's left side, pitch 70 from
 * above). Photos that are held out nothing may be tuned on; they are judged by themselves.
 */
import { existsSync, readFileSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { z } from 'zod';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import { ANCHOR_NAMES, type AnchorName } from '@stipple/core/vision/anchors.ts';
import type { Anchor } from '@stipple/core/vision/view-evidence.ts';
import type { ViewPose } from '@stipple/core/vision/view-pose.ts';
import { planSchema } from '@stipple/files/documents/plan-schema.ts';

/** The outline of the bald part. */
export interface BaldMark {
  readonly kind: 'bald';
  readonly outline: readonly PhotoPlace[];
}

export interface Portrait {
  readonly name: string;
  readonly path: string;
  /** Width by height that the photo is drawn out to; null leaves it as it is. Anchors and marks are in the file's pixels. */
  readonly aspect: number | null;
  readonly client: PlanDocument['client'];
  readonly presentation: Presentation;
  readonly anchors: readonly Anchor[];
  readonly marks: readonly BaldMark[];
}

/** Left, top, right, bottom. */
export type Rect = readonly [number, number, number, number];

export interface ShavedPhoto {
  readonly name: string;
  readonly path: string;
  readonly pose: ViewPose;
  /** Left and right end of the skull above the ears, and its top. */
  readonly skullPx: readonly [left: number, right: number, top: number];
  readonly stubble: readonly Rect[];
  readonly bare: readonly Rect[];
  readonly isHeldOut: boolean;
}

export interface Photos {
  readonly portraits: readonly Portrait[];
  readonly shaved: readonly ShavedPhoto[];
}

export const MAN: PlanDocument['client'] = { sex: 'm', ageYears: 42 };

const { client, presentation } = planSchema.shape;
const px = z.number();
const place = z.tuple([px, px]);
const rects = z.array(z.tuple([px, px, px, px])).min(1);
const file = z.string().min(1);
const listed = z.strictObject({
  photos: z.array(
    z.discriminatedUnion('for', [
      z.strictObject({
        for: z.literal('sheet'),
        file,
        aspect: px.positive().nullable().default(null),
        presentation,
        client: client.default(MAN),
        anchors: z.partialRecord(z.enum(ANCHOR_NAMES), place).default({}),
        bald: z.array(place).min(3).nullable().default(null),
      }),
      z.strictObject({
        for: z.literal('blind-test'),
        file,
        view: z.strictObject({ yawDeg: z.number(), pitchDeg: z.number() }),
        skullPx: z.tuple([px, px, px]),
        stubble: rects,
        bare: rects,
        isHeldOut: z.boolean().default(false),
      }),
    ]),
  ),
});

/** Beside the checkout, where its maintainers keep photos that may not be published; and the list of them. */
const SHARED_PHOTOS = join('..', 'shared', 'data');
const SHARED_LIST = join('validation', 'pictures', 'shared-photos.json');

/** Where photos and their list lie, seen from `checkout`: as asked for, else the shared ones when they are there, else null. */
export function findPhotos(
  { photos, list }: { readonly photos?: string; readonly list?: string },
  checkout: string,
): { readonly folder: string; readonly list: string } | null {
  if (photos !== undefined) return { folder: photos, list: list ?? join(photos, 'photos.json') };
  const folder = join(checkout, SHARED_PHOTOS);
  return existsSync(folder) ? { folder, list: list ?? join(checkout, SHARED_LIST) } : null;
}

/** Throws an Error that says what is missing or wrong. */
export function readPhotos(folder: string, list: string): Photos {
  if (!existsSync(list)) throw new Error(`${list} is not there, which says what the photos of ${folder} show`);
  const { data, error } = listed.safeParse(jsonOf(list));
  if (error) throw new Error(`${list}: ${z.prettifyError(error)}`);
  const portraits: Portrait[] = [];
  const shaved: ShavedPhoto[] = [];
  for (const photo of data.photos) {
    const path = join(folder, photo.file);
    if (!existsSync(path)) throw new Error(`${list} names ${photo.file}, which is not there`);
    const name = basename(path, extname(path));
    if (photo.for === 'sheet') {
      const anchors = Object.entries(photo.anchors).map(([anchor, [xPx, yPx]]) => ({
        name: anchor as AnchorName,
        xPx,
        yPx,
      }));
      const { client: of, presentation: shown, bald, aspect } = photo;
      const marks = bald ? [{ kind: 'bald', outline: bald } as const] : [];
      portraits.push({ name, path, aspect, client: of, presentation: shown, anchors, marks });
    } else {
      const { view: pose, skullPx, stubble, bare, isHeldOut } = photo;
      shaved.push({ name, path, pose, skullPx, stubble, bare, isHeldOut });
    }
  }
  return { portraits, shaved };
}

function jsonOf(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Error(`${path}: ${(error as Error).message}`, { cause: error });
  }
}
