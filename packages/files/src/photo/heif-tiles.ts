/**
 * Decodes the picture of a HEIC photo tile by tile, by libheif and libde265 as WebAssembly.
 *
 * In: the file's bytes, bounded by `readPhotoFacts`; the bytes of libheif.wasm; which share of the tiles to decode, so
 * that several threads can divide a photo between them. Out: RGBA tiles as stored, neither turned nor cropped, one
 * after the other: memory holds the file and a single tile, whatever the photo's size. 12 megapixels take about 1.2 s
 * of one core.
 *
 * Runs in a worker of its own in both shells, the same code and so the same samples: a file on which it hangs is
 * stopped with the worker, its memory is capped, and nobody loads the decoder who has no HEIC. 10-bit photos give their
 * upper 8 bits. Refuses 'photo-unreadable' for what libheif finds damaged; HEVC carries no checksum, so bits that are
 * flipped inside a tile may decode to a wrong picture.
 */
/* oxlint-disable no-underscore-dangle -- names of the library's C interface as Emscripten gives them */
import { Refusal } from '@stipple/core/units/refusal.ts';
import makeLibHeif from 'libheif-js/libheif-wasm/libheif.js';
import type { PhotoTile } from './orient-pixels.ts';
import { readHeifHeader } from './read-heif-header.ts';
import { MAX_PHOTO_PIXELS } from './read-photo-facts.ts';

/** Number `index` of `of` workers on one photo. */
export interface TileShare {
  readonly index: number;
  readonly of: number;
}

export type StoredTile = PhotoTile & { readonly rgba: Uint8Array<ArrayBuffer> };

/** What is used of libheif's C interface; structures that are returned go to the address in the first parameter. */
interface LibHeif {
  readonly HEAPU8: Uint8Array;
  _malloc(bytes: number): number;
  _heif_context_alloc(): number;
  _heif_context_get_security_limits(context: number): number;
  _heif_context_read_from_memory_without_copy(
    error: number,
    context: number,
    bytes: number,
    length: number,
    options: number,
  ): void;
  _heif_context_get_primary_image_handle(error: number, context: number, handle: number): void;
  _heif_image_handle_get_image_tiling(error: number, handle: number, isTurned: number, tiling: number): void;
  _heif_decoding_options_alloc(): number;
  _heif_decode_image(
    error: number,
    handle: number,
    image: number,
    colours: number,
    layout: number,
    options: number,
  ): void;
  _heif_image_handle_decode_image_tile(
    error: number,
    handle: number,
    image: number,
    colours: number,
    layout: number,
    options: number,
    column: number,
    row: number,
  ): void;
  _heif_image_get_width(image: number, channel: number): number;
  _heif_image_get_height(image: number, channel: number): number;
  _heif_image_get_plane_readonly(image: number, channel: number, stride: number): number;
  _heif_image_release(image: number): void;
}

/** heif_colorspace_RGB, heif_chroma_interleaved_RGBA, heif_channel_interleaved. */
const RGB = 1;
const RGBA = 11;
const INTERLEAVED = 10;
/** Bytes of the file, a tile in YCbCr and RGBA, libde265's pictures: 60 megapixels in one tile need 600 MB. */
const MOST_MEMORY = 1 << 30;
/** Places in heif_decoding_options. */
const IGNORE_TURNS = 1;
const TO_8_BITS = 20;
const STRICT = 21;

export async function decodeHeifTiles(
  bytes: Uint8Array,
  wasm: Uint8Array,
  { index, of }: TileShare,
  give: (tile: StoredTile) => void,
): Promise<void> {
  const lib = await openLibrary(wasm);
  // One block for everything that functions write their answers to; nothing is freed, the worker ends with the photo.
  const answers = lib._malloc(128);
  const [error, out, stride] = [answers, answers + 16, answers + 24];
  const wordAt = (at: number): number => new DataView(lib.HEAPU8.buffer).getUint32(at, true);
  const check = (): void => {
    if (wordAt(error) !== 0) throw new Refusal('photo-unreadable', textAt(lib.HEAPU8, wordAt(error + 8)));
  };
  try {
    const file = lib._malloc(bytes.length);
    lib.HEAPU8.set(bytes, file);
    const context = lib._heif_context_alloc();
    boundPixels(lib, context);
    lib._heif_context_read_from_memory_without_copy(error, context, file, bytes.length, 0);
    check();
    lib._heif_context_get_primary_image_handle(error, context, out);
    check();
    const handle = wordAt(out);
    const options = lib._heif_decoding_options_alloc();
    for (const field of [IGNORE_TURNS, TO_8_BITS, STRICT]) lib.HEAPU8[options + field] = 1;
    const tiling = answers + 32;
    lib._heif_image_handle_get_image_tiling(error, handle, 0, tiling);
    check();
    const [columns, rows, widthPx, heightPx] = [4, 8, 12, 16].map((at) => wordAt(tiling + at)) as [
      number,
      number,
      number,
      number,
    ];
    const header = readHeifHeader(bytes);
    // The table of contents was read twice, and one of the two readers was lied to.
    if (columns * widthPx < header.codedWidthPx || rows * heightPx < header.codedHeightPx) throw lied();
    for (let k = index; k < columns * rows; k += of) {
      const [row, column] = [Math.floor(k / columns), k % columns];
      if (columns * rows === 1) lib._heif_decode_image(error, handle, out, RGB, RGBA, options);
      else lib._heif_image_handle_decode_image_tile(error, handle, out, RGB, RGBA, options, column, row);
      check();
      const image = wordAt(out);
      const size = [lib._heif_image_get_width(image, INTERLEAVED), lib._heif_image_get_height(image, INTERLEAVED)];
      if (size[0] !== widthPx || size[1] !== heightPx) throw lied();
      const plane = lib._heif_image_get_plane_readonly(image, INTERLEAVED, stride);
      const rgba = tight(lib.HEAPU8, plane, wordAt(stride), widthPx, heightPx);
      lib._heif_image_release(image);
      give({ leftPx: column * widthPx, topPx: row * heightPx, widthPx, heightPx, rgba });
    }
  } catch (fault) {
    if (fault instanceof Refusal) throw fault;
    // The library has ended itself, or wanted more memory than it may have.
    throw new Refusal('photo-unreadable');
  }
}

const lied = (): Refusal => new Refusal('photo-unreadable', 'it holds another size than it says');

/** The rows of a plane without what lies between them. */
function tight(heap: Uint8Array, plane: number, stride: number, widthPx: number, heightPx: number) {
  const rgba = new Uint8Array(4 * widthPx * heightPx);
  for (let y = 0; y < heightPx; y++) {
    rgba.set(heap.subarray(plane + y * stride, plane + y * stride + 4 * widthPx), 4 * widthPx * y);
  }
  return rgba;
}

/** The first limit of heif_security_limits, behind its version: 64 bits, of which the upper half stays as it is, 0. */
function boundPixels(lib: LibHeif, context: number): void {
  const limits = lib._heif_context_get_security_limits(context);
  new DataView(lib.HEAPU8.buffer).setUint32(limits + 8, MAX_PHOTO_PIXELS, true);
}

function textAt(heap: Uint8Array, at: number): string {
  return String.fromCharCode(...heap.subarray(at, Math.min(heap.indexOf(0, at), at + 200)));
}

async function openLibrary(wasm: Uint8Array): Promise<LibHeif> {
  const options = {
    print: () => {},
    printErr: () => {},
    instantiateWasm: (imports: WebAssembly.Imports, onInstance: (instance: WebAssembly.Instance) => void) => {
      const module = new WebAssembly.Module(wasm as Uint8Array<ArrayBuffer>);
      const instance = new WebAssembly.Instance(module, imports);
      capMemory(instance.exports);
      onInstance(instance);
      return instance.exports;
    },
  };
  return (await (makeLibHeif as unknown as (options: object) => Promise<LibHeif>)(options)) as LibHeif;
}

/** Growth beyond the cap fails, which the library meets as a machine without more memory. */
function capMemory(exports: WebAssembly.Exports): void {
  for (const memory of Object.values(exports)) {
    if (!(memory instanceof WebAssembly.Memory)) continue;
    const grow = memory.grow.bind(memory);
    memory.grow = (pages) => {
      if (memory.buffer.byteLength + 65536 * pages > MOST_MEMORY) throw new RangeError('no more memory');
      return grow(pages);
    };
  }
}
