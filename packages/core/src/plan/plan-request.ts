import type { ClientFacts } from '../head/client-facts.ts';
import type { HeadMeasure } from '../head/head-shape.ts';
import type { Presentation } from '../scalp/scalp-design.ts';
import type { Pixels } from '../vision/pixels.ts';

/** What the person asks for: everything in a plan that no photo can say. */
export interface PlanRequest {
  readonly client: ClientFacts;
  readonly measures: readonly HeadMeasure[];
  readonly presentation: Presentation;
  readonly sessions: 2 | 3 | 4;
  /** Why two sessions are enough, in the practitioner's words; only a course of two needs it. */
  readonly reason: string | null;
  /** Plain local date of the first session, or null. */
  readonly start: string | null;
  /** IANA. */
  readonly timeZone: string;
  readonly seed: number;
}

/** One photo as it reaches the core: decoded, upright, without metadata. */
export interface PhotoInput {
  readonly view: string;
  readonly sha256: string;
  readonly pixels: Pixels;
  /** 35 mm-equivalent focal length from EXIF, or null. */
  readonly focal35mm: number | null;
  /** Hair longer than stubble as the person marked it: widthPx * heightPx bytes, 255 is hair; null when not given. */
  readonly hairMask: Uint8Array | null;
}
