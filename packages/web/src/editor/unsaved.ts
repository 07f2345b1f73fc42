import type { PhotoOrder } from '../workers/plan-messages.ts';
import { isSameFile } from './head-photo.ts';

/**
 * Whether closing the page would lose something: a photo, or what was drawn on it, that is not among the ones last saved.
 *
 * A plan downloaded or kept has the marks in it; the photos are then where they came from, or in the record.
 */
export const isUnsaved = (photos: readonly PhotoOrder[], saved: readonly PhotoOrder[]): boolean =>
  photos.some(({ view, bytes, drawn }) => {
    const kept = saved.find((photo) => photo.view === view);
    return !kept || !isSameFile(kept.bytes, bytes) || JSON.stringify(kept.drawn) !== JSON.stringify(drawn);
  });
