import { judgeError, judgeTape } from './judge-tape.ts';
import { isZoneTape, MEASURE_FIELDS, type FieldKind } from './measure-fields.ts';
import { MeasureFigure } from './measure-figure.tsx';
import type { MeasurePart, TypedMeasure } from './request-of.ts';

interface TapeFieldProps {
  readonly kind: FieldKind;
  readonly typed: TypedMeasure;
  /** What the plan said of this measure; null when it agreed or was not asked. */
  readonly contradiction: string | null;
  readonly onType: (part: MeasurePart, text: string) => void;
}

/** One measure: where the tape runs, what it reads, and what it reads the second time. */
export function TapeField({ kind, typed, contradiction, onType }: TapeFieldProps) {
  const { label, how, usual } = MEASURE_FIELDS[kind];
  const first = judgeTape(kind, typed.first);
  const second = judgeTape(kind, typed.second);
  const fault = first.fault ?? second.fault;
  const isTwice = !isZoneTape(kind) && (typed.first.trim() !== '' || typed.second.trim() !== '');
  return (
    <div class="tape-field" data-measure={kind}>
      <MeasureFigure kind={kind} />
      <div class={`tape-readings ${isTwice ? 'tape-twice' : ''}`}>
        <label class="field">
          <span>{label}</span>
          <span class="with-unit">
            <input
              name={kind}
              inputMode="decimal"
              autocomplete="off"
              value={typed.first}
              placeholder={usual}
              aria-invalid={first.fault !== null || contradiction !== null}
              aria-describedby={`${kind}-note`}
              onInput={(event) => onType('first', event.currentTarget.value)}
            />
            <span class="unit">mm</span>
          </span>
        </label>
        {isTwice && (
          <label class="field">
            <span>Again</span>
            <span class="with-unit">
              <input
                name={`${kind}-again`}
                aria-label={`Measured twice: the second reading, ${kind}`}
                inputMode="decimal"
                autocomplete="off"
                value={typed.second}
                placeholder="2nd"
                aria-invalid={second.fault !== null}
                onInput={(event) => onType('second', event.currentTarget.value)}
              />
            </span>
          </label>
        )}
      </div>
      <small id={`${kind}-note`} class={fault || contradiction ? 'fault' : ''} aria-live="polite">
        {fault ?? contradiction ?? how}
      </small>
    </div>
  );
}

interface TapeErrorsProps {
  readonly kinds: readonly FieldKind[];
  readonly tapes: Readonly<Record<FieldKind, TypedMeasure>>;
  readonly usualMm: (kind: FieldKind) => number;
  readonly onType: (kind: FieldKind, text: string) => void;
}

/** How far each reading may be off, for whoever knows it of their own tape. */
export function TapeErrors({ kinds, tapes, usualMm, onType }: TapeErrorsProps) {
  return (
    <details>
      <summary>How sure are these readings?</summary>
      <p class="hint">Left empty, each is taken to be as sure as its tool is in trained hands.</p>
      <div class="fields fields-errors">
        {kinds.map((kind) => {
          const { fault } = judgeError(tapes[kind].error);
          return (
            <label class="field" key={kind}>
              <span>± {MEASURE_FIELDS[kind].label.toLowerCase()}</span>
              <span class="with-unit">
                <input
                  name={`${kind}-error`}
                  aria-label={`Error of the ${kind} to either side`}
                  inputMode="decimal"
                  autocomplete="off"
                  value={tapes[kind].error}
                  placeholder={String(usualMm(kind))}
                  aria-invalid={fault !== null}
                  onInput={(event) => onType(kind, event.currentTarget.value)}
                />
                <span class="unit">mm</span>
              </span>
              {fault && (
                <small class="fault" aria-live="polite">
                  {fault}
                </small>
              )}
            </label>
          );
        })}
      </div>
    </details>
  );
}
