import { useState } from 'preact/hooks';
import type { PhotoBox } from '../workers/plan-messages.ts';
import { CroppedPicture } from './cropped-picture.tsx';
import type { ShownPicture } from './use-plan.ts';

interface CompareSliderProps {
  /** Both of the whole photo. */
  readonly before: ShownPicture;
  readonly after: ShownPicture;
  readonly afterName: string;
  readonly head: PhotoBox;
}

const ZOOMS = { photo: 'Whole photo', head: 'Head', pixels: 'Actual pixels' } as const;
type Zoom = keyof typeof ZOOMS;

/**
 * Before and after in one frame, divided where the hand puts it. The handle is a range input laid over the picture,
 * so pointer, touch and arrow keys come from the browser. 'Actual pixels' shows them as they are, because a healed
 * result is judged close up.
 */
export function CompareSlider({ before, after, afterName, head }: CompareSliderProps) {
  const [percent, setPercent] = useState(50);
  const [zoom, setZoom] = useState<Zoom>('photo');
  const part = zoom === 'photo' ? before.box : head;
  const width =
    zoom === 'pixels' ? `${part.widthPx / devicePixelRatio}px` : `min(100%, 78vh * ${part.widthPx / part.heightPx})`;
  return (
    <div class="compare">
      <div class={zoom === 'pixels' ? 'compare-scroll' : 'compare-fit'}>
        <div class="compare-frame" style={{ width }}>
          <CroppedPicture picture={after} part={part} alt={`${afterName}, simulated on the photo`} />
          <div class="compare-before" style={{ clipPath: `inset(0 ${100 - percent}% 0 0)` }}>
            <CroppedPicture picture={before} part={part} alt="The photo before" />
          </div>
          <input
            class="compare-input"
            type="range"
            min="0"
            max="100"
            value={percent}
            aria-label="Share of the picture that shows the photo before"
            aria-valuetext={`${percent} % before, ${100 - percent} % ${afterName.toLowerCase()}`}
            onInput={(event) => setPercent(Number(event.currentTarget.value))}
          />
          <div class="compare-line" style={{ left: `${percent}%` }} aria-hidden="true">
            <span />
          </div>
          <span class="tag tag-left" style={{ opacity: percent > 15 ? 1 : 0 }}>
            Before
          </span>
          <span class="tag tag-right" style={{ opacity: percent < 85 ? 1 : 0 }}>
            {afterName}
          </span>
        </div>
      </div>
      <div class="compare-controls">
        <p class="hint">Drag across the picture, or use the arrow keys.</p>
        <div class="row" role="group" aria-label="How close">
          {(Object.keys(ZOOMS) as Zoom[]).map((key) => (
            <button key={key} type="button" class="link" aria-pressed={key === zoom} onClick={() => setZoom(key)}>
              {ZOOMS[key]}
            </button>
          ))}
        </div>
      </div>
    </div>
  );
}
