import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { FORECAST_YEARS, type ForecastYear } from '../workers/plan-messages.ts';
import { CompareSlider } from './compare-slider.tsx';
import { CroppedPicture } from './cropped-picture.tsx';
import { driversInWords, healingInWords } from './fade-words.ts';
import type { PlanState, ShownView } from './use-plan.ts';
import { labelOfView } from './views.ts';

type Moment = 'healed' | 'fresh' | ForecastYear;
const MOMENTS: readonly Moment[] = ['healed', 'fresh', ...FORECAST_YEARS];
const BANDS = [
  { band: 'low', label: 'palest' },
  { band: 'likely', label: 'likely' },
  { band: 'high', label: 'darkest' },
] as const;

const labelOf = (moment: Moment): string =>
  moment === 'healed' ? 'Healed' : moment === 'fresh' ? 'Fresh' : moment === 1 ? '1 year' : `${moment} years`;

interface LookViewsProps {
  readonly views: readonly ShownView[];
  readonly photoUrls: PlanState['photoUrls'];
  readonly summary: PlanSummary | null;
  /** Asks for the moments of a view that are not drawn yet. */
  readonly onView: (view: string) => void;
}

/** The plan on each photo, at the moment chosen: healed against the photo, fresh beside healed, a year as its band. */
export function LookViews({ views, photoUrls, summary, onView }: LookViewsProps) {
  const [moment, setMoment] = useState<Moment>('healed');
  const [chosen, setChosen] = useState<string | null>(null);
  const shown = views.find(({ view }) => view === chosen) ?? views[0];
  const healed = shown?.pictures.healed;
  if (!shown || !healed) return null;
  const { view, pictures, head } = shown;
  const before = { url: photoUrls[view] ?? '', box: healed.box };
  const isThere = (m: Moment): boolean =>
    m === 'healed' || (m === 'fresh' ? pictures.fresh : pictures[`year${m}-high`]) !== undefined;
  const at: Moment = isThere(moment) ? moment : 'healed';
  const seen = summary?.views.find(({ name }) => name === view)?.dotsInView ?? null;
  return (
    <section class="looks-of-plan" aria-label="Pictures">
      {views.length > 1 && (
        <fieldset class="views">
          <legend class="visually-hidden">View shown</legend>
          {views.map(({ view: name }) => (
            <label key={name} class={name === view ? 'on' : ''}>
              <input
                type="radio"
                name="view-shown"
                checked={name === view}
                onChange={() => {
                  setChosen(name);
                  onView(name);
                }}
              />
              {labelOfView(name)}
            </label>
          ))}
        </fieldset>
      )}
      <fieldset class="moments">
        <legend class="visually-hidden">Moment shown</legend>
        {MOMENTS.map((m) => (
          <label key={m} class={m === at ? 'on' : ''}>
            <input type="radio" name="moment" checked={m === at} disabled={!isThere(m)} onChange={() => setMoment(m)} />
            {labelOf(m)}
          </label>
        ))}
      </fieldset>
      {at === 'healed' && <CompareSlider key={view} before={before} after={healed} afterName="Healed" head={head} />}
      {at === 'fresh' && pictures.fresh && (
        <>
          <div class="pictures">
            <Panel label="Fresh" note="right after a session, darker and crisper than it will stay">
              <CroppedPicture picture={pictures.fresh} part={head} alt="Fresh, simulated" />
            </Panel>
            <Panel label="Healed" note="four to six weeks later: how to judge it">
              <CroppedPicture picture={healed} part={head} alt="Healed, simulated" />
            </Panel>
          </div>
          {summary && <p class="hint">{healingInWords(summary.forecast)}</p>}
        </>
      )}
      {typeof at === 'number' && (
        <>
          <div class="pictures">
            {BANDS.map(({ band, label }) => {
              const picture = pictures[`year${at}-${band}`];
              const left = summary?.forecast.years.find(({ years }) => years === at)?.[band];
              return (
                picture && (
                  <Panel
                    key={band}
                    label={label}
                    note={left === undefined ? '' : `${Math.round(100 * left)} % of the healed contrast`}
                  >
                    <CroppedPicture picture={picture} part={head} alt={`After ${labelOf(at)}, ${label}, simulated`} />
                  </Panel>
                )
              );
            })}
          </div>
          {summary && (
            <p class="hint">
              An {summary.forecast.label}, without a touch-up. {summary.forecast.source}{' '}
              {driversInWords(summary.forecast)} {summary.forecast.notCounted}
            </p>
          )}
        </>
      )}
      {views.length > 1 && seen !== null && (
        <p class="hint">
          {labelOfView(view)}: this photo shows {Math.round(100 * seen)} % of all dots.
        </p>
      )}
      <p class="stamp">
        <strong>It grows no hair; looks freshly shaved.</strong> A simulation of the plan below, drawn dot by dot on
        this photo. The pigment fades over the years and may be impossible to remove completely.
      </p>
    </section>
  );
}

function Panel({
  label,
  note,
  children,
}: {
  readonly label: string;
  readonly note: string;
  readonly children: ComponentChildren;
}) {
  return (
    <figure class="panel">
      {children}
      <figcaption>
        <strong>{label}</strong> <span>{note}</span>
      </figcaption>
    </figure>
  );
}
