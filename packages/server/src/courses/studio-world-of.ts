/** A situation as core plans with it: the studio's world and the client's times, without what is being moved. */
import type { OpeningHours } from '@stipple/core/calendar/opening-hours.ts';
import { MINUTE_MS } from '@stipple/core/calendar/local-time.ts';
import { BLACK_OUT_RULES, type BlackOutKind } from '@stipple/core/course/black-out.ts';
import type { Visit } from '@stipple/core/course/floor.ts';
import type { Qualified } from '@stipple/core/course/is-bookable.ts';
import type { ClientTimes, SessionNeeds, StudioWorld } from '@stipple/core/course/studio-world.ts';
import type { DaySpan, Situation, SituationPractitioner } from './read-situation.ts';

/** What an appointment asks of its practitioner: nothing, any certificate of the craft, or one for a skill. */
export type WorkNeed = 'none' | 'any' | { readonly skill: string };

/** Proposals start on these minutes; a person may book between them. */
export const PROPOSED_STEP_MINUTES = 30;
/** Where an appointment by video takes place. */
export const VIDEO_ROOM = 'video';

/** The skill that a need is judged by. */
export const skillOf = (need: WorkNeed): string => (typeof need === 'string' ? need : need.skill);

export const needsOf = (need: WorkNeed): SessionNeeds => ({
  skills: need === 'none' ? [] : [{ skill: skillOf(need), needsCertificate: true }],
  equipment: [],
});

export interface WorldOptions {
  readonly need: WorkNeed;
  /** Appointments taken out of the book, since they are being placed anew. */
  readonly without?: ReadonlySet<string>;
  readonly startStepMinutes?: number;
  /** Only this one. */
  readonly practitionerId?: string | undefined;
  readonly isByVideo?: boolean;
}

/** What somebody can do and prove, as it counts for a need: a certificate of the craft is one for each skill. */
export const qualifiedFor = (
  { skills, certificates }: Pick<SituationPractitioner, 'skills' | 'certificates'>,
  need: WorkNeed,
): Qualified => ({
  skills: need === 'any' ? ['any'] : skills,
  certificates: certificates
    .filter(({ skill }) => need === 'any' || skill === 'smp' || skill === skillOf(need))
    .map((certificate) => ({
      id: certificate.id,
      skill: skillOf(need),
      validFrom: certificate.issuedOn,
      validThrough: certificate.expiresOn,
      // The proof is for whoever asks to see it; what is booked hangs on the dates.
      proofId: certificate.id,
    })),
});

export function studioWorldOf(situation: Situation, options: WorldOptions): StudioWorld {
  const { need, without, startStepMinutes = PROPOSED_STEP_MINUTES, practitionerId, isByVideo = false } = options;
  const book = situation.book.filter(({ id }) => !without?.has(id));
  const cleaningMs = situation.turnaroundMinutes * MINUTE_MS;
  return {
    zone: situation.zone,
    startStepMinutes,
    opening: {
      weekly: weeklyHours(situation.opening.weekly),
      exceptions: situation.opening.exceptions.map(({ day, spans }) => ({
        firstDay: day,
        lastDay: day,
        hours: spans.map(hoursOf),
      })),
    },
    practitioners: situation.practitioners
      .filter(({ id }) => practitionerId === undefined || id === practitionerId)
      .map(({ id, skills, weekly, maxMinutesADay, certificates, absences }) => ({
        id,
        hours: { weekly: weeklyHours(weekly) },
        absences,
        busy: book.filter((entry) => entry.practitionerId === id),
        mostMinutesADay: maxMinutesADay,
        ...qualifiedFor({ skills, certificates }, need),
      })),
    rooms: isByVideo
      ? [{ id: VIDEO_ROOM, hours: null, equipment: [], busy: [] }]
      : situation.roomIds.map((id) => ({
          id,
          hours: null,
          equipment: [],
          busy: book
            .filter(({ roomId }) => roomId === id)
            .map(({ startMs, endMs }) => ({ startMs: startMs - cleaningMs, endMs: endMs + cleaningMs })),
        })),
  };
}

const hoursOf = ({ from, to }: DaySpan) => ({ fromMinute: from, toMinute: to });
const weeklyHours = (weekly: readonly (readonly DaySpan[])[]): OpeningHours['weekly'] =>
  weekly.flatMap((spans, i) => spans.map((span) => ({ weekday: i + 1, ...hoursOf(span) })));

export interface WishedBlackOut {
  readonly firstDay: string;
  readonly lastDay: string;
  readonly kind: BlackOutKind;
}

export interface ClientWishes {
  readonly blackOuts?: readonly WishedBlackOut[];
  /** Hours that suit the client; all of them when absent. */
  readonly suits?: readonly { readonly weekday: number; readonly from: number; readonly to: number }[] | undefined;
}

export function clientTimesOf(
  { client }: Situation,
  without: ReadonlySet<string> = new Set(),
  { blackOuts = [], suits }: ClientWishes = {},
): ClientTimes {
  const entries = (client?.entries ?? []).filter(({ id }) => !without.has(id));
  return {
    hours: suits ? { weekly: suits.map(({ weekday, ...span }) => ({ weekday, ...hoursOf(span) })) } : null,
    busy: entries.filter(({ status }) => status !== 'cancelled' && status !== 'missed'),
    visits: entries.map(({ id, kind, status, firstDay, lastDay }): Visit => ({
      id,
      kind,
      status: status === 'missed' ? 'no-show' : status,
      firstDay,
      lastDay,
    })),
    blackOuts: blackOuts.map((blackOut, i) => ({
      ...blackOut,
      id: String(i),
      rule: BLACK_OUT_RULES[blackOut.kind],
    })),
  };
}
