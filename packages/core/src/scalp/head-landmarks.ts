import type { HeadLandmarks as AllLandmarks } from '../head/head-landmarks.ts';

/** The named points (mm, head frame) that a scalp design is hung on: those of the head that a hand can find on it. */
export type HeadLandmarks = Omit<AllLandmarks, 'opisthocranion'>;
