/**
 * The hairline as it is worked, in the second way of laying out: a change of one point stays within its neighbourhood.
 *
 * As front-edge.ts, with two differences. The curve is stepped from point to point, and not over its whole length; and
 * the macro waves are a smooth noise of the place on the head, and not of the arc walked from the middle, so that they
 * stay where they are when the line beside them is drawn longer. A line that is moved runs over other waves, which change
 * as slowly as it moves. Crests and troughs lie `macroWavelengthMm` apart on average and reach up to half of
 * `macroAmplitudeMm` from the curve; they vanish at the mid-frontal point and fade out towards both ends.
 */
import type { HeadMap } from '../head/head-map.ts';
import { clamp, smoothstep } from '../num/range.ts';
import { valueNoise } from '../random/value-noise.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { midlineCrossing } from './front-edge.ts';
import type { FrontEdge } from './front-edge.ts';
import type { HairlineDesign } from './scalp-design.ts';
import { curveByParts, displaced, sampleOf } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';

/** Lattice of the noise in wavelengths, and what it is multiplied by before it is held within 1 (measured). */
const LATTICE = 0.32;
const GAIN = 1.6;

export function workedEdge(head: HeadMap, hairline: HairlineDesign, seed: number): FrontEdge {
  const { controlsMm, macroAmplitudeMm, macroWavelengthMm } = hairline;
  const smooth = curveByParts(head, controlsMm);
  const per = 1 / (LATTICE * macroWavelengthMm);
  const salt = seed ^ 0x3d9e;
  const waveAt = ([x, y, z]: Vec3): number => {
    const t = clamp(GAIN * valueNoise(x * per, y * per, z * per, salt), -1, 1);
    return (macroAmplitudeMm / 2) * t * (1.5 - 0.5 * t * t);
  };
  const middleAtMm = midlineCrossing(smooth);
  const middle = placeAt(smooth, middleAtMm / smooth.stepMm);
  const ends = [sampleOf(smooth, 0), sampleOf(smooth, smooth.count - 1)];
  return {
    smooth,
    middleAtMm,
    irregular: displaced(head, smooth, (_, i) => {
      const p = sampleOf(smooth, i);
      const calm = smoothstep(20, 55, Math.min(distance(p, ends[0]), distance(p, ends[1])));
      const off = smoothstep(0, macroWavelengthMm / 4, distance(p, middle));
      return calm * off === 0 ? 0 : calm * off * waveAt(p);
    }),
  };
}

/** Between two samples, in samples from the first. */
function placeAt(curve: SkinCurve, at: number): Vec3 {
  const i = Math.min(curve.count - 2, Math.floor(at));
  const [a, b] = [sampleOf(curve, i), sampleOf(curve, i + 1)];
  return [0, 1, 2].map((c) => a[c] + (b[c] - a[c]) * (at - i)) as unknown as Vec3;
}
