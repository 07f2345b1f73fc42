import type { HeadMeasure, TapeKind } from '@stipple/core/head/head-shape.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import { PresentationPicker } from './presentation-picker.tsx';
import { TapeScale } from './tape-scale.tsx';

/** What the form holds: texts as typed, so that nothing typed is ever lost or silently changed. */
export interface PlanFormState {
  readonly tapes: Readonly<Record<TapeKind, string>>;
  readonly sex: 'm' | 'f';
  readonly age: string;
  readonly presentation: Presentation;
  readonly sessions: 2 | 3 | 4;
  readonly start: string;
}

export const EMPTY_FORM: PlanFormState = {
  tapes: { circumference: '', sagittal: '', coronal: '', length: '', breadth: '' },
  sex: 'm',
  age: '',
  presentation: { kind: 'norwood', stage: 6 },
  sessions: 3,
  start: '',
};

/** The form with the mannequin's measure and age where nothing was typed. */
export const filledForExample = (form: PlanFormState): PlanFormState => ({
  ...form,
  tapes: { ...form.tapes, circumference: form.tapes.circumference || '575' },
  age: form.age || '36',
});

const CIRCUMFERENCE = {
  kind: 'circumference',
  label: 'Around the head',
  how: 'just above the brows and over the fullest part behind',
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
/** Repeatability of a soft tape and of a calliper in trained hands, mm (estimate). */
const TAPE_SD_MM = 3;
const CALLIPER_SD_MM = 1.5;

/** The number typed, null for none; NaN when it is no length. */
function lengthOf(text: string): number | null {
  const plain = text.trim().replace(',', '.');
  if (plain === '') return null;
  const valueMm = Number(plain);
  return valueMm > 0 && Number.isFinite(valueMm) ? valueMm : Number.NaN;
}

/** The measures typed so far, or the label of the one that is no number. */
function readMeasures(form: PlanFormState): { measures: HeadMeasure[] } | { faulty: string } {
  const measures: HeadMeasure[] = [];
  for (const { kind, label } of [CIRCUMFERENCE, ...MORE_TAPES]) {
    const valueMm = lengthOf(form.tapes[kind]);
    if (valueMm === null) continue;
    if (Number.isNaN(valueMm)) return { faulty: label };
    const isCalliper = kind === 'length' || kind === 'breadth';
    measures.push({
      kind,
      valueMm,
      sdMm: isCalliper ? CALLIPER_SD_MM : TAPE_SD_MM,
      source: isCalliper ? 'calliper' : 'soft tape',
    });
  }
  return { measures };
}

/** The order as the form stands, or the part of it that cannot be used and why. */
export function requestOf(form: PlanFormState): PlanRequest | { fault: string; at: 'tape' | 'age' } {
  const read = readMeasures(form);
  if ('faulty' in read) return { at: 'tape', fault: `“${read.faulty}” is not a number of millimetres.` };
  const ageYears = form.age.trim() === '' ? null : Number(form.age);
  if (ageYears !== null && !(Number.isInteger(ageYears) && ageYears >= 18 && ageYears <= 100)) {
    return {
      at: 'age',
      fault: 'Scalp micropigmentation is for adults: give an age from 18 to 100, or leave it empty.',
    };
  }
  return {
    client: { sex: form.sex, ageYears },
    measures: read.measures,
    presentation: form.presentation,
    sessions: form.sessions,
    reason: null,
    start: form.start || null,
    timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    seed: 7,
  };
}

interface PlanFormProps {
  readonly form: PlanFormState;
  readonly onChange: (form: PlanFormState) => void;
  readonly isReady: boolean;
  readonly isWorking: boolean;
  readonly onMake: (request: PlanRequest) => void;
}

/** Steps 2 and 3: the tape, the client, the treatment; then the button. */
export function PlanForm({ form, onChange, isReady, isWorking, onMake }: PlanFormProps) {
  const request = requestOf(form);
  const fault = 'fault' in request ? request : null;
  const hasMeasure = Object.values(form.tapes).some((text) => text.trim() !== '');
  const circumferenceMm = lengthOf(form.tapes.circumference);
  const tape = ({ kind, label, how, usual }: (typeof MORE_TAPES)[number]) => (
    <label class="field" key={kind}>
      <span>{label}</span>
      <span class="with-unit">
        <input
          name={kind}
          inputMode="decimal"
          autocomplete="off"
          value={form.tapes[kind]}
          placeholder={usual}
          onInput={(event) => onChange({ ...form, tapes: { ...form.tapes, [kind]: event.currentTarget.value } })}
        />
        <span class="unit">mm</span>
      </span>
      <small>{how}</small>
    </label>
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!('fault' in request)) onMake(request);
      }}
    >
      <section class="step" aria-labelledby="step-tape">
        <h2 id="step-tape">
          <span class="step-number">2</span> Tape measure
        </h2>
        {tape(CIRCUMFERENCE)}
        <TapeScale fromMm={490} toMm={660} usualMm={[540, 610]} valueMm={circumferenceMm} />
        <details>
          <summary>More measures make the numbers surer</summary>
          <div class="fields">{MORE_TAPES.map(tape)}</div>
        </details>
        {fault?.at === 'tape' ? (
          <p class="fault" role="alert">
            {fault.fault}
          </p>
        ) : (
          !hasMeasure && (
            <p class="hint">Without a measure you get pictures, but no millimetres, areas or prices: not to scale.</p>
          )
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
        <button class="button button-main" type="submit" disabled={!isReady || isWorking || fault !== null}>
          {isWorking ? 'Working …' : 'Make the plan'}
        </button>
      </div>
    </form>
  );
}
