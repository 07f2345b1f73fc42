import type { TapeCheckSummary } from '@stipple/core/plan/plan-summary.ts';
import { HeadDrawing } from './head-drawing.tsx';
import { whole } from './number-text.ts';

/** Where each check lies on a head from the front, mm, and where its number stands beside it. */
const LAID: Readonly<Record<string, readonly [path: string, x: number, y: number]>> = {
  'glabella-mid-frontal': ['M0-40V-110', 0, -74],
  'canthus-corner-left': ['M44-15Q47-62 50-98', 46, -48],
  'canthus-corner-right': ['M-44-15Q-47-62-50-98', -46, -48],
  'tragion-corner-left': ['M75-2Q90-58 50-98', 79, -36],
  'tragion-corner-right': ['M-75-2Q-90-58-50-98', -79, -36],
  'corner-peak-left': ['M50-98Q62-86 62-66', 62, -84],
  'corner-peak-right': ['M-50-98Q-62-86-62-66', -62, -84],
  'mid-frontal-whorl': ['M0-110Q2-126 12-134', 12, -132],
  'corner-corner': ['M-50-98Q0-124 50-98', 27, -107],
};

/** Distances that a tape confirms before the first dot: from points a finger finds to points of the hairline. */
export function TapeChecks({ checks }: { readonly checks: readonly TapeCheckSummary[] }) {
  if (checks.length === 0) return null;
  return (
    <section class="checks" aria-labelledby="checks-title">
      <h3 id="checks-title">Check with the tape</h3>
      <p class="hint">
        Mark the hairline, then measure: a reading outside its range means that tape and plan are not of one head.
        Ranges of {sourcesInWords(checks)}.
      </p>
      <div class="checks-both">
        <ol>
          {checks.map(({ id, from, to, way, mm, low, high }, k) => (
            <li key={id}>
              <span class="check-number" aria-hidden="true">
                {k + 1}
              </span>
              <span class="check-ends">
                <span>{from}</span>
                <Way way={way} />
                <span>
                  <span class="visually-hidden">to </span>
                  {to}
                </span>
              </span>
              <span class="check-mm">
                <strong>{whole.format(mm)} mm</strong>
                <small>
                  {whole.format(low)} to {whole.format(high)}
                </small>
              </span>
            </li>
          ))}
        </ol>
        <HeadDrawing side="front" class="checks-figure" box="-100 -148 200 170">
          {checks.map(({ id }) => LAID[id] && <path key={id} class="laid-tape" d={LAID[id][0]} />)}
          {checks.map(({ id }, k) => {
            const laid = LAID[id];
            return (
              laid && (
                <g key={id}>
                  <circle cx={laid[1]} cy={laid[2]} r="7.5" />
                  <text x={laid[1]} y={laid[2] + 3.6}>
                    {k + 1}
                  </text>
                </g>
              )
            );
          })}
        </HeadDrawing>
      </div>
    </section>
  );
}

/** '1, 3 and 4 by soft tape, as the front photo shows it' */
function sourcesInWords(checks: readonly TapeCheckSummary[]): string {
  const sources = [...new Set(checks.map(({ source }) => source))];
  const numbers = new Intl.ListFormat('en');
  const numbersOf = (source: string): string =>
    numbers.format(checks.flatMap((check, k) => (check.source === source ? [`${k + 1}`] : [])));
  return sources.length === 1 ? `all by ${sources[0]}` : sources.map((s) => `${numbersOf(s)} by ${s}`).join('; ');
}

/** Over the skin a tape bends; straight is for a calliper or a stiff rule. */
function Way({ way }: Pick<TapeCheckSummary, 'way'>) {
  const isStraight = way === 'straight';
  return (
    <svg viewBox="0 0 60 14" role="img" aria-label={isStraight ? 'straight, by calliper or rule' : 'over the skin'}>
      {isStraight ? <path class="check-rule" d="M3 10H57M3 5v9M57 5v9" /> : <path d="M3 12Q30-4 57 12" />}
    </svg>
  );
}
