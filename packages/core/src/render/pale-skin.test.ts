import { beforeAll, describe, expect, it } from 'vitest';
import { lookAt } from '../forecast/look.ts';
import { labOf, luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../pigment/linear-light.ts';
import { cellGrid } from './cell-grid.ts';
import { densePixels } from './measure-picture.ts';
import { paleSkin } from './pale-skin.ts';
import { prepareScene } from './prepare-scene.ts';
import { rasterHead } from './raster-head.ts';
import { renderLook } from './render-look.ts';
import { meanLightWhere, syntheticScene } from './testing/synthetic-scene.ts';

const SIDE = 60;
const PX_PER_MM = 2;
const grid = cellGrid(0, 0, SIDE, SIDE, 1);
const flat = (value: number): Float32Array => new Float32Array(SIDE * SIDE).fill(value);
const MIDDLE = 30 * SIDE + 30;
/** So orange that a third of its blue is hard to tell from all of it. */
const ORANGE: Colour3 = [0.5, 0.21, 0.08];
const BRIGHT = luminance(...ORANGE);

/** What is found where the skin's light is so many times the measured skin's and this much white comes to it. */
function found(times: (k: number) => number, white: number, shine = 0): Float32Array {
  const [red, green, blue] = ORANGE.map((v) => flat(0).map((_, k) => v * times(k) + white));
  return paleSkin([red, green, blue], flat(shine), flat(BRIGHT), () => true, ORANGE, grid, PX_PER_MM);
}

describe('paleSkin', () => {
  it('finds the white that is beyond the skin, as a share of all light', () => {
    expect(found(() => 1, 0.06)[MIDDLE]).toBeCloseTo(0.06 / (BRIGHT + 0.06), 2);
  });

  it('finds none on the skin itself, however it is lit, nor where it is more coloured', () => {
    for (const times of [0.9, 1.6]) expect(Math.max(...found(() => times, 0))).toBeLessThan(1e-6);
    expect(Math.max(...found(() => 1, -0.02))).toBe(0);
  });

  it('leaves out shine that is known', () => {
    expect(Math.max(...found(() => 1, 0.06, 0.06))).toBeLessThan(0.01);
  });

  it('asks nothing of stubble, and gives it what lies around', () => {
    const speckled = found((k) => (k % 3 === 0 ? 0.3 : 1), 0.06);
    expect(speckled[MIDDLE]).toBeCloseTo(0.06 / (BRIGHT + 0.06), 2);
  });
});

describe('work on strongly coloured skin', () => {
  const bare = syntheticScene({ sidePx: 400, skin: ORANGE, noiseCodes: 1.5, pitchRad: 0.5 });
  const { widthPx, heightPx } = bare.photo;
  const size = widthPx * heightPx;
  const { normal } = rasterHead(bare.head, bare.camera, cellGrid(0, 0, widthPx, heightPx, 1));
  /** Sheen from a broad window on the client's right: too broad for a highlight, so that the shading takes it in. */
  const sheenAt = (k: number): number => 0.08 * Math.max(0, -normal[3 * k]);
  const rgba = bare.photo.rgba.map((code, at) =>
    at % 4 === 3 || bare.person.values[at >> 2] === 0
      ? code
      : codeOfLight(LIGHT_OF_CODE[code] + sheenAt(at >> 2)) + 0.5,
  );
  const input = { ...bare, photo: { ...bare.photo, rgba } };
  const healed = (of: typeof bare) => {
    const scene = prepareScene(of);
    return { scene, rgba: renderLook(scene, lookAt({ kind: 'healed' })).rgba };
  };
  let isPale: (k: number) => boolean;
  let worked: ArrayLike<number>;
  let workedMatt: ArrayLike<number>;

  beforeAll(() => {
    const { scene, rgba: shown } = healed(input);
    [worked, workedMatt] = [shown, healed(bare).rgba];
    const { leftPx, topPx, widthPx: columns } = scene.grid;
    const dense = new Uint8Array(size);
    densePixels(scene).forEach((is, k) => {
      dense[(topPx + Math.floor(k / columns)) * widthPx + leftPx + (k % columns)] = is;
    });
    isPale = (k) => dense[k] === 1 && sheenAt(k) > 0.035;
  });

  /** What work leaves of the skin's ratio of b* to a*: 1 is its hue, less is bluer. */
  function hueLeft(before: ArrayLike<number>, after: ArrayLike<number>): number {
    const [, a, b] = labOf(meanLightWhere(before, size, isPale));
    const [, workA, workB] = labOf(meanLightWhere(after, size, isPale));
    return (workB * a) / (workA * b);
  }

  it('keeps its hue, and is not mauve', () => {
    // 0.94 where all of the light that covered skin scatters was grey.
    expect(hueLeft(bare.photo.rgba, workedMatt)).toBeGreaterThan(0.97);
  });

  it('is no bluer under a sheen than without it', () => {
    // 0.92 against 1.00 where what is white is dimmed like the skin, channel by channel.
    expect(hueLeft(rgba, worked)).toBeGreaterThan(hueLeft(bare.photo.rgba, workedMatt) - 0.02);
  });
});
