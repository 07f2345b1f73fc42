import { AccountScreen } from '../settings/account-screen.tsx';
import type { Me } from '../parts/session.ts';
import type { Route } from '../parts/use-route.ts';
import { OwnCourse } from './own-course.tsx';

interface OwnViewProps {
  readonly me: Me;
  readonly route: Route;
  readonly onChanged: () => void;
}

/** What a client sees who signs in: the own course, quote, photos and consents, and nothing of anybody else. */
export function OwnView({ me, route, onChanged }: OwnViewProps) {
  if (route[0] === 'account') {
    const followed = me.clientId ? [{ kind: 'client' as const, subjectId: me.clientId, name: 'My appointments' }] : [];
    return <AccountScreen me={me} followed={followed} onChanged={onChanged} />;
  }
  if (me.clientId === null) {
    return (
      <div class="empty">
        <h1>No record yet</h1>
        <p>Your account belongs to no record of the studio. Ask the studio to connect it.</p>
      </div>
    );
  }
  return <OwnCourse name={me.name} clientId={me.clientId} />;
}
