import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { EntryPage } from './entry-page.tsx';

/** Asks for a link to a new password. Says the same whether the address is known or not. */
export function Forgotten() {
  const [email, setEmail] = useState('');
  const [isSent, setIsSent] = useState(false);
  const sending = useSend();
  const ask = async (): Promise<void> => {
    if (await sending.send(() => api.askReset({ email: email.trim() }))) setIsSent(true);
  };
  return (
    <EntryPage title="Password forgotten">
      {isSent ? (
        <p role="status">
          If {email} belongs to an account here, a link is on its way. Where the studio sends no e-mail, ask the owner
          or a manager: they can make a link for you under People.
        </p>
      ) : (
        <SendForm sending={sending} action="Send me a link" isWide onSend={() => void ask()}>
          <TextField label="E-mail address" type="email" autocomplete="username" value={email} onChange={setEmail} />
        </SendForm>
      )}
      <p class="entry-links">
        <a href={hrefOf()}>Back to signing in</a>
      </p>
    </EntryPage>
  );
}
