import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MODEL_FILES } from '@stipple/files/models/model-files.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areModelsPrepared, prepareModels } from './prepare-models.ts';

const locate = createRequire(import.meta.url).resolve;
const silent = (): void => {};

let root: string;
let prepared: string;
beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), 'stipple-models-'));
  prepared = mkdtempSync(join(root, 'cache-'));
  await prepareModels(prepared, silent);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const pathOf = (cache: string, fileName: string): string => join(cache, 'models', fileName);

describe('prepareModels', () => {
  it('makes exactly the files whose lengths and hashes are listed', () => {
    expect(readdirSync(join(prepared, 'models')).sort()).toEqual([
      'face-detector.onnx',
      'face-mesh.onnx',
      'person.onnx',
    ]);
    for (const { fileName, byteLength, sha256 } of Object.values(MODEL_FILES)) {
      const bytes = readFileSync(pathOf(prepared, fileName));
      expect(bytes.length).toBe(byteLength);
      expect(createHash('sha256').update(bytes).digest('hex')).toBe(sha256);
    }
    expect(areModelsPrepared(prepared)).toBe(true);
  });

  it.each([
    ['truncated', (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
    ['altered in one bit', (bytes: Uint8Array) => bytes.map((byte, at) => (at === 300_000 ? byte ^ 1 : byte))],
  ])('notices a model file that is %s, and makes that one again', async (_what, spoil) => {
    const path = pathOf(prepared, 'person.onnx');
    const untouched = statSync(pathOf(prepared, 'face-mesh.onnx')).mtimeMs;
    writeFileSync(path, spoil(readFileSync(path)));
    expect(areModelsPrepared(prepared)).toBe(false);
    const reports: string[] = [];
    await prepareModels(prepared, (text) => reports.push(text));
    expect(reports).toEqual(['person']);
    expect(areModelsPrepared(prepared)).toBe(true);
    expect(statSync(pathOf(prepared, 'face-mesh.onnx')).mtimeMs).toBe(untouched);
  });

  it('refuses weights that are not those it was made for, names the package and leaves no model of them', async () => {
    const cache = mkdtempSync(join(root, 'changed-'));
    const changed = join(root, 'changed.tflite');
    const bytes = readFileSync(locate('@mediapipe/selfie_segmentation/selfie_segmentation.tflite'));
    bytes[100_000] = (bytes[100_000] ?? 0) ^ 1;
    writeFileSync(changed, bytes);
    const preparing = prepareModels(cache, silent, (file) => (file.includes('selfie') ? changed : locate(file)));
    await expect(preparing).rejects.toThrow(/selfie_segmentation.tflite is not the file Stipple was made for.*npm ci/);
    expect(readdirSync(join(cache, 'models')).sort()).toEqual(['face-detector.onnx', 'face-mesh.onnx']);
    expect(areModelsPrepared(cache)).toBe(false);
  });

  it('has nothing prepared in an empty cache', () => {
    expect(areModelsPrepared(mkdtempSync(join(root, 'empty-')))).toBe(false);
  });
});
