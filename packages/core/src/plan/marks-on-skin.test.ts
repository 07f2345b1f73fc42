import { describe, expect, it } from 'vitest';
import { onModel } from '../render/fit-rim.ts';
import { photoRim } from '../render/photo-rim.ts';
import { syntheticScene } from '../render/testing/synthetic-scene.ts';
import { project } from '../vec/camera.ts';
import type { PhotoPlace } from './plan-request.ts';
import { skinUnder } from './marks-on-skin.ts';

const scene = syntheticScene({ sidePx: 400, fill: 0.6, noiseCodes: 1 });
const { photo, head, person, landmarks } = scene;
/** The model ends 4 mm below the top of the head. */
const [x, y, z] = scene.camera.t;
const camera = { ...scene.camera, t: [x, y + 4, z] as const };
const rimOf = () => photoRim({ photo, head, landmarks, camera, person, hair: null });
const top = person.values.findIndex((v) => v > 0);
/** About a millimetre and a half inside the outline of the person, and far inside. */
const atRim: PhotoPlace = [top % 400, Math.floor(top / 400) + 2];
const amid: PhotoPlace = [200, 150];

describe('what is drawn along the outline of the person', () => {
  it('lies beside a model that ends before it, and on the skin that the picture shows there', () => {
    expect(skinUnder(camera, head)(atRim)).toBeNull();
    const p = skinUnder(camera, head, rimOf)(atRim)!;
    const [placeX, placeY] = project(camera, p);
    const [modelX, modelY] = onModel(rimOf()!, ...atRim);
    expect(Math.hypot(placeX - modelX, placeY - modelY)).toBeLessThan(0.1);
    expect(modelY).toBeGreaterThan(atRim[1] + 4);
  });

  it('is nothing where the person is not either', () => {
    expect(skinUnder(camera, head, rimOf)([atRim[0], atRim[1] - 10])).toBeNull();
  });

  it('is what it was farther in, whatever the outline', () => {
    const never = () => {
      throw new Error('asked for');
    };
    expect(skinUnder(camera, head, never)(amid)).toEqual(skinUnder(camera, head)(amid));
  });
});
