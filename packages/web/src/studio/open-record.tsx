/** A kept plan with its photos, or a client's photos alone, for the planning page: asked for over that page. */
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/api.ts';
import type { OpenedRecord, OpenOrder } from '../api/keep-order.ts';
import { SignInForm } from './entry/sign-in-form.tsx';
import { photoReader, photosForNewPlan, photosOf, photosOfPlan } from './kept-photos.ts';
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
  const photos = await photosOf(clientId);
  const read = photoReader();
  if (planId === null) {
    const newest = await photosForNewPlan(photos, read);
    return { document: null, photos: newest, standIns: [], withoutPhoto: [] };
  }
  const { items } = await api.plans({ clientId });
  const newest = items.find(({ id }) => id === planId)?.versions.toSorted((a, b) => b.n - a.n)[0];
  const kept = await api.planDocument({ planId, n: newest?.n ?? 1 });
  const document = parsePlan(JSON.stringify(kept.document));
  return { document, ...(await photosOfPlan(photos, document.photos, newest?.createdAt ?? '', read)) };
}
