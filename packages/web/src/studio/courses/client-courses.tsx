import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { Panel } from '../parts/panel.tsx';
import { useLoaded } from '../parts/use-loaded.ts';
import { hrefOf } from '../parts/use-route.ts';
import { Waiting } from '../parts/waiting.tsx';
import { AppointmentLine } from './appointment-line.tsx';
import { BookAppointment } from './book-appointment.tsx';
import { CourseCard } from './course-card.tsx';
import { RecordFact } from './record-fact.tsx';

interface ClientCoursesProps {
  readonly clientId: string;
  readonly onChanged: () => void;
}

/** The client's courses and single appointments, and the ways to more of them. */
export function ClientCourses({ clientId, onChanged }: ClientCoursesProps) {
  const courses = useLoaded(() => api.clientCourses({ clientId }), [clientId]);
  const [opened, setOpened] = useState<'book' | 'fact' | null>(null);
  const changed = (): void => {
    setOpened(null);
    courses.reload();
    onChanged();
  };
  const { items = [], others = [] } = courses.value ?? {};
  const sorted = [...items].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const singles = [...others].sort((a, b) => b.start.localeCompare(a.start));
  return (
    <Panel
      title="Course and appointments"
      action={
        <div class="row">
          <button type="button" class="button" onClick={() => setOpened('book')}>
            Single appointment
          </button>
        </div>
      }
    >
      {!courses.value && <Waiting refusal={courses.refusal} onAgain={courses.reload} />}
      {courses.value && sorted.length === 0 && (
        <p class="hint">
          No course yet. <a href={hrefOf('clients', clientId, 'book')}>Find dates for one</a>.
        </p>
      )}
      {sorted.map((course) => (
        <CourseCard key={course.id} course={course} onChanged={changed} />
      ))}
      {singles.length > 0 && (
        <ul class="lines">
          {singles.map((appointment) => (
            <li key={appointment.id}>
              <AppointmentLine appointment={appointment} onChanged={changed} />
            </li>
          ))}
        </ul>
      )}
      <button type="button" class="link" onClick={() => setOpened('fact')}>
        Record what already happened
      </button>
      {opened === 'book' && (
        <BookAppointment clientId={clientId} courses={sorted} onClose={() => setOpened(null)} onBooked={changed} />
      )}
      {opened === 'fact' && (
        <RecordFact clientId={clientId} courses={sorted} onClose={() => setOpened(null)} onRecorded={changed} />
      )}
    </Panel>
  );
}
