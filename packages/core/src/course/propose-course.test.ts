import { describe, expect, it } from 'vitest';
import { addDays } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { BLACK_OUT_RULES, type BlackOut, type BlackOutKind } from './black-out.ts';
import { oneMonthGaps } from './gap-window.ts';
import { proposeCourse, relaxCourse, type CourseProposal } from './propose-course.ts';
import { solveCourse, type CourseOption } from './solve-course.ts';
import { hoursOn, plainRequest, practitioner, wholeDay } from './testing/plain-studio.ts';
import { drawSmallWorld } from './testing/small-world.ts';
import { wantWholeCourse } from './wanted-sessions.ts';

const optionsOf = (proposal: CourseProposal): readonly CourseOption[] => {
  if (proposal.kind === 'impossible') throw new Error(JSON.stringify(proposal));
  return proposal.options;
};
const best = (...given: Parameters<typeof plainRequest>): CourseOption =>
  optionsOf(proposeCourse(plainRequest(...given)))[0]!;
const daysOf = ({ sessions }: CourseOption): string[] => sessions.map(({ day }) => day);
const blackOut = (kind: BlackOutKind, firstDay: string, lastDay = firstDay): BlackOut => ({
  id: kind,
  kind,
  firstDay,
  lastDay,
  rule: BLACK_OUT_RULES[kind],
});

describe('proposeCourse', () => {
  it('starts on the first day with the preferred gaps when nothing is in the way, and says so', () => {
    const option = best();
    expect(option.cost).toBe(0);
    expect(daysOf(option)).toEqual(['2027-02-01', '2027-02-15', '2027-03-15']);
    expect(option.sessions[0]).toMatchObject(hoursOn('2027-02-01', 9, 12.5));
    expect(option.sessions.map(({ why }) => why)).toEqual([
      [{ code: 'start-earliest' }],
      [
        { code: 'gap-preferred', gapDays: 14 },
        { code: 'practitioner-same', practitionerId: 'ada' },
      ],
      [
        { code: 'gap-preferred', gapDays: 28 },
        { code: 'practitioner-same', practitionerId: 'ada' },
      ],
    ]);
  });

  it('says that a gap is two days longer because the practitioner is away, and on how many days', () => {
    const away = [wholeDay('2027-02-15'), wholeDay('2027-02-16')];
    const option = best({ practitioners: [practitioner('ada', { absences: away })] });
    expect(daysOf(option)).toEqual(['2027-02-03', '2027-02-17', '2027-03-17']);
    expect(option.sessions[0]!.why).toEqual([{ code: 'start-later', days: 2, because: [] }]);
    // The first day is worth more to this client than the gap.
    const costs = {
      startLaterPerDay: 5,
      gapLongerPerDay: 2,
      gapShorterPerDay: 3,
      changePractitioner: 12,
      moveBooking: 6,
    };
    const hurried = best({ practitioners: [practitioner('ada', { absences: away })] }, {}, { costs });
    expect(daysOf(hurried)).toEqual(['2027-02-01', '2027-02-17', '2027-03-17']);
    expect(hurried.sessions[1]!.why[0]).toEqual({
      code: 'gap-longer',
      gapDays: 16,
      preferredDays: 14,
      days: 2,
      because: [{ code: 'practitioner-absent', id: 'ada', day: null, days: 2 }],
    });
  });

  it('keeps one practitioner for the whole course, and changes only when that saves more than it costs', () => {
    const practitioners = [practitioner('ada', { busy: [wholeDay('2027-02-15')] }), practitioner('ben')];
    expect(best({ practitioners }).sessions.map(({ practitionerId }) => practitionerId)).toEqual(['ben', 'ben', 'ben']);
    const away = Array.from({ length: 60 }, (_, i) => wholeDay(addDays('2027-02-20', i)));
    const onlyBenLater = [
      practitioner('ada', { absences: away }),
      practitioner('ben', { busy: Array.from({ length: 19 }, (_, i) => wholeDay(addDays('2027-02-01', i))) }),
    ];
    const option = best({ practitioners: onlyBenLater });
    expect(option.sessions.map(({ practitionerId }) => practitionerId)).toEqual(['ada', 'ada', 'ben']);
    expect(option.sessions[2]!.why[1]).toEqual({
      code: 'practitioner-other',
      before: 'ada',
      because: [{ code: 'practitioner-absent', id: 'ada', day: null, days: 1 }],
    });
    expect(option.cost).toBe(12);
  });

  it('keeps 28 days before swimming, 14 before a wedding, the days of a holiday, and ends before the wedding', () => {
    const swim = best({}, { blackOuts: [blackOut('swimming', '2027-03-01', '2027-03-07')] });
    expect(daysOf(swim)).toEqual(['2027-03-08', '2027-03-22', '2027-04-19']);
    const wedding = best({}, { blackOuts: [blackOut('wedding', '2027-03-27')] });
    expect(daysOf(wedding)[2]! <= '2027-03-13').toBe(true);
    const away = best({}, { blackOuts: [blackOut('away', '2027-02-15', '2027-02-15')] });
    expect(daysOf(away)).not.toContain('2027-02-15');
  });

  it('plans two and six sessions, in a month or with the gaps a studio asks for', () => {
    const six = wantWholeCourse({ minutes: [120, 120, 120, 120, 120, 120], gaps: null, reason: 'large scars' });
    expect(best({}, {}, { sessions: six }).sessions).toHaveLength(6);
    const month = wantWholeCourse({ minutes: [120, 120, 120], gaps: oneMonthGaps(3), reason: null });
    expect(daysOf(best({}, {}, { sessions: month }))).toEqual(['2027-02-01', '2027-02-15', '2027-03-01']);
    const two = wantWholeCourse({ minutes: [120, 120], gaps: null, reason: 'small scar' });
    expect(daysOf(best({}, {}, { sessions: two }))).toEqual(['2027-02-01', '2027-03-01']);
  });

  it('offers options that are a choice: other days, or another practitioner', () => {
    const alone = optionsOf(proposeCourse(plainRequest()));
    expect(alone.map((option) => daysOf(option)[0])).toEqual(['2027-02-01', '2027-02-04', '2027-02-08']);
    const practitioners = [practitioner('ada'), practitioner('ben')];
    const starts = optionsOf(proposeCourse(plainRequest({ practitioners }))).map(
      ({ sessions }) => `${sessions[0]!.day} ${sessions[0]!.practitionerId}`,
    );
    expect(starts).toEqual(['2027-02-01 ada', '2027-02-02 ben', '2027-02-04 ada']);
    const oneDay = proposeCourse(plainRequest({ practitioners }, {}, { horizonDays: 43 }));
    expect(optionsOf(oneDay).map(({ sessions }) => sessions[0]!.practitionerId)).toContain('ben');
    const costs = optionsOf(oneDay).map(({ cost }) => cost);
    expect(costs).toEqual(costs.toSorted((a, b) => a - b));
  });

  it('takes the rest of a course up where it stands, with the same practitioner', () => {
    const practitioners = [practitioner('ada'), practitioner('ben')];
    const sessions = wantWholeCourse({ minutes: [210, 180, 120], gaps: null, reason: null }).slice(1);
    const previous = { lastDay: '2027-01-25', practitionerId: 'ben' };
    const option = best({ practitioners }, {}, { sessions, previous });
    expect(daysOf(option)).toEqual(['2027-02-08', '2027-03-08']);
    expect(option.sessions.map(({ n, gapDays, practitionerId }) => [n, gapDays, practitionerId])).toEqual([
      [2, 14, 'ben'],
      [3, 28, 'ben'],
    ]);
  });

  it('refuses requests that contradict themselves', () => {
    const plain = plainRequest();
    for (const wrong of [
      { sessions: [] },
      { horizonDays: 0 },
      { previous: { lastDay: '2027-01-25', practitionerId: null } },
      { sessions: plain.sessions.map((session) => ({ ...session, gap: null })) },
      { sessions: plain.sessions.map((session) => ({ ...session, minutes: 0 })) },
    ]) {
      expect(() => proposeCourse({ ...plain, ...wrong })).toThrow(RangeError);
    }
    const tight = { leastDays: 6, preferredDays: 14, mostDays: 28 };
    expect(() => wantWholeCourse({ minutes: [120, 120, 120], gaps: [tight, tight], reason: null })).toThrow(RangeError);
  });
});

describe('what to relax', () => {
  it('names the wedding, and the window of the gaps, with the dates each would give', () => {
    const proposal = proposeCourse(plainRequest({}, { blackOuts: [blackOut('wedding', '2027-03-05')] }));
    expect(proposal).toMatchObject({ kind: 'impossible', placeable: 2 });
    if (proposal.kind === 'proposed') return;
    expect(proposal.relaxations.map(({ code, id, firstDay, lastDay }) => [code, id, firstDay, lastDay])).toEqual([
      ['black-out', 'wedding', '2027-02-01', '2027-03-15'],
      ['gap-window', null, '2027-02-01', '2027-02-19'],
    ]);
  });

  it('names the practitioner whose certificate ran out', () => {
    const expired = { id: 'c', skill: 'scalp', validFrom: '2020-01-01', validThrough: '2027-02-20', proofId: 'file' };
    const request = plainRequest(
      { practitioners: [practitioner('ada', { certificates: [expired] }), practitioner('ben', { skills: [] })] },
      {},
      { needs: { skills: [{ skill: 'scalp', needsCertificate: true }], equipment: [] } },
    );
    const proposal = proposeCourse(request);
    expect(proposal.kind).toBe('impossible');
    expect(relaxCourse(request).map(({ code, id }) => [code, id])).toEqual([
      ['certificate', 'ada'],
      ['skill', 'scalp'],
      ['gap-window', null],
    ]);
  });

  it('names every constraint alone that would do, and none that would not (300 worlds, seed 13)', () => {
    const random = seededGenerator(13);
    let impossible = 0;
    const codes = new Set<string>();
    for (let i = 0; i < 300; i++) {
      const world = drawSmallWorld(random);
      const proposal = proposeCourse(world);
      expect(proposal.kind === 'impossible').toBe(solveCourse(world).length === 0);
      if (proposal.kind === 'proposed') continue;
      impossible++;
      for (const { code, firstDay, lastDay } of proposal.relaxations) {
        codes.add(code);
        expect(firstDay >= world.earliestDay && firstDay <= lastDay).toBe(true);
      }
      const removed = { ...world, client: { ...world.client, blackOuts: [] } };
      const isBlackOut = world.client.blackOuts.length === 1 && solveCourse(removed).length > 0;
      expect(
        proposal.relaxations.some(({ code }) => code === 'black-out'),
        `world ${i}`,
      ).toBe(isBlackOut);
      const free = { ...world, client: { ...world.client, busy: [] } };
      const isBusy = world.client.busy.length > 0 && solveCourse(free).length > 0;
      expect(
        proposal.relaxations.some(({ code }) => code === 'client-busy'),
        `world ${i}`,
      ).toBe(isBusy);
    }
    expect(impossible).toBeGreaterThan(50);
    expect(codes.size).toBeGreaterThan(10);
  });
});
