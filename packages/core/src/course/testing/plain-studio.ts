import { DAY_MS, HOUR_MS, toyZone } from '../../aftercare/testing/toy-zone.ts';
import type { Interval } from '../../calendar/intervals.ts';
import { dayNumber } from '../../calendar/plain-day.ts';
import { COURSE_REQUEST_DEFAULTS, type CourseRequest } from '../solve-course.ts';
import type { StudioWorld, WorldPractitioner } from '../studio-world.ts';
import { wantWholeCourse } from '../wanted-sessions.ts';

/** Hours from a UTC clock on a day, in a zone that is UTC. */
export function hoursOn(day: string, from: number, to: number): Interval {
  const dayMs = dayNumber(day) * DAY_MS;
  return { startMs: dayMs + from * HOUR_MS, endMs: dayMs + to * HOUR_MS };
}

export const wholeDay = (day: string): Interval => hoursOn(day, 0, 24);

export function practitioner(id: string, rest: Partial<WorldPractitioner> = {}): WorldPractitioner {
  return {
    id,
    skills: ['scalp'],
    certificates: [],
    hours: { weekly: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1080 })) },
    absences: [],
    busy: [],
    mostMinutesADay: null,
    ...rest,
  };
}

const STUDIO: StudioWorld = {
  zone: toyZone(0),
  opening: { weekly: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute: 540, toMinute: 1080 })) },
  startStepMinutes: 15,
  practitioners: [practitioner('ada')],
  rooms: [{ id: 'room', hours: null, equipment: [], busy: [] }],
};

/** A course of three sessions from Monday 1 February 2027 on, nine to six but Sundays, with nothing in its way. */
export function plainRequest(
  studio: Partial<StudioWorld> = {},
  client: Partial<CourseRequest['client']> = {},
  rest: Partial<CourseRequest> = {},
): CourseRequest {
  return {
    ...COURSE_REQUEST_DEFAULTS,
    studio: { ...STUDIO, ...studio },
    client: { hours: null, busy: [], visits: [], blackOuts: [], ...client },
    needs: { skills: [{ skill: 'scalp', needsCertificate: false }], equipment: [] },
    sessions: wantWholeCourse({ minutes: [210, 180, 120], gaps: null, reason: null }),
    previous: null,
    earliestDay: '2027-02-01',
    notBeforeMs: 0,
    ...rest,
  };
}
