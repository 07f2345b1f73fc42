/** Puts a HEIC photo together from the tiles that a shell's workers decode: cropped, upright, opaque over white. */
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import type { StoredTile } from './heif-tiles.ts';
import { layOver } from './lay-over.ts';
import { placeTile, uprightOf } from './orient-pixels.ts';
import { readHeifHeader } from './read-heif-header.ts';

/** Gives all tiles of a HEIC photo, in any order. @throws Refusal 'photo-unreadable' or 'too-slow' */
export type DecodeTiles = (bytes: Uint8Array, give: (tile: StoredTile) => void) => Promise<void>;

/** `bytes` were accepted by `readPhotoFacts`. @throws Refusal 'photo-unreadable' or 'too-slow' */
export async function decodeHeic(bytes: Uint8Array, decodeTiles: DecodeTiles): Promise<Pixels> {
  const { crop, orientation } = readHeifHeader(bytes);
  const rgba = new Uint8Array(4 * crop.widthPx * crop.heightPx);
  await decodeTiles(bytes, (tile) => {
    const inCrop = { ...tile, leftPx: tile.leftPx - crop.leftPx, topPx: tile.topPx - crop.topPx };
    placeTile(inCrop, crop, orientation, rgba);
  });
  layOver(255, rgba);
  return uprightOf(crop.widthPx, crop.heightPx, orientation, rgba);
}
