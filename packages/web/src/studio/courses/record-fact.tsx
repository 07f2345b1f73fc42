import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField, SelectField, TextField } from '../parts/fields.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSession, zoneIn } from '../parts/session.ts';
import { instantAt, minuteOfClock, today } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';
import { flagsWords, KIND_WORDS, type Appointment, type Course } from './course-words.ts';

const KINDS = (Object.entries(KIND_WORDS) as [Appointment['kind'], string][]).map(([value, label]) => ({
  value,
  label,
}));

interface RecordFactProps {
  readonly clientId: string;
  readonly courses: readonly Course[];
  readonly onClose: () => void;
  readonly onRecorded: () => void;
}

/** What already happened, here or elsewhere. It is kept even against a rule, since it is true, and flagged. */
export function RecordFact({ clientId, courses, onClose, onRecorded }: RecordFactProps) {
  const { studio } = useSession();
  const [fact, setFact] = useState({
    kind: (courses.length > 0 ? 'session' : 'touch-up') as Appointment['kind'],
    courseId: courses[0]?.id ?? '',
    n: '1',
    practitionerId: studio.practitioners[0]?.id ?? '',
    roomId: studio.rooms[0]?.id ?? '',
    day: '',
    from: '10:00',
    to: '14:00',
    note: '',
  });
  const [flags, setFlags] = useState<readonly string[]>([]);
  const sending = useSend();
  const change = (part: Partial<typeof fact>): void => setFact({ ...fact, ...part });
  const locationId = studio.rooms.find(({ id }) => id === fact.roomId)?.locationId ?? '';
  const timeZone = zoneIn(studio, locationId);
  const [first, last] = [minuteOfClock(fact.from), minuteOfClock(fact.to)];
  const isUsable = fact.day !== '' && first !== null && last !== null && first < last;
  const record = async (): Promise<void> => {
    if (first === null || last === null) return;
    const { kind, courseId, n, practitionerId, roomId, day, note } = fact;
    const recorded = await sending.send(() =>
      api.recordFact({
        clientId,
        kind,
        locationId,
        practitionerId,
        roomId,
        start: instantAt(day, first, timeZone),
        end: instantAt(day, last, timeZone),
        note,
        ...(courseId ? { courseId } : {}),
        ...(kind === 'session' ? { n: Number(n) } : {}),
      }),
    );
    if (recorded && recorded.flags.length > 0) setFlags(recorded.flags);
    else if (recorded) onRecorded();
  };
  if (flags.length > 0) {
    return (
      <Dialog title="Recorded, and flagged" onClose={onRecorded}>
        <p class="warning">{flagsWords(flags)}</p>
        <button type="button" class="button" onClick={onRecorded}>
          Understood
        </button>
      </Dialog>
    );
  }
  return (
    <Dialog title="Record what already happened" isWide onClose={onClose}>
      <SendForm sending={sending} action="Record it" isDisabled={!isUsable} onSend={() => void record()}>
        <div class="form-pair">
          <SelectField
            label="What it was"
            hint={
              courses.length === 0 && 'A session belongs to a course: those of before come in under Studio, Import.'
            }
            value={fact.kind}
            options={courses.length > 0 ? KINDS : KINDS.filter(({ value }) => value !== 'session')}
            onChange={(kind) => change({ kind, courseId: fact.courseId || (courses[0]?.id ?? '') })}
          />
          {fact.kind === 'session' && (
            <TextField
              label="Session number"
              type="number"
              min="1"
              max="12"
              value={fact.n}
              onChange={(n) => change({ n })}
            />
          )}
          <SelectField
            label="Course"
            value={fact.courseId}
            options={[
              ...(fact.kind === 'session' ? [] : [{ value: '', label: 'None' }]),
              ...courses.map(({ id, sessions, createdAt }) => ({
                value: id,
                label: `${sessions} sessions, made ${createdAt.slice(0, 10)}`,
              })),
            ]}
            onChange={(courseId) => change({ courseId })}
          />
        </div>
        <div class="form-pair">
          <TextField
            label="Day"
            type="date"
            max={today(timeZone)}
            value={fact.day}
            onChange={(day) => change({ day })}
          />
          <TextField label="From" type="time" value={fact.from} onChange={(from) => change({ from })} />
          <TextField label="To" type="time" value={fact.to} onChange={(to) => change({ to })} />
        </div>
        <div class="form-pair">
          <SelectField
            label="By"
            value={fact.practitionerId}
            options={studio.practitioners.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(practitionerId) => change({ practitionerId })}
          />
          <SelectField
            label="In"
            value={fact.roomId}
            options={studio.rooms.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(roomId) => change({ roomId })}
          />
        </div>
        <AreaField label="Note" isOptional maxLength={10_000} value={fact.note} onChange={(note) => change({ note })} />
      </SendForm>
    </Dialog>
  );
}
