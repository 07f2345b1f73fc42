/** What the command line needs from the computation, and nothing more: a job goes in, finished files come out. */
import type { LengthUnit, ScanLandmarks } from '@stipple/core/scan/scan-mesh.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';
import type { MarkedAnchors } from '@stipple/files/documents/parse-anchors.ts';
import type { MarkedPhoto } from '@stipple/files/documents/parse-marks.ts';

/** One photo as the person gave it: the file's bytes, unread. `name` is how errors call it. */
export interface PhotoFile {
  readonly view: string;
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Bytes of a PNG that marks hair, or null. */
  readonly hairMask: Uint8Array | null;
  /** Named points of the head, and what else was marked on it, in the unit of their files; null when not given. */
  readonly anchors: MarkedAnchors | null;
  readonly marks: MarkedPhoto | null;
}

/** A scan of the head as the person gave it: the file's bytes, unread. */
export interface HeadFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly unit: LengthUnit | null;
  readonly landmarks: ScanLandmarks | null;
}

export type PlanJob =
  | {
      readonly kind: 'plan';
      readonly request: PlanRequest;
      readonly photos: readonly PhotoFile[];
      readonly head: HeadFile | null;
    }
  /** A saved plan; views without a photo get no pictures. */
  | { readonly kind: 'recompute'; readonly document: PlanDocument; readonly photos: readonly PhotoFile[] };

export interface OutputFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Who hears of a plan while it is made. */
export interface PlanListener {
  /** Short phrases: 'laying out dots'. */
  readonly onStep: (step: string) => void;
  /** Takes each file that DIR gets, plan.json and summary.json included, as soon as it is made. What it throws ends the work. */
  readonly onFile: (file: OutputFile) => void;
}

/** A folder that takes the files of a plan until all are made. */
export interface OutputStage {
  readonly folder: string;
  /** The folder that they are for, as errors call it. */
  readonly dir: string;
}

/** Where the files of a plan go: into the memory of who asked, or, where a stage is given, straight there. */
export interface PlanKeeper extends PlanListener {
  /** Made when it is asked for. What is put there goes past `onFile`, which saves 200 MB of eight photos two copies. */
  readonly stage?: () => OutputStage;
  /** Hears of each file on the stage as soon as it is whole and synced. */
  readonly onPut?: (name: string) => void;
}

/**
 * Computes a plan. Rejects with a Refusal when the input cannot be used, and with 'interrupted' when the signal aborts;
 * the files that were given until then mean nothing.
 */
export type MakePlan = (job: PlanJob, keeper: PlanKeeper, signal: AbortSignal) => Promise<Summary>;
