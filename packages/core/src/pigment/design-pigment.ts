/**
 * Which pigment colour suits this client, and how surely can that be said?
 *
 * From a photo alone: mostly the client's own hair, part of it grey, since diluted pigment heals to a grey; no lighter than
 * a cap, because pale pigment reads as paint, and a touch cooler, as practitioners report of healed work; and with the light
 * that skin scatters above any pigment (scattered-light.ts), so that it is the colour of wholly covered skin. It is a colour in
 * the light of this photo: without a colour card there is no shade number and no dilution to be had from it, and the
 * advice is the field's own, by eye and lighter first, since work can be darkened and not lightened.
 *
 * With true colours and the studio's list it is the mixture of choose-pigment.ts, carried into the photo's light by what it
 * takes of the skin's, channel by channel. The picture draws every plan with the calibration's coverage, so that the colour
 * given here is the one that looks, at that coverage, as the mixture does at its own: a thinner mixture is a paler colour.
 */
import { clamp, quantise } from '../num/range.ts';
import { CURRENT_CALIBRATION } from './calibration.ts';
import type { OpticalCalibration } from './calibration.ts';
import { choosePigment } from './choose-pigment.ts';
import type { PigmentChoice } from './choose-pigment.ts';
import { lightOfLab, luminance, quantisedColour } from './lab.ts';
import type { Colour3 } from './lab.ts';
import type { PhotoColours } from './photo-colours.ts';
import type { PigmentDesign } from './pigment-design.ts';
import { scatteredLight } from './scattered-light.ts';
import type { StudioPigment } from './studio-pigment.ts';

const BY_EYE = 'by eye, lighter first';

/** What a choice needs: true colours (L*a*b*, D65) and the list. */
export interface PigmentChoosing {
  readonly skinLab: Colour3;
  readonly hairLab: Colour3;
  readonly pigments: readonly StudioPigment[];
}

export function designPigment(
  colours: PhotoColours,
  choosing: PigmentChoosing | null = null,
  calibration: OpticalCalibration = CURRENT_CALIBRATION,
): PigmentDesign {
  const chosen = choosing && choosePigment(choosing.skinLab, choosing.hairLab, choosing.pigments);
  if (!choosing || !chosen) return byEye(colours, calibration);
  const choice = quantised(chosen);
  return {
    colour: colourAtCoverage(colours.skin, choosing.skinLab, choice.healedLab, calibration.coverage),
    shade: choice.pigment.name,
    dilution: choice.dilution,
    calibration: calibration.name,
    choice,
  };
}

function byEye({ hair, skin }: PhotoColours, calibration: OpticalCalibration): PigmentDesign {
  const { ownColourShare, pigmentLuminanceCap, pigmentCooling, scatteredShare, name } = calibration;
  const grey = luminance(...hair);
  const dim = Math.min(1, pigmentLuminanceCap / Math.max(grey, 1e-6));
  const scattered = scatteredLight(skin, scatteredShare);
  const channel = (c: number): number =>
    quantise(dim * (ownColourShare * hair[c] + (1 - ownColourShare) * grey) * pigmentCooling[c] + scattered[c], 1e4);
  return { colour: [channel(0), channel(1), channel(2)], shade: BY_EYE, dilution: null, calibration: name };
}

/** The pigment that darkens the photo's skin, where it covers `coverage`, by as much as the work does the true one. */
function colourAtCoverage(skin: Colour3, skinLab: Colour3, healedLab: Colour3, coverage: number): Colour3 {
  const [bare, worked] = [lightOfLab(skinLab), lightOfLab(healedLab)];
  const channel = (c: number): number => {
    const taken = 1 - worked[c] / Math.max(bare[c], 1e-4);
    return quantise(skin[c] * clamp(1 - taken / coverage, 0, 0.9), 1e4);
  };
  return [channel(0), channel(1), channel(2)];
}

/** Names become cells of tables and lines of sheets: letters and what stands between words. */
const plainName = (name: string): string =>
  name
    .replace(/[^\p{L}\p{N} ,.:;()/%#+-]/gu, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .slice(0, 100)
    .trim();

function quantised({ pigment, dilution, depthMm, ...rest }: PigmentChoice): PigmentChoice {
  return {
    pigment: {
      id: pigment.id,
      name: plainName(pigment.name) || pigment.id,
      maker: plainName(pigment.maker),
      lab: quantisedColour(pigment.lab, 100),
    },
    dilution,
    depthMm,
    aim: quantise(rest.aim, 1e4),
    fall: quantise(rest.fall, 1e4),
    fallLow: quantise(rest.fallLow, 1e4),
    fallHigh: quantise(rest.fallHigh, 1e4),
    healedLab: quantisedColour(rest.healedLab, 100),
  };
}
