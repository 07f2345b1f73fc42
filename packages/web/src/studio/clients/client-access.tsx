import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { useSend } from '../parts/use-send.ts';
import type { Client } from './client-words.ts';

/** Lets the client see the own record: course, photos, consents and quote. */
export function ClientAccess({ client }: { readonly client: Client }) {
  const [invited, setInvited] = useState<Answers['invite'] | null>(null);
  const sending = useSend();
  const { email, name } = client.profile;
  const invite = async (address: string): Promise<void> => {
    const answer = await sending.send(() => api.invite({ email: address, name, role: 'client', clientId: client.id }));
    if (answer) setInvited(answer);
  };
  return (
    <Panel title="Their own access" note="To their course, quote, photos and consents, and nothing else.">
      {email === null ? (
        <p class="hint">Note an e-mail address first.</p>
      ) : invited ? (
        <SecretOnce
          words={
            invited.mailed
              ? `A link went to ${email}. It also works from here:`
              : `The studio sends no e-mail yet: give this link to ${name} yourself.`
          }
          secret={invited.link}
        />
      ) : (
        <button type="button" class="button" disabled={sending.isSending} onClick={() => void invite(email)}>
          Invite {name}
        </button>
      )}
      <RefusalNotice refusal={sending.refusal} />
    </Panel>
  );
}
