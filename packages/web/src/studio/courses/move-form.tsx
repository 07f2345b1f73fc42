import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField, SelectField, TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { useSession } from '../parts/session.ts';
import { clockOf, dayOf, instantAt, minuteOf, minuteOfClock, minutesBetween, today } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';
import type { StepProps } from './appointment-steps.tsx';
import { proposalsIn, type Dropped, type Proposal, type Proposals } from './course-words.ts';
import { MoveChoice, needsSignature, splitOff } from './move-choice.tsx';
import { Relaxations } from './proposal-cards.tsx';

interface MoveFormProps extends StepProps {
  readonly of?: number | undefined;
  readonly dropped?: Dropped | undefined;
}

/**
 * Moves an appointment, and the later ones of its course with it where they have to give way.
 *
 * The rules are asked before anything is moved: free hours to choose from, or whether the hour that was named will do.
 */
export function MoveForm({ appointment, timeZone, dropped, onChanged, onBack }: MoveFormProps) {
  const { studio, me } = useSession();
  const { id, version, kind, start, end, practitionerId, roomId, locationId, n } = appointment;
  const wished = dropped?.start ?? start;
  const [day, setDay] = useState(dayOf(wished, timeZone));
  const [clock, setClock] = useState(clockOf(minuteOf(wished, timeZone)));
  const [who, setWho] = useState(dropped?.practitionerId ?? practitionerId);
  const [found, setFound] = useState<Proposals | null>(null);
  const [isNamed, setIsNamed] = useState(dropped !== undefined);
  const [reason, setReason] = useState('');
  const asking = useSend();
  const moving = useSend();
  const minute = minuteOfClock(clock);
  const needsReason = moving.refusal?.code === 'gap-not-preferred' || (found?.proposals.some(needsSignature) ?? false);

  const alone = (named: string): Proposal => {
    const ends = new Date(new Date(named).getTime() + minutesBetween(start, end) * 60_000).toISOString();
    const place = { practitionerId: who, roomId: dropped?.roomId ?? roomId ?? '' };
    return { sessions: [{ n: 1, start: named, end: ends, day: dayOf(named, timeZone), ...place }], cost: 0, why: [] };
  };
  const ask = async (named: string | null): Promise<void> => {
    moving.clear();
    setFound(null);
    setIsNamed(named !== null);
    if (named && kind !== 'session') {
      // Nothing else hangs on it: the hour itself is the proposal, and moving it asks the rules.
      setFound({ proposals: [alone(named)], relax: [] });
      return;
    }
    const answer = await asking.send(() =>
      api.proposeMove({
        id,
        ...(named ? { start: named } : { earliest: today(timeZone) }),
        ...(who === practitionerId && !named ? {} : { practitionerId: who }),
      }),
    );
    if (answer) setFound(answer);
  };
  useEffect(() => void ask(dropped?.start ?? null), []);

  const askNamed = (): void => {
    if (minute !== null) void ask(instantAt(day, minute, timeZone));
  };
  const move = async (proposal: Proposal): Promise<void> => {
    const [mine, ...later] = splitOff(proposal, n);
    if (!mine) return;
    const answer = await moving.send(() =>
      api.moveAppointment({
        id,
        version,
        start: mine.start,
        practitionerId: mine.practitionerId,
        ...(roomId === null ? {} : { roomId: isNamed && dropped?.roomId ? dropped.roomId : mine.roomId }),
        later: later.map((session) => ({
          n: session.n,
          start: session.start,
          practitionerId: session.practitionerId,
          roomId: session.roomId,
        })),
        ...(needsReason && reason.trim() ? { gapOverride: { name: me.name, reason } } : {}),
      }),
    );
    if (answer) onChanged();
  };
  const others = proposalsIn(moving.refusal?.data);
  return (
    <div class="stack">
      <form
        class="move-wish"
        onSubmit={(event) => {
          event.preventDefault();
          askNamed();
        }}
      >
        <TextField label="Day" type="date" min={today(timeZone)} value={day} onChange={setDay} />
        <TextField label="From" type="time" value={clock} onChange={setClock} />
        <SelectField
          label="With"
          value={who}
          options={studio.practitioners
            .filter((one) => one.active && one.locationId === locationId)
            .map((one) => ({ value: one.id, label: one.name }))}
          onChange={setWho}
        />
        <button class="button" disabled={minute === null || asking.isSending}>
          Ask for this hour
        </button>
      </form>
      <div class="stack" aria-live="polite">
        {asking.isSending && (
          <p class="working">
            <span class="spinner" aria-hidden="true" /> asking the calendar …
          </p>
        )}
        <RefusalNotice refusal={asking.refusal}>
          <button type="button" class="button" onClick={() => void ask(null)}>
            Show hours that are free
          </button>
        </RefusalNotice>
        {found && found.proposals.length === 0 && (
          <>
            <Relaxations relax={found.relax} timeZone={timeZone} />
            {isNamed && (
              <button type="button" class="button" onClick={() => void ask(null)}>
                Show hours that are free
              </button>
            )}
          </>
        )}
        <RefusalNotice refusal={moving.refusal}>
          {others && (
            <button
              type="button"
              class="button"
              onClick={() => {
                moving.clear();
                setFound(others);
              }}
            >
              Show other hours
            </button>
          )}
        </RefusalNotice>
        {needsReason && (
          <AreaField
            label="Reason for a gap that the studio does not prefer"
            hint={`Kept with your name, ${me.name}.`}
            rows={2}
            maxLength={500}
            value={reason}
            onChange={setReason}
          />
        )}
        {found && found.proposals.length > 0 && (
          <ul class="move-choices">
            {found.proposals.map((proposal) => (
              <li key={proposal.sessions.map((session) => session.start).join()}>
                <MoveChoice
                  proposal={proposal}
                  mine={n}
                  timeZone={timeZone}
                  isDisabled={moving.isSending || (needsSignature(proposal) && reason.trim() === '')}
                  onMove={() => void move(proposal)}
                />
              </li>
            ))}
          </ul>
        )}
      </div>
      <div class="row">
        <button type="button" class="link" onClick={onBack}>
          Leave it where it is
        </button>
      </div>
      {roomId === null && <p class="hint">It is by video: no room is needed.</p>}
    </div>
  );
}
