import { useEffect, useRef, useState } from 'preact/hooks';
import { FileInput } from './file-input.tsx';
import type { HeadPhoto } from './head-photo.ts';
import { drawnInWords } from './mark-session.ts';
import type { PhotoState } from './photo-state.ts';
import type { PhotoWord } from './use-photos.ts';
import { ViewSketch } from './view-sketch.tsx';
import { HEAD_VIEWS, VIEW_NAMES, type ViewName } from './views.ts';

interface PhotoCardsProps {
  readonly photos: readonly HeadPhoto[];
  readonly words: readonly PhotoWord[];
  readonly stateOf: (photo: HeadPhoto) => PhotoState;
  readonly onFile: (view: ViewName, file: File) => void;
  readonly onMark: (view: ViewName) => void;
  readonly onRemove: (view: ViewName) => void;
}

const ACCEPTED = 'image/jpeg,image/png,image/webp,image/heic,image/heif,.heic,.heif';

/** Where photos come in: dropped, chosen, or taken with the tablet's camera; the front first, further views after it. */
export function PhotoCards({ photos, words, stateOf, onFile, onMark, onRemove }: PhotoCardsProps) {
  const front = useRef<HTMLInputElement>(null);
  const other = useRef<HTMLInputElement>(null);
  const plan = useRef<HTMLInputElement>(null);
  const asked = useRef<ViewName>('bowed');
  const said = useRef<HTMLParagraphElement>(null);
  const [isOver, setIsOver] = useState(false);
  // Files may be dropped anywhere on the page: what became of them must be seen.
  useEffect(() => said.current?.scrollIntoView({ block: 'nearest' }), [words]);
  const pick = (view: ViewName): void => {
    asked.current = view;
    (view === 'front' ? front : other).current?.click();
  };
  const missing = VIEW_NAMES.filter((view) => view !== 'front' && photos.every((photo) => photo.view !== view));
  const hasFront = photos.some(({ view }) => view === 'front');
  return (
    <section class="step" aria-labelledby="step-photo">
      <h2 id="step-photo">
        <span class="step-number">1</span> {photos.length > 1 ? 'Photos' : 'Photo'}
      </h2>
      <div
        class={`drop ${isOver ? 'drop-over' : ''} ${photos.length > 0 ? 'drop-full' : ''}`}
        onDragOver={() => setIsOver(true)}
        onDragLeave={() => setIsOver(false)}
        onDrop={() => setIsOver(false)}
      >
        {!hasFront && (
          <div class="photo-card">
            <DropSketch />
            <div class="drop-text">
              <p>{photos.length > 0 ? 'No photo from the front yet' : 'Drop a photo here'}</p>
              <button type="button" class="button" onClick={() => pick('front')}>
                Choose a photo
              </button>
            </div>
          </div>
        )}
        {photos.map((photo) => (
          <PhotoCard
            key={photo.view}
            photo={photo}
            state={stateOf(photo)}
            onReplace={() => pick(photo.view)}
            onMark={() => onMark(photo.view)}
            onRemove={() => onRemove(photo.view)}
          />
        ))}
        <FileInput
          input={front}
          id="photo-input"
          label="Photo file"
          accept={ACCEPTED}
          onChosen={(file) => onFile('front', file)}
        />
        <FileInput
          input={other}
          id="view-input"
          label="File of a further view"
          accept={ACCEPTED}
          onChosen={(file) => onFile(asked.current, file)}
        />
        <FileInput
          input={plan}
          id="plan-input"
          label="Plan file"
          accept=".json,.zip"
          onChosen={(file) => onFile('front', file)}
        />
      </div>
      {words.map((word) => (
        <p
          key={word.text}
          ref={said}
          class={word.isFault ? 'fault' : 'hint'}
          role={word.isFault ? 'alert' : 'status'}
          data-code={word.code}
        >
          {word.text}
        </p>
      ))}
      {photos.length === 0 && (
        <p class="hint">
          {HEAD_VIEWS.front.hint}{' '}
          <button type="button" class="link" onClick={() => plan.current?.click()}>
            Open a saved plan
          </button>
        </p>
      )}
      {photos.length > 0 && missing.length > 0 && (
        <div class="add-views" role="group" aria-labelledby="add-views-title">
          <p id="add-views-title" class="label">
            Add another view
          </p>
          <div class="view-chips">
            {missing.map((view) => (
              <button
                key={view}
                type="button"
                class="view-chip"
                title={HEAD_VIEWS[view].hint}
                onClick={() => pick(view)}
              >
                <ViewSketch view={view} />
                <span>
                  {HEAD_VIEWS[view].label}
                  <small>{HEAD_VIEWS[view].use}</small>
                </span>
              </button>
            ))}
          </div>
        </div>
      )}
    </section>
  );
}

interface PhotoCardProps {
  readonly photo: HeadPhoto;
  readonly state: PhotoState;
  readonly onReplace: () => void;
  readonly onMark: () => void;
  readonly onRemove: () => void;
}

function PhotoCard({ photo: { view, fileName, url, drawn }, state, onReplace, onMark, onRemove }: PhotoCardProps) {
  const { label, hint } = HEAD_VIEWS[view];
  const marked = drawnInWords(drawn);
  const mark = state.needsPoints ? 'Mark points' : 'Mark';
  return (
    <article class="photo-card" aria-label={`${label}: ${fileName}`} data-view={view}>
      <img class="drop-thumb" src={url} alt={`The chosen photo, ${label.toLowerCase()}`} />
      <div class="drop-text">
        <p class="photo-name">
          <strong>{label}</strong> <span>{fileName}</span>
        </p>
        <p class={`photo-state photo-${state.kind}`} role="status" data-code={state.code}>
          {state.text}
        </p>
        {state.kind === 'unplaced' && !state.needsPoints && <p class="hint">{hint}</p>}
        {marked && <p class="photo-marked">Marked: {marked}</p>}
        <div class="photo-actions">
          <button
            type="button"
            class={state.needsPoints ? 'button' : 'link'}
            aria-label={`${mark}, ${label}`}
            onClick={onMark}
          >
            {mark}
          </button>
          <button type="button" class="link" aria-label={`Replace, ${label}`} onClick={onReplace}>
            Replace
          </button>
          <button type="button" class="link" aria-label={`Remove, ${label}`} onClick={onRemove}>
            Remove
          </button>
        </div>
      </div>
    </article>
  );
}

/** A bowed head in a frame: what a good photo looks like. */
function DropSketch() {
  return (
    <svg class="drop-thumb" viewBox="0 0 72 84" role="img" aria-label="A head bowed a little, seen from the front">
      <path
        class="sketch-frame"
        d="M4 16V8a4 4 0 0 1 4-4h8M56 4h8a4 4 0 0 1 4 4v8M68 68v8a4 4 0 0 1-4 4h-8M16 80H8a4 4 0 0 1-4-4v-8"
      />
      <path class="sketch-line" d="M16 42c0-18 8-28 20-28s20 10 20 28c0 14-9 27-20 27S16 56 16 42Z" />
      <path
        class="sketch-line"
        d="M15.5 43c-3-2-5 0-4 4s3 7 5 6M56.5 43c3-2 5 0 4 4s-3 7-5 6M26 49c2-2 6-2 8 0M38 49c2-2 6-2 8 0M36 50v7M31 63c3 2 7 2 10 0"
      />
      <path
        class="sketch-hair"
        d="M20 37c3-7 9-9 16-9s13 2 16 9M22 30c4-6 9-8 14-8s10 2 14 8M28 22c3-2 5-2.5 8-2.5s5 .5 8 2.5"
      />
    </svg>
  );
}
