/**
 * Whether sessions of a course may stand where they are wished: each hour by itself, beside all others the client has,
 * and their order and gaps within the course.
 *
 * A gap outside the studio's window needs the name and reason of staff; a client is refused. A window that passed while
 * the course stood still asks for nothing but its least.
 */
import { addDays, daysBetween, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { judgeGap } from '@stipple/core/course/gap-window.ts';
import type { ClientTimes } from '@stipple/core/course/studio-world.ts';
import { refused } from '../request/refused.ts';
import { windowAround } from './gap-windows.ts';
import { judgeHour, studioFor, type WishedHour } from './judge-hour.ts';
import type { NoticeContext } from './notice.ts';
import type { ClientEntry, Situation } from './read-situation.ts';
import { clientTimesOf, type ClientWishes } from './studio-world-of.ts';

export interface WishedSession extends WishedHour {
  readonly n: number;
}

export interface GapSignature {
  readonly name: string;
  readonly reason: string;
}

export interface PlacedSession extends WishedSession {
  readonly day: PlainDay;
  /** Kept with the session whose gap is outside the window. */
  readonly gapOverride: GapSignature | null;
}

export interface SessionRules {
  readonly skill: string;
  readonly sessions: number;
  /** Preferred days before sessions 2, 3, ... */
  readonly gapsDays: readonly number[];
  /** Sessions of the course that stay where they are. */
  readonly standing: readonly ClientEntry[];
  /** Appointments that are being placed anew. */
  readonly without: ReadonlySet<string>;
  readonly wishes: ClientWishes;
  readonly context: NoticeContext;
  readonly gapOverride: GapSignature | null;
}

/** @throws a refusal */
export function judgeSessions(
  situation: Situation,
  wished: readonly WishedSession[],
  rules: SessionRules,
): PlacedSession[] {
  const { skill, sessions, standing, without, wishes, context } = rules;
  const inOrder = wished.toSorted((a, b) => a.n - b.n);
  const own = clientTimesOf(situation, without, wishes);
  let client: ClientTimes = own;
  const studio = studioFor(situation, { skill }, without);
  const days = inOrder.map((session) => {
    const day = judgeHour(situation, session, {
      kind: 'session',
      need: { skill },
      client,
      isLast: session.n === sessions,
      without,
      context,
      studio,
    });
    const visit = {
      id: `session-${session.n}`,
      kind: 'session',
      status: 'booked',
      firstDay: day,
      lastDay: day,
    } as const;
    client = { ...client, visits: [...client.visits, visit], busy: [...client.busy, session] };
    return day;
  });
  const signed = judgeOrderAndGaps(situation.today, inOrder, days, standing, rules);
  return inOrder.map((session, i) => ({
    ...session,
    day: days[i]!,
    gapOverride: signed.has(session.n) ? rules.gapOverride : null,
  }));
}

interface Step {
  readonly n: number;
  readonly firstDay: PlainDay;
  readonly lastDay: PlainDay;
  readonly isWished: boolean;
}

/** @returns numbers of the wished sessions that need the signature */
function judgeOrderAndGaps(
  today: PlainDay,
  wished: readonly WishedSession[],
  days: readonly PlainDay[],
  standing: readonly ClientEntry[],
  { gapsDays, gapOverride }: SessionRules,
): Set<number> {
  const steps: Step[] = [
    ...standing.map(({ n, firstDay, lastDay }) => ({ n: n!, firstDay, lastDay, isWished: false })),
    ...wished.map(({ n }, i) => ({ n, firstDay: days[i]!, lastDay: days[i]!, isWished: true })),
  ].sort((a, b) => a.n - b.n);
  const signed = new Set<number>();
  steps.forEach((step, i) => {
    const before = steps[i - 1];
    if (!before || !(step.isWished || before.isWished)) return;
    if (step.n === before.n) throw refused('not-in-this-state', `session ${step.n} has its place already`);
    if (daysBetween(before.lastDay, step.firstDay) < 0)
      throw refused('input-wrong', `session ${step.n} would come before session ${before.n}`);
    if (step.n !== before.n + 1) return;
    const window = windowAround(gapsDays[step.n - 2]!);
    const isPassed = addDays(before.lastDay, window.mostDays) < today;
    const verdict = judgeGap(
      before.lastDay,
      step.firstDay,
      isPassed ? { ...window, mostDays: Infinity } : window,
      gapOverride && { by: gapOverride.name, reason: gapOverride.reason },
    );
    if (verdict.kind === 'too-soon')
      throw refused('too-soon', `${verdict.gapDays} days between sessions ${before.n} and ${step.n}`);
    if (verdict.kind === 'too-late')
      throw refused('gap-too-long', `${verdict.gapDays} days between sessions ${before.n} and ${step.n}`);
    if (verdict.kind === 'needs-override')
      throw refused(
        'gap-not-preferred',
        `${verdict.gapDays} days between sessions ${before.n} and ${step.n}, preferred ${window.leastDays} to ${window.mostDays}`,
      );
    if (verdict.kind === 'ok' && verdict.override) signed.add(step.isWished ? step.n : before.n);
  });
  return signed;
}
