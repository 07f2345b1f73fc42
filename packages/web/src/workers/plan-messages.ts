import type { FadeBand } from '@stipple/core/forecast/look.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';

/** What the page asks of the plan worker. */
export type PageToWorker =
  | { readonly kind: 'plan'; readonly request: PlanRequest; readonly photo: Uint8Array }
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
  readonly name: PictureName;
  readonly png: Uint8Array<ArrayBuffer>;
  readonly box: PhotoBox;
}

export interface PlanFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type WorkerToPage =
  | { readonly kind: 'progress'; readonly step: string }
  /** `head` is the part of the photo worth looking at closely. */
  | { readonly kind: 'picture'; readonly picture: PlanPicture; readonly head: PhotoBox }
  | { readonly kind: 'summary'; readonly summary: PlanSummary }
  /** Every picture and number of the plan has been sent. */
  | { readonly kind: 'done' }
  | { readonly kind: 'files'; readonly files: readonly PlanFile[] }
  | {
      readonly kind: 'refused';
      readonly code: string;
      readonly detail: string | null;
      readonly reason: string;
      readonly remedy: string;
    }
  /** A fault of ours: shown with its text, so that it can be reported. */
  | { readonly kind: 'failed'; readonly message: string };
