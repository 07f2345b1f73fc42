import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { timeZones } from '../entry/places-of-the-world.ts';
import { AreaField, CheckField, SelectField, TextField } from '../parts/fields.tsx';
import { Panel } from '../parts/panel.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { useSession, type Location, type Studio } from '../parts/session.ts';
import { clockOf, minuteOfClock } from '../parts/time-words.ts';
import { useSend } from '../parts/use-send.ts';
import { HoursFields, typedOf, USUAL_WEEK, weeklyOf } from './hours-fields.tsx';

/** Locations with their opening hours, and the rooms in them. */
export function PlacesPanel() {
  const { studio } = useSession();
  const [opened, setOpened] = useState<string | null>(studio.locations.length === 0 ? 'new' : null);
  return (
    <>
      {studio.locations.map((location) => (
        <Panel
          key={location.id}
          title={location.name}
          note={
            <>
              {location.address || 'no address noted'} · {location.timeZone.replaceAll('_', ' ')}
              {!location.active && ' · closed for good'}
            </>
          }
          action={
            <button type="button" class="link" onClick={() => setOpened(opened === location.id ? null : location.id)}>
              {opened === location.id ? 'Leave as it was' : 'Edit'}
            </button>
          }
        >
          {opened === location.id ? (
            <LocationForm location={location} onKept={() => setOpened(null)} />
          ) : (
            <Rooms location={location} rooms={studio.rooms.filter(({ locationId }) => locationId === location.id)} />
          )}
        </Panel>
      ))}
      {opened === 'new' ? (
        <Panel title={studio.locations.length === 0 ? 'Your first location' : 'Another location'}>
          <LocationForm location={null} onKept={() => setOpened(null)} />
        </Panel>
      ) : (
        <button type="button" class="button" onClick={() => setOpened('new')}>
          Another location
        </button>
      )}
    </>
  );
}

interface LocationFormProps {
  readonly location: Location | null;
  readonly onKept: () => void;
}

function LocationForm({ location, onKept }: LocationFormProps) {
  const { studio, reloadStudio } = useSession();
  const [name, setName] = useState(location?.name ?? '');
  const [address, setAddress] = useState(location?.address ?? '');
  const [timeZone, setTimeZone] = useState(location?.timeZone ?? studio.timeZone);
  const [hours, setHours] = useState(typedOf(location?.opening.weekly ?? USUAL_WEEK));
  const [exceptions, setExceptions] = useState(location?.opening.exceptions ?? []);
  const [oddDay, setOddDay] = useState({ day: '', from: '', to: '' });
  const oddSpans = spansOf(oddDay);
  const [active, setActive] = useState(location?.active ?? true);
  const sending = useSend();
  const weekly = weeklyOf(hours);
  const keep = async (): Promise<void> => {
    if (!weekly) return;
    const facts = { name, address, timeZone, opening: { weekly, exceptions } };
    const kept = await sending.send<unknown>(() =>
      location ? api.changeLocation({ id: location.id, ...facts, active }) : api.createLocation(facts),
    );
    if (!kept) return;
    reloadStudio();
    onKept();
  };
  return (
    <SendForm sending={sending} action="Keep" isDisabled={!weekly} onSend={() => void keep()}>
      <div class="form-pair">
        <TextField label="Name" maxLength={120} value={name} onChange={setName} />
        <SelectField label="Time zone" value={timeZone} options={timeZones(timeZone)} onChange={setTimeZone} />
      </div>
      <AreaField label="Address" isOptional rows={2} maxLength={400} value={address} onChange={setAddress} />
      <HoursFields legend="Opening hours" hours={hours} onChange={setHours} />
      <fieldset class="stack">
        <legend class="label">Single days unlike the others</legend>
        {exceptions.length > 0 && (
          <ul class="plain-list">
            {exceptions.map((exception) => (
              <li key={exception.day} class="row">
                <span>
                  {dayWords(exception.day)}:{' '}
                  {exception.spans.map(({ from, to }) => `${clockOf(from)} to ${clockOf(to)}`).join(', ') || 'closed'}
                </span>
                <button
                  type="button"
                  class="link"
                  onClick={() => setExceptions(exceptions.filter((other) => other !== exception))}
                >
                  Open as usual
                </button>
              </li>
            ))}
          </ul>
        )}
        <div class="row row-fields">
          <TextField
            label="Day"
            type="date"
            isOptional
            width="medium"
            value={oddDay.day}
            onChange={(day) => setOddDay({ ...oddDay, day })}
          />
          <TextField
            label="Open from"
            type="time"
            isOptional
            width="short"
            value={oddDay.from}
            onChange={(from) => setOddDay({ ...oddDay, from })}
          />
          <TextField
            label="to"
            type="time"
            isOptional
            width="short"
            value={oddDay.to}
            onChange={(to) => setOddDay({ ...oddDay, to })}
          />
          <button
            type="button"
            class="button"
            disabled={oddDay.day === '' || !oddSpans || exceptions.some(({ day }) => day === oddDay.day)}
            onClick={() => {
              if (!oddSpans) return;
              const odd = { day: oddDay.day, spans: oddSpans };
              setExceptions([...exceptions, odd].sort((a, b) => a.day.localeCompare(b.day)));
              setOddDay({ day: '', from: '', to: '' });
            }}
          >
            {oddSpans?.length ? 'Open then' : 'Closed that day'}
          </button>
        </div>
      </fieldset>
      {location && <CheckField label="In use" isOn={active} onChange={setActive} />}
    </SendForm>
  );
}

/** None where no hours are typed: closed. Null while they are no hours. */
function spansOf({ from, to }: { readonly from: string; readonly to: string }) {
  if (from === '' && to === '') return [];
  const span = { from: minuteOfClock(from) ?? 0, to: minuteOfClock(to) ?? 0 };
  return span.from < span.to ? [span] : null;
}

interface RoomsProps {
  readonly location: Location;
  readonly rooms: Studio['rooms'];
}

function Rooms({ location, rooms }: RoomsProps) {
  const { reloadStudio } = useSession();
  const [name, setName] = useState('');
  const adding = useSend();
  const add = async (): Promise<void> => {
    if (!(await adding.send(() => api.createRoom({ locationId: location.id, name })))) return;
    setName('');
    reloadStudio();
  };
  return (
    <>
      <h3>Rooms</h3>
      {rooms.length === 0 && <p class="hint">None yet; a session needs one.</p>}
      <ul class="plain-list">
        {rooms.map((room) => (
          <RoomLine key={room.id} room={room} />
        ))}
      </ul>
      <SendForm sending={adding} action="Add the room" onSend={() => void add()}>
        <TextField label="Name of a room" width="medium" maxLength={120} value={name} onChange={setName} />
      </SendForm>
    </>
  );
}

function RoomLine({ room }: { readonly room: Studio['rooms'][number] }) {
  const { reloadStudio } = useSession();
  const sending = useSend();
  const [isNaming, setIsNaming] = useState(false);
  const [name, setName] = useState(room.name);
  const change = async (to: { readonly active: boolean } | { readonly name: string }): Promise<void> => {
    if (!(await sending.send(() => api.changeRoom({ id: room.id, ...to })))) return;
    setIsNaming(false);
    reloadStudio();
  };
  if (isNaming) {
    return (
      <li>
        <SendForm
          sending={sending}
          action="Keep the name"
          onSend={() => void change({ name })}
          aside={
            <button type="button" class="link" onClick={() => setIsNaming(false)}>
              Leave it
            </button>
          }
        >
          <TextField
            label={`New name of ${room.name}`}
            width="medium"
            maxLength={120}
            value={name}
            onChange={setName}
          />
        </SendForm>
      </li>
    );
  }
  return (
    <li class="row">
      <span>
        {room.name}
        {!room.active && <small> not in use</small>}
      </span>
      <button type="button" class="link" onClick={() => setIsNaming(true)}>
        Rename
      </button>
      <button
        type="button"
        class="link"
        disabled={sending.isSending}
        onClick={() => void change({ active: !room.active })}
      >
        {room.active ? 'Take out of use' : 'Use again'}
      </button>
      {sending.refusal && <span class="fault">{sending.refusal.reason}</span>}
    </li>
  );
}
