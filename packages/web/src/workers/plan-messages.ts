import type { Presentation } from '@stipple/core/scalp/scalp-design.ts';
import type { HeadMeasure } from '@stipple/core/head/head-shape.ts';
import type { ClientFacts } from '@stipple/core/head/client-facts.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';

/** What the page asks of the plan worker. */
export interface PlanOrder {
  readonly photo: Uint8Array;
  readonly client: ClientFacts;
  readonly measures: readonly HeadMeasure[];
  readonly presentation: Presentation;
  readonly sessions: 2 | 3 | 4;
  readonly start: string | null;
  readonly timeZone: string;
  readonly seed: number;
}

export type PageToWorker =
  | { readonly kind: 'plan'; readonly order: PlanOrder }
  /** Build the files for download from the plan last made. */
  | { readonly kind: 'files' };

/** One picture of the plan, as PNG bytes in the photo's own colour space. */
export interface PlanPicture {
  readonly name: 'before' | 'fresh' | 'healed' | 'year1' | 'year3' | 'year5';
  /** Only for the years: three panels side by side, low, likely and high. */
  readonly panels: readonly string[];
  readonly png: Uint8Array<ArrayBuffer>;
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PlanFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export type WorkerToPage =
  | { readonly kind: 'progress'; readonly step: string }
  | { readonly kind: 'picture'; readonly picture: PlanPicture }
  | { readonly kind: 'summary'; readonly summary: Summary; readonly elapsedMs: number }
  | { readonly kind: 'files'; readonly files: readonly PlanFile[] }
  | { readonly kind: 'refused'; readonly code: string; readonly detail: string | null; readonly reason: string; readonly remedy: string }
  /** A fault of ours: shown with its text, so that it can be reported. */
  | { readonly kind: 'failed'; readonly message: string };
