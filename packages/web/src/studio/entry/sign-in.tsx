import { api } from '../../api/api.ts';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { EntryPage } from './entry-page.tsx';
import { SignInForm } from './sign-in-form.tsx';

interface SignInProps {
  readonly hasDemo: boolean;
  readonly onSignedIn: () => void;
}

export function SignIn({ hasDemo, onSignedIn }: SignInProps) {
  return (
    <EntryPage title="Sign in to the studio">
      <SignInForm onSignedIn={onSignedIn} />
      {hasDemo && <DemoButton onSignedIn={onSignedIn} />}
      <p class="entry-links">
        <a href={hrefOf('forgotten')}>Password forgotten</a>
        <a href="/">Plan from a photo, without signing in</a>
      </p>
    </EntryPage>
  );
}

/** A studio of invented people to look around in. */
export function DemoButton({ onSignedIn }: { readonly onSignedIn: () => void }) {
  const sending = useSend();
  const look = async (): Promise<void> => {
    if (await sending.send(() => api.openDemo())) onSignedIn();
  };
  return (
    <div class="entry-or">
      <button type="button" class="button" disabled={sending.isSending} onClick={() => void look()}>
        Look around in the demo studio
      </button>
      <RefusalNotice refusal={sending.refusal} />
    </div>
  );
}
