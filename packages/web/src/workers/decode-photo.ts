/**
 * Decodes a photo to the same samples as the command line: upright, opaque over white, colours as stored.
 *
 * The browser's own decoders convert to the screen's colours, so JPEG and WebP go through libjpeg and libwebp as
 * WebAssembly (jSquash), HEIC through libheif, PNG through our reader. In: the file's bytes, whose type and size
 * `readPhotoFacts` has already bounded, and the compiled codecs. Each photo gets a fresh instance of its codec, so the
 * memory that a large photo took is given back. Equal to sharp byte for byte on the same files; see decode-photo.test.ts.
 *
 * Photos whose samples mean nothing without their profile (CMYK, lookup tables) are the exception: the browser
 * converts them to sRGB, and the command line may differ there by a few levels.
 * Refuses 'photo-unreadable' when the file is damaged or ends early. Keeps no metadata.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import { decodeHeic, type DecodeTiles } from '@stipple/files/photo/decode-heic.ts';
import { layOver } from '@stipple/files/photo/lay-over.ts';
import { orientPixels } from '@stipple/files/photo/orient-pixels.ts';
import type { PhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { readPng } from '@stipple/files/photo/read-png.ts';
import createJpegDecoder from '@jsquash/jpeg/codec/dec/mozjpeg_dec.js';
import createWebpDecoder from '@jsquash/webp/codec/dec/webp_dec.js';

/** Compiled codecs, each asked for only when a photo of its type comes. */
export interface PhotoCodecs {
  readonly jpeg: () => Promise<WebAssembly.Module>;
  readonly webp: () => Promise<WebAssembly.Module>;
  readonly heic: DecodeTiles;
}

export interface DecodedPhoto {
  readonly pixels: Pixels;
  /** Profile of the pixels; null is sRGB. */
  readonly icc: Uint8Array | null;
}

type DecodedFacts = Pick<PhotoFacts, 'type' | 'orientation' | 'colour' | 'profile'>;

export async function decodePhoto(bytes: Uint8Array, facts: DecodedFacts, codecs: PhotoCodecs): Promise<DecodedPhoto> {
  const { type, orientation, colour, profile } = facts;
  const isRgb = colour === 'rgb' && profile?.model === 'rgb';
  if (colour === 'cmyk' || (isRgb && !profile.isMatrix)) return { pixels: await convertToSrgb(bytes, type), icc: null };
  const icc = isRgb ? profile.bytes : null;
  if (type === 'heic') return { pixels: await decodeHeic(bytes, codecs.heic), icc };
  const stored =
    type === 'png'
      ? readPng(bytes)
      : type === 'jpeg'
        ? await decodeJpeg(bytes, await codecs.jpeg())
        : await decodeWebp(bytes, await codecs.webp());
  return { pixels: orientPixels(stored, orientation), icc };
}

/** The browser's own decoder: upright, in sRGB. */
async function convertToSrgb(bytes: Uint8Array, type: PhotoFacts['type']): Promise<Pixels> {
  const blob = new Blob([bytes as Uint8Array<ArrayBuffer>], { type: `image/${type}` });
  const bitmap = await createImageBitmap(blob).catch(() => {
    throw new Refusal('photo-unreadable');
  });
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height).getContext('2d', { colorSpace: 'srgb', willReadFrequently: true });
  if (!canvas) throw new Error('the browser gives no canvas for a photo of this size');
  canvas.fillStyle = '#fff';
  canvas.fillRect(0, 0, width, height);
  canvas.drawImage(bitmap, 0, 0);
  return { widthPx: width, heightPx: height, rgba: canvas.getImageData(0, 0, width, height).data };
}

async function decodeJpeg(bytes: Uint8Array, wasm: WebAssembly.Module): Promise<Pixels> {
  let fault: string | null = null;
  const decoder = await createJpegDecoder(
    instanceOf(wasm, (line) => {
      // libjpeg fills the missing part with grey and only warns; a photo with a grey part is no photo.
      if (/premature end/i.test(line)) fault ??= line;
    }),
  );
  return pixelsFrom(
    () => decoder.decode(bytes, false),
    () => fault,
  );
}

async function decodeWebp(bytes: Uint8Array, wasm: WebAssembly.Module): Promise<Pixels> {
  const decoder = await createWebpDecoder(instanceOf(wasm, () => {}));
  const pixels = pixelsFrom(
    () => decoder.decode(bytes),
    () => null,
  );
  layOver(255, pixels.rgba);
  return pixels;
}

/** Emscripten's options for a fresh instance of a compiled codec that prints nowhere. */
function instanceOf(wasm: WebAssembly.Module, onPrint: (line: string) => void): EmscriptenOptions {
  return {
    noInitialRun: true,
    print: onPrint,
    printErr: onPrint,
    instantiateWasm: (imports, onInstance) => {
      const instance = new WebAssembly.Instance(wasm, imports);
      onInstance(instance);
      return instance.exports;
    },
  };
}

interface EmscriptenOptions {
  readonly noInitialRun: boolean;
  readonly print: (line: string) => void;
  readonly printErr: (line: string) => void;
  readonly instantiateWasm: (
    imports: WebAssembly.Imports,
    onInstance: (instance: WebAssembly.Instance) => void,
  ) => WebAssembly.Exports;
}

function pixelsFrom(decode: () => ImageData | null, faultOf: () => string | null): Pixels {
  let picture: ImageData | null = null;
  try {
    picture = decode();
  } catch {
    // The codec has ended itself, which is how Emscripten reports a fatal error of the library.
  }
  const fault = faultOf();
  if (!picture || fault) throw new Refusal('photo-unreadable', fault);
  return { widthPx: picture.width, heightPx: picture.height, rgba: picture.data };
}
