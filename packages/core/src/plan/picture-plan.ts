/**
 * The pictures of a realised plan on one of its photos.
 *
 * `sceneOf` does the work that all moments share and refuses a photo on which the plan could only be shown by painting
 * over hair: Stipple never erases or shortens it. `pictureAt` then draws one moment. A fresh look is held inside what
 * photographs of real work show (forecast/look.ts).
 */
import { contrastWithinMeasured, lookAt } from '../forecast/look.ts';
import type { LookMoment } from '../forecast/look.ts';
import { prepareScene } from '../render/prepare-scene.ts';
import type { Scene } from '../render/prepare-scene.ts';
import { renderLook, renderPatch } from '../render/render-look.ts';
import type { LookPatch, LookPicture, LookStyle } from '../render/render-look.ts';
import { Refusal } from '../units/refusal.ts';
import { decodeMask } from '../vision/mask-text.ts';
import type { Pixels } from '../vision/pixels.ts';
import type { PlanPhoto } from './plan-document.ts';
import type { RealisedPlan } from './realise-plan.ts';

/** From this share of the visible dots on hair, a shaved look would be painted over hair. */
export const MOST_HAIR_SHARE = 0.5;

/** Work between hair, and work at the very edge of it. */
const SHOWN_AMID_HAIR: ReadonlySet<string> = new Set(['ludwig', 'hairline']);

/** Throws RangeError when the photo's size is not the plan's; refuses 'hair-long'. */
export function sceneOf(plan: RealisedPlan, photo: PlanPhoto, pixels: Pixels): Scene {
  if (pixels.widthPx !== photo.widthPx || pixels.heightPx !== photo.heightPx) {
    throw new RangeError(
      `the photo is ${pixels.widthPx} x ${pixels.heightPx}, the plan's ${photo.widthPx} x ${photo.heightPx}`,
    );
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
  if (!SHOWN_AMID_HAIR.has(document.presentation.kind) && scene.hairShare > MOST_HAIR_SHARE) {
    throw new Refusal(
      'hair-long',
      `${photo.view}: ${Math.round(100 * scene.hairShare)} % of the treated part that is seen`,
    );
  }
  return scene;
}

/** The whole photo as it looks at this moment. */
export const pictureAt = (scene: Scene, moment: LookMoment): LookPicture => renderLook(scene, styleAt(scene, moment));

/** Only the part that may change: for whoever holds the photo already. */
export const patchAt = (scene: Scene, moment: LookMoment): LookPatch => renderPatch(scene, styleAt(scene, moment));

function styleAt(scene: Scene, moment: LookMoment): LookStyle {
  const look = lookAt(moment);
  return { ...look, contrast: contrastWithinMeasured(look, scene.healedDrop) };
}
