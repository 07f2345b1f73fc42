/**
 * Appointments as a calendar that programs follow (RFC 5545): each is one VEVENT for good, found again by its UID. A
 * change counts SEQUENCE up; what was cancelled stays as STATUS:CANCELLED, so that calendars take it out.
 *
 * Summaries show on lock screens: they say session, consultation, touch-up or review and never what is treated or who
 * comes; every entry is CLASS:PRIVATE. The same appointments give the same bytes: DTSTAMP is when an appointment was
 * last changed, not when it was asked for.
 */
import { calendarText, escapeText } from '../exports/calendar-text.ts';
import { timeZoneComponent } from '../exports/time-zone-component.ts';
import { wallClockAt, zoneOffsetOf } from '../exports/zone-rules-of.ts';
import { instantsOfWall, type OffsetAt } from './wall-zone.ts';

export interface CalendarAppointment {
  readonly id: string;
  readonly kind: 'consultation' | 'session' | 'touch-up' | 'review';
  /** Which session of how many. */
  readonly n: number | null;
  readonly sessions: number | null;
  readonly isCancelled: boolean;
  readonly byVideo: boolean;
  readonly startMs: number;
  readonly endMs: number;
  /** IANA. */
  readonly timeZone: string;
  /** Where to go; empty for nothing to say. */
  readonly place: string;
  readonly sequence: number;
  readonly createdMs: number;
  readonly changedMs: number;
}

const KINDS = { consultation: 'Consultation', session: 'Session', 'touch-up': 'Touch-up', review: 'Review' } as const;

function summaryOf({ kind, n, sessions, byVideo }: CalendarAppointment): string {
  if (kind === 'session' && n !== null) return sessions === null ? `Session ${n}` : `Session ${n} of ${sessions}`;
  return byVideo ? `${KINDS[kind]} (video)` : KINDS[kind];
}

/** In the zone's own time; in UTC where the clock shows that time twice, since readers differ on which is meant. */
function whenOf(name: string, ms: number, timeZone: string, offsetAt: OffsetAt): string {
  const wall = wallClockAt(offsetAt, ms);
  return instantsOfWall(offsetAt, Date.parse(`${wall}Z`)).length === 1
    ? `${name};TZID=${timeZone}:${compact(wall)}`
    : `${name}:${utc(ms)}`;
}

const compact = (iso: string): string => iso.slice(0, 19).replaceAll(/[-:]/g, '');
const utc = (ms: number): string => `${compact(new Date(ms).toISOString())}Z`;

function eventOf(appointment: CalendarAppointment, offsetAt: OffsetAt): string[] {
  const { id, startMs, endMs, timeZone, isCancelled, place, sequence, createdMs, changedMs } = appointment;
  return [
    'BEGIN:VEVENT',
    `UID:${id}@stipple`,
    `DTSTAMP:${utc(changedMs)}`,
    `CREATED:${utc(createdMs)}`,
    `LAST-MODIFIED:${utc(changedMs)}`,
    `SEQUENCE:${sequence}`,
    `STATUS:${isCancelled ? 'CANCELLED' : 'CONFIRMED'}`,
    `TRANSP:${isCancelled ? 'TRANSPARENT' : 'OPAQUE'}`,
    'CLASS:PRIVATE',
    whenOf('DTSTART', startMs, timeZone, offsetAt),
    whenOf('DTEND', endMs, timeZone, offsetAt),
    `SUMMARY:${escapeText(summaryOf(appointment))}`,
    ...(place === '' ? [] : [`LOCATION:${escapeText(place)}`]),
    'END:VEVENT',
  ];
}

/** Throws RangeError for a zone that Intl does not know. */
export function appointmentsIcs(appointments: readonly CalendarAppointment[]): string {
  const zones = [...new Set(appointments.map(({ timeZone }) => timeZone))].sort();
  const offsets = new Map(zones.map((timeZone) => [timeZone, zoneOffsetOf(timeZone)]));
  const components = zones.flatMap((timeZone) => {
    const years = appointments
      .filter((one) => one.timeZone === timeZone)
      .flatMap(({ startMs, endMs }) => [startMs, endMs].map((ms) => new Date(ms).getUTCFullYear()));
    return timeZoneComponent(timeZone, Math.min(...years) - 1, Math.max(...years) + 1);
  });
  const sorted = appointments.toSorted((a, b) => a.startMs - b.startMs || (a.id < b.id ? -1 : 1));
  return calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Stipple//Calendar//EN',
    'CALSCALE:GREGORIAN',
    'METHOD:PUBLISH',
    'NAME:Appointments',
    'X-WR-CALNAME:Appointments',
    'REFRESH-INTERVAL;VALUE=DURATION:PT1H',
    'X-PUBLISHED-TTL:PT1H',
    ...components,
    ...sorted.flatMap((appointment) => eventOf(appointment, offsets.get(appointment.timeZone)!)),
    'END:VCALENDAR',
  ]);
}
