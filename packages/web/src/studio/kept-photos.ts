/**
 * The photos of a record as the planning page takes them, and the other way round.
 *
 * A plan names its photos by the hash of their bytes. One that was planned on before it was kept has other bytes in the
 * record, since place and device were taken out; its picture is the same sample for sample, so one of the same view and
 * size stands in for it.
 */
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { api, fileUrl, type Answers } from '../api/api.ts';
import type { OpenedRecord } from '../api/keep-order.ts';

type Photo = Answers['photos']['items'][number];
export type RecordView = Photo['view'];
type KeptFile = OpenedRecord['photos'][number];

/** Views by both names; of others the record keeps a detail. */
const RECORD_VIEWS: Readonly<Record<string, RecordView>> = {
  front: 'front',
  bowed: 'front-bowed',
  left: 'left',
  right: 'right',
  back: 'back',
  top: 'top',
};
export const recordViewOf = (view: string): RecordView => RECORD_VIEWS[view] ?? 'detail';

async function fileOf(photo: Photo, view: string): Promise<KeptFile> {
  const answer = await fetch(fileUrl(`/photos/${photo.id}/file`));
  if (!answer.ok) throw new Error(`photo ${photo.id}: ${answer.status}`);
  const blob = await answer.blob();
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  const sha256 = Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
  return { view, file: new File([blob], `${view} of the record`, { type: blob.type }), sha256 };
}

/** The newest photo before treatment of each view that a plan can be made on. */
export async function photosForNewPlan(clientId: string): Promise<KeptFile[]> {
  const newestFirst = await newestPhotos(clientId);
  const found = Object.entries(RECORD_VIEWS).flatMap(([view, of]) => {
    const photo = newestFirst.find((one) => one.view === of && one.stage === 'before');
    return photo ? [fileOf(photo, view)] : [];
  });
  return Promise.all(found);
}

/** For each photo of the plan the very one, or the newest of its view and size. */
export async function photosOfPlan(clientId: string, { photos }: PlanDocument): Promise<KeptFile[]> {
  const newestFirst = await newestPhotos(clientId);
  const found: KeptFile[] = [];
  for (const { view, sha256, widthPx, heightPx } of photos) {
    const ofSize = newestFirst.filter((one) => one.widthPx === widthPx && one.heightPx === heightPx);
    const isOfView = (one: Photo): boolean => one.view === recordViewOf(view);
    const candidates = [...ofSize.filter(isOfView), ...ofSize.filter((one) => !isOfView(one))];
    let standIn: KeptFile | null = null;
    for (const photo of candidates) {
      const file = await fileOf(photo, view);
      if (file.sha256 === sha256) {
        standIn = file;
        break;
      }
      if (isOfView(photo)) standIn ??= file;
    }
    if (standIn) found.push(standIn);
  }
  return found;
}

async function newestPhotos(clientId: string): Promise<Photo[]> {
  const { items } = await api.photos({ clientId });
  return items.toSorted((a, b) => b.addedAt.localeCompare(a.addedAt));
}
