import { AccountScreen } from './settings/account-screen.tsx';
import type { FeedSubject } from './settings/feeds.tsx';
import { StudioScreen } from './settings/studio-screen.tsx';
import { CalendarScreen } from './calendar/calendar-screen.tsx';
import { BookCourse } from './courses/book-course.tsx';
import { ClientList } from './clients/client-list.tsx';
import { ClientRecord } from './clients/client-record.tsx';
import { Duplicates } from './clients/duplicates.tsx';
import { NewClient } from './clients/new-client.tsx';
import { NewQuote } from './clients/new-quote.tsx';
import { ScreenClient } from './clients/screen-client.tsx';
import { hrefOf, type Route } from './parts/use-route.ts';
import { useSession, type Me, type Studio } from './parts/session.ts';
import { Today } from './today.tsx';

interface ScreenProps {
  readonly route: Route;
  /** Of the account: name, second factor, keys. */
  readonly onChanged: () => void;
}

/** The screen that an address of the staff's means. */
export function Screen({ route, onChanged }: ScreenProps) {
  const { me, studio } = useSession();
  const [place, id, part] = route;
  switch (place) {
    case undefined:
      return <Today />;
    case 'calendar':
      return <CalendarScreen day={id} />;
    case 'clients':
      return <ClientScreen id={id} part={part} rest={route.slice(3)} />;
    case 'studio':
      return <StudioScreen part={id} rest={route.slice(2)} />;
    case 'account':
      return <AccountScreen me={me} followed={followedBy(me, studio)} onChanged={onChanged} />;
    default:
      return (
        <div class="empty">
          <h1>There is nothing at this address</h1>
          <p>
            <a href={hrefOf()}>Go to today</a>
          </p>
        </div>
      );
  }
}

/** One's own appointments first, then everybody's and every room's. */
const followedBy = ({ practitionerId }: Me, { practitioners, rooms }: Studio): readonly FeedSubject[] => [
  ...practitioners
    .filter(({ active }) => active)
    .sort((a, b) => Number(b.id === practitionerId) - Number(a.id === practitionerId))
    .map(({ id, name }) => ({ kind: 'practitioner' as const, subjectId: id, name })),
  ...rooms.filter(({ active }) => active).map(({ id, name }) => ({ kind: 'room' as const, subjectId: id, name })),
];

interface ClientScreenProps {
  readonly id: string | undefined;
  readonly part: string | undefined;
  readonly rest: Route;
}

function ClientScreen({ id, part, rest }: ClientScreenProps) {
  if (id === undefined) return <ClientList />;
  if (id === 'new') return <NewClient />;
  if (id === 'duplicates') return <Duplicates />;
  switch (part) {
    case 'book':
      return <BookCourse key={id} clientId={id} quoteId={rest[0] ?? null} />;
    case 'quote':
      return <NewQuote key={id} clientId={id} planId={rest[0] ?? null} />;
    case 'screening':
      return <ScreenClient key={id} clientId={id} />;
    default:
      return <ClientRecord key={id} id={id} />;
  }
}
