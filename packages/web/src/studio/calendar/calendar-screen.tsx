import { addDays, isPlainDay, weekdayOf, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AppointmentDialog } from '../courses/appointment-dialog.tsx';
import type { Appointment, Dropped } from '../courses/course-words.ts';
import { ChoiceField, SelectField } from '../parts/fields.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { nameIn, useSession, zoneIn } from '../parts/session.ts';
import { instantAt, longDay, minuteOf, monthWords, shortDay, today } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { goTo, hrefOf } from '../parts/use-route.ts';
import { Waiting } from '../parts/waiting.tsx';
import { AbsenceDialog } from './absence-dialog.tsx';
import { DayGrid } from './day-grid.tsx';
import { gridColumns, type CalendarBy } from './grid-columns.ts';
import type { Carried } from './use-drag.ts';

const BY = [
  { value: 'practitioner', label: 'Practitioners' },
  { value: 'room', label: 'Rooms' },
] as const;
const SPAN = [
  { value: 'day', label: 'Day' },
  { value: 'week', label: 'Week' },
] as const;

/** Day and week by practitioner and room. An appointment is carried to where it is to be, and the rules answer. */
export function CalendarScreen({ day: named }: { readonly day: string | undefined }) {
  const { studio, me } = useSession();
  const locations = studio.locations.filter(({ active }) => active);
  const [locationId, setLocationId] = useState(locations[0]?.id ?? '');
  const [by, setBy] = useState<CalendarBy>('practitioner');
  const [span, setSpan] = useState<'day' | 'week'>('day');
  const [subject, setSubject] = useState(me.practitionerId ?? '');
  const [opened, setOpened] = useState<{ appointment: Appointment; dropped?: Dropped } | null>(null);
  const [isBlocking, setIsBlocking] = useState(false);
  const timeZone = zoneIn(studio, locationId);
  const now = today(timeZone);
  const day = named && isPlainDay(named) ? named : now;
  const firstDay = span === 'day' ? day : addDays(day, 1 - weekdayOf(day));
  const lastDay = span === 'day' ? day : addDays(firstDay, 6);
  const answer = useLoaded(
    () => api.calendar({ locationId, from: firstDay, to: lastDay }),
    [locationId, firstDay, lastDay],
  );
  if (locations.length === 0) return <NoPlaceYet />;

  const subjects: readonly { id: string; name: string; active: boolean; locationId: string }[] =
    by === 'practitioner' ? studio.practitioners : studio.rooms;
  const columns =
    answer.value &&
    gridColumns({
      answer: answer.value,
      studio,
      locationId,
      timeZone,
      by,
      firstDay,
      days: span === 'day' ? 1 : 7,
      subjectId: span === 'day' || subject === '' ? null : subject,
    });
  const step = span === 'day' ? 1 : 7;
  const show = (to: PlainDay): void => goTo('calendar', to);
  const drop = ({ block, column, from }: Carried): void => {
    setOpened({
      appointment: block.appointment,
      dropped: {
        start: instantAt(column.day, from, timeZone),
        ...(column.practitionerId ? { practitionerId: column.practitionerId } : {}),
        ...(column.roomId ? { roomId: column.roomId } : {}),
      },
    });
  };
  return (
    <div class="calendar">
      <div class="screen-head">
        <h1>{span === 'day' ? longDay(day) : weekWords(firstDay)}</h1>
        <div class="row">
          <button
            type="button"
            class="button"
            aria-label={span === 'day' ? 'Day before' : 'Week before'}
            onClick={() => show(addDays(day, -step))}
          >
            ‹
          </button>
          <a class="button" href={hrefOf('calendar')}>
            Today
          </a>
          <button
            type="button"
            class="button"
            aria-label={span === 'day' ? 'Day after' : 'Week after'}
            onClick={() => show(addDays(day, step))}
          >
            ›
          </button>
          <input
            class="day-input"
            type="date"
            aria-label="Go to a day"
            value={day}
            onChange={({ currentTarget: { value } }) => isPlainDay(value) && show(value)}
          />
        </div>
      </div>
      <div class="row calendar-tools">
        <ChoiceField legend="Span" isLegendHidden value={span} options={SPAN} onChange={setSpan} />
        <ChoiceField
          legend="Columns"
          isLegendHidden
          value={by}
          options={BY}
          onChange={(next) => {
            setBy(next);
            setSubject('');
          }}
        />
        {span === 'week' && (
          <SelectField
            label="Whose"
            width="medium"
            value={subject}
            options={[
              { value: '', label: 'All' },
              ...subjects
                .filter((one) => one.active && one.locationId === locationId)
                .map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChange={setSubject}
          />
        )}
        {locations.length > 1 && (
          <SelectField
            label="Where"
            width="medium"
            value={locationId}
            options={locations.map(({ id, name }) => ({ value: id, label: name }))}
            onChange={(id) => {
              setLocationId(id);
              setSubject('');
            }}
          />
        )}
        <button type="button" class="link" onClick={() => setIsBlocking(true)}>
          Block time
        </button>
      </div>
      <RefusalNotice refusal={answer.value ? answer.refusal : null} />
      {columns ? (
        columns.length > 0 ? (
          <DayGrid
            columns={columns}
            timeZone={timeZone}
            now={{ day: now, minute: minuteOf(Date.now(), timeZone) }}
            onOpen={(appointment) => setOpened({ appointment })}
            onDrop={drop}
          />
        ) : (
          <NobodyYet by={by} location={nameIn(studio.locations, locationId)} />
        )
      ) : (
        <Waiting refusal={answer.refusal} onAgain={answer.reload} />
      )}
      <p class="hint">
        Times are those of {timeZone.replaceAll('_', ' ')}. Carry an appointment to move it; on a tablet, by its grip.
      </p>
      {opened && (
        <AppointmentDialog
          {...opened}
          onClose={() => setOpened(null)}
          onChanged={() => {
            setOpened(null);
            answer.reload();
          }}
        />
      )}
      {isBlocking && (
        <AbsenceDialog
          locationId={locationId}
          day={day}
          absences={answer.value?.absences ?? []}
          onClose={() => setIsBlocking(false)}
          onChanged={answer.reload}
        />
      )}
    </div>
  );
}

function weekWords(firstDay: PlainDay): string {
  const lastDay = addDays(firstDay, 6);
  return `${shortDay(firstDay)} to ${shortDay(lastDay)}, ${monthWords(lastDay).split(' ').at(-1)}`;
}

function NoPlaceYet() {
  return (
    <div class="empty">
      <h1>No place to work in yet</h1>
      <p>
        A calendar needs a location with opening hours, a room and a practitioner.{' '}
        <a href={hrefOf('studio', 'places')}>Add the first</a>.
      </p>
    </div>
  );
}

function NobodyYet({ by, location }: { readonly by: CalendarBy; readonly location: string }) {
  return (
    <div class="empty">
      <h2>{by === 'practitioner' ? `Nobody works at ${location} yet` : `${location} has no room yet`}</h2>
      <p>
        <a href={hrefOf('studio', by === 'practitioner' ? 'practitioners' : 'places')}>
          {by === 'practitioner' ? 'Add a practitioner' : 'Add a room'}
        </a>
      </p>
    </div>
  );
}
