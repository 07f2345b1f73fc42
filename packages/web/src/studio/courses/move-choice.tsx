import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { nameIn, useSession } from '../parts/session.ts';
import { timeWords } from '../parts/time-words.ts';
import type { Proposal } from './course-words.ts';

/** Whether somebody of the staff has to sign for a gap outside the preferred ones. */
export const needsSignature = ({ why }: Proposal): boolean => why.some(({ code }) => code === 'gap-needs-override');

/** The session that is moved first, then those after it. */
export function splitOff({ sessions }: Proposal, n: number | null): Proposal['sessions'] {
  if (n === null) return sessions;
  return [...sessions.filter((session) => session.n === n), ...sessions.filter((session) => session.n > n)];
}

interface MoveChoiceProps {
  readonly proposal: Proposal;
  readonly mine: number | null;
  readonly timeZone: string;
  readonly isDisabled: boolean;
  readonly onMove: () => void;
}

export function MoveChoice({ proposal, mine, timeZone, isDisabled, onMove }: MoveChoiceProps) {
  const { studio } = useSession();
  const [moved, ...later] = splitOff(proposal, mine);
  if (!moved) return null;
  const when = (session: typeof moved): string => `${dayWords(session.day)}, ${timeWords(session.start, timeZone)}`;
  return (
    <div class="move-choice">
      <p>
        <strong>{when(moved)}</strong>
        <small>
          {[nameIn(studio.practitioners, moved.practitionerId), nameIn(studio.rooms, moved.roomId)]
            .filter(Boolean)
            .join(', ')}
        </small>
      </p>
      {later.map((session) => (
        <p key={session.n}>
          Session {session.n}: {when(session)}
          <small>{nameIn(studio.practitioners, session.practitionerId)}</small>
        </p>
      ))}
      {proposal.why.map(({ code, text }) => (
        <small key={`${code} ${text}`}>{text}</small>
      ))}
      <button type="button" class="button button-solid" disabled={isDisabled} onClick={onMove}>
        {later.length > 0 ? 'Move them' : 'Move it'}
      </button>
    </div>
  );
}
