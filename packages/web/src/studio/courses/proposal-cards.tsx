import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { nameIn, type Studio } from '../parts/session.ts';
import { timeWords } from '../parts/time-words.ts';
import { CourseTape } from './course-tape.tsx';
import type { Proposal, Proposals } from './course-words.ts';

interface ProposalCardsProps {
  readonly proposals: readonly Proposal[];
  /** Names whom and where; a client is told the day and the hour. */
  readonly studio?: Pick<Studio, 'practitioners' | 'rooms'>;
  readonly timeZone: string;
  readonly chosen: Proposal | null;
  readonly onChoose: (proposal: Proposal) => void;
}

/** The best few sets of dates side by side, each with what speaks for it and against. */
export function ProposalCards({ proposals, studio, timeZone, chosen, onChoose }: ProposalCardsProps) {
  return (
    <div class="proposals" role="radiogroup" aria-label="Sets of dates">
      {proposals.map((proposal, i) => (
        <label
          key={proposal.sessions.map(({ start }) => start).join()}
          class={`proposal ${proposal === chosen ? 'chosen' : ''}`}
        >
          <span class="proposal-head">
            <input type="radio" name="proposal" checked={proposal === chosen} onChange={() => onChoose(proposal)} />
            <strong>{i === 0 ? 'Fits best' : `Choice ${i + 1}`}</strong>
          </span>
          <CourseTape
            points={proposal.sessions.map(({ n, day }) => ({
              key: String(n),
              mark: String(n),
              name: `Session ${n}`,
              day,
              state: 'proposed' as const,
            }))}
          />
          <span class="proposal-sessions">
            {proposal.sessions.map(({ n, day, start, end, practitionerId, roomId }) => (
              <span key={n} class="proposal-session">
                <span>
                  {dayWords(day)}, {timeWords(start, timeZone)} to {timeWords(end, timeZone)}
                </span>
                {studio && (
                  <small>
                    {[nameIn(studio.practitioners, practitionerId), nameIn(studio.rooms, roomId)]
                      .filter(Boolean)
                      .join(' · ')}
                  </small>
                )}
              </span>
            ))}
          </span>
          {proposal.why.length > 0 && (
            <span class="proposal-why">
              {proposal.why.map(({ code, text }) => (
                <small key={`${code} ${text}`}>{text}</small>
              ))}
            </span>
          )}
        </label>
      ))}
    </div>
  );
}

/** When nothing fits: what to give up, and what that would allow. */
export function Relaxations({ relax, timeZone }: { readonly relax: Proposals['relax']; readonly timeZone: string }) {
  return (
    <div class="warning" role="status">
      <p>No dates fit all of this. It would work if:</p>
      <ul class="plain-list">
        {relax.map(({ code, text, firstStart }) => (
          <li key={code}>
            {text}
            {firstStart && (
              <small>
                {' '}
                First session then {dayWords(firstStart.slice(0, 10))}, {timeWords(firstStart, timeZone)}.
              </small>
            )}
          </li>
        ))}
      </ul>
      {relax.length === 0 && (
        <p>Nothing that could be given up one at a time would make it fit. Try fewer wishes at once.</p>
      )}
    </div>
  );
}
