import type { Colour3 } from '@stipple/core/pigment/lab.ts';
import type { StudioPigment } from '@stipple/core/pigment/studio-pigment.ts';
import type { RefusalText } from './plan-messages.ts';

export type PageToColourWorker =
  /** A list of pigments, or the values of a printed card: told apart by what is in it. */
  { readonly kind: 'read'; readonly file: File } | { readonly kind: 'card' };

export type ColourWorkerToPage =
  | { readonly kind: 'pigments'; readonly pigments: readonly StudioPigment[] }
  | { readonly kind: 'card-labs'; readonly labs: readonly Colour3[] }
  | { readonly kind: 'card-pdf'; readonly pdf: Uint8Array<ArrayBuffer> }
  | { readonly kind: 'refused'; readonly refusal: RefusalText }
  | { readonly kind: 'failed'; readonly message: string };
