import type { SoftMask } from './pixels.ts';

/**
 * A mask of the whole photo, one byte per pixel, as soft mask on the samples of another: each sample is the mean of the
 * pixels it covers (0 outside the photo). Throws RangeError when the mask has another size than the photo.
 */
export function maskFromPhoto(
  bytes: Uint8Array,
  widthPx: number,
  heightPx: number,
  { leftPx, topPx, sidePx, size }: Pick<SoftMask, 'leftPx' | 'topPx' | 'sidePx' | 'size'>,
): SoftMask {
  if (bytes.length !== widthPx * heightPx) {
    throw new RangeError(`a mask of ${bytes.length} bytes for ${widthPx} x ${heightPx} pixels`);
  }
  const values = new Uint8Array(size * size);
  const step = sidePx / size;
  const pixelsOf = (start: number, k: number): readonly [from: number, to: number] => {
    const from = Math.floor(start + k * step);
    return [from, Math.max(from + 1, Math.floor(start + (k + 1) * step))];
  };
  for (let j = 0; j < size; j++) {
    const [y0, y1] = pixelsOf(topPx, j);
    for (let i = 0; i < size; i++) {
      const [x0, x1] = pixelsOf(leftPx, i);
      let sum = 0;
      for (let y = Math.max(0, y0); y < Math.min(heightPx, y1); y++) {
        for (let x = Math.max(0, x0); x < Math.min(widthPx, x1); x++) sum += bytes[y * widthPx + x];
      }
      values[j * size + i] = Math.round(sum / ((x1 - x0) * (y1 - y0)));
    }
  }
  return { leftPx, topPx, sidePx, size, values };
}
