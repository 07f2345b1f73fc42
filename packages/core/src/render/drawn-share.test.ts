import { describe, expect, it } from 'vitest';
import { drawnShareFor } from './drawn-share.ts';
import { measurePicture } from './measure-picture.ts';
import { prepareScene } from './prepare-scene.ts';
import type { Scene } from './prepare-scene.ts';
import { renderLook } from './render-look.ts';
import { splatDots } from './splat-dots.ts';
import { syntheticScene } from './testing/synthetic-scene.ts';
import type { SyntheticOptions } from './testing/synthetic-scene.ts';

const sceneOf = (options: SyntheticOptions): Scene => prepareScene(syntheticScene(options));
const shareFor = (scene: Scene, strength = 1): number => {
  const style = { dotScale: 1, softness: 1, blurPx: scene.quality.blurPx };
  return drawnShareFor(
    scene,
    splatDots(scene.seen, scene.grid, scene.calibration, style).map((od) => strength * od),
  );
};

describe('the share of a dot that is drawn as its disc', () => {
  // Dots of the synthetic scene are scattered at random, not evenly: their clumps add grain that no share takes away.
  it('leaves grain against tone about where photographs of real work have it, at any sharpness', () => {
    for (const sidePx of [320, 640, 1280]) {
      const scene = sceneOf({ sidePx });
      const picture = renderLook(scene, { name: 'healed', contrast: 1, dotScale: 1, softness: 1 });
      const { grainToTone, pixels } = measurePicture(scene, picture);
      expect(pixels).toBeGreaterThan(400);
      expect(grainToTone).toBeGreaterThan(0.07);
      expect(grainToTone).toBeLessThan(0.18);
    }
  });

  it('falls where dots stand out and rises where they drown', () => {
    const scene = sceneOf({ sidePx: 480 });
    const plain = shareFor(scene);
    expect(shareFor(scene, 3)).toBeLessThan(plain);
    expect(shareFor(scene, 0.3)).toBeGreaterThan(plain);
    // Grain goes with the share: once it is too much, three times the contrast asks for a third of it.
    expect(shareFor(scene, 9) / shareFor(scene, 3)).toBeCloseTo(1 / 3, 6);
    // Where a lens hides them all, dots make up for no more than cameras sharpen.
    expect(shareFor(scene, 0.001)).toBe(1.3);
  });

  it("is the calibration's own where there is too little work to measure", () => {
    const scene = sceneOf({ sidePx: 320, fromMm: 128 });
    const few = { ...scene, open: new Uint8Array(scene.open.length) };
    expect(shareFor(few)).toBe(scene.calibration.drawnShare);
  });
});
