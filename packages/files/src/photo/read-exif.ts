/**
 * The two things Stipple needs from EXIF (CIPA DC-008 section 4.6): which way is up, and how wide the lens saw.
 *
 * Reads the first directory and the Exif directory it points to, and follows no other pointer, so loops cannot hold
 * it. What is broken is null and never an error: a good photo is not refused for its metadata. Everything else that
 * EXIF holds, place and device first of all, is never read.
 */
import { viewOf } from './photo-header.ts';

/** 1 is upright; 2 to 8 are the mirrored and turned ones of EXIF. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface ExifFacts {
  readonly orientation: Orientation | null;
  /** Focal length on 35 mm film with the same angle of view. */
  readonly focal35mm: number | null;
}

const ORIENTATION = 0x0112;
const EXIF_DIRECTORY = 0x8769;
const FOCAL_LENGTH_35MM = 0xa405;
/** Shorter is a fisheye, longer nobody holds at a head. */
const PLAUSIBLE_FOCAL_MM = [10, 400] as const;

export function readExif(tiff: Uint8Array): ExifFacts {
  const read = directoryReader(tiff);
  const orientation = read(firstDirectory(tiff), ORIENTATION);
  const focal = read(read(firstDirectory(tiff), EXIF_DIRECTORY), FOCAL_LENGTH_35MM);
  const [shortest, longest] = PLAUSIBLE_FOCAL_MM;
  return {
    orientation: orientation !== null && orientation >= 1 && orientation <= 8 ? (orientation as Orientation) : null,
    focal35mm: focal !== null && focal >= shortest && focal <= longest ? focal : null,
  };
}

const isLittleEndian = (tiff: Uint8Array): boolean => tiff[0] === 0x49;

/** Offset of the first directory, null when this is no TIFF structure. */
function firstDirectory(tiff: Uint8Array): number | null {
  if (tiff.length < 8 || tiff[0] !== tiff[1] || (tiff[0] !== 0x49 && tiff[0] !== 0x4d)) return null;
  const little = isLittleEndian(tiff);
  const view = viewOf(tiff);
  return view.getUint16(2, little) === 42 ? view.getUint32(4, little) : null;
}

/** Looks a whole number up: entries of 12 bytes each hold tag, type, count and, if it fits, the value itself. */
function directoryReader(tiff: Uint8Array): (directory: number | null, tag: number) => number | null {
  const view = viewOf(tiff);
  const little = isLittleEndian(tiff);
  return (directory, tag) => {
    if (directory === null || directory + 2 > tiff.length) return null;
    const entries = view.getUint16(directory, little);
    for (let i = 0; i < entries; i++) {
      const at = directory + 2 + 12 * i;
      if (at + 12 > tiff.length) return null;
      if (view.getUint16(at, little) !== tag) continue;
      const type = view.getUint16(at + 2, little);
      if (type === 3) return view.getUint16(at + 8, little);
      return type === 4 ? view.getUint32(at + 8, little) : null;
    }
    return null;
  };
}
