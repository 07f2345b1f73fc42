import { openWords } from './open-words.ts';
import { wantedInWords } from './photos-of-plan.ts';
import type { useSavedPlan } from './use-saved-plan.ts';

/** Its very photos, and nothing beside. */
const AS_SAVED = { withoutPhoto: [], standIns: [], hasPigments: false };

interface SavedPlanBarProps extends Pick<ReturnType<typeof useSavedPlan>, 'plan' | 'fault'> {
  readonly onAside: () => void;
}

/** Above the steps: the plan that was opened from a file, the photos it still waits for, or why it cannot be opened. */
export function SavedPlanBar({ plan, fault, onAside }: SavedPlanBarProps) {
  return (
    <div class="record-bar" role="status">
      {fault && (
        <p class="fault" data-code={fault.code}>
          {fault.fileName}: {fault.text}
        </p>
      )}
      {plan && plan.missing.length === 0 && (
        <>
          <p>
            <strong>{plan.fileName}</strong> is open.
          </p>
          {openWords(plan.document, AS_SAVED).map((sentence) => (
            <p key={sentence} class="hint">
              {sentence}
            </p>
          ))}
        </>
      )}
      {plan && plan.missing.length > 0 && (
        <>
          <p>
            <strong>{plan.fileName}</strong> is open and waits for{' '}
            {plan.missing.length > 1 ? 'its photos, which are not in it' : 'its photo, which is not in it'}. Drop or
            choose the very {plan.missing.length > 1 ? 'files' : 'file'} it was made from:
          </p>
          <ul>
            {plan.missing.map((photo) => (
              <li key={photo.view}>{wantedInWords(photo)}</li>
            ))}
          </ul>
        </>
      )}
      {plan && plan.missing.length > 0 && (
        <button type="button" class="link" onClick={onAside}>
          Go on without this plan
        </button>
      )}
    </div>
  );
}
