import { asJson } from '../connection.ts';
import { InstantRange } from '../instant-range.ts';
import { sealJson } from '../keys/seal.ts';
import { sealedPlaces } from '../sealed-places.ts';
import type { Storage } from '../storage.ts';
import { testId } from './test-database.ts';

/** What text formats stumble over. */
export const AWKWARD = 'Zoë\ttab\nline\r\\.\\N "quoted" \u{1F9D1} \u0001';

/**
 * Rows of every kind of column: ranges, arrays, days, bytes, JSON, numbers that the database gives, columns that it
 * computes, a row that points at another of its own table, and two facts that break the floor.
 */
export async function fillStudio(storage: Storage, studioId: string): Promise<void> {
  const at = new Date('2026-11-25T02:00:00.123Z');
  const [locationId, practitionerId, clientId, mergedId] = [testId(), testId(), testId(), testId()];
  await storage.inStudio(studioId, async (tx) => {
    const place = { studioId, timeZone: 'Asia/Kathmandu', opening: asJson([1, { a_b: [null] }]) };
    await tx
      .insertInto('locations')
      .values({ ...place, id: locationId, name: '0' })
      .execute();
    const practitioner = { studioId, id: practitionerId, locationId, name: AWKWARD, hours: asJson({}) };
    await tx
      .insertInto('practitioners')
      .values({ ...practitioner, skills: ['shaved', AWKWARD, 'NULL', ''] })
      .execute();
    const row = { studioId, change: 1, createdAt: at, updatedAt: at };
    const key = await storage.keys.create(tx, { studioId, ownerId: clientId, purpose: 'care' }, testId(), at);
    const sealed = sealJson(key.bytes, sealedPlaces.profile(studioId, clientId), { name: AWKWARD });
    await tx
      .insertInto('clients')
      .values({ ...row, id: clientId, status: 'active', sealed })
      .execute();
    const merged = { ...row, id: mergedId, status: 'merged', mergedInto: clientId, sealed };
    await tx.insertInto('clients').values(merged).execute();
    for (const day of ['2026-10-24', '2026-10-25']) {
      const during = new InstantRange(new Date(`${day}T00:30:00Z`), new Date(`${day}T02:15:00.5Z`));
      const fact = {
        studioId,
        clientId,
        locationId,
        practitionerId,
        during,
        firstDay: day,
        lastDay: day,
        isFact: true,
      };
      const rest = { kind: 'touch-up', status: 'done', byVideo: true, createdAt: at, updatedAt: at };
      await tx
        .insertInto('appointments')
        .values({ ...fact, ...rest, id: testId(), flags: ['too-soon'] })
        .execute();
    }
    const content = asJson({ text: AWKWARD, n: 0.1, big: 12345678901234567000 });
    await tx.insertInto('libraries').values({ studioId, kind: AWKWARD, version: 1, content, createdAt: at }).execute();
  });
}
