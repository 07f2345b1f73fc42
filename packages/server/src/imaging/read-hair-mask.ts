/**
 * Reads the hair mask that a person painted beside a photo: a PNG of the upright photo's size, white where hair is.
 *
 * Greys stay soft edges; what is transparent is not hair. Colours count by their lightest channel, so that a mask
 * painted in red on black works too.
 */
import { Refusal } from '@stipple/core/units/refusal.ts';
import { layOver } from '@stipple/files/photo/lay-over.ts';
import { readPictureFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { decodeSamples } from './decode-photo.ts';

/**
 * widthPx * heightPx bytes, 255 is hair.
 * @throws Refusal 'mask-mismatch' when it is no PNG or of another size, and as `decodePhoto`
 */
export async function readHairMask(bytes: Uint8Array, widthPx: number, heightPx: number): Promise<Uint8Array> {
  const facts = readPictureFacts(bytes);
  if (facts.type !== 'png') throw new Refusal('mask-mismatch', `a ${facts.type.toUpperCase()} file`);
  if (facts.widthPx !== widthPx || facts.heightPx !== heightPx) {
    const sizes = `${facts.widthPx} x ${facts.heightPx} instead of ${widthPx} x ${heightPx} pixels`;
    throw new Refusal('mask-mismatch', sizes);
  }
  const rgba = await decodeSamples(bytes, facts);
  layOver(0, rgba);
  const mask = new Uint8Array(widthPx * heightPx);
  for (let i = 0; i < mask.length; i++) mask[i] = Math.max(rgba[4 * i]!, rgba[4 * i + 1]!, rgba[4 * i + 2]!);
  return mask;
}
