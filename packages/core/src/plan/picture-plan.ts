/**
 * The pictures of a realised plan on one of its photos.
 *
 * `sceneOf` does the work that all moments share and refuses a photo on which the plan could only be shown by painting
 * over hair: Stipple never erases or shortens it. `pictureAt` then draws one moment. A fresh look is held inside what
 * photographs of real work show (forecast/look.ts).
 */
import { contrastWithinMeasured, lookAt } from '../forecast/look.ts';
import type { FadeBand, LookMoment, YearMoment } from '../forecast/look.ts';
import { prepareScene } from '../render/prepare-scene.ts';
import type { Scene } from '../render/prepare-scene.ts';
import { renderLook, renderPatch } from '../render/render-look.ts';
import type { LookPatch, LookPicture, LookStyle } from '../render/render-look.ts';
import { shrinkPixels, withShrunkPatch } from '../render/shrink-pixels.ts';
import { Refusal } from '../units/refusal.ts';
import { decodeMask } from '../vision/mask-text.ts';
import type { Pixels } from '../vision/pixels.ts';
import type { PlanDocument, PlanPhoto } from './plan-document.ts';
import type { RealisedPlan } from './realise-plan.ts';

/** From this share of the visible dots on hair, a shaved look would be painted over hair. */
export const MOST_HAIR_SHARE = 0.5;

/** Work between hair, and work at the very edge of it. */
const SHOWN_AMID_HAIR: ReadonlySet<string> = new Set(['ludwig', 'hairline', 'fut-scar', 'fue-scars', 'patch']);

/** What pictures need of a plan: plain data. */
export type PicturedPlan = Pick<RealisedPlan, 'document' | 'head' | 'landmarks' | 'dots'>;

/** Refuses 'photo-differs' when the photo's size is not the plan's, and 'hair-long'. */
export function sceneOf(plan: PicturedPlan, photo: PlanPhoto, pixels: Pixels): Scene {
  if (pixels.widthPx !== photo.widthPx || pixels.heightPx !== photo.heightPx) {
    const sizes = `${pixels.widthPx} x ${pixels.heightPx} pixels, the plan's ${photo.widthPx} x ${photo.heightPx}`;
    throw new Refusal('photo-differs', `${photo.view}: ${sizes}`);
  }
  const { document, head, landmarks, dots } = plan;
  const scene = prepareScene({
    photo: pixels,
    head,
    landmarks,
    camera: photo.camera,
    person: decodeMask(photo.person),
    hair: photo.hair && decodeMask(photo.hair),
    dots,
    quality: photo.quality,
    colours: photo.colours,
    pigment: document.pigment,
  });
  // What a person marked has the last word; a suggestion may have missed hair that is plainly dark.
  const covered = photo.hair?.source === 'given' ? scene.hairShare : Math.max(scene.hairShare, scene.darkShare);
  if (!SHOWN_AMID_HAIR.has(document.presentation.kind) && covered > MOST_HAIR_SHARE) {
    throw new Refusal('hair-long', `${photo.view}: ${Math.round(100 * covered)} % of the treated part that is seen`);
  }
  return scene;
}

/** The whole photo as it looks at this moment. */
export const pictureAt = (scene: Scene, moment: LookMoment): LookPicture => renderLook(scene, styleAt(scene, moment));

/** Only the part that may change: for whoever holds the photo already. */
export const patchAt = (scene: Scene, moment: LookMoment): LookPatch => renderPatch(scene, styleAt(scene, moment));

const FADE_BANDS: readonly FadeBand[] = ['low', 'likely', 'high'];

/** The palest, the likely and the darkest outcome of a plan after some years. */
export const yearMoments = ({ fading = [] }: Pick<PlanDocument, 'fading'>, years: number): YearMoment[] =>
  FADE_BANDS.map((band) => ({ kind: 'years', years, band, factors: fading }));

/** Longest side of one of three panels: an estimate side by side needs no more, and 36 megapixels are no help to anyone. */
export const PANEL_PX = 2048;

/** Several moments, to stand side by side; smaller than the photo when that is large. */
export function panelsAt(scene: Scene, moments: readonly LookMoment[]): Pixels[] {
  const small = shrinkPixels(scene.photo, PANEL_PX);
  return moments.map((moment) => withShrunkPatch(small, scene.photo, patchAt(scene, moment)));
}

function styleAt(scene: Scene, moment: LookMoment): LookStyle {
  const look = lookAt(moment);
  return { ...look, contrast: contrastWithinMeasured(look, scene.healedDrop) };
}
