import { minutesOfPlan } from '@stipple/core/course/minutes-of-plan.ts';
import { needsReason } from '@stipple/core/course/wanted-sessions.ts';
import { useState } from 'preact/hooks';
import type { Asks } from '../../api/api.ts';
import type { Skill } from '../parts/session.ts';
import type { BlackOut } from './course-words.ts';

/** What a course is to be, as it is typed. */
export interface CourseWish {
  readonly skill: Skill;
  readonly sessions: string;
  readonly reason: string;
  readonly locationId: string;
  /** '' is whoever is free. */
  readonly practitionerId: string;
  readonly earliest: string;
  /** Hours of each session, as typed; '' is what the plan says, else the usual. */
  readonly hours: string;
  readonly pace: 'studio' | 'month';
  readonly blackOuts: readonly BlackOut[];
  readonly weekdays: readonly number[];
  /** Hours of the day that suit, 'HH:MM'. */
  readonly from: string;
  readonly to: string;
}

export const EVERY_WEEKDAY: readonly number[] = [1, 2, 3, 4, 5, 6, 7];
const WHOLE_DAY = { from: 0, to: 1440 };

export function useCourseWish(start: Partial<CourseWish>) {
  const [wish, setWish] = useState<CourseWish>({
    skill: 'shaved',
    sessions: '3',
    reason: '',
    locationId: '',
    practitionerId: '',
    earliest: '',
    hours: '',
    pace: 'studio',
    blackOuts: [],
    weekdays: EVERY_WEEKDAY,
    from: '',
    to: '',
    ...start,
  });
  return { wish, change: (part: Partial<CourseWish>): void => setWish({ ...wish, ...part }) };
}

type Minutes = (clock: string) => number | null;

/**
 * The part of the wish that proposing and booking share.
 * @param planned hours of the sessions by the client's plan, where no length is typed
 */
export function wishOf(
  wish: CourseWish,
  minuteOf: Minutes,
  planned: readonly number[] | null = null,
): Omit<Asks['bookCourse'], 'clientId' | 'locationId' | 'choices'> {
  const sessions = Number(wish.sessions);
  const hours = Number(wish.hours.replace(',', '.'));
  const typed = hours > 0 ? Array.from({ length: sessions }, () => Math.round(hours * 60)) : null;
  const minutes = typed ?? (planned && minutesOfPlan(planned, sessions));
  const day = { from: minuteOf(wish.from) ?? WHOLE_DAY.from, to: minuteOf(wish.to) ?? WHOLE_DAY.to };
  const suitsAlways = wish.weekdays.length === EVERY_WEEKDAY.length && day.from === 0 && day.to === 1440;
  return {
    skill: wish.skill,
    sessions,
    reason: needsReason(sessions) ? wish.reason : '',
    blackOuts: [...wish.blackOuts],
    ...(minutes ? { minutes } : {}),
    ...(wish.pace === 'month' ? { gapsDays: Array.from({ length: sessions - 1 }, () => 14) } : {}),
    ...(suitsAlways ? {} : { suits: wish.weekdays.map((weekday) => ({ weekday, ...day })) }),
  };
}
