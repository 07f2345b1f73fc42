import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import { ClientLines } from './client-list.tsx';

type Group = Answers['duplicates']['groups'][number];

/** Records that may be of one person, to be looked at and made one. */
export function Duplicates() {
  const found = useLoaded(() => api.duplicates(), []);
  return (
    <>
      <div class="screen-head">
        <div>
          <p class="crumb">
            <a href={hrefOf('clients')}>Clients</a>
          </p>
          <h1>May be the same person</h1>
        </div>
      </div>
      {!found.value && <Waiting refusal={found.refusal} onAgain={found.reload} />}
      {found.value?.groups.length === 0 && (
        <div class="empty">
          <h2>No two records look alike</h2>
          <p>Records are compared by e-mail address, by telephone, and by name with the day of birth.</p>
        </div>
      )}
      {found.value?.groups.map((group) => (
        <Panel key={group.clients.map(({ id }) => id).join()} title={group.why}>
          <ClientLines lines={group.clients} />
          <MergeForm group={group} onMerged={found.reload} />
        </Panel>
      ))}
    </>
  );
}

function MergeForm({ group, onMerged }: { readonly group: Group; readonly onMerged: () => void }) {
  const [into, setInto] = useState<string | null>(null);
  const sending = useSend();
  const kept = group.clients.find(({ id }) => id === into);
  const merge = async (): Promise<void> => {
    for (const { id } of group.clients) {
      if (id === into || into === null) continue;
      if (!(await sending.send(() => api.mergeClients({ id, into })))) return;
    }
    onMerged();
  };
  return (
    <div class="stack">
      <fieldset class="choices">
        <legend>Which record goes on</legend>
        <div class="choices-row">
          {group.clients.map(({ id, name, email, phone }) => (
            <label key={id} class={id === into ? 'on' : ''}>
              <input type="radio" name={`into ${group.why}`} checked={id === into} onChange={() => setInto(id)} />
              {[name, email ?? phone].filter(Boolean).join(', ')}
            </label>
          ))}
        </div>
      </fieldset>
      <RefusalNotice refusal={sending.refusal} />
      {kept && (
        <>
          <p class="hint">
            Courses, photos, plans and quotes of the others move there. Their profiles are kept, sealed, with it.
          </p>
          <button type="button" class="button button-solid" disabled={sending.isSending} onClick={() => void merge()}>
            Make them one
          </button>
        </>
      )}
    </div>
  );
}
