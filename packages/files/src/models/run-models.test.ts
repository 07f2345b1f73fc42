import { describe, expect, it } from 'vitest';
import { MODEL_FILES } from './model-files.ts';
import { type InferenceRuntime, createRunModel } from './run-models.ts';

/** A runtime that answers its input back, notes the files it was given, and fails when two of its calls overlap. */
function echoRuntime() {
  const created: number[] = [];
  let isBusy = false;
  async function alone(): Promise<void> {
    if (isBusy) throw new Error('two calls at once');
    isBusy = true;
    await new Promise((resolve) => setTimeout(resolve, 1));
    isBusy = false;
  }
  const runtime: InferenceRuntime = {
    env: { wasm: { numThreads: 4 } },
    Tensor: class {
      readonly data: Float32Array;
      constructor(_type: 'float32', data: Float32Array, shape: readonly number[]) {
        if (shape.reduce((product, size) => product * size, 1) !== data.length) throw new RangeError('shape');
        this.data = data;
      }
    },
    InferenceSession: {
      create: async (file) => {
        created.push(file.length);
        await alone();
        return {
          inputNames: ['given'],
          run: async (inputs) => {
            await alone();
            const answer = inputs['given'] as { readonly data: Float32Array };
            if (answer.data.includes(Number.NaN)) throw new Error('no number');
            return { answer };
          },
        };
      },
    },
  };
  return { runtime, created };
}

const wholeFile = async (fileName: string): Promise<Uint8Array> => {
  const model = Object.values(MODEL_FILES).find((file) => file.fileName === fileName);
  return new Uint8Array(model?.byteLength ?? 0);
};

const INPUT = Float32Array.of(3, 1, 4, 1);

describe('createRunModel', () => {
  it('loads nothing before it is asked and sets one thread', () => {
    const { runtime, created } = echoRuntime();
    createRunModel(runtime, wholeFile);
    expect(created).toEqual([]);
    expect(runtime.env.wasm.numThreads).toBe(1);
  });

  it('loads each model once, also when asked many times at once', async () => {
    const { runtime, created } = echoRuntime();
    const run = createRunModel(runtime, wholeFile);
    const answers = await Promise.all(
      [0, 1, 2].flatMap(() => [run('face-mesh', INPUT, [1, 4]), run('person', INPUT, [1, 4])]),
    );
    await run('person', INPUT, [2, 2]);
    expect(created.toSorted((a, b) => a - b)).toEqual([
      MODEL_FILES.person.byteLength,
      MODEL_FILES['face-mesh'].byteLength,
    ]);
    for (const answer of answers) expect(answer).toEqual({ answer: INPUT });
  });

  it('lets two that share a runtime take turns, also after one has failed', async () => {
    const { runtime } = echoRuntime();
    const [first, second] = [createRunModel(runtime, wholeFile), createRunModel(runtime, wholeFile)];
    const answers = await Promise.allSettled([
      first('person', INPUT, [1, 4]),
      second('person', INPUT, [1, 4]),
      first('person', Float32Array.of(Number.NaN), [1]),
      second('face-mesh', INPUT, [1, 4]),
    ]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('refuses a file of another length and names it', async () => {
    const run = createRunModel(echoRuntime().runtime, async () => new Uint8Array(1000));
    await expect(run('person', INPUT, [1, 4])).rejects.toThrow(/person\.onnx has 1000 bytes/);
  });

  it('tries again after a file could not be read', async () => {
    let attempts = 0;
    const run = createRunModel(echoRuntime().runtime, async (fileName) => {
      attempts++;
      if (attempts === 1) throw new Error('offline');
      return wholeFile(fileName);
    });
    await expect(run('person', INPUT, [1, 4])).rejects.toThrow('offline');
    await expect(run('person', INPUT, [1, 4])).resolves.toEqual({ answer: INPUT });
    expect(attempts).toBe(2);
  });
});
