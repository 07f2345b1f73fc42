/**
 * The mannequin enlarged to a photo with the grain of a phone's camera, so that it compresses as photos do: 5 MB as JPEG
 * for 12 megapixels, where the smooth rendering has 0.6.
 */
import sharp from 'sharp';
import { seededGenerator } from '../../packages/core/src/random/generator.ts';

const GRAIN_CODES = 2.5;

/** Bytes of a JPEG; another width gives another grain. */
export async function grainyPhoto(width: number, height: number): Promise<Uint8Array> {
  const smooth = sharp('packages/web/public/mannequin.jpg').resize(width, height).removeAlpha().raw();
  const samples = new Uint8ClampedArray(await smooth.toBuffer());
  const random = seededGenerator(width);
  for (let i = 0; i < samples.length; i += 3) {
    // Three uniform numbers are near enough to a normal one; their sum has an sd of a half.
    const grain = 2 * GRAIN_CODES * (random() + random() + random() - 1.5);
    for (let c = i; c < i + 3; c++) samples[c] = samples[c]! + grain;
  }
  return sharp(samples, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toBuffer();
}
