import type { PlanPhoto } from '@stipple/core/plan/plan-document.ts';
import { sha256Of } from '../workers/sha256-of.ts';
import type { Assigned } from './assign-views.ts';
import { openPhoto } from './open-photo.ts';
import { labelOfView, type ViewName } from './views.ts';

export type WantedPhoto = Pick<PlanPhoto, 'view' | 'sha256' | 'widthPx' | 'heightPx'>;

/** Which of the files are the photos of a plan: those with the same bytes, whatever their names. */
export async function photosOfPlan(
  wanted: readonly WantedPhoto[],
  files: readonly File[],
): Promise<{ readonly taken: readonly Assigned[]; readonly left: readonly File[] }> {
  const taken: Assigned[] = [];
  const left: File[] = [];
  for (const file of files) {
    const sha256 = await openPhoto(file).then(sha256Of, () => null);
    const photo = wanted.find((one) => one.sha256 === sha256);
    if (photo) taken.push({ view: photo.view as ViewName, file });
    else left.push(file);
  }
  return { taken, left };
}

/** By what a person can tell a photo: its view, its size and the start of its fingerprint. */
export const wantedInWords = ({ view, sha256, widthPx, heightPx }: WantedPhoto): string =>
  `${labelOfView(view)}: ${widthPx} × ${heightPx} pixels, fingerprint (SHA-256) ${sha256.slice(0, 8)}…`;
