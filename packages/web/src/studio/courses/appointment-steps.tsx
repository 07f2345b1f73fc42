/** What becomes of an appointment on its day: begun, missed, cancelled, interrupted, gone on with, finished. */
import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { addDays } from '@stipple/core/calendar/plain-day.ts';
import { SESSION_MINUTES } from '@stipple/core/course/minutes-of-plan.ts';
import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { AreaField, TextField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { clockOf, dayOf, instantAt, minuteOf, minuteOfClock, minutesBetween } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { useSend } from '../parts/use-send.ts';
import { appointmentName, touchedZones, type Appointment } from './course-words.ts';
import { plannedZones } from './plan-of-course.ts';
import { ZoneChecks } from './zone-checks.tsx';

export interface StepProps {
  readonly appointment: Appointment;
  readonly timeZone: string;
  readonly onChanged: () => void;
  readonly onBack: () => void;
}

const Back = ({ onBack }: Pick<StepProps, 'onBack'>) => (
  <button type="button" class="link" onClick={onBack}>
    Back
  </button>
);

interface StartButtonsProps extends StepProps {
  /** Its hour has come: before, nobody can have stayed away. */
  readonly hasBegun: boolean;
}

export function StartButtons({ appointment: { id, version }, hasBegun, onChanged }: StartButtonsProps) {
  const sending = useSend();
  const act = async (call: () => Promise<unknown>): Promise<void> => {
    if (await sending.send(call)) onChanged();
  };
  return (
    <>
      <RefusalNotice refusal={sending.refusal} />
      <div class="row">
        <button
          type="button"
          class="button button-solid"
          disabled={sending.isSending}
          onClick={() => void act(() => api.startAppointment({ id, version }))}
        >
          Begin now
        </button>
        {hasBegun && (
          <button
            type="button"
            class="link"
            disabled={sending.isSending}
            onClick={() => void act(() => api.missAppointment({ id, version }))}
          >
            The client did not come
          </button>
        )}
      </div>
    </>
  );
}

export function EndForm({ appointment: { id, version }, onChanged, onBack }: StepProps) {
  const [reason, setReason] = useState('');
  const sending = useSend();
  const cancel = async (): Promise<void> => {
    if (await sending.send(() => api.cancelAppointment({ id, version, reason }))) onChanged();
  };
  return (
    <SendForm
      sending={sending}
      action="Cancel this appointment"
      onSend={() => void cancel()}
      aside={<Back onBack={onBack} />}
    >
      <AreaField label="Reason" isOptional rows={2} maxLength={500} value={reason} onChange={setReason} />
    </SendForm>
  );
}

export function InterruptForm({ appointment: { id, version, clientId }, onChanged, onBack }: StepProps) {
  const [reason, setReason] = useState('');
  const [zones, setZones] = useState<readonly string[]>([]);
  const planned = useLoaded(() => plannedZones(clientId), [clientId]);
  const sending = useSend();
  const interrupt = async (): Promise<void> => {
    if (await sending.send(() => api.interruptAppointment({ id, version, reason, zones: [...zones] }))) onChanged();
  };
  return (
    <SendForm sending={sending} action="Interrupt it" onSend={() => void interrupt()} aside={<Back onBack={onBack} />}>
      {planned.value && planned.value.length > 0 && (
        <ZoneChecks legend="Worked on already" zones={planned.value} chosen={zones} onChange={setZones} />
      )}
      <AreaField
        label="Reason"
        hint="It may go on the next day, on zones that were not touched."
        rows={2}
        maxLength={500}
        value={reason}
        onChange={setReason}
      />
    </SendForm>
  );
}

/** For an interrupted session that does not go on: it is done, in the hours that it had. */
export function EndsHere({ appointment: { id, version }, onChanged }: StepProps) {
  const sending = useSend();
  const end = async (): Promise<void> => {
    if (await sending.send(() => api.finishAppointment({ id, version }))) onChanged();
  };
  return (
    <>
      <button type="button" class="button" disabled={sending.isSending} onClick={() => void end()}>
        It ends here
      </button>
      <RefusalNotice refusal={sending.refusal} />
    </>
  );
}

/** When it really was, in place of when it was planned. */
export function FinishForm({ appointment, timeZone, onChanged, onBack }: StepProps) {
  const { id, version, start, end } = appointment;
  const day = dayOf(start, timeZone);
  const [now] = useState(() => new Date().toISOString());
  // Begun before its hour, nobody knows when: it is asked.
  const [from, setFrom] = useState(start < now ? clockOf(minuteOf(start, timeZone)) : '');
  const [to, setTo] = useState(clockOf(minuteOf(dayOf(now, timeZone) === day ? now : end, timeZone)));
  const [note, setNote] = useState(appointment.note);
  const sending = useSend();
  const [first, last] = [minuteOfClock(from), minuteOfClock(to)];
  const isUsable = first !== null && last !== null && first < last;
  const finish = async (): Promise<void> => {
    if (first === null || last === null) return;
    const really = { start: instantAt(day, first, timeZone), end: instantAt(day, last, timeZone), note };
    if (await sending.send(() => api.finishAppointment({ id, version, ...really }))) onChanged();
  };
  return (
    <SendForm
      sending={sending}
      action="It is finished"
      isDisabled={!isUsable}
      onSend={() => void finish()}
      aside={<Back onBack={onBack} />}
    >
      <div class="form-pair">
        <TextField label="Really began" type="time" value={from} onChange={setFrom} />
        <TextField label="Really ended" type="time" value={to} onChange={setTo} />
      </div>
      {from !== '' && !isUsable && <p class="fault">It has to end after it began, on the same day.</p>}
      <AreaField label="Note" isOptional maxLength={10_000} value={note} onChange={setNote} />
    </SendForm>
  );
}

export function ContinueForm({ appointment, timeZone, onChanged, onBack }: StepProps) {
  const { id, version, clientId, start, end, lastDay } = appointment;
  const touched = touchedZones(appointment);
  const planned = useLoaded(() => plannedZones(clientId), [clientId]);
  const untouched = touched.length > 0 ? (planned.value ?? []).filter((zone) => !touched.includes(zone)) : [];
  const [zones, setZones] = useState<readonly string[] | null>(null);
  const [day, setDay] = useState(addDays(lastDay, 1));
  const [clock, setClock] = useState(clockOf(minuteOf(start, timeZone)));
  const [minutes, setMinutes] = useState(String(Math.max(30, Math.round(minutesBetween(start, end) / 2))));
  const [reason, setReason] = useState('');
  const [answer, setAnswer] = useState<Answers['continueAppointment'] | null>(null);
  const sending = useSend();
  const minute = minuteOfClock(clock);
  const goOn = async (): Promise<void> => {
    if (minute === null) return;
    const when = { start: instantAt(day, minute, timeZone), minutes: Number(minutes) };
    const what = { zones: [...(zones ?? untouched)], reason };
    const given = await sending.send(() => api.continueAppointment({ id, version, ...when, ...what }));
    if (given && given.laterNowTooSoon.length > 0) setAnswer(given);
    else if (given) onChanged();
  };
  if (answer) {
    return (
      <div class="warning" role="status">
        <p>It goes on. The last day counts, so these are too soon now and need to be moved:</p>
        <ul class="plain-list">
          {answer.laterNowTooSoon.map((later) => (
            <li key={later.id}>
              {appointmentName(later)}, {dayWords(dayOf(later.start, timeZone))}
            </li>
          ))}
        </ul>
        <button type="button" class="button" onClick={onChanged}>
          Understood
        </button>
      </div>
    );
  }
  return (
    <SendForm
      sending={sending}
      action="Go on with it"
      isDisabled={minute === null || (touched.length > 0 && !planned.value)}
      onSend={() => void goOn()}
      aside={<Back onBack={onBack} />}
    >
      <div class="form-pair">
        <TextField label="Day" type="date" min={lastDay} value={day} onChange={setDay} />
        <TextField label="From" type="time" value={clock} onChange={setClock} />
        <TextField
          label="Minutes"
          type="number"
          min={String(SESSION_MINUTES.least)}
          max={String(SESSION_MINUTES.most)}
          value={minutes}
          onChange={setMinutes}
        />
      </div>
      {untouched.length > 0 && (
        <ZoneChecks
          legend="It goes on with what was not touched"
          zones={untouched}
          chosen={zones ?? untouched}
          onChange={setZones}
        />
      )}
      <AreaField label="Reason" rows={2} maxLength={500} value={reason} onChange={setReason} />
    </SendForm>
  );
}
