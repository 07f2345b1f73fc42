/**
 * Makes the neural networks' files in <cache>/models, once: MediaPipe's networks are taken out of the npm packages that
 * carry them and converted to ONNX.
 *
 * Nothing is trusted: what is taken and what is made must have the SHA-256 written here and in files/models, so a
 * changed package or converter stops set-up instead of changing measurements. Whether the files are there is asked at
 * every start and answered from their whole content (about 10 ms for 5.7 MB), so that a truncated or altered file is
 * made again. Files appear by rename.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { ModelName } from '@stipple/core/vision/pixels.ts';
import { MODEL_FILES } from '@stipple/files/models/model-files.ts';
import { convertTflite } from './convert-tflite.ts';

interface ModelSource {
  /** File of an npm package, as a module is named. */
  readonly file: string;
  /** The part of it that is the network. */
  readonly start: number;
  readonly byteLength: number;
  /** Of that part. */
  readonly sha256: string;
}

/** The face mesh package keeps its assets end to end in one file, listed in its ..._packed_assets_loader.js. */
const FACE_ASSETS = '@mediapipe/face_mesh/face_mesh_solution_packed_assets.data';

const SOURCES: Readonly<Record<ModelName, ModelSource>> = {
  // face_detection_short_range.tflite
  'face-detector': {
    file: FACE_ASSETS,
    start: 3_757_224,
    byteLength: 229_032,
    sha256: '3bc182eb9f33925d9e58b5c8d59308a760f4adea8f282370e428c51212c26633',
  },
  // face_landmark_with_attention.tflite
  'face-mesh': {
    file: FACE_ASSETS,
    start: 0,
    byteLength: 2_495_952,
    sha256: '883b7411747bac657c30c462d305d312e9dec6adbf8b85e2f5d8d722fca9455d',
  },
  person: {
    file: '@mediapipe/selfie_segmentation/selfie_segmentation.tflite',
    start: 0,
    byteLength: 249_024,
    sha256: '8d13b7fae74af625c641226813616a2117bd6bca19eb3b75574621fc08557f27',
  },
};

const MODEL_NAMES = Object.keys(SOURCES) as ModelName[];

/** Finds a package's file, from the sources and from a bundle alike. */
const locateFile = (file: string): string => createRequire(import.meta.url).resolve(file);

export const areModelsPrepared = (cache: string): boolean => MODEL_NAMES.every((name) => isPrepared(name, cache));

/** @param locate where a package's file lies */
export async function prepareModels(
  cache: string,
  report: (text: string) => void,
  locate: (file: string) => string = locateFile,
): Promise<void> {
  mkdirSync(join(cache, 'models'), { recursive: true });
  for (const name of MODEL_NAMES) {
    if (isPrepared(name, cache)) continue;
    report(name);
    const model = convertTflite(readSource(SOURCES[name], locate));
    const found = sha256(model);
    if (found !== MODEL_FILES[name].sha256)
      throw new Error(
        `converting ${name} gave ${model.length} bytes with SHA-256 ${found}, which is not as it should be`,
      );
    const path = modelPath(name, cache);
    const making = `${path}.${process.pid}`;
    writeFileSync(making, model);
    renameSync(making, path);
    await nextTurn(); // lets the progress line be drawn
  }
}

function readSource({ file, start, byteLength, sha256: expected }: ModelSource, locate: typeof locateFile): Uint8Array {
  const network = readFileSync(locate(file)).subarray(start, start + byteLength);
  if (sha256(network) !== expected)
    throw new Error(`${file} is not the file Stipple was made for; install the locked packages with: npm ci`);
  return network;
}

function isPrepared(name: ModelName, cache: string): boolean {
  const path = modelPath(name, cache);
  return existsSync(path) && sha256(readFileSync(path)) === MODEL_FILES[name].sha256;
}

const modelPath = (name: ModelName, cache: string): string => join(cache, 'models', MODEL_FILES[name].fileName);

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
