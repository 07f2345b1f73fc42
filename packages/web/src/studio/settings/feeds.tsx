import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { SelectField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

export interface FeedSubject {
  readonly kind: 'practitioner' | 'room' | 'client';
  readonly subjectId: string;
  readonly name: string;
}

interface FeedsProps {
  /** Whose appointments may be followed. */
  readonly subjects: readonly FeedSubject[];
}

/** Addresses by which a calendar program follows appointments. They say when and where, never for what. */
export function Feeds({ subjects }: FeedsProps) {
  const list = useLoaded(() => api.feeds(), []);
  const [chosen, setChosen] = useState('');
  const [address, setAddress] = useState<string | null>(null);
  const sending = useSend();
  const subject = subjects.find(({ subjectId }) => subjectId === chosen) ?? subjects[0];
  const nameOf = (id: string): string => subjects.find(({ subjectId }) => subjectId === id)?.name ?? 'somebody else';
  const make = async ({ kind, subjectId }: FeedSubject): Promise<void> => {
    const feed = await sending.send(() => api.createFeed({ kind, subjectId }));
    if (!feed) return;
    setAddress(new URL(feed.path, location.origin).href);
    list.reload();
  };
  const remove = async (id: string): Promise<void> => {
    if (await sending.send(() => api.removeFeed({ id }))) list.reload();
  };
  return (
    <Panel
      title="Calendar feed"
      note="Follow the appointments in the calendar of your telephone. Whoever has the address sees their times."
    >
      {!list.value && <Waiting refusal={list.refusal} onAgain={list.reload} />}
      {address && (
        <SecretOnce words="Shown once. Add it to your calendar program as a subscription:" secret={address} />
      )}
      <ul class="plain-list">
        {list.value?.items.map(({ id, subjectId, createdAt }) => (
          <li key={id} class="row">
            <span>
              {nameOf(subjectId)}, made {dayWords(createdAt.slice(0, 10))}
            </span>
            <button type="button" class="link" disabled={sending.isSending} onClick={() => void remove(id)}>
              Stop it
            </button>
          </li>
        ))}
      </ul>
      <RefusalNotice refusal={sending.refusal} />
      {subject && (
        <div class="row row-fields">
          {subjects.length > 1 && (
            <SelectField
              label="Whose"
              width="medium"
              value={subject.subjectId}
              options={subjects.map(({ subjectId, name }) => ({ value: subjectId, label: name }))}
              onChange={setChosen}
            />
          )}
          <button type="button" class="button" disabled={sending.isSending} onClick={() => void make(subject)}>
            Make an address
          </button>
        </div>
      )}
    </Panel>
  );
}
