import { REFUSALS } from '@stipple/core/units/refusal.ts';
import type { Answers, Asks } from '../../api/api.ts';

export type Course = Answers['course'];
export type Appointment = Answers['bookAppointment'];
export type Proposals = Answers['proposeCourse'];
export type Proposal = Proposals['proposals'][number];
export type Placed = Proposal['sessions'][number];
export type BlackOut = NonNullable<Asks['proposeCourse']['blackOuts']>[number];

export const KIND_WORDS: Readonly<Record<Appointment['kind'], string>> = {
  consultation: 'Consultation',
  session: 'Session',
  'touch-up': 'Touch-up',
  review: 'Healing review',
};

export const STATUS_WORDS: Readonly<Record<Appointment['status'], string>> = {
  booked: 'Booked',
  'in-progress': 'In the chair',
  interrupted: 'Interrupted',
  done: 'Done',
  cancelled: 'Cancelled',
  missed: 'Missed',
};

export const COURSE_STATUS_WORDS: Readonly<Record<Course['status'], string>> = {
  open: 'Open',
  paused: 'Paused',
  done: 'Done',
  cancelled: 'Cancelled',
};

/** 'Session 2 of 3', 'Healing review'. */
export function appointmentName({ kind, n }: Pick<Appointment, 'kind' | 'n'>, of?: number): string {
  if (kind !== 'session' || n === null) return KIND_WORDS[kind];
  return of === undefined ? `Session ${n}` : `Session ${n} of ${of}`;
}

export const isToCome = ({ status }: Pick<Appointment, 'status'>): boolean => status === 'booked';

/** What a proposal asks to be booked. */
export const choicesOf = ({ sessions }: Proposal) =>
  sessions.map(({ n, start, practitionerId, roomId }) => ({ n, start, practitionerId, roomId }));

/** Other dates that a refusal brought along. */
export function proposalsIn(data: unknown): Proposals | null {
  const isSet = typeof data === 'object' && data !== null && 'proposals' in data && Array.isArray(data.proposals);
  return isSet ? (data as Proposals) : null;
}

const TOUCHED = 'touched:';

/** Zones that an interrupted session worked on. */
export const touchedZones = ({ flags }: Pick<Appointment, 'flags'>): string[] =>
  flags.filter((flag) => flag.startsWith(TOUCHED)).map((flag) => flag.slice(TOUCHED.length));

/** 'temple, left' of 'temple-l', as the client has it. */
export const zoneWords = (zone: string): string =>
  zone.replace(/-l$/, ', left').replace(/-r$/, ', right').replaceAll('-', ' ');

/** A fact that broke a rule is kept and flagged with the code that would have refused it. */
export function flagsWords(flags: readonly string[]): string {
  const touched = touchedZones({ flags: [...flags] }).map(zoneWords);
  const words = flags.filter((flag) => !flag.startsWith(TOUCHED)).map(flagWords);
  return [...words, ...(touched.length > 0 ? [`Worked on before the break: ${touched.join('; ')}.`] : [])].join(' ');
}

function flagWords(flag: string): string {
  if (flag.startsWith('began:')) return 'It was interrupted and goes on.';
  return (REFUSALS as Readonly<Record<string, readonly string[]>>)[flag]?.[0] ?? `${flag}.`;
}

/** Where an appointment was dropped in the calendar. */
export interface Dropped {
  readonly start: string;
  readonly practitionerId?: string;
  readonly roomId?: string;
}
