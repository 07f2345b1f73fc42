import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import type { Client } from './client-words.ts';

type Account = Answers['people']['items'][number];
type Link = Pick<Answers['invite'], 'link' | 'mailed'>;

const STATUS_WORDS: Readonly<Record<Account['status'], string>> = {
  invited: 'has been invited',
  active: 'signs in',
  suspended: 'is kept out',
};

/** Lets the client see the own record: course, photos, consents and quote; helps with a lost link or password. */
export function ClientAccess({ client }: { readonly client: Client }) {
  const { id: clientId } = client;
  const { email, name } = client.profile;
  const accounts = useLoaded(() => api.people({ clientId }), [clientId]);
  const [given, setGiven] = useState<Link | null>(null);
  const sending = useSend();
  const give = async (call: () => Promise<Link>): Promise<void> => {
    const link = await sending.send(call);
    if (!link) return;
    setGiven(link);
    accounts.reload();
  };
  const invite = (address: string): Promise<void> =>
    give(() => api.invite({ email: address, name, role: 'client', clientId }));
  const change = async (id: string, status: 'active' | 'suspended'): Promise<void> => {
    if (await sending.send(() => api.changePerson({ id, status }))) accounts.reload();
  };
  return (
    <Panel title="Their own access" note="To their course, quote, photos and consents, and nothing else.">
      {!accounts.value && <Waiting refusal={accounts.refusal} onAgain={accounts.reload} />}
      {given && (
        <SecretOnce
          words={
            given.mailed
              ? `A link went to ${email}. It also works from here:`
              : `The studio sends no e-mail yet: give this link to ${name} yourself.`
          }
          secret={given.link}
        />
      )}
      <ul class="plain-list">
        {accounts.value?.items.map(({ id, email: address, status }) => (
          <li key={id}>
            <p>
              {address} {STATUS_WORDS[status]}
            </p>
            <div class="row">
              {status === 'invited' && (
                <button type="button" class="link" disabled={sending.isSending} onClick={() => void invite(address)}>
                  Another invitation
                </button>
              )}
              {status === 'active' && (
                <button
                  type="button"
                  class="link"
                  disabled={sending.isSending}
                  onClick={() => void give(() => api.resetLink({ id }))}
                >
                  New password …
                </button>
              )}
              {status !== 'invited' && (
                <button
                  type="button"
                  class="link"
                  disabled={sending.isSending}
                  onClick={() => void change(id, status === 'active' ? 'suspended' : 'active')}
                >
                  {status === 'active' ? 'Keep out' : 'Let in again'}
                </button>
              )}
            </div>
          </li>
        ))}
      </ul>
      {accounts.value?.items.length === 0 &&
        (email === null ? (
          <p class="hint">Note an e-mail address first.</p>
        ) : (
          <button type="button" class="button" disabled={sending.isSending} onClick={() => void invite(email)}>
            Invite {name}
          </button>
        ))}
      <RefusalNotice refusal={sending.refusal} />
    </Panel>
  );
}
