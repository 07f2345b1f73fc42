/**
 * A program that writes to a studio as fast as it can and says what was committed: the load under which tests kill
 * processes and make backups. Bundled and run by run-writer.ts.
 *
 *   node writer.mjs DATA_FOLDER STUDIO_ID
 *
 * Every line it prints is the number of a transaction that was acknowledged; number n wrote the location and the audit
 * entry that carry n. It knows only its folder, as any other Stipple.
 */
import { randomBytes } from 'node:crypto';
import { writeSync } from 'node:fs';
import { appendAudit } from '../audit.ts';
import { newId } from '../new-id.ts';
import { openStorage } from '../open-storage.ts';
import { readStorageSettings } from '../storage-settings.ts';

const [folder = '', studioId = ''] = process.argv.slice(2);
const AT_ONCE = 4;

const now = () => new Date();
const surroundings = { env: process.env, platform: process.platform, home: '/nowhere', isRoot: false };
const storage = await openStorage(readStorageSettings(folder, surroundings));
const id = () => newId({ now, randomBytes });

const { last } = await storage.inStudio(studioId, (tx) =>
  tx
    .selectFrom('locations')
    .select(({ fn, cast }) => fn.max(cast<number>('name', 'integer')).as('last'))
    .executeTakeFirstOrThrow(),
);
let n = last ?? 0;

async function write(): Promise<never> {
  for (;;) {
    const mine = ++n;
    await storage.inStudio(studioId, async (tx) => {
      await tx
        .insertInto('locations')
        .values({ studioId, id: id(), name: String(mine), timeZone: 'UTC', opening: '{}' })
        .execute();
      await appendAudit(tx, {
        studioId,
        at: now(),
        actorKind: 'system',
        actorId: null,
        action: 'location.create',
        subjectKind: 'location',
        subjectId: null,
        detail: { n: mine },
      });
    });
    writeSync(1, `${mine}\n`);
  }
}

await Promise.all(Array.from({ length: AT_ONCE }, write));
