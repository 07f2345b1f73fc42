import { describe, expect, it } from 'vitest';
import { localDays } from '../calendar/local-time.ts';
import { addDays } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { BLACK_OUT_RULES } from './black-out.ts';
import { clockBlocker, dayBlockers, judgeSlot, skillBlockers, type BlockerCode } from './blockers.ts';
import { findSlots, gatherTimes } from './free-time.ts';
import type { CourseRequest } from './solve-course.ts';
import { hoursOn, plainRequest, practitioner, wholeDay } from './testing/plain-studio.ts';
import { drawSmallWorld } from './testing/small-world.ts';

const MONDAY = '2027-02-01';

/** What the clock says against three hours with the first practitioner on Monday. */
function saidOf(...given: Parameters<typeof plainRequest>): BlockerCode | undefined {
  const { studio, client, needs, notBeforeMs } = plainRequest(...given);
  const times = gatherTimes(studio, client, needs, localDays(studio.zone, MONDAY, 3), notBeforeMs);
  return clockBlocker(times, studio, 0, 0, 180)?.code;
}

describe('clockBlocker', () => {
  it('is silent exactly where there is a slot, on every day with everyone (300 worlds, seed 14)', () => {
    const random = seededGenerator(14);
    const codes = new Map<BlockerCode, number>();
    let free = 0;
    for (let i = 0; i < 300; i++) {
      const { studio, client, needs, earliestDay, notBeforeMs, horizonDays, sessions } = drawSmallWorld(random);
      const times = gatherTimes(studio, client, needs, localDays(studio.zone, earliestDay, horizonDays), notBeforeMs);
      const { minutes } = sessions[0]!;
      const [slots] = findSlots(times, [minutes]);
      for (let day = 0; day < horizonDays; day++) {
        for (let person = 0; person < studio.practitioners.length; person++) {
          const isFree = !Number.isNaN(slots!.startMs[day * studio.practitioners.length + person]);
          const said = clockBlocker(times, studio, day, person, minutes);
          expect(said === null, `world ${i}, day ${day}: ${said?.code}`).toBe(isFree);
          if (said) codes.set(said.code, (codes.get(said.code) ?? 0) + 1);
          else free++;
        }
      }
    }
    expect(free).toBeGreaterThan(1000);
    expect(codes.size).toBeGreaterThan(9);
  });

  it('names the first obstacle in the order in which one would explain it', () => {
    const closed = { weekly: [] };
    const mornings = { weekly: [{ weekday: 1, fromMinute: 540, toMinute: 660 }] };
    const room = { id: 'room', hours: null, equipment: [], busy: [] };
    const ada = (rest: Parameters<typeof practitioner>[1]): CourseRequest['studio']['practitioners'] => [
      practitioner('ada', rest),
    ];
    expect(saidOf()).toBeUndefined();
    expect(saidOf({ opening: closed })).toBe('studio-closed');
    expect(saidOf({}, { hours: mornings })).toBe('client-hours');
    expect(saidOf({}, { busy: [hoursOn(MONDAY, 11, 16)] })).toBe('client-busy');
    expect(saidOf({}, {}, { notBeforeMs: hoursOn(MONDAY, 15.5, 16).startMs })).toBe('short-notice');
    expect(saidOf({ practitioners: ada({ hours: mornings }) })).toBe('practitioner-off');
    expect(saidOf({ practitioners: ada({ absences: [wholeDay(MONDAY)], busy: [wholeDay(MONDAY)] }) })).toBe(
      'practitioner-absent',
    );
    expect(saidOf({ practitioners: ada({ busy: [hoursOn(MONDAY, 11, 16)] }) })).toBe('practitioner-busy');
    expect(saidOf({ practitioners: ada({ busy: [hoursOn(MONDAY, 9, 12)], mostMinutesADay: 359 }) })).toBe(
      'practitioner-full',
    );
    expect(saidOf({ practitioners: ada({ busy: [hoursOn(MONDAY, 9, 12)], mostMinutesADay: 360 }) })).toBeUndefined();
    expect(saidOf({}, {}, { needs: { skills: [], equipment: ['laser'] } })).toBe('equipment-missing');
    expect(saidOf({ rooms: [{ ...room, hours: mornings }] })).toBe('room-closed');
    expect(saidOf({ rooms: [{ ...room, busy: [hoursOn(MONDAY, 11, 16)] }] })).toBe('room-busy');
    expect(
      saidOf({
        rooms: [
          { ...room, busy: [wholeDay(MONDAY)] },
          { ...room, id: 'other' },
        ],
      }),
    ).toBeUndefined();
  });
});

describe('dayBlockers', () => {
  const wedding = {
    id: 'w',
    kind: 'wedding',
    firstDay: '2027-03-20',
    lastDay: '2027-03-20',
    rule: BLACK_OUT_RULES.wedding,
  } as const;
  const visit = { id: 'v', kind: 'session', status: 'booked', firstDay: '2027-02-20', lastDay: '2027-02-20' } as const;
  const rules = { kind: 'session', client: { visits: [visit], blackOuts: [wedding] }, earliestDay: MONDAY } as const;
  const codesOn = (day: string, isLast = false, rest: Partial<Parameters<typeof dayBlockers>[0]> = {}): string[] =>
    dayBlockers({ ...rules, ...rest }, day, isLast).map(({ code, id }) => (id ? `${code} ${id}` : code));

  it('say what forbids a session, and what forbids only that the course ends there', () => {
    expect(codesOn('2027-01-31')).toEqual(['not-healed']);
    expect(codesOn('2027-02-14')).toEqual(['floor v']);
    expect(codesOn('2027-02-13')).toEqual([]);
    expect(codesOn('2027-03-07')).toEqual(['black-out w']);
    expect(codesOn('2027-04-01')).toEqual([]);
    expect(codesOn('2027-04-01', true)).toEqual(['not-finished-in-time w']);
    expect(codesOn('2027-03-06', true)).toEqual([]);
  });

  it('ask nothing of a course for an event that is over', () => {
    expect(codesOn('2027-04-01', true, { earliestDay: '2027-03-21' })).toEqual([]);
  });

  it('let consultations and reviews be on any day but those the client is away', () => {
    for (const kind of ['consultation', 'review'] as const) {
      expect(codesOn('2027-02-20', true, { kind })).toEqual([]);
      expect(codesOn('2027-03-07', true, { kind })).toEqual([]);
      expect(codesOn('2027-03-20', true, { kind })).toEqual(['black-out w']);
    }
  });
});

describe('judgeSlot', () => {
  it('names everything at once, skills and steps of the book included', () => {
    const { studio, client } = plainRequest(
      {},
      { visits: [{ id: 'v', kind: 'session', status: 'done', firstDay: '2027-01-30', lastDay: '2027-01-30' }] },
    );
    const needs = { skills: [{ skill: 'scars', needsCertificate: false }], equipment: ['laser'] };
    const slot = { ...hoursOn(MONDAY, 9 + 7 / 60, 12), practitionerId: 'ada', roomId: 'room' };
    const ask = {
      kind: 'session',
      studio,
      client,
      needs,
      slot,
      earliestDay: MONDAY,
      notBeforeMs: 0,
      isLast: false,
    } as const;
    expect(judgeSlot(ask).map(({ code, id }) => [code, id])).toEqual([
      ['floor', 'v'],
      ['skill-missing', 'scars'],
      ['start-unusual', null],
      ['equipment-missing', 'room'],
    ]);
    const late = { ...slot, ...hoursOn(MONDAY, 23, 25) };
    expect(judgeSlot({ ...ask, slot: late }).map(({ code }) => code)).toContain('start-unusual');
    expect(() => judgeSlot({ ...ask, slot: { ...slot, roomId: 'cellar' } })).toThrow(RangeError);
    expect(() => judgeSlot({ ...ask, slot: { ...slot, endMs: slot.startMs } })).toThrow(RangeError);
  });

  it('asks for the certificate of the day itself', () => {
    const expired = { id: 'c', skill: 'scalp', validFrom: '2020-01-01', validThrough: MONDAY, proofId: 'file' };
    const ada = practitioner('ada', { certificates: [expired] });
    const needs = { skills: [{ skill: 'scalp', needsCertificate: true }], equipment: [] };
    expect(skillBlockers(ada, needs, MONDAY)).toEqual([]);
    expect(skillBlockers(ada, needs, addDays(MONDAY, 1))).toEqual([
      { code: 'certificate-expired', id: 'c', day: MONDAY },
    ]);
  });
});
