import { describe, expect, it } from 'vitest';
import type { Appointment, Course } from './course-words.ts';
import { firstLost } from './find-missing.tsx';

const session = (id: string, n: number, status: Appointment['status']): Appointment =>
  ({ id, n, kind: 'session', status }) as Appointment;
const course = (sessions: number, ...appointments: readonly Appointment[]): Course =>
  ({ sessions, appointments }) as unknown as Course;

describe('what a course lacks', () => {
  it('is looked for from the first session that lost its place', () => {
    const lost = course(3, session('a', 1, 'done'), session('b', 2, 'missed'), session('c', 3, 'cancelled'));
    expect(firstLost(lost)?.id).toBe('b');
  });

  it('is nothing where a session that was cancelled has been booked again', () => {
    const whole = course(2, session('a', 1, 'cancelled'), session('b', 1, 'booked'), session('c', 2, 'interrupted'));
    expect(firstLost(whole)).toBeNull();
  });
});
