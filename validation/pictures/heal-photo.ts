/** From a photo's file to its healed picture, as the command line makes it, with everything in between kept. */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';
import type { Reserve } from '@stipple/core/dots/reserve.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { pictureAt, sceneOf } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import type { LookPicture } from '@stipple/core/render/render-look.ts';
import type { Pixels, RunModel } from '@stipple/core/vision/pixels.ts';
import { decodePhoto } from '../../packages/server/src/imaging/decode-photo.ts';
import type { Portrait } from './read-photos.ts';

/** What making a picture takes besides the photo. */
export interface PictureMaker {
  readonly run: RunModel;
  readonly reserve: Reserve;
}

export interface HealedPhoto {
  readonly document: PlanDocument;
  readonly plan: RealisedPlan;
  readonly photo: Pixels;
  readonly scene: Scene;
  readonly picture: LookPicture;
}

/** Refuses as drawing up a plan and showing it do. */
export async function healPhoto(
  { path, aspect, client, presentation, anchors, marks }: Portrait,
  { run, reserve }: PictureMaker,
): Promise<HealedPhoto> {
  const { pixels, sha256, focal35mm } = await decodePhoto(readFileSync(path));
  const photo = aspect === null ? pixels : await drawnOut(pixels, aspect);
  const taller = photo.heightPx / pixels.heightPx;
  const placed = {
    anchors: anchors.map((anchor) => ({ ...anchor, yPx: anchor.yPx * taller })),
    marks: marks.map((mark) => ({ ...mark, outline: mark.outline.map(([x, y]): PhotoPlace => [x, y * taller]) })),
  };
  const request = {
    client,
    measures: [],
    zoneTapes: [],
    presentation,
    sessions: 3,
    reason: null,
    start: null,
    timeZone: 'UTC',
    seed: 7,
  } as const;
  const input = { view: 'front', sha256, pixels: photo, focal35mm, hairMask: null, ...placed, distances: [] };
  const document = await drawUpPlan(request, [input], null, run);
  const plan = realisePlan(document, reserve);
  const scene = sceneOf(plan, document.photos[0]!, photo);
  return { document, plan, photo, scene, picture: pictureAt(scene, { kind: 'healed' }) };
}

/** As high as its width and `aspect` say. */
async function drawnOut({ rgba, widthPx, heightPx }: Pixels, aspect: number): Promise<Pixels> {
  const drawnPx = Math.round(widthPx / aspect);
  const drawn = await sharp(rgba, { raw: { width: widthPx, height: heightPx, channels: 4 } })
    .resize(widthPx, drawnPx, { fit: 'fill' })
    .raw()
    .toBuffer();
  return { widthPx, heightPx: drawnPx, rgba: drawn };
}
