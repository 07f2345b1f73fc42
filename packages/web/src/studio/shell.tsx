import type { ComponentChildren } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { api } from '../api/api.ts';
import { SignInForm } from './entry/sign-in-form.tsx';
import { Dialog } from './parts/dialog.tsx';
import { isManager, ROLE_WORDS, type Me } from './parts/session.ts';
import { announce, onSignIn } from './parts/sign-in-needed.ts';
import { hrefOf, type Route } from './parts/use-route.ts';
import { useSend } from './parts/use-send.ts';

interface Place {
  readonly path: string;
  readonly label: string;
  /** Strokes of its sign, in a field of 24. */
  readonly sign: string;
}

const TODAY: Place = {
  path: '',
  label: 'Today',
  sign: 'M12 3v2M12 19v2M3 12h2M19 12h2M12 8a4 4 0 1 0 0 8a4 4 0 0 0 0-8',
};
const CALENDAR: Place = { path: 'calendar', label: 'Calendar', sign: 'M4 6h16v14H4zM4 10h16M9 3v5M15 3v5' };
const CLIENTS: Place = {
  path: 'clients',
  label: 'Clients',
  sign: 'M12 4a4 4 0 1 0 0 8a4 4 0 0 0 0-8M4 20c1-4 4-6 8-6s7 2 8 6',
};
const STUDIO: Place = { path: 'studio', label: 'Studio', sign: 'M4 20V9l8-5l8 5v11zM10 20v-6h4v6' };
const ACCOUNT: Place = { path: 'account', label: 'Account', sign: 'M5 11h14v9H5zM8 11V8a4 4 0 0 1 8 0v3M12 15v2' };

const placesOf = (me: Me): readonly Place[] =>
  me.role === 'client'
    ? [{ ...TODAY, label: 'My course' }, ACCOUNT]
    : [TODAY, CALENDAR, CLIENTS, ...(isManager(me) ? [STUDIO] : []), ACCOUNT];

interface ShellProps {
  readonly me: Me;
  readonly route: Route;
  readonly onSignedOut: () => void;
  readonly children: ComponentChildren;
}

/** What stands around every screen: where one is, where one can go, whose studio it is. */
export function Shell({ me, route, onSignedOut, children }: ShellProps) {
  const main = useRef<HTMLElement>(null);
  const isFirst = useRef(true);
  const place = route[0] ?? '';
  const address = route.join('/');
  const leaving = useSend();

  useEffect(() => {
    // A new screen begins at its top, for the keyboard and for who listens.
    if (!isFirst.current) {
      window.scrollTo(0, 0);
      main.current?.focus({ preventScroll: true });
    }
    isFirst.current = false;
  }, [address]);

  const signOut = async (): Promise<void> => {
    if (await leaving.send(() => api.signOut())) onSignedOut();
  };
  return (
    <div class="shell">
      <a
        class="skip"
        href="#main"
        onClick={(event) => {
          event.preventDefault();
          main.current?.focus();
        }}
      >
        To the content
      </a>
      <header class="rail">
        <a class="brand" href={hrefOf()} aria-label={`${me.studioName}, today`}>
          <img src="/icon.svg" alt="" width="34" height="34" />
          <span class="brand-name">{me.studioName}</span>
        </a>
        <nav class="places" aria-label="Screens">
          {placesOf(me).map(({ path, label, sign }) => (
            <a key={path} href={hrefOf(...(path ? [path] : []))} aria-current={place === path ? 'page' : undefined}>
              <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d={sign} />
              </svg>
              {label}
            </a>
          ))}
        </nav>
        <div class="rail-end">
          <p>
            {me.name}
            <small>{ROLE_WORDS[me.role]}</small>
          </p>
          <button type="button" class="link" disabled={leaving.isSending} onClick={() => void signOut()}>
            Sign out
          </button>
        </div>
      </header>
      <main class="screen" id="main" ref={main} tabIndex={-1}>
        {me.isDemo && (
          <p class="demo-note">
            This is the demo studio: invented people, real rules.{' '}
            {me.role === 'owner' && <a href={hrefOf('studio', 'rules')}>Remove it</a>}
          </p>
        )}
        {leaving.refusal && (
          <p class="fault" role="alert">
            {leaving.refusal.reason} {leaving.refusal.remedy}
          </p>
        )}
        {children}
      </main>
      <SignInAgain email={me.email} />
    </div>
  );
}

/** Over the page when the sign-in has run out, so that nothing typed below is lost. */
function SignInAgain({ email }: { readonly email: string }) {
  const [isNeeded, setIsNeeded] = useState(false);
  useEffect(() => onSignIn((event) => setIsNeeded(event === 'needed')), []);
  if (!isNeeded) return null;
  return (
    <Dialog title="Sign in again" onClose={() => setIsNeeded(false)}>
      <p>Your sign-in has ended. What you typed is still there, below this.</p>
      <SignInForm knownEmail={email} onSignedIn={() => announce('signed-in')} />
    </Dialog>
  );
}
