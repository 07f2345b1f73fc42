/** From a photo's file to its healed picture, as the command line makes it, with everything in between kept. */
import { readFileSync } from 'node:fs';
import type { Reserve } from '@stipple/core/dots/reserve.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { pictureAt, sceneOf } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import type { LookPicture } from '@stipple/core/render/render-look.ts';
import type { Pixels, RunModel } from '@stipple/core/vision/pixels.ts';
import { decodePhoto } from '../../packages/server/src/imaging/decode-photo.ts';
import { drawOut } from './draw-out.ts';
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
export async function healPhoto(portrait: Portrait, { run, reserve }: PictureMaker): Promise<HealedPhoto> {
  const { path, client, presentation } = portrait;
  const { pixels, sha256, focal35mm } = await decodePhoto(readFileSync(path));
  const { photo, anchors, marks } = await drawOut(pixels, portrait);
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
  const input = { view: 'front', sha256, pixels: photo, focal35mm, hairMask: null, anchors, marks, distances: [] };
  const document = await drawUpPlan(request, [input], null, run);
  const plan = realisePlan(document, reserve);
  const scene = sceneOf(plan, document.photos[0]!, photo);
  return { document, plan, photo, scene, picture: pictureAt(scene, { kind: 'healed' }) };
}
