import { clockOf, minuteOfClock, WEEKDAYS } from '../parts/time-words.ts';

export type Weekly = readonly (readonly { readonly from: number; readonly to: number }[])[];

/** Hours as they are typed: each weekday a few pairs of clock times. */
export type TypedHours = readonly (readonly { readonly from: string; readonly to: string }[])[];

const MOST_SPANS = 3;
const USUAL = { from: '09:00', to: '18:00' };
const WORKING_DAYS = 5;

export const USUAL_WEEK: Weekly = WEEKDAYS.map((_, i) => (i < WORKING_DAYS ? [{ from: 540, to: 1080 }] : []));

export const typedOf = (weekly: Weekly): TypedHours =>
  weekly.map((spans) => spans.map(({ from, to }) => ({ from: clockOf(from), to: clockOf(to) })));

/** Null while a span is no span: unreadable, or ends before it begins. */
export function weeklyOf(typed: TypedHours): { from: number; to: number }[][] | null {
  const weekly = typed.map((spans) =>
    spans.map(({ from, to }) => ({ from: minuteOfClock(from) ?? -1, to: minuteOfClock(to) ?? -1 })),
  );
  return weekly.flat().every(({ from, to }) => from >= 0 && from < to) ? weekly : null;
}

interface HoursFieldsProps {
  readonly legend: string;
  readonly hours: TypedHours;
  readonly onChange: (hours: TypedHours) => void;
}

/** A week of hours, a row a day. */
export function HoursFields({ legend, hours, onChange }: HoursFieldsProps) {
  const put = (day: number, spans: TypedHours[number]): void =>
    onChange(hours.map((old, i) => (i === day ? spans : old)));
  return (
    <fieldset class="hours">
      <legend class="label">{legend}</legend>
      {WEEKDAYS.map((name, day) => {
        const spans = hours[day] ?? [];
        return (
          <div key={name} class="hours-day">
            <label class="check hours-name">
              <input
                type="checkbox"
                checked={spans.length > 0}
                onChange={() => put(day, spans.length > 0 ? [] : [USUAL])}
              />
              <span>{name}</span>
            </label>
            <div class="hours-spans">
              {spans.length === 0 && <span class="hint">closed</span>}
              {spans.map((span, i) => (
                <span key={i} class="hours-span">
                  <ClockInput
                    label={`${name} from`}
                    value={span.from}
                    onChange={(from) =>
                      put(
                        day,
                        spans.map((old, k) => (k === i ? { ...old, from } : old)),
                      )
                    }
                  />
                  to
                  <ClockInput
                    label={`${name} to`}
                    value={span.to}
                    onChange={(to) =>
                      put(
                        day,
                        spans.map((old, k) => (k === i ? { ...old, to } : old)),
                      )
                    }
                  />
                  {i > 0 && (
                    <button
                      type="button"
                      class="link"
                      aria-label={`${name}: remove these hours`}
                      onClick={() =>
                        put(
                          day,
                          spans.filter((_, k) => k !== i),
                        )
                      }
                    >
                      ×
                    </button>
                  )}
                </span>
              ))}
              {spans.length > 0 && spans.length < MOST_SPANS && (
                <button
                  type="button"
                  class="link"
                  aria-label={`${name}: add hours`}
                  onClick={() => put(day, [...spans, { from: spans.at(-1)?.to ?? USUAL.from, to: '' }])}
                >
                  + hours
                </button>
              )}
            </div>
          </div>
        );
      })}
      {weeklyOf(hours) === null && <p class="fault">Write times as 09:00; each has to end after it begins.</p>}
    </fieldset>
  );
}

interface ClockInputProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** A text, not a time input: a day may end at 24:00, which those do not know. */
const ClockInput = ({ label, value, onChange }: ClockInputProps) => (
  <input
    class="clock-input"
    inputMode="numeric"
    placeholder="00:00"
    aria-label={label}
    aria-invalid={minuteOfClock(value) === null}
    value={value}
    onInput={(event) => onChange(event.currentTarget.value)}
  />
);
