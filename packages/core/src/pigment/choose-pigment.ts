/**
 * Which of the studio's pigments, and how much water, for this skin and this hair?
 *
 * The healed work should darken the skin by 0.13 to 0.25 of its L*, as photographs of finished work measure (calibration.ts):
 * the less the client's own hair stands out against the skin, the less. Of all mixtures that the list allows, the
 * darkest one that stays under that aim is taken, "lighter first", since work can be darkened and not lightened. Where
 * several pigments come within a hundredth of it, the one whose healed colour lies nearest to stubble of the client's
 * own colour has it, and the order of the list decides the rest.
 *
 * So darker hair on the same skin never gets a lighter mixture by more than that hundredth, and a pigment more in the list
 * never makes the choice worse. What the model does not know (hand, machine, passes, absorption) is in the interval. Needs
 * true colours: without a colour card there is no choice. Null when no pigment of the list has a known colour that darkens
 * this skin: a white one, or one for covering, is no shade of hair.
 */
import { clamp } from '../num/range.ts';
import { deltaE2000 } from './lab.ts';
import type { Colour3 } from './lab.ts';
import { USUAL_DILUTIONS } from './studio-pigment.ts';
import type { StudioPigment } from './studio-pigment.ts';
import { USUAL_DEPTH_MM, blueShiftAt, coverageAt, fallOf, workLab } from './work-colour.ts';

export interface PigmentChoice {
  readonly pigment: { readonly id: string; readonly name: string; readonly maker: string; readonly lab: Colour3 };
  /** Water to one part of pigment. */
  readonly dilution: number;
  readonly depthMm: number;
  /** Fall of L* as a share of the skin's, healed: what was aimed at, and what the mixture gives. */
  readonly aim: number;
  readonly fall: number;
  readonly fallLow: number;
  readonly fallHigh: number;
  /** L*a*b* (D65) of this skin under the healed work. */
  readonly healedLab: Colour3;
}

/** Measured on photographs of finished work. */
export const HEALED_FALL = [0.13, 0.25] as const;
/** Hair against skin, as a share of the skin's L*, for the ends of the range above. */
const CONTRAST = [0.2, 0.8] as const;
/** Coverage may be so much less or more than the model has it: an estimate. */
const STRENGTH = [0.75, 1.3] as const;
const ALIKE = 0.01;

interface Mixture {
  readonly pigment: StudioPigment & { readonly lab: Colour3 };
  readonly dilution: number;
  readonly fall: number;
  readonly healedLab: Colour3;
}

const aimFor = (skinLab: Colour3, hairLab: Colour3): number => {
  const contrast = (skinLab[0] - hairLab[0]) / skinLab[0];
  const t = clamp((contrast - CONTRAST[0]) / (CONTRAST[1] - CONTRAST[0]), 0, 1);
  return HEALED_FALL[0] + t * (HEALED_FALL[1] - HEALED_FALL[0]);
};

export function choosePigment(
  skinLab: Colour3,
  hairLab: Colour3,
  pigments: readonly StudioPigment[],
  depthMm: number = USUAL_DEPTH_MM,
): PigmentChoice | null {
  const mixtures = pigments.flatMap((pigment) => mixturesOf(pigment, skinLab, depthMm)).filter(({ fall }) => fall > 0);
  if (mixtures.length === 0) return null;
  const aim = aimFor(skinLab, hairLab);
  const falls = mixtures.map(({ fall }) => fall);
  const under = falls.filter((fall) => fall <= aim);
  const wanted = under.length > 0 ? Math.max(...under) : Math.min(...falls);
  const stubble = stubbleLab(skinLab, hairLab, depthMm);
  const [best] = mixtures
    .filter(({ fall }) => fall <= wanted && fall > wanted - ALIKE)
    .map((mixture) => ({ ...mixture, off: hueBeside(stubble, mixture.healedLab) }))
    .sort((a, b) => a.off - b.off);
  const { pigment, dilution, fall, healedLab } = best;
  const { id, name, maker, lab } = pigment;
  const worked = { skinLab, pigmentLab: lab, depthMm };
  const bound = (strength: number): number =>
    fallOf(skinLab, workLab(worked, coverageAt(dilution, worked, strength), blueShiftAt(depthMm)));
  return {
    pigment: { id, name, maker, lab },
    dilution,
    depthMm,
    aim,
    fall,
    fallLow: Math.min(fall, bound(STRENGTH[0])),
    fallHigh: Math.max(fall, bound(STRENGTH[1])),
    healedLab,
  };
}

/**
 * How far (dE00) the healed work of a choice lies from stubble of the client's own colour in hue alone.
 *
 * Of pigments from blue-black and black over ash to auburn, each alone, on six skins with 40 hairs from blond to black, none
 * lies farther than 6.5, and on red hair than 7.5; a red, a green or a yellow one on these 40 never nearer than 7.9.
 */
export const hueOffStubble = (
  skinLab: Colour3,
  hairLab: Colour3,
  { healedLab, depthMm }: Pick<PigmentChoice, 'healedLab' | 'depthMm'>,
): number => hueBeside(stubbleLab(skinLab, hairLab, depthMm), healedLab);

const stubbleLab = (skinLab: Colour3, hairLab: Colour3, depthMm: number): Colour3 =>
  workLab({ skinLab, pigmentLab: hairLab, depthMm }, 0.45, 0);

const hueBeside = (stubble: Colour3, [, a, b]: Colour3): number => deltaE2000([stubble[0], a, b], stubble);

function mixturesOf(pigment: StudioPigment, skinLab: Colour3, depthMm: number): Mixture[] {
  const { lab, dilutions } = pigment;
  if (!lab) return [];
  const worked = { skinLab, pigmentLab: lab, depthMm };
  return (dilutions.length > 0 ? dilutions : USUAL_DILUTIONS).map((dilution) => {
    const healedLab = workLab(worked, coverageAt(dilution, worked), blueShiftAt(depthMm));
    return { pigment: { ...pigment, lab }, dilution, fall: fallOf(skinLab, healedLab), healedLab };
  });
}
