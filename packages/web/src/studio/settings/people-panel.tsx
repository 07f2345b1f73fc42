import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { SelectField, TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { ROLE_WORDS, useSession } from '../parts/session.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

type Person = Answers['people']['items'][number];
type StaffRole = Exclude<Person['role'], 'client'>;

const ROLES: readonly { readonly value: StaffRole; readonly label: string }[] = [
  { value: 'practitioner', label: ROLE_WORDS.practitioner },
  { value: 'front-desk', label: ROLE_WORDS['front-desk'] },
  { value: 'manager', label: ROLE_WORDS.manager },
  { value: 'owner', label: ROLE_WORDS.owner },
];
const STATUS_WORDS: Readonly<Record<Person['status'], string>> = {
  invited: 'Invited',
  active: 'Signs in',
  suspended: 'Suspended',
};

/** Who signs in, in which role. */
export function PeoplePanel() {
  const people = useLoaded(() => api.people({}), []);
  return (
    <>
      <Panel title="People who sign in" note="Clients have their access from their record.">
        {!people.value && <Waiting refusal={people.refusal} onAgain={people.reload} />}
        <ul class="lines">
          {people.value?.items.map((person) => (
            <li key={person.id}>
              <PersonLine person={person} onChanged={people.reload} />
            </li>
          ))}
        </ul>
      </Panel>
      <Panel title="Invite somebody">
        <InviteForm onInvited={people.reload} />
      </Panel>
    </>
  );
}

function PersonLine({ person, onChanged }: { readonly person: Person; readonly onChanged: () => void }) {
  const { me } = useSession();
  const [reset, setReset] = useState<Answers['resetLink'] | null>(null);
  const sending = useSend();
  const { id, name, email, role, status, totp } = person;
  const isMe = id === me.accountId;
  const makeResetLink = async (): Promise<void> => {
    const answer = await sending.send(() => api.resetLink({ id }));
    if (answer) setReset(answer);
  };
  const change = async (part: { role?: StaffRole; status?: 'active' | 'suspended' }): Promise<void> => {
    if (await sending.send(() => api.changePerson({ id, ...part }))) onChanged();
  };
  return (
    <div class="person">
      <div class="line-main">
        <strong>
          {name}
          {isMe && <small> you</small>}
        </strong>
        <small>
          {email}
          {totp && ' · second factor'}
        </small>
      </div>
      <span class={`chip chip-person-${status}`}>{STATUS_WORDS[status]}</span>
      {!isMe && role !== 'client' && (
        <>
          <SelectField
            label={`Role of ${name}`}
            width="medium"
            value={role}
            options={ROLES}
            onChange={(next) => void change({ role: next })}
          />
          {status !== 'invited' && (
            <button
              type="button"
              class="link"
              disabled={sending.isSending}
              onClick={() => void change({ status: status === 'active' ? 'suspended' : 'active' })}
            >
              {status === 'active' ? 'Suspend' : 'Let in again'}
            </button>
          )}
          {status === 'active' && (
            <button type="button" class="link" disabled={sending.isSending} onClick={() => void makeResetLink()}>
              New password …
            </button>
          )}
        </>
      )}
      <RefusalNotice refusal={sending.refusal} />
      {reset && (
        <SecretOnce
          words={
            reset.mailed
              ? `${name} has been sent a link to a new password. It also works from here:`
              : `Give this link to ${name} yourself. It works once, for two hours.`
          }
          secret={reset.link}
        />
      )}
    </div>
  );
}

function InviteForm({ onInvited }: { readonly onInvited: () => void }) {
  const { studio } = useSession();
  const [person, setPerson] = useState({ name: '', email: '', role: 'practitioner' as StaffRole, practitionerId: '' });
  const [invited, setInvited] = useState<(Answers['invite'] & { name: string }) | null>(null);
  const sending = useSend();
  const change = (part: Partial<typeof person>): void => setPerson({ ...person, ...part });
  const free = studio.practitioners.filter(({ accountId, active }) => active && accountId === null);
  const invite = async (): Promise<void> => {
    const { practitionerId, ...rest } = person;
    const answer = await sending.send(() => api.invite({ ...rest, ...(practitionerId ? { practitionerId } : {}) }));
    if (!answer) return;
    setInvited({ ...answer, name: person.name });
    setPerson({ name: '', email: '', role: 'practitioner', practitionerId: '' });
    onInvited();
  };
  return (
    <>
      {invited && (
        <SecretOnce
          words={
            invited.mailed
              ? `${invited.name} has been sent this link:`
              : `The studio sends no e-mail yet: give this link to ${invited.name} yourself. It works once.`
          }
          secret={invited.link}
        />
      )}
      <SendForm sending={sending} action="Invite" onSend={() => void invite()}>
        <div class="form-pair">
          <TextField
            label="Name"
            autocomplete="off"
            maxLength={120}
            value={person.name}
            onChange={(name) => change({ name })}
          />
          <TextField
            label="E-mail address"
            type="email"
            autocomplete="off"
            value={person.email}
            onChange={(email) => change({ email })}
          />
          <SelectField label="Role" value={person.role} options={ROLES} onChange={(role) => change({ role })} />
          {free.length > 0 && (
            <SelectField
              label="Is the practitioner"
              isOptional
              value={person.practitionerId}
              options={[
                { value: '', label: 'None of them' },
                ...free.map(({ id, name }) => ({ value: id, label: name })),
              ]}
              onChange={(practitionerId) => change({ practitionerId })}
            />
          )}
        </div>
      </SendForm>
    </>
  );
}
