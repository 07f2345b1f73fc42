import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import { dayText, moneyText, oneDecimal, whole } from './number-text.ts';
import { HeadReadings } from './head-readings.tsx';
import { PlanColours } from './plan-colours.tsx';
import { PlanTables } from './plan-tables.tsx';
import { NOT_TO_SCALE } from './plan-warnings.tsx';
import { TapeChecks } from './tape-checks.tsx';

const UNMEASURED = 'measure the head';

/** Everything the plan can say in numbers, each with its interval and where it comes from; and plainly what it cannot. */
export function PlanNumbers({ summary }: { readonly summary: PlanSummary }) {
  const { areaCm2, quote, sessions, dots, dotsRange, hairline, scale, pigment, forecast } = summary;
  const notToScale = summary.warnings.find(({ code }) => code === NOT_TO_SCALE);
  const hours = sessions.reduce((sum, s) => sum + s.hours, 0);
  const hoursLow = sessions.reduce((sum, s) => sum + s.hoursLow, 0);
  const hoursHigh = sessions.reduce((sum, s) => sum + s.hoursHigh, 0);
  const ofAverage = areaCm2 ? '' : ', of an average head';
  const last = sessions.at(-1)?.date;
  const { midFrontalAboveGlabellaMm: hairlineMm, low: hairlineLow, high: hairlineHigh } = hairline;
  return (
    <section class="numbers" aria-labelledby="numbers-title">
      <h2 id="numbers-title">In numbers</h2>
      {notToScale && (
        <p class="warning" data-code={NOT_TO_SCALE}>
          {notToScale.text}
        </p>
      )}
      <dl class="figures">
        <Figure
          label="Treated area"
          value={areaCm2 && `${whole.format(areaCm2.value)} cm²`}
          range={areaCm2 && [areaCm2.low, areaCm2.value, areaCm2.high]}
          between={areaCm2 && `${whole.format(areaCm2.low)} to ${whole.format(areaCm2.high)}`}
          note={areaCm2 ? areaCm2.source : UNMEASURED}
        />
        <Figure
          label="Dots"
          value={whole.format(dots)}
          range={dotsRange && [dotsRange.low, dots, dotsRange.high]}
          between={dotsRange && `${whole.format(dotsRange.low)} to ${whole.format(dotsRange.high)}`}
          note={`over ${sessions.length} sessions, from the layout${ofAverage}${dotsRange ? '; the range is that of the area' : ''}`}
        />
        <Figure
          label="In the chair"
          value={`${oneDecimal.format(hours)} h`}
          range={[hoursLow, hours, hoursHigh]}
          between={`${oneDecimal.format(hoursLow)} to ${oneDecimal.format(hoursHigh)}`}
          note={`numbing and breaks included, estimate${ofAverage}`}
        />
        <Figure
          label="Price"
          isWord={quote?.likely === null}
          value={
            quote &&
            (quote.likely === null
              ? `${moneyText(quote.currency, quote.low)} to ${moneyText(quote.currency, quote.high)}`
              : moneyText(quote.currency, quote.likely))
          }
          range={quote && quote.likely !== null ? [quote.low, quote.likely, quote.high] : null}
          between={
            quote &&
            quote.likely !== null &&
            `${moneyText(quote.currency, quote.low)} to ${moneyText(quote.currency, quote.high)}`
          }
          note={
            quote
              ? `by ${quote.listOf ? `the list of ${quote.listOf}` : 'an example list'}${quote.likely === null ? '; a range only: the extent is a template, not seen' : ''}`
              : UNMEASURED
          }
        />
        <Figure
          label="Hairline"
          value={hairlineMm === null ? null : `${whole.format(hairlineMm)} mm`}
          range={
            hairlineMm === null || hairlineLow === null || hairlineHigh === null
              ? null
              : [hairlineLow, hairlineMm, hairlineHigh]
          }
          between={
            hairlineLow !== null &&
            hairlineHigh !== null &&
            `${whole.format(hairlineLow)} to ${whole.format(hairlineHigh)}`
          }
          note={
            hairlineMm === null ? UNMEASURED : `along the skin, above the point between the brows; ${hairline.source}`
          }
        />
        <Figure
          label="Scale"
          value={scale.source}
          isWord
          note={
            scale.relativeSd === null
              ? UNMEASURED
              : `millimetres at the hairline in the photo within ± ${oneDecimal.format(196 * scale.relativeSd)} %`
          }
        />
        <Figure
          label="Pigment"
          value={pigment.shade}
          isWord
          note={
            pigment.dilution === null
              ? 'dilution stays open without a colour card and your list'
              : `pigment to water 1 : ${pigment.dilution}`
          }
        />
        <Figure
          label="Touch-up"
          value={`after ${oneDecimal.format(forecast.touchUpYears.likely)} years`}
          isWord
          range={[forecast.touchUpYears.from, forecast.touchUpYears.likely, forecast.touchUpYears.to]}
          between={`${oneDecimal.format(forecast.touchUpYears.from)} to ${oneDecimal.format(forecast.touchUpYears.to)}`}
          note={`${forecast.label}${last ? `; last session ${dayText(last)}` : ''}`}
        />
      </dl>
      <PlanColours pigment={pigment} />
      <TapeChecks checks={hairline.checks ?? []} />
      <HeadReadings readings={summary.readings ?? []} />
      <PlanTables summary={summary} />
      <details class="notes">
        <summary>How the hours come about</summary>
        <ul>
          {sessions.map(({ n, formula }) => (
            <li key={n}>
              Session {n}: {formula}
            </li>
          ))}
        </ul>
      </details>
      {quote && <p class="hint quote-why">{quote.why}</p>}
    </section>
  );
}

interface FigureProps {
  readonly label: string;
  /** Null when it is not known without a measured head. */
  readonly value: string | null;
  readonly note: string;
  /** Words are set smaller than figures. */
  readonly isWord?: boolean;
  readonly range?: readonly [low: number, value: number, high: number] | null;
  readonly between?: string | null | false;
}

function Figure({ label, value, note, isWord = false, range = null, between = null }: FigureProps) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        <span class={value === null ? 'figure-none' : isWord ? 'figure-word' : 'figure-value'}>
          {value ?? 'not to scale'}
        </span>
        {range && between && (
          <span class="figure-range">
            <Whisker low={range[0]} value={range[1]} high={range[2]} /> {between}
          </span>
        )}
        <small>{note}</small>
      </dd>
    </div>
  );
}

/** The interval on a scale from a quarter to one and three quarters of the value: wide means unsure, alike for every figure. */
function Whisker({ low, value, high }: { readonly low: number; readonly value: number; readonly high: number }) {
  const x = (v: number): number => 30 + Math.max(-0.75, Math.min(0.75, v / value - 1)) * 37;
  return (
    <svg class="whisker" viewBox="0 0 60 10" aria-hidden="true">
      <path class="whisker-scale" d="M1 5H59" />
      <path d={`M${x(low)} 5H${x(high)}M${x(low)} 2v6M${x(high)} 2v6`} />
      <circle cx={x(value)} cy="5" r="2.4" />
    </svg>
  );
}
