import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { counted } from '../parts/counted.ts';
import { SelectField, TextField } from '../parts/fields.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { nameIn, useSession, zoneIn } from '../parts/session.ts';
import { instantAt, instantWords, minuteOfClock } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';
import type { CalendarAnswer } from './grid-columns.ts';
import { ImportBusyHours } from './import-busy-hours.tsx';

interface AbsenceDialogProps {
  readonly locationId: string;
  readonly day: PlainDay;
  /** Those in the days shown, to be taken away again. */
  readonly absences: CalendarAnswer['absences'];
  readonly onClose: () => void;
  readonly onChanged: () => void;
}

/** Time in which a practitioner is not there. What is booked in it stays, and is named, to be moved. */
export function AbsenceDialog({ locationId, day, absences, onClose, onChanged }: AbsenceDialogProps) {
  const { studio, me } = useSession();
  const timeZone = zoneIn(studio, locationId);
  const people = studio.practitioners.filter((one) => one.active && one.locationId === locationId);
  const [practitionerId, setPractitionerId] = useState(me.practitionerId ?? people[0]?.id ?? '');
  const [firstDay, setFirstDay] = useState<string>(day);
  const [lastDay, setLastDay] = useState<string>(day);
  const [from, setFrom] = useState('00:00');
  const [to, setTo] = useState('24:00');
  const [reason, setReason] = useState('');
  const [inTheWay, setInTheWay] = useState<number | null>(null);
  const adding = useSend();
  const removing = useSend();
  const [first, last] = [minuteOfClock(from), minuteOfClock(to)];
  const isUsable =
    practitionerId !== '' &&
    first !== null &&
    last !== null &&
    firstDay !== '' &&
    (lastDay > firstDay || (lastDay === firstDay && first < last));
  const add = async (): Promise<void> => {
    if (first === null || last === null) return;
    const answer = await adding.send(() =>
      api.addAbsence({
        practitionerId,
        start: instantAt(firstDay, first, timeZone),
        end: instantAt(lastDay, last, timeZone),
        reason,
      }),
    );
    if (!answer) return;
    onChanged();
    if (answer.appointmentsInTheWay.length > 0) setInTheWay(answer.appointmentsInTheWay.length);
    else onClose();
  };
  const remove = async (id: string): Promise<void> => {
    if (await removing.send(() => api.removeAbsence({ id }))) onChanged();
  };
  return (
    <Dialog title="Block time" onClose={onClose}>
      {inTheWay === null ? (
        <SendForm sending={adding} action="Block it" isDisabled={!isUsable} onSend={() => void add()}>
          <SelectField
            label="Who is away"
            value={practitionerId}
            options={people.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={setPractitionerId}
          />
          <div class="form-pair">
            <TextField label="From day" type="date" value={firstDay} onChange={setFirstDay} />
            <TextField label="From" inputMode="numeric" hint="24:00 ends a day" value={from} onChange={setFrom} />
          </div>
          <div class="form-pair">
            <TextField label="To day" type="date" min={firstDay} value={lastDay} onChange={setLastDay} />
            <TextField label="To" inputMode="numeric" value={to} onChange={setTo} />
          </div>
          <TextField label="Reason" isOptional maxLength={200} value={reason} onChange={setReason} />
        </SendForm>
      ) : (
        <div class="warning" role="status">
          <p>Blocked. In the way, to be moved in the calendar: {counted(inTheWay, 'appointment')}.</p>
          <button type="button" class="button" onClick={onClose}>
            Understood
          </button>
        </div>
      )}
      {inTheWay === null && practitionerId !== '' && (
        <ImportBusyHours key={practitionerId} practitionerId={practitionerId} onChanged={onChanged} />
      )}
      {absences.length > 0 && (
        <div class="stack">
          <h3>Blocked in the days shown</h3>
          <ul class="plain-list">
            {absences.map(({ id, practitionerId: who, start, end, reason: why }) => (
              <li key={id} class="row">
                <span>
                  {nameIn(studio.practitioners, who)}: {instantWords(start, timeZone)} to {instantWords(end, timeZone)}
                  {why && ` (${why})`}
                </span>
                <button type="button" class="link" disabled={removing.isSending} onClick={() => void remove(id)}>
                  Free it
                </button>
              </li>
            ))}
          </ul>
          <RefusalNotice refusal={removing.refusal} />
        </div>
      )}
    </Dialog>
  );
}
