import { describe, expect, it } from 'vitest';
import { lookAt } from '../forecast/look.ts';
import { labOf, lStarOf, luminance } from '../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../pigment/linear-light.ts';
import { project } from '../vec/camera.ts';
import { densePixels, measurePicture } from './measure-picture.ts';
import { prepareScene } from './prepare-scene.ts';
import type { SceneInput } from './prepare-scene.ts';
import { renderLook } from './render-look.ts';
import { meanLightWhere, syntheticScene } from './testing/synthetic-scene.ts';

const healed = lookAt({ kind: 'healed' });
const fresh = lookAt({ kind: 'fresh' });
const input = syntheticScene({ noiseCodes: 2 });
const scene = prepareScene(input);
const picture = renderLook(scene, healed);
const pixels = input.photo.widthPx * input.photo.heightPx;

/** Photo pixels that {@link densePixels} names. */
function denseIn(of: typeof scene): (k: number) => boolean {
  const { leftPx, topPx, widthPx } = of.grid;
  const dense = densePixels(of);
  const is = new Uint8Array(of.photo.widthPx * of.photo.heightPx);
  dense.forEach((v, k) => {
    if (v) is[(topPx + Math.floor(k / widthPx)) * of.photo.widthPx + leftPx + (k % widthPx)] = 1;
  });
  return (k) => is[k] === 1;
}

const lightness = (rgba: ArrayLike<number>, where: (k: number) => boolean): number =>
  lStarOf(luminance(...meanLightWhere(rgba, pixels, where)));
const isDense = denseIn(scene);

describe('renderLook', () => {
  it('leaves every sample outside `changed` as it was, in every look, and the photo itself alone', () => {
    const photo = Uint8ClampedArray.from(input.photo.rgba);
    for (const look of [healed, fresh, lookAt({ kind: 'years', years: 5, band: 'low' })]) {
      const { rgba, changed } = renderLook(scene, look);
      let differing = 0;
      for (let k = 0; k < pixels; k++) {
        for (let c = 0; c < 4; c++) {
          if (rgba[4 * k + c] === photo[4 * k + c]) continue;
          differing++;
          if (!changed[k] || c === 3) expect.fail(`sample ${c} of pixel ${k} was changed`);
        }
      }
      expect(differing).toBeGreaterThan(1000);
    }
    expect(input.photo.rgba).toEqual(photo);
  });

  it('changes nothing that is further than the veil from every dot, and no wall', () => {
    const at = (k: number): [number, number] => [k % input.photo.widthPx, Math.floor(k / input.photo.widthPx)];
    const dots = Array.from({ length: scene.seen.count }, (_, k) => [scene.seen.xPx[k], scene.seen.yPx[k]]);
    const pxPerMm = scene.seen.pxPerMm[0];
    for (let k = 0; k < pixels; k += 7) {
      if (!picture.changed[k]) continue;
      const [x, y] = at(k);
      const nearest = Math.min(...dots.map(([dx, dy]) => Math.hypot(dx - x, dy - y)));
      expect(nearest / pxPerMm).toBeLessThan(8);
    }
    let wall = 0;
    for (let k = 0; k < pixels; k++) {
      if (input.person.values[k] > 0 || !picture.changed[k]) continue;
      for (let c = 0; c < 3; c++)
        wall = Math.max(wall, Math.abs(picture.rgba[4 * k + c] - input.photo.rgba[4 * k + c]));
    }
    // A pixel of wall at the very outline may be taken for part head.
    expect(wall).toBeLessThan(40);
  });

  it("lowers L* by the calibrated share when healed, and by the look's contrast of it later", () => {
    const bare = lightness(input.photo.rgba, isDense);
    const fall = (contrast: number): number => {
      const look = { ...healed, contrast };
      return 1 - lightness(renderLook(scene, look).rgba, isDense) / bare;
    };
    const whole = fall(1);
    expect(whole / scene.healedDrop).toBeGreaterThan(0.85);
    expect(whole / scene.healedDrop).toBeLessThan(1.15);
    for (const contrast of [0.25, 0.5, 0.75, 1.4])
      expect(Math.abs(fall(contrast) / whole - contrast)).toBeLessThan(0.06);
    expect(fall(0)).toBeLessThan(0.003);
  });

  it('darkens twice the dots more than once the dots, and none not at all', () => {
    const falls = [20, 45, 85].map((densityPerCm2) => {
      const sparse = prepareScene(syntheticScene({ densityPerCm2 }));
      return 1 - lightness(renderLook(sparse, healed).rgba, isDense) / lightness(sparse.photo.rgba, isDense);
    });
    expect(falls[1]).toBeGreaterThan(1.7 * falls[0]);
    expect(falls[2]).toBeGreaterThan(1.4 * falls[1]);
  });

  it('keeps a highlight: it lies on the skin, above the pigment', () => {
    const shiny = syntheticScene({ shine: 0.35 });
    const matt = syntheticScene();
    const [withShine, without] = [shiny, matt].map((of) => renderLook(prepareScene(of), healed).rgba);
    const isGlint = (k: number): boolean =>
      isDense(k) && LIGHT_OF_CODE[shiny.photo.rgba[4 * k + 2]] - LIGHT_OF_CODE[matt.photo.rgba[4 * k + 2]] > 0.15;
    const before =
      meanLightWhere(shiny.photo.rgba, pixels, isGlint)[2] - meanLightWhere(matt.photo.rgba, pixels, isGlint)[2];
    const after = meanLightWhere(withShine, pixels, isGlint)[2] - meanLightWhere(without, pixels, isGlint)[2];
    // Were it mixed toward the pigment like skin, 0.55 of it would be left.
    expect(after / before).toBeGreaterThan(0.65);
  });

  it('keeps the hue that shine has, and greys skin beside it', () => {
    const shiny = syntheticScene({ shine: 0.35, skin: [0.62, 0.27, 0.18] });
    // A camera's red gives way before its white.
    const rgba = shiny.photo.rgba.map((v, k) => (k % 4 === 0 ? Math.min(v, 228) : v));
    const { rgba: worked } = renderLook(prepareScene({ ...shiny, photo: { ...shiny.photo, rgba } }), healed);
    const isGlint = (k: number): boolean => isDense(k) && rgba[4 * k] === 228;
    const isMatt = (k: number): boolean => isDense(k) && rgba[4 * k] < 200;
    const chromaLeft = (where: (k: number) => boolean): number => {
      const [before, after] = [rgba, worked].map((of) => labOf(meanLightWhere(of, pixels, where)));
      return Math.hypot(after[1], after[2]) / Math.hypot(before[1], before[2]);
    };
    // Mixed as skin is, 0.61 of it is left.
    expect(chromaLeft(isGlint)).toBeGreaterThan(0.8);
    expect(chromaLeft(isMatt)).toBeLessThan(0.75);
  });

  it('keeps wrinkles, veins and moles where they are, and as plain as they were', () => {
    const { widthPx } = input.photo;
    const marks: readonly (readonly [
      name: string,
      share: (x: number, y: number) => readonly [number, number, number],
    ])[] = [
      ['a wrinkle', (x, y) => (Math.abs(y - 88 - 4 * Math.sin(x / 9)) < 1 ? [0.88, 0.86, 0.85] : [1, 1, 1])],
      ['a vein', (x, y) => (Math.abs(x - 160 - 5 * Math.sin(y / 7)) < 1.5 ? [0.9, 0.95, 1.02] : [1, 1, 1])],
      ['a mole', (x, y) => (Math.hypot(x - 150, y - 84) < 3.5 ? [0.35, 0.25, 0.22] : [1, 1, 1])],
    ];
    for (const [name, share] of marks) {
      const rgba = Uint8ClampedArray.from(input.photo.rgba);
      const isMarked = (k: number): boolean =>
        isDense(k) && share(k % widthPx, Math.floor(k / widthPx)).some((v) => v !== 1);
      for (let k = 0; k < pixels; k++) {
        if (!isMarked(k)) continue;
        share(k % widthPx, Math.floor(k / widthPx)).forEach((v, c) => {
          rgba[4 * k + c] = codeOfLight(v * LIGHT_OF_CODE[rgba[4 * k + c]]);
        });
      }
      const marked = renderLook(prepareScene({ ...input, photo: { ...input.photo, rgba } }), healed).rgba;
      // Against the picture of the same head without the mark: what is left of it, and nothing beside it.
      const light = (of: ArrayLike<number>): [number, number, number] => meanLightWhere(of, pixels, isMarked);
      const [before, after] = [rgba, marked].map(light);
      const [plainBefore, plainAfter] = [input.photo.rgba, picture.rgba].map(light);
      const left =
        Math.log(luminance(...after) / luminance(...plainAfter)) /
        Math.log(luminance(...before) / luminance(...plainBefore));
      expect([name, left > 0.55, left < 1.25]).toEqual([name, true, true]);
      let beside = 0;
      for (let k = 0; k < pixels; k++) {
        const near = [k, k - 1, k + 1, k - widthPx, k + widthPx, k - 2, k + 2, k - 2 * widthPx, k + 2 * widthPx];
        if (near.some(isMarked)) continue;
        beside = Math.max(beside, Math.abs(marked[4 * k + 1] - picture.rgba[4 * k + 1]));
      }
      expect([name, beside <= 6]).toEqual([name, true]);
    }
  });

  it('does not double darkness that is there already', () => {
    const rgba = Uint8ClampedArray.from(input.photo.rgba);
    // A patch of dark stubble: as dark as finished work, grey, on the left half of the head.
    const isStubble = (k: number): boolean => isDense(k) && k % input.photo.widthPx < 140;
    for (let k = 0; k < pixels; k++) {
      if (!isStubble(k)) continue;
      const strand = (k * 7919) % 5 < 2 ? 0.15 : 0.6;
      for (let c = 0; c < 3; c++) rgba[4 * k + c] = codeOfLight(strand * LIGHT_OF_CODE[rgba[4 * k + 1]]);
    }
    const bearded: SceneInput = { ...input, photo: { ...input.photo, rgba } };
    const after = renderLook(prepareScene(bearded), healed).rgba;
    const isPlain = (k: number): boolean => isDense(k) && k % input.photo.widthPx > 180;
    const fallOf = (where: (k: number) => boolean): number => 1 - lightness(after, where) / lightness(rgba, where);
    expect(fallOf(isStubble)).toBeLessThan(0.45 * fallOf(isPlain));
    expect(fallOf(isPlain)).toBeGreaterThan(0.1);
  });

  it('draws nothing on hair that a mask names', () => {
    const values = new Uint8Array(pixels);
    const isHair = (k: number): boolean => k % input.photo.widthPx > 170;
    for (let k = 0; k < pixels; k++) if (isHair(k)) values[k] = 255;
    const masked = prepareScene({ ...input, hair: { ...input.person, values } });
    const { changed } = renderLook(masked, healed);
    for (let k = 0; k < pixels; k++) if (changed[k] && k % input.photo.widthPx > 174) expect.fail(`pixel ${k} is hair`);
    expect(masked.hairShare).toBeGreaterThan(0.2);
    expect(scene.hairShare).toBeLessThan(0.02);
  });

  it('keeps work off the ears', () => {
    const covered = syntheticScene({ fromMm: 10 });
    const { changed } = renderLook(prepareScene(covered), healed);
    for (const side of [-1, 1]) {
      const [x, y] = project(covered.camera, [side * 80, 2, -16]);
      expect(changed[Math.round(y) * input.photo.widthPx + Math.round(x)]).toBe(0);
    }
  });

  it('gives the same bits again, from the scene and from the photo', () => {
    expect(renderLook(scene, healed).rgba).toEqual(picture.rgba);
    expect(renderLook(prepareScene(input), healed).rgba).toEqual(picture.rgba);
  });
});

describe('measurePicture', () => {
  it('finds a healed picture within what published pairs measure, with no stray pixel', () => {
    const measured = measurePicture(scene, picture);
    expect(measured.pixels).toBeGreaterThan(400);
    expect(measured.strayPixels).toBe(0);
    expect(measured.relativeFall).toBeGreaterThan(0.13);
    expect(measured.relativeFall).toBeLessThan(0.35);
    expect(measured.grainToTone).toBeGreaterThan(0.05);
    expect(measured.grainToTone).toBeLessThan(0.2);
    expect(measured.deltaA).toBeLessThan(1);
    expect(measured.deltaB).toBeLessThan(0);
  });

  it('finds nothing in the photo itself, and every pixel that strays', () => {
    const untouched = measurePicture(scene, {
      rgba: Uint8ClampedArray.from(input.photo.rgba),
      changed: picture.changed,
    });
    expect([untouched.differing, untouched.strayPixels, untouched.relativeFall]).toEqual([0, 0, 0]);
    const rgba = Uint8ClampedArray.from(picture.rgba);
    const outside = picture.changed.findIndex((v) => v === 0);
    rgba[4 * outside] ^= 1;
    expect(measurePicture(scene, { rgba, changed: picture.changed }).strayPixels).toBe(1);
  });
});
