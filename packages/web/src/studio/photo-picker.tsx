import { Refusal } from '@stipple/core/units/refusal.ts';
import { useEffect, useRef, useState } from 'preact/hooks';

/** What there is to say about the files last given. */
export interface PhotoWord {
  /** Of the refusal, if it is one. */
  readonly code: string | null;
  readonly isFault: boolean;
  readonly text: string;
}

export const leftOutWord = (first: File, others: readonly File[]): PhotoWord => ({
  code: null,
  isFault: false,
  text: `One photo is taken: ${first.name}. Left out: ${others.map(({ name }) => name).join(', ')}.`,
});

export function refusedWord({ name }: File, error: unknown, isOneKept: boolean): PhotoWord {
  const isRefusal = error instanceof Refusal;
  const why = isRefusal
    ? [error.detail && `${error.detail}.`, error.reason, error.remedy]
    : ['It could not be read.', 'Choose it again.'];
  const kept = isOneKept && 'The photo chosen before is kept.';
  return {
    code: isRefusal ? error.code : null,
    isFault: true,
    text: `${name}: ${[...why, kept].filter(Boolean).join(' ')}`,
  };
}

interface PhotoPickerProps {
  readonly photoName: string | null;
  readonly thumbnailUrl: string | null;
  readonly word: PhotoWord | null;
  readonly onFiles: (files: readonly File[]) => void;
}

/** Where the photo comes in: dropped, chosen, or taken with the tablet's camera. */
export function PhotoPicker({ photoName, thumbnailUrl, word, onFiles }: PhotoPickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const said = useRef<HTMLParagraphElement>(null);
  const [isOver, setIsOver] = useState(false);
  // Files may be dropped anywhere on the page: what became of them must be seen.
  useEffect(() => said.current?.scrollIntoView({ block: 'nearest' }), [word]);
  return (
    <section class="step" aria-labelledby="step-photo">
      <h2 id="step-photo">
        <span class="step-number">1</span> Photo
      </h2>
      <div
        class={`drop ${isOver ? 'drop-over' : ''}`}
        onDragOver={() => setIsOver(true)}
        onDragLeave={() => setIsOver(false)}
        onDrop={() => setIsOver(false)}
      >
        {thumbnailUrl ? <img class="drop-thumb" src={thumbnailUrl} alt="The chosen photo" /> : <DropSketch />}
        <div class="drop-text">
          <p>{photoName ?? 'Drop a photo here'}</p>
          <button type="button" class="button" onClick={() => input.current?.click()}>
            {photoName ? 'Another photo' : 'Choose a photo'}
          </button>
        </div>
        <input
          ref={input}
          id="photo-input"
          type="file"
          aria-label="Photo file"
          accept="image/jpeg,image/png,image/webp"
          hidden
          onChange={(event) => {
            onFiles([...(event.currentTarget.files ?? [])]);
            event.currentTarget.value = '';
          }}
        />
      </div>
      {word && (
        <p
          ref={said}
          class={word.isFault ? 'fault' : 'hint'}
          role={word.isFault ? 'alert' : 'status'}
          data-code={word.code}
        >
          {word.text}
        </p>
      )}
      <p class="hint">From the front, head bowed a little, even light, the whole head in view, hair clipped short.</p>
    </section>
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
