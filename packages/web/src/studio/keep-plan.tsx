/**
 * Keeps a plan with a client, over the planning page: as a new plan, or as the next version of one.
 *
 * A bundle of its own that the planning page loads when it is asked to; see api/keep-order.ts. Signs in first when
 * nobody is signed in.
 */
import { render } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { api } from '../api/api.ts';
import type { KeepOrder } from '../api/keep-order.ts';
import type { ClientLine } from './clients/client-words.ts';
import { SignInForm } from './entry/sign-in-form.tsx';
import { recordViewOf } from './kept-photos.ts';
import { Dialog } from './parts/dialog.tsx';
import { CheckField, SelectField, TextField } from './parts/fields.tsx';
import { RefusalNotice } from './parts/refusal-notice.tsx';
import { SendForm } from './parts/send-form.tsx';
import { useLoaded } from './parts/use-loaded.ts';
import { useSend } from './parts/use-send.ts';
import { Waiting } from './parts/waiting.tsx';
import { whoIsThere } from './who-is-there.ts';

export { openRecord } from './open-record.tsx';
export { studioLists } from './studio-lists.ts';

const MOST_FOUND = 8;
const REST_MS = 250;

export function openKeepPlan(order: KeepOrder): void {
  const place = document.createElement('div');
  document.body.append(place);
  const close = (): void => {
    render(null, place);
    place.remove();
  };
  render(<KeepPlan order={order} onClose={close} />, place);
}

interface KeepPlanProps {
  readonly order: KeepOrder;
  readonly onClose: () => void;
}

function KeepPlan({ order, onClose }: KeepPlanProps) {
  const who = useLoaded(whoIsThere, []);
  const [clientId, setClientId] = useState(order.clientId);
  const [keptWith, setKeptWith] = useState<string | null>(null);
  if (keptWith) {
    return (
      <Dialog title="Kept" onClose={onClose}>
        <p role="status">
          The plan is in the record
          {order.photos.length === 0
            ? '.'
            : photosLeft(order, keptWith).length === 0
              ? ' with its photos.'
              : ', its photos are not.'}
        </p>
        <div class="row">
          <a class="button button-solid" href={`/studio/#/clients/${keptWith}`}>
            Open the record
          </a>
          <button type="button" class="link" onClick={onClose}>
            Stay with the plan
          </button>
        </div>
      </Dialog>
    );
  }
  return (
    <Dialog title="Keep with a client" onClose={onClose}>
      {!who.value && <Waiting refusal={who.refusal} onAgain={who.reload} />}
      {who.value === 'nobody' && (
        <>
          <p>Sign in to the studio first; the plan stays as it is.</p>
          <SignInForm onSignedIn={who.reload} />
        </>
      )}
      {who.value && who.value !== 'nobody' && who.value.role === 'client' && (
        <p class="warning">You are signed in as a client. Somebody of the studio has to keep plans.</p>
      )}
      {who.value &&
        who.value !== 'nobody' &&
        who.value.role !== 'client' &&
        (clientId === null ? (
          <ChooseClient onChoose={setClientId} />
        ) : (
          <KeepForm
            key={clientId}
            clientId={clientId}
            order={order}
            onKept={() => setKeptWith(clientId)}
            onOther={() => setClientId(null)}
          />
        ))}
    </Dialog>
  );
}

/** Photos of the plan that this client's record does not have yet. */
const photosLeft = ({ photos, isPhotoKept }: KeepOrder, clientId: string) =>
  photos.filter(({ sha256 }) => !isPhotoKept(clientId, sha256));

function ChooseClient({ onChoose }: { readonly onChoose: (clientId: string) => void }) {
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const found = useLoaded(() => api.clients({ limit: MOST_FOUND, ...(search ? { search } : {}) }), [search], true);
  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <>
      <TextField
        label="Whose plan is it?"
        type="search"
        isOptional
        placeholder="Name, e-mail or telephone"
        value={typed}
        onChange={setTyped}
      />
      {!found.value && <Waiting refusal={found.refusal} onAgain={found.reload} />}
      {found.value?.items.length === 0 && <p class="hint">Nobody fits that. New clients are added in the studio.</p>}
      <ul class="lines">
        {found.value?.items.map((line: ClientLine) => (
          <li key={line.id}>
            <button type="button" class="line" onClick={() => onChoose(line.id)}>
              <span class="line-main">
                <strong>{line.name}</strong>
                <small>{[line.email, line.phone].filter(Boolean).join(' · ')}</small>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}

interface KeepFormProps {
  readonly clientId: string;
  readonly order: KeepOrder;
  readonly onKept: () => void;
  readonly onOther: () => void;
}

function KeepForm({ clientId, order, onKept, onOther }: KeepFormProps) {
  const client = useLoaded(() => api.client({ id: clientId }), [clientId]);
  const plans = useLoaded(() => api.plans({ clientId }), [clientId]);
  const consents = useLoaded(() => api.photoConsents({ clientId }), [clientId]);
  const [planId, setPlanId] = useState(order.clientId === clientId ? (order.planId ?? '') : '');
  const [keepsPhotos, setKeepsPhotos] = useState(false);
  const [title, setTitle] = useState('');
  const sending = useSend();
  if (!client.value || !plans.value) {
    return (
      <Waiting
        refusal={client.refusal ?? plans.refusal}
        onAgain={() => {
          client.reload();
          plans.reload();
        }}
      />
    );
  }
  const { items } = plans.value;
  const chosen = items.find(({ id }) => id === planId);
  const { document, summary } = order;
  const photos = photosLeft(order, clientId);
  /** Before the plan, which could not be opened again without them; each once, however often this is tried. */
  const keepPhotos = async (): Promise<void> => {
    for (const { view, file, sha256 } of photosLeft(order, clientId)) {
      await api.addPhoto({ clientId, view: recordViewOf(view), stage: 'before', file });
      order.onPhotoKept(clientId, sha256);
    }
  };
  const keep = async (): Promise<void> => {
    const isKept = await sending.send<unknown>(async () => {
      if (keepsPhotos) await keepPhotos();
      return chosen
        ? api.addPlanVersion({
            planId: chosen.id,
            basedOn: Math.max(...chosen.versions.map(({ n }) => n)),
            document,
            summary,
          })
        : api.createPlan({ clientId, title: title.trim() || 'Plan', document, summary });
    });
    if (isKept) {
      order.onKept();
      onKept();
    } else plans.reload();
  };
  return (
    <SendForm
      sending={sending}
      action="Keep the plan"
      onSend={() => void keep()}
      aside={
        <button type="button" class="link" onClick={onOther}>
          Another client
        </button>
      }
    >
      <p>
        For <strong>{client.value.profile.name}</strong>
      </p>
      {items.length > 0 && (
        <SelectField
          label="As"
          value={planId}
          options={[
            { value: '', label: 'A new plan' },
            ...items.map(({ id, title: name, versions }) => ({
              value: id,
              label: `Version ${versions.length + 1} of “${name}”`,
            })),
          ]}
          onChange={setPlanId}
        />
      )}
      {!chosen && (
        <TextField
          label="Title"
          isOptional
          maxLength={120}
          placeholder="Such as: first plan, lower hairline"
          value={title}
          onChange={setTitle}
        />
      )}
      {photos.length > 0 && !consents.value && (
        <RefusalNotice refusal={consents.refusal}>
          <button type="button" class="button" onClick={consents.reload}>
            Try again
          </button>
        </RefusalNotice>
      )}
      {photos.length > 0 &&
        consents.value &&
        (consents.value.treatment ? (
          <CheckField
            label={photos.length === 1 ? 'Keep its photo in the record too' : 'Keep its photos in the record too'}
            isOn={keepsPhotos}
            onChange={setKeepsPhotos}
          />
        ) : (
          <p class="hint">Its photos stay here: the client has not agreed to photos being kept.</p>
        ))}
    </SendForm>
  );
}
