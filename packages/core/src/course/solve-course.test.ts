import { describe, expect, it } from 'vitest';
import { daysBetween } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { judgeSlot } from './blockers.ts';
import { solveCourse, type CourseRequest } from './solve-course.ts';
import { drawSmallWorld } from './testing/small-world.ts';
import { walkWorld, type SlotOfDay } from './testing/walk-world.ts';

/** Cost of a gap by its plain meaning; Infinity outside the window. */
function gapPoints({ costs, sessions }: CourseRequest, k: number, gapDays: number): number {
  const { leastDays, preferredDays, mostDays } = sessions[k].gap!;
  if (gapDays < leastDays || gapDays > mostDays) return Infinity;
  return gapDays < preferredDays
    ? (preferredDays - gapDays) * costs.gapShorterPerDay
    : (gapDays - preferredDays) * costs.gapLongerPerDay;
}

interface Choice extends SlotOfDay {
  readonly moveCost: number;
}

/** The slots of a session; where its booking may stay, that is the slot of its day and practitioner, and costs nothing. */
function choicesOf(world: CourseRequest, { mayStay, everySlot }: ReturnType<typeof walkWorld>, k: number): Choice[] {
  const { current } = world.sessions[k]!;
  if (!current) return everySlot(k).map((slot) => ({ ...slot, moveCost: 0 }));
  const day = daysBetween(world.earliestDay, world.studio.zone.dayAt(current.startMs));
  const kept = mayStay(k, current) ? [{ ...current, day, moveCost: 0 }] : [];
  const others = everySlot(k).filter((slot) =>
    kept.every((one) => one.day !== slot.day || one.practitionerId !== slot.practitionerId),
  );
  return [...kept, ...others.map((slot) => ({ ...slot, moveCost: world.costs.moveBooking }))];
}

/** The cost of every sequence, tried one by one, least for each start. */
function bruteForce(
  world: CourseRequest,
  slots: readonly (readonly Choice[])[],
): { day: number; practitionerId: string; cost: number }[] {
  const { sessions, previous, earliestDay, costs } = world;
  const leastRest = (k: number, day: number, practitionerId: string): number => {
    if (k === sessions.length) return 0;
    let least = Infinity;
    for (const next of slots[k]) {
      const cost =
        gapPoints(world, k, next.day - day) +
        (next.practitionerId === practitionerId ? 0 : costs.changePractitioner) +
        next.moveCost +
        leastRest(k + 1, next.day, next.practitionerId);
      least = Math.min(least, cost);
    }
    return least;
  };
  return slots[0]
    .map(({ day, practitionerId, moveCost }) => {
      const asked = previous?.practitionerId ?? null;
      const first = previous
        ? gapPoints(world, 0, daysBetween(previous.lastDay, earliestDay) + day) +
          (asked === null || asked === practitionerId ? 0 : costs.changePractitioner)
        : day * costs.startLaterPerDay;
      return { day, practitionerId, cost: first + moveCost + leastRest(1, day, practitionerId) };
    })
    .filter(({ cost }) => cost < Infinity);
}

describe('solveCourse', () => {
  it('finds what an exhaustive search finds, at the same cost, and only what every rule allows (1,500 worlds, seed 11)', () => {
    const random = seededGenerator(11);
    let solved = 0;
    let changed = 0;
    let kept = 0;
    for (let i = 0; i < 1500; i++) {
      const world = drawSmallWorld(random);
      const options = solveCourse(world);
      const walk = walkWorld(world);
      const slots = world.sessions.map((_, k) => choicesOf(world, walk, k));
      const starts = bruteForce(world, slots).toSorted((a, b) => a.cost - b.cost);
      expect(options.length > 0, `world ${i}`).toBe(starts.length > 0);
      if (options.length === 0) continue;
      solved++;
      expect(options[0]!.cost, `world ${i}`).toBe(starts[0]!.cost);
      for (const { cost, sessions } of options) {
        const first = sessions[0]!;
        const index = daysBetween(world.earliestDay, first.day);
        const same = starts.find(({ day, practitionerId }) => day === index && practitionerId === first.practitionerId);
        expect(same?.cost, `world ${i}`).toBe(cost);
        sessions.forEach((session, k) => {
          expect(walk.mayStay(k, session), `world ${i}, session ${k}`).toBe(true);
          const { day, practitionerId, startMs, roomId } = session;
          const first = slots[k].find(
            (slot) => slot.practitionerId === practitionerId && slot.day === daysBetween(world.earliestDay, day),
          );
          expect([startMs, roomId]).toEqual([first?.startMs, first?.roomId]);
          if (session.why.some(({ code }) => code === 'booking-kept')) kept++;
          if (k > 0) expect(session.gapDays).toBe(daysBetween(sessions[k - 1].day, session.day));
          if (k > 0 && session.practitionerId !== sessions[k - 1].practitionerId) changed++;
        });
        const parts = sessions.flatMap((session) => Object.values(session.cost));
        expect(
          parts.reduce((a, b) => a + b, 0),
          `world ${i}`,
        ).toBe(cost);
      }
    }
    expect(solved).toBeGreaterThan(300);
    expect(changed).toBeGreaterThan(20);
    expect(kept).toBeGreaterThan(20);
  });
});

describe('judgeSlot', () => {
  it('has nothing to say exactly when a slot is allowed by every rule (400 worlds, seed 12)', () => {
    const random = seededGenerator(12);
    let allowed = 0;
    for (let i = 0; i < 400; i++) {
      const world = drawSmallWorld(random);
      const { studio, client, needs, earliestDay, notBeforeMs, sessions } = world;
      const k = sessions.length - 1;
      const { mayTake, everySlot } = walkWorld({ ...world, horizonDays: world.horizonDays + 2 });
      const slots = everySlot(k).slice(0, 6);
      for (const slot of slots) {
        for (const shiftMinutes of [-400, -60, -20, -10, 0, 10, 20, 60, 300]) {
          const { practitionerId, roomId } = slot;
          const startMs = slot.startMs + shiftMinutes * 60_000;
          const shifted = { startMs, endMs: startMs + sessions[k].minutes * 60_000, practitionerId, roomId };
          const isAllowed = mayTake(k, shifted);
          const said = judgeSlot({
            kind: 'session',
            studio,
            client,
            needs,
            slot: shifted,
            earliestDay,
            notBeforeMs,
            isLast: true,
          });
          expect(said.length === 0, `world ${i}: ${said.map(({ code }) => code)}`).toBe(isAllowed);
          if (isAllowed) allowed++;
        }
      }
    }
    expect(allowed).toBeGreaterThan(400);
  });
});
