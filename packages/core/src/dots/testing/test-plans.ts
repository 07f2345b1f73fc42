/**
 * What the dots are tested on: three heads, every presentation, and the reserve.
 *
 * The reserve that set-up made is read where it is there; without it, it is built (3 to 5 s).
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildHead } from '../../head/build-head.ts';
import type { HeadMap } from '../../head/head-map.ts';
import type { HeadShape } from '../../head/head-shape.ts';
import { landmarksOf } from '../../head/landmarks.ts';
import { createScalpField } from '../../scalp/create-scalp-field.ts';
import { designDensity } from '../../scalp/design-density.ts';
import { designHairline } from '../../scalp/design-hairline.ts';
import type { DensityDesign, HairlineDesign, LayoutMethod, Presentation } from '../../scalp/scalp-design.ts';
import { newScalpSamples } from '../../scalp/scalp-field.ts';
import type { ScalpField, ScalpSamples } from '../../scalp/scalp-field.ts';
import { buildReserve } from '../build-reserve.ts';
import { placeReserve } from '../place-reserve.ts';
import type { PlacedReserve } from '../place-reserve.ts';
import { decodeReserve } from '../reserve.ts';
import type { Reserve } from '../reserve.ts';

export const TEMPLATE_SHAPE: HeadShape = { face: 1, width: 1, height: 1, length: 1 };

export const NORWOOD = ([1, 2, 3, 4, 5, 6, 7] as const).map((stage): Presentation => ({ kind: 'norwood', stage }));
export const LUDWIG = ([1, 2, 3] as const).map((stage): Presentation => ({ kind: 'ludwig', stage }));
export const SCARS: readonly Presentation[] = [{ kind: 'fut-scar' }, { kind: 'fue-scars' }, { kind: 'patch' }];
export const PRESENTATIONS: readonly Presentation[] = [
  ...NORWOOD,
  ...LUDWIG,
  { kind: 'full' },
  { kind: 'hairline' },
  ...SCARS,
];

export const nameOf = (p: Presentation): string => ('stage' in p ? `${p.kind} ${p.stage}` : p.kind);

const SAVED = join(import.meta.dirname, '../../../../../.stipple/reserve.bin');

export const testReserve = (): Reserve =>
  existsSync(SAVED) ? decodeReserve(readFileSync(SAVED)) : buildReserve(buildHead(TEMPLATE_SHAPE));

/** A head with the reserve on it, and the fields of designs for it. */
export interface TestHead {
  readonly name: string;
  readonly head: HeadMap;
  readonly ground: PlacedReserve;
  readonly shape: HeadShape;
  readonly hairline: (sex: 'm' | 'f') => HairlineDesign;
  readonly field: (presentation: Presentation, hairline?: HairlineDesign, density?: DensityDesign) => ScalpField;
}

export const SEED = 7;
export const DENSITY = designDensity(3);

const SHAPES: readonly (readonly [string, HeadShape])[] = [
  ['template', TEMPLATE_SHAPE],
  ['small and broad', { face: 0.93, width: 1.03, height: 0.96, length: 0.96 }],
  ['large and long', { face: 1.04, width: 0.97, height: 1.06, length: 1.08 }],
];

/** The reserve may be laid for the occasion, on the template; placed and asked for in one of the ways of laying out. */
export const testHeads = (
  given: Reserve | ((template: HeadMap) => Reserve),
  layout: LayoutMethod = 1,
): readonly TestHead[] => {
  const reserve = typeof given === 'function' ? given(buildHead(TEMPLATE_SHAPE)) : given;
  return SHAPES.map(([name, shape]) => {
    const head = buildHead(shape);
    const landmarks = landmarksOf(shape);
    const hairline = (sex: 'm' | 'f'): HairlineDesign => designHairline(head, landmarks, { sex, ageYears: 42 }, SEED);
    return {
      name,
      head,
      shape,
      hairline,
      ground: placeReserve(reserve, head, layout),
      field: (presentation, line = hairline(presentation.kind === 'ludwig' ? 'f' : 'm'), density = DENSITY) =>
        createScalpField(head, landmarks, { presentation, hairline: line, density, layout }, SEED),
    };
  });
};

/** The same density above a height (mm), one zone, no edge effects: what only the pattern's own quality shows on. */
export function flatField(perCm2: number, aboveMm: number): ScalpField {
  return {
    zones: [{ id: 'flat', kind: 'bald', targetPerCm2: perCm2 }],
    sample: (xyzMm, count, out) => {
      for (let i = 0; i < count; i++) {
        const isIn = xyzMm[3 * i + 1] > aboveMm;
        out.densityPerCm2[i] = isIn ? perCm2 : 0;
        out.coverage[i] = isIn ? 1 : 0;
        out.zoneIndex[i] = isIn ? 0 : 255;
        out.edgeMm[i] = 99;
        out.strength[i] = 1;
      }
    },
  };
}

/** What the field asks for at the reserve's own places, by seat. */
export function samplesAt(ground: PlacedReserve, field: ScalpField): ScalpSamples {
  const samples = newScalpSamples(ground.reserve.count);
  field.sample(ground.xyzMm, ground.reserve.count, samples);
  return samples;
}
