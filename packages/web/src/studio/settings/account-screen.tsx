import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { PasswordField } from '../entry/password-field.tsx';
import { TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { ROLE_WORDS, type Me } from '../parts/session.ts';
import { instantWords } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import { Feeds, type FeedSubject } from './feeds.tsx';
import { Passkeys } from './passkeys.tsx';
import { SecondFactor } from './second-factor.tsx';

interface AccountScreenProps {
  readonly me: Me;
  /** Whose appointments this account may follow. */
  readonly followed: readonly FeedSubject[];
  readonly onChanged: () => void;
}

/** One's own account: password, second factor, passkeys, devices, calendar feed. */
export function AccountScreen({ me, followed, onChanged }: AccountScreenProps) {
  return (
    <>
      <div class="screen-head">
        <div>
          <h1>{me.name}</h1>
          <p class="head-facts">
            {ROLE_WORDS[me.role]} · {me.email}
          </p>
        </div>
      </div>
      <div class="panels">
        <SecondFactor me={me} onChanged={onChanged} />
        <Passkeys me={me} onChanged={onChanged} />
        <ChangePassword />
        <Devices />
        <Feeds subjects={followed} />
      </div>
    </>
  );
}

function ChangePassword() {
  const [current, setCurrent] = useState('');
  const [next, setNext] = useState('');
  const [isKept, setIsKept] = useState(false);
  const sending = useSend();
  const change = async (): Promise<void> => {
    setIsKept(false);
    if (!(await sending.send(() => api.changePassword({ current, next })))) return;
    setIsKept(true);
    setCurrent('');
    setNext('');
  };
  return (
    <Panel title="Password" note="Changing it signs every other device out.">
      <SendForm
        sending={sending}
        action="Change the password"
        onSend={() => void change()}
        aside={isKept && <span role="status">Changed.</span>}
      >
        <TextField
          label="Password now"
          type="password"
          autocomplete="current-password"
          value={current}
          onChange={setCurrent}
        />
        <PasswordField label="New password" value={next} onChange={setNext} />
      </SendForm>
    </Panel>
  );
}

function Devices() {
  const list = useLoaded(() => api.signIns(), []);
  const sending = useSend();
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const revoke = async (id: string): Promise<void> => {
    if (await sending.send(() => api.revokeSignIn({ id }))) list.reload();
  };
  return (
    <Panel title="Devices" note="Where you are signed in now.">
      {!list.value && <Waiting refusal={list.refusal} onAgain={list.reload} />}
      <ul class="plain-list">
        {list.value?.items.map(({ id, device, lastSeenAt, isThis }) => (
          <li key={id} class="row">
            <span>
              <strong>{device}</strong>
              <br />
              <small>{isThis ? 'this one' : `last here ${instantWords(lastSeenAt, zone)}`}</small>
            </span>
            {!isThis && (
              <button type="button" class="link" disabled={sending.isSending} onClick={() => void revoke(id)}>
                Sign it out
              </button>
            )}
          </li>
        ))}
      </ul>
      <RefusalNotice refusal={sending.refusal} />
    </Panel>
  );
}
