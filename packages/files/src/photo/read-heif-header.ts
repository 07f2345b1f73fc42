/**
 * Reads what a HEIC photo claims (ISO/IEC 23008-12): the primary picture's size, turn, crop, depth and profile.
 *
 * Phones store a grid of HEVC tiles and beside it thumbnails, depth and gain maps, which are passed over. The turn is
 * the container's own (`irot`, `imir`), put into EXIF's numbers; that of the EXIF block repeats it and does not count.
 * Throws RangeError when the table of contents is broken, Refusal 'photo-type' when it holds something else: AVIF, an
 * overlay, light in PQ or HLG, whose samples are no picture until they are tone-mapped.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { NumberReader, type IsoBox } from './iso-boxes.ts';
import { MAX_ICC_BYTES, viewOf, withoutExifPrefix, type Orientation, type PhotoHeader } from './photo-header.ts';
import { readHeifItems, type HeifItems } from './read-heif-items.ts';
import { DISPLAY_P3, REC_2020, writeMatrixProfile, type MatrixSpace } from './write-matrix-profile.ts';

/** A part of the stored samples, px. */
export interface Crop {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface HeifHeader extends PhotoHeader {
  readonly orientation: Orientation;
  /** Size of what the decoder gives, before the crop. */
  readonly codedWidthPx: number;
  readonly codedHeightPx: number;
  /** What of it is the picture, before it is turned. */
  readonly crop: Crop;
}

const MAX_EXIF_BYTES = 1 << 20;

const CODECS: Readonly<Record<string, string>> = {
  av01: 'it is an AVIF picture',
  jpeg: 'it is a JPEG inside a HEIF file',
  j2k1: 'it is a JPEG 2000 picture',
  vvc1: 'it is a VVC picture',
  unci: 'it is an uncompressed HEIF picture',
  iovl: 'it is laid over of several pictures',
};

export function readHeifHeader(bytes: Uint8Array): HeifHeader {
  const items = readHeifItems(bytes);
  const tile = tileOf(items, items.primary);
  const own = items.propertiesOf(items.primary);
  // Some writers say the colours of the tiles alone.
  const all = [...own, ...items.propertiesOf(tile)];
  const ispe = named(own, 'ispe');
  const hvcc = named(all, 'hvcC');
  if (!ispe || !hvcc) throw new RangeError('no size or no decoder settings');
  const size = new NumberReader(ispe, 4);
  const codedWidthPx = size.take(4);
  const codedHeightPx = size.take(4);
  const { crop, orientation } = transformed(own, codedWidthPx, codedHeightPx);
  const settings = viewOf(hvcc);
  return {
    widthPx: crop.widthPx,
    heightPx: crop.heightPx,
    codedWidthPx,
    codedHeightPx,
    crop,
    orientation,
    // ISO/IEC 14496-15 section 8.3.3.1: format of the chroma, 0 being none, and bits of the luma less 8.
    colour: (settings.getUint8(16) & 3) === 0 ? 'grey' : 'rgb',
    bitsPerSample: (settings.getUint8(17) & 7) + 8,
    isAnimated: false,
    exif: exifOf(items),
    icc: profileOf(all),
  };
}

const named = (properties: readonly IsoBox[], type: string): Uint8Array | null =>
  properties.find((property) => property.type === type)?.body ?? null;

/** The item whose HEVC settings the picture has: itself, or its first tile. */
function tileOf(items: HeifItems, primary: number): number {
  const type = items.typeOf(primary);
  const tile = type === 'grid' ? items.referredBy(primary, 'dimg')[0] : primary;
  if (tile === undefined) throw new RangeError('a grid without tiles');
  const codec = items.typeOf(tile);
  if (codec === 'hvc1') return tile;
  const other = CODECS[type === 'grid' ? (codec ?? '') : (type ?? '')];
  if (other) throw new Refusal('photo-type', other);
  throw new RangeError('no picture');
}

function exifOf(items: HeifItems): Uint8Array | null {
  const item = items.referringTo(items.primary, 'cdsc').find((each) => items.typeOf(each) === 'Exif');
  const block = item === undefined ? null : items.bytesOf(item, MAX_EXIF_BYTES);
  // The first four bytes say how many follow before the TIFF structure.
  if (!block || block.length < 4) return null;
  return withoutExifPrefix(block.subarray(4 + viewOf(block).getUint32(0)));
}

/** A profile as embedded, or one for the colour space that is named by its numbers in ITU-T H.273; null is sRGB. */
function profileOf(properties: readonly IsoBox[]): Uint8Array | null {
  const colours = properties.filter(({ type, body }) => type === 'colr' && body.length >= 4);
  const kindOf = (body: Uint8Array): string => String.fromCharCode(...body.subarray(0, 4));
  const named = colours.find(({ body }) => kindOf(body) === 'nclx')?.body;
  const numbers = named && new NumberReader(named, 4);
  const primaries = numbers?.take(2);
  const transfer = numbers?.take(2);
  if (transfer === PQ || transfer === HLG) throw new Refusal('photo-type', 'it is an HDR picture');
  const embedded = colours.find(({ body }) => ['prof', 'rICC'].includes(kindOf(body)))?.body.subarray(4);
  if (embedded) return embedded.length <= MAX_ICC_BYTES ? embedded : null;
  const space = NAMED_SPACES[primaries ?? -1];
  return space ? writeMatrixProfile(space) : null;
}

const PQ = 16;
const HLG = 18;
const NAMED_SPACES: Readonly<Record<number, MatrixSpace>> = { 9: REC_2020, 12: DISPLAY_P3 };

/** EXIF's number for a picture mirrored left to right or not, and then turned clockwise by so many quarters. */
const ORIENTATIONS: readonly (readonly Orientation[])[] = [
  [1, 6, 3, 8],
  [2, 7, 4, 5],
];

/** Crop and turns one after the other; a crop comes first (ISO/IEC 23000-22 section 7.3.6.7). */
function transformed(
  properties: readonly IsoBox[],
  widthPx: number,
  heightPx: number,
): Pick<HeifHeader, 'crop' | 'orientation'> {
  let crop: Crop = { leftPx: 0, topPx: 0, widthPx, heightPx };
  let isMirrored = 0;
  let quarters = 0;
  for (const { type, body } of properties) {
    if (type === 'irot') quarters -= new NumberReader(body).take(1) & 3;
    else if (type === 'imir') {
      // 0 exchanges top and bottom, 1 left and right.
      quarters = (new NumberReader(body).take(1) & 1 ? 0 : 2) - quarters;
      isMirrored ^= 1;
    } else if (type === 'clap') {
      if (quarters || isMirrored) throw new RangeError('turned before it is cropped');
      crop = readCrop(body, crop);
    }
  }
  return { crop, orientation: ORIENTATIONS[isMirrored]![quarters & 3]! };
}

/** ISO/IEC 14496-12 section 12.1.4: size and offset of the middle as fractions. */
function readCrop(clap: Uint8Array, { widthPx, heightPx }: Crop): Crop {
  const view = viewOf(clap);
  const fraction = (at: number): number => view.getInt32(at) / view.getInt32(at + 4);
  const width = Math.round(fraction(0));
  const height = Math.round(fraction(8));
  const leftPx = Math.round(fraction(16) + (widthPx - width) / 2);
  const topPx = Math.round(fraction(24) + (heightPx - height) / 2);
  const isInside = width > 0 && height > 0 && leftPx >= 0 && topPx >= 0;
  if (!isInside || !(leftPx + width <= widthPx && topPx + height <= heightPx)) throw new RangeError('an empty crop');
  return { leftPx, topPx, widthPx: width, heightPx: height };
}
