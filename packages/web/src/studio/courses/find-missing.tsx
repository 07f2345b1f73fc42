import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { Dialog } from '../parts/dialog.tsx';
import { AreaField, TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSession, zoneIn } from '../parts/session.ts';
import { today } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';
import { choicesOf, type Appointment, type Course, type Proposal, type Proposals } from './course-words.ts';
import { ProposalCards, Relaxations } from './proposal-cards.tsx';

/** The first session that has lost its place: dates are looked for from it on. Null when none has. */
export function firstLost({ sessions, appointments }: Course): Appointment | null {
  const ofSessions = appointments.filter(({ kind }) => kind === 'session');
  for (let n = 1; n <= sessions; n++) {
    const ofN = ofSessions.filter((one) => one.n === n);
    const isPlaced = ofN.some(({ status }) => status !== 'cancelled' && status !== 'missed');
    const lost = ofN.at(-1);
    if (!isPlaced && lost) return lost;
  }
  return null;
}

interface FindMissingProps {
  readonly course: Course;
  readonly lost: Appointment;
  readonly onClose: () => void;
  readonly onFound: () => void;
}

/** New dates for the sessions a course lacks, after a pause, a cancellation or a client who did not come. */
export function FindMissing({ course, lost, onClose, onFound }: FindMissingProps) {
  const { studio, me } = useSession();
  const timeZone = zoneIn(studio, lost.locationId);
  const [earliest, setEarliest] = useState('');
  const [found, setFound] = useState<Proposals | null>(null);
  const [chosen, setChosen] = useState<Proposal | null>(null);
  const [reason, setReason] = useState('');
  const asking = useSend();
  const booking = useSend();
  const needsReason = booking.refusal?.code === 'gap-not-preferred';
  const ask = async (from: string): Promise<void> => {
    const answer = await asking.send(() => api.proposeMove({ id: lost.id, earliest: from || today(timeZone) }));
    if (!answer) return;
    setFound(answer);
    setChosen(answer.proposals[0] ?? null);
  };
  useEffect(() => void ask(''), []);
  const book = async (proposal: Proposal): Promise<void> => {
    const { id, version } = course;
    const override = needsReason && reason.trim() ? { gapOverride: { name: me.name, reason } } : {};
    const changed = await booking.send(() =>
      api.addSessions({ id, version, choices: choicesOf(proposal), ...override }),
    );
    if (changed) onFound();
  };
  return (
    <Dialog title="Dates for what is missing" isWide onClose={onClose}>
      <TextField
        label="Not before"
        type="date"
        isOptional
        width="medium"
        min={today(timeZone)}
        value={earliest}
        onChange={(from) => {
          setEarliest(from);
          void ask(from);
        }}
      />
      <RefusalNotice refusal={asking.refusal} />
      {found && found.proposals.length === 0 && <Relaxations relax={found.relax} timeZone={timeZone} />}
      {found && found.proposals.length > 0 && (
        <>
          <ProposalCards
            proposals={found.proposals}
            studio={studio}
            timeZone={timeZone}
            chosen={chosen}
            onChoose={setChosen}
          />
          <RefusalNotice refusal={booking.refusal}>
            {needsReason ? (
              <AreaField
                label="Reason for another gap"
                hint={`Kept with your name, ${me.name}.`}
                rows={2}
                maxLength={500}
                value={reason}
                onChange={setReason}
              />
            ) : (
              <button type="button" class="button" onClick={() => void ask(earliest)}>
                Show other dates
              </button>
            )}
          </RefusalNotice>
          <button
            type="button"
            class="button button-solid"
            disabled={!chosen || booking.isSending}
            onClick={() => chosen && void book(chosen)}
          >
            Book them
          </button>
        </>
      )}
    </Dialog>
  );
}
