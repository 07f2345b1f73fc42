/** A kept plan with its photos, or a client's photos alone, for the planning page: asked for over that page. */
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/api.ts';
import type { OpenedRecord, OpenOrder } from '../api/keep-order.ts';
import { SignInForm } from './entry/sign-in-form.tsx';
import { photosForNewPlan, photosOfPlan } from './kept-photos.ts';
import { Dialog } from './parts/dialog.tsx';
import { useLoaded } from './parts/use-loaded.ts';
import { Waiting } from './parts/waiting.tsx';
import { whoIsThere } from './who-is-there.ts';

export function openRecord(order: OpenOrder): Promise<OpenedRecord | null> {
  const place = document.createElement('div');
  document.body.append(place);
  return new Promise((resolve) => {
    const done = (record: OpenedRecord | null): void => {
      render(null, place);
      place.remove();
      resolve(record);
    };
    render(<OpenRecord order={order} onDone={done} />, place);
  });
}

interface OpenRecordProps {
  readonly order: OpenOrder;
  readonly onDone: (record: OpenedRecord | null) => void;
}

function OpenRecord({ order, onDone }: OpenRecordProps) {
  const who = useLoaded(whoIsThere, []);
  return (
    <Dialog title={order.planId ? 'Opening the plan' : 'Photos of the record'} onClose={() => onDone(null)}>
      {!who.value && <Waiting refusal={who.refusal} onAgain={who.reload} />}
      {who.value === 'nobody' && (
        <>
          <p>Sign in to the studio first.</p>
          <SignInForm onSignedIn={who.reload} />
        </>
      )}
      {who.value && who.value !== 'nobody' && <Reading order={order} onDone={onDone} />}
    </Dialog>
  );
}

function Reading({ order, onDone }: OpenRecordProps) {
  const record = useLoaded(() => readRecord(order), []);
  useEffect(() => {
    if (record.value) onDone(record.value);
  }, [record.value]);
  return <Waiting refusal={record.refusal} onAgain={record.reload} />;
}

async function readRecord({ clientId, planId }: OpenOrder): Promise<OpenedRecord> {
  if (planId === null) return { document: null, photos: await photosForNewPlan(clientId), withoutPhoto: [] };
  const { items } = await api.plans({ clientId });
  const n = Math.max(1, ...(items.find(({ id }) => id === planId)?.versions.map((version) => version.n) ?? []));
  const kept = await api.planDocument({ planId, n });
  const plan = parsePlan(JSON.stringify(kept.document));
  const photos = await photosOfPlan(clientId, plan);
  const withoutPhoto = plan.photos.map(({ view }) => view).filter((view) => !photos.some((of) => of.view === view));
  return { document: plan, photos, withoutPhoto };
}
