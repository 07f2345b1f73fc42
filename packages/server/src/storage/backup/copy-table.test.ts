import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { testStorage } from '../testing/test-database.ts';
import { copyOut } from './copy-table.ts';

const ROWS = 400;
const TEXT = `repeat(md5(n::text), 20 + n % 23)`;

it('gives a slow reader what the database sent, and not what came into the same memory later', async () => {
  const owner = await (await testStorage()).database.connectOwner();
  try {
    const read = createHash('md5');
    // Slowly too, so that it comes in pieces that end amid a row, the next before the last is read.
    const statement = `copy (select ${TEXT} from generate_series(1, ${ROWS}) n, pg_sleep(0.001 + n * 0)) to stdout`;
    for await (const part of copyOut(owner, statement) as AsyncIterable<Buffer>) {
      await delay(20);
      read.update(part);
    }
    const { rows } = await owner.query<{ sent: string }>(
      `select md5(string_agg(${TEXT} || chr(10), '' order by n)) as sent from generate_series(1, ${ROWS}) n`,
    );
    expect(read.digest('hex')).toBe(rows[0]!.sent);
  } finally {
    await owner.end();
  }
});
