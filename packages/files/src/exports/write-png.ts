/**
 * Writes pictures as PNG (PNG third edition, W3C 2025) in the colour space they are in.
 *
 * In: one image, or several of equal height to stand side by side, and the ICC profile of their samples. Out: 8-bit
 * grey or RGB without alpha, the profile embedded byte for byte, no other metadata. One framing for both shells: they
 * differ only in what compresses. `writePng` does all of it here, at once, for workers of the page; the server gives
 * the same parts to its threads (server/imaging/encode-png.ts). Does not convert colours and does not interlace.
 */
import { Zlib, zlibSync } from 'fflate';
import { crc32 } from '../photo/crc32.ts';
import { filterPngRows, type PngImage, type PngPatch } from './filter-png-rows.ts';

export type DeflateLevel = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9;

/** Panels from left to right; a single image is one panel. */
export type PngPicture = PngImage | readonly PngImage[];

/** @throws RangeError when panels do not fit one another or their samples */
export function writePng(picture: PngPicture, icc: Uint8Array | null, level: DeflateLevel): Uint8Array<ArrayBuffer> {
  const panels = pngPanels(picture);
  const pieces: Uint8Array[] = [];
  const zlib = new Zlib({ level }, (piece) => pieces.push(piece));
  for (const strip of filterPngRows(panels, { isStored: level === 0 })) zlib.push(strip);
  zlib.push(new Uint8Array(0), true);
  return framePng(panels, icc, pieces);
}

/** The picture as panels that are known to fit. @throws RangeError */
export function pngPanels(picture: PngPicture): readonly PngImage[] {
  const panels = 'samples' in picture ? [picture] : picture;
  const first = panels[0];
  if (!first) throw new RangeError('a picture without panels');
  for (const { widthPx, heightPx, channels, samples, patch } of panels) {
    if (!(widthPx > 0 && heightPx > 0) || samples.length !== widthPx * heightPx * channels) {
      throw new RangeError(`${samples.length} samples for ${widthPx} x ${heightPx} pixels of ${channels} channels`);
    }
    if (patch && !(channels === 4 && fits(patch, widthPx, heightPx)))
      throw new RangeError('a patch that does not fit its image');
    if (heightPx !== first.heightPx || (channels === 1) !== (first.channels === 1)) {
      throw new RangeError('panels of different height or colour');
    }
  }
  return panels;
}

const fits = ({ leftPx, topPx, widthPx, heightPx, rgba }: PngPatch, width: number, height: number): boolean =>
  leftPx >= 0 &&
  topPx >= 0 &&
  leftPx + widthPx <= width &&
  topPx + heightPx <= height &&
  rgba.length === 4 * widthPx * heightPx;

/** The file around the pieces of one zlib stream of the filtered rows; a shell may have a faster checksum. */
export function framePng(
  panels: readonly PngImage[],
  icc: Uint8Array | null,
  pieces: readonly Uint8Array[],
  crc: typeof crc32 = crc32,
): Uint8Array<ArrayBuffer> {
  const chunks: (readonly [type: string, body: Uint8Array])[] = [['IHDR', headerOf(panels)]];
  if (icc) chunks.push(['iCCP', packIcc(icc)]);
  for (const piece of pieces) if (piece.length > 0) chunks.push(['IDAT', piece]);
  chunks.push(['IEND', new Uint8Array(0)]);
  const file = new Uint8Array(chunks.reduce((sum, [, body]) => sum + 12 + body.length, SIGNATURE.length));
  const view = new DataView(file.buffer);
  file.set(SIGNATURE);
  let at = SIGNATURE.length;
  for (const [type, body] of chunks) {
    const crcAt = at + 8 + body.length;
    view.setUint32(at, body.length);
    for (let i = 0; i < 4; i++) file[at + 4 + i] = type.charCodeAt(i);
    file.set(body, at + 8);
    view.setUint32(crcAt, crc(file, at + 4, crcAt));
    at = crcAt + 4;
  }
  return file;
}

const SIGNATURE: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Size, 8 bits, grey or RGB, deflate, adaptive filters, not interlaced. */
function headerOf(panels: readonly PngImage[]): Uint8Array<ArrayBuffer> {
  const { heightPx, channels } = panels[0]!;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  const widthPx = panels.reduce((sum, panel) => sum + panel.widthPx, 0);
  view.setUint32(0, widthPx);
  view.setUint32(4, heightPx);
  header[8] = 8;
  header[9] = channels === 1 ? 0 : 2;
  return header;
}

/** A name, which the standard wants, NUL, method 0, and the profile as a zlib stream. */
function packIcc(icc: Uint8Array): Uint8Array<ArrayBuffer> {
  const packed = zlibSync(icc, { level: 9 });
  const body = new Uint8Array(5 + packed.length);
  body.set([0x69, 0x63, 0x63]);
  body.set(packed, 5);
  return body;
}
