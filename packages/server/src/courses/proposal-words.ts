/** Why a proposed date is what it is, and what could be given up, in words. */
import type { CountedBlocker, CourseOption, CourseWhy } from '@stipple/core/course/solve-course.ts';
import type { Relaxation } from '@stipple/core/course/propose-course.ts';
import { wordsFor } from './blocker-words.ts';
import { dayWords } from '@stipple/core/calendar/day-words.ts';

const daysText = (days: number): string => (days === 1 ? '1 day' : `${days} days`);
const causes = (because: readonly CountedBlocker[]): string =>
  because.length === 0
    ? 'it suits the other sessions better'
    : because.map((cause) => `${wordsFor(cause)} (${daysText(cause.days)})`).join(', ');

export interface WireWhy {
  readonly code: string;
  readonly text: string;
  readonly days?: number;
}

function whyText(n: number, why: CourseWhy): WireWhy {
  const { code } = why;
  switch (code) {
    case 'start-earliest':
      return { code, text: 'It starts on the first day that is possible.' };
    case 'start-later':
      return { code, days: why.days, text: `It starts ${daysText(why.days)} later: ${causes(why.because)}.` };
    case 'gap-preferred':
      return {
        code,
        days: why.gapDays,
        text: `Session ${n} comes ${daysText(why.gapDays)} after the one before, as preferred.`,
      };
    case 'gap-longer':
    case 'gap-shorter':
      return {
        code,
        days: why.gapDays,
        text: `Session ${n} comes ${daysText(why.gapDays)} after the one before instead of ${why.preferredDays}: ${causes(why.because)}.`,
      };
    case 'practitioner-same':
      return { code, text: `Session ${n} is with the same practitioner.` };
    case 'practitioner-other':
      return { code, text: `Session ${n} is with another practitioner: ${causes(why.because)}.` };
    case 'booking-kept':
      return { code, text: `Session ${n} stays where it is.` };
    case 'booking-moved':
      return { code, text: `Session ${n} moves from ${dayWords(why.from)}.` };
  }
}

/** What an option owes to whom; that all sessions are with one practitioner goes without saying. */
export const whyOf = ({ sessions }: CourseOption): WireWhy[] =>
  sessions.flatMap(({ n, why }) => why.filter(({ code }) => code !== 'practitioner-same').map((of) => whyText(n, of)));

const GIVE_UP: Readonly<Record<Relaxation['code'], string>> = {
  'black-out': 'Let a session fall into the days that the client keeps free',
  'client-hours': 'Look beyond the hours that suit the client',
  'client-busy': "Move the client's other appointments",
  'client-visit': 'Move another booking of the client',
  'gap-window': 'Allow a gap outside the preferred ones, with name and reason',
  'practitioner-absent': 'Let a practitioner come during an absence',
  'practitioner-hours': 'Let a practitioner work outside the usual hours',
  'practitioner-busy': 'Move other appointments of a practitioner',
  'practitioner-full': "Exceed a practitioner's hours of a day",
  certificate: "Renew a practitioner's certificate",
  skill: 'Let somebody do it who does not do this work so far',
  opening: 'Open the location at other hours',
  'room-hours': 'Open a room at other hours',
  'room-busy': 'Find another room',
  equipment: 'Do without some equipment',
  horizon: 'Look further ahead',
};

export const giveUpText = ({ code, firstDay, lastDay }: Relaxation): string =>
  `${GIVE_UP[code]}: ${firstDay === lastDay ? `on ${dayWords(firstDay)}` : `from ${dayWords(firstDay)} to ${dayWords(lastDay)}`}.`;
