import { seededGenerator } from '@stipple/core/random/generator.ts';
import { describe, expect, it } from 'vitest';
import { type Operand, runOperator } from './testing/run-operator.ts';

const SAME = 0;
const VALID = 1;
const RELU6 = 3;

function randomOperand(shape: readonly number[], seed: number, isConstant = false): Operand {
  const random = seededGenerator(seed);
  const length = shape.reduce((product, size) => product * size, 1);
  return { shape, values: Float32Array.from({ length }, () => 2 * random() - 1), isConstant };
}

function expectClose(found: Float32Array, expected: ArrayLike<number>): void {
  expect(found.length).toBe(expected.length);
  for (const [at, value] of found.entries()) expect(value, `element ${at}`).toBeCloseTo(expected[at] ?? Number.NaN, 4);
}

/** Element of a picture, rows x columns x channels; outside is undefined. */
function pixel({ shape, values }: Operand, row: number, column: number, channel: number): number | undefined {
  const [, rows = 0, columns = 0, channels = 0] = shape;
  if (row < 0 || column < 0 || row >= rows || column >= columns) return undefined;
  return values[(row * columns + column) * channels + channel];
}

/** Fills a picture from its element's place. */
function fill(shape: readonly number[], element: (row: number, column: number, channel: number) => number): number[] {
  const [, rows = 0, columns = 0, channels = 0] = shape;
  return Array.from({ length: rows * columns * channels }, (_, at) =>
    element(Math.floor(at / (columns * channels)), Math.floor(at / channels) % columns, at % channels),
  );
}

/** Sum of element(row, column) over a window. */
function sumOver(rows: number, columns: number, element: (row: number, column: number) => number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) for (let column = 0; column < columns; column++) sum += element(row, column);
  return sum;
}

describe('a convolution', () => {
  it.each([
    // 5 rows are padded by 1 and 1, 6 columns by 0 and 1.
    { how: 'covering the border', padding: SAME, outputShape: [1, 3, 3, 4], top: 1, left: 0 },
    { how: 'inside the picture', padding: VALID, outputShape: [1, 2, 2, 4], top: 0, left: 0 },
  ])('sums every channel under its window, $how', async ({ padding, outputShape, top, left }) => {
    const input = randomOperand([1, 5, 6, 3], 1);
    const weights = randomOperand([4, 3, 3, 3], 2, true);
    const bias = randomOperand([4], 3, true);
    const found = await runOperator({
      name: 'CONV_2D',
      inputs: [input, weights, bias],
      outputShape,
      int8s: { 0: padding },
      int32s: { 1: 2, 2: 2 },
    });
    const expected = fill(outputShape, (row, column, out) => {
      const sum = sumOver(3, 3, (i, j) =>
        [0, 1, 2].reduce((total, channel) => {
          const weight = weights.values[((out * 3 + i) * 3 + j) * 3 + channel] ?? 0;
          return total + weight * (pixel(input, row * 2 + i - top, column * 2 + j - left, channel) ?? 0);
        }, 0),
      );
      return sum + (bias.values[out] ?? 0);
    });
    expectClose(found, expected);
  });

  it('keeps channels apart when depthwise, with strides that differ', async () => {
    const input = randomOperand([1, 6, 7, 5], 4);
    const weights = randomOperand([1, 3, 3, 5], 5, true);
    const bias = randomOperand([5], 6, true);
    const outputShape = [1, 6, 4, 5]; // columns by 2, rows by 1
    const found = await runOperator({
      name: 'DEPTHWISE_CONV_2D',
      inputs: [input, weights, bias],
      outputShape,
      int8s: { 0: SAME },
      int32s: { 1: 2, 2: 1, 3: 1 },
    });
    const expected = fill(
      outputShape,
      (row, column, channel) =>
        (bias.values[channel] ?? 0) +
        sumOver(
          3,
          3,
          (i, j) =>
            (weights.values[(i * 3 + j) * 5 + channel] ?? 0) *
            (pixel(input, row + i - 1, column * 2 + j - 1, channel) ?? 0),
        ),
    );
    expectClose(found, expected);
  });

  it('is refused with what is not converted: a fused activation, a dilation, several filters a channel', async () => {
    const inputs = [randomOperand([1, 4, 4, 2], 7), randomOperand([2, 1, 1, 2], 8, true), randomOperand([2], 9, true)];
    const given = { name: 'CONV_2D', inputs, outputShape: [1, 4, 4, 2], int32s: { 1: 1, 2: 1 } };
    await expect(runOperator(given)).resolves.toHaveLength(32);
    await expect(runOperator({ ...given, int8s: { 3: RELU6 } })).rejects.toThrow('fused activation');
    await expect(runOperator({ ...given, int32s: { 1: 1, 2: 1, 4: 2 } })).rejects.toThrow('dilation');
    const wider = { ...given, name: 'DEPTHWISE_CONV_2D', outputShape: [1, 4, 4, 4] };
    await expect(runOperator(wider)).rejects.toThrow('several filters');
  });
});

describe('other layers', () => {
  it.each(['MAX_POOL_2D', 'AVERAGE_POOL_2D'] as const)('%s looks at 2 x 2 pixels', async (name) => {
    const input = randomOperand([1, 4, 6, 3], 10);
    const outputShape = [1, 2, 3, 3];
    const int32s = { 1: 2, 2: 2, 3: 2, 4: 2 };
    const found = await runOperator({ name, inputs: [input], outputShape, int8s: { 0: VALID }, int32s });
    const expected = fill(outputShape, (row, column, channel) => {
      const seen = [0, 1, 2, 3].map(
        (at) => pixel(input, 2 * row + (at >> 1), 2 * column + (at & 1), channel) ?? Number.NaN,
      );
      return name === 'MAX_POOL_2D' ? Math.max(...seen) : seen.reduce((sum, value) => sum + value, 0) / 4;
    });
    expectClose(found, expected);
  });

  it('RESIZE_BILINEAR doubles between the centres of pixels and repeats the border', async () => {
    const input = randomOperand([1, 3, 2, 2], 11);
    const outputShape = [1, 6, 4, 2];
    const size: Operand = { shape: [2], values: [6, 4], isConstant: true };
    const given = { name: 'RESIZE_BILINEAR', inputs: [input, size], outputShape };
    const found = await runOperator({ ...given, int8s: { 3: 1 } });
    const clamp = (value: number, high: number) => Math.min(Math.max(value, 0), high);
    const expected = fill(outputShape, (row, column, channel) => {
      const [y, x] = [clamp((row + 0.5) / 2 - 0.5, 2), clamp((column + 0.5) / 2 - 0.5, 1)];
      const [top, left] = [Math.floor(y), Math.floor(x)];
      return sumOver(2, 2, (i, j) => {
        const weight = (i ? y - top : 1 - y + top) * (j ? x - left : 1 - x + left);
        return weight * (pixel(input, clamp(top + i, 2), clamp(left + j, 1), channel) ?? 0);
      });
    });
    expectClose(found, expected);
    await expect(runOperator({ ...given, int8s: { 2: 1 } })).rejects.toThrow('is not converted');
  });

  it('PAD adds channels after those there are', async () => {
    const input = randomOperand([1, 2, 3, 2], 12);
    const outputShape = [1, 2, 3, 5];
    const paddings: Operand = { shape: [4, 2], values: [0, 0, 0, 0, 0, 0, 0, 3], isConstant: true };
    const found = await runOperator({ name: 'PAD', inputs: [input, paddings], outputShape });
    expectClose(
      found,
      fill(outputShape, (row, column, channel) => (channel < 2 ? (pixel(input, row, column, channel) ?? 0) : 0)),
    );
  });

  it('PRELU has a slope for each channel, and is refused with one for each pixel', async () => {
    const input = randomOperand([1, 2, 2, 3], 13);
    const slopes: Operand = { shape: [1, 1, 3], values: [0.1, 0.2, 0.3], isConstant: true };
    const found = await runOperator({ name: 'PRELU', inputs: [input, slopes], outputShape: input.shape });
    expectClose(
      found,
      fill(input.shape, (row, column, channel) => {
        const value = pixel(input, row, column, channel) ?? 0;
        return value < 0 ? value * (slopes.values[channel] ?? 0) : value;
      }),
    );
    const perPixel = randomOperand([2, 2, 3], 14, true);
    await expect(runOperator({ name: 'PRELU', inputs: [input, perPixel], outputShape: input.shape })).rejects.toThrow(
      'slope',
    );
  });

  it('RESHAPE keeps the order of rows, columns, channels', async () => {
    const input = randomOperand([1, 2, 3, 4], 15);
    const found = await runOperator({ name: 'RESHAPE', inputs: [input], outputShape: [1, 6, 4] });
    expectClose(found, input.values);
    const back = await runOperator({
      name: 'RESHAPE',
      inputs: [{ ...input, shape: [1, 12, 2] }],
      outputShape: [1, 2, 3, 4],
    });
    expectClose(back, input.values);
  });

  it('MUL spreads one value a channel over a picture', async () => {
    const input = randomOperand([1, 2, 2, 3], 16);
    const gate = randomOperand([1, 1, 1, 3], 17);
    const found = await runOperator({ name: 'MUL', inputs: [input, gate], outputShape: input.shape });
    expectClose(
      found,
      fill(
        input.shape,
        (row, column, channel) => (pixel(input, row, column, channel) ?? 0) * (gate.values[channel] ?? 0),
      ),
    );
  });

  it('HARD_SWISH and LOGISTIC follow their formulas', async () => {
    const input: Operand = { shape: [1, 1, 1, 5], values: [-4, -1.5, 0, 1.5, 4] };
    const given = { inputs: [input], outputShape: input.shape };
    const swish = await runOperator({ name: 'HARD_SWISH', ...given });
    expectClose(
      swish,
      [-4, -1.5, 0, 1.5, 4].map((x) => (x * Math.min(Math.max(x + 3, 0), 6)) / 6),
    );
    const logistic = await runOperator({ name: 'LOGISTIC', ...given });
    expectClose(
      logistic,
      [-4, -1.5, 0, 1.5, 4].map((x) => 1 / (1 + Math.exp(-x))),
    );
  });

  it('STRIDED_SLICE of a part is refused', async () => {
    const input = randomOperand([1, 4], 18);
    const numbers = (values: number[]): Operand => ({ shape: [2], values, isConstant: true });
    const whole = [input, numbers([0, 0]), numbers([1, 4]), numbers([1, 1])];
    expectClose(await runOperator({ name: 'STRIDED_SLICE', inputs: whole, outputShape: [1, 4] }), input.values);
    const part = [input, numbers([0, 1]), numbers([1, 4]), numbers([1, 1])];
    await expect(runOperator({ name: 'STRIDED_SLICE', inputs: part, outputShape: [1, 3] })).rejects.toThrow('a part');
  });
});
