import { MOST_SESSIONS } from '@stipple/core/course/wanted-sessions.ts';
import { useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { AreaField } from '../parts/fields.tsx';
import { Dialog } from '../parts/dialog.tsx';
import { RefusalNotice } from '../parts/refusal-notice.tsx';
import { SendForm } from '../parts/send-form.tsx';
import { SKILL_WORDS } from '../parts/session.ts';
import { useSend } from '../parts/use-send.ts';
import { AppointmentLine } from './appointment-line.tsx';
import { pointOf } from './course-points.ts';
import { CourseTape } from './course-tape.tsx';
import { FindMissing } from './find-missing.tsx';
import { COURSE_STATUS_WORDS, type Course } from './course-words.ts';

interface CourseCardProps {
  readonly course: Course;
  readonly onChanged: () => void;
}

/** A course as the one object it is: its tape, its appointments, and what can be done with all of it. */
export function CourseCard({ course, onChanged }: CourseCardProps) {
  const { status, sessions, skill, reason } = course;
  const [finding, setFinding] = useState<'missing' | 'more' | null>(null);
  const standing = [...course.appointments]
    .filter((appointment) => appointment.status !== 'cancelled')
    .sort((a, b) => a.start.localeCompare(b.start));
  const cancelled = course.appointments.filter((appointment) => appointment.status === 'cancelled');
  const placed = new Set(
    standing.flatMap(({ kind, n, status: at }) => (kind === 'session' && at !== 'missed' ? [n] : [])),
  );
  const missing = status === 'cancelled' || status === 'done' ? 0 : Math.max(sessions - placed.size, 0);
  return (
    <article class="course">
      <div class="course-head">
        <h3>
          {SKILL_WORDS[skill]}, {sessions} sessions
        </h3>
        <span class={`chip chip-course-${status}`}>{COURSE_STATUS_WORDS[status]}</span>
      </div>
      {reason && <p class="hint">{reason}</p>}
      {standing.length > 0 && <CourseTape points={standing.map(pointOf)} />}
      <ul class="lines">
        {standing.map((appointment) => (
          <li key={appointment.id}>
            <AppointmentLine appointment={appointment} of={sessions} onChanged={onChanged} />
          </li>
        ))}
      </ul>
      {missing > 0 && status === 'open' && course.appointments.length > 0 && (
        <div class="warning">
          <p>{missing === 1 ? 'One session has no date.' : `${missing} sessions have no date.`}</p>
          <button type="button" class="button" onClick={() => setFinding('missing')}>
            Find dates
          </button>
        </div>
      )}
      {finding && (
        <FindMissing
          course={course}
          grows={finding === 'more'}
          onClose={() => setFinding(null)}
          onFound={() => {
            setFinding(null);
            onChanged();
          }}
        />
      )}
      {cancelled.length > 0 && (
        <details>
          <summary>{cancelled.length === 1 ? 'One was cancelled' : `${cancelled.length} were cancelled`}</summary>
          <ul class="lines">
            {cancelled.map((appointment) => (
              <li key={appointment.id}>
                <AppointmentLine appointment={appointment} of={sessions} onChanged={onChanged} />
              </li>
            ))}
          </ul>
        </details>
      )}
      <CourseActions course={course} onChanged={onChanged} onGrow={() => setFinding('more')} />
    </article>
  );
}

type Step = 'cancelled' | 'paused' | 'open';
const STEPS: Readonly<Record<Step, { readonly title: string; readonly words: string; readonly action: string }>> = {
  cancelled: {
    title: 'Cancel the whole course',
    words:
      'Every session that is still to come is cancelled and its time is free again. What was done stays in the record.',
    action: 'Cancel the course',
  },
  paused: {
    title: 'Pause the course',
    words: 'The sessions to come lose their dates and their time is free again. Resume it when the client is ready.',
    action: 'Pause the course',
  },
  open: {
    title: 'Resume the course',
    words: 'The course is open again; find new dates for what it lacks.',
    action: 'Resume the course',
  },
};

interface CourseActionsProps extends CourseCardProps {
  readonly onGrow: () => void;
}

function CourseActions({ course, onChanged, onGrow }: CourseActionsProps) {
  const [step, setStep] = useState<Step | null>(null);
  const [reason, setReason] = useState('');
  const sending = useSend();
  const { id, version, status } = course;
  const mayGrow = (status === 'open' || status === 'done') && course.sessions < MOST_SESSIONS;
  const take = async (to: Step): Promise<void> => {
    if (!(await sending.send(() => api.changeCourse({ id, version, status: to, reason })))) return;
    setStep(null);
    setReason('');
    onChanged();
  };
  return (
    <div class="row">
      {mayGrow && course.appointments.length > 0 && (
        <button type="button" class="link" onClick={onGrow}>
          More sessions
        </button>
      )}
      {status === 'open' && (
        <button type="button" class="link" onClick={() => setStep('paused')}>
          Pause
        </button>
      )}
      {(status === 'paused' || status === 'cancelled') && (
        <button type="button" class="link" disabled={sending.isSending} onClick={() => void take('open')}>
          Resume
        </button>
      )}
      {(status === 'open' || status === 'paused') && (
        <button type="button" class="link link-stern" onClick={() => setStep('cancelled')}>
          Cancel the course …
        </button>
      )}
      {step === null && <RefusalNotice refusal={sending.refusal} />}
      {step && (
        <Dialog title={STEPS[step].title} onClose={() => setStep(null)}>
          <p>{STEPS[step].words}</p>
          <SendForm sending={sending} action={STEPS[step].action} onSend={() => void take(step)}>
            <AreaField label="Reason" isOptional maxLength={500} value={reason} onChange={setReason} />
          </SendForm>
        </Dialog>
      )}
    </div>
  );
}
