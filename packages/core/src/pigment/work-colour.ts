/**
 * What colour does skin have under finished work with this pigment, so diluted, at this depth?
 *
 * Mixing, (1 - c) skin + c pigment, as photographs of real work show (calibration.ts). Dots cover a part of the skin and no
 * more, 0.65 of it when nothing shines through them; in them light falls with the pigment's amount as in a thin layer,
 * exp(-od) with od in proportion to 1 / (1 + n) for a dilution of 1 : n. At 1 : 10 work of the reference density covers
 * 0.45, as published pairs do with black pigment (calibration.ts). Three things are laid over it, each an estimate, none measured:
 * - epidermal pigment lies above the work and hides part of it on dark skin, which is why less water is used there;
 * - deeper work shows less of its dots and turns bluer, b* down by 1 to 3 (facts 1.6);
 * - below 0.25 mm the skin sheds it, which is a matter of fading and not of colour (forecast).
 *
 * All colours are true ones (D65), not those of an uncorrected photo.
 */
import { exp, log } from '../num/elementary.ts';
import { clamp, smoothstep } from '../num/range.ts';
import { labOf, lightOfLab } from './lab.ts';
import type { Colour3 } from './lab.ts';
import { skinTypeOf } from './skin-type.ts';

export interface WorkedSkin {
  readonly skinLab: Colour3;
  readonly pigmentLab: Colour3;
  /** Where the pigment rests, mm below the surface; upper dermis is 0.5. */
  readonly depthMm: number;
}

export const USUAL_DEPTH_MM = 0.5;
const REFERENCE_DILUTION = 10;
const REFERENCE_COVERAGE = 0.45;
const MOST_COVERAGE = 0.65;
/** Share of the work that the darkest epidermis hides, and the typology angles between which it grows. */
const MOST_HIDDEN = 0.35;
const HIDDEN_ITA_DEG = [28, -40] as const;
/** Share of the dots' contrast that depth takes. */
const MOST_BURIED = 0.15;
const BLUE_SHIFT = [1, 3] as const;
const DEPTHS_MM = [0.3, 1.5] as const;

/** Coverage of healed work of the reference density; `strength` is for what the model does not know, 1 when it is right. */
export function coverageAt(dilution: number, { skinLab, depthMm }: WorkedSkin, strength = 1): number {
  const reference = -log(1 - REFERENCE_COVERAGE / MOST_COVERAGE);
  const od = (reference * (1 + REFERENCE_DILUTION)) / (1 + dilution);
  const hidden = MOST_HIDDEN * smoothstep(HIDDEN_ITA_DEG[0], HIDDEN_ITA_DEG[1], skinTypeOf(skinLab).itaDeg);
  const buried = MOST_BURIED * smoothstep(DEPTHS_MM[0], DEPTHS_MM[1], depthMm);
  return Math.min(1, strength * MOST_COVERAGE * (1 - exp(-od)) * (1 - hidden) * (1 - buried));
}

/** How far b* falls by healing at this depth. */
export const blueShiftAt = (depthMm: number): number =>
  BLUE_SHIFT[0] + (BLUE_SHIFT[1] - BLUE_SHIFT[0]) * smoothstep(DEPTHS_MM[0], DEPTHS_MM[1], depthMm);

/** L*a*b* of skin worked with this coverage; `shift` is how much bluer the work has become. */
export function workLab({ skinLab, pigmentLab }: WorkedSkin, coverage: number, shift: number): Colour3 {
  const [skin, pigment] = [lightOfLab(skinLab), lightOfLab(pigmentLab)];
  const mixed = (c: number): number => Math.max(0, skin[c] + coverage * (pigment[c] - skin[c]));
  const [l, a, b] = labOf([mixed(0), mixed(1), mixed(2)]);
  return [l, a, b - shift * clamp(coverage / REFERENCE_COVERAGE, 0, 1)];
}

/** Fall of L* as a share of the skin's. */
export const fallOf = (skinLab: Colour3, worked: Colour3): number => (skinLab[0] - worked[0]) / skinLab[0];
