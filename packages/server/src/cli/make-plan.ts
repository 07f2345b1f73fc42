/** What the command line needs from the computation, and nothing more: a job goes in, finished files come out. */
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';

/** One photo as the person gave it: the file's bytes, unread. `name` is how errors call it. */
export interface PhotoFile {
  readonly view: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Bytes of a PNG that marks hair, or null. */
  readonly hairMask: Uint8Array | null;
}

export type PlanJob =
  | { readonly kind: 'plan'; readonly request: PlanRequest; readonly photos: readonly PhotoFile[] }
  /** A saved plan; views without a photo get no pictures. */
  | { readonly kind: 'recompute'; readonly document: PlanDocument; readonly photos: readonly PhotoFile[] };

export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

export interface PlanOutput {
  readonly summary: Summary;
  /** Everything DIR gets, plan.json and summary.json included. */
  readonly files: readonly OutputFile[];
}

/**
 * Computes a plan. `onStep` hears short phrases ('laying out dots'). Rejects with a Refusal when the input cannot be
 * used, and with 'interrupted' when the signal aborts.
 */
export type MakePlan = (job: PlanJob, onStep: (step: string) => void, signal: AbortSignal) => Promise<PlanOutput>;
