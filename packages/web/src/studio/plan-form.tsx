import type { TapeKind } from '@stipple/core/head/head-shape.ts';
import { judgeTape } from './judge-tape.ts';
import { PresentationPicker } from './presentation-picker.tsx';
import type { FormFault, PlanFormState } from './request-of.ts';
import { TapeScale } from './tape-scale.tsx';

const CIRCUMFERENCE = {
  kind: 'circumference',
  label: 'Around the head',
  how: 'just above the brows and over the fullest part behind; 57.5 cm on the tape is 575 mm here',
  usual: '540 to 610',
} as const;
const MORE_TAPES: readonly { kind: TapeKind; label: string; how: string; usual: string }[] = [
  {
    kind: 'sagittal',
    label: 'Front to back',
    how: 'from between the brows over the top to the bump at the back',
    usual: '320 to 380',
  },
  {
    kind: 'coronal',
    label: 'Ear to ear',
    how: 'from the notch before one ear over the top to the other',
    usual: '320 to 380',
  },
  { kind: 'length', label: 'Length', how: 'calliper, brow to back', usual: '180 to 215' },
  { kind: 'breadth', label: 'Breadth', how: 'calliper, widest above the ears', usual: '140 to 168' },
];
const labelOf = (at: TapeKind | 'age'): string =>
  [CIRCUMFERENCE, ...MORE_TAPES].find(({ kind }) => kind === at)?.label ?? 'Age';

interface PlanFormProps {
  readonly form: PlanFormState;
  readonly onChange: (form: PlanFormState) => void;
  readonly fault: FormFault | null;
  readonly isReady: boolean;
  readonly isWorking: boolean;
  readonly onMake: () => void;
}

/** Steps 2 and 3: the tape, the client, the treatment; then the button. */
export function PlanForm({ form, onChange, fault, isReady, isWorking, onMake }: PlanFormProps) {
  const hasMeasure = Object.values(form.tapes).some((text) => text.trim() !== '');
  const tape = ({ kind, label, how, usual }: (typeof MORE_TAPES)[number]) => {
    const verdict = judgeTape(kind, form.tapes[kind]);
    return (
      <label class="field" key={kind}>
        <span>{label}</span>
        <span class="with-unit">
          <input
            name={kind}
            inputMode="decimal"
            autocomplete="off"
            value={form.tapes[kind]}
            placeholder={usual}
            aria-invalid={verdict.fault !== null}
            onInput={(event) => onChange({ ...form, tapes: { ...form.tapes, [kind]: event.currentTarget.value } })}
          />
          <span class="unit">mm</span>
        </span>
        <small class={verdict.fault ? 'fault' : ''} aria-live="polite">
          {verdict.fault ?? how}
        </small>
      </label>
    );
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onMake();
      }}
    >
      <section class="step" aria-labelledby="step-tape">
        <h2 id="step-tape">
          <span class="step-number">2</span> Tape measure
        </h2>
        {tape(CIRCUMFERENCE)}
        <TapeScale
          fromMm={490}
          toMm={660}
          usualMm={[540, 610]}
          valueMm={judgeTape('circumference', form.tapes.circumference).valueMm}
        />
        <details>
          <summary>More measures make the numbers surer</summary>
          <div class="fields">{MORE_TAPES.map(tape)}</div>
        </details>
        {!hasMeasure && (
          <p class="hint">Without a measure you get pictures, but no millimetres, areas or prices: not to scale.</p>
        )}
      </section>

      <section class="step" aria-labelledby="step-plan">
        <h2 id="step-plan">
          <span class="step-number">3</span> Client and treatment
        </h2>
        <div class="row row-fields">
          <fieldset class="segmented">
            <legend>Sex</legend>
            {(['m', 'f'] as const).map((sex) => (
              <label key={sex} class={form.sex === sex ? 'on' : ''}>
                <input
                  type="radio"
                  name="sex"
                  checked={form.sex === sex}
                  onChange={() =>
                    onChange({
                      ...form,
                      sex,
                      presentation: sex === 'm' ? { kind: 'norwood', stage: 6 } : { kind: 'ludwig', stage: 2 },
                    })
                  }
                />
                {sex === 'm' ? 'Man' : 'Woman'}
              </label>
            ))}
          </fieldset>
          <label class="field field-short">
            <span>Age</span>
            <input
              name="age"
              inputMode="numeric"
              autocomplete="off"
              value={form.age}
              placeholder="years"
              onInput={(event) => onChange({ ...form, age: event.currentTarget.value })}
            />
          </label>
        </div>
        {fault?.at === 'age' && (
          <p class="fault" role="alert">
            {fault.fault}
          </p>
        )}
        <PresentationPicker
          sex={form.sex}
          value={form.presentation}
          onChange={(presentation) => onChange({ ...form, presentation })}
        />
        <div class="row row-fields">
          <fieldset class="segmented">
            <legend>Sessions</legend>
            {([3, 4] as const).map((sessions) => (
              <label key={sessions} class={form.sessions === sessions ? 'on' : ''}>
                <input
                  type="radio"
                  name="sessions"
                  checked={form.sessions === sessions}
                  onChange={() => onChange({ ...form, sessions })}
                />
                {sessions}
              </label>
            ))}
          </fieldset>
          <label class="field field-short">
            <span>First session</span>
            <input
              type="date"
              name="start"
              value={form.start}
              onInput={(event) => onChange({ ...form, start: event.currentTarget.value })}
            />
          </label>
        </div>
      </section>
      <div class="make">
        {fault && <p class="fault">Look again at “{labelOf(fault.at)}”.</p>}
        <button class="button button-main" type="submit" disabled={!isReady || isWorking || fault !== null}>
          {isWorking ? 'Working …' : 'Make the plan'}
        </button>
      </div>
    </form>
  );
}
