import { useRef, useState } from 'preact/hooks';

interface PhotoPickerProps {
  readonly photoName: string | null;
  readonly thumbnailUrl: string | null;
  readonly onPhoto: (file: File) => void;
  readonly onExample: () => void;
}

/** Where the photo comes in: dropped, chosen, taken with the tablet's camera, or the ready example. */
export function PhotoPicker({ photoName, thumbnailUrl, onPhoto, onExample }: PhotoPickerProps) {
  const input = useRef<HTMLInputElement>(null);
  const [isOver, setIsOver] = useState(false);
  return (
    <section class="step" aria-labelledby="step-photo">
      <h2 id="step-photo">
        <span class="step-number">1</span> Photo
      </h2>
      <div
        class={`drop ${isOver ? 'drop-over' : ''}`}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          const file = event.dataTransfer?.files[0];
          if (file) onPhoto(file);
        }}
      >
        {thumbnailUrl ? <img class="drop-thumb" src={thumbnailUrl} alt="The chosen photo" /> : <DropSketch />}
        <div class="drop-text">
          <p>{photoName ?? 'Drop a photo here'}</p>
          <div class="row">
            <button type="button" class="button" onClick={() => input.current?.click()}>
              {photoName ? 'Another photo' : 'Choose a photo'}
            </button>
            <button type="button" class="link" onClick={onExample}>
              Use the mannequin
            </button>
          </div>
        </div>
        <input
          ref={input}
          id="photo-input"
          type="file"
          accept="image/jpeg,image/png,image/webp"
          hidden
          onChange={(event) => {
            const file = event.currentTarget.files?.[0];
            if (file) onPhoto(file);
            event.currentTarget.value = '';
          }}
        />
      </div>
      <p class="hint">
        Best: from the front, head bowed 10 to 30 degrees, even light, the whole head in view, hair clipped. The photo
        stays in this browser.
      </p>
    </section>
  );
}

/** A bowed head in a frame: what a good photo looks like. */
function DropSketch() {
  return (
    <svg class="drop-thumb" viewBox="0 0 72 84" role="img" aria-label="A head bowed a little, seen from the front">
      <rect x="1" y="1" width="70" height="82" rx="8" class="sketch-frame" />
      <path class="sketch-line" d="M16 40c0-17 8-27 20-27s20 10 20 27c0 14-9 27-20 27S16 54 16 40Z" />
      <path class="sketch-line" d="M15 40c-3-2-5 0-4 4s3 7 5 6M57 40c3-2 5 0 4 4s-3 7-5 6M27 43c2-2 6-2 8 0M37 43c2-2 6-2 8 0M36 45v8M31 60c3 2 7 2 10 0" />
      <path class="sketch-hair" d="M21 34c3-6 9-8 15-8s12 2 15 8" />
    </svg>
  );
}
