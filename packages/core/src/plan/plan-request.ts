import type { FadeFactor } from '../forecast/fade-forecast.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { StudioPigment } from '../pigment/studio-pigment.ts';
import type { FramedScan } from '../scan/frame-scan.ts';
import type { HeadMeasure } from '../head/head-shape.ts';

import type { ZoneTape } from '../head/zone-tape.ts';
import type { Presentation } from '../scalp/scalp-design.ts';
import type { Anchor, KnownDistance } from '../vision/view-evidence.ts';
import type { Pixels } from '../vision/pixels.ts';

/** What the person asks for: everything in a plan that no photo can say. */
export interface PlanRequest {
  readonly client: ClientFacts;
  readonly measures: readonly HeadMeasure[];
  readonly zoneTapes: readonly ZoneTape[];
  readonly presentation: Presentation;
  readonly sessions: 2 | 3 | 4;
  /** Why two sessions are enough, in the practitioner's words; only a course of two needs it. */
  readonly reason: string | null;
  /** Plain local date of the first session, or null. */
  readonly start: string | null;
  /** IANA. */
  readonly timeZone: string;
  readonly seed: number;
  /** How unevenly dots are to lie (plan-document.ts); as usual when left out. */
  readonly unevenness?: number;
  /** What of this client makes the work fade faster or slower, as far as the person says. */
  readonly fading?: readonly FadeFactor[];
  /** The studio's own list, out of which shade and dilution are chosen when a colour card is in a photo. */
  readonly pigments?: readonly StudioPigment[];
  /** L*a*b* (D65) of the patches of the studio's printed card, as somebody read them. */
  readonly cardLabs?: readonly Colour3[];
  /** The healed pictures are wanted in the light of the colour card, too. */
  readonly isCardLight?: boolean;
}

/** One photo as it reaches the core: decoded, upright, without metadata. */
export interface PhotoInput {
  readonly view: string;
  readonly sha256: string;
  readonly pixels: Pixels;
  /** 35 mm-equivalent focal length from EXIF, or null. */
  readonly focal35mm: number | null;
  /** Points of the head that the person marked, which place a photo that shows no face. */
  readonly anchors: readonly Anchor[];
  readonly distances: readonly KnownDistance[];
  /** Moles, scars, patches and outlines drawn on this photo. */
  readonly marks: readonly PhotoMark[];
  /** Hair longer than stubble as the person marked it: widthPx * heightPx bytes, 255 is hair; null when not given. */
  readonly hairMask: Uint8Array | null;
}

/** A place of the upright photo, px. */
export type PhotoPlace = readonly [xPx: number, yPx: number];

/** Something drawn on a photo; sizes in mm. */
export type PhotoMark = ScalpDrawing | AskedReading;

/** What a person wants to know of the head: what a tape reads between two places, or the area within an outline. */
export type AskedReading =
  | { readonly kind: 'tape'; readonly line: readonly PhotoPlace[] }
  | { readonly kind: 'area'; readonly outline: readonly PhotoPlace[] };

/** Something on the scalp. */
export type ScalpDrawing =
  | { readonly kind: 'mole' | 'keep-out'; readonly at: PhotoPlace; readonly diameterMm: number }
  | { readonly kind: 'fut-scar'; readonly line: readonly PhotoPlace[]; readonly widthMm: number }
  | {
      readonly kind: 'fue-scars' | 'patch' | 'repair' | 'bald' | 'keep-out-area';
      readonly outline: readonly PhotoPlace[];
    }
  | { readonly kind: 'whorl'; readonly at: PhotoPlace };

/** A scan of the client's head, placed in the head frame. */
export type ScanInput = FramedScan;
