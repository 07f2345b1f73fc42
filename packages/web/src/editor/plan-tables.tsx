import type { PlanSummary, QuoteLineSummary } from '@stipple/core/plan/plan-summary.ts';
import { zoneName } from '@stipple/files/exports/zone-names.ts';
import { dayText, moneyText, oneDecimal, whole } from './number-text.ts';
import { labelOfView } from './views.ts';

type Zone = PlanSummary['zones'][number];

/** How the border of a zone is known. */
const EXTENT_WORDS: Readonly<Record<Zone['extentSource'], string>> = {
  drawn: 'drawn',
  seen: 'seen in the photo',
  taped: 'by the tape',
  template: 'usual extent',
};

/** Sessions, zones and price, line by line. */
export function PlanTables({ summary: { sessions, zones, quote, dots, views } }: { readonly summary: PlanSummary }) {
  return (
    <div class="tables">
      <table>
        <caption>Sessions</caption>
        <thead>
          <tr>
            <th scope="col">No.</th>
            <th scope="col">Date</th>
            <NumberHead>Dots</NumberHead>
            <NumberHead>Hours</NumberHead>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.n}>
              <td>{session.n}</td>
              <td>{session.date ? dayText(session.date) : 'to be booked'}</td>
              <td class="num">
                {whole.format(session.dots)}
                <meter
                  class="share"
                  min={0}
                  max={Math.max(1, dots)}
                  value={session.dots}
                  aria-label={`Share of all dots in session ${session.n}`}
                />
              </td>
              <td class="num">
                {oneDecimal.format(session.hours)}
                <small>
                  {oneDecimal.format(session.hoursLow)}–{oneDecimal.format(session.hoursHigh)}
                </small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>Zones</caption>
        <thead>
          <tr>
            <th scope="col">Zone</th>
            <NumberHead>cm²</NumberHead>
            <NumberHead>per cm²</NumberHead>
            <NumberHead>Dots</NumberHead>
          </tr>
        </thead>
        <tbody>
          {zones.map((zone) => (
            <tr key={zone.id}>
              <td>{zoneName(zone.id)}</td>
              <td class="num">
                {zone.areaCm2 === null ? '–' : oneDecimal.format(zone.areaCm2)}
                {zone.areaLowCm2 !== null && zone.areaHighCm2 !== null && (
                  <small>
                    {oneDecimal.format(zone.areaLowCm2)}–{oneDecimal.format(zone.areaHighCm2)},{' '}
                    {EXTENT_WORDS[zone.extentSource]}
                  </small>
                )}
              </td>
              <td class="num">{whole.format(zone.targetPerCm2)}</td>
              <td class="num">{whole.format(zone.dots)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <table>
        <caption>{views.length > 1 ? 'Photos' : 'Photo'}</caption>
        <thead>
          <tr>
            <th scope="col">View</th>
            <NumberHead>Turn, bow</NumberHead>
            <NumberHead>Outline off</NumberHead>
            <NumberHead>Dots seen</NumberHead>
          </tr>
        </thead>
        <tbody>
          {views.map(({ name, faceScore, yawDeg, pitchDeg, poseError, outline, dotsInView }) => (
            <tr key={name}>
              <td>
                {labelOfView(name)}
                <small class="placed-by">{faceScore > 0 ? 'by the face' : 'by marked points'}</small>
              </td>
              <td class="num">
                {whole.format(yawDeg)}°, {whole.format(pitchDeg)}°
                {poseError && (
                  <small>
                    ± {whole.format(poseError.yawDeg)}°, ± {whole.format(poseError.pitchDeg)}°
                  </small>
                )}
              </td>
              <td class="num">{oneDecimal.format(100 * outline.relative)} %</td>
              <td class="num">{dotsInView === null ? '–' : `${whole.format(100 * dotsInView)} %`}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {quote && (
        <table>
          <caption>Price</caption>
          <tbody>
            {quote.lines.map((line) => (
              <PriceRow key={line.id} line={line} currency={quote.currency} isExtra={false} />
            ))}
            {quote.extras.map((line) => (
              <PriceRow key={line.id} line={line} currency={quote.currency} isExtra />
            ))}
          </tbody>
        </table>
      )}
    </div>
  );
}

function NumberHead({ children }: { readonly children: string }) {
  return (
    <th scope="col" class="num">
      {children}
    </th>
  );
}

interface PriceRowProps {
  readonly line: QuoteLineSummary;
  readonly currency: string;
  readonly isExtra: boolean;
}

function PriceRow({ line: { label, low, likely, high }, currency, isExtra }: PriceRowProps) {
  const amount =
    likely !== null
      ? moneyText(currency, likely)
      : low !== null && high !== null
        ? `${moneyText(currency, low)} to ${moneyText(currency, high)}`
        : null;
  return (
    <tr class={isExtra ? 'extra' : ''}>
      <td>{label}</td>
      <td class="num">{isExtra ? `not included${amount ? `, ${amount}` : ''}` : (amount ?? 'not known')}</td>
    </tr>
  );
}
