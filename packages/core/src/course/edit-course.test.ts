import { describe, expect, it } from 'vitest';
import { addDays, dayNumber, daysBetween } from '../calendar/plain-day.ts';
import { seededGenerator } from '../random/generator.ts';
import { Refusal } from '../units/refusal.ts';
import { courseStatus, liveSessions, placedVisits, type Course } from './course-state.ts';
import {
  editCourse,
  newCourse,
  type CourseContext,
  type CourseEdit,
  type EditRefusal,
  type Placing,
} from './edit-course.ts';
import { isFact, isUnderFloor, type Visit } from './floor.ts';

const TODAY = '2028-02-01';
const DAY_MS = 86_400_000;
const context = (today = TODAY, otherVisits: readonly Visit[] = []): CourseContext => ({ today, otherVisits });

const at = (id: string, day: string, override: Placing['override'] = null): Placing => {
  const startMs = dayNumber(day) * DAY_MS + 10 * 3_600_000;
  return { id, day, slot: { startMs, endMs: startMs + 3 * 3_600_000, practitionerId: 'p', roomId: 'r' }, override };
};
const place = (...places: Placing[]): CourseEdit => ({ kind: 'place', places });

/** Applies edits, each of which must be allowed. */
function after(course: Course, ...edits: (readonly [CourseEdit, string?])[]): Course {
  return edits.reduce((before, [edit, today]) => {
    const verdict = editCourse(before, edit, context(today));
    if (verdict.kind === 'refused') throw new Error(`${edit.kind}: ${JSON.stringify(verdict.refusal)}`);
    return verdict.course;
  }, course);
}
const refusalOf = (course: Course, edit: CourseEdit, of = context()): EditRefusal | null => {
  const verdict = editCourse(course, edit, of);
  return verdict.kind === 'refused' ? verdict.refusal : null;
};

const three = newCourse(['a', 'b', 'c'], null);
const booked = after(three, [place(at('a', '2028-02-10'), at('b', '2028-02-24'), at('c', '2028-03-23'))]);
const firstDone = after(
  booked,
  [{ kind: 'start', id: 'a' }, '2028-02-10'],
  [{ kind: 'finish', id: 'a' }, '2028-02-10'],
);
const allDone = after(
  firstDone,
  [{ kind: 'start', id: 'b' }, '2028-02-24'],
  [{ kind: 'finish', id: 'b' }, '2028-02-24'],
  [{ kind: 'start', id: 'c' }, '2028-03-23'],
  [{ kind: 'finish', id: 'c' }, '2028-03-23'],
);
const daysOf = (course: Course): (string | undefined)[] => liveSessions(course).map(({ place }) => place?.firstDay);

describe('a course', () => {
  it('of two, or of five and more sessions, needs a reason; of one or of thirteen it is none', () => {
    const codeOf = (count: number, reason: string | null): string => {
      try {
        newCourse(
          Array.from({ length: count }, (_, i) => `${i}`),
          reason,
        );
        return 'accepted';
      } catch (error) {
        if (error instanceof Refusal) return error.code;
        throw error;
      }
    };
    for (let count = 0; count <= 14; count++) {
      const usual = count === 3 || count === 4;
      expect(codeOf(count, null), `${count}`).toBe(usual ? 'accepted' : 'sessions-count');
      expect(codeOf(count, ' '), `${count}`).toBe(usual ? 'accepted' : 'sessions-count');
      expect(codeOf(count, 'a scar of 3 cm'), `${count}`).toBe(
        count >= 2 && count <= 12 ? 'accepted' : 'sessions-count',
      );
    }
  });

  it('reads its status off its visits', () => {
    expect([three, booked, firstDone, allDone].map(courseStatus)).toEqual([
      'proposed',
      'booked',
      'in-progress',
      'done',
    ]);
  });
});

describe('placing visits', () => {
  it('books all sessions or none', () => {
    expect(refusalOf(three, place(at('a', '2028-02-10'), at('b', '2028-02-24')))).toEqual({
      code: 'incomplete',
      ids: ['c'],
    });
    expect(refusalOf(three, place(at('a', '2028-02-10'), at('b', '2028-02-16'), at('c', '2028-03-23')))).toEqual({
      code: 'too-soon',
      id: 'a',
      earliest: '2028-02-23',
      conflictsWith: ['b'],
    });
    expect(daysOf(three)).toEqual([undefined, undefined, undefined]);
  });

  it('moves session 2 of 3 and leaves exactly 3', () => {
    const moved = after(booked, [place(at('b', '2028-02-28'))]);
    expect(daysOf(moved)).toEqual(['2028-02-10', '2028-02-28', '2028-03-23']);
    expect(moved.visits).toHaveLength(3);
  });

  it('refuses every day within seven of another session, whichever is moved, and asks for the next free one', () => {
    for (const [id, others] of [
      ['a', ['2028-02-24', '2028-03-23']],
      ['b', ['2028-02-10', '2028-03-23']],
      ['c', ['2028-02-10', '2028-02-24']],
    ] as const) {
      for (let i = 0; i < 80; i++) {
        const day = addDays(TODAY, i);
        const isClose = others.some((other) => Math.abs(daysBetween(other, day)) < 7);
        const signed = at(id, day, { by: 'Ada', reason: 'asked for' });
        expect(refusalOf(booked, place(signed))?.code === 'too-soon', `${id} ${day}`).toBe(isClose);
      }
    }
  });

  it('counts what the client has elsewhere', () => {
    const other: Visit = { id: 'x', kind: 'touch-up', status: 'booked', firstDay: '2028-03-01', lastDay: '2028-03-01' };
    const refusal = refusalOf(booked, place(at('b', '2028-02-25')), context(TODAY, [other]));
    expect(refusal).toEqual({ code: 'too-soon', id: 'b', earliest: '2028-03-08', conflictsWith: ['x'] });
  });

  it('keeps the order, and turns down days gone by', () => {
    expect(refusalOf(booked, place(at('b', '2028-03-31', { by: 'Ada', reason: 'asked' })))).toEqual({
      code: 'out-of-order',
      id: 'c',
    });
    expect(refusalOf(booked, place(at('a', '2028-01-31')))).toEqual({ code: 'place-past', id: 'a' });
  });

  it('goes outside the preferred window only with name and reason, which it keeps; nobody overrides the floor', () => {
    const soon = place(at('b', '2028-02-18'));
    expect(refusalOf(booked, soon)).toMatchObject({ code: 'needs-override', id: 'b', gapDays: 8 });
    for (const override of [
      { by: '', reason: 'healed' },
      { by: 'Ada', reason: ' ' },
    ]) {
      expect(refusalOf(booked, place(at('b', '2028-02-18', override)))?.code).toBe('needs-override');
    }
    const override = { by: 'Ada', reason: 'no scab left' };
    const signed = after(booked, [place(at('b', '2028-02-18', override), at('c', '2028-03-20'))]);
    expect(liveSessions(signed)[1]?.gapOverride).toEqual(override);
    expect(refusalOf(booked, place(at('b', '2028-02-16', override)))?.code).toBe('too-soon');
    expect(refusalOf(booked, place(at('c', '2029-03-23', override)))).toEqual({
      code: 'gap-too-long',
      id: 'c',
      gapDays: 393,
    });
  });

  it('asks nothing of gaps that the edit leaves as they are', () => {
    const place8 = { firstDay: '2028-02-16', lastDay: '2028-02-16', slot: null };
    const recorded = after(booked, [{ kind: 'record', id: 'a', place: place8 }, '2028-02-20']);
    expect(refusalOf(recorded, place(at('c', '2028-03-24')), context('2028-02-20'))).toBeNull();
    expect(refusalOf(recorded, place(at('b', '2028-02-24')), context('2028-02-20'))).toMatchObject({
      code: 'needs-override',
      gapDays: 8,
    });
  });

  it('never moves what has happened', () => {
    expect(refusalOf(firstDone, place(at('a', '2028-02-12')))).toEqual({ code: 'visit-frozen', id: 'a' });
    expect(refusalOf(booked, place(at('z', '2028-02-12')))).toEqual({ code: 'visit-unknown', id: 'z' });
  });
});

describe('the day of a session', () => {
  it('starts on its day only, and not when a recorded fact has come too close', () => {
    expect(refusalOf(booked, { kind: 'start', id: 'a' }, context('2028-02-09'))).toEqual({
      code: 'not-today',
      id: 'a',
    });
    const fact: Visit = { id: 'x', kind: 'session', status: 'done', firstDay: '2028-02-05', lastDay: '2028-02-05' };
    expect(refusalOf(booked, { kind: 'start', id: 'a' }, context('2028-02-10', [fact]))?.code).toBe('too-soon');
    for (const kind of ['start', 'finish'] as const)
      expect(refusalOf(three, { kind, id: 'a' })?.code).toBe('visit-frozen');
  });

  it('goes on the next day after an interruption, once, on untouched zones; then its last day counts', () => {
    const broken = after(
      booked,
      [{ kind: 'start', id: 'a' }, '2028-02-10'],
      [{ kind: 'interrupt', id: 'a', reason: 'felt faint', touchedZoneIds: ['front'] }, '2028-02-10'],
    );
    const go: CourseEdit = { kind: 'continue', id: 'a', reason: 'felt well again', zoneIds: ['crown'] };
    expect(refusalOf(broken, go, context('2028-02-12'))?.code).toBe('cannot-continue');
    expect(refusalOf(broken, { ...go, zoneIds: ['front'] }, context('2028-02-11'))).toMatchObject({
      why: { code: 'zones-touched' },
    });
    const longer = after(broken, [go, '2028-02-11'], [{ kind: 'finish', id: 'a' }, '2028-02-11']);
    expect(liveSessions(longer)[0]).toMatchObject({
      status: 'done',
      place: { firstDay: '2028-02-10', lastDay: '2028-02-11' },
    });
    const override = { by: 'Ada', reason: 'holiday' };
    expect(refusalOf(longer, place(at('b', '2028-02-17', override)), context('2028-02-12'))?.code).toBe('too-soon');
    expect(refusalOf(longer, place(at('b', '2028-02-18', override)), context('2028-02-12'))).toBeNull();
    const twice = after(
      broken,
      [go, '2028-02-11'],
      [{ kind: 'interrupt', id: 'a', reason: 'again', touchedZoneIds: [] }, '2028-02-11'],
    );
    expect(refusalOf(twice, go, context('2028-02-12'))?.code).toBe('cannot-continue');
    expect(courseStatus(after(broken, [{ kind: 'finish', id: 'a' }, '2028-02-10']))).toBe('in-progress');
  });

  it('leaves a missed session as a record, and a new one takes its number', () => {
    expect(refusalOf(booked, { kind: 'miss', id: 'b', replacementId: 'b2' }, context('2028-02-23'))?.code).toBe(
      'not-today',
    );
    const missed = after(firstDone, [{ kind: 'miss', id: 'b', replacementId: 'b2' }, '2028-02-24']);
    expect(missed.visits.map(({ id, n, status }) => [id, n, status])).toEqual([
      ['a', 1, 'done'],
      ['b', 2, 'no-show'],
      ['b2', 2, 'proposed'],
      ['c', 3, 'booked'],
    ]);
    const again = editCourse(missed, place(at('b2', '2028-02-25')), context('2028-02-24'));
    expect(again.kind).toBe('ok');
  });

  it('records a fact of the past even against the floor, flagged, and says which booking has to move', () => {
    const fact: CourseEdit = {
      kind: 'record',
      id: 'a',
      place: { firstDay: '2028-02-19', lastDay: '2028-02-19', slot: null },
    };
    expect(refusalOf(booked, fact, context('2028-02-18'))?.code).toBe('not-today');
    const verdict = editCourse(booked, fact, context('2028-02-20'));
    expect(verdict).toMatchObject({
      kind: 'ok',
      breaches: [{ earlier: 'a', later: 'b', gapDays: 5 }],
      mustMove: ['b'],
    });
  });
});

describe('a held course', () => {
  const pause: CourseEdit = { kind: 'pause', by: 'Ada', reason: 'surgery' };

  it('gives its bookings back and takes no edit until it is resumed; then all are booked again at once', () => {
    const paused = after(firstDone, [pause, '2028-02-12']);
    expect(courseStatus(paused)).toBe('paused');
    expect(daysOf(paused)).toEqual(['2028-02-10', undefined, undefined]);
    expect(refusalOf(paused, place(at('b', '2028-06-01'), at('c', '2028-07-01')))).toEqual({
      code: 'course-held',
      hold: 'paused',
    });
    const resumed = after(paused, [{ kind: 'resume' }, '2028-05-20']);
    const override = { by: 'Ada', reason: 'paused for surgery' };
    expect(refusalOf(resumed, place(at('b', '2028-06-01', override)), context('2028-05-20'))?.code).toBe('incomplete');
    const whole = after(resumed, [place(at('b', '2028-06-01', override), at('c', '2028-06-29')), '2028-05-20']);
    expect(daysOf(whole)).toEqual(['2028-02-10', '2028-06-01', '2028-06-29']);
  });

  it('is cancelled with name and reason, keeps what was done, and can be taken up again', () => {
    expect(refusalOf(firstDone, { kind: 'cancel', by: 'Ada', reason: '' })?.code).toBe('reason-missing');
    const cancelled = after(firstDone, [{ kind: 'cancel', by: 'Ada', reason: 'moves abroad' }, '2028-02-12']);
    expect(cancelled.visits.map(({ status }) => status)).toEqual(['done', 'cancelled', 'cancelled']);
    expect(placedVisits(cancelled).map(({ id }) => id)).toEqual(['a']);
    expect(refusalOf(cancelled, { kind: 'cancel', by: 'Ada', reason: 'twice' })?.code).toBe('course-held');
    const resumed = after(cancelled, [{ kind: 'resume' }, '2028-02-20']);
    expect(resumed.visits.map(({ status }) => status)).toEqual(['done', 'proposed', 'proposed']);
    expect(refusalOf(resumed, { kind: 'resume' })?.code).toBe('not-held');
  });

  it('is not held while the needle is at work', () => {
    const running = after(booked, [{ kind: 'start', id: 'a' }, '2028-02-10']);
    expect(refusalOf(running, pause)).toEqual({ code: 'visit-frozen', id: 'a' });
  });
});

describe('after the sessions', () => {
  it('touch-ups and reviews join the same course; a touch-up keeps the floor, a review does not need to', () => {
    expect(refusalOf(firstDone, { kind: 'add', id: 't', visit: 'touch-up' })?.code).toBe('sessions-unfinished');
    const more = after(
      allDone,
      [{ kind: 'add', id: 't', visit: 'touch-up' }],
      [{ kind: 'add', id: 'v', visit: 'review' }],
    );
    expect(courseStatus(more)).toBe('done');
    const today = context('2028-03-24');
    expect(refusalOf(more, place(at('t', '2028-03-29')), today)?.code).toBe('too-soon');
    expect(refusalOf(more, place(at('v', '2028-03-29')), today)).toBeNull();
    expect(refusalOf(more, place(at('t', '2028-03-30')), today)).toBeNull();
    const dropped = after(more, [{ kind: 'drop', id: 't' }]);
    expect(dropped.visits.at(-2)?.status).toBe('cancelled');
    expect(refusalOf(more, { kind: 'drop', id: 'a' })?.code).toBe('visit-frozen');
  });

  it('a fourth session joins, and a third leaves while it is open; two or five need a reason', () => {
    const four = after(allDone, [{ kind: 'resize', sessions: 4, reason: null, newIds: ['d'] }]);
    expect(courseStatus(four)).toBe('in-progress');
    expect(daysOf(after(four, [place(at('d', '2028-04-20')), '2028-03-24']))).toHaveLength(4);
    const two: CourseEdit = { kind: 'resize', sessions: 2, reason: 'dense enough', newIds: [] };
    expect(liveSessions(after(firstDone, [two])).map(({ id }) => id)).toEqual(['a', 'b']);
    expect(refusalOf(firstDone, { ...two, reason: null })).toEqual({ code: 'sessions-count', sessions: 2 });
    expect(refusalOf(allDone, two)).toEqual({ code: 'visit-frozen', id: 'c' });
    expect(refusalOf(allDone, { ...two, sessions: 5 })?.code).toBe('ids-missing');
  });
});

describe('editCourse', () => {
  it('keeps one session a number, what is done, and the floor, through 40,000 random edits (seed 41)', () => {
    const random = seededGenerator(41);
    const whole = (most: number): number => Math.floor(random() * most);
    const counts: Record<string, number> = {};
    let breaches = 0;
    for (let round = 0; round < 1000; round++) {
      let today = addDays('2028-02-01', whole(40));
      let nextId = 0;
      const id = (): string => `v${nextId++}`;
      const size = 2 + whole(4);
      let course = newCourse(Array.from({ length: size }, id), 'drawn');
      for (let step = 0; step < 40; step++) {
        const pick = course.visits[whole(course.visits.length)]!.id;
        // Most picks at random are refused at once; these lead on.
        const ofToday = course.visits.find(({ status, place }) => status === 'booked' && place!.firstDay === today);
        const running = course.visits.find(({ status }) => status === 'in-progress')?.id ?? pick;
        const broken = course.visits.find(
          ({ status, place }) => status === 'interrupted' && addDays(place!.firstDay, 1) === today,
        );
        const goOn: CourseEdit = { kind: 'continue', id: broken?.id ?? pick, reason: 'drawn', zoneIds: ['crown'] };
        const override = random() < 0.7 ? { by: 'Ada', reason: 'drawn' } : null;
        const day = (): string => addDays(today, whole(90) - 2);
        const open = course.visits.filter(({ status }) => status === 'proposed' || status === 'booked');
        let next = addDays(today, whole(9));
        const edits: CourseEdit[] = [
          place(at(pick, day(), override)),
          place(...open.map((visit) => at(visit.id, (next = addDays(next, 5 + whole(30))), override))),
          { kind: 'start', id: ofToday?.id ?? pick },
          { kind: 'start', id: ofToday?.id ?? pick },
          { kind: 'finish', id: random() < 0.2 ? pick : running },
          { kind: 'interrupt', id: running, reason: 'drawn', touchedZoneIds: ['front'] },
          goOn,
          { kind: 'miss', id: pick, replacementId: id() },
          { kind: 'record', id: pick, place: { firstDay: addDays(today, -whole(9)), lastDay: today, slot: null } },
          { kind: random() < 0.8 ? 'pause' : 'cancel', by: 'Ada', reason: 'drawn' },
          { kind: 'resume' },
          { kind: 'resume' },
          { kind: 'resize', sessions: 1 + whole(7), reason: 'drawn', newIds: [id(), id(), id(), id(), id()] },
          { kind: 'add', id: id(), visit: random() < 0.5 ? 'touch-up' : 'review' },
          { kind: 'drop', id: pick },
        ];
        const edit = broken && random() < 0.5 ? goOn : edits[whole(edits.length)]!;
        const before = JSON.stringify(course);
        const verdict = editCourse(course, edit, context(today));
        expect(JSON.stringify(course)).toBe(before);
        if (verdict.kind === 'ok') {
          const done = course.visits.filter(({ status }) => status === 'done' || status === 'no-show');
          for (const visit of done) expect(verdict.course.visits).toContainEqual(visit);
          course = verdict.course;
          counts[edit.kind] = (counts[edit.kind] ?? 0) + 1;
          expect(liveSessions(course).map(({ n }) => n)).toEqual(
            Array.from({ length: course.sessions }, (_, i) => i + 1),
          );
          const counted = placedVisits(course).filter(isUnderFloor);
          for (const a of counted) {
            for (const b of counted) {
              if (
                a === b ||
                Math.abs(daysBetween(a.lastDay, b.firstDay)) >= 7 ||
                daysBetween(a.firstDay, b.lastDay) < 0
              )
                continue;
              // Only a fact that was recorded stands too close, never two bookings.
              expect(isFact(a) || isFact(b), JSON.stringify([edit, a, b])).toBe(true);
              breaches++;
            }
          }
        }
        const soon = course.visits
          .map(({ place }) => place?.firstDay ?? '')
          .filter((day) => day > today)
          .toSorted()[0];
        const isBroken = course.visits.some(
          ({ status, place }) => status === 'interrupted' && place!.firstDay === today,
        );
        if (isBroken && random() < 0.5) today = addDays(today, 1);
        else if (random() < 0.4 && soon) today = soon;
        else if (random() < 0.1) today = addDays(today, whole(6));
      }
    }
    for (const kind of [
      'place',
      'start',
      'finish',
      'interrupt',
      'continue',
      'miss',
      'record',
      'pause',
      'cancel',
      'resume',
      'resize',
      'add',
      'drop',
    ]) {
      expect(counts[kind] ?? 0, kind).toBeGreaterThan(20);
    }
    expect(breaches).toBeGreaterThan(0);
  });
});
