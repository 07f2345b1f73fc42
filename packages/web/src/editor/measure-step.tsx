import { MEASURE_KINDS, takeMeasure } from '@stipple/core/head/take-measure.ts';
import { takeZoneTape, ZONE_TAPE_KINDS } from '@stipple/core/head/zone-tape.ts';
import { Fold } from './fold.tsx';
import { judgeTape } from './judge-tape.ts';
import { isZoneTape, MEASURE_FIELDS, saidOfMeasures, type FieldKind } from './measure-fields.ts';
import { takesZoneTapes, withTape, type FormFault, type PlanFormState } from './request-of.ts';
import { SCAN_LABEL, ScanPicker } from './scan-picker.tsx';
import { TapeErrors, TapeField } from './tape-fields.tsx';
import { TapeScale } from './tape-scale.tsx';
import type { PlanState } from './use-plan.ts';
import type { useScan } from './use-scan.ts';

interface MeasureStepProps {
  readonly form: PlanFormState;
  readonly onChange: (form: PlanFormState) => void;
  readonly refusal: PlanState['refusal'];
  readonly scanning: ReturnType<typeof useScan>;
  /** Whether a distance is marked on a photo, which gives the scale as well. */
  readonly hasDistance: boolean;
}

const MORE = MEASURE_KINDS.filter((kind) => kind !== 'circumference');
const isTyped = ({ tapes }: PlanFormState, kind: FieldKind): boolean => tapes[kind].first.trim() !== '';
const fieldOf = (kind: FieldKind): FieldKind => kind;

/** The middle 95 % to either side of one reading, mm. */
const usualErrorMm = (kind: FieldKind): number =>
  2 * (isZoneTape(kind) ? takeZoneTape(kind, 100) : takeMeasure(kind, 100)).sdMm;

/** Step 2: the tape around the head; what makes it surer; a scan for whoever has one. */
export function MeasureStep({ form, onChange, refusal, scanning, hasDistance }: MeasureStepProps) {
  const said = saidOfMeasures(refusal);
  const tape = (kind: FieldKind) => (
    <TapeField
      key={kind}
      kind={kind}
      typed={form.tapes[kind]}
      contradiction={said[kind] ?? null}
      onType={(part, text) => onChange(withTape(form, kind, part, text))}
    />
  );
  const typed = [...MEASURE_KINDS, ...(takesZoneTapes(form.presentation) ? ZONE_TAPE_KINDS : [])]
    .map(fieldOf)
    .filter((kind) => isTyped(form, kind));
  const isMeasured = typed.length > 0 || scanning.scan !== null || hasDistance;
  return (
    <section class="step" aria-labelledby="step-tape">
      <h2 id="step-tape">
        <span class="step-number">2</span> Tape measure
      </h2>
      {tape('circumference')}
      <TapeScale
        fromMm={490}
        toMm={660}
        usualMm={[540, 610]}
        valueMm={judgeTape('circumference', form.tapes.circumference.first).valueMm}
        againMm={judgeTape('circumference', form.tapes.circumference.second).valueMm}
      />
      <Fold summary="More measures make the numbers surer" isNeeded={MORE.some((kind) => said[kind])}>
        <div class="fields">{MORE.map(tape)}</div>
      </Fold>
      {typed.length > 0 && (
        <TapeErrors
          kinds={typed}
          tapes={form.tapes}
          usualMm={usualErrorMm}
          onType={(kind, text) => onChange(withTape(form, kind, 'error', text))}
        />
      )}
      <ScanPicker {...scanning} />
      {!isMeasured && (
        <p class="hint">Without a measure you get pictures, but no millimetres, areas or prices: not to scale.</p>
      )}
    </section>
  );
}

/** Tapes over the bald part itself, for the stages that have one. */
export function ZoneTapes({ form, onChange, refusal }: Pick<MeasureStepProps, 'form' | 'onChange' | 'refusal'>) {
  if (!takesZoneTapes(form.presentation)) return null;
  const said = saidOfMeasures(refusal);
  return (
    <Fold
      summary="Lay the tape over the bald part: its area becomes surer"
      isNeeded={ZONE_TAPE_KINDS.some((kind) => said[kind])}
    >
      <div class="fields">
        {ZONE_TAPE_KINDS.map((kind) => (
          <TapeField
            key={kind}
            kind={kind}
            typed={form.tapes[kind]}
            contradiction={said[kind] ?? null}
            onType={(part, text) => onChange(withTape(form, kind, part, text))}
          />
        ))}
      </div>
    </Fold>
  );
}

export function labelOf(at: FormFault['at']): string {
  if (at === 'age') return 'Age';
  return at === 'scan' ? SCAN_LABEL : MEASURE_FIELDS[at].label;
}
