/**
 * A picture in the light that its colour card tells: every pixel through the card's correction, as sRGB under D65.
 *
 * For whoever asks for it; the pictures of a plan keep the light of the photo. What the correction lifts above white is
 * clipped, and noise is lifted with the rest, most in the blue of a warm photo. Where the photo is clipped already, as a
 * shine in warm light is in red, the correction would turn white into cyan: pale places lose their colour as they clip.
 */
import { clamp } from '../num/range.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../pigment/linear-light.ts';

/** Codes of the brightest channel from where a place clips, and of the darkest from where it is pale. */
const CLIPS = [242, 253] as const;
const PALE = [110, 170] as const;

/** `rgba` is changed in place. */
export function correctPixels(rgba: Uint8Array | Uint8ClampedArray, matrix: readonly number[]): void {
  const [rr, rg, rb, gr, gg, gb, br, bg, bb] = matrix;
  for (let at = 0; at + 3 < rgba.length; at += 4) {
    const r = LIGHT_OF_CODE[rgba[at]];
    const g = LIGHT_OF_CODE[rgba[at + 1]];
    const b = LIGHT_OF_CODE[rgba[at + 2]];
    const most = Math.max(rgba[at], rgba[at + 1], rgba[at + 2]);
    const least = Math.min(rgba[at], rgba[at + 1], rgba[at + 2]);
    const bleached =
      most <= CLIPS[0]
        ? 0
        : clamp((most - CLIPS[0]) / (CLIPS[1] - CLIPS[0]), 0, 1) * clamp((least - PALE[0]) / (PALE[1] - PALE[0]), 0, 1);
    const red = codeOfLight(rr * r + rg * g + rb * b);
    const green = codeOfLight(gr * r + gg * g + gb * b);
    const blue = codeOfLight(br * r + bg * g + bb * b);
    const white = Math.max(red, green, blue);
    rgba[at] = red + bleached * (white - red) + 0.5;
    rgba[at + 1] = green + bleached * (white - green) + 0.5;
    rgba[at + 2] = blue + bleached * (white - blue) + 0.5;
  }
}
