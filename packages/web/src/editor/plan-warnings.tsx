import type { PlanWarning } from '@stipple/core/plan/plan-summary.ts';

/** What no picture may be shown without. */
const STAMPS = new Set(['sides-must-be-clipped']);
/** Said beside the numbers, where it belongs. */
export const NOT_TO_SCALE = 'not-to-scale';

interface WarningsProps {
  readonly warnings: readonly PlanWarning[];
}

/** The stamps, above the pictures. */
export function PlanStamps({ warnings }: WarningsProps) {
  return warnings
    .filter(({ code }) => STAMPS.has(code))
    .map(({ code, text }) => (
      <p key={code} class="warning" data-code={code}>
        {text}
      </p>
    ));
}

/** Everything else that has to be known, below them. */
export function PlanNotes({ warnings }: WarningsProps) {
  const notes = warnings.filter(({ code }) => !STAMPS.has(code) && code !== NOT_TO_SCALE);
  if (notes.length === 0) return null;
  return (
    <details class="notes" open={notes.length <= 3}>
      <summary>{notes.length === 1 ? 'One thing' : `${notes.length} things`} to know about this plan</summary>
      <ul>
        {notes.map(({ code, text }) => (
          <li key={code} data-code={code}>
            {text}
          </li>
        ))}
      </ul>
    </details>
  );
}
