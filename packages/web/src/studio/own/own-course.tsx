import { needsReason } from '@stipple/core/course/wanted-sessions.ts';
import { useState } from 'preact/hooks';
import { api, type Answers } from '../../api/api.ts';
import { ClientPhotos } from '../clients/client-photos.tsx';
import { QuoteCard } from '../clients/quote-card.tsx';
import { ScreeningForm } from '../clients/screening-form.tsx';
import { CourseTape } from '../courses/course-tape.tsx';
import { pointOf } from '../courses/course-points.ts';
import { appointmentName, STATUS_WORDS, type Appointment } from '../courses/course-words.ts';
import { Panel } from '../parts/panel.tsx';
import { dayOf, durationWords, longDay, minutesBetween, timeWords } from '../parts/time-words.ts';
import { useLoaded } from '../parts/use-loaded.ts';
import { Waiting } from '../parts/waiting.tsx';
import { OwnBook, requestOf } from './own-book.tsx';
import { OwnCancel } from './own-cancel.tsx';
import { OwnMove } from './own-move.tsx';

type ClientCourses = Answers['clientCourses'];
type Quote = Answers['quotes']['items'][number];

/** For days of no place, such as when questions were answered. */
const deviceZone = Intl.DateTimeFormat().resolvedOptions().timeZone;

interface OwnCourseProps {
  readonly name: string;
  readonly clientId: string;
}

export function OwnCourse({ name, clientId }: OwnCourseProps) {
  const courses = useLoaded(() => api.clientCourses({ clientId }), [clientId]);
  const quotes = useLoaded(() => api.quotes({ clientId }), [clientId]);
  const open = courses.value?.items.filter(({ status }) => status !== 'cancelled') ?? [];
  const single = courses.value?.others.filter(({ status }) => status !== 'cancelled') ?? [];
  const shownQuotes = quotes.value?.items.filter(({ status }) => status === 'sent' || status === 'accepted') ?? [];
  const [booking, setBooking] = useState<Quote | null>(null);
  const bookable = shownQuotes.find(
    (quote) =>
      quote.status === 'accepted' &&
      !needsReason(requestOf(quote).sessions) &&
      !open.some(({ quoteId }) => quoteId === quote.id),
  );
  return (
    <>
      <div class="screen-head">
        <h1>Hello {name}</h1>
      </div>
      <div class="record">
        <div class="record-first">
          <Panel title="Your course" note="Times are those of the studio’s clock.">
            {!courses.value && <Waiting refusal={courses.refusal} onAgain={courses.reload} />}
            {courses.value && open.length + single.length === 0 && (
              <p class="hint">
                {bookable ? 'No dates yet.' : 'No dates yet; once you have accepted a quote, you can book them here.'}
              </p>
            )}
            {courses.value && bookable && (
              <button type="button" class="button button-solid" onClick={() => setBooking(bookable)}>
                Book your course
              </button>
            )}
            {courses.value && booking && (
              <OwnBook
                clientId={clientId}
                quote={booking}
                places={courses.value.places}
                onClose={() => setBooking(null)}
                onBooked={() => {
                  setBooking(null);
                  courses.reload();
                }}
              />
            )}
            {open.map((course) => {
              const standing = course.appointments
                .filter(({ status }) => status !== 'cancelled')
                .sort((a, b) => a.start.localeCompare(b.start));
              return (
                <article key={course.id} class="course">
                  {standing.length > 0 && <CourseTape points={standing.map(pointOf)} />}
                  <OwnAppointments
                    known={courses.value!}
                    appointments={standing}
                    of={course.sessions}
                    onChanged={courses.reload}
                  />
                </article>
              );
            })}
            {courses.value && (
              <OwnAppointments known={courses.value} appointments={single} onChanged={courses.reload} />
            )}
          </Panel>
        </div>
        <div class="record-side">
          <OwnScreening clientId={clientId} />
        </div>
        <div class="record-rest">
          {shownQuotes.length > 0 && (
            <Panel title="Your quote">
              {shownQuotes.map((quote) => (
                <QuoteCard key={quote.id} quote={quote} isOfStaff={false} onChanged={quotes.reload} />
              ))}
            </Panel>
          )}
          <ClientPhotos clientId={clientId} />
        </div>
      </div>
    </>
  );
}

interface OwnAppointmentsProps {
  readonly known: Pick<ClientCourses, 'places' | 'practitioners'>;
  readonly appointments: readonly Appointment[];
  readonly of?: number;
  readonly onChanged: () => void;
}

function OwnAppointments({ known, appointments, of, onChanged }: OwnAppointmentsProps) {
  const placeOf = ({ locationId }: Appointment) => known.places.find(({ id }) => id === locationId);
  const zoneOf = (appointment: Appointment): string => placeOf(appointment)?.timeZone ?? deviceZone;
  const withWhom = ({ practitionerId }: Appointment) =>
    known.practitioners.find(({ id }) => id === practitionerId)?.name;
  const [opened, setOpened] = useState<{ readonly appointment: Appointment; readonly to: 'move' | 'cancel' } | null>(
    null,
  );
  const Opened = opened?.to === 'cancel' ? OwnCancel : OwnMove;
  return (
    <>
      <ul class="lines">
        {appointments.map((appointment) => (
          <li key={appointment.id} class="own-appointment">
            <div class="line-main">
              <strong>
                {longDay(dayOf(appointment.start, zoneOf(appointment)))},{' '}
                {timeWords(appointment.start, zoneOf(appointment))}
              </strong>
              <small>
                {appointmentName(appointment, of)}, {durationWords(minutesBetween(appointment.start, appointment.end))}
                {appointment.byVideo && ', by video'}
              </small>
              <small>
                {[withWhom(appointment), placeOf(appointment)?.name, placeOf(appointment)?.address]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </div>
            <span class={`chip chip-${appointment.status}`}>{STATUS_WORDS[appointment.status]}</span>
            {appointment.status === 'booked' && (
              <>
                <button type="button" class="link" onClick={() => setOpened({ appointment, to: 'move' })}>
                  Move
                </button>
                <button type="button" class="link" onClick={() => setOpened({ appointment, to: 'cancel' })}>
                  Cancel
                </button>
              </>
            )}
          </li>
        ))}
      </ul>
      {opened && (
        <Opened
          appointment={opened.appointment}
          zone={zoneOf(opened.appointment)}
          onClose={() => setOpened(null)}
          onDone={() => {
            setOpened(null);
            onChanged();
          }}
        />
      )}
    </>
  );
}

/** The questions about health, answered at home. */
function OwnScreening({ clientId }: { readonly clientId: string }) {
  const [isAnswering, setIsAnswering] = useState(false);
  const list = useLoaded(() => api.screenings({ clientId }), [clientId]);
  const asked = useLoaded(() => api.questions(), []);
  const newest = [...(list.value?.items ?? [])].sort((a, b) => b.takenAt.localeCompare(a.takenAt))[0];
  return (
    <Panel
      title="Questions about your health"
      note={newest ? `Answered on ${longDay(dayOf(newest.takenAt, deviceZone))}.` : 'Not answered yet.'}
    >
      {newest && newest.findings.length > 0 && (
        <ul class="findings">
          {newest.findings.map((finding) => (
            <li key={finding.code} class={`finding finding-${finding.outcome}`}>
              {finding.text}
            </li>
          ))}
        </ul>
      )}
      {isAnswering && asked.value ? (
        <ScreeningForm
          clientId={clientId}
          asked={asked.value}
          onDone={() => {
            setIsAnswering(false);
            list.reload();
          }}
        />
      ) : (
        <button type="button" class="button" disabled={!asked.value} onClick={() => setIsAnswering(true)}>
          {newest ? 'Answer again: something has changed' : 'Answer them now'}
        </button>
      )}
    </Panel>
  );
}
