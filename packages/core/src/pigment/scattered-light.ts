/**
 * What colour has the light that skin scatters above any pigment?
 *
 * In: the bare skin's light and how much is scattered, as a share of its luminance. Out: that light. Its luminance is that share.
 *
 * Pigment rests in the upper dermis. What comes back from above it is partly light that never went in, of the lamp's own
 * colour, and partly light that went through the epidermis and back: that has melanin's colour, but hardly blood's, which
 * lies as deep as the pigment. Melanin absorbs as the wavelength to the power of -3.48 (Jacques 1998,
 * omlc.org/spectra/melanin/mua.html), and blood, over bands as wide as a camera's, green and blue about alike (an estimate); so the
 * skin's own green over blue tells how much melanin there is, and that how much redder than green the light comes back. Skin that is
 * bluer than green has a lamp or a camera to blame, and scatters grey.
 *
 * Why: all of it in the lamp's colour is grey, and grey light over orange skin is mostly more blue. Own stubble of orange and yellow
 * skin leaves less blue than such work did (decision 22).
 */
import { pow } from '../num/elementary.ts';
import { lerp } from '../num/range.ts';
import { luminance } from './lab.ts';
import type { Colour3 } from './lab.ts';

/**
 * By how much more melanin takes of green than of red, over how much more of blue than of green: at 611, 549 and 464 nm, the dominant
 * wavelengths of sRGB's primaries, (549^-3.48 - 611^-3.48) / (464^-3.48 - 549^-3.48).
 */
const RED_FOR_BLUE = 0.39;
/**
 * Share that went through the epidermis, an estimate. Published work on brown skin mixes with a near-neutral dark to 0.005 of light
 * (calibration.ts): on skin of 0.35, 0.2 and 0.12 all of it would take 0.007 from blue, half takes 0.0035.
 */
const THROUGH_EPIDERMIS = 0.5;
const LEAST_LIGHT = 1e-4;

export function scatteredLight(skin: Colour3, share: number): Colour3 {
  const light = share * luminance(...skin);
  const yellow = Math.max(1, skin[1] / Math.max(skin[2], LEAST_LIGHT));
  const melanin: Colour3 = [pow(yellow, RED_FOR_BLUE), 1, 1 / yellow];
  const through = luminance(...melanin);
  const channel = (c: number): number => light * lerp(1, melanin[c] / through, THROUGH_EPIDERMIS);
  return [channel(0), channel(1), channel(2)];
}
