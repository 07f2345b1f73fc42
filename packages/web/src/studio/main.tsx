/**
 * The page of the walking skeleton: one photo and a tape measure in, the honest result and the whole plan out.
 *
 * Everything is computed in this browser by the same core as on the command line; the page speaks to no other host.
 */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { CompareSlider } from './compare-slider.tsx';
import { Downloads } from './downloads.tsx';
import { PhotoPicker } from './photo-picker.tsx';
import { EMPTY_FORM, PlanForm, readMeasures } from './plan-form.tsx';
import { PlanNumbers } from './plan-numbers.tsx';
import { usePlan, type PlanState } from './use-plan.ts';

const LOOKS: readonly { name: string; label: string; says: string }[] = [
  { name: 'healed', label: 'Healed', says: 'about six weeks after the last session' },
  { name: 'fresh', label: 'Fresh', says: 'right after the last session: darker and crisper than it will stay' },
  { name: 'year1', label: '1 year', says: 'estimate, not measured' },
  { name: 'year3', label: '3 years', says: 'estimate, not measured' },
  { name: 'year5', label: '5 years', says: 'estimate, not measured' },
];

function Studio() {
  const { state, makePlan, files, reset } = usePlan();
  const [form, setForm] = useState(EMPTY_FORM);
  const [photo, setPhoto] = useState<{ name: string; bytes: Uint8Array; url: string } | null>(null);
  const [photoFault, setPhotoFault] = useState<string | null>(null);

  useEffect(() => () => void (photo && URL.revokeObjectURL(photo.url)), [photo]);

  const take = async (name: string, blob: Blob): Promise<void> => {
    setPhotoFault(null);
    reset();
    try {
      setPhoto({ name, bytes: new Uint8Array(await blob.arrayBuffer()), url: URL.createObjectURL(blob) });
    } catch {
      setPhotoFault('The file could not be read. Choose it again.');
    }
  };
  const takeExample = async (): Promise<void> => {
    const answer = await fetch('/mannequin.jpg');
    await take('mannequin.jpg', await answer.blob());
    setForm((f) => (readMeasures(f) && f.tapes.circumference === '' ? { ...f, tapes: { ...f.tapes, circumference: '575' }, age: f.age || '36' } : f));
  };

  return (
    <>
      <header class="top">
        <img src="/icon.svg" alt="" width="36" height="36" />
        <div>
          <h1>Stipple</h1>
          <p>From a photo to a plan</p>
        </div>
        <p class="top-note">Computed in this browser. The photo leaves it only if you download the result.</p>
      </header>
      <main class="layout">
        <div class="side">
          <PhotoPicker
            photoName={photo?.name ?? null}
            thumbnailUrl={photo?.url ?? null}
            onPhoto={(file) => void take(file.name, file)}
            onExample={() => void takeExample()}
          />
          {photoFault && (
            <p class="fault" role="alert">
              {photoFault}
            </p>
          )}
          <PlanForm
            form={form}
            onChange={setForm}
            isReady={photo !== null}
            isWorking={state.status === 'working'}
            onMake={(order) => photo && makePlan({ ...order, photo: photo.bytes })}
          />
        </div>
        <div class="stage-side" aria-live="polite">
          <Result state={state} files={files} photoUrl={photo?.url ?? null} />
        </div>
      </main>
    </>
  );
}

interface ResultProps {
  readonly state: PlanState;
  readonly files: ReturnType<typeof usePlan>['files'];
  readonly photoUrl: string | null;
}

function Result({ state, files, photoUrl }: ResultProps) {
  const [look, setLook] = useState('healed');
  const before = state.pictures['before'];
  const healed = state.pictures['healed'];
  if (state.status === 'refused' && state.refusal) {
    const { detail, reason, remedy, code } = state.refusal;
    return (
      <div class="notice" role="alert" data-code={code}>
        <h2>{reason}</h2>
        {detail && <p>{detail}</p>}
        <p>{remedy}</p>
      </div>
    );
  }
  if (state.status === 'failed') {
    return (
      <div class="notice" role="alert">
        <h2>Stipple made a mistake.</h2>
        <p>Nothing was lost: the photo and what you typed are still there. Please report this text:</p>
        <pre>{state.failure}</pre>
      </div>
    );
  }
  if (!before || !healed) {
    return (
      <div class="empty">
        {photoUrl ? <img src={photoUrl} alt="The photo as it is" /> : <p>Choose a photo, or try the mannequin.</p>}
        {state.status === 'working' && (
          <p class="working" role="status">
            <span class="spinner" aria-hidden="true" /> {state.step} …
          </p>
        )}
      </div>
    );
  }
  const shown = state.pictures[look] ?? healed;
  const current = LOOKS.find((l) => l.name === look) ?? LOOKS[0]!;
  return (
    <>
      <div class="tabs" role="tablist" aria-label="When">
        {LOOKS.map(({ name, label }) => (
          <button
            key={name}
            type="button"
            role="tab"
            aria-selected={name === look}
            disabled={!state.pictures[name]}
            onClick={() => setLook(name)}
          >
            {label}
          </button>
        ))}
        <p>{current.says}</p>
      </div>
      {shown.panels.length > 0 ? (
        <figure class="years">
          <img src={shown.url} alt={`${current.label}: ${shown.panels.join(', ')}`} />
          <figcaption>
            {shown.panels.map((panel) => (
              <span key={panel}>{panel}</span>
            ))}
          </figcaption>
        </figure>
      ) : (
        <CompareSlider before={before} after={shown} afterName={current.label} />
      )}
      <p class="truth">
        A simulation of the plan below, drawn dot by dot on this photo. It grows no hair; it looks freshly shaved. The
        pigment fades over the years and may be impossible to remove completely.
      </p>
      {state.summary ? (
        <>
          <PlanNumbers summary={state.summary} />
          <Downloads files={files} />
        </>
      ) : (
        <p class="working" role="status">
          <span class="spinner" aria-hidden="true" /> {state.step} …
        </p>
      )}
    </>
  );
}

const root = document.getElementById('app');
if (root) render(<Studio />, root);
