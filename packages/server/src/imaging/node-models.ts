/** The neural networks in Node: files from the cache that set-up prepared, run by onnxruntime-web. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { RunModel } from '@stipple/core/vision/pixels.ts';
import { createRunModel } from '@stipple/files/models/run-models.ts';
import * as ort from 'onnxruntime-web';

export const nodeRunModel = (cache: string): RunModel =>
  createRunModel(ort, (fileName) => readFile(join(cache, 'models', fileName)));
