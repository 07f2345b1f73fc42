import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField, CheckField, ChoiceField, SelectField, TextField } from '../parts/fields.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { nameIn, useSession, zoneIn } from '../parts/session.ts';
import { today } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { useSend } from '../parts/use-send.ts';
import { KIND_WORDS, type Course } from './course-words.ts';
import { FreeHours, type FreeHour } from './free-hours.tsx';

type Single = 'consultation' | 'touch-up' | 'review';
const KINDS = (['consultation', 'touch-up', 'review'] as const).map((value) => ({ value, label: KIND_WORDS[value] }));
const USUAL_MINUTES: Readonly<Record<Single, string>> = { consultation: '60', 'touch-up': '120', review: '30' };
const LOOK_DAYS = 21;

interface BookAppointmentProps {
  readonly clientId: string;
  readonly courses: readonly Course[];
  readonly onClose: () => void;
  readonly onBooked: () => void;
}

/** A consultation, a touch-up or a healing review: free hours first, then one of them. */
export function BookAppointment({ clientId, courses, onClose, onBooked }: BookAppointmentProps) {
  const { studio } = useSession();
  const locations = studio.locations.filter(({ active }) => active);
  const [wish, setWish] = useState({
    kind: 'consultation' as Single,
    locationId: locations[0]?.id ?? '',
    practitionerId: '',
    from: '',
    minutes: USUAL_MINUTES.consultation,
    byVideo: false,
    note: '',
  });
  const gate = useLoaded(() => api.bookableSkills({ clientId }), [clientId]);
  const [hours, setHours] = useState<readonly FreeHour[] | null>(null);
  const [chosen, setChosen] = useState<FreeHour | null>(null);
  const looking = useSend();
  const booking = useSend();
  const timeZone = zoneIn(studio, wish.locationId);
  const course = courses.find(({ status }) => status === 'open' || status === 'done');
  const change = (part: Partial<typeof wish>): void => {
    setWish({ ...wish, ...part });
    setHours(null);
    setChosen(null);
  };
  const look = async (): Promise<void> => {
    setChosen(null);
    const { kind, locationId, practitionerId, from, minutes } = wish;
    const answer = await looking.send(() =>
      api.freeTimes({
        clientId,
        kind,
        locationId,
        from: from || today(timeZone),
        days: LOOK_DAYS,
        minutes: Number(minutes),
        ...(practitionerId ? { practitionerId } : {}),
      }),
    );
    if (answer) setHours(answer.items);
  };
  const book = async (hour: FreeHour): Promise<void> => {
    const { kind, locationId, minutes, byVideo, note } = wish;
    const booked = await booking.send(() =>
      api.bookAppointment({
        clientId,
        kind,
        locationId,
        practitionerId: hour.practitionerId,
        start: hour.start,
        minutes: Number(minutes),
        byVideo,
        note,
        ...(byVideo || !hour.roomId ? {} : { roomId: hour.roomId }),
        ...(kind !== 'consultation' && course ? { courseId: course.id } : {}),
      }),
    );
    if (booked) onBooked();
    // Somebody was faster: what is free now.
    else void look();
  };
  return (
    <Dialog title="Single appointment" isWide onClose={onClose}>
      <SendForm sending={looking} action="Find free hours" onSend={() => void look()}>
        <ChoiceField
          legend="What for"
          value={wish.kind}
          options={KINDS}
          onChange={(kind) => change({ kind, minutes: USUAL_MINUTES[kind] })}
        />
        <div class="form-pair">
          {locations.length > 1 && (
            <SelectField
              label="Where"
              value={wish.locationId}
              options={locations.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(locationId) => change({ locationId })}
            />
          )}
          <SelectField
            label="With whom"
            value={wish.practitionerId}
            options={[
              { value: '', label: 'Whoever is free' },
              ...studio.practitioners
                .filter(({ active, locationId }) => active && locationId === wish.locationId)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={(practitionerId) => change({ practitionerId })}
          />
          <TextField
            label="From day"
            type="date"
            isOptional
            min={today(timeZone)}
            value={wish.from}
            onChange={(from) => change({ from })}
          />
          <TextField
            label="Minutes"
            type="number"
            min="10"
            max="720"
            value={wish.minutes}
            onChange={(minutes) => change({ minutes })}
          />
        </div>
        {wish.kind !== 'touch-up' && (
          <CheckField label="By video" isOn={wish.byVideo} onChange={(byVideo) => change({ byVideo })} />
        )}
      </SendForm>
      {wish.kind === 'touch-up' && gate.value && !gate.value.mayBook && (
        <p class="warning">
          A touch-up cannot be booked yet: {gate.value.reasons.map(({ text }) => text).join(' ')}.{' '}
          <a href={hrefOf('clients', clientId, 'screening')}>Go to the screening</a>
        </p>
      )}
      {hours && (
        <FreeHours
          hours={hours}
          timeZone={timeZone}
          chosen={chosen}
          nameOf={(id) => nameIn(studio.practitioners, id)}
          onChoose={setChosen}
        />
      )}
      <RefusalNotice refusal={booking.refusal} />
      {hours && hours.length > 0 && (
        <>
          <AreaField
            label="Note"
            isOptional
            rows={2}
            maxLength={2000}
            value={wish.note}
            onChange={(note) => setWish({ ...wish, note })}
          />
          <button
            type="button"
            class="button button-solid"
            disabled={!chosen || booking.isSending}
            onClick={() => chosen && void book(chosen)}
          >
            Book it
          </button>
        </>
      )}
    </Dialog>
  );
}
