/**
 * The page: one photo and a tape measure in, the honest result and the whole plan out.
 *
 * Everything is computed in this browser by the same core as on the command line; the page speaks to no other host.
 */
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import { render } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { PhotoPicker } from './photo-picker.tsx';
import { EMPTY_FORM, filledForExample, PlanForm, requestOf } from './plan-form.tsx';
import { Result } from './result.tsx';
import { usePlan } from './use-plan.ts';

interface ChosenPhoto {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly url: string;
}

function Studio() {
  const { state, makePlan, files, reset } = usePlan();
  const [form, setForm] = useState(EMPTY_FORM);
  const [photo, setPhoto] = useState<ChosenPhoto | null>(null);
  const [photoFault, setPhotoFault] = useState<string | null>(null);
  const stage = useRef<HTMLDivElement>(null);

  useEffect(() => () => void (photo && URL.revokeObjectURL(photo.url)), [photo]);
  useEffect(() => {
    // On a narrow screen the result lies below the form: bring it into view when work begins.
    if (state.status === 'working') stage.current?.scrollIntoView({ block: 'nearest' });
  }, [state.status]);

  const take = async (name: string, blob: Blob): Promise<Uint8Array | null> => {
    setPhotoFault(null);
    reset();
    try {
      const bytes = new Uint8Array(await blob.arrayBuffer());
      setPhoto({ name, bytes, url: URL.createObjectURL(blob) });
      return bytes;
    } catch {
      setPhotoFault('The file could not be read. Choose it again.');
      return null;
    }
  };
  const make = (request: PlanRequest): void => {
    if (photo) makePlan(request, photo.bytes);
  };
  const showExample = async (): Promise<void> => {
    const answer = await fetch('/mannequin.jpg');
    const bytes = await take('mannequin.jpg', await answer.blob());
    const filled = filledForExample(form);
    setForm(filled);
    const request = requestOf(filled);
    if (bytes && !('fault' in request)) makePlan(request, bytes);
  };

  return (
    <div
      class="page"
      onDragOver={(event) => event.preventDefault()}
      onDrop={(event) => {
        event.preventDefault();
        const file = event.dataTransfer?.files[0];
        if (file) void take(file.name, file);
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
            fault={photoFault}
            onPhoto={(file) => void take(file.name, file)}
          />
          <PlanForm
            form={form}
            onChange={setForm}
            isReady={photo !== null}
            isWorking={state.status === 'working'}
            onMake={make}
          />
        </div>
        <div class="stage" ref={stage}>
          <Result state={state} files={files} photoUrl={photo?.url ?? null} onExample={() => void showExample()} />
        </div>
      </main>
    </div>
  );
}

const root = document.getElementById('app');
if (root) render(<Studio />, root);
