import { sql } from 'kysely';
import { describe, expect, it } from 'vitest';
import { asJson } from './connection.ts';
import { InstantRange } from './instant-range.ts';
import { testDatabase } from './testing/test-database.ts';

describe('values', () => {
  it('come back from PostgreSQL as they went, in a server of any time zone', async () => {
    const { db } = await testDatabase();
    const range = new InstantRange(new Date('2026-03-29T00:30:00Z'), new Date('2026-03-29T01:45:12.345Z'));
    for (const zone of ['UTC', 'Asia/Kathmandu', 'America/St_Johns']) {
      const row = await db.transaction().execute(async (tx) => {
        await sql`select set_config('timezone', ${zone}, true)`.execute(tx);
        const { rows } = await sql<Record<string, unknown>>`
          select ${range}::tstzrange as range, '2026-03-29'::date as day, 9007199254740991 as count,
            ${asJson([1, { a_b: [null] }])} as json, ${new Date('2026-03-29T01:00:00.001Z')}::timestamptz as instant`.execute(
          tx,
        );
        return rows[0];
      });
      expect(row).toEqual({
        range,
        day: '2026-03-29',
        count: 9007199254740991,
        json: [1, { a_b: [null] }],
        instant: new Date('2026-03-29T01:00:00.001Z'),
      });
    }
  });

  it('are refused where a number would lose digits', async () => {
    const { db } = await testDatabase();
    await expect(sql`select 9007199254740993`.execute(db)).rejects.toThrow(/beyond 2\^53/);
  });

  it('that are stretches of time end after they start', () => {
    const noon = new Date('2026-01-01T12:00:00Z');
    expect(() => new InstantRange(noon, noon)).toThrow(RangeError);
    for (const text of [
      'empty',
      '(,)',
      '["2026-01-01 12:00:00+00",)',
      '["2026-01-01 12:00:00+00","2026-01-01 13:00:00+00"]',
    ])
      expect(() => InstantRange.parse(text)).toThrow(RangeError);
  });
});
