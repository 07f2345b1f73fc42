import { describe, expect, it } from 'vitest';
import { courses } from './courses.ts';
import { instant, line, MOST_COUNTED, plainDay, text, version } from './route.ts';

const passes = (schema: { safeParse(value: unknown): { success: boolean } }, value: unknown): boolean =>
  schema.safeParse(value).success;

describe('what the database could not keep', () => {
  it('is refused in texts: a character of the value zero', () => {
    expect(passes(text(10), 'a\u0000b')).toBe(false);
    expect(passes(line(10), 'a\u0000b')).toBe(false);
    expect(text(10).parse(' two\nlines ')).toBe('two\nlines');
  });

  it('is put right in texts: half a character, while whole ones of two halves stay', () => {
    expect(text(10).parse('cut \ud83d')).toBe('cut \ufffd');
    expect(line(10).parse('\ude00 cut')).toBe('\ufffd cut');
    expect(line(10).parse('whole 😀')).toBe('whole 😀');
  });

  it('is refused in dates: years that the calendar of courses does not know', () => {
    for (const year of ['0000', '0205', '1899', '2200', '9999']) {
      expect(passes(plainDay, `${year}-03-01`)).toBe(false);
      expect(passes(instant, `${year}-03-01T10:00:00Z`)).toBe(false);
    }
    for (const year of ['1900', '2028', '2199']) {
      expect(passes(plainDay, `${year}-03-01`)).toBe(true);
      expect(passes(instant, `${year}-03-01T10:00:00.000Z`)).toBe(true);
    }
    expect(passes(plainDay, '2027-02-29')).toBe(false);
  });

  it('is refused in versions: more than a column of whole numbers holds', () => {
    expect(passes(version, MOST_COUNTED)).toBe(true);
    expect(passes(version, MOST_COUNTED + 1)).toBe(false);
  });
});

describe('wishes for a course', () => {
  const wish = (rest: object) => ({
    clientId: ID,
    locationId: ID,
    skill: 'shaved',
    sessions: 3,
    ...rest,
  });
  const ID = '00000000-0000-4000-8000-000000000000';
  const isTaken = (rest: object): boolean => passes(courses.proposeCourse['~orpc'].inputSchema!, wish(rest));

  it('are refused when days or hours end before they begin, or are no hours of a day', () => {
    const away = (firstDay: string, lastDay: string) => ({ blackOuts: [{ firstDay, lastDay, kind: 'away' }] });
    expect(isTaken(away('2027-05-01', '2027-05-01'))).toBe(true);
    expect(isTaken(away('2027-05-05', '2027-05-01'))).toBe(false);
    const suits = (from: number, to: number) => ({ suits: [{ weekday: 1, from, to }] });
    expect(isTaken(suits(540, 720))).toBe(true);
    expect(isTaken(suits(720, 540))).toBe(false);
    expect(isTaken(suits(-1, 9_007_199_254_740_991))).toBe(false);
  });
});
