import type { FadeBand } from '@stipple/core/forecast/look.ts';
import type { ClientFacts } from '@stipple/core/head/client-facts.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoInput, PlanRequest, ScanInput } from '@stipple/core/plan/plan-request.ts';
import type { StudioPrices } from '@stipple/core/quote/price-list.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';

/** What a person marked on one photo; places are px of the upright photo. */
export type DrawnOnPhoto = Pick<PhotoInput, 'anchors' | 'distances' | 'marks'>;

/** One photo of the head as the page has it: the file's bytes and what was marked. */
export interface PhotoOrder {
  readonly view: string;
  readonly bytes: Uint8Array;
  readonly drawn: DrawnOnPhoto;
}

/** What a plan is made of. */
export interface PlanOrder {
  readonly request: PlanRequest;
  /** At least one, each of its own view. */
  readonly photos: readonly PhotoOrder[];
  readonly scan: ScanInput | null;
  /** The list that the course is priced by; null is the example list. */
  readonly prices: StudioPrices | null;
  /** A plan that was kept, to be shown as it is: nothing is measured in the photos anew. */
  readonly kept?: PlanDocument;
}

/** What the page asks of the plan worker. It is answered in order. */
export type PageToWorker =
  | { readonly kind: 'plan'; readonly order: PlanOrder }
  /** Can the head be placed in this photo by itself? `key` comes back with the answer. */
  | { readonly kind: 'look'; readonly key: string; readonly photo: PhotoOrder; readonly client: ClientFacts }
  /** Draw the moments of a further view of the plan last made. */
  | { readonly kind: 'draw'; readonly view: string }
  /** Build the files for download from the plan last made. */
  | { readonly kind: 'files' };

/** A rectangle of the upright photo, px. */
export interface PhotoBox {
  readonly leftPx: number;
  readonly topPx: number;
  readonly widthPx: number;
  readonly heightPx: number;
}

export const FORECAST_YEARS = [1, 3, 5] as const;
export type ForecastYear = (typeof FORECAST_YEARS)[number];
export type PictureName = 'healed' | 'fresh' | `year${ForecastYear}-${FadeBand}`;

/** One picture of the plan as PNG bytes in the photo's own colour space: the whole photo, or only the head. */
export interface PlanPicture {
  readonly view: string;
  readonly name: PictureName;
  readonly png: Uint8Array<ArrayBuffer>;
  readonly box: PhotoBox;
}

export interface PlanFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface RefusalText {
  readonly code: string;
  readonly detail: string | null;
  readonly reason: string;
  readonly remedy: string;
}

export type WorkerToPage =
  | { readonly kind: 'progress'; readonly step: string }
  /** `head` is the part of the photo worth looking at closely. */
  | { readonly kind: 'picture'; readonly picture: PlanPicture; readonly head: PhotoBox }
  | { readonly kind: 'summary'; readonly summary: PlanSummary }
  /** The healed pictures of all views, every moment of the first one and all numbers have been sent. */
  | { readonly kind: 'done' }
  | { readonly kind: 'files'; readonly files: readonly PlanFile[] }
  /** The answer to 'look'. */
  | {
      readonly kind: 'looked';
      readonly key: string;
      readonly placedBy: 'face' | 'anchors' | null;
      readonly refusal: RefusalText | null;
    }
  /** `view` is the photo that cannot be used; null when it is not a photo's fault. */
  | { readonly kind: 'refused'; readonly view: string | null; readonly refusal: RefusalText }
  /** A fault of ours: shown with its text, so that it can be reported. */
  | { readonly kind: 'failed'; readonly message: string };
