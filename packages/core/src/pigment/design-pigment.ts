/**
 * Which pigment colour suits this client, and how surely can that be said from a photo?
 *
 * Mostly the client's own hair, part of it grey, since diluted pigment heals to a grey; no lighter than a cap, because
 * pale pigment reads as paint, and a touch cooler, as practitioners report of healed work. It is a colour in the light
 * of this photo: without a colour card there is no shade number and no dilution to be had from it, and the advice is
 * the field's own, by eye and lighter first, since work can be darkened and not lightened.
 */
import { quantise } from '../num/range.ts';
import { CURRENT_CALIBRATION } from './calibration.ts';
import type { OpticalCalibration } from './calibration.ts';
import { luminance } from './lab.ts';
import type { PhotoColours } from './photo-colours.ts';
import type { PigmentDesign } from './pigment-design.ts';

export function designPigment(
  { hair }: PhotoColours,
  calibration: OpticalCalibration = CURRENT_CALIBRATION,
): PigmentDesign {
  const { ownColourShare, pigmentLuminanceCap, pigmentCooling, name } = calibration;
  const grey = luminance(...hair);
  const dim = Math.min(1, pigmentLuminanceCap / Math.max(grey, 1e-6));
  const channel = (c: number): number =>
    quantise(dim * (ownColourShare * hair[c] + (1 - ownColourShare) * grey) * pigmentCooling[c], 1e4);
  return {
    colour: [channel(0), channel(1), channel(2)],
    shade: 'by eye, lighter first',
    dilution: null,
    calibration: name,
  };
}
