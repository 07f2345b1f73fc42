import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSession } from '../parts/session.ts';
import { instantWords } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

type Entry = Answers['audit']['items'][number];

/** What was done, by whom and when: a chain that can be added to and not changed. */
export function AuditPanel() {
  const { studio } = useSession();
  const newest = useLoaded(() => api.audit({}), []);
  const [older, setOlder] = useState<readonly Entry[]>([]);
  const [isEnd, setIsEnd] = useState(false);
  const loading = useSend();
  const entries = [...(newest.value?.items ?? []), ...older];
  const loadOlder = async (): Promise<void> => {
    const before = entries.at(-1)?.seq;
    if (before === undefined) return;
    const page = await loading.send(() => api.audit({ before }));
    if (!page) return;
    setOlder([...older, ...page.items]);
    setIsEnd(page.items.length === 0);
  };
  return (
    <Panel
      title="Audit"
      note="Everything that was changed, one after another. The entries are chained: “npx stipple audit verify” says whether one was altered."
    >
      {!newest.value && <Waiting refusal={newest.refusal} onAgain={newest.reload} />}
      <div class="table-scroll" tabIndex={0} role="region" aria-label="Entries">
        <table>
          <caption class="visually-hidden">Entries, the newest first</caption>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">Who</th>
              <th scope="col">What</th>
              <th scope="col">On</th>
            </tr>
          </thead>
          <tbody>
            {entries.map(({ seq, at, actorName, actorKind, action, subjectKind, subjectId }) => (
              <tr key={seq}>
                <td>{instantWords(at, studio.timeZone)}</td>
                <td>{actorName ?? actorKind}</td>
                <td>{action}</td>
                <td>
                  {subjectKind} <small>{subjectId?.slice(0, 8)}</small>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <RefusalNotice refusal={loading.refusal} />
      {entries.length > 0 && !isEnd && (
        <button type="button" class="button" disabled={loading.isSending} onClick={() => void loadOlder()}>
          Show older ones
        </button>
      )}
    </Panel>
  );
}
