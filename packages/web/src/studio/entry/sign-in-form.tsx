import { browserSupportsWebAuthn, startAuthentication } from '@simplewebauthn/browser';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { TextField } from '../parts/fields.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSend } from '../parts/use-send.ts';

interface SignInFormProps {
  readonly onSignedIn: () => void;
  /** Filled in when a sign-in has run out. */
  readonly knownEmail?: string;
}

/** Address and password, then a code when the account has one; or a passkey where the browser can. */
export function SignInForm({ onSignedIn, knownEmail = '' }: SignInFormProps) {
  const [email, setEmail] = useState(knownEmail);
  const [password, setPassword] = useState('');
  const [isCodeAsked, setIsCodeAsked] = useState(false);
  const sending = useSend();

  const signIn = async (): Promise<void> => {
    const answer = await sending.send(() => api.signIn({ email: email.trim(), password }));
    if (answer?.signedIn) onSignedIn();
    else if (answer?.secondFactor) setIsCodeAsked(true);
  };
  if (isCodeAsked) return <CodeForm onSignedIn={onSignedIn} onBack={() => setIsCodeAsked(false)} />;
  return (
    <>
      <SendForm sending={sending} action="Sign in" isWide onSend={() => void signIn()}>
        <TextField label="E-mail address" type="email" autocomplete="username" value={email} onChange={setEmail} />
        <TextField
          label="Password"
          type="password"
          autocomplete="current-password"
          value={password}
          onChange={setPassword}
        />
      </SendForm>
      {browserSupportsWebAuthn() && window.isSecureContext && <PasskeyButton onSignedIn={onSignedIn} />}
    </>
  );
}

function CodeForm({ onSignedIn, onBack }: { readonly onSignedIn: () => void; readonly onBack: () => void }) {
  const [code, setCode] = useState('');
  const sending = useSend();
  const confirm = async (): Promise<void> => {
    const answer = await sending.send(() => api.signInCode({ code: code.replace(/\s/g, '') }));
    if (answer?.signedIn) onSignedIn();
  };
  return (
    <SendForm
      sending={sending}
      action="Go on"
      isWide
      onSend={() => void confirm()}
      aside={
        <button type="button" class="link" onClick={onBack}>
          Back
        </button>
      }
    >
      <TextField
        label="Code"
        hint="The six digits your authenticator app shows now, or one of your recovery codes."
        inputMode="text"
        autocomplete="one-time-code"
        value={code}
        onChange={setCode}
      />
    </SendForm>
  );
}

function PasskeyButton({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const sending = useSend();
  const [isCancelled, setIsCancelled] = useState(false);
  const signIn = async (): Promise<void> => {
    setIsCancelled(false);
    const options = await sending.send(() => api.passkeySignInOptions());
    if (!options) return;
    const answer = await startAuthentication({
      optionsJSON: options as unknown as Parameters<typeof startAuthentication>[0]['optionsJSON'],
    }).catch(() => null);
    if (!answer) {
      setIsCancelled(true);
      return;
    }
    const done = await sending.send(() => api.passkeySignIn({ answer: answer as unknown as Record<string, unknown> }));
    if (done?.signedIn) onSignedIn();
  };
  return (
    <div class="entry-or">
      <button type="button" class="button" disabled={sending.isSending} onClick={() => void signIn()}>
        Use a passkey
      </button>
      {isCancelled && <p class="hint">No passkey was used. Try again, or sign in with the password.</p>}
      {sending.refusal && (
        <p class="fault" role="alert">
          {sending.refusal.reason} {sending.refusal.remedy}
        </p>
      )}
    </div>
  );
}
