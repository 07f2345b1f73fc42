import { addDays, dayNumber } from '../../calendar/plain-day.ts';
import { MINUTE_MS } from '../../calendar/local-time.ts';
import { DAY_MS, HOUR_MS, toyZone } from '../../aftercare/testing/toy-zone.ts';
import type { Interval } from '../../calendar/intervals.ts';
import type { HoursException, OpeningHours } from '../../calendar/opening-hours.ts';
import type { Generator } from '../../random/generator.ts';
import { MIN_GAP_DAYS, type GapWindow } from '../gap-window.ts';
import type { CourseRequest } from '../solve-course.ts';
import type { Slot } from '../studio-world.ts';

const FIRST_DAY = '2027-03-15';

/** A small studio and a client whom not much suits, over a clock change; half of them have no course at all. */
export function drawSmallWorld(random: Generator): CourseRequest {
  const whole = (least: number, most: number): number => least + Math.floor(random() * (most - least + 1));
  const maybe = (chance: number): boolean => random() < chance;
  const list = <T>(most: number, make: () => T): T[] => Array.from({ length: whole(0, most) }, make);
  const ahead = [-8, -3.5, 0, 1, 5.5, 10][whole(0, 5)];
  const changeMs = dayNumber(FIRST_DAY) * DAY_MS + whole(2, 25) * DAY_MS + 2 * HOUR_MS - ahead * HOUR_MS;
  const zone = toyZone(ahead, maybe(0.8) ? [[changeMs, ahead + (maybe(0.5) ? 1 : -0.5)]] : []);
  const horizonDays = whole(12, 40);
  const day = (): string => addDays(FIRST_DAY, whole(0, horizonDays));
  const exception = (): HoursException => {
    const firstDay = day();
    const hours = maybe(0.6) ? [] : [{ fromMinute: 600, toMinute: 10 * whole(62, 90) }];
    return { firstDay, lastDay: addDays(firstDay, whole(0, 6)), hours };
  };
  const hours = (chance: number): OpeningHours => ({
    weekly: [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
      maybe(chance) ? [{ weekday, fromMinute: 30 * whole(0, 24), toMinute: 30 * whole(30, 48) }] : [],
    ),
    exceptions: list(1, exception),
  });
  const taken = (): Interval => {
    const startMs = dayNumber(day()) * DAY_MS - ahead * HOUR_MS + 20 * whole(0, 70) * MINUTE_MS;
    return { startMs, endMs: startMs + 20 * whole(1, maybe(0.3) ? 400 : 20) * MINUTE_MS };
  };
  const windows = (): GapWindow => {
    const leastDays = whole(MIN_GAP_DAYS, 10);
    const preferredDays = whole(leastDays, 14);
    return { leastDays, preferredDays, mostDays: whole(preferredDays, 18) };
  };
  const blackOut = (id: number): CourseRequest['client']['blackOuts'][number] => {
    const firstDay = day();
    const rule = {
      clearBeforeDays: whole(1, 5),
      clearAfterDays: whole(1, 4),
      finishBeforeDays: maybe(0.3) ? whole(1, 5) : null,
    };
    return { id: `black-out-${id}`, kind: 'away', firstDay, lastDay: addDays(firstDay, whole(0, 5)), rule };
  };
  const goesOn = maybe(0.4);
  const people = whole(1, 3);
  const startStepMinutes = [20, 30, 60][whole(0, 2)];
  const notBeforeMs = dayNumber(FIRST_DAY) * DAY_MS + whole(-20, 100) * HOUR_MS;
  const booked = (minutes: number): Slot | null => {
    const startMs = dayNumber(day()) * DAY_MS + (whole(9, 12) - ahead) * HOUR_MS;
    const slot = { startMs, endMs: startMs + minutes * MINUTE_MS, practitionerId: `person-${whole(0, people - 1)}` };
    return startMs >= notBeforeMs && maybe(0.7) ? { ...slot, roomId: 'room-0' } : null;
  };
  const sessions = Array.from({ length: whole(1, 3) }, (_, k) => {
    const minutes = 20 * whole(3, 12);
    return { n: k + 1, minutes, gap: k > 0 || goesOn ? windows() : null, current: booked(minutes) };
  });
  const world: CourseRequest = {
    studio: {
      zone,
      opening: hours(0.9),
      startStepMinutes,
      practitioners: Array.from({ length: people }, (_, p) => ({
        id: `person-${p}`,
        skills: maybe(0.85) ? ['scalp'] : [],
        certificates: list(2, () => ({
          id: `certificate-${p}`,
          skill: 'scalp',
          validFrom: addDays(FIRST_DAY, whole(-300, 12)),
          validThrough: maybe(0.3) ? null : day(),
          proofId: maybe(0.9) ? 'proof' : null,
        })),
        hours: hours(0.6),
        absences: list(2, taken),
        busy: list(4, taken),
        mostMinutesADay: maybe(0.5) ? null : whole(180, 500),
      })),
      rooms: Array.from({ length: whole(1, 2) }, (_, r) => ({
        id: `room-${r}`,
        hours: maybe(0.5) ? null : hours(0.8),
        equipment: maybe(0.8) ? ['lamp'] : [],
        busy: list(4, taken),
      })),
    },
    client: {
      hours: maybe(0.5) ? null : hours(0.7),
      busy: list(3, taken),
      visits: list(1, () => {
        const firstDay = addDays(day(), -8);
        return { id: 'visit', kind: 'session', status: 'booked', firstDay, lastDay: addDays(firstDay, whole(0, 1)) };
      }),
      blackOuts: list(1, () => blackOut(whole(0, 9))),
    },
    needs: {
      skills: maybe(0.7) ? [{ skill: 'scalp', needsCertificate: maybe(0.5) }] : [],
      equipment: maybe(0.3) ? ['lamp'] : [],
    },
    sessions,
    previous: goesOn
      ? { lastDay: addDays(FIRST_DAY, -whole(0, 10)), practitionerId: maybe(0.8) ? `person-${whole(0, 3)}` : null }
      : null,
    earliestDay: FIRST_DAY,
    notBeforeMs,
    horizonDays,
    costs: {
      startLaterPerDay: whole(0, 2),
      gapLongerPerDay: whole(0, 3),
      gapShorterPerDay: whole(0, 4),
      changePractitioner: whole(0, 15),
      moveBooking: whole(0, 30),
    },
    mostOptions: 3,
  };
  return world;
}
