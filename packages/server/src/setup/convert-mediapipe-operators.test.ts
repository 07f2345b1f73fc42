import { seededGenerator } from '@stipple/core/random/generator.ts';
import { encode } from 'flatbuffers/js/flexbuffers.js';
import { describe, expect, it } from 'vitest';
import { type Operand, runOperator } from './testing/run-operator.ts';

const FRAME_OPTIONS = {
  left_rotation_idx: 4,
  right_rotation_idx: 1,
  subset_idxs: [0, 2, 3, 5],
  scale_x: 1.5,
  scale_y: 1.25,
  output_width: 16,
  output_height: 12,
};

function randomValues(length: number, seed: number, low: number, high: number): Float32Array {
  const random = seededGenerator(seed);
  return Float32Array.from({ length }, () => low + (high - low) * random());
}

function expectClose(found: Float32Array, expected: readonly number[]): void {
  expect(found.length).toBe(expected.length);
  for (const [at, value] of found.entries()) expect(value, `element ${at}`).toBeCloseTo(expected[at] ?? Number.NaN, 3);
}

/** A frame turned by about 30 degrees, its steps unequal, partly outside an 8 x 10 picture. */
const FRAME = [0.87, -0.3, 0, -1.2, 0.5, 0.52, 0, 2.3, 0, 0, 1, 0, 0, 0, 0, 1];

const apply = (frame: ArrayLike<number>, x: number, y: number): [number, number] => [
  (frame[0] ?? 0) * x + (frame[1] ?? 0) * y + (frame[3] ?? 0),
  (frame[4] ?? 0) * x + (frame[5] ?? 0) * y + (frame[7] ?? 0),
];

describe('Landmarks2TransformMatrix', () => {
  const landmarks: Operand = { shape: [1, 6, 3], values: randomValues(18, 1, 10, 60) };
  const point = (at: number): [number, number] => [landmarks.values[3 * at] ?? 0, landmarks.values[3 * at + 1] ?? 0];
  const run = (options: object) =>
    runOperator({
      name: 'Landmarks2TransformMatrix',
      inputs: [landmarks],
      outputShape: [1, 4, 4],
      customOptions: encode(options),
    });

  it('makes a level frame around the landmarks, enlarged about its middle', async () => {
    const [leftX, leftY] = point(4);
    const [rightX, rightY] = point(1);
    const length = Math.hypot(rightX - leftX, rightY - leftY);
    const [cos, sin] = [(rightX - leftX) / length, (rightY - leftY) / length];
    const turned = [0, 2, 3, 5].map(point).map(([x, y]) => [x * cos + y * sin, y * cos - x * sin] as const);
    const [u, v] = [turned.map(([along]) => along), turned.map(([, across]) => across)];
    const [middleU, middleV] = [(Math.min(...u) + Math.max(...u)) / 2, (Math.min(...v) + Math.max(...v)) / 2];
    const [spanU, spanV] = [1.5 * (Math.max(...u) - Math.min(...u)), 1.25 * (Math.max(...v) - Math.min(...v))];

    const frame = await run(FRAME_OPTIONS);
    // The corners and the middle of the 16 x 12 square, brought to the picture.
    for (const [i, j] of [
      [-0.5, -0.5],
      [0.5, -0.5],
      [-0.5, 0.5],
      [0, 0],
    ] as const) {
      const [along, across] = [middleU + i * spanU, middleV + j * spanV];
      const [x, y] = apply(frame, (i + 0.5) * 16, (j + 0.5) * 12);
      expect(x).toBeCloseTo(along * cos - across * sin, 3);
      expect(y).toBeCloseTo(along * sin + across * cos, 3);
    }
    expectClose(frame.subarray(8), [0, 0, 1, 0, 0, 0, 0, 1]);
    expect([frame[2], frame[6]]).toEqual([0, 0]);
  });

  it('is refused without an option it needs, and with one it does not know', async () => {
    const { scale_x: _, ...without } = FRAME_OPTIONS;
    await expect(run(without)).rejects.toThrow('has no scale_x');
    await expect(run({ ...FRAME_OPTIONS, subset_idxs: 'all' })).rejects.toThrow('has no subset_idxs');
    await expect(run({ ...FRAME_OPTIONS, target_rotation_radians: 0.5 })).rejects.toThrow('rotation of its own');
  });
});

describe('TransformTensorBilinear', () => {
  it('reads features between the centres of pixels, and nothing beyond the picture', async () => {
    const [rows, columns, channels] = [8, 10, 3];
    const values = randomValues(rows * columns * channels, 2, -1, 1);
    const found = await runOperator({
      name: 'TransformTensorBilinear',
      inputs: [
        { shape: [1, rows, columns, channels], values },
        { shape: [1, 4, 4], values: FRAME },
      ],
      outputShape: [1, 6, 7, channels],
    });
    const feature = (row: number, column: number, channel: number) =>
      row < 0 || column < 0 || row >= rows || column >= columns
        ? 0
        : (values[(row * columns + column) * channels + channel] ?? 0);
    const expected: number[] = [];
    for (let row = 0; row < 6; row++)
      for (let column = 0; column < 7; column++) {
        const [placeX, placeY] = apply(FRAME, column + 0.5, row + 0.5);
        const [x, y] = [placeX - 0.5, placeY - 0.5];
        const [left, top] = [Math.floor(x), Math.floor(y)];
        const [right, down] = [x - left, y - top];
        for (let channel = 0; channel < channels; channel++)
          expected.push(
            (1 - down) * ((1 - right) * feature(top, left, channel) + right * feature(top, left + 1, channel)) +
              down * ((1 - right) * feature(top + 1, left, channel) + right * feature(top + 1, left + 1, channel)),
          );
      }
    expect(expected.filter((value) => value === 0).length).toBeGreaterThan(5); // some lie beyond
    expectClose(found, expected);
  });
});

describe('TransformLandmarks', () => {
  const frame: Operand = { shape: [1, 4, 4], values: FRAME };

  it('brings points of a frame to the picture', async () => {
    const values = randomValues(10, 3, 0, 16);
    const inputs = [{ shape: [1, 5, 2], values }, frame];
    const found = await runOperator({ name: 'TransformLandmarks', inputs, outputShape: [1, 5, 2] });
    expectClose(
      found,
      [0, 1, 2, 3, 4].flatMap((at) => apply(FRAME, values[2 * at] ?? 0, values[2 * at + 1] ?? 0)),
    );
  });

  it('is refused for points in space', async () => {
    const inputs = [{ shape: [1, 5, 3], values: randomValues(15, 4, 0, 16) }, frame];
    await expect(runOperator({ name: 'TransformLandmarks', inputs, outputShape: [1, 5, 3] })).rejects.toThrow('space');
  });
});

describe('Convolution2DTransposeBias', () => {
  const convolve = (strideX: number, strideY: number, outputShape: readonly number[]) => {
    const input: Operand = { shape: [1, 3, 2, 4], values: randomValues(24, 5, -1, 1) };
    const weights: Operand = { shape: [2, 2, 3, 4], values: randomValues(48, 6, -1, 1), isConstant: true };
    const bias: Operand = { shape: [2], values: [0.25, -0.5], isConstant: true };
    const customOptions = new Uint8Array(Int32Array.of(1, strideX, strideY).buffer);
    const run = () =>
      runOperator({ name: 'Convolution2DTransposeBias', inputs: [input, weights, bias], outputShape, customOptions });
    return { input, weights, bias, run };
  };

  it('lays the weights down at every pixel, times the pixel', async () => {
    const { input, weights, bias, run } = convolve(3, 2, [1, 6, 6, 2]);
    const expected = Array.from({ length: 72 }, (_, at) => bias.values[at % 2] ?? 0);
    for (let row = 0; row < 3; row++)
      for (let column = 0; column < 2; column++)
        for (let out = 0; out < 2; out++)
          for (let i = 0; i < 2; i++)
            for (let j = 0; j < 3; j++)
              for (let channel = 0; channel < 4; channel++) {
                const at = ((2 * row + i) * 6 + 3 * column + j) * 2 + out;
                const weight = weights.values[((out * 2 + i) * 3 + j) * 4 + channel] ?? 0;
                expected[at] = (expected[at] ?? 0) + weight * (input.values[(row * 2 + column) * 4 + channel] ?? 0);
              }
    expectClose(await run(), expected);
  });

  it('is refused when the result would have to be cut', async () => {
    await expect(convolve(3, 2, [1, 5, 6, 2]).run()).rejects.toThrow('padding');
  });
});
