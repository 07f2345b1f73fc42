import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { ChoiceField, TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { isManager, useSession } from '../parts/session.ts';
import { instantWords } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import { CLIENT_STATUS_WORDS, type ClientLine } from './client-words.ts';
import { presentationWords } from './presentation-words.ts';

/** Typing is not a question: the list is asked for when the fingers rest. */
const REST_MS = 250;
const SHOWN = [
  { value: 'all', label: 'All' },
  { value: 'enquiry', label: 'Enquiries' },
  { value: 'active', label: 'Clients' },
  { value: 'archived', label: 'Archived' },
] as const;

/** Everybody the studio knows, found by name, address or telephone. */
export function ClientList() {
  const { me } = useSession();
  const [typed, setTyped] = useState('');
  const [search, setSearch] = useState('');
  const [shown, setShown] = useState<(typeof SHOWN)[number]['value']>('all');
  const [more, setMore] = useState<readonly ClientLine[]>([]);
  const asking = {
    ...(search ? { search } : {}),
    ...(shown === 'all' ? {} : { status: shown }),
  };
  const first = useLoaded(() => api.clients(asking), [search, shown], true);
  const [next, setNext] = useState<string | null>(null);
  const loadingMore = useSend();

  useEffect(() => {
    const timer = setTimeout(() => setSearch(typed.trim()), REST_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    setMore([]);
    setNext(first.value?.cursor ?? null);
  }, [first.value]);

  const loadMore = async (cursor: string): Promise<void> => {
    const page = await loadingMore.send(() => api.clients({ ...asking, cursor }));
    if (!page) return;
    setMore([...more, ...page.items]);
    setNext(page.cursor);
  };
  const lines = [...(first.value?.items ?? []), ...more];
  return (
    <>
      <div class="screen-head">
        <h1>Clients</h1>
        <div class="row">
          {isManager(me) && (
            <>
              <a class="link" href={hrefOf('clients', 'duplicates')}>
                Duplicates
              </a>
              <a class="link" href={hrefOf('studio', 'import')}>
                Import
              </a>
            </>
          )}
          <a class="button button-solid" href={hrefOf('clients', 'new')}>
            New enquiry
          </a>
        </div>
      </div>
      <div class="list-filter">
        <TextField
          label="Search"
          type="search"
          isOptional
          placeholder="Name, e-mail or telephone"
          value={typed}
          onChange={setTyped}
        />
        <ChoiceField legend="Show" value={shown} options={SHOWN} onChange={setShown} />
      </div>
      {first.value ? (
        lines.length > 0 ? (
          <ClientLines lines={lines} />
        ) : (
          <EmptyList isFiltered={search !== '' || shown !== 'all'} />
        )
      ) : (
        <Waiting refusal={first.refusal} onAgain={first.reload} />
      )}
      <RefusalNotice refusal={loadingMore.refusal} />
      {next && (
        <button type="button" class="button" disabled={loadingMore.isSending} onClick={() => void loadMore(next)}>
          Show more
        </button>
      )}
    </>
  );
}

function EmptyList({ isFiltered }: { readonly isFiltered: boolean }) {
  return (
    <div class="empty">
      <h2>{isFiltered ? 'Nobody fits that' : 'Nobody here yet'}</h2>
      <p>
        {isFiltered
          ? 'Search for a part of the name, or show all.'
          : 'Write down the first enquiry, or bring your clients along from another program.'}
      </p>
    </div>
  );
}

interface ClientLinesProps {
  readonly lines: readonly ClientLine[];
  /** Where all stand alike. */
  readonly isStatusHidden?: boolean;
}

export function ClientLines({ lines, isStatusHidden }: ClientLinesProps) {
  const { studio } = useSession();
  return (
    <ul class="lines">
      {lines.map((line) => (
        <li key={line.id}>
          <a class="line" href={hrefOf('clients', line.id)}>
            <span class="line-main">
              <strong>{line.name}</strong>
              <small>{[line.email, line.phone].filter(Boolean).join(' · ') || 'no way to reach them noted'}</small>
            </span>
            <span class="line-side">
              <small>{presentationWords(line.presentation)}</small>
              {line.nextAppointment && <small>next {instantWords(line.nextAppointment, studio.timeZone)}</small>}
            </span>
            {!isStatusHidden && <span class={`chip chip-${line.status}`}>{CLIENT_STATUS_WORDS[line.status]}</span>}
          </a>
        </li>
      ))}
    </ul>
  );
}
