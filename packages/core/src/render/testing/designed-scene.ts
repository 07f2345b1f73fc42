/** A photographed head of known truth (synthetic-scene.ts) with the dots that the product designs for it. */
import type { Dots } from '../../dots/dots.ts';
import { layOutDots } from '../../dots/lay-out-dots.ts';
import { LAYOUTS } from '../../dots/layout-style.ts';
import { sampleReserve } from '../../plan/testing/sample-plan.ts';
import { createScalpField } from '../../scalp/create-scalp-field.ts';
import { designDensity } from '../../scalp/design-density.ts';
import { designHairline } from '../../scalp/design-hairline.ts';
import type { SceneInput } from '../prepare-scene.ts';
import { syntheticScene } from './synthetic-scene.ts';
import type { SyntheticOptions } from './synthetic-scene.ts';

const SEED = 7;
let designed: Dots | null = null;

/** Bowed, so that the hairline is seen; every option of the synthetic scene. */
export function designedScene(options: SyntheticOptions = {}): SceneInput {
  const input = syntheticScene({ sidePx: 640, pitchRad: 0.5, noiseCodes: 2, ...options });
  designed ??= designDots(input);
  return { ...input, dots: designed };
}

function designDots({ head, landmarks }: SceneInput): Dots {
  const density = designDensity(3);
  const client = { sex: 'm', ageYears: 42 } as const;
  // The same head as landmarksOf gives; the scene keeps three of its landmarks.
  const all = landmarks as Parameters<typeof designHairline>[1];
  const hairline = designHairline(head, all, client, SEED);
  const presentation = { kind: 'norwood', stage: 6 } as const;
  const field = createScalpField(
    head,
    all,
    { presentation, hairline, marks: [], zoneTapes: [], density, layout: 2 },
    SEED,
  );
  return layOutDots({ head, reserve: sampleReserve(), field, density, seed: SEED, style: LAYOUTS[2] });
}
