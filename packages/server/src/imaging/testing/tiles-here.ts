/** Decodes the tiles of a HEIC in the calling thread: for tests, which have no bundle with workers. */
import type { DecodeTiles } from '@stipple/files/photo/decode-heic.ts';
import { decodeHeifTiles } from '@stipple/files/photo/heif-tiles.ts';
import { heicWasm } from '../heic-threads.ts';

export const tilesHere: DecodeTiles = async (bytes, give) =>
  decodeHeifTiles(bytes, await heicWasm(), { index: 0, of: 1 }, give);
