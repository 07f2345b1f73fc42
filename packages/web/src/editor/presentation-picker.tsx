import type { LateralHump, Presentation, Temples } from '@stipple/core/scalp/scalp-design.ts';
import { Fold } from './fold.tsx';
import { choicesOf, withChoices } from './with-choices.ts';

interface PresentationPickerProps {
  readonly sex: 'm' | 'f';
  readonly value: Presentation;
  readonly onChange: (value: Presentation) => void;
}

type Stage = 1 | 2 | 3 | 4 | 5 | 6 | 7;
const ROMAN = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII'] as const;

/** Bald area seen from above, face down: what each Norwood stage looks like to the person holding the tape. */
const NORWOOD: Readonly<Record<Stage, string>> = {
  1: 'M20 63c5-5 10-6 16-6s11 1 16 6c-5 5-10 7-16 7s-11-2-16-7Z',
  2: 'M17 60c4-6 7-8 10-6 3 1 4 3 9 3s6-2 9-3c3-2 6 0 10 6-5 7-11 10-19 10s-14-3-19-10Z',
  3: 'M15 56c3-9 8-13 12-9 3 3 4 9 9 9s6-6 9-9c4-4 9 0 12 9-4 9-12 14-21 14s-17-5-21-14Z',
  4: 'M14 55c2-13 9-18 13-12 3 4 4 10 9 10s6-6 9-10c4-6 11-1 13 12-4 10-12 15-22 15s-18-5-22-15Z M26 26c0-6 4-10 10-10s10 4 10 10-4 9-10 9-10-3-10-9Z',
  5: 'M13 54c1-13 6-20 11-17 4 3 6 8 12 8s8-5 12-8c5-3 10 4 11 17-4 11-13 16-23 16s-19-5-23-16Z M23 27c0-8 6-13 13-13s13 5 13 13-6 12-13 12-13-4-13-12Z',
  6: 'M13 53c0-20 1-41 23-41s23 21 23 41c-4 12-13 17-23 17s-19-5-23-17Z',
  7: 'M11 52C8 30 12 7 36 7s28 23 25 45c-4 13-14 18-25 18s-21-5-25-18Z',
};
const LUDWIG: Readonly<Record<1 | 2 | 3, string>> = {
  1: 'M34 18h4v36c0 3-4 3-4 0Z',
  2: 'M31 16c3-3 7-3 10 0 2 12 2 26 0 38-2 4-8 4-10 0-2-12-2-26 0-38Z',
  3: 'M27 15c6-5 12-5 18 0 4 13 4 27 0 40-4 5-14 5-18 0-4-13-4-27 0-40Z',
};

/** The other treatments on a head seen from above or, with ears, from behind; `dots` are worked, `bald` is bare skin. */
const OTHERS: readonly {
  readonly presentation: Presentation;
  readonly label: string;
  readonly note: string;
  readonly isBack: boolean;
  readonly bald?: string;
  readonly dots?: string;
}[] = [
  {
    presentation: { kind: 'hairline' },
    label: 'Hairline only',
    note: 'a soft front edge',
    isBack: false,
    dots: 'M17 57q19-10 38 0M16 60q20-10 40 0M17 63q19-9 38 0',
  },
  {
    presentation: { kind: 'full' },
    label: 'Full shaved look',
    note: 'whole scalp, sides included',
    isBack: false,
    dots: 'M28 8q8-3 16 0M19 16q17-6 34 0M14 24q22-8 44 0M12 32q24-8 48 0M11 40q25-8 50 0M12 48q24-8 48 0M15 56q21-8 42 0M20 63q16-7 32 0',
  },
  {
    presentation: { kind: 'fut-scar' },
    label: 'Strip scar',
    note: 'the line of a strip transplant',
    isBack: true,
    bald: 'M13 45q23 9 46 0v2.4q-23 9-46 0Z',
  },
  {
    presentation: { kind: 'fue-scars' },
    label: 'Dot scars',
    note: 'extracted grafts, back and sides',
    isBack: true,
    dots: 'M13 36q23 6 46 0M13 42q23 6 46 0M14 48q22 6 44 0M18 54q18 5 36 0',
  },
  {
    presentation: { kind: 'patch' },
    label: 'Bald patch',
    note: 'alopecia areata, one or more',
    isBack: false,
    bald: 'M40 22c5-4 13-2 14 4s-4 10-10 9-9-9-4-13ZM22 40c3-2 7 0 7 3s-4 5-7 3-3-5 0-6Z',
  },
];

interface StageChoice {
  readonly presentation: Presentation;
  readonly label: string;
  readonly bald: string;
}

const BALDNESS: readonly StageChoice[] = ([1, 2, 3, 4, 5, 6, 7] as const).map((stage) => ({
  presentation: { kind: 'norwood', stage },
  label: ROMAN[stage],
  bald: NORWOOD[stage],
}));
const THINNING: readonly StageChoice[] = ([1, 2, 3] as const).map((stage) => ({
  presentation: { kind: 'ludwig', stage },
  label: ROMAN[stage],
  bald: LUDWIG[stage],
}));

const isSame = (a: Presentation, b: Presentation): boolean =>
  a.kind === b.kind && ('stage' in a ? a.stage : 0) === ('stage' in b ? b.stage : 0);

/**
 * Baldness or thinning by stages as small heads seen from above, the usual one of the sex first; then scars, patches and
 * the looks that are not stages.
 */
export function PresentationPicker({ sex, value, onChange }: PresentationPickerProps) {
  const stages = (legend: string, words: string, shown: readonly StageChoice[], key: string) => (
    <fieldset class="presentation">
      <legend>{legend}</legend>
      <div class={`stages stages-${key}`}>
        {shown.map(({ presentation, label, bald }) => (
          <label key={label} class={`stage-choice ${isSame(value, presentation) ? 'chosen' : ''}`}>
            <input
              type="radio"
              name="presentation"
              aria-label={key === sex ? label : `${words} ${label}`}
              checked={isSame(value, presentation)}
              onChange={() => onChange(withChoices(presentation, choicesOf(value)))}
            />
            <svg viewBox="0 0 72 78" aria-hidden="true">
              <path class="stage-nose" d="M33 70h6l-3 6Z" />
              <ellipse class="stage-head" cx="36" cy="38" rx="28" ry="34" />
              <path class="stage-bald" d={bald} />
            </svg>
            <span>{label}</span>
          </label>
        ))}
      </div>
    </fieldset>
  );
  const baldness = stages('Hair loss, Norwood stage', 'Norwood', BALDNESS, 'm');
  const thinning = stages('Thinning, Ludwig stage', 'Ludwig', THINNING, 'f');
  const isUnusual = value.kind === (sex === 'm' ? 'ludwig' : 'norwood');
  return (
    <>
      {sex === 'm' ? baldness : thinning}
      <PresentationOptions value={value} onChange={onChange} />
      <Fold summary={sex === 'm' ? 'Thinning by Ludwig stages' : 'Hair loss by Norwood stages'} isNeeded={isUnusual}>
        {sex === 'm' ? thinning : baldness}
      </Fold>
      <fieldset class="presentation">
        <legend>Hairline, scars, patches</legend>
        <div class="looks">
          {OTHERS.map(({ presentation, label, note, isBack, bald, dots }) => (
            <label key={label} class={`look ${isSame(value, presentation) ? 'chosen' : ''}`}>
              <input
                type="radio"
                name="presentation"
                checked={isSame(value, presentation)}
                onChange={() => onChange(withChoices(presentation, choicesOf(value)))}
              />
              <svg viewBox="0 0 72 78" aria-hidden="true">
                {isBack ? (
                  <path
                    class="stage-nose"
                    d="M5 40q3-8 6 0v10q-5 1-6-10ZM67 40q-3-8-6 0v10q5 1 6-10ZM24 60h24v17H24Z"
                  />
                ) : (
                  <path class="stage-nose" d="M33 70h6l-3 6Z" />
                )}
                <ellipse
                  class={dots ? 'stage-skin' : 'stage-head'}
                  cx="36"
                  cy={isBack ? 36 : 38}
                  rx="28"
                  ry={isBack ? 32 : 34}
                />
                {bald && <path class="stage-bald" d={bald} />}
                {dots && <path class="stage-dots" d={dots} />}
              </svg>
              <span>
                {label}
                <small>{note}</small>
              </span>
            </label>
          ))}
        </div>
      </fieldset>
    </>
  );
}

const TEMPLES: Readonly<Record<Temples, string>> = { own: 'As they are', rebuilt: 'Rebuilt' };
const HUMP: Readonly<Record<LateralHump, string>> = { rebuilt: 'Rebuilt', respected: 'Left bare' };

/** What a shaved look leaves to choose: the peaks beside the temples and, where it is gone, the hump on the side. */
function PresentationOptions({ value, onChange }: Pick<PresentationPickerProps, 'value' | 'onChange'>) {
  if (value.kind !== 'norwood' && value.kind !== 'hairline') return null;
  const temples = value.temples ?? 'own';
  return (
    <div class="row row-fields">
      <Choice
        legend="Temple peaks"
        name="temples"
        words={TEMPLES}
        value={temples}
        onChange={(chosen) => onChange(withChoices(value, { ...choicesOf(value), temples: chosen }))}
      />
      {value.kind === 'norwood' && value.stage >= 6 && (
        <Choice
          legend="Side hump"
          name="hump"
          words={HUMP}
          value={value.hump ?? 'rebuilt'}
          onChange={(hump) => onChange(withChoices(value, { ...choicesOf(value), hump }))}
        />
      )}
    </div>
  );
}

interface ChoiceProps<T extends string> {
  readonly legend: string;
  readonly name: string;
  readonly words: Readonly<Record<T, string>>;
  readonly value: T;
  readonly onChange: (value: T) => void;
}

function Choice<T extends string>({ legend, name, words, value, onChange }: ChoiceProps<T>) {
  return (
    <fieldset class="segmented">
      <legend>{legend}</legend>
      {(Object.keys(words) as T[]).map((key) => (
        <label key={key} class={key === value ? 'on' : ''}>
          <input type="radio" name={name} checked={key === value} onChange={() => onChange(key)} />
          {words[key]}
        </label>
      ))}
    </fieldset>
  );
}
