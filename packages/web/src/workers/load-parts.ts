/**
 * Everything a plan needs beside the photo, fetched and made ready while the person is still choosing one: networks,
 * dot reserve, photo codecs. All of it comes from the computer that serves the page.
 *
 * A part that fails to load is asked for again by the next plan.
 */
import { decodeReserve, type Reserve } from '@stipple/core/dots/reserve.ts';
import type { ModelName, RunModel } from '@stipple/core/vision/pixels.ts';
import { MODEL_FILES, type ModelFile } from '@stipple/files/models/model-files.ts';
import { createRunModel } from '@stipple/files/models/run-models.ts';
import jpegWasmUrl from '@jsquash/jpeg/codec/dec/mozjpeg_dec.wasm';
import webpWasmUrl from '@jsquash/webp/codec/dec/webp_dec.wasm';
import * as ort from 'onnxruntime-web/wasm';
import type { PhotoCodecs } from './decode-photo.ts';
import { decodeTilesInWorkers } from './heic-tiles.ts';

export interface PlanParts {
  readonly run: RunModel;
  readonly reserve: () => Promise<Reserve>;
  readonly codecs: PhotoCodecs;
}

export function loadParts(): PlanParts {
  // Beside the bundle and not inside it: the runtime loads its WebAssembly from there.
  ort.env.wasm.wasmPaths = '/ort/';
  const run = createRunModel(ort, (fileName) => bytesOf(`/models/${fileName}`));
  const parts: PlanParts = {
    run,
    reserve: kept(async () => decodeReserve(await bytesOf('/reserve.bin'))),
    codecs: {
      jpeg: kept(() => compile(jpegWasmUrl)),
      webp: kept(() => compile(webpWasmUrl)),
      heic: decodeTilesInWorkers,
    },
  };
  void warmUp(parts);
  return parts;
}

/** Loads everything now and runs each network once on nothing, which also compiles it. */
async function warmUp({ run, reserve, codecs }: PlanParts): Promise<void> {
  const models = Object.entries(MODEL_FILES) as [ModelName, ModelFile][];
  const runs = models.map(([name, { inputShape }]) =>
    run(name, new Float32Array(inputShape.reduce((a, b) => a * b)), inputShape),
  );
  // What fails here fails again when it is needed, and is reported then.
  await Promise.allSettled([reserve(), codecs.jpeg(), ...runs]);
}

/** Runs `load` once and keeps what it gave; a failure is not kept. */
function kept<T>(load: () => Promise<T>): () => Promise<T> {
  let value: Promise<T> | null = null;
  return () => {
    value ??= load().catch((error: unknown) => {
      value = null;
      throw error;
    });
    return value;
  };
}

const urlOf = (path: string): URL => new URL(path, self.location.href);

const compile = (path: string): Promise<WebAssembly.Module> => WebAssembly.compileStreaming(fetch(urlOf(path)));

async function bytesOf(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const answer = await fetch(urlOf(path));
  if (!answer.ok) throw new Error(`${path} could not be loaded (${answer.status})`);
  return new Uint8Array(await answer.arrayBuffer());
}
