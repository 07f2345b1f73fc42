import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { ModelName, RunModel } from '@stipple/core/vision/pixels.ts';
import { MODEL_FILES } from '@stipple/files/models/model-files.ts';
import { PAINTED, paintFace } from '@stipple/files/models/testing/painted-face.ts';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { prepareModels } from '../setup/prepare-models.ts';
import { nodeRunModel } from './node-models.ts';

let cache: string;
let run: RunModel;
beforeAll(async () => {
  cache = mkdtempSync(join(tmpdir(), 'stipple-node-models-'));
  await prepareModels(cache, () => {});
  run = nodeRunModel(cache);
});
afterAll(() => rmSync(cache, { recursive: true, force: true }));

/** Runs a model on the painted face, in the range of values it takes. */
function runOnPaintedFace(model: ModelName): ReturnType<RunModel> {
  const { inputShape } = MODEL_FILES[model];
  return run(model, paintFace(inputShape[1], model === 'face-detector' ? -1 : 0, 1), inputShape);
}

const values = (outputs: Awaited<ReturnType<RunModel>>, name: string): Float32Array => {
  const found = outputs[name];
  if (!found) throw new Error(`no output ${name}`);
  return found;
};

const sigmoid = (logit: number): number => 1 / (1 + Math.exp(-logit));

/** Mean of points x y. */
function centre(points: Float32Array): [number, number] {
  const sum = [0, 0];
  for (const [at, value] of points.entries()) sum[at % 2] = (sum[at % 2] ?? 0) + value;
  return [(2 * (sum[0] ?? 0)) / points.length, (2 * (sum[1] ?? 0)) / points.length];
}

describe('nodeRunModel', () => {
  it('answers every output in the listed length, all models asked at once', async () => {
    const names = Object.keys(MODEL_FILES) as ModelName[];
    const answers = await Promise.all(names.map(runOnPaintedFace));
    for (const [at, name] of names.entries()) {
      const lengths = Object.entries(MODEL_FILES[name].outputs).map(([output, shape]: [string, readonly number[]]) => [
        output,
        shape.reduce((product, size) => product * size, 1),
      ]);
      const found = Object.entries(answers[at] ?? {}).map(([output, { length }]) => [output, length]);
      expect(found.sort()).toEqual(lengths.sort());
    }
  });

  it('finds the irises and the mouth of a painted face within two pixels', async () => {
    const mesh = await runOnPaintedFace('face-mesh');
    for (const [output, [x, y]] of [
      ['output_left_iris', PAINTED.leftIris],
      ['output_right_iris', PAINTED.rightIris],
    ] as const) {
      const [irisX = 0, irisY = 0] = values(mesh, output);
      expect(Math.hypot(irisX - 192 * x, irisY - 192 * y)).toBeLessThan(2);
    }
    const [mouthX, mouthY] = centre(values(mesh, 'output_lips'));
    expect(Math.abs(mouthX - 192 * PAINTED.mouth[0])).toBeLessThan(2);
    expect(Math.abs(mouthY - 192 * PAINTED.mouth[1])).toBeLessThan(2);
  });

  it('finds the painted face at an anchor in its middle and tells the person from the wall', async () => {
    const { classificators = new Float32Array() } = await runOnPaintedFace('face-detector');
    const best = classificators.indexOf(Math.max(...classificators));
    expect(sigmoid(classificators[best] ?? 0)).toBeGreaterThan(0.8);
    // Anchors of the coarse grid, six a cell: this one is next to the middle of the picture.
    expect(best).toBeGreaterThanOrEqual(512);
    const cell = Math.floor((best - 512) / 6);
    expect([3, 4]).toContain(cell % 8);
    expect([3, 4]).toContain(Math.floor(cell / 8));

    const mask = values(await runOnPaintedFace('person'), 'activation_10');
    const at = (x: number, y: number) => mask[y * 256 + x] ?? Number.NaN;
    for (const inside of [at(128, 60), at(128, 115), at(95, 120), at(128, 230)]) expect(inside).toBeGreaterThan(0.95);
    for (const outside of [at(10, 10), at(128, 20), at(40, 120), at(245, 120)]) expect(outside).toBeLessThan(0.05);
  });

  it('gives the numbers it gave when the converter was proven', async () => {
    const detector = await runOnPaintedFace('face-detector');
    const mesh = await runOnPaintedFace('face-mesh');
    const mask = values(await runOnPaintedFace('person'), 'activation_10');
    const mean = (list: Float32Array) => list.reduce((sum, value) => sum + value, 0) / list.length;
    const found: Record<string, number> = {
      best: Math.max(...values(detector, 'classificators')),
      boxes: mean(values(detector, 'regressors')),
      classes: mean(values(detector, 'classificators')),
      face: values(mesh, 'conv_faceflag')[0] ?? Number.NaN,
      points: mean(values(mesh, 'output_mesh_identity')),
      lips: mean(values(mesh, 'output_lips')),
      leftEye: mean(values(mesh, 'output_left_eye')),
      rightEye: mean(values(mesh, 'output_right_eye')),
      leftIris: mean(values(mesh, 'output_left_iris')),
      rightIris: mean(values(mesh, 'output_right_iris')),
      person: mean(mask),
    };
    const proven = {
      best: 1.952,
      boxes: 8.1741,
      classes: -21.3949,
      face: -2.3655,
      points: 65.5947,
      lips: 106.7819,
      leftEye: 79.291,
      rightEye: 96.8204,
      leftIris: 80.561,
      rightIris: 95.7134,
      person: 0.3425,
    };
    for (const [name, value] of Object.entries(proven)) expect(found[name], name).toBeCloseTo(value, 3);
  });

  it('works from a bundle, and the process ends by itself', async () => {
    const bundle = join(cache, 'models.mjs');
    const ort = createRequire(import.meta.url)
      .resolve('onnxruntime-web')
      .replace(/\.js$/, '.mjs');
    const contents = `
      import { nodeRunModel } from './node-models.ts';
      const run = nodeRunModel(process.argv[2]);
      const { activation_10 } = await run('person', new Float32Array(256 * 256 * 3), [1, 256, 256, 3]);
      process.stdout.write(String(activation_10.length));
    `;
    await build({
      stdin: { contents, resolveDir: import.meta.dirname, loader: 'ts' },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile: bundle,
      // The bundle lies outside the repository, so the runtime is named by its place.
      plugins: [
        {
          name: 'runtime',
          setup: ({ onResolve }) =>
            onResolve({ filter: /^onnxruntime-web$/ }, () => ({ path: pathToFileURL(ort).href, external: true })),
        },
      ],
    });
    const { status, stdout, signal } = spawnSync(process.execPath, [bundle, cache], { timeout: 30_000 });
    expect({ status, signal, stdout: String(stdout) }).toEqual({ status: 0, signal: null, stdout: '65536' });
  });

  it('says which file is missing when nothing was prepared', async () => {
    const empty = nodeRunModel(join(cache, 'nowhere'));
    await expect(empty('person', new Float32Array(3), [1, 1, 1, 3])).rejects.toThrow(/person\.onnx/);
  });

  it('refuses a model file that was cut short after set-up', async () => {
    const cut = mkdtempSync(join(cache, 'cut-'));
    await prepareModels(cut, () => {});
    writeFileSync(join(cut, 'models', 'person.onnx'), new Uint8Array(1000));
    const input = new Float32Array(256 * 256 * 3);
    await expect(nodeRunModel(cut)('person', input, [1, 256, 256, 3])).rejects.toThrow(/1000 bytes instead of 436141/);
  });
});
