/**
 * Whether one hour may be booked: the rules that hold for every caller, in the order in which a person would name them.
 *
 * Refuses with the first obstacle's code and all obstacles in words. The floor and double booking are the database's
 * last word (see docs/decisions/0017); here they are found first, so that the answer can say what is in the way.
 */
import { judgeSlot } from '@stipple/core/course/blockers.ts';
import { isPigmentKind, type VisitKind } from '@stipple/core/course/floor.ts';
import type { ClientTimes, StudioWorld } from '@stipple/core/course/studio-world.ts';
import type { PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { refused } from '../request/refused.ts';
import { refusalFor, wordsFor } from './blocker-words.ts';
import { assertNotice, type NoticeContext } from './notice.ts';
import type { Situation } from './read-situation.ts';
import { gateOf } from './screening-gate.ts';
import { needsOf, studioWorldOf, VIDEO_ROOM, type WorkNeed } from './studio-world-of.ts';

export interface WishedHour {
  readonly startMs: number;
  readonly endMs: number;
  readonly practitionerId: string;
  /** Null by video. */
  readonly roomId: string | null;
}

export interface HourRules {
  readonly kind: VisitKind;
  readonly need: WorkNeed;
  /** With everything else the client has, and the black-outs that count. */
  readonly client: ClientTimes;
  /** Whether the course ends with it. */
  readonly isLast: boolean;
  /** Appointments that are being placed anew. */
  readonly without: ReadonlySet<string>;
  readonly context: NoticeContext;
  /** As {@link studioFor} makes it, for many hours; one by video has a studio of its own. */
  readonly studio?: StudioWorld;
}

/** The studio as an hour is judged by it: booked by hand, it may start at any minute. */
export const studioFor = (
  situation: Situation,
  need: WorkNeed,
  without: ReadonlySet<string>,
  isByVideo = false,
): StudioWorld => studioWorldOf(situation, { need, without, startStepMinutes: 1, isByVideo });

/** @returns the local day. @throws a refusal */
export function judgeHour(situation: Situation, wished: WishedHour, rules: HourRules): PlainDay {
  const { kind, need, client, isLast, without, context, studio } = rules;
  const { startMs, endMs, practitionerId, roomId } = wished;
  if (!(endMs > startMs)) throw refused('input-wrong', 'it ends before it starts');
  assertNotice(context, startMs);
  if (!situation.practitioners.some(({ id }) => id === practitionerId))
    throw refused('input-wrong', 'this practitioner does not work at this location');
  if (roomId !== null && !situation.roomIds.includes(roomId))
    throw refused('input-wrong', 'this room is not at this location');

  const day = situation.zone.dayAt(startMs);
  if (isPigmentKind(kind)) {
    const gate = gateOf(situation.client?.screenings ?? [], day);
    if (!gate.isOpen) throw refused('screening-stops', gate.why);
  }
  const blockers = judgeSlot({
    kind,
    studio: studio && roomId !== null ? studio : studioFor(situation, need, without, roomId === null),
    client,
    needs: needsOf(need),
    slot: { startMs, endMs, practitionerId, roomId: roomId ?? VIDEO_ROOM },
    earliestDay: situation.today,
    notBeforeMs: 0,
    isLast,
  });
  const [first] = blockers.filter(({ code }) => code !== 'not-healed');
  if (first) throw refused(refusalFor(first), blockers.map(wordsFor).join('; '));
  return day;
}
