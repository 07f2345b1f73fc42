import { useCallback, useRef, useState } from 'preact/hooks';
import type { ShownPicture } from './use-plan.ts';

interface CompareSliderProps {
  readonly before: ShownPicture;
  readonly after: ShownPicture;
  readonly afterName: string;
}

/**
 * Before and after in one frame, divided where the hand puts it. Pointer, touch and arrow keys; a press on the
 * picture at 1:1 shows the pixels as they are, because a healed result is judged close up.
 */
export function CompareSlider({ before, after, afterName }: CompareSliderProps) {
  const frame = useRef<HTMLDivElement>(null);
  const [share, setShare] = useState(0.5);
  const [isActual, setIsActual] = useState(false);
  const place = useCallback((clientX: number) => {
    const box = frame.current?.getBoundingClientRect();
    if (box) setShare(Math.min(1, Math.max(0, (clientX - box.left) / box.width)));
  }, []);
  const size = isActual ? { width: `${before.widthPx}px` } : {};
  return (
    <div class="compare">
      <div class={isActual ? 'compare-scroll' : ''}>
        <div
          ref={frame}
          class="compare-frame"
          style={{ ...size, aspectRatio: `${before.widthPx} / ${before.heightPx}` }}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            place(event.clientX);
          }}
          onPointerMove={(event) => {
            if (event.buttons) place(event.clientX);
          }}
        >
          <img src={after.url} alt={afterName} draggable={false} />
          <img
            src={before.url}
            alt="Before"
            draggable={false}
            style={{ clipPath: `inset(0 ${(1 - share) * 100}% 0 0)` }}
          />
          <div class="compare-line" style={{ left: `${share * 100}%` }} aria-hidden="true">
            <span />
          </div>
          <span class="tag tag-left">Before</span>
          <span class="tag tag-right">{afterName}</span>
        </div>
      </div>
      <div class="compare-controls">
        <label class="compare-range">
          <span class="visually-hidden">Share of the picture that shows the photo before</span>
          <input
            type="range"
            min="0"
            max="100"
            value={Math.round(share * 100)}
            onInput={(event) => setShare(Number(event.currentTarget.value) / 100)}
          />
        </label>
        <button type="button" class="link" aria-pressed={isActual} onClick={() => setIsActual(!isActual)}>
          {isActual ? 'Fit to the page' : 'Actual pixels'}
        </button>
      </div>
    </div>
  );
}
