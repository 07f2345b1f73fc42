import type { FadeFactor } from '@stipple/core/forecast/fade-forecast.ts';
import { capital } from './capital.ts';
import { FADE_QUESTIONS, FADE_WORDS, fadeChecks } from './fade-words.ts';
import { Fold } from './fold.tsx';

interface FadeDriversProps {
  readonly value: readonly FadeFactor[];
  readonly onChange: (value: readonly FadeFactor[]) => void;
}

/** What of this client makes the work fade faster or slower. */
export function FadeDrivers({ value, onChange }: FadeDriversProps) {
  const without = (factors: readonly FadeFactor[]): FadeFactor[] => value.filter((factor) => !factors.includes(factor));
  return (
    <Fold summary="What makes it fade" isNeeded={value.length > 0}>
      <div class="fields">
        {FADE_QUESTIONS.map(({ legend, neither, answers }) => {
          const factors = answers.map(([factor]) => factor);
          const chosen = factors.find((factor) => value.includes(factor)) ?? null;
          return (
            <fieldset key={legend} class="segmented">
              <legend>{legend}</legend>
              {([[null, neither], ...answers] as const).map(([factor, label]) => (
                <label key={label} class={factor === chosen ? 'on' : ''}>
                  <input
                    type="radio"
                    name={`fades-${legend}`}
                    checked={factor === chosen}
                    onChange={() => onChange(factor ? [...without(factors), factor] : without(factors))}
                  />
                  {label}
                </label>
              ))}
            </fieldset>
          );
        })}
        {fadeChecks(value).map((factor) => (
          <label key={factor} class="check">
            <input
              type="checkbox"
              name={factor}
              checked={value.includes(factor)}
              onChange={() => onChange(value.includes(factor) ? without([factor]) : [...value, factor])}
            />
            {capital(FADE_WORDS[factor])}
          </label>
        ))}
        <p class="hint">
          It moves the years of the forecast. Practice opinion, nobody has measured it; only of scars there is a series,
          and work in scars counts them by itself.
        </p>
      </div>
    </Fold>
  );
}
