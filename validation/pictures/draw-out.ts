/** A photo that its source squeezed, as high again as its width and aspect say, with what was marked on it. */
import sharp from 'sharp';
import type { PhotoPlace } from '@stipple/core/plan/plan-request.ts';
import type { Anchor } from '@stipple/core/vision/view-evidence.ts';
import type { Pixels } from '@stipple/core/vision/pixels.ts';
import type { BaldMark, Portrait } from './read-photos.ts';

export interface MarkedPhoto {
  readonly photo: Pixels;
  readonly anchors: readonly Anchor[];
  readonly marks: readonly BaldMark[];
}

export async function drawOut(
  squeezed: Pixels,
  { aspect, anchors, marks }: Pick<Portrait, 'aspect' | 'anchors' | 'marks'>,
): Promise<MarkedPhoto> {
  if (aspect === null) return { photo: squeezed, anchors, marks };
  const { rgba, widthPx } = squeezed;
  const heightPx = Math.round(widthPx / aspect);
  const taller = heightPx / squeezed.heightPx;
  // Places are counted from the middle of the first pixel.
  const down = (yPx: number): number => (yPx + 0.5) * taller - 0.5;
  const drawn = await sharp(rgba, { raw: { width: widthPx, height: squeezed.heightPx, channels: 4 } })
    .resize(widthPx, heightPx, { fit: 'fill' })
    .raw()
    .toBuffer();
  return {
    photo: { widthPx, heightPx, rgba: drawn },
    anchors: anchors.map((anchor) => ({ ...anchor, yPx: down(anchor.yPx) })),
    marks: marks.map((mark) => ({ ...mark, outline: mark.outline.map(([x, y]): PhotoPlace => [x, down(y)]) })),
  };
}
