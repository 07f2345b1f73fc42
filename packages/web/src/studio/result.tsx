import { ChangedNotice } from './changed-notice.tsx';
import { Downloads } from './downloads.tsx';
import { LookViews } from './look-views.tsx';
import { PlanNumbers } from './plan-numbers.tsx';
import { PlanNotes, PlanStamps } from './plan-warnings.tsx';
import type { PlanState, usePlan } from './use-plan.ts';
import { Welcome } from './welcome.tsx';

interface ResultProps {
  readonly state: PlanState;
  readonly files: ReturnType<typeof usePlan>['files'];
  /** Of the photo chosen; the plan shown may be of another. */
  readonly photoUrl: string | null;
  /** What has changed in the form since the plan was made, in words. */
  readonly changes: readonly string[];
  /** Null while the form cannot be used. */
  readonly onAgain: (() => void) | null;
  readonly onExample: () => void;
}

/** The right-hand side: an invitation, the photo at work, what went wrong, or the plan. */
export function Result({ state, files, photoUrl, changes, onAgain, onExample }: ResultProps) {
  const { order, status, refusal, failure, pictures, head, summary, step } = state;
  if (status === 'refused' && refusal) {
    return (
      <div class="notice" role="alert" data-code={refusal.code}>
        <h2>{refusal.reason}</h2>
        {refusal.detail && <p>{refusal.detail}</p>}
        <p class="notice-remedy">{refusal.remedy}</p>
        <p class="notice-code">
          <code>{refusal.code}</code> What you typed is kept.
        </p>
        {photoUrl && <img class="notice-photo" src={photoUrl} alt="The photo as it is" />}
      </div>
    );
  }
  if (status === 'failed') {
    return (
      <div class="notice" role="alert">
        <h2>Stipple made a mistake.</h2>
        <p>Nothing was lost: the photo and what you typed are still there. Please report this text:</p>
        <pre>{failure}</pre>
      </div>
    );
  }
  if (!photoUrl) return <Welcome onExample={onExample} />;
  const { healed } = pictures;
  if (!order || !healed || !head) {
    return (
      <div class="waiting">
        <img src={photoUrl} alt="The photo as it is" />
        {status === 'working' ? (
          <Working step={step} />
        ) : (
          <p class="hint">Ready. Measure the head, choose the treatment, make the plan.</p>
        )}
      </div>
    );
  }
  const changed = (meaning: string) =>
    changes.length > 0 && <ChangedNotice parts={changes} meaning={meaning} onAgain={onAgain} />;
  return (
    <>
      {changed('Pictures and numbers are as before.')}
      {summary && <PlanStamps warnings={summary.warnings} />}
      <LookViews
        pictures={pictures}
        head={head}
        before={{ url: order.photoUrl, box: healed.box }}
        healed={healed}
        summary={summary}
      />
      {summary && <PlanNotes warnings={summary.warnings} />}
      {summary && <PlanNumbers summary={summary} />}
      {status === 'done' ? (
        <Downloads files={files}>
          {changed('These files are of the plan shown, not of the form as it is now.')}
        </Downloads>
      ) : (
        <Working step={step} />
      )}
    </>
  );
}

function Working({ step }: { readonly step: string }) {
  return (
    <p class="working" role="status">
      <span class="spinner" aria-hidden="true" /> {step} …
    </p>
  );
}
