/**
 * The course as a calendar file the client or the studio can open: `course.ics`.
 *
 * Sessions are TENTATIVE at 10:00 local time for the hours planned: a planned date is no appointment. Preparation
 * stands on whole days; aftercare at 06:00 local time on the days on which something opens; the photo review six weeks
 * after the last session. A course without a start has nothing to place on a day: the same contents become undated
 * to-dos. Summaries show on lock screens and never say what is treated; every entry is CLASS:PRIVATE.
 *
 * Written here instead of by a library because the bytes must follow from the plan: UIDs come from the plan's id and
 * the entry, DTSTAMP from the first day of the course (1970-01-01 without one), so the same plan gives the same file
 * wherever the time zone data is the same. Does not invite or book anyone and sets no alarms.
 */
import type { Phase, ProtocolName } from '@stipple/core/aftercare/aftercare-rule.ts';
import { ACTIVITY_LABELS, PROTOCOL_LABELS, type AftercareRule } from '@stipple/core/aftercare/aftercare-rule.ts';
import { allowedAt, dayOpensAt, rulesInPhase } from '@stipple/core/aftercare/aftercare-rules.ts';
import { preparation } from '@stipple/core/aftercare/preparation.ts';
import {
  BLOOD_DONATION,
  CALL_A_DOCTOR,
  PRESCRIBED_MEDICINE,
  SKIN_OVERRULES_DAYS,
} from '@stipple/core/aftercare/warning-signs.ts';
import { addDays, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { REVIEW_AFTER_DAYS, type CoursePlan, type CourseSession } from '@stipple/core/course/plan-course.ts';
import type { Estimate } from '@stipple/core/units/estimate.ts';
import { calendarText, escapeText } from './calendar-text.ts';
import { timeZoneComponent } from './time-zone-component.ts';
import { wallClockAt, zoneOffsetOf, zoneRulesOf } from './zone-rules-of.ts';

export interface CourseIcsInput {
  readonly course: CoursePlan;
  /** Planned hours in the studio, one estimate per session. */
  readonly hours: readonly Pick<Estimate, 'value' | 'low' | 'high'>[];
  /** IANA. */
  readonly timeZone: string;
  readonly protocol: ProtocolName;
  /** Names the plan for good, so that a later file replaces the entries of an earlier one. */
  readonly planId: string;
  /** 0 for the first file of a plan, one more whenever its dates change. */
  readonly sequence: number;
}

/** Local hour at which a session is planned until it is booked. */
export const SESSION_START_HOUR = 10;

/** An entry that informs lasts this long, for calendars that hide moments. */
const NOTE_MS = 15 * 60_000;

interface Entry {
  /** Unique in the plan. */
  readonly id: string;
  readonly summary: string;
  readonly description: readonly string[];
  /** Lines that place it in time; none for a to-do. */
  readonly when: readonly string[];
  readonly isSession?: boolean;
}

/** The file's text. Throws RangeError when hours and sessions differ in number, or for a zone that Intl does not know. */
export function courseIcs(input: CourseIcsInput): string {
  const { course, hours, planId, sequence } = input;
  if (hours.length !== course.sessions.length) throw new RangeError('one estimate of hours for each session');
  if (!(Number.isSafeInteger(sequence) && sequence >= 0)) throw new RangeError(`${sequence} is not a sequence number`);
  const start = course.sessions[0]?.date ?? null;
  const stamp = `${compact(start ?? '1970-01-01')}T000000Z`;
  const name = `Course of ${course.sessions.length} sessions`;

  const write = (component: 'VEVENT' | 'VTODO', entry: Entry): string[] => [
    `BEGIN:${component}`,
    `UID:${escapeText(planId)}.${entry.id}@stipple`,
    `DTSTAMP:${stamp}`,
    `SEQUENCE:${sequence}`,
    'CLASS:PRIVATE',
    ...entry.when,
    `SUMMARY:${escapeText(entry.summary)}`,
    `DESCRIPTION:${escapeText(entry.description.join('\n'))}`,
    ...(component === 'VTODO'
      ? ['STATUS:NEEDS-ACTION']
      : entry.isSession
        ? ['STATUS:TENTATIVE', 'TRANSP:OPAQUE']
        : ['TRANSP:TRANSPARENT']),
    `END:${component}`,
  ];
  const body =
    start === null || course.reviewDate === null
      ? undatedEntries(input).flatMap((entry) => write('VTODO', entry))
      : [
          ...timeZoneComponent(input.timeZone, Number(start.slice(0, 4)) - 1, Number(course.reviewDate.slice(0, 4))),
          ...datedEntries(input, course.reviewDate).flatMap((entry) => write('VEVENT', entry)),
        ];
  return calendarText([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Stipple//Course//EN',
    'CALSCALE:GREGORIAN',
    `NAME:${name}`,
    `X-WR-CALNAME:${name}`,
    ...body,
    'END:VCALENDAR',
  ]);
}

function datedEntries({ course, hours, timeZone, protocol }: CourseIcsInput, reviewDate: PlainDay): Entry[] {
  const rules = zoneRulesOf(timeZone);
  const offsetAt = zoneOffsetOf(timeZone);
  const local = (instantMs: number): string => `;TZID=${timeZone}:${compact(wallClockAt(offsetAt, instantMs))}`;
  const span = (fromMs: number, toMs: number): string[] => [`DTSTART${local(fromMs)}`, `DTEND${local(toMs)}`];
  const startOf = (session: CourseSession): number => rules.hourOf(session.date!, SESSION_START_HOUR);

  return [
    ...course.sessions.flatMap((session, i): Entry[] => {
      const { n } = session;
      const next = course.sessions[i + 1];
      const phase: Phase = next ? 'between' : 'after-last';
      const startMs = startOf(session);
      const endMs = startMs + Math.round(hours[i]!.value * 60) * 60_000;
      const nextMs = next ? startOf(next) : Infinity;
      const opening = openingDays(protocol, phase)
        .map((day) => ({ day, atMs: dayOpensAt(day, endMs, rules) }))
        .filter(({ atMs }) => atMs < nextMs);
      return [
        ...preparationDays(protocol, session.gapDays).map(([daysBefore, texts]) => ({
          id: `preparation-${n}-${daysBefore}`,
          summary: `Preparation for session ${n}`,
          description: [
            ...texts,
            daysBefore === 0 ? 'The session is today.' : `The session is in ${daysText(daysBefore)}.`,
          ],
          when: wholeDay(addDays(session.date!, -daysBefore)),
        })),
        {
          id: `session-${n}`,
          summary: sessionTitle(course, n),
          description: [
            `Planned: ${hoursText(hours[i]!)}.`,
            'A planned date is no appointment until the studio has booked it.',
            'Scabs or redness postpone a session.',
          ],
          when: span(startMs, endMs),
          isSession: true,
        },
        {
          id: `aftercare-${n}-0`,
          summary: 'Aftercare: starts now',
          description: [
            `${PROTOCOL_LABELS[protocol]}, from the end of session ${n}.`,
            ...allowedAt(protocol, 0, phase).map(ruleText),
            ...GENERAL_NOTES,
          ],
          when: span(endMs, endMs + NOTE_MS),
        },
        ...opening.map(({ day, atMs }) => ({
          id: `aftercare-${n}-${day}`,
          summary: 'Aftercare: what is allowed from today',
          description: openingTexts(protocol, phase, day),
          when: span(atMs, atMs + NOTE_MS),
        })),
      ];
    }),
    { ...REVIEW, when: wholeDay(reviewDate) },
  ];
}

function undatedEntries({ course, hours, protocol }: CourseIcsInput): Entry[] {
  const aftercare = (phase: Phase, summary: string): Entry => ({
    id: `aftercare-${phase}`,
    summary,
    description: [
      `${PROTOCOL_LABELS[protocol]}. Day 0 is the first 24 hours; what a day allows opens at 06:00.`,
      ...rulesInPhase(protocol, phase).map((rule) => `${daySpanText(rule)}: ${ruleText(rule)}`),
      ...GENERAL_NOTES,
    ],
    when: [],
  });
  return [
    ...course.sessions.flatMap(({ n, gapDays }, i): Entry[] => [
      {
        id: `preparation-${n}`,
        summary: `Preparation for session ${n}`,
        description: preparationDays(protocol, gapDays).flatMap(([daysBefore, texts]) =>
          texts.map((text) => `${daysBefore === 0 ? 'On the day' : `${daysText(daysBefore)} before`}: ${text}`),
        ),
        when: [],
      },
      {
        id: `session-${n}`,
        summary: sessionTitle(course, n),
        description: [
          `Planned: ${hoursText(hours[i]!)}${gapDays === null ? '' : `, ${daysText(gapDays)} after session ${n - 1}`}.`,
          'No date has been chosen yet.',
        ],
        when: [],
      },
    ]),
    aftercare('between', 'Aftercare between sessions'),
    aftercare('after-last', 'Aftercare after the last session'),
    { ...REVIEW, when: [] },
  ];
}

const REVIEW = {
  id: 'review',
  summary: 'Photo review',
  description: [
    `${daysText(REVIEW_AFTER_DAYS)} after the last session the colour has settled: photos are taken and judged with the studio.`,
  ],
} as const;

const GENERAL_NOTES = [SKIN_OVERRULES_DAYS, CALL_A_DOCTOR, PRESCRIBED_MEDICINE, BLOOD_DONATION];

const sessionTitle = (course: CoursePlan, n: number): string => `Session ${n} of ${course.sessions.length}`;

const ruleText = (rule: AftercareRule): string => `${ACTIVITY_LABELS[rule.activity]}: ${rule.text}`;

/** Days after day 0 on which a rule begins, in order. */
const openingDays = (protocol: ProtocolName, phase: Phase): number[] =>
  [...new Set(rulesInPhase(protocol, phase).map(({ fromDay }) => fromDay))]
    .filter((day) => day > 0)
    .sort((a, b) => a - b);

function openingTexts(protocol: ProtocolName, phase: Phase, day: number): string[] {
  const inForce = allowedAt(protocol, day, phase);
  const opened = inForce.filter((rule) => rule.fromDay === day && rule.verdict !== 'no');
  const still = inForce.filter((rule) => rule.verdict === 'no');
  return [
    ...(opened.length > 0 ? ['From today:', ...opened.map(ruleText)] : []),
    ...(still.length > 0 ? ['Still not:', ...still.map(ruleText)] : []),
    SKIN_OVERRULES_DAYS,
    CALL_A_DOCTOR,
  ];
}

/** Texts of the preparation by day, the earliest first. */
function preparationDays(protocol: ProtocolName, gapDays: number | null): [daysBefore: number, texts: string[]][] {
  const days = new Map<number, string[]>();
  for (const { daysBefore, text } of preparation(protocol, gapDays)) {
    days.set(daysBefore, [...(days.get(daysBefore) ?? []), text]);
  }
  return [...days];
}

function daySpanText({ fromDay, untilDay }: AftercareRule): string {
  if (untilDay === null) return fromDay === 0 ? 'All the time' : `From day ${fromDay}`;
  return untilDay === fromDay + 1 ? `Day ${fromDay}` : `Days ${fromDay} to ${untilDay - 1}`;
}

function hoursText({ value, low, high }: CourseIcsInput['hours'][number]): string {
  const tenths = (hours: number): number => Math.round(hours * 10) / 10;
  return `${tenths(value)} h, likely between ${tenths(low)} and ${tenths(high)} h`;
}

function daysText(days: number): string {
  return days === 1 ? '1 day' : `${days} days`;
}

const wholeDay = (day: PlainDay): string[] => [
  `DTSTART;VALUE=DATE:${compact(day)}`,
  `DTEND;VALUE=DATE:${compact(addDays(day, 1))}`,
];

/** '20270111' or '20270111T100000' from the extended form. */
function compact(text: string): string {
  return text.replaceAll(/[-:]/g, '');
}
