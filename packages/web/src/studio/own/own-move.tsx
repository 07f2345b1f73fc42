import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import type { Appointment, Proposals } from '../courses/course-words.ts';
import { Dialog } from '../parts/dialog.tsx';
import { TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { longDay, timeWords } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';

export interface OwnChangeProps {
  readonly appointment: Appointment;
  readonly zone: string;
  readonly onClose: () => void;
  readonly onDone: () => void;
}

/** A client moves an appointment to an hour that the rules allow; later sessions go along where they have to. */
export function OwnMove({ appointment, zone, onClose, onDone }: OwnChangeProps) {
  const { id, version, n } = appointment;
  const [earliest, setEarliest] = useState('');
  const [found, setFound] = useState<Proposals | null>(null);
  const asking = useSend();
  const moving = useSend();
  const ask = async (from: string): Promise<void> => {
    const answer = await asking.send(() => api.proposeMove({ id, ...(from ? { earliest: from } : {}) }));
    if (answer) setFound(answer);
  };
  useEffect(() => void ask(''), []);
  const move = async ({ sessions }: Proposals['proposals'][number]): Promise<void> => {
    const mine = sessions.find((session) => session.n === n) ?? sessions[0];
    if (!mine) return;
    const later = sessions
      .filter((session) => session.n > mine.n)
      .map(({ n: of, start, practitionerId, roomId }) => ({ n: of, start, practitionerId, roomId }));
    const { start, practitionerId, roomId } = mine;
    const place = appointment.byVideo ? { practitionerId } : { practitionerId, roomId };
    const moved = await moving.send(() => api.moveAppointment({ id, version, start, ...place, later }));
    if (moved) onDone();
    // Somebody was faster: what is free now.
    else void ask(earliest);
  };
  return (
    <Dialog title="Move it" onClose={onClose}>
      <TextField
        label="Not before"
        type="date"
        isOptional
        width="medium"
        value={earliest}
        onChange={(from) => {
          setEarliest(from);
          void ask(from);
        }}
      />
      <RefusalNotice refusal={moving.refusal ?? asking.refusal} />
      {found && found.proposals.length === 0 && (
        <p class="warning">
          No other hour fits the rules from that day on. Call the studio: it sees more than this page.
        </p>
      )}
      <ul class="move-choices" aria-live="polite">
        {found?.proposals.map((proposal) => (
          <li key={proposal.sessions.map(({ start }) => start).join()} class="move-choice">
            {proposal.sessions.map(({ n: of, day, start }) => (
              <p key={of}>
                {proposal.sessions.length > 1 && `Session ${of}: `}
                <strong>
                  {longDay(day)}, {timeWords(start, zone)}
                </strong>
              </p>
            ))}
            <button
              type="button"
              class="button button-solid"
              disabled={moving.isSending}
              onClick={() => void move(proposal)}
            >
              Take this
            </button>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
