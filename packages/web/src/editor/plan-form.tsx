import { ColourFiles } from './colour-files.tsx';
import { DotEvenness } from './dot-evenness.tsx';
import { FadeDrivers } from './fade-drivers.tsx';
import { labelOf, MeasureStep, ZoneTapes } from './measure-step.tsx';
import { PresentationPicker } from './presentation-picker.tsx';
import type { FormFault, PlanFormState } from './request-of.ts';
import type { PlanState } from './use-plan.ts';
import type { useScan } from './use-scan.ts';

interface PlanFormProps {
  readonly form: PlanFormState;
  readonly onChange: (form: PlanFormState) => void;
  readonly fault: FormFault | null;
  /** Of the plan last asked for: what it says of a measure stands beside that measure. */
  readonly refusal: PlanState['refusal'];
  readonly scanning: ReturnType<typeof useScan>;
  readonly hasDistance: boolean;
  readonly isReady: boolean;
  readonly isWorking: boolean;
  readonly onMake: () => void;
}

/** Steps 2 and 3: the tape, the client, the treatment; then the button. */
export function PlanForm(props: PlanFormProps) {
  const { form, onChange, fault, refusal, scanning, hasDistance, isReady, isWorking, onMake } = props;
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        onMake();
      }}
    >
      <MeasureStep form={form} onChange={onChange} refusal={refusal} scanning={scanning} hasDistance={hasDistance} />

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
        <ZoneTapes form={form} onChange={onChange} refusal={refusal} />
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
        <DotEvenness value={form.unevenness} onChange={(unevenness) => onChange({ ...form, unevenness })} />
        <FadeDrivers value={form.fading} onChange={(fading) => onChange({ ...form, fading })} />
        <ColourFiles form={form} onChange={onChange} />
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
