/**
 * What a plan asks of one photo that needs no other photo and that others need not wait for: its colour card, its hair, its
 * colours and grain. A shell may have it done beside the rest, on another thread; the answers are the same wherever.
 */
import { readCard } from '../card/card-reading.ts';
import { measurePhoto } from '../render/measure-photo.ts';
import { suggestHair } from '../vision/suggest-hair.ts';

/** Done at once, by whoever asks. Questions and answers are plain data. */
export const PHOTO_WORK = { card: readCard, hair: suggestHair, measures: measurePhoto };

/** Whoever does it, now or later. */
export type PhotoWork = {
  readonly [Name in keyof typeof PHOTO_WORK]: (
    ...question: Parameters<(typeof PHOTO_WORK)[Name]>
  ) => PhotoAnswer<Name> | Promise<PhotoAnswer<Name>>;
};

type PhotoAnswer<Name extends keyof typeof PHOTO_WORK> = ReturnType<(typeof PHOTO_WORK)[Name]>;
