/**
 * What Stipple needs from EXIF (CIPA DC-008 section 4.6): which way is up, how wide the lens saw, and whether the
 * colours are Adobe RGB, which cameras say here and not by a profile.
 *
 * Reads the first directory, the Exif and the interoperability directory, each once, so loops cannot hold it. What is
 * broken is null and never an error: a good photo is not refused for its metadata. Everything else that EXIF holds, place
 * and device first of all, is never read.
 */
import { viewOf, type Orientation } from './photo-header.ts';

export interface ExifFacts {
  readonly orientation: Orientation | null;
  /** Focal length on 35 mm film with the same angle of view. */
  readonly focal35mm: number | null;
  readonly isAdobeRgb: boolean;
}

const ORIENTATION = 0x0112;
const EXIF_DIRECTORY = 0x8769;
const FOCAL_LENGTH_35MM = 0xa405;
const COLOUR_SPACE = 0xa001;
const UNCALIBRATED = 0xffff;
const INTEROPERABILITY_DIRECTORY = 0xa005;
const INTEROPERABILITY_INDEX = 0x0001;
/** 'R03' (CIPA DC-009 section 4.6.3): the optional colour space of camera files. */
const ADOBE_RGB = 0x52303300;
/** Shorter is a fisheye, longer nobody holds at a head. */
const PLAUSIBLE_FOCAL_MM = [10, 400] as const;

export function readExif(tiff: Uint8Array): ExifFacts {
  const read = directoryReader(tiff);
  const orientation = read(firstDirectory(tiff), ORIENTATION);
  const exif = read(firstDirectory(tiff), EXIF_DIRECTORY);
  const focal = read(exif, FOCAL_LENGTH_35MM);
  const isUncalibrated = read(exif, COLOUR_SPACE) === UNCALIBRATED;
  const [shortest, longest] = PLAUSIBLE_FOCAL_MM;
  return {
    orientation: orientation !== null && orientation >= 1 && orientation <= 8 ? (orientation as Orientation) : null,
    focal35mm: focal !== null && focal >= shortest && focal <= longest ? focal : null,
    isAdobeRgb: isUncalibrated && read(read(exif, INTEROPERABILITY_DIRECTORY), INTEROPERABILITY_INDEX) === ADOBE_RGB,
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

/** Looks a whole number up, or four letters as one: entries of 12 bytes hold tag, type, count and a value that fits. */
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
      if (type === 2) return view.getUint32(at + 8);
      return type === 4 ? view.getUint32(at + 8, little) : null;
    }
    return null;
  };
}
