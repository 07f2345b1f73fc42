import type { RefusalCode } from '@stipple/core/units/refusal.ts';
import type { StoredTile, TileShare } from '@stipple/files/photo/heif-tiles.ts';

export interface PlanToHeicWorker {
  readonly bytes: Uint8Array;
  /** Bytes of libheif.wasm. */
  readonly wasm: Uint8Array;
  readonly share: TileShare;
}

export type HeicWorkerToPlan =
  | { readonly kind: 'tile'; readonly tile: StoredTile }
  | { readonly kind: 'done' }
  | { readonly kind: 'refused'; readonly code: RefusalCode; readonly detail: string | null }
  /** A fault of ours. */
  | { readonly kind: 'failed'; readonly message: string };
