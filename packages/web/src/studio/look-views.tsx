import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { FORECAST_YEARS, type ForecastYear } from '../workers/plan-messages.ts';
import { CompareSlider } from './compare-slider.tsx';
import { CroppedPicture } from './cropped-picture.tsx';
import type { PlanState, ShownPicture } from './use-plan.ts';

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
  readonly pictures: PlanState['pictures'];
  readonly head: NonNullable<PlanState['head']>;
  readonly before: ShownPicture;
  readonly healed: ShownPicture;
  readonly summary: PlanSummary | null;
}

/** The plan on the photo, at the moment chosen: healed against the photo, fresh beside healed, a year as its band. */
export function LookViews({ pictures, head, before, healed, summary }: LookViewsProps) {
  const [moment, setMoment] = useState<Moment>('healed');
  const isThere = (m: Moment): boolean =>
    m === 'healed' || (m === 'fresh' ? pictures.fresh : pictures[`year${m}-high`]) !== undefined;
  return (
    <section class="looks-of-plan" aria-label="Pictures">
      <fieldset class="moments">
        <legend class="visually-hidden">Moment shown</legend>
        {MOMENTS.map((m) => (
          <label key={m} class={m === moment ? 'on' : ''}>
            <input
              type="radio"
              name="moment"
              checked={m === moment}
              disabled={!isThere(m)}
              onChange={() => setMoment(m)}
            />
            {labelOf(m)}
          </label>
        ))}
      </fieldset>
      {moment === 'healed' && <CompareSlider before={before} after={healed} afterName="Healed" head={head} />}
      {moment === 'fresh' && pictures.fresh && (
        <div class="pictures">
          <Panel label="Fresh" note="right after a session, darker and crisper than it will stay">
            <CroppedPicture picture={pictures.fresh} part={head} alt="Fresh, simulated" />
          </Panel>
          <Panel label="Healed" note="four to six weeks later: how to judge it">
            <CroppedPicture picture={healed} part={head} alt="Healed, simulated" />
          </Panel>
        </div>
      )}
      {typeof moment === 'number' && (
        <>
          <div class="pictures">
            {BANDS.map(({ band, label }) => {
              const picture = pictures[`year${moment}-${band}`];
              const left = summary?.forecast.years.find(({ years }) => years === moment)?.[band];
              return (
                picture && (
                  <Panel
                    key={band}
                    label={label}
                    note={left === undefined ? '' : `${Math.round(100 * left)} % of the healed contrast`}
                  >
                    <CroppedPicture
                      picture={picture}
                      part={head}
                      alt={`After ${labelOf(moment)}, ${label}, simulated`}
                    />
                  </Panel>
                )
              );
            })}
          </div>
          {summary && (
            <p class="hint">
              An {summary.forecast.label}, without a touch-up. {summary.forecast.notCounted}
            </p>
          )}
        </>
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
