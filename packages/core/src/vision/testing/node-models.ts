import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as ort from 'onnxruntime-web';
import sharp from 'sharp';
import type { ModelName, Pixels, RunModel } from '../pixels.ts';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '../../../../..');
const sessions = new Map<ModelName, Promise<ort.InferenceSession>>();

/** The real networks, as set-up left them. */
export const runRealModel: RunModel = async (model, input, shape) => {
  ort.env.wasm.numThreads = 1;
  let session = sessions.get(model);
  if (!session) {
    session = ort.InferenceSession.create(readFileSync(join(ROOT, '.stipple/models', `${model}.onnx`)));
    sessions.set(model, session);
  }
  const { inputNames, outputNames, ...network } = await session.then((s) => ({
    inputNames: s.inputNames,
    outputNames: s.outputNames,
    run: s.run.bind(s),
  }));
  const answer = await network.run({ [inputNames[0]]: new ort.Tensor('float32', input, [...shape]) });
  return Object.fromEntries(outputNames.map((name) => [name, answer[name].data as Float32Array]));
};

export interface Opening {
  readonly crop?: { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
  readonly widthPx?: number;
  /** Clockwise, after the rest. */
  readonly turnDeg?: number;
}

/** A photo, upright unless turned. */
export async function openPhoto(path: string, { crop, widthPx, turnDeg = 0 }: Opening = {}): Promise<Pixels> {
  let photo = sharp(path).rotate();
  if (crop) photo = photo.extract(crop);
  if (widthPx !== undefined) photo = photo.resize(widthPx);
  const { data, info } = await sharp(await photo.png({ compressionLevel: 0 }).toBuffer())
    .rotate(turnDeg)
    .ensureAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { widthPx: info.width, heightPx: info.height, rgba: data };
}

/** One of five people on the fifth sample photo, by herself, her face some 230 px wide. */
export const ONE_PERSON: Required<Pick<Opening, 'crop'>> = { crop: { left: 180, top: 680, width: 640, height: 718 } };

/** One of the six sample photos of the npm package face-api. */
export const samplePhoto = (n: number): string => join(ROOT, `node_modules/@vladmandic/face-api/demo/sample${n}.jpg`);

/** A portrait of the shared test data, or null where that is not at hand. */
export function sharedPhoto(name: string): string | null {
  const path = join(ROOT, '../shared/data', name);
  return existsSync(path) ? path : null;
}
