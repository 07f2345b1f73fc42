import { describe, expect, it } from 'vitest';
import { decodeFaces, detectFaces, mergeFaces, squareAround } from './detect-faces.ts';
import type { FaceBox } from './detect-faces.ts';

/** Outputs in which anchor `k` sees a face with these 16 numbers. */
function outputs(faces: readonly { anchor: number; logit: number; values: readonly number[] }[]) {
  const regressors = new Float32Array(896 * 16);
  const classificators = new Float32Array(896).fill(-50);
  for (const { anchor, logit, values } of faces) {
    regressors.set(values, anchor * 16);
    classificators[anchor] = logit;
  }
  return { regressors, classificators };
}
const box = (score: number, x: number, y: number, side: number): FaceBox => ({
  score,
  centre: [x, y],
  side,
  rightEye: [x - side / 5, y],
  leftEye: [x + side / 5, y],
});

describe('decoding the face detector', () => {
  it('places boxes and eyes relative to the anchor of each grid', () => {
    // Anchor 2 x (16 x 3 + 5) + 1 of the fine grid is the second one at column 5, row 3; then 6 x (8 x 2 + 7) + 4 of the coarse.
    const fine = { anchor: 2 * (16 * 3 + 5) + 1, logit: 2, values: [12.8, -6.4, 64, 60, -12.8, -19.2, 25.6, -18] };
    const coarse = { anchor: 512 + 6 * (8 * 2 + 7) + 4, logit: 0, values: [0, 0, 32, 38.4] };
    const { regressors, classificators } = outputs([fine, coarse]);
    const [a, b] = decodeFaces(regressors, classificators, 0.4);
    expect(a.score).toBeCloseTo(0.8808, 4);
    expect(a.centre[0]).toBeCloseTo(5.5 / 16 + 0.1, 6);
    expect(a.centre[1]).toBeCloseTo(3.5 / 16 - 0.05, 6);
    expect(a.side).toBeCloseTo(0.5, 6);
    expect(a.rightEye[0]).toBeCloseTo(5.5 / 16 - 0.1, 6);
    expect(a.rightEye[1]).toBeCloseTo(3.5 / 16 - 0.15, 6);
    expect(a.leftEye[0]).toBeCloseTo(5.5 / 16 + 0.2, 6);
    expect(b.centre).toEqual([7.5 / 8, 2.5 / 8]);
    expect(b.side).toBeCloseTo(0.3, 6);
    expect(decodeFaces(regressors, classificators, 0.6)).toHaveLength(1);
  });

  it('merges overlapping boxes to their mean weighted by score, and keeps apart what is apart', () => {
    const merged = mergeFaces([box(0.6, 0.5, 0.5, 0.3), box(0.9, 0.56, 0.47, 0.24), box(0.8, 0.1, 0.2, 0.1)]);
    expect(merged.map(({ score }) => score)).toEqual([0.9, 0.8]);
    expect(merged[0].centre[0]).toBeCloseTo((0.6 * 0.5 + 0.9 * 0.56) / 1.5, 9);
    expect(merged[0].side).toBeCloseTo((0.6 * 0.3 + 0.9 * 0.24) / 1.5, 9);
    expect(merged[0].leftEye[1]).toBeCloseTo((0.6 * 0.5 + 0.9 * 0.47) / 1.5, 9);
    expect(merged[1].centre[0]).toBeCloseTo(0.1, 9);
    expect(merged[1].side).toBeCloseTo(0.1, 9);
    expect(mergeFaces([])).toEqual([]);
  });

  it('answers in photo pixels, also from a turned square', async () => {
    const photo = { widthPx: 100, heightPx: 100, rgba: new Uint8Array(40_000) };
    const square = { centreXPx: 40, centreYPx: 60, sidePx: 50, turnRad: Math.PI / 2 };
    const values = [0, 0, 25.6, 25.6, -12.8, 0, 12.8, 0];
    const run = async (_: string, input: Float32Array, shape: readonly number[]) => {
      expect(shape).toEqual([1, 128, 128, 3]);
      expect(input[0]).toBe(-1);
      return outputs([{ anchor: 2 * (16 * 8 + 12), logit: 3, values }]);
    };
    const [face] = await detectFaces(photo, square, run, 0.5);
    // At (12.5, 8.5) / 16 of the square: right of its middle, which after a quarter turn is below.
    expect(face.centre[0]).toBeCloseTo(40 - (8.5 / 16 - 0.5) * 50, 5);
    expect(face.centre[1]).toBeCloseTo(60 + (12.5 / 16 - 0.5) * 50, 5);
    expect(face.side).toBeCloseTo(10, 5);
    const around = squareAround(face);
    expect(around.turnRad).toBeCloseTo(Math.PI / 2, 5);
    expect(around.sidePx).toBeCloseTo(15, 5);
  });
});
