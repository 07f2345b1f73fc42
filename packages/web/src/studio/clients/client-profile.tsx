import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField, ChoiceField, SelectField, TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSend } from '../parts/use-send.ts';
import type { Client } from './client-words.ts';
import { presentationOptions } from './presentation-words.ts';

interface ClientProfileProps {
  readonly client: Client;
  readonly onChanged: (client: Client) => void;
  /** Somebody else changed the record: fetch it again. */
  readonly onStale: () => void;
}

export function ClientProfile({ client, onChanged, onStale }: ClientProfileProps) {
  const [isEditing, setIsEditing] = useState(false);
  if (isEditing) {
    return (
      <Panel title="Who it is">
        <ProfileForm
          client={client}
          onKept={(changed) => {
            onChanged(changed);
            setIsEditing(false);
          }}
          onStale={onStale}
          onLeave={() => setIsEditing(false)}
        />
      </Panel>
    );
  }
  const { profile } = client;
  const facts: readonly (readonly [string, string | null])[] = [
    ['E-mail', profile.email],
    ['Telephone', profile.phone],
    ['Born', profile.bornOn && dayWords(profile.bornOn)],
    ['Sex', profile.sex === null ? null : profile.sex === 'm' ? 'male' : 'female'],
    ['Address', profile.address],
    ['Cause, in their words', profile.cause],
    ['Heard of us from', profile.source],
    ['Notes', profile.notes],
  ];
  const known = facts.filter(([, value]) => value);
  return (
    <Panel
      title="Who it is"
      action={
        <button type="button" class="link" onClick={() => setIsEditing(true)}>
          Edit
        </button>
      }
    >
      {known.length > 0 ? (
        <dl class="facts">
          {known.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      ) : (
        <p class="hint">Only the name is known so far.</p>
      )}
    </Panel>
  );
}

type Profile = Client['profile'];

interface ProfileFormProps {
  readonly client: Client;
  readonly onKept: (client: Client) => void;
  readonly onStale: () => void;
  readonly onLeave: () => void;
}

const SEXES = [
  { value: 'm', label: 'Male' },
  { value: 'f', label: 'Female' },
  { value: '', label: 'Not said' },
] as const;
const STATUSES = [
  { value: 'enquiry', label: 'Enquiry' },
  { value: 'active', label: 'Client' },
  { value: 'archived', label: 'Archived' },
] as const;

/** Only what was changed here is sent: what others changed meanwhile stays. */
function changedOf(base: Profile, profile: Profile): Partial<Profile> {
  const changed = Object.entries(profile).filter(([key, value]) => value !== base[key as keyof Profile]);
  return Object.fromEntries(changed);
}

function ProfileForm({ client, onKept, onStale, onLeave }: ProfileFormProps) {
  const [base] = useState(client.profile);
  const [profile, setProfile] = useState(client.profile);
  const [status, setStatus] = useState(client.status);
  const sending = useSend();
  const change = (part: Partial<typeof profile>): void => setProfile({ ...profile, ...part });
  const keep = async (): Promise<void> => {
    const { id, version } = client;
    const isKnownStatus = status === 'enquiry' || status === 'active' || status === 'archived';
    const changed = await sending.send(() =>
      api.changeClient({ id, version, profile: changedOf(base, profile), ...(isKnownStatus ? { status } : {}) }),
    );
    if (changed) onKept(changed);
  };
  return (
    <SendForm
      sending={sending}
      action="Keep"
      onSend={() => void keep()}
      onRefused={
        sending.refusal?.code === 'changed-meanwhile' && (
          <button type="button" class="button" onClick={onStale}>
            Fetch the new state; what is typed here stays
          </button>
        )
      }
      aside={
        <button type="button" class="link" onClick={onLeave}>
          Leave as it was
        </button>
      }
    >
      <TextField
        label="Name"
        autocomplete="off"
        maxLength={160}
        value={profile.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label="E-mail address"
        type="email"
        isOptional
        autocomplete="off"
        value={profile.email ?? ''}
        onChange={(email) => change({ email: email.trim() || null })}
      />
      <TextField
        label="Telephone"
        type="tel"
        isOptional
        autocomplete="off"
        maxLength={40}
        value={profile.phone ?? ''}
        onChange={(phone) => change({ phone: phone || null })}
      />
      <TextField
        label="Born on"
        type="date"
        isOptional
        value={profile.bornOn ?? ''}
        onChange={(bornOn) => change({ bornOn: bornOn || null })}
      />
      <ChoiceField
        legend="Sex"
        value={profile.sex ?? ''}
        options={SEXES}
        onChange={(sex) => change({ sex: sex || null })}
      />
      <SelectField
        label="Presentation"
        value={profile.presentation ?? ''}
        options={presentationOptions(client.profile.presentation)}
        onChange={(presentation) => change({ presentation: presentation || null })}
      />
      <AreaField
        label="Address"
        isOptional
        maxLength={400}
        value={profile.address}
        onChange={(address) => change({ address })}
      />
      <AreaField
        label="Cause, in their words"
        isOptional
        maxLength={1000}
        value={profile.cause}
        onChange={(cause) => change({ cause })}
      />
      <TextField
        label="Heard of us from"
        isOptional
        maxLength={200}
        value={profile.source}
        onChange={(source) => change({ source })}
      />
      <AreaField
        label="Notes"
        isOptional
        rows={5}
        maxLength={10_000}
        value={profile.notes}
        onChange={(notes) => change({ notes })}
      />
      <ChoiceField legend="Where it stands" value={status} options={STATUSES} onChange={setStatus} />
    </SendForm>
  );
}
