/**
 * Builds HEIC files box by box around one HEVC tile: single pictures and grids, turned, cropped, with profile, EXIF and
 * thumbnail. Test code only.
 *
 * The tile is 64 x 64 px: red grows to the right, green falls downwards, and blue is dark in the upper left corner, so
 * that no turn looks like another. Made once by x265 (heif-enc -q 60) from those numbers.
 */
import { ascii, joined } from './photo-bytes.ts';

export const TILE_PX = 64;

const HVCC =
  'AQNwAAAAAAAAAAAAHvAA/P34+AAADwMgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQCEAAQArQgEBA3AAAAMAkAAAAwAAAwAeoCCBBZbqSSmubgQE' +
  'DAgAAAMACAAAAwAIQCIAAQAHRAHBcrAiQA==';
const HEVC =
  'AAAAqygBrwnga+I7DCLEy9ouXUs6B5rYihSOXDKs37QvtlHcJfPnGXdUfvOMR1IibqQI8YRDLKmp5h+gbJa122fhkKmVJC3Q8EfmwVJVnfx7yeS4fNKM' +
  'gV/uMNu7BedsCKCpgFFpy27UPuQFKYWTHJLn0rZlzBcQ+tnmzeSEuC1iclWG2c2aqlrCna/nnUY1iB13rAAx2eyZ8HSkAGM0SL1RIALCWSn1W1gU8z4f' +
  '4A==';

/** The colour of the tile's picture at one of its pixels, before it was compressed. */
export const tileColour = (x: number, y: number): readonly [number, number, number] => [
  40 + 2.8 * x,
  220 - 2.6 * y,
  x < 16 && y < 24 ? 20 : 150,
];

export interface HeicKind {
  /** Tiles of the grid; one of each makes a single picture without a grid. */
  readonly columns: number;
  readonly rows: number;
  /** Size of the picture, where the last tiles reach beyond it. */
  readonly widthPx?: number;
  readonly heightPx?: number;
  /** Properties of the picture, in the order in which they apply. */
  readonly properties?: readonly Uint8Array[];
  /** TIFF structure of an EXIF block. */
  readonly exif?: Uint8Array;
  readonly hasThumbnail?: boolean;
  readonly brand?: string;
  /** What the tiles say they are coded in. */
  readonly codec?: string;
  /** Other tiles than the usual one, row by row, and the settings of them all. */
  readonly tiles?: { readonly sidePx: number; readonly hvcC: Uint8Array; readonly data: readonly Uint8Array[] };
}

const base64 = (text: string): Uint8Array => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
const u16 = (n: number): number[] => [(n >>> 8) & 255, n & 255];
const u32 = (n: number): number[] => [...u16(n >>> 16), ...u16(n)];

export function isoBox(type: string, ...parts: readonly ArrayLike<number>[]): Uint8Array {
  const body = joined(...parts);
  return joined(u32(8 + body.length), ascii(type), body);
}

const fullBox = (type: string, version: number, flags: number, ...parts: readonly ArrayLike<number>[]): Uint8Array =>
  isoBox(type, [version, 0, 0, flags], ...parts);

export const irot = (quartersAnticlockwise: number): Uint8Array => isoBox('irot', [quartersAnticlockwise]);
/** 0 exchanges top and bottom, 1 left and right. */
export const imir = (axis: 0 | 1): Uint8Array => isoBox('imir', [axis]);
export const colrProfile = (profile: Uint8Array): Uint8Array => isoBox('colr', ascii('prof'), profile);
export const colrNumbers = (primaries: number, transfer: number): Uint8Array =>
  isoBox('colr', ascii('nclx'), u16(primaries), u16(transfer), u16(6), [0x80]);
/** Size, and offset of the middle, in halves of a pixel. */
export const clap = (widthPx: number, heightPx: number, rightHalves: number, downHalves: number): Uint8Array =>
  isoBox('clap', u32(widthPx), u32(1), u32(heightPx), u32(1), u32(rightHalves), u32(2), u32(downHalves), u32(2));

interface Item {
  readonly type: string;
  readonly data: Uint8Array;
  readonly properties: readonly Uint8Array[];
}

export function heic(kind: HeicKind): Uint8Array<ArrayBuffer> {
  const { columns, rows, exif, hasThumbnail = false, brand = 'heic', codec = 'hvc1' } = kind;
  const { sidePx, hvcC, data } = kind.tiles ?? {
    sidePx: TILE_PX,
    hvcC: base64(HVCC),
    data: Array.from({ length: columns * rows }, () => base64(HEVC)),
  };
  const { widthPx = columns * sidePx, heightPx = rows * sidePx } = kind;
  const size = (width: number, height: number): Uint8Array => fullBox('ispe', 0, 0, u32(width), u32(height));
  const properties = [isoBox('hvcC', hvcC), size(sidePx, sidePx)];
  const tiles = data.map((bytes): Item => ({ type: codec, data: bytes, properties }));
  const isGrid = tiles.length > 1;
  const own = kind.properties ?? [];
  const grid: Item = {
    type: 'grid',
    data: Uint8Array.from([0, 1, rows - 1, columns - 1, ...u32(widthPx), ...u32(heightPx)]),
    properties: [size(widthPx, heightPx), ...own],
  };
  // Numbers of items begin at 1; the primary one is the last picture.
  const items: Item[] = isGrid ? [...tiles, grid] : [{ ...tiles[0]!, properties: [...properties, ...own] }];
  const primary = items.length;
  const references: Uint8Array[] = [];
  if (isGrid) {
    const numbers = tiles.flatMap((_, k) => u16(k + 1));
    references.push(isoBox('dimg', u16(primary), u16(tiles.length), numbers));
  }
  const add = (item: Item, reference: string): void => {
    items.push(item);
    references.push(isoBox(reference, u16(items.length), u16(1), u16(primary)));
  };
  if (hasThumbnail) add(tiles[0]!, 'thmb');
  if (exif) add({ type: 'Exif', data: joined(u32(6), ascii('Exif\0\0'), exif), properties: [] }, 'cdsc');
  return assemble(brand, items, primary, references);
}

function assemble(brand: string, items: readonly Item[], primary: number, references: readonly Uint8Array[]) {
  const known = [...new Set(items.flatMap(({ properties }) => properties))];
  const associations = items.map(({ properties }, k) => [
    ...u16(k + 1),
    properties.length,
    ...properties.map((property) => known.indexOf(property) + 1),
  ]);
  const ftyp = isoBox('ftyp', ascii(brand), u32(0), ascii('mif1'), ascii('heic'));
  // Tiles are hidden: whoever lists the pictures of the file passes them over.
  const infe = items.map(({ type }, k) =>
    fullBox('infe', 2, k + 1 < primary ? 1 : 0, u16(k + 1), u16(0), ascii(type), [0]),
  );
  const metaAt = (start: number): Uint8Array => {
    let at = start;
    const locations = items.map(({ data }, k) => {
      at += data.length;
      return [...u16(k + 1), ...u16(0), ...u16(1), ...u32(at - data.length), ...u32(data.length)];
    });
    return fullBox(
      'meta',
      0,
      0,
      fullBox('hdlr', 0, 0, u32(0), ascii('pict'), u32(0), u32(0), u32(0), [0]),
      fullBox('pitm', 0, 0, u16(primary)),
      fullBox('iinf', 0, 0, u16(items.length), ...infe),
      ...(references.length ? [fullBox('iref', 0, 0, ...references)] : []),
      isoBox('iprp', isoBox('ipco', ...known), fullBox('ipma', 0, 0, u32(items.length), associations.flat())),
      fullBox('iloc', 0, 0, [0x44, 0x00], u16(items.length), locations.flat()),
    );
  };
  // The table of contents is as long whatever it says of places.
  const meta = metaAt(ftyp.length + metaAt(0).length + 8);
  return joined(ftyp, meta, isoBox('mdat', ...items.map(({ data }) => data)));
}
