import type { ReadingSummary } from '@stipple/core/plan/plan-summary.ts';
import { oneDecimal, whole } from './number-text.ts';
import { labelOfView } from './views.ts';

interface HeadReadingsProps {
  readonly readings: readonly ReadingSummary[];
}

/** What was asked of the head in the photos, under the numbers that it has there. */
export function HeadReadings({ readings }: HeadReadingsProps) {
  const [first] = readings;
  if (!first) return null;
  const numberOf = (item: number): number =>
    readings.slice(0, item + 1).filter(({ view }) => view === readings[item]!.view).length;
  return (
    <section class="checks" aria-labelledby="readings-title">
      <h3 id="readings-title">Read on the head</h3>
      <p class="hint">Between the places as marked; a tape that is laid between them on the client confirms it.</p>
      <ol>
        {readings.map((reading, k) => (
          <li key={k} data-reading={reading.kind}>
            <span class="check-number" aria-hidden="true">
              {numberOf(k)}
            </span>
            <span class="check-ends">
              <span>
                {labelOfView(reading.view)}, {reading.kind === 'tape' ? 'tape' : 'area'} {numberOf(k)}
                <small class="reading-source">
                  {reading.kind === 'tape' && `straight ${whole.format(reading.straightMm)} mm; `}
                  {reading.source}
                </small>
              </span>
            </span>
            <span class="check-mm">
              {reading.kind === 'tape' ? (
                <strong>{whole.format(reading.mm)} mm</strong>
              ) : (
                <strong>{oneDecimal.format(reading.cm2)} cm²</strong>
              )}
              <small>
                {(reading.kind === 'tape' ? whole : oneDecimal).format(reading.low)} to{' '}
                {(reading.kind === 'tape' ? whole : oneDecimal).format(reading.high)}
              </small>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
