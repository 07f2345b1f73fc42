/**
 * The photos of a record as the planning page takes them, and the other way round.
 *
 * A plan names its photos by the hash of their bytes. One that was planned on before it was kept has other bytes in the
 * record, since place and device were taken out, and nothing proves that it is the same picture. Then the photo from
 * before the treatment of the same view and size that was added nearest to the plan's day, and not after it, stands in,
 * and its view is told as a stand-in. Where the record has none of these the view stays without a photo.
 */
import type { PlanPhoto } from '@stipple/core/plan/plan-document.ts';
import { api, fileUrl, type Answers } from '../api/api.ts';
import type { PhotoToKeep } from '../api/keep-order.ts';

export type Photo = Answers['photos']['items'][number];
export type RecordView = Photo['view'];

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

export interface PhotoBytes {
  readonly blob: Blob;
  readonly sha256: string;
}
export type ReadPhoto = (photo: Photo) => Promise<PhotoBytes>;

/** Reads photos of the record, each once. */
export function photoReader(): ReadPhoto {
  const asked = new Map<string, Promise<PhotoBytes>>();
  return (photo) => {
    const bytes = asked.get(photo.id) ?? readPhoto(photo);
    asked.set(photo.id, bytes);
    return bytes;
  };
}

async function readPhoto({ id }: Photo): Promise<PhotoBytes> {
  const answer = await fetch(fileUrl(`/photos/${id}/file`));
  if (!answer.ok) throw new Error(`photo ${id}: ${answer.status}`);
  const blob = await answer.blob();
  const digest = await crypto.subtle.digest('SHA-256', await blob.arrayBuffer());
  return { blob, sha256: Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('') };
}

const fileOf = (view: string, { blob, sha256 }: PhotoBytes): PhotoToKeep => ({
  view,
  file: new File([blob], `${view} of the record`, { type: blob.type }),
  sha256,
});

export const photosOf = async (clientId: string): Promise<readonly Photo[]> => (await api.photos({ clientId })).items;

/** The newest photo before treatment of each view that a plan can be made on. */
export function photosForNewPlan(photos: readonly Photo[], read: ReadPhoto): Promise<PhotoToKeep[]> {
  const newestFirst = photos.toSorted((a, b) => b.addedAt.localeCompare(a.addedAt));
  const found = Object.entries(RECORD_VIEWS).flatMap(([view, of]) => {
    const photo = newestFirst.find((one) => one.view === of && one.stage === 'before');
    return photo ? [read(photo).then((bytes) => fileOf(view, bytes))] : [];
  });
  return Promise.all(found);
}

export interface PhotosOfPlan {
  readonly photos: readonly PhotoToKeep[];
  /** Views whose photo is not proven to be the plan's. */
  readonly standIns: readonly string[];
  readonly withoutPhoto: readonly string[];
}

/**
 * For each photo of a plan the very one, or what may stand in for it.
 *
 * @param keptAt instant at which this version of the plan was kept
 */
export async function photosOfPlan(
  photos: readonly Photo[],
  planned: readonly Pick<PlanPhoto, 'view' | 'sha256' | 'widthPx' | 'heightPx'>[],
  keptAt: string,
  read: ReadPhoto,
): Promise<PhotosOfPlan> {
  const found: PhotoToKeep[] = [];
  const standIns: string[] = [];
  const withoutPhoto: string[] = [];
  const awayMs = ({ addedAt }: Photo): number => Math.abs(Date.parse(keptAt) - Date.parse(addedAt));
  const nearestFirst = photos.toSorted((a, b) => awayMs(a) - awayMs(b));
  for (const { view, sha256, widthPx, heightPx } of planned) {
    let standIn: PhotoBytes | null = null;
    let isSame = false;
    for (const photo of nearestFirst) {
      if (photo.view !== recordViewOf(view) || photo.widthPx !== widthPx || photo.heightPx !== heightPx) continue;
      const bytes = await read(photo);
      isSame = bytes.sha256 === sha256;
      if (isSame) standIn = bytes;
      else if (photo.stage === 'before' && Date.parse(photo.addedAt) <= Date.parse(keptAt)) standIn ??= bytes;
      if (isSame) break;
    }
    if (standIn) found.push(fileOf(view, standIn));
    else withoutPhoto.push(view);
    if (standIn && !isSame) standIns.push(view);
  }
  return { photos: found, standIns, withoutPhoto };
}
