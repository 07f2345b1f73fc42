import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';

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

const isSame = (a: Presentation, b: Presentation): boolean =>
  a.kind === b.kind && ('stage' in a ? a.stage : 0) === ('stage' in b ? b.stage : 0);

/** Stages as small heads seen from above, then the two looks that are not stages. */
export function PresentationPicker({ sex, value, onChange }: PresentationPickerProps) {
  const stages: { presentation: Presentation; label: string; bald: string }[] =
    sex === 'm'
      ? ([1, 2, 3, 4, 5, 6, 7] as const).map((stage) => ({
          presentation: { kind: 'norwood', stage },
          label: ROMAN[stage],
          bald: NORWOOD[stage],
        }))
      : ([1, 2, 3] as const).map((stage) => ({
          presentation: { kind: 'ludwig', stage },
          label: ROMAN[stage],
          bald: LUDWIG[stage],
        }));
  const looks: { presentation: Presentation; label: string; note: string }[] = [
    { presentation: { kind: 'full' }, label: 'Full shaved look', note: 'whole scalp, sides included' },
    { presentation: { kind: 'hairline' }, label: 'Hairline only', note: 'a soft front edge' },
  ];
  return (
    <fieldset class="presentation">
      <legend>{sex === 'm' ? 'Hair loss, Norwood stage' : 'Thinning, Ludwig stage'}</legend>
      <div class={`stages stages-${sex}`}>
        {stages.map(({ presentation, label, bald }) => (
          <label key={label} class={`stage-choice ${isSame(value, presentation) ? 'chosen' : ''}`}>
            <input
              type="radio"
              name="presentation"
              checked={isSame(value, presentation)}
              onChange={() => onChange(presentation)}
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
      <div class="looks">
        {looks.map(({ presentation, label, note }) => (
          <label key={label} class={`look ${isSame(value, presentation) ? 'chosen' : ''}`}>
            <input
              type="radio"
              name="presentation"
              checked={isSame(value, presentation)}
              onChange={() => onChange(presentation)}
            />
            <span>
              {label}
              <small>{note}</small>
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}
