/**
 * The page: one photo and a tape measure in, the honest result and the whole plan out.
 *
 * Everything is computed in this browser by the same core as on the command line; the page speaks to no other host.
 */
import { render } from 'preact';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { openPhoto } from './open-photo.ts';
import { leftOutWord, PhotoPicker, refusedWord, type PhotoWord } from './photo-picker.tsx';
import { PlanForm } from './plan-form.tsx';
import { changedParts, EMPTY_FORM, filledForExample, requestOf } from './request-of.ts';
import { Result } from './result.tsx';
import { usePlan } from './use-plan.ts';

interface ChosenPhoto {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly url: string;
}

const isSamePhoto = (a: Uint8Array, b: Uint8Array): boolean =>
  a === b || (a.length === b.length && a.every((byte, i) => byte === b[i]));

function Studio() {
  const { state, makePlan, files, reset } = usePlan();
  const [form, setForm] = useState(EMPTY_FORM);
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null);
  const [word, setWord] = useState<PhotoWord | null>(null);
  const stage = useRef<HTMLElement>(null);

  useEffect(() => () => void (photo && URL.revokeObjectURL(photo.url)), [photo]);
  useEffect(() => {
    // On a narrow screen the result lies below the form: bring it into view when work begins.
    if (state.status === 'working') stage.current?.scrollIntoView({ block: 'nearest' });
  }, [state.status]);

  const { order } = state;
  const request = requestOf(form);
  const isOtherPhoto = useMemo(() => !!order && !!photo && !isSamePhoto(order.photo, photo.bytes), [order, photo]);
  const changes = [
    ...(isOtherPhoto ? ['photo'] : []),
    ...(!order ? [] : 'fault' in request ? ['an entry to look at again'] : changedParts(order.request, request)),
  ];

  const take = async ([first, ...others]: readonly File[]): Promise<Uint8Array | null> => {
    if (!first) return null;
    try {
      const bytes = await openPhoto(first);
      // A finished plan stays until another is asked for; anything less was about the photo that goes.
      if (state.status !== 'done') reset();
      setPhoto({ name: first.name, bytes, url: URL.createObjectURL(first) });
      setWord(others.length > 0 ? leftOutWord(first, others) : null);
      return bytes;
    } catch (error) {
      setWord(refusedWord(first, error, photo !== null));
      return null;
    }
  };
  /** The button pressed will be gone or out of use: the keyboard goes on where the result will be. */
  const focusStage = (): void => {
    if (document.activeElement instanceof HTMLButtonElement) stage.current?.focus({ preventScroll: true });
  };
  const make = (): void => {
    if (!photo || 'fault' in request) return;
    focusStage();
    setWord(null);
    makePlan(request, photo.bytes);
  };
  const showExample = async (): Promise<void> => {
    focusStage();
    const answer = await fetch('/mannequin.jpg');
    const bytes = await take([new File([await answer.blob()], 'mannequin.jpg')]);
    const filled = filledForExample(form);
    setForm(filled);
    const example = requestOf(filled);
    if (bytes && !('fault' in example)) makePlan(example, bytes);
  };

  return (
    <div
      class="page"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        void take([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      <header class="top">
        <img src="/icon.svg" alt="" width="38" height="38" />
        <div>
          <h1>Stipple</h1>
          <p>From a photo to a plan</p>
        </div>
        <p class="top-note">Computed in this browser. The photo goes nowhere; it leaves only in what you download.</p>
      </header>
      <div class="rule" aria-hidden="true" />
      <main class="layout">
        <div class="side">
          <PhotoPicker
            photoName={photo?.name ?? null}
            thumbnailUrl={photo?.url ?? null}
            word={word}
            onFiles={(chosen) => void take(chosen)}
          />
          <PlanForm
            form={form}
            onChange={setForm}
            fault={'fault' in request ? request : null}
            isReady={photo !== null}
            isWorking={state.status === 'working'}
            onMake={make}
          />
        </div>
        <section class="stage" ref={stage} tabIndex={-1} aria-label="Result">
          <Result
            state={state}
            files={files}
            photoUrl={photo?.url ?? null}
            changes={changes}
            onAgain={'fault' in request ? null : make}
            onExample={() => void showExample()}
          />
        </section>
      </main>
    </div>
  );
}

const root = document.getElementById('app');
if (root) render(<Studio />, root);
