/**
 * Makes the picture files of a plan from a photo and the patches that change it: looks and panels of years as PNG, the
 * mask, the small picture of the worksheet.
 *
 * The photo is handed over once with every order and costs nothing then, since threads share its memory.
 */
import { shrinkPixels, withShrunkPatch } from '@stipple/core/render/shrink-pixels.ts';
import type { LookPatch } from '@stipple/core/render/render-look.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import type { PngPicture } from '@stipple/files/exports/write-png.ts';
import { encodePng, type KeptStrips } from './encode-png.ts';

export interface PicturedPhoto {
  /** Of the photo's file: pictures of one photo have most of their compressed bytes in common. */
  readonly sha256: string;
  readonly pixels: Pixels;
  readonly icc: Uint8Array | null;
}

export type PictureOrder =
  /** The whole photo with one patch laid over it. */
  | { readonly kind: 'look'; readonly photo: PicturedPhoto; readonly patch: LookPatch }
  /** One small picture for each patch, side by side. */
  | {
      readonly kind: 'panels';
      readonly photo: PicturedPhoto;
      readonly patches: readonly LookPatch[];
      readonly longestSidePx: number;
    }
  /** White where `changed` is not 0. */
  | { readonly kind: 'mask'; readonly widthPx: number; readonly heightPx: number; readonly changed: Uint8Array }
  /** A small JPEG. */
  | {
      readonly kind: 'thumbnail';
      readonly photo: PicturedPhoto;
      readonly patch: LookPatch;
      readonly longestSidePx: number;
    };

export type MakePicture = (order: PictureOrder) => Promise<Uint8Array<ArrayBuffer>>;

/** One after the other: what pictures of a photo have in common is kept until another photo comes. */
export function pictureMaker(): MakePicture {
  let kept: { readonly sha256: string; readonly strips: KeptStrips } | null = null;
  return (order) => {
    switch (order.kind) {
      case 'look': {
        const { sha256, pixels, icc } = order.photo;
        if (kept?.sha256 !== sha256) kept = { sha256, strips: new Map() };
        return encodePng({ ...asPng(pixels), patch: order.patch }, icc, kept.strips);
      }
      case 'panels': {
        const { pixels, icc } = order.photo;
        const small = shrinkPixels(pixels, order.longestSidePx);
        return encodePng(
          order.patches.map((patch) => asPng(withShrunkPatch(small, pixels, patch))),
          icc,
        );
      }
      case 'mask': {
        const { widthPx, heightPx, changed } = order;
        const samples = changed.map((value) => (value ? 255 : 0));
        return encodePng({ widthPx, heightPx, channels: 1, samples }, null);
      }
      case 'thumbnail':
        return thumbnail(order.photo.pixels, order.patch, order.longestSidePx);
    }
  };
}

const asPng = ({ widthPx, heightPx, rgba }: Pixels): Extract<PngPicture, { samples: unknown }> => ({
  widthPx,
  heightPx,
  channels: 4,
  samples: rgba,
});

async function thumbnail(photo: Pixels, patch: LookPatch, longestSidePx: number): Promise<Uint8Array<ArrayBuffer>> {
  const { widthPx, heightPx, rgba } = withShrunkPatch(shrinkPixels(photo, longestSidePx), photo, patch);
  // Loaded when it is needed: it takes 20 MB and 60 ms.
  const { default: sharp } = await import('sharp');
  const raw = { width: widthPx, height: heightPx, channels: 4 } as const;
  return Uint8Array.from(await sharp(rgba, { raw }).removeAlpha().jpeg({ quality: 85 }).toBuffer());
}
