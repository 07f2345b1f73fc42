import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { api } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SaveFile } from '../parts/save-file.tsx';
import { useSession } from '../parts/session.ts';
import { dayOf } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import type { Plan } from './client-words.ts';

/** Plans kept with the client; a plan grows by versions, and none is ever changed. */
export function ClientPlans({ clientId }: { readonly clientId: string }) {
  const plans = useLoaded(() => api.plans({ clientId }), [clientId]);
  const items = plans.value?.items ?? [];
  return (
    <Panel
      title="Plans"
      action={
        <a class="link" href={`/?client=${clientId}`}>
          New plan from photos
        </a>
      }
    >
      {!plans.value && <Waiting refusal={plans.refusal} onAgain={plans.reload} />}
      {plans.value && items.length === 0 && (
        <p class="hint">None yet. A plan made on the planning page is kept here with “Keep with a client”.</p>
      )}
      {items.map((plan) => (
        <OnePlan key={plan.id} clientId={clientId} plan={plan} onChanged={plans.reload} />
      ))}
    </Panel>
  );
}

/** As the planning page and the command line write it. */
async function documentOf(planId: string, n: number): Promise<Blob> {
  const { document } = await api.planDocument({ planId, n });
  return new Blob([JSON.stringify(document)], { type: 'application/json' });
}

interface OnePlanProps {
  readonly clientId: string;
  readonly plan: Plan;
  readonly onChanged: () => void;
}

function OnePlan({ clientId, plan, onChanged }: OnePlanProps) {
  const { studio } = useSession();
  const sending = useSend();
  const [newest, ...older] = [...plan.versions].sort((a, b) => b.n - a.n);
  if (!newest) return null;
  const accept = async (): Promise<void> => {
    if (await sending.send(() => api.acceptPlan({ planId: plan.id, n: newest.n }))) onChanged();
  };
  const day = (instant: string): string => dayWords(dayOf(instant, studio.timeZone));
  return (
    <article class="entry-of-list">
      <h3>{plan.title}</h3>
      <p>{newest.saying}</p>
      <p class="hint">
        Version {newest.n}, {day(newest.createdAt)}
        {newest.acceptedAt && ` · accepted ${day(newest.acceptedAt)}`}
      </p>
      {newest.edits.length > 0 && newest.n > 1 && (
        <details>
          <summary>What changed</summary>
          <ul class="plain-list">
            {newest.edits.map((edit) => (
              <li key={edit}>{edit}</li>
            ))}
          </ul>
        </details>
      )}
      {older.length > 0 && (
        <details>
          <summary>{older.length === 1 ? 'One version before' : `${older.length} versions before`}</summary>
          <ul class="plain-list">
            {older.map(({ n, saying, createdAt }) => (
              <li key={n}>
                {n}: {saying} <small>{day(createdAt)}</small>
              </li>
            ))}
          </ul>
        </details>
      )}
      <RefusalNotice refusal={sending.refusal} />
      <div class="row">
        <a class="link" href={`/?client=${clientId}&plan=${plan.id}`}>
          Open in the planner
        </a>
        <a class="link" href={hrefOf('clients', clientId, 'quote', plan.id)}>
          Quote from it
        </a>
        <SaveFile name="plan.json" call={() => documentOf(plan.id, newest.n)}>
          Save plan.json
        </SaveFile>
        {!newest.acceptedAt && (
          <button type="button" class="link" disabled={sending.isSending} onClick={() => void accept()}>
            The client accepts this version
          </button>
        )}
      </div>
    </article>
  );
}
