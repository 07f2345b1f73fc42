import type { PhotoBox } from '../workers/plan-messages.ts';
import type { ShownPicture } from './use-plan.ts';

interface CroppedPictureProps {
  readonly picture: ShownPicture;
  /** The part to show, px of the photo; must lie inside the picture. */
  readonly part: PhotoBox;
  readonly alt: string;
}

/** A part of a picture in a frame of that part's proportions. */
export function CroppedPicture({ picture: { url, box }, part, alt }: CroppedPictureProps) {
  const percent = (share: number): string => `${100 * share}%`;
  return (
    <div class="cropped" style={`aspect-ratio: ${part.widthPx} / ${part.heightPx}`}>
      <img
        src={url}
        alt={alt}
        style={{
          width: percent(box.widthPx / part.widthPx),
          left: percent((box.leftPx - part.leftPx) / part.widthPx),
          top: percent((box.topPx - part.topPx) / part.heightPx),
        }}
      />
    </div>
  );
}
