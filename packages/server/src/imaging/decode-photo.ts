/**
 * Decodes a photo file into upright pixels, in the photo's own colour space.
 *
 * In: the file's bytes. Out: RGBA, the profile that says what the numbers mean, focal length, fingerprint. The samples
 * are exactly those stored, turned upright: an RGB profile (Display P3, ProPhoto) is kept beside them, not applied.
 * Three kinds cannot stay as they are: deep photos give the upper 8 bits, transparent pixels are laid over white, and
 * CMYK photos or those whose profile is a lookup table are converted to sRGB by that profile. Grey photos keep their
 * samples in all three channels and lose a grey profile, which no RGB picture can carry.
 *
 * Decoding is libvips' (sharp), behind the bounds of `readPhotoFacts`, a pixel limit and a clock; HEIC is libheif's, in
 * the same code as in the browser (files/photo/heif-tiles.ts). About 0.1 s and 60 MB for 12 megapixels, HEIC 0.8 s on
 * two cores. Files that end early or hold errors are refused, never half-shown.
 * A decoder that crashes or hangs takes its process with it: photos of strangers go through decode-process.ts.
 */
import { createHash } from 'node:crypto';
import type { Sharp } from 'sharp';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import { decodeHeic, type DecodeTiles } from '@stipple/files/photo/decode-heic.ts';
import type { Orientation } from '@stipple/files/photo/photo-header.ts';
import { MAX_PHOTO_PIXELS, readPhotoFacts, type PhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { layOver } from '@stipple/files/photo/lay-over.ts';
import type { PhotoType } from '@stipple/files/photo/sniff-photo-type.ts';
import { decodeTilesInThreads } from './heic-threads.ts';
import { sharp } from './load-sharp.ts';

export interface DecodedPhoto {
  readonly pixels: Pixels;
  /** Profile of the pixels; null is sRGB. */
  readonly icc: Uint8Array | null;
  readonly focal35mm: number | null;
  /** Of the file's bytes, hexadecimal. */
  readonly sha256: string;
  readonly type: PhotoType;
}

// No photo is decoded twice, so nothing is worth keeping.
sharp.cache(false);

/**
 * @throws Refusal 'photo-empty', 'photo-type', 'photo-unreadable', 'photo-too-large', 'photo-too-small', 'too-slow'
 */
export async function decodePhoto(
  bytes: Uint8Array,
  decodeTiles: DecodeTiles = decodeTilesInThreads,
): Promise<DecodedPhoto> {
  const facts = readPhotoFacts(bytes);
  return {
    pixels: facts.type === 'heic' ? await decodeHeic(bytes, decodeTiles) : await decodeOpaque(bytes, facts),
    icc: profileOfSamples(facts),
    focal35mm: facts.focal35mm,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    type: facts.type,
  };
}

async function decodeOpaque(bytes: Uint8Array, facts: PhotoFacts): Promise<Pixels> {
  const rgba = await decodeSamples(bytes, facts);
  layOver(255, rgba);
  return { widthPx: facts.widthPx, heightPx: facts.heightPx, rgba };
}

const DECODE_SECONDS = 20;

/** Upright RGBA as stored, alpha included. @throws Refusal 'photo-unreadable', 'too-slow' */
export async function decodeSamples(bytes: Uint8Array, facts: PhotoFacts): Promise<Uint8Array> {
  const photo = sharp(bytes, {
    failOn: 'error',
    limitInputPixels: MAX_PHOTO_PIXELS,
    ignoreIcc: !mustConvert(facts),
    sequentialRead: true,
  });
  const upright = turnUpright(photo, facts.orientation)
    .toColourspace('srgb')
    .ensureAlpha()
    .timeout({ seconds: DECODE_SECONDS });
  let decoded;
  try {
    decoded = await upright.raw({ depth: 'uchar' }).toBuffer({ resolveWithObject: true });
  } catch (error) {
    throw new Refusal(/timeout/i.test(String(error)) ? 'too-slow' : 'photo-unreadable');
  }
  const { data, info } = decoded;
  // The header lied to one of the two readers.
  if (info.width !== facts.widthPx || info.height !== facts.heightPx || info.channels !== 4) {
    throw new Refusal('photo-unreadable');
  }
  return data;
}

/** Whether the samples mean nothing without their profile. */
const mustConvert = ({ colour, profile }: PhotoFacts): boolean =>
  colour === 'cmyk' || (colour === 'rgb' && profile?.model === 'rgb' && !profile.isMatrix);

const profileOfSamples = ({ colour, profile }: PhotoFacts): Uint8Array | null =>
  colour === 'rgb' && profile?.model === 'rgb' && profile.isMatrix ? profile.bytes : null;

/** sharp mirrors first and then turns clockwise, whatever the order of the calls. */
function turnUpright(photo: Sharp, orientation: Orientation): Sharp {
  switch (orientation) {
    case 1:
      return photo;
    case 2:
      return photo.flop();
    case 3:
      return photo.rotate(180);
    case 4:
      return photo.flip();
    case 5:
      return photo.flop().rotate(270);
    case 6:
      return photo.rotate(90);
    case 7:
      return photo.flop().rotate(90);
    case 8:
      return photo.rotate(270);
  }
}
