import type { Summary } from '@stipple/files/contract/summary.ts';

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const money = (currency: string, minor: number): string =>
  new Intl.NumberFormat('en', { style: 'currency', currency, maximumFractionDigits: 0 }).format(minor / 100);
const day = (date: string): string =>
  new Intl.DateTimeFormat('en', { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));

/** Everything the plan can say in numbers, each with where it comes from; and plainly what it cannot say. */
export function PlanNumbers({ summary }: { readonly summary: Summary }) {
  const { areaCm2, quote, sessions, dots, zones, hairline, scale, warnings } = summary;
  const hours = sessions.reduce((sum, s) => sum + (s.hours ?? 0), 0);
  return (
    <div class="numbers">
      {warnings.length > 0 && (
        <ul class="warnings" aria-label="What to know about this plan">
          {warnings.map((warning) => (
            <li key={warning.code}>{warning.text}</li>
          ))}
        </ul>
      )}
      <dl class="figures">
        <Figure
          label="Area"
          value={areaCm2 ? `${whole.format(areaCm2.value)} cm²` : 'not to scale'}
          note={areaCm2 ? `${whole.format(areaCm2.low)} to ${whole.format(areaCm2.high)}, extent from a ${areaCm2.extentSource}` : 'measure the head'}
        />
        <Figure
          label="Dots"
          value={dots === null ? 'not to scale' : whole.format(dots)}
          note={dots === null ? 'measure the head' : `over ${sessions.length} sessions`}
        />
        <Figure
          label="In the chair"
          value={hours > 0 ? `${oneDecimal.format(hours)} h` : 'not to scale'}
          note={hours > 0 ? 'numbing and breaks included, estimate' : 'measure the head'}
        />
        <Figure
          label="Price"
          value={
            quote
              ? quote.likely === null
                ? `${money(quote.currency, quote.low)} to ${money(quote.currency, quote.high)}`
                : money(quote.currency, quote.likely)
              : 'no price'
          }
          note={
            quote
              ? quote.likely === null
                ? 'a range: the extent is a template until it is seen'
                : `${money(quote.currency, quote.low)} to ${money(quote.currency, quote.high)}`
              : 'measure the head'
          }
        />
        <Figure
          label="Hairline"
          value={hairline.midFrontalAboveGlabellaMm === null ? 'not to scale' : `${whole.format(hairline.midFrontalAboveGlabellaMm)} mm`}
          note="along the skin, above the point between the brows"
        />
        <Figure label="Scale" value={scale.source} note={scale.relativeSd === null ? '' : `± ${oneDecimal.format(196 * scale.relativeSd)} %, 95 %`} />
      </dl>
      <div class="tables">
        <table>
          <caption>Sessions</caption>
          <thead>
            <tr>
              <th scope="col">No.</th>
              <th scope="col">Date</th>
              <th scope="col" class="num">
                Dots
              </th>
              <th scope="col" class="num">
                Hours
              </th>
            </tr>
          </thead>
          <tbody>
            {sessions.map((session) => (
              <tr key={session.n}>
                <td>{session.n}</td>
                <td>{session.date ? day(session.date) : 'to be booked'}</td>
                <td class="num">{session.dots === null ? '–' : whole.format(session.dots)}</td>
                <td class="num">{session.hours === null ? '–' : oneDecimal.format(session.hours)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <caption>Zones</caption>
          <thead>
            <tr>
              <th scope="col">Zone</th>
              <th scope="col" class="num">
                cm²
              </th>
              <th scope="col" class="num">
                per cm²
              </th>
              <th scope="col" class="num">
                Dots
              </th>
            </tr>
          </thead>
          <tbody>
            {zones.map((zone) => (
              <tr key={zone.id}>
                <td>{zone.id}</td>
                <td class="num">{zone.areaCm2 === null ? '–' : oneDecimal.format(zone.areaCm2)}</td>
                <td class="num">{whole.format(zone.targetPerCm2)}</td>
                <td class="num">{zone.dots === null ? '–' : whole.format(zone.dots)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {quote && (
          <table>
            <caption>Price</caption>
            <tbody>
              {quote.lines.map((line) => (
                <tr key={line.label}>
                  <td>{line.label}</td>
                  <td class="num">{line.amountMinor === null ? 'not included' : money(quote.currency, line.amountMinor)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        )}
      </div>
    </div>
  );
}

function Figure({ label, value, note }: { readonly label: string; readonly value: string; readonly note: string }) {
  return (
    <div class="figure">
      <dt>{label}</dt>
      <dd>
        {value}
        <small>{note}</small>
      </dd>
    </div>
  );
}
