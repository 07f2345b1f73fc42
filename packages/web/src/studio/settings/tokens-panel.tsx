import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { SCOPES, type Scope } from '@stipple/files/wire/route.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { CheckField, TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SecretOnce } from '../parts/secret-once.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSession } from '../parts/session.ts';
import { dayOf, instantAt } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';

const SCOPE_WORDS: Readonly<Record<Scope, string>> = {
  'studio:read': 'read the studio',
  'studio:write': 'change the studio',
  'clients:read': 'read clients',
  'clients:write': 'change clients',
  'courses:read': 'read courses',
  'courses:write': 'book and move',
};

/** Keys for other programs, each allowed only what is ticked. */
export function TokensPanel() {
  const { studio } = useSession();
  const tokens = useLoaded(() => api.tokens(), []);
  const revoking = useSend();
  const day = (instant: string): string => dayWords(dayOf(instant, studio.timeZone));
  const revoke = async (id: string): Promise<void> => {
    if (await revoking.send(() => api.revokeToken({ id }))) tokens.reload();
  };
  return (
    <Panel
      title="Other programs"
      note={
        <>
          A token lets a program in without a password. What it can ask for is written down in the{' '}
          <a href="/api/docs">documentation of the API</a>.
        </>
      }
    >
      {!tokens.value && <Waiting refusal={tokens.refusal} onAgain={tokens.reload} />}
      <ul class="plain-list">
        {tokens.value?.items.map(({ id, name, scopes, expiresAt, lastUsedAt }) => (
          <li key={id} class="row">
            <span>
              <strong>{name}</strong>: {scopes.map((scope) => SCOPE_WORDS[scope]).join(', ')}
              <br />
              <small>
                {lastUsedAt ? `last used ${day(lastUsedAt)}` : 'never used'}
                {expiresAt && `, until ${day(expiresAt)}`}
              </small>
            </span>
            <button type="button" class="link" disabled={revoking.isSending} onClick={() => void revoke(id)}>
              Revoke
            </button>
          </li>
        ))}
      </ul>
      <RefusalNotice refusal={revoking.refusal} />
      <NewToken onMade={tokens.reload} />
    </Panel>
  );
}

function NewToken({ onMade }: { readonly onMade: () => void }) {
  const { studio } = useSession();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly Scope[]>([]);
  const [until, setUntil] = useState('');
  const [token, setToken] = useState<string | null>(null);
  const sending = useSend();
  const make = async (): Promise<void> => {
    const expiresAt = until ? instantAt(until, 1440, studio.timeZone) : null;
    const made = await sending.send(() => api.createToken({ name, scopes: [...scopes], expiresAt }));
    if (!made) return;
    setToken(made.token);
    setName('');
    setScopes([]);
    onMade();
  };
  return (
    <>
      {token && <SecretOnce words="Shown once: keep it where the program can read it." secret={token} />}
      <SendForm sending={sending} action="Make a token" isDisabled={scopes.length === 0} onSend={() => void make()}>
        <div class="form-pair">
          <TextField label="What it is for" maxLength={60} value={name} onChange={setName} />
          <TextField label="Works until" type="date" isOptional value={until} onChange={setUntil} />
        </div>
        <fieldset class="stack">
          <legend class="label">It may</legend>
          <div class="row">
            {SCOPES.map((scope) => (
              <CheckField
                key={scope}
                label={SCOPE_WORDS[scope]}
                isOn={scopes.includes(scope)}
                onChange={(isOn) => setScopes(isOn ? [...scopes, scope] : scopes.filter((other) => other !== scope))}
              />
            ))}
          </div>
        </fieldset>
      </SendForm>
    </>
  );
}
