/**
 * The photos of a head, decoded once however often they are looked at and planned on.
 *
 * A photo is known by the hash of its bytes; `keepOnly` lets go of those that are no longer part of the plan. `ofView`
 * and `viewOf` keep in mind which photo a refusal is about.
 */
import type { PhotoInput } from '@stipple/core/plan/plan-request.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { readPhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { decodePhoto, type DecodedPhoto, type PhotoCodecs } from './decode-photo.ts';
import type { PhotoOrder } from './plan-messages.ts';
import { sha256Of } from './sha256-of.ts';

export interface OpenPhoto extends DecodedPhoto {
  readonly sha256: string;
  readonly focal35mm: number | null;
}

export interface PhotoShelf {
  readonly open: (photo: PhotoOrder) => Promise<OpenPhoto>;
  readonly keepOnly: (kept: readonly OpenPhoto[]) => void;
}

export function createPhotoShelf(codecs: PhotoCodecs): PhotoShelf {
  const photos = new Map<string, OpenPhoto>();
  return {
    async open({ bytes }) {
      const sha256 = await sha256Of(bytes);
      const known = photos.get(sha256);
      if (known) return known;
      const facts = readPhotoFacts(bytes);
      const opened = { ...(await decodePhoto(bytes, facts, codecs)), sha256, focal35mm: facts.focal35mm };
      photos.set(sha256, opened);
      return opened;
    },
    keepOnly(kept) {
      for (const [sha256, photo] of photos) if (!kept.includes(photo)) photos.delete(sha256);
    },
  };
}

export const inputOf = ({ view, drawn }: PhotoOrder, { sha256, pixels, focal35mm }: OpenPhoto): PhotoInput => ({
  view,
  sha256,
  pixels,
  focal35mm,
  hairMask: null,
  ...drawn,
});

/** Runs what is about one photo; a refusal is remembered as that photo's. */
export async function ofView<T>(view: string, work: () => T | Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Refusal) refusedViews.set(error, view);
    throw error;
  }
}

const refusedViews = new WeakMap<Refusal, string>();

/** Whose refusal it is: remembered, or as the refusal itself begins with the name of a photo; null for none. */
export function viewOf(refusal: Refusal, views: readonly string[]): string | null {
  const named = views.find((view) => refusal.detail?.startsWith(`${view}: `));
  return refusedViews.get(refusal) ?? named ?? null;
}
