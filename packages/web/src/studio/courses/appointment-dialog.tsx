import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { Dialog } from '../parts/dialog.tsx';
import { nameIn, useSession, zoneIn } from '../parts/session.ts';
import { dayOf, durationWords, minutesBetween, timeWords } from '../parts/time-words.ts';
import { hrefOf } from '../parts/use-route.ts';
import { ContinueForm, EndForm, EndsHere, FinishForm, InterruptForm, StartButtons } from './appointment-steps.tsx';
import { appointmentName, flagsWords, STATUS_WORDS, type Appointment, type Dropped } from './course-words.ts';
import { MoveForm } from './move-form.tsx';

interface AppointmentDialogProps {
  readonly appointment: Appointment;
  /** Sessions of its course. */
  readonly of?: number | undefined;
  /** Where it was dropped in the calendar: opens with the move. */
  readonly dropped?: Dropped;
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

type Step = 'look' | 'move' | 'cancel' | 'finish' | 'interrupt' | 'continue';

/** One appointment: what it is, and what can be done with it where it stands. */
export function AppointmentDialog({ appointment, of, dropped, onClose, onChanged }: AppointmentDialogProps) {
  const { studio } = useSession();
  const [step, setStep] = useState<Step>(dropped ? 'move' : 'look');
  const { clientId, clientName, status, locationId } = appointment;
  const timeZone = zoneIn(studio, locationId);
  /** Nobody pressed Begin, as on a busy day: it can be recorded all the same. */
  const hasBegun = appointment.start <= new Date().toISOString();
  const props = { appointment, timeZone, onChanged, onBack: () => setStep('look') };
  const title = [clientName, appointmentName(appointment, of)].filter(Boolean).join(': ');
  return (
    <Dialog title={title} isWide={step === 'move'} onClose={onClose}>
      <AppointmentFacts appointment={appointment} timeZone={timeZone} />
      {step === 'look' && (
        <>
          {status === 'booked' && <StartButtons {...props} hasBegun={hasBegun} />}
          <div class="row">
            {status === 'booked' && hasBegun && (
              <button type="button" class="button" onClick={() => setStep('finish')}>
                It took place
              </button>
            )}
            {status === 'booked' && (
              <>
                <button type="button" class="button" onClick={() => setStep('move')}>
                  Move
                </button>
                <button type="button" class="button" onClick={() => setStep('cancel')}>
                  Cancel it
                </button>
              </>
            )}
            {status === 'in-progress' && (
              <>
                <button type="button" class="button button-solid" onClick={() => setStep('finish')}>
                  Finish
                </button>
                <button type="button" class="button" onClick={() => setStep('interrupt')}>
                  Interrupt
                </button>
              </>
            )}
            {status === 'interrupted' && (
              <>
                <button type="button" class="button button-solid" onClick={() => setStep('continue')}>
                  Go on with it
                </button>
                <EndsHere {...props} />
              </>
            )}
            <a class="link" href={hrefOf('clients', clientId)} onClick={onClose}>
              Open the record
            </a>
          </div>
        </>
      )}
      {step === 'move' && <MoveForm {...props} of={of} dropped={dropped} />}
      {step === 'cancel' && <EndForm {...props} />}
      {step === 'finish' && <FinishForm {...props} />}
      {step === 'interrupt' && <InterruptForm {...props} />}
      {step === 'continue' && <ContinueForm {...props} />}
    </Dialog>
  );
}

function AppointmentFacts({ appointment, timeZone }: { readonly appointment: Appointment; readonly timeZone: string }) {
  const { studio } = useSession();
  const { start, end, practitionerId, roomId, locationId, byVideo, status, note, flags, gapOverride } = appointment;
  const place = byVideo
    ? 'by video'
    : [nameIn(studio.rooms, roomId), studio.locations.length > 1 ? nameIn(studio.locations, locationId) : '']
        .filter(Boolean)
        .join(', ');
  return (
    <div class="stack">
      <p class="appointment-when">
        {dayWords(dayOf(start, timeZone))}, {timeWords(start, timeZone)} to {timeWords(end, timeZone)}
        <small>{durationWords(minutesBetween(start, end))}</small>
      </p>
      <p>
        <span class={`chip chip-${status}`}>{STATUS_WORDS[status]}</span> {nameIn(studio.practitioners, practitionerId)}
        {place && `, ${place}`}
      </p>
      {flags.length > 0 && <p class="warning">{flagsWords(flags)}</p>}
      {gapOverride && (
        <p class="hint">
          Gap outside the preferred ones, by {gapOverride.name}: {gapOverride.reason}
        </p>
      )}
      {note && <p class="note-text">{note}</p>}
    </div>
  );
}
