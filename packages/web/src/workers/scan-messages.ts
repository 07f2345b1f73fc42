import type { LengthUnit } from '@stipple/core/scan/scan-mesh.ts';
import type { ScanInput } from '@stipple/core/plan/plan-request.ts';
import type { RefusalText } from './plan-messages.ts';

export interface PageToScanWorker {
  readonly file: File;
  /** Null to find it out. */
  readonly unit: LengthUnit | null;
  /** JSON with tragions and glabella in its coordinates; null to find them. */
  readonly landmarks: File | null;
}

export type ScanWorkerToPage =
  | { readonly kind: 'scan'; readonly scan: ScanInput }
  | { readonly kind: 'refused'; readonly refusal: RefusalText }
  | { readonly kind: 'failed'; readonly message: string };
