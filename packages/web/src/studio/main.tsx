/**
 * The studio's screens: signing in, today, calendar, clients and their courses, the studio itself.
 *
 * The server decides everything; the page shows its answers and refusals. Addresses stand after the '#', so that the
 * page is one document and links with secrets never reach a server's log.
 */
import { render } from 'preact';
import { useEffect } from 'preact/hooks';
import { api } from '../api/api.ts';
import { refusalOf } from '../api/refusal-of.ts';
import { EntryPage } from './entry/entry-page.tsx';
import { FirstOwner, LinkUsed, NoOwnerYet } from './entry/first-owner.tsx';
import { Forgotten } from './entry/forgotten.tsx';
import { Invitation, NewPassword } from './entry/invitation.tsx';
import { SignIn } from './entry/sign-in.tsx';
import { EnquiryPage } from './own/enquiry-page.tsx';
import { OwnView } from './own/own-view.tsx';
import { ProviderPage } from './own/provider-page.tsx';
import { SessionContext, type Me } from './parts/session.ts';
import { useLoaded } from './parts/use-loaded.ts';
import { goTo, useRoute, type Route } from './parts/use-route.ts';
import { Waiting } from './parts/waiting.tsx';
import { Screen } from './screen.tsx';
import { Shell } from './shell.tsx';

function App() {
  const route = useRoute();
  const [first, second = ''] = route;
  if (first === 'provider') return <ProviderPage studioId={second} slug={route[2] ?? ''} />;
  if (first === 'enquire') return <EnquiryPage studioId={second} />;
  return <SignedInOrNot route={route} />;
}

function SignedInOrNot({ route }: { readonly route: Route }) {
  const [first, link = ''] = route;
  const who = useLoaded(whoIsThere, []);
  const begin = (): void => {
    goTo();
    who.reload();
  };
  const leave = (): void => {
    // First nobody is there, then the way leads elsewhere: no screen asks for anything in between.
    who.put({ signedIn: false, hasOwner: true, hasDemo: false });
    begin();
  };
  if (first === 'invitation') return <Invitation link={link} onSignedIn={begin} />;
  if (first === 'reset') return <NewPassword link={link} onSignedIn={begin} />;
  if (!who.value) {
    return (
      <EntryPage title="Stipple">
        <Waiting refusal={who.refusal} onAgain={who.reload} />
      </EntryPage>
    );
  }
  if (first === 'first') {
    // Whoever looks at the demo is signed in, and may have set up nothing yet.
    const isSetUp = 'signedIn' in who.value ? who.value.hasOwner : !who.value.isDemo;
    return isSetUp ? <LinkUsed /> : <FirstOwner link={link} onSignedIn={begin} />;
  }
  if ('signedIn' in who.value) {
    const { hasOwner, hasDemo } = who.value;
    if (first === 'forgotten') return <Forgotten />;
    const props = { hasDemo, onSignedIn: who.reload };
    return hasOwner ? <SignIn {...props} /> : <NoOwnerYet {...props} />;
  }
  return <SignedIn key={who.value.accountId} me={who.value} route={route} onSignedOut={leave} onChanged={who.reload} />;
}

/** Nobody is signed in: whether somebody could be. */
interface Nobody {
  readonly signedIn: false;
  readonly hasOwner: boolean;
  readonly hasDemo: boolean;
}

/** Not being signed in is an answer here, not a refusal. */
async function whoIsThere(): Promise<Me | Nobody> {
  const { hasOwner, demoStudioId } = await api.status();
  try {
    return await api.me();
  } catch (error) {
    if (refusalOf(error).code !== 'not-signed-in') throw error;
    return { signedIn: false, hasOwner, hasDemo: demoStudioId !== null };
  }
}

interface SignedInProps {
  readonly me: Me;
  readonly route: Route;
  readonly onSignedOut: () => void;
  readonly onChanged: () => void;
}

function SignedIn({ me, route, onSignedOut, onChanged }: SignedInProps) {
  useEffect(() => {
    document.title = `${me.studioName} · Stipple`;
  }, [me.studioName]);
  return (
    <Shell me={me} route={route} onSignedOut={onSignedOut}>
      {me.role === 'client' ? (
        <OwnView me={me} route={route} onChanged={onChanged} />
      ) : (
        <OfStaff me={me} route={route} onChanged={onChanged} />
      )}
    </Shell>
  );
}

function OfStaff({ me, route, onChanged }: Omit<SignedInProps, 'onSignedOut'>) {
  const studio = useLoaded(() => api.studio(), [me.studioId]);
  if (!studio.value) return <Waiting refusal={studio.refusal} onAgain={studio.reload} />;
  return (
    <SessionContext.Provider value={{ me, studio: studio.value, reloadStudio: studio.reload }}>
      <Screen route={route} onChanged={onChanged} />
    </SessionContext.Provider>
  );
}

const root = document.getElementById('app');
if (root) render(<App />, root);
