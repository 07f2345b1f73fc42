import { describe, expect, it } from 'vitest';
import { photosOfPlan, type Photo, type ReadPhoto } from './kept-photos.ts';

const KEPT_AT = '2026-05-10T12:00:00.000Z';
const SIZE = { widthPx: 1200, heightPx: 1600 };
const photo = (id: string, addedAt: string, more: Partial<Photo> = {}): Photo => ({
  id,
  view: 'front',
  stage: 'before',
  takenOn: null,
  addedAt: `2026-${addedAt}T12:00:00.000Z`,
  ...SIZE,
  ...more,
});
const planned = (view: string) => ({ view, sha256: `bytes of ${view}`, ...SIZE });

/** A record in which each photo's bytes are told by `sums`, and what was read of it. */
function recordOf(sums: Readonly<Record<string, string>> = {}) {
  const read: string[] = [];
  const readPhoto: ReadPhoto = async ({ id }) => {
    read.push(id);
    return { blob: new Blob([id]), sha256: sums[id] ?? `bytes of ${id}` };
  };
  return { read, readPhoto };
}

const chosenOf = async (photos: readonly Photo[], views: readonly string[], sums: Record<string, string> = {}) => {
  const { read, readPhoto } = recordOf(sums);
  const found = await photosOfPlan(photos, views.map(planned), KEPT_AT, readPhoto);
  const ids = await Promise.all(found.photos.map(({ file }) => file.text()));
  return { ids, read, standIns: found.standIns, withoutPhoto: found.withoutPhoto };
};

describe('photos of a kept plan', () => {
  it('are the very ones wherever the record has them, of whatever day and stage', async () => {
    const photos = [photo('near', '05-09'), photo('same', '07-01', { stage: 'healed' })];
    const found = await chosenOf(photos, ['front'], { same: 'bytes of front' });
    expect(found).toMatchObject({ ids: ['same'], standIns: [], withoutPhoto: [] });
  });

  it('are stood in for by the one from before treatment kept last until the plan was, and this is told', async () => {
    const photos = [
      photo('later', '05-11'),
      photo('old', '02-01'),
      photo('near', '05-10'),
      photo('fresh', '05-10', { stage: 'fresh' }),
      photo('small', '05-10', { widthPx: 600 }),
    ];
    expect(await chosenOf(photos, ['front'])).toMatchObject({ ids: ['near'], standIns: ['front'], withoutPhoto: [] });
  });

  it('are missing rather than of another stage or a later day', async () => {
    const photos = [photo('later', '05-11'), photo('healed', '05-01', { stage: 'healed' })];
    expect(await chosenOf(photos, ['front'])).toMatchObject({ ids: [], standIns: [], withoutPhoto: ['front'] });
  });

  it('are looked for among those of their own view', async () => {
    const photos = [photo('front', '05-01'), photo('side', '05-02', { view: 'left' })];
    const found = await chosenOf(photos, ['left'], { front: 'bytes of left' });
    expect(found).toMatchObject({ ids: ['side'], read: ['side'], standIns: ['left'] });
  });
});
