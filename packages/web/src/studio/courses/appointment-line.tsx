import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { nameIn, useSession, zoneIn } from '../parts/session.ts';
import { durationWords, dayOf, minutesBetween, timeWords } from '../parts/time-words.ts';
import { AppointmentDialog } from './appointment-dialog.tsx';
import { appointmentName, flagsWords, STATUS_WORDS, type Appointment } from './course-words.ts';

interface AppointmentLineProps {
  readonly appointment: Appointment;
  /** Sessions of its course. */
  readonly of?: number;
  readonly isWithClient?: boolean;
  readonly onChanged: () => void;
}

/** One appointment in a list; opens what can be done with it. */
export function AppointmentLine({ appointment, of, isWithClient, onChanged }: AppointmentLineProps) {
  const { studio } = useSession();
  const [isOpen, setIsOpen] = useState(false);
  const { start, end, status, locationId, practitionerId, roomId, clientName, byVideo, flags } = appointment;
  const timeZone = zoneIn(studio, locationId);
  const where = byVideo ? 'by video' : nameIn(studio.rooms, roomId);
  return (
    <>
      <button type="button" class={`line line-${status}`} onClick={() => setIsOpen(true)}>
        <span class="line-time">
          {timeWords(start, timeZone)}
          <small>{durationWords(minutesBetween(start, end))}</small>
        </span>
        <span class="line-main">
          <strong>
            {isWithClient && clientName ? `${clientName}: ` : ''}
            {appointmentName(appointment, of)}
          </strong>
          <small>
            {!isWithClient && `${dayWords(dayOf(start, timeZone))} · `}
            {[nameIn(studio.practitioners, practitionerId), where].filter(Boolean).join(' · ')}
          </small>
          {flags.length > 0 && <small class="flags">{flagsWords(flags)}</small>}
        </span>
        <span class={`chip chip-${status}`}>{STATUS_WORDS[status]}</span>
      </button>
      {isOpen && (
        <AppointmentDialog
          appointment={appointment}
          of={of}
          onClose={() => setIsOpen(false)}
          onChanged={() => {
            setIsOpen(false);
            onChanged();
          }}
        />
      )}
    </>
  );
}
