import { describe, expect, it } from 'vitest';
import { Refusal } from '../units/refusal.ts';
import { findFace } from './find-face.ts';
import type { Pixels } from './pixels.ts';
import { solvePose } from './solve-pose.ts';
import { ONE_PERSON, openPhoto, runRealModel, samplePhoto, sharedPhoto } from './testing/node-models.ts';

/** 'found', or the code of the refusal. */
const outcome = (photo: Pixels): Promise<string> =>
  findFace(photo, runRealModel).then(
    () => 'found',
    (error: unknown) => (error instanceof Refusal ? error.code : String(error)),
  );

describe('finding the one face in a photo', () => {
  it('refuses pictures of several people, and takes one of them cut out', async () => {
    const found = [];
    for (let n = 1; n <= 6; n++) found.push(await outcome(await openPhoto(samplePhoto(n))));
    expect(found).toEqual(Array(6).fill('several-faces'));
    expect(await outcome(await openPhoto(samplePhoto(5), ONE_PERSON))).toBe('found');
  });

  it('finds the same face in a photo that lost its orientation', async () => {
    const upright = await openPhoto(samplePhoto(5), ONE_PERSON);
    const mesh = await findFace(upright, runRealModel);
    expect(mesh.count).toBe(478);
    for (const turnDeg of [90, 180, 270]) {
      const turned = await findFace(await openPhoto(samplePhoto(5), { ...ONE_PERSON, turnDeg }), runRealModel);
      const [w, h] = [upright.widthPx - 1, upright.heightPx - 1];
      let squares = 0;
      for (let k = 0; k < 468; k++) {
        const [x, y] = [turned.xPx[k], turned.yPx[k]];
        const [backX, backY] = turnDeg === 90 ? [y, h - x] : turnDeg === 180 ? [w - x, h - y] : [w - y, x];
        squares += (backX - mesh.xPx[k]) * (backX - mesh.xPx[k]) + (backY - mesh.yPx[k]) * (backY - mesh.yPx[k]);
      }
      expect(Math.sqrt(squares / 468)).toBeLessThan(0.03 * mesh.widthPx);
    }
  });

  it('looks at the one face that there is once', async () => {
    const looks: string[] = [];
    const photo = await openPhoto(samplePhoto(5), ONE_PERSON);
    await findFace(photo, (model, ...rest) => {
      looks.push(model);
      return runRealModel(model, ...rest);
    });
    expect(looks.filter((model) => model === 'face-mesh')).toHaveLength(3);
  });

  it('gives the same face at any size of the photo, until it is below 90 pixels', async () => {
    const [large, small] = [
      await openPhoto(samplePhoto(5), ONE_PERSON),
      await openPhoto(samplePhoto(5), { ...ONE_PERSON, widthPx: 330 }),
    ];
    const [a, b] = [await findFace(large, runRealModel), await findFace(small, runRealModel)];
    const k = large.widthPx / small.widthPx;
    expect(Math.abs((b.widthPx * k) / a.widthPx - 1)).toBeLessThan(0.02);
    expect(Math.abs(k * (b.xPx[1] + 0.5) - 0.5 - a.xPx[1])).toBeLessThan(0.03 * a.widthPx);
    const pose = [solvePose(a, large.widthPx, large.heightPx, null), solvePose(b, small.widthPx, small.heightPx, null)];
    expect(Math.abs(pose[0].yawDeg - pose[1].yawDeg)).toBeLessThan(2.5);
    expect(await outcome(await openPhoto(samplePhoto(5), { ...ONE_PERSON, widthPx: 220 }))).toBe('face-too-small');
  });

  it('finds none in plain, patterned and tiny pictures', async () => {
    const picture = (paint: (x: number, y: number) => number): Pixels => {
      const rgba = new Uint8Array(400 * 300 * 4).fill(255);
      for (let k = 0; k < 400 * 300; k++) rgba.fill(paint(k % 400, Math.floor(k / 400)), 4 * k, 4 * k + 3);
      return { widthPx: 400, heightPx: 300, rgba };
    };
    expect(await outcome(picture(() => 130))).toBe('no-face');
    expect(await outcome(picture((x, y) => (((x >> 4) + (y >> 4)) % 2) * 200))).toBe('no-face');
    expect(await outcome({ widthPx: 3, heightPx: 2, rgba: new Uint8Array(24) })).toBe('no-face');
  });

  it('does not take an ear, a crown or the back of a head for a face', async () => {
    const views = [
      'm01_L5_left',
      'm02_L6_right',
      'm03_L7_right',
      'm04_L5_left',
      'm04_L5_top-down',
      'm05_L2_left',
      'm06_L6_back',
    ];
    for (const view of views) {
      const path = sharedPhoto(`multiview5/${view}.jpg`);
      if (path) expect(['no-face', 'face-unsure']).toContain(await outcome(await openPhoto(path)));
    }
  });
});
