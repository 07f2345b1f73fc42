import { describe, expect, it } from 'vitest';
import { typedOf, USUAL_WEEK, weeklyOf } from './hours-fields.tsx';

describe('hours of a week', () => {
  it('are read back as they were shown, to the end of the day', () => {
    const weekly = [[{ from: 0, to: 1440 }], ...USUAL_WEEK.slice(1)];
    expect(weeklyOf(typedOf(weekly))).toEqual(weekly);
  });

  it('are none while a span ends before it begins or cannot be read', () => {
    const monday = (from: string, to: string) => weeklyOf([[{ from, to }], [], [], [], [], [], []]);
    expect(monday('09:00', '18:00')).not.toBeNull();
    expect([monday('18:00', '09:00'), monday('09:00', '09:00'), monday('9', '18:00'), monday('09:00', '')]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
