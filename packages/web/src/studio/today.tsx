import { dayWords } from '@stipple/core/calendar/day-words.ts';
import { addDays, daysBetween } from '@stipple/core/calendar/plain-day.ts';
import { api } from '../api/api.ts';
import { ClientLines } from './clients/client-list.tsx';
import { AppointmentLine } from './courses/appointment-line.tsx';
import type { Appointment } from './courses/course-words.ts';
import { Panel } from './parts/panel.tsx';
import { isManager, SKILL_WORDS, useSession, zoneIn, type Studio } from './parts/session.ts';
import { dayOf, longDay, today } from './parts/time-words.ts';
import { useLoaded } from './parts/use-loaded.ts';
import { hrefOf } from './parts/use-route.ts';
import { Waiting } from './parts/waiting.tsx';
import { RecoveryPrompt } from './recovery-prompt.tsx';

/** Certificates are worth a word this long before they expire: renewing one takes weeks. */
const WARN_DAYS = 60;
const AHEAD_DAYS = 7;
const MOST_AHEAD = 8;

/** The day's appointments, and what waits for somebody. */
export function Today() {
  const { studio, me } = useSession();
  const [location] = studio.locations.filter(({ active }) => active);
  const timeZone = zoneIn(studio, location?.id ?? null);
  const now = today(timeZone);
  return (
    <>
      <div class="screen-head">
        <h1>{longDay(now)}</h1>
        <div class="row">
          <a class="button" href="/?studio">
            Plan from photos
          </a>
          <a class="button button-solid" href={hrefOf('clients', 'new')}>
            New enquiry
          </a>
        </div>
      </div>
      <RecoveryPrompt />
      {isManager(me) && <FirstSteps studio={studio} />}
      <div class="record">
        <div class="record-first">
          {studio.locations
            .filter(({ active }) => active)
            .map(({ id, name }) => (
              <DayOfLocation key={id} locationId={id} name={studio.locations.length > 1 ? name : null} />
            ))}
        </div>
        <div class="record-side">
          <Certificates studio={studio} now={now} />
          <Enquiries />
        </div>
      </div>
    </>
  );
}

function DayOfLocation({ locationId, name }: { readonly locationId: string; readonly name: string | null }) {
  const { studio } = useSession();
  const timeZone = zoneIn(studio, locationId);
  const now = today(timeZone);
  const days = useLoaded(
    () => api.calendar({ locationId, from: now, to: addDays(now, AHEAD_DAYS) }),
    [locationId, now],
  );
  const all = [...(days.value?.appointments ?? [])]
    .filter(({ status }) => status !== 'cancelled')
    .sort((a, b) => a.start.localeCompare(b.start));
  const ofToday = all.filter(({ start, end }) => dayOf(start, timeZone) <= now && dayOf(end, timeZone) >= now);
  const reviews = all.filter((one) => one.kind === 'review' && one.status === 'booked' && !ofToday.includes(one));
  const ahead = all.filter(
    (one) => dayOf(one.start, timeZone) > now && one.status === 'booked' && one.kind !== 'review',
  );
  return (
    <>
      <Panel title={name ? `Today at ${name}` : 'Appointments today'}>
        {!days.value && <Waiting refusal={days.refusal} onAgain={days.reload} />}
        {days.value && ofToday.length === 0 && <p class="hint">Nothing today.</p>}
        <ul class="lines">
          {ofToday.map((appointment) => (
            <li key={appointment.id}>
              <AppointmentLine appointment={appointment} isWithClient onChanged={days.reload} />
            </li>
          ))}
        </ul>
      </Panel>
      <ComingUp title="Healing reviews this week" appointments={reviews} timeZone={timeZone} onChanged={days.reload} />
      <ComingUp title="The next days" appointments={ahead} timeZone={timeZone} onChanged={days.reload} />
    </>
  );
}

interface ComingUpProps {
  readonly title: string;
  readonly appointments: readonly Appointment[];
  readonly timeZone: string;
  readonly onChanged: () => void;
}

function ComingUp({ title, appointments, timeZone, onChanged }: ComingUpProps) {
  if (appointments.length === 0) return null;
  return (
    <Panel title={title}>
      <ul class="lines">
        {appointments.slice(0, MOST_AHEAD).map((appointment, i) => {
          const day = dayOf(appointment.start, timeZone);
          const before = appointments[i - 1];
          return (
            <li key={appointment.id}>
              {(!before || dayOf(before.start, timeZone) !== day) && <p class="line-day">{longDay(day)}</p>}
              <AppointmentLine appointment={appointment} isWithClient onChanged={onChanged} />
            </li>
          );
        })}
      </ul>
    </Panel>
  );
}

/** What has expired, or will soon: without it the practitioner cannot be booked. */
function Certificates({ studio, now }: { readonly studio: Studio; readonly now: string }) {
  const ending = studio.practitioners
    .filter(({ active }) => active)
    .flatMap(({ name, certificates }) => certificates.map((certificate) => ({ name, ...certificate })))
    .filter(({ expiresOn }) => daysBetween(now, expiresOn) <= WARN_DAYS)
    .sort((a, b) => a.expiresOn.localeCompare(b.expiresOn));
  if (ending.length === 0) return null;
  return (
    <Panel title="Certificates">
      <ul class="plain-list">
        {ending.map(({ id, name, skill, expiresOn, title }) => {
          const left = daysBetween(now, expiresOn);
          return (
            <li key={id} class={left < 0 ? 'overdue' : ''}>
              <strong>{name}</strong>: {title} ({skill === 'smp' ? 'all work' : SKILL_WORDS[skill]}){' '}
              {left < 0
                ? `expired on ${dayWords(expiresOn)}; not bookable since`
                : `expires in ${left} days, on ${dayWords(expiresOn)}`}
            </li>
          );
        })}
      </ul>
      <a class="link" href={hrefOf('studio', 'practitioners')}>
        Add the renewed certificate
      </a>
    </Panel>
  );
}

function Enquiries() {
  const { studio } = useSession();
  const enquiries = useLoaded(() => api.clients({ status: 'enquiry', limit: 50 }), []);
  // Who has an appointment has been answered.
  const waiting = (enquiries.value?.items ?? []).filter(({ nextAppointment }) => nextAppointment === null);
  return (
    <Panel title="Enquiries">
      {!enquiries.value && <Waiting refusal={enquiries.refusal} onAgain={enquiries.reload} />}
      {enquiries.value &&
        (waiting.length > 0 ? (
          <ClientLines lines={waiting.slice(0, MOST_AHEAD)} isStatusHidden />
        ) : (
          <p class="hint">None is waiting for an answer.</p>
        ))}
      <a class="link" href={hrefOf('enquire', studio.id)}>
        The form to link from your own site
      </a>
    </Panel>
  );
}

/** Until a course can be booked: what is still missing for it. */
function FirstSteps({ studio }: { readonly studio: Studio }) {
  const [place] = studio.locations.filter(({ active }) => active);
  const steps = [
    { isDone: place !== undefined, words: 'A location with its opening hours', part: 'places' },
    { isDone: studio.rooms.some(({ active }) => active), words: 'A room to work in', part: 'places' },
    {
      isDone: studio.practitioners.some(({ active }) => active),
      words: 'A practitioner with hours and skills',
      part: 'practitioners',
    },
    {
      isDone: studio.practitioners.some(
        ({ active, bookable }) => active && bookable.some(({ isBookable }) => isBookable),
      ),
      words: 'A certificate that is valid today',
      part: 'practitioners',
    },
  ];
  if (steps.every(({ isDone }) => isDone)) return null;
  return (
    <section class="first-steps" aria-labelledby="first-steps">
      <h2 id="first-steps">Before the first course can be booked</h2>
      <ol>
        {steps.map(({ isDone, words, part }) => (
          <li key={words} class={isDone ? 'is-done' : ''}>
            <a href={hrefOf('studio', part)}>{words}</a> {isDone && <small>there; look whether it is yours</small>}
          </li>
        ))}
      </ol>
    </section>
  );
}
