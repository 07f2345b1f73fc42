import { MOST_SESSIONS, needsReason } from '@stipple/core/course/wanted-sessions.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { AreaField, SelectField, TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSession, zoneIn } from '../parts/session.ts';
import { today } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { Waiting } from '../parts/waiting.tsx';
import { choicesOf, proposalsIn, type Course, type Proposal, type Proposals } from './course-words.ts';
import { ProposalCards, Relaxations } from './proposal-cards.tsx';

interface FindMissingProps {
  readonly course: Course;
  /** To more sessions than it has; else only for those that have no place. */
  readonly grows: boolean;
  readonly onClose: () => void;
  readonly onFound: () => void;
}

/** Dates for the sessions a course lacks: after a pause, a cancellation, a client who did not come, or as it grows. */
export function FindMissing({ course, grows, onClose, onFound }: FindMissingProps) {
  const { studio, me } = useSession();
  const timeZone = zoneIn(studio, course.appointments.at(-1)?.locationId ?? '');
  const [sessions, setSessions] = useState(course.sessions + (grows ? 1 : 0));
  const [why, setWhy] = useState(course.reason);
  const [earliest, setEarliest] = useState('');
  const asked = useLoaded(
    () => api.proposeSessions({ id: course.id, sessions, earliest: earliest || today(timeZone) }),
    [course.id, sessions, earliest],
  );
  /** Other dates that a refusal brought. */
  const [brought, setBrought] = useState<Proposals | null>(null);
  const [picked, setPicked] = useState<Proposal | null>(null);
  const [gapReason, setGapReason] = useState('');
  const booking = useSend();
  const isGapUnusual = booking.refusal?.code === 'gap-not-preferred';
  const isUnexplained = grows && needsReason(sessions) && !why.trim();
  const found = brought ?? asked.value;
  const chosen = picked && found?.proposals.includes(picked) ? picked : (found?.proposals[0] ?? null);
  const askAgain = (): void => {
    booking.clear();
    setBrought(null);
  };
  const book = async (proposal: Proposal): Promise<void> => {
    const { id, version } = course;
    const changed = await booking.send(() =>
      api.addSessions({
        id,
        version,
        choices: choicesOf(proposal),
        ...(grows ? { sessions, reason: why } : {}),
        ...(isGapUnusual && gapReason.trim() ? { gapOverride: { name: me.name, reason: gapReason } } : {}),
      }),
    );
    if (changed) onFound();
  };
  const others = proposalsIn(booking.refusal?.data);
  return (
    <Dialog title={grows ? 'More sessions' : 'Dates for what is missing'} isWide onClose={onClose}>
      <div class="row row-fields">
        {grows && (
          <SelectField
            label="Sessions in all"
            value={String(sessions)}
            options={Array.from({ length: MOST_SESSIONS - course.sessions }, (_, i) => {
              const count = String(course.sessions + 1 + i);
              return { value: count, label: count };
            })}
            onChange={(count) => {
              askAgain();
              setSessions(Number(count));
            }}
          />
        )}
        <TextField
          label="Not before"
          type="date"
          isOptional
          width="medium"
          min={today(timeZone)}
          value={earliest}
          onChange={(day) => {
            askAgain();
            setEarliest(day);
          }}
        />
      </div>
      {grows && needsReason(sessions) && (
        <AreaField label="Why so many" rows={2} maxLength={500} value={why} onChange={setWhy} />
      )}
      {!found && <Waiting refusal={asked.refusal} onAgain={asked.reload} />}
      {found && found.proposals.length === 0 && <Relaxations relax={found.relax} timeZone={timeZone} />}
      {found && found.proposals.length > 0 && (
        <>
          <ProposalCards
            proposals={found.proposals}
            studio={studio}
            timeZone={timeZone}
            chosen={chosen}
            onChoose={setPicked}
          />
          <RefusalNotice refusal={booking.refusal}>
            {isGapUnusual ? (
              <AreaField
                label="Reason for another gap"
                hint={`Kept with your name, ${me.name}.`}
                rows={2}
                maxLength={500}
                value={gapReason}
                onChange={setGapReason}
              />
            ) : (
              <button
                type="button"
                class="button"
                onClick={() => {
                  askAgain();
                  if (others) setBrought(others);
                  else asked.reload();
                }}
              >
                Show other dates
              </button>
            )}
          </RefusalNotice>
          <button
            type="button"
            class="button button-solid"
            disabled={!chosen || booking.isSending || isUnexplained}
            onClick={() => chosen && void book(chosen)}
          >
            Book them
          </button>
        </>
      )}
    </Dialog>
  );
}
