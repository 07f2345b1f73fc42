import type { TapePoint } from './course-tape.tsx';
import { appointmentName, type Appointment } from './course-words.ts';

const TAPE_STATE: Readonly<Record<Appointment['status'], TapePoint['state']>> = {
  booked: 'booked',
  'in-progress': 'now',
  interrupted: 'now',
  done: 'done',
  missed: 'gone',
  cancelled: 'gone',
};

export const pointOf = (appointment: Appointment): TapePoint => ({
  key: appointment.id,
  mark: appointment.kind === 'session' ? String(appointment.n ?? '') : appointment.kind === 'touch-up' ? 'T' : 'R',
  name: appointmentName(appointment),
  day: appointment.firstDay,
  state: TAPE_STATE[appointment.status],
});
