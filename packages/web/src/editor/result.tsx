import { ChangedNotice } from './changed-notice.tsx';
import { Downloads, type DownloadsProps } from './downloads.tsx';
import type { HeadPhoto } from './head-photo.ts';
import { LookViews } from './look-views.tsx';
import { NOTHING_DRAWN } from './mark-session.ts';
import { detailOf, pointsHelp, remedyOf } from './photo-state.ts';
import { PlanNumbers } from './plan-numbers.tsx';
import { PlanNotes, PlanStamps } from './plan-warnings.tsx';
import type { PlanState, usePlan } from './use-plan.ts';
import { HEAD_VIEWS, type ViewName } from './views.ts';
import { Welcome } from './welcome.tsx';

interface ResultProps {
  readonly state: PlanState;
  readonly files: ReturnType<typeof usePlan>['files'];
  readonly onView: (view: string) => void;
  /** The photos chosen; the plan shown may be of others. */
  readonly photos: readonly HeadPhoto[];
  /** What has changed in the form since the plan was made, in words. */
  readonly changes: readonly string[];
  /** Null while the form cannot be used. */
  readonly onAgain: (() => void) | null;
  readonly onExample: () => void;
  readonly onMark: (view: ViewName) => void;
  /** Makes the plan without this photo. */
  readonly onWithout: (view: ViewName) => void;
  readonly photosToKeep: DownloadsProps['photosToKeep'];
  readonly onSaved: () => void;
}

/** The right-hand side: an invitation, the photos at work, what went wrong, or the plan. */
export function Result(props: ResultProps) {
  const { state, files, onView, photos, changes, onAgain, onExample, photosToKeep, onSaved } = props;
  const { status, failure, views, photoUrls, summary, step } = state;
  if (status === 'refused') return <Refused {...props} />;
  if (status === 'failed') {
    return (
      <div class="notice" role="alert">
        <h2>Stipple made a mistake.</h2>
        <p>Nothing was lost: the photo and what you typed are still there. Please report this text:</p>
        <pre>{failure}</pre>
      </div>
    );
  }
  const [first] = photos;
  if (!first && views.length === 0) return <Welcome onExample={onExample} />;
  if (views.length === 0) {
    return (
      <div class="waiting">
        <div class={`waiting-photos ${photos.length > 1 ? 'waiting-many' : ''}`}>
          {photos.map(({ view, url }) => (
            <img key={view} src={url} alt={photos.length > 1 ? HEAD_VIEWS[view].label : 'The photo as it is'} />
          ))}
        </div>
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
      <LookViews views={views} photoUrls={photoUrls} summary={summary} onView={onView} />
      {summary && <PlanNotes warnings={summary.warnings} />}
      {summary && <PlanNumbers summary={summary} />}
      {status === 'done' ? (
        <Downloads files={files} photosToKeep={photosToKeep} onSaved={onSaved}>
          {changed('These files are of the plan shown, not of the form as it is now.')}
        </Downloads>
      ) : (
        <Working step={step} />
      )}
    </>
  );
}

/** What cannot be used, which photo it is about, and the ways on from here. */
function Refused({ state: { refusal }, photos, onMark, onWithout }: ResultProps) {
  if (!refusal) return null;
  const named = photos.find(({ view }) => view === refusal.view);
  const shown = named ?? (photos.length === 1 ? photos[0] : undefined);
  const detail = detailOf(refusal, refusal.view);
  return (
    <div class="notice" role="alert" data-code={refusal.code} data-view={refusal.view}>
      {named && photos.length > 1 && <p class="notice-view">{HEAD_VIEWS[named.view].label}</p>}
      <h2>{refusal.reason}</h2>
      {detail && <p>{detail}</p>}
      <p class="notice-remedy">{remedyOf(refusal, named?.drawn ?? NOTHING_DRAWN)}</p>
      {named && (
        <div class="row">
          {pointsHelp(refusal.code) && (
            <button type="button" class="button" onClick={() => onMark(named.view)}>
              Mark points on it
            </button>
          )}
          {photos.length > 1 && (
            <button type="button" class="button" onClick={() => onWithout(named.view)}>
              Go on without this photo
            </button>
          )}
        </div>
      )}
      <p class="notice-code">
        <code>{refusal.code}</code> What you typed{keptInWords(photos.length, named !== undefined)} kept.
      </p>
      {shown && <img class="notice-photo" src={shown.url} alt="The photo as it is" />}
    </div>
  );
}

const keptInWords = (photos: number, isOneNamed: boolean): string =>
  photos < 2 ? ' is' : isOneNamed ? ' and the other photos are' : ' and the photos are';

function Working({ step }: { readonly step: string }) {
  return (
    <p class="working" role="status">
      <span class="spinner" aria-hidden="true" /> {step} …
    </p>
  );
}
