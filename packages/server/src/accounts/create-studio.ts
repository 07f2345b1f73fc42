/** A new studio with what it cannot do without: its key, settings, a place with opening hours, a room. */
import type { Transaction } from 'kysely';
import type { StudioSettings } from '@stipple/files/wire/settings.ts';
import { asJson } from '../storage/connection.ts';
import type { Storage } from '../storage/storage.ts';
import type { Tables } from '../storage/tables.ts';

export const STUDIO_SETTINGS_DEFAULTS: StudioSettings = {
  gapsDays: [14, 28],
  depositBasisPoints: 2000,
  quoteValidDays: 60,
  aftercare: 'strict',
  retentionYears: 10,
  recoverySheetOn: null,
  turnaroundMinutes: 15,
};

const DAY = [{ from: 9 * 60, to: 18 * 60 }];
/** Tuesday to Saturday, nine to six: to be changed by the studio. */
export const USUAL_WEEK = [[], DAY, DAY, DAY, DAY, DAY, []];

export interface NewStudio {
  readonly id: string;
  readonly name: string;
  readonly timeZone: string;
  readonly currency: string;
  readonly isDemo: boolean;
}

/** @param tx of that studio, whose id may not be in use yet */
export async function createStudio(
  tx: Transaction<Tables>,
  { storage, now, newId }: { storage: Storage; now: () => Date; newId: () => string },
  { id: studioId, name, timeZone, currency, isDemo }: NewStudio,
): Promise<{ readonly locationId: string; readonly roomId: string }> {
  const [locationId, roomId] = [newId(), newId()];
  await tx
    .insertInto('studios')
    .values({
      id: studioId,
      name,
      timeZone,
      currency,
      settings: asJson({ ...STUDIO_SETTINGS_DEFAULTS }),
      isDemo,
      createdAt: now(),
    })
    .execute();
  await storage.keys.create(tx, { studioId, ownerId: studioId, purpose: 'studio' }, newId(), now());
  await tx
    .insertInto('locations')
    .values({
      studioId,
      id: locationId,
      name,
      timeZone,
      opening: asJson({ weekly: USUAL_WEEK, exceptions: [] }),
    })
    .execute();
  await tx.insertInto('rooms').values({ studioId, id: roomId, locationId, name: 'Room 1' }).execute();
  return { locationId, roomId };
}
