/**
 * Draws the pictures of a plan on its photos and makes files of them: looks and panels of years as PNG, the mask, the
 * small picture of the worksheet.
 *
 * A scene is handed over once, and what follows is drawn of it, so that drawing and compressing need nothing from whoever
 * prepares the next scene. Photo and scene cost nothing to hand over: threads share the photo's memory and take over the
 * scene's.
 */
import { correctPixels } from '@stipple/core/card/correct-pixels.ts';
import type { LookMoment } from '@stipple/core/forecast/look.ts';
import { patchAt, pictureAt } from '@stipple/core/plan/picture-plan.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import { shrinkPixels, withShrunkPatch } from '@stipple/core/render/shrink-pixels.ts';
import type { LookPatch } from '@stipple/core/render/render-look.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import type { PngPicture } from '@stipple/files/exports/write-png.ts';
import { beginPng, packAhead, type BegunPng, type KeptStrips } from './encode-png.ts';

export interface PicturedPhoto {
  /** Of the photo's file: pictures of one photo have most of their compressed bytes in common. */
  readonly sha256: string;
  readonly pixels: Pixels;
  readonly icc: Uint8Array | null;
}

export type PictureOrder =
  /** No picture: begins with what looks of the photo will have in common, until there is one to make. */
  | { readonly kind: 'ahead'; readonly photo: PicturedPhoto }
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

/** Of what is no picture nothing comes back. */
export type MakePicture = (order: PictureOrder) => Promise<Uint8Array<ArrayBuffer>>;

/**
 * One after the other, each begun when the one before has only to be compressed; what looks of a photo have in common
 * is kept until another photo has its turn.
 */
export function pictureMaker(): MakePicture {
  const kept = new Map<string, KeptStrips>();
  const stripsOf = ({ sha256 }: PicturedPhoto): KeptStrips => {
    const strips = kept.get(sha256) ?? new Map();
    kept.set(sha256, strips);
    return strips;
  };
  let staged: Staged | null = null;
  let drawn: { readonly moment: LookMoment; readonly patch: LookPatch } | null = null;
  const patchOf = ({ scene }: Staged, moment: LookMoment): LookPatch => {
    // The worksheet shows the look that is made next.
    if (drawn?.moment.kind !== 'healed' || moment.kind !== 'healed') drawn = { moment, patch: patchAt(scene, moment) };
    return drawn.patch;
  };
  const begin = async (order: PictureOrder): Promise<BegunPng> => {
    if (order.kind === 'ahead') {
      // It makes the thumbnails.
      await import('./load-sharp.ts');
      await packAhead(asPng(order.photo.pixels), stripsOf(order.photo), () => !isWaiting());
      return NOTHING;
    }
    if (order.kind === 'scene') {
      if (staged && staged.photo.sha256 !== order.photo.sha256) kept.delete(staged.photo.sha256);
      staged = order;
      drawn = null;
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
        const small = shrinkPixels(pixels, order.longestSidePx);
        const panels = order.moments.map((moment) => withShrunkPatch(small, pixels, patchAt(scene, moment)));
        return beginPng(panels.map(asPng), icc);
      }
      case 'mask': {
        const { changed } = scene;
        const samples = new Uint8Array(changed.length);
        for (let k = 0; k < samples.length; k++) samples[k] = changed[k] ? 255 : 0;
        return beginPng({ widthPx: pixels.widthPx, heightPx: pixels.heightPx, channels: 1, samples }, null);
      }
      case 'thumbnail':
        return { file: thumbnail(pixels, patchOf(staged, order.moment), order.longestSidePx) };
    }
  };
  let before: Promise<unknown> = Promise.resolve();
  let waiting = 0;
  const isWaiting = (): boolean => waiting > 0;
  return (order) => {
    if (order.kind !== 'ahead') waiting++;
    const begun = before.then(() => {
      if (order.kind !== 'ahead') waiting--;
      return begin(order);
    });
    before = begun.catch(() => {});
    return begun.then(({ file }) => file);
  };
}

interface Staged {
  readonly photo: PicturedPhoto;
  readonly scene: Scene;
}

const NOTHING: BegunPng = { file: Promise.resolve(new Uint8Array(0)) };

const asPng = ({ widthPx, heightPx, rgba }: Pixels): Extract<PngPicture, { samples: unknown }> => ({
  widthPx,
  heightPx,
  channels: 4,
  samples: rgba,
});

async function thumbnail(photo: Pixels, patch: LookPatch, longestSidePx: number): Promise<Uint8Array<ArrayBuffer>> {
  const { widthPx, heightPx, rgba } = withShrunkPatch(shrinkPixels(photo, longestSidePx), photo, patch);
  // Loaded when it is needed: it takes 20 MB and 60 ms.
  const { sharp } = await import('./load-sharp.ts');
  const raw = { width: widthPx, height: heightPx, channels: 4 } as const;
  return Uint8Array.from(await sharp(rgba, { raw }).removeAlpha().jpeg({ quality: 85 }).toBuffer());
}
