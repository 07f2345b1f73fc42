import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { SendForm } from '../parts/send-form.tsx';
import { useSend } from '../parts/use-send.ts';
import { EntryPage } from './entry-page.tsx';
import { PasswordField } from './password-field.tsx';

interface WithLinkProps {
  readonly link: string;
  readonly onSignedIn: () => void;
}

/** Opens an account that somebody of the studio made for this person. */
export function Invitation({ link, onSignedIn }: WithLinkProps) {
  return (
    <ChoosePassword
      title="Welcome to the studio"
      lead="Choose a password; with it and your e-mail address you sign in from now on."
      action="Open my account"
      call={(password) => api.acceptInvitation({ link, password })}
      onSignedIn={onSignedIn}
    />
  );
}

/** The second half of a forgotten password, by the link from the e-mail. */
export function NewPassword({ link, onSignedIn }: WithLinkProps) {
  return (
    <ChoosePassword
      title="Choose a new password"
      lead="Every device that was signed in will have to sign in again."
      action="Keep it and sign in"
      call={(password) => api.reset({ link, password })}
      onSignedIn={onSignedIn}
    />
  );
}

interface ChoosePasswordProps {
  readonly title: string;
  readonly lead: string;
  readonly action: string;
  readonly call: (password: string) => Promise<{ signedIn: boolean; secondFactor: boolean }>;
  readonly onSignedIn: () => void;
}

function ChoosePassword({ title, lead, action, call, onSignedIn }: ChoosePasswordProps) {
  const [password, setPassword] = useState('');
  const sending = useSend();
  const keep = async (): Promise<void> => {
    // With a second factor the sign-in page asks for the rest.
    if (await sending.send(() => call(password))) onSignedIn();
  };
  return (
    <EntryPage title={title} lead={lead}>
      <SendForm sending={sending} action={action} isWide onSend={() => void keep()}>
        <PasswordField value={password} onChange={setPassword} />
      </SendForm>
    </EntryPage>
  );
}
