import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { RefusalText } from './plan-messages.ts';

/** A plan.json, or the archive of a whole plan with one in it. */
export interface PageToDocumentWorker {
  readonly file: File;
}

export type DocumentWorkerToPage =
  | { readonly kind: 'document'; readonly document: PlanDocument }
  | { readonly kind: 'refused'; readonly refusal: RefusalText }
  | { readonly kind: 'failed'; readonly message: string };
