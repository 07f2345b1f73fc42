import { describe, expect, it } from 'vitest';
import type { CourseOption } from '@stipple/core/course/solve-course.ts';
import { giveUpText, whyOf } from './proposal-words.ts';

const optionOf = (why: CourseOption['sessions'][number]['why']): CourseOption => {
  const times = { startMs: 0, endMs: 0, day: '2027-03-01', practitionerId: 'p', roomId: 'r' };
  return { cost: 0, sessions: [{ n: 2, ...times, why }] } as unknown as CourseOption;
};

describe('the words of a proposal', () => {
  it('name days as people write them', () => {
    const [moved] = whyOf(optionOf([{ code: 'booking-moved', from: '2027-01-11' }]));
    expect(moved!.text).toBe('Session 2 moves from Mon 11 Jan 2027.');
    const relaxation = { code: 'horizon', firstDay: '2027-12-24', lastDay: '2028-01-06' } as const;
    expect(giveUpText({ ...relaxation, firstStartMs: 0 } as never)).toBe(
      'Look further ahead: from Fri 24 Dec 2027 to Thu 6 Jan 2028.',
    );
    expect(giveUpText({ ...relaxation, lastDay: relaxation.firstDay, firstStartMs: 0 } as never)).toBe(
      'Look further ahead: on Fri 24 Dec 2027.',
    );
  });

  it('do not say that an hour is past which is only closer than a client may book', () => {
    const because = [{ code: 'short-notice', days: 1 }] as never;
    const [later] = whyOf(optionOf([{ code: 'start-later', days: 1, because }]));
    expect(later!.text).toBe('It starts 1 day later: it is too late to book that (1 day).');
  });
});
