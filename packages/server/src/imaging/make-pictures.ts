/**
 * Draws the pictures of a plan on its photos and makes files of them: looks and panels of years as PNG, the mask, the
 * small picture of the worksheet.
 *
 * A scene is made here or handed over once, and what follows is drawn of it, so that drawing and compressing need nothing
 * from whoever prepares the next scene. Photo and scene cost nothing to hand over: threads share the photo's memory and take
 * over the scene's.
 */
import { correctPixels } from '@stipple/core/card/correct-pixels.ts';
import type { LookMoment } from '@stipple/core/forecast/look.ts';
import { patchAt, pictureAt, sceneOf, type PicturedPlan } from '@stipple/core/plan/picture-plan.ts';
import type { PlanPhoto } from '@stipple/core/plan/plan-document.ts';
import type { Scene, SceneFacts } from '@stipple/core/render/prepare-scene.ts';
import { shrinkPixels, withShrunkPatch, type SmallPixels } from '@stipple/core/render/shrink-pixels.ts';
import type { LookPatch } from '@stipple/core/render/render-look.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import type { PngPicture } from '@stipple/files/exports/write-png.ts';
import { beginPng, blackBeside, packAhead, stripsOfPhoto, type BegunPng, type KeptStrips } from './encode-png.ts';

export interface PicturedPhoto {
  /** Of the photo's file: pictures of one photo have most of their compressed bytes in common. */
  readonly sha256: string;
  readonly pixels: Pixels;
  readonly icc: Uint8Array | null;
}

export type PictureOrder =
  /** No picture: shrinks the photo, and begins with what its looks will have in common, until there is one to make. */
  | { readonly kind: 'ahead'; readonly photo: PicturedPhoto; readonly longestSidesPx: readonly number[] }
  /** No picture: the scene that all further ones are of, until the next. */
  | { readonly kind: 'scene'; readonly photo: PicturedPhoto; readonly scene: Scene }
  /** The whole photo at one moment. */
  | { readonly kind: 'look'; readonly moment: LookMoment }
  /** Healed, with all colours as the matrix of a colour card makes them; its primaries are those of sRGB. */
  | { readonly kind: 'card-light'; readonly matrix: CardMatrix }
  /** One small picture for each moment, side by side. */
  | { readonly kind: 'panels'; readonly moments: readonly LookMoment[]; readonly longestSidePx: number }
  /** White where a dot may change the photo. */
  | { readonly kind: 'mask' }
  /** A small JPEG. */
  | { readonly kind: 'thumbnail'; readonly moment: LookMoment; readonly longestSidePx: number };

type CardMatrix = Parameters<typeof correctPixels>[1];

/** A photo whose scene is still to be made. */
export interface SceneOrder {
  readonly photo: PicturedPhoto;
  readonly plan: PicturedPlan;
  readonly planned: PlanPhoto;
}

export interface PictureMaker {
  /** Of what is no picture nothing comes back. */
  readonly make: (order: PictureOrder) => Promise<Uint8Array<ArrayBuffer>>;
  /** Makes the scene that all further pictures are of. @throws Refusal as sceneOf */
  readonly prepare: (order: SceneOrder) => Promise<SceneFacts>;
}

/**
 * One after the other, each begun when the one before has only to be compressed; what looks of a photo have in common
 * is kept until another photo has its turn.
 */
export function pictureMaker(): PictureMaker {
  const kept = new Map<string, KeptStrips>();
  const stripsOf = ({ sha256 }: PicturedPhoto): KeptStrips => {
    const strips = kept.get(sha256) ?? stripsOfPhoto();
    kept.set(sha256, strips);
    return strips;
  };
  let staged: Staged | null = null;
  let drawn: { readonly moment: LookMoment; readonly patch: LookPatch } | null = null;
  const shrunkAhead = new Map<string, SmallPixels>();
  const shrunkName = ({ sha256 }: PicturedPhoto, longestSidePx: number): string => `${sha256} ${longestSidePx}`;
  /** Each is asked for once. */
  const shrunk = (photo: PicturedPhoto, longestSidePx: number): SmallPixels => {
    const name = shrunkName(photo, longestSidePx);
    const ahead = shrunkAhead.get(name);
    shrunkAhead.delete(name);
    return ahead ?? shrinkPixels(photo.pixels, longestSidePx);
  };
  const patchOf = ({ scene }: Staged, moment: LookMoment): LookPatch => {
    // The worksheet shows the look that is made next.
    if (drawn?.moment.kind !== 'healed' || moment.kind !== 'healed') drawn = { moment, patch: patchAt(scene, moment) };
    return drawn.patch;
  };
  const setStage = (next: Staged): void => {
    if (staged && staged.photo.sha256 !== next.photo.sha256) kept.delete(staged.photo.sha256);
    staged = next;
    drawn = null;
  };
  const begin = async (order: PictureOrder): Promise<BegunPng> => {
    if (order.kind === 'ahead') {
      // It makes the thumbnails.
      await import('./load-sharp.ts');
      const { photo, longestSidesPx } = order;
      for (const side of longestSidesPx) shrunkAhead.set(shrunkName(photo, side), shrinkPixels(photo.pixels, side));
      await packAhead(asPng(photo.pixels), stripsOf(photo), () => !isWaiting());
      return NOTHING;
    }
    if (order.kind === 'scene') {
      setStage(order);
      return NOTHING;
    }
    if (!staged) throw new Error('a picture of no scene');
    const { photo, scene } = staged;
    const { pixels, icc } = photo;
    switch (order.kind) {
      case 'look':
        return beginPng({ ...asPng(pixels), patch: patchOf(staged, order.moment) }, icc, stripsOf(photo));
      case 'card-light': {
        const { rgba } = pictureAt(scene, { kind: 'healed' });
        correctPixels(rgba, order.matrix);
        return beginPng(asPng({ ...pixels, rgba }), null);
      }
      case 'panels': {
        const small = shrunk(photo, order.longestSidePx);
        const panels = order.moments.map((moment) => withShrunkPatch(small, pixels, patchAt(scene, moment)));
        return beginPng(panels.map(asPng), icc);
      }
      case 'mask': {
        const { widthPx, heightPx } = pixels;
        const { topPx, heightPx: gridPx } = scene.grid;
        const mask = maskOf(scene, widthPx);
        return beginPng({ widthPx, heightPx, channels: 1, samples: mask }, null, blackBeside(topPx, topPx + gridPx));
      }
      case 'thumbnail':
        return { file: thumbnail(shrunk(photo, order.longestSidePx), pixels, patchOf(staged, order.moment)) };
    }
  };
  let before: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const isWaiting = (): boolean => waiting > 0;
  const inTurn = <T>(work: () => T | Promise<T>): Promise<T> => {
    const begun = before.then(work);
    before = begun.catch(() => {});
    return begun;
  };
  /** What is done ahead makes room for it. */
  const soon = <T>(work: () => T | Promise<T>): Promise<T> => {
    waiting++;
    return inTurn(() => {
      waiting--;
      return work();
    });
  };
  return {
    make: async (order) => {
      const begun = await (order.kind === 'ahead' ? inTurn : soon)(() => begin(order));
      return begun.file;
    },
    prepare: ({ photo, plan, planned }) =>
      soon(() => {
        const scene = sceneOf(plan, planned, photo.pixels);
        setStage({ photo, scene });
        return { visibleDots: scene.visibleDots, hairShare: scene.hairShare };
      }),
  };
}

interface Staged {
  readonly photo: PicturedPhoto;
  readonly scene: Scene;
}

/** 255 where a dot may change the photo, which is inside the grid. */
function maskOf({ changed, grid }: Scene, widthPx: number): Uint8Array {
  const mask = new Uint8Array(changed.length);
  const end = (grid.topPx + grid.heightPx) * widthPx;
  for (let k = grid.topPx * widthPx; k < end; k++) mask[k] = changed[k] ? 255 : 0;
  return mask;
}

const NOTHING: BegunPng = { file: Promise.resolve(new Uint8Array(0)) };

const asPng = ({ widthPx, heightPx, rgba }: Pixels): Extract<PngPicture, { samples: unknown }> => ({
  widthPx,
  heightPx,
  channels: 4,
  samples: rgba,
});

async function thumbnail(small: SmallPixels, photo: Pixels, patch: LookPatch): Promise<Uint8Array<ArrayBuffer>> {
  const { widthPx, heightPx, rgba } = withShrunkPatch(small, photo, patch);
  // Loaded when it is needed: it takes 20 MB and 60 ms.
  const { sharp } = await import('./load-sharp.ts');
  const raw = { width: widthPx, height: heightPx, channels: 4 } as const;
  return Uint8Array.from(await sharp(rgba, { raw }).removeAlpha().jpeg({ quality: 85 }).toBuffer());
}
