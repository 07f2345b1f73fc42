/**
 * Every file of a plan as the command line writes them into its folder, pictures included.
 *
 * Pictures are drawn again rather than kept: at 12 megapixels the five of them would hold 240 MB for a download that
 * may never come. Level 2, as on the command line; pixels are equal there, compressed bytes need not be.
 */
import { isUsedCard } from '@stipple/core/card/card-reading.ts';
import { correctPixels } from '@stipple/core/card/correct-pixels.ts';
import type { LookMoment } from '@stipple/core/forecast/look.ts';
import { panelsAt, pictureAt, yearMoments } from '@stipple/core/plan/picture-plan.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import { shrinkPixels } from '@stipple/core/render/shrink-pixels.ts';
import { planFiles } from '@stipple/files/exports/plan-files.ts';
import { writePng } from '@stipple/files/exports/write-png.ts';
import type { PlanFile } from './plan-messages.ts';

export interface MadePlan {
  readonly plan: RealisedPlan;
  readonly summary: PlanSummary;
  /** By view, the one that shows the hairline best first. */
  readonly scenes: Map<string, ViewScene>;
}

export interface ViewScene {
  readonly scene: Scene;
  /** Profile of the photo's samples; null is sRGB. */
  readonly icc: Uint8Array | null;
}

const LEVEL = 2;
/** Longest side of the healed picture on the worksheet. */
const WORKSHEET_PX = 800;
const YEARS = 5;

export async function planFilesOf({ plan, summary, scenes }: MadePlan): Promise<PlanFile[]> {
  const pictures: PlanFile[] = [];
  let healedView: Uint8Array | undefined;
  for (const [view, { scene, icc }] of scenes) {
    const { widthPx, heightPx } = scene.photo;
    const panel = (moment: LookMoment) => ({
      widthPx,
      heightPx,
      channels: 4 as const,
      samples: pictureAt(scene, moment).rgba,
    });
    const add = (name: string, bytes: Uint8Array<ArrayBuffer>): void =>
      void pictures.push({ name: `${view}.${name}.png`, type: 'image/png', bytes });
    const healed = panel({ kind: 'healed' });
    const small = shrinkPixels({ widthPx, heightPx, rgba: healed.samples }, WORKSHEET_PX);
    healedView ??= writePng(
      { widthPx: small.widthPx, heightPx: small.heightPx, channels: 4, samples: small.rgba },
      icc,
      6,
    );
    add('healed', writePng(healed, icc, LEVEL));
    add('fresh', writePng(panel({ kind: 'fresh' }), icc, LEVEL));
    const years = panelsAt(scene, yearMoments(plan.document, YEARS));
    const panels = years.map((small) => ({ ...small, channels: 4 as const, samples: small.rgba }));
    add(`year${YEARS}`, writePng(panels, icc, LEVEL));
    const { card } = plan.document.photos.find((photo) => photo.view === view)!;
    if (plan.document.isCardLight && isUsedCard(card)) {
      correctPixels(healed.samples, card.matrix);
      add('card-light', writePng(healed, null, LEVEL));
    }
    const mask = scene.changed.map((changed) => 255 * changed);
    add('mask', writePng({ widthPx, heightPx, channels: 1, samples: mask }, null, LEVEL));
  }
  const documents = await planFiles(plan, summary, healedView);
  return [
    ...documents.map(({ name, type, bytes }) => ({ name, type, bytes: bytes as Uint8Array<ArrayBuffer> })),
    ...pictures,
  ];
}
