import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import {
  LONG_SESSION_HOURS,
  SESSION_PACE_DEFAULTS,
  sessionHours,
  WORK_EFFORT,
  type WorkKind,
} from './session-hours.ts';

const KINDS = Object.keys(WORK_EFFORT) as WorkKind[];

describe('sessionHours', () => {
  it('takes 3.0, 3.1 and 2.5 hours for the reference head, 35 dots a minute from door to door', () => {
    const dots = [0.3, 0.4, 0.3].map((share) => Math.round(210 * 85 * share));
    const sessions = dots.map((bald, i) => sessionHours(i + 1, { bald }));
    expect(sessions.map(({ hours }) => hours.value)).toEqual([3, 3.1, 2.5]);
    const minutes = sessions.reduce((sum, session) => sum + session.minutes.total, 0);
    expect((210 * 85) / minutes).toBeCloseTo(35, 0);
  });

  it('prints a formula whose terms add up to its result (2,000 draws, seed 6)', () => {
    const random = seededGenerator(6);
    for (let i = 0; i < 2000; i++) {
      const n = 1 + (i % 4);
      const dots = Object.fromEntries(KINDS.map((kind) => [kind, Math.floor(random() * 4000)]));
      const { formula, minutes, hours, isLong } = sessionHours(n, dots);
      const { work, setUp, drawing, numbing, breaks, total } = minutes;
      expect(work + setUp + drawing + numbing + breaks).toBe(total);

      const match =
        /= (\d+) min [+] set-up (\d+)(?: [+] drawing (\d+))? [+] numbing (\d+)(?: [+] (\d+) x (\d+) break)? = (\d+) min = ([\d.]+) h$/.exec(
          formula,
        );
      expect(match, formula).not.toBeNull();
      const [printedWork, s, d, nb, count, each, printedTotal, printedHours] = match!
        .slice(1)
        .map((text) => Number(text ?? 0));
      expect(printedWork! + s! + d! + nb! + count! * each!).toBe(printedTotal);
      expect(printedTotal).toBe(total);
      expect(printedHours).toBe(hours.value);
      expect(Math.abs(hours.value * 60 - total)).toBeLessThanOrEqual(3 + 1e-9);
      expect(isLong).toBe(hours.value > LONG_SESSION_HOURS);

      const effort = KINDS.reduce((sum, kind) => sum + dots[kind]! * WORK_EFFORT[kind], 0);
      expect(work).toBe(Math.ceil(effort / SESSION_PACE_DEFAULTS.dotsPerMinute));
      expect(Number(/^(\d+) dots/.exec(formula)![1])).toBe(KINDS.reduce((sum, kind) => sum + dots[kind]!, 0));
    }
  });

  it('draws the plan on the client at the first session only', () => {
    expect([1, 2, 3].map((n) => sessionHours(n, { bald: 1000 }).minutes.drawing)).toEqual([30, 0, 0]);
  });

  it('breaks between 75 minutes of work, never after the last', () => {
    const breaks = (minutes: number): number => sessionHours(2, { bald: minutes * 52 }).minutes.breaks;
    expect([0, 1, 75, 76, 150, 151, 226].map(breaks)).toEqual([0, 0, 0, 10, 10, 20, 30]);
  });

  it('never takes less time for more dots or slower skin, and holds its value between low and high', () => {
    let before = 0;
    for (let dots = 0; dots <= 20000; dots += 50) {
      const { hours, minutes } = sessionHours(2, { bald: dots });
      expect(minutes.total).toBeGreaterThanOrEqual(before);
      expect(hours.low).toBeLessThanOrEqual(hours.value);
      expect(hours.value).toBeLessThanOrEqual(hours.high);
      for (const kind of KINDS)
        expect(sessionHours(2, { [kind]: dots }).minutes.total).toBeGreaterThanOrEqual(minutes.total);
      before = minutes.total;
    }
  });

  it('brackets its hours by the pace divided and multiplied by the spread', () => {
    const faster = { ...SESSION_PACE_DEFAULTS, dotsPerMinute: 52 * 1.8 };
    const slower = { ...SESSION_PACE_DEFAULTS, dotsPerMinute: 52 / 1.8 };
    const { hours } = sessionHours(1, { bald: 5355 });
    expect(hours.low).toBe(sessionHours(1, { bald: 5355 }, faster).hours.value);
    expect(hours.high).toBe(sessionHours(1, { bald: 5355 }, slower).hours.value);
  });

  it('refuses counts and paces that are none', () => {
    for (const bald of [-1, 0.5, NaN]) expect(() => sessionHours(1, { bald })).toThrow(RangeError);
    for (const wrong of [
      { dotsPerMinute: 0 },
      { spread: 0.9 },
      { workBetweenBreaksMinutes: 0 },
      { dotsPerMinute: NaN },
    ]) {
      expect(() => sessionHours(1, { bald: 1 }, { ...SESSION_PACE_DEFAULTS, ...wrong })).toThrow(RangeError);
    }
  });
});
