/**
 * What a photo file claims, read before anything is decoded, so that a lying or giant file costs nothing.
 *
 * In: the file's bytes. Out: type, stored and upright size, orientation, focal length, colour model and profile.
 * Refuses by bytes, pixels and type; metadata that is broken is left out, never a reason to refuse. A few
 * milliseconds for 40 MB. Whether the picture's data are whole is for the decoder to say. Orientation is taken from
 * EXIF, in HEIC from the container, not from XMP; of gamma and primaries chunks of PNG nothing is read.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Orientation, PhotoHeader } from './photo-header.ts';
import { readExif } from './read-exif.ts';
import { readHeifHeader } from './read-heif-header.ts';
import { readIccProfile, type IccProfile } from './read-icc-profile.ts';
import { readJpegHeader } from './read-jpeg-header.ts';
import { readPngHeader } from './read-png-header.ts';
import { readWebpHeader } from './read-webp-header.ts';
import { sniffPhotoType, type PhotoType } from './sniff-photo-type.ts';
import { ADOBE_RGB, writeMatrixProfile } from './write-matrix-profile.ts';

/** As the refusals 'photo-too-large' and 'photo-too-small' say them. */
export const MAX_PHOTO_BYTES = 40 * 1024 * 1024;
export const MAX_PHOTO_PIXELS = 60_000_000;
export const MIN_PHOTO_SIDE_PX = 320;

export interface PhotoFacts {
  readonly type: PhotoType;
  /** As the samples lie in the file. */
  readonly storedWidthPx: number;
  readonly storedHeightPx: number;
  /** Upright, orientation applied. */
  readonly widthPx: number;
  readonly heightPx: number;
  readonly orientation: Orientation;
  /** 35 mm-equivalent focal length, 10 to 400; null when it is not told. */
  readonly focal35mm: number | null;
  readonly colour: PhotoHeader['colour'];
  /** 16 in deep PNGs, 10 in some HEICs: decoded to the upper 8. */
  readonly bitsPerSample: number;
  readonly profile: IccProfile | null;
}

const READERS: Readonly<Record<PhotoType, (bytes: Uint8Array) => PhotoHeader>> = {
  jpeg: readJpegHeader,
  png: readPngHeader,
  webp: readWebpHeader,
  heic: readHeifHeader,
};

/** @throws Refusal 'photo-empty', 'photo-type', 'photo-unreadable', 'photo-too-large', 'photo-too-small' */
export function readPhotoFacts(bytes: Uint8Array): PhotoFacts {
  const facts = readPictureFacts(bytes);
  if (Math.min(facts.widthPx, facts.heightPx) < MIN_PHOTO_SIDE_PX) {
    throw new Refusal('photo-too-small', `${facts.widthPx} x ${facts.heightPx} pixels`);
  }
  return facts;
}

/** The same for any picture, a mask for instance, however small. */
export function readPictureFacts(bytes: Uint8Array): PhotoFacts {
  const type = sniffPhotoType(bytes);
  if (bytes.length > MAX_PHOTO_BYTES) {
    throw new Refusal('photo-too-large', `${(bytes.length / 1048576).toFixed(0)} MB`);
  }
  const header = readHeader(type, bytes);
  const { widthPx, heightPx, colour, bitsPerSample } = header;
  if (widthPx < 1 || heightPx < 1) throw new Refusal('photo-unreadable');
  if (widthPx * heightPx > MAX_PHOTO_PIXELS) throw new Refusal('photo-too-large', `${widthPx} x ${heightPx} pixels`);
  if (header.isAnimated) throw new Refusal('photo-type', 'it is an animation');
  const exif = header.exif ? readExif(header.exif) : null;
  const orientation = header.orientation ?? exif?.orientation ?? 1;
  const isTurned = orientation >= 5;
  return {
    type,
    storedWidthPx: widthPx,
    storedHeightPx: heightPx,
    widthPx: isTurned ? heightPx : widthPx,
    heightPx: isTurned ? widthPx : heightPx,
    orientation,
    focal35mm: exif?.focal35mm ?? null,
    colour,
    bitsPerSample,
    profile: profileOf(header, exif?.isAdobeRgb ?? false),
  };
}

/** The profile that is embedded, or the one that a camera only names. */
function profileOf({ icc, colour }: PhotoHeader, isAdobeRgb: boolean): IccProfile | null {
  if (icc) return readIccProfile(icc);
  return isAdobeRgb && colour === 'rgb' ? readIccProfile(writeMatrixProfile(ADOBE_RGB)) : null;
}

function readHeader(type: PhotoType, bytes: Uint8Array): PhotoHeader {
  try {
    return READERS[type](bytes);
  } catch (error) {
    if (error instanceof RangeError) throw new Refusal('photo-unreadable');
    throw error;
  }
}
