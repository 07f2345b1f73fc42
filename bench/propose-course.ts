/**
 * A whole course proposed: 10 practitioners, 8 rooms, 180 days, 4 sessions, in a zone with a clock change; three books
 * in four, and three rooms in five, are taken. Processor time of one proposal (process.cpuUsage, user and system),
 * median and slowest of the rounds after a warm-up, beside the first one of the process; then the same for the search
 * for what to relax when a wedding stands in the way.
 *
 *   npm run bench propose-course [rounds]
 */
import { instantOf } from '../packages/core/src/calendar/local-time.ts';
import type { OpeningHours } from '../packages/core/src/calendar/opening-hours.ts';
import type { Interval } from '../packages/core/src/calendar/intervals.ts';
import { addDays } from '../packages/core/src/calendar/plain-day.ts';
import { BLACK_OUT_RULES } from '../packages/core/src/course/black-out.ts';
import { proposeCourse } from '../packages/core/src/course/propose-course.ts';
import { COURSE_REQUEST_DEFAULTS, type CourseRequest } from '../packages/core/src/course/solve-course.ts';
import { wantWholeCourse } from '../packages/core/src/course/wanted-sessions.ts';
import { seededGenerator } from '../packages/core/src/random/generator.ts';
import { zoneRulesOf } from '../packages/files/src/exports/zone-rules-of.ts';

const ROUNDS = Number(process.argv[2] ?? 100);
const FIRST_DAY = '2027-02-01';
const DAYS = 180;
const FOUR_HOURS_MS = 4 * 3_600_000;

const zone = zoneRulesOf('Europe/Berlin');
const random = seededGenerator(1);
const weekly = (fromMinute: number, toMinute: number): OpeningHours => ({
  weekly: [1, 2, 3, 4, 5, 6].map((weekday) => ({ weekday, fromMinute, toMinute })),
});

/** Mornings and afternoons taken with a chance. */
function taken(chance: number): Interval[] {
  const halves = Array.from({ length: DAYS }, (_, i) => addDays(FIRST_DAY, i)).flatMap((day) =>
    [9, 13].filter(() => random() < chance).map((hour) => instantOf(zone, day, hour * 60)),
  );
  return halves.map((startMs) => ({ startMs, endMs: startMs + FOUR_HOURS_MS }));
}

const certificate = { id: 'c', skill: 'scalp', validFrom: '2020-01-01', validThrough: null, proofId: 'file' };
const request: CourseRequest = {
  ...COURSE_REQUEST_DEFAULTS,
  horizonDays: DAYS,
  studio: {
    zone,
    opening: weekly(540, 1140),
    startStepMinutes: 15,
    practitioners: Array.from({ length: 10 }, (_, i) => ({
      id: `practitioner-${i}`,
      skills: ['scalp'],
      certificates: [certificate],
      hours: weekly(540, 1080),
      absences: taken(0.05),
      busy: taken(0.75),
      mostMinutesADay: 600,
    })),
    rooms: Array.from({ length: 8 }, (_, i) => ({
      id: `room-${i}`,
      hours: null,
      equipment: ['lamp'],
      busy: taken(0.6),
    })),
  },
  client: { hours: null, busy: [], visits: [], blackOuts: [] },
  needs: { skills: [{ skill: 'scalp', needsCertificate: true }], equipment: ['lamp'] },
  sessions: wantWholeCourse({ minutes: [210, 180, 180, 120], gaps: null, reason: null }),
  previous: null,
  earliestDay: FIRST_DAY,
  notBeforeMs: 0,
};
const day = '2027-03-10';
const wedding = { id: 'wedding', kind: 'wedding', firstDay: day, lastDay: day, rule: BLACK_OUT_RULES.wedding } as const;
const impossible = { ...request, client: { ...request.client, blackOuts: [wedding] } };

function time(name: string, asked: CourseRequest, rounds: number): void {
  const ms = Array.from({ length: rounds }, () => {
    const before = process.cpuUsage();
    proposeCourse(asked);
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  });
  const later = ms.slice(Math.min(10, rounds - 1)).toSorted((a, b) => a - b);
  const median = later[Math.floor(later.length / 2)]!;
  console.log(
    `${name.padEnd(28)} first ${ms[0]!.toFixed(1)} ms, then median ${median.toFixed(1)} ms, slowest ${later.at(-1)!.toFixed(1)} ms`,
  );
}

const found = proposeCourse(impossible);
console.log(`${ROUNDS} rounds; the wedding leaves it ${found.kind}`);
time('proposal, 10 x 180 x 4', request, ROUNDS);
time('nothing fits: what to relax', impossible, Math.max(2, Math.floor(ROUNDS / 10)));
