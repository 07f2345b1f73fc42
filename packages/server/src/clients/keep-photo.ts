/**
 * Makes of a photo what the studio keeps: the picture without place, device and time, and a small copy for lists.
 *
 * JPEG, PNG and WebP stay sample for sample (files/photo/strip-metadata.ts). A HEIC is decoded and kept as a JPEG of
 * high quality with its colour profile and focal length, because its metadata cannot be taken out of its boxes.
 * A photo that cannot be decoded is refused and nothing is kept.
 */
import sharp from 'sharp';
import { stripMetadata } from '@stipple/files/photo/strip-metadata.ts';
import { tagJpeg } from '@stipple/files/photo/tag-jpeg.ts';
import { decodePhoto } from '../imaging/decode-photo.ts';

export interface KeptPhoto {
  readonly bytes: Uint8Array;
  readonly mediaType: 'image/jpeg' | 'image/png' | 'image/webp';
  readonly thumbnail: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

const THUMBNAIL_PX = 480;
const HEIC_QUALITY = 95;

/** @throws Refusal, as the decoder */
export async function keepPhoto(bytes: Uint8Array): Promise<KeptPhoto> {
  const { pixels, icc, focal35mm, type } = await decodePhoto(bytes);
  const { widthPx, heightPx, rgba } = pixels;
  const raw = { width: widthPx, height: heightPx, channels: 4 as const };
  const picture = () => sharp(rgba, { raw }).removeAlpha();
  const small = picture().resize(THUMBNAIL_PX, THUMBNAIL_PX, { fit: 'inside', withoutEnlargement: true });
  const upright = { orientation: 1, focal35mm: null, icc } as const;
  const thumbnail = tagJpeg(await small.jpeg({ quality: 82 }).toBuffer(), upright);
  if (type !== 'heic') {
    return { bytes: stripMetadata(bytes), mediaType: `image/${type}`, thumbnail, widthPx, heightPx };
  }
  const jpeg = await picture().jpeg({ quality: HEIC_QUALITY, chromaSubsampling: '4:4:4' }).toBuffer();
  return { bytes: tagJpeg(jpeg, { ...upright, focal35mm }), mediaType: 'image/jpeg', thumbnail, widthPx, heightPx };
}
