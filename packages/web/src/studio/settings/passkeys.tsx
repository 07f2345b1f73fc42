import { browserSupportsWebAuthn, startRegistration } from '@simplewebauthn/browser';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import type { Me } from '../parts/session.ts';
import { useSend } from '../parts/use-send.ts';

interface PasskeysProps {
  readonly me: Me;
  readonly onChanged: () => void;
}

/** Keys kept by a device, a telephone or a stick, in place of the password. */
export function Passkeys({ me, onChanged }: PasskeysProps) {
  const [name, setName] = useState('');
  const [isCancelled, setIsCancelled] = useState(false);
  const sending = useSend();
  const isPossible = window.isSecureContext && browserSupportsWebAuthn();
  const add = async (): Promise<void> => {
    setIsCancelled(false);
    const options = await sending.send(() => api.passkeyOptions());
    if (!options) return;
    const answer = await startRegistration({
      optionsJSON: options as unknown as Parameters<typeof startRegistration>[0]['optionsJSON'],
    }).catch(() => null);
    if (!answer) {
      setIsCancelled(true);
      return;
    }
    const kept = await sending.send(() =>
      api.addPasskey({ name, answer: answer as unknown as Record<string, unknown> }),
    );
    if (!kept) return;
    setName('');
    onChanged();
  };
  const remove = async (id: string): Promise<void> => {
    if (await sending.send(() => api.removePasskey({ id }))) onChanged();
  };
  return (
    <Panel title="Passkeys" note="Sign in with the finger, the face or a key instead of the password.">
      {me.passkeys.length > 0 && (
        <ul class="plain-list">
          {me.passkeys.map((key) => (
            <li key={key.id} class="row">
              <span>{key.name}</span>
              <button type="button" class="link" disabled={sending.isSending} onClick={() => void remove(key.id)}>
                Remove
              </button>
            </li>
          ))}
        </ul>
      )}
      {isPossible ? (
        <SendForm sending={sending} action="Add a passkey" onSend={() => void add()}>
          <TextField
            label="Name it"
            width="medium"
            placeholder="My tablet"
            maxLength={60}
            value={name}
            onChange={setName}
          />
          {isCancelled && <p class="hint">No passkey was made.</p>}
        </SendForm>
      ) : (
        <>
          <RefusalNotice refusal={sending.refusal} />
          <p class="hint">
            This browser or this address cannot: passkeys need https, or this very computer under the name localhost.
          </p>
        </>
      )}
    </Panel>
  );
}
