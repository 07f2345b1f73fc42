import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import { project } from '../vec/camera.ts';
import type { FaceMesh } from './face-mesh.ts';
import type { Pixels } from './pixels.ts';
import { facePoint } from './solve-pose.ts';
import { suggestHair } from './suggest-hair.ts';
import { findFace } from './find-face.ts';
import { headSquare, personMask as maskOf } from './person-mask.ts';
import { solvePose } from './solve-pose.ts';
import { openPhoto, runRealModel, sharedPhoto } from './testing/node-models.ts';
import { cameraOn, personMask } from './testing/person-mask.ts';

const SIDE = 512;
const camera = cameraOn(1400, 255.5, 1100, 0, 10, 0);
const person = personMask(
  camera,
  { face: 1, width: 1, height: 1, length: 1 },
  { leftPx: 80, topPx: 40, sidePx: 350 },
  256,
);
const points = Array.from({ length: 478 }, (_, k) => project(camera, facePoint(Math.min(k, 467))));
const face: FaceMesh = {
  score: 1,
  count: 478,
  xPx: Float32Array.from(points, ([x]) => x),
  yPx: Float32Array.from(points, ([, y]) => y),
  zPx: new Float32Array(478),
  widthPx: 150,
};

/** A picture of skin in this light, with something on the left half of the head above this row. */
function head(
  paint: (random: number) => readonly [number, number, number],
  shade: (x: number) => number = () => 1,
): Pixels {
  const random = seededGenerator(12);
  const rgba = new Uint8Array(SIDE * SIDE * 4).fill(255);
  for (let k = 0; k < SIDE * SIDE; k++) {
    const x = k % SIDE;
    const isPainted = x < 255 && Math.floor(k / SIDE) < 200;
    const noise = 4 * (random() - 0.5);
    const colour = isPainted ? paint(random()) : ([200, 150, 125] as const);
    colour.forEach((v, c) => {
      rgba[4 * k + c] = v * shade(x) + noise;
    });
  }
  return { widthPx: SIDE, heightPx: SIDE, rgba };
}
/** Share of hair among samples of the scalp on either side. */
function shares(photo: Pixels): { left: number; right: number } | null {
  const hair = suggestHair(photo, face, person);
  if (!hair) return null;
  const sum = { left: 0, right: 0, leftAll: 0, rightAll: 0 };
  person.values.forEach((v, k) => {
    const x = person.leftPx + ((k % 256) + 0.5) * (person.sidePx / 256);
    const y = person.topPx + (Math.floor(k / 256) + 0.5) * (person.sidePx / 256);
    if (v < 200 || y > 180 || Math.abs(x - 255) < 15) return;
    const side = x < 255 ? 'left' : 'right';
    sum[`${side}All`]++;
    sum[side] += hair.mask.values[k] / 255;
  });
  return { left: sum.left / sum.leftAll, right: sum.right / sum.rightAll };
}

describe('suggesting where hair is', () => {
  it('sees strands that are darker, or of another colour, and rough', () => {
    for (const hairs of [
      (r: number) => [20 + 70 * r, 15 + 50 * r, 10 + 45 * r] as const,
      (r: number) => [150 + 90 * r, 130 + 80 * r, 50 + 60 * r] as const,
    ]) {
      const found = shares(head(hairs));
      expect(found?.left).toBeGreaterThan(0.95);
      expect(found?.right).toBeLessThan(0.02);
    }
  });

  it('does not take bare skin, a shadow or a smooth highlight for hair', () => {
    const skin = [200, 150, 125] as const;
    expect(shares(head(() => skin))).toEqual({ left: 0, right: 0 });
    expect(
      shares(
        head(
          () => skin,
          (x) => (x < 220 ? 0.6 : 1),
        ),
      )?.left,
    ).toBeLessThan(0.03);
    expect(shares(head(() => [250, 235, 225]))?.left).toBeLessThan(0.03);
  });

  it('says nothing when it could be either', () => {
    // Between skin and hair in darkness, and rough: what stubble is.
    const said = [0.3, 0.4, 0.5, 0.6].map((depth) =>
      suggestHair(
        head((r) => [200 - 200 * depth * r, 150 - 150 * depth * r, 125 - 125 * depth * r]),
        face,
        { ...person, values: person.values.map((v, k) => (k % 256 < 120 ? v : 0)) },
      ),
    );
    expect(said).toContain(null);
  });

  it('agrees with machine-made masks where it answers, and leaves bald heads bare', async () => {
    const see = async (path: string) => {
      const photo = await openPhoto(path);
      const mesh = await findFace(photo, runRealModel);
      const { camera: found } = solvePose(mesh, photo.widthPx, photo.heightPx, null);
      const mask = await maskOf(photo, runRealModel, headSquare(found));
      return { mask, hair: suggestHair(photo, mesh, mask)?.mask ?? null };
    };
    const bald = sharedPhoto('portraits450/T000326.jpg');
    if (bald) expect((await see(bald)).hair?.values.filter((v) => v > 127).length).toBeLessThan(300);
    const haired = sharedPhoto('hairmask_unsplash/u01_origin.png');
    const truth = sharedPhoto('hairmask_unsplash/u01_mask.png');
    if (!haired || !truth) return;
    const [{ hair, mask }, given] = [await see(haired), await openPhoto(truth)];
    let both = 0;
    let ours = 0;
    hair?.values.forEach((v, k) => {
      if (v < 128) return;
      const x = Math.round(mask.leftPx + ((k % 256) + 0.5) * (mask.sidePx / 256) - 0.5);
      const y = Math.round(mask.topPx + (Math.floor(k / 256) + 0.5) * (mask.sidePx / 256) - 0.5);
      ours++;
      if (given.rgba[4 * (y * given.widthPx + x)] > 127) both++;
    });
    expect(both / ours).toBeGreaterThan(0.9);
    expect(ours).toBeGreaterThan(5000);
  });
});
