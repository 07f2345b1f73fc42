/**
 * The hairline as a curve: smooth as designed, and irregular as it is worked.
 *
 * Nobody's hairline is a line. Over the smooth curve run macro waves: knots half a wavelength (0.7 to 1.3 of it) apart,
 * alternately ahead and behind, 0.6 to 1 of half the amplitude from the curve, smooth between; `macroAmplitudeMm` is
 * the height from crest to trough. They vanish at the mid-frontal point, so that the distance above the glabella is
 * the one that was asked for, and fade out below the temporal peak, where the client's own sideburn decides.
 * Finer irregularity (micro jitter, sentinel dots) belongs to the field. Seeded: one seed, one edge.
 */
import type { HeadMap } from '../head/head-map.ts';
import { clamp, smoothstep } from '../num/range.ts';
import { hashUnit } from '../random/hash.ts';
import type { HairlineDesign } from './scalp-design.ts';
import { curveThrough, displaced, sampleOf } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';

export interface FrontEdge {
  readonly smooth: SkinCurve;
  /** Sample for sample the smooth curve, moved by the waves. */
  readonly irregular: SkinCurve;
  /** Arc position of the mid-frontal point. */
  readonly middleAtMm: number;
}

export function frontEdge(head: HeadMap, hairline: HairlineDesign, seed: number): FrontEdge {
  const smooth = curveThrough(head, hairline.controlsMm);
  const middleAtMm = midlineCrossing(smooth);
  const lengthMm = (smooth.count - 1) * smooth.stepMm;
  const wave = macroWaves(hairline.macroAmplitudeMm, hairline.macroWavelengthMm, middleAtMm, lengthMm, seed);
  const calm = (at: number): number => smoothstep(20, 55, Math.min(at, lengthMm - at));
  return { smooth, irregular: displaced(head, smooth, (at) => wave(at) * calm(at)), middleAtMm };
}

function macroWaves(
  amplitude: number,
  wavelength: number,
  middle: number,
  length: number,
  seed: number,
): (at: number) => number {
  const half = wavelength / 2;
  const knots: { at: number; offset: number }[] = [];
  const sign = hashUnit(seed, 211) < 0.5 ? -1 : 1;
  const first = (0.6 + 0.4 * hashUnit(seed, 212)) * (amplitude / 2);
  // The two knots around the midline mirror each other, so the wave passes through zero exactly there.
  for (const side of [-1, 1]) {
    let at = middle + (side * half) / 2;
    let offset = side * sign * first;
    for (let n = 0; at > -wavelength && at < length + wavelength; n++) {
      knots.push({ at, offset });
      const salt = 220 + 2 * n + (side > 0 ? 500 : 0);
      at += side * half * (0.7 + 0.6 * hashUnit(seed, salt));
      offset = -Math.sign(offset) * (0.6 + 0.4 * hashUnit(seed, salt + 1)) * (amplitude / 2);
    }
  }
  knots.sort((a, b) => a.at - b.at);
  return (at) => {
    let i = 0;
    while (i < knots.length - 2 && knots[i + 1].at < at) i++;
    const t = clamp((at - knots[i].at) / (knots[i + 1].at - knots[i].at), 0, 1);
    return knots[i].offset + (knots[i + 1].offset - knots[i].offset) * (t * t * (3 - 2 * t));
  };
}

/** Arc position where the curve crosses the midline above the face. */
export function midlineCrossing(curve: SkinCurve): number {
  for (let i = 1; i < curve.count; i++) {
    const a = sampleOf(curve, i - 1);
    const b = sampleOf(curve, i);
    if (a[0] < 0 && b[0] >= 0 && b[1] > 0) return (i - 1 + -a[0] / (b[0] - a[0])) * curve.stepMm;
  }
  throw new RangeError('the hairline does not cross the midline');
}
