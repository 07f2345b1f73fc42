/** What one photo says about the head, before anything is solved: the input of solve-views.ts. */
import type { Camera } from '../vec/camera.ts';
import type { AnchorName } from './anchors.ts';
import type { FaceMesh } from './face-mesh.ts';
import type { SoftMask } from './pixels.ts';

/** A named point of the head as a person marked it in the photo. */
export interface Anchor {
  readonly name: AnchorName;
  readonly xPx: number;
  readonly yPx: number;
}

/** Two points on the skin whose straight distance is known: the ends of a marker, a ruler, a sticker. */
export interface KnownDistance {
  readonly fromPx: readonly [x: number, y: number];
  readonly toPx: readonly [x: number, y: number];
  readonly mm: number;
  readonly sdMm: number;
}

/** Shorter, or less sure than this part of itself, a distance says nothing about the size of a head. */
const LEAST_MM = 10;
const LEAST_SURE = 0.1;

/** Whether a distance can give a head its scale. */
export const tellsScale = ({ mm, sdMm }: KnownDistance): boolean => mm >= LEAST_MM && sdMm <= LEAST_SURE * mm;

/** How the start of a view was found, which says how far it may be wrong. */
export type PlacedBy = 'face' | 'anchors';

export interface ViewEvidence {
  /** 'front', 'top' ...: the photo's name. */
  readonly view: string;
  readonly widthPx: number;
  readonly heightPx: number;
  /** Where the camera is taken to be, in template mm (a head of `face` 1). */
  readonly start: Camera;
  readonly placedBy: PlacedBy;
  /** True when `start.f` is the photo's own; else it was assumed. */
  readonly isFocalKnown: boolean;
  /** The mesh of the face, where one was found. */
  readonly face: Pick<FaceMesh, 'xPx' | 'yPx' | 'widthPx'> | null;
  readonly anchors: readonly Anchor[];
  readonly person: SoftMask;
  /** Hair longer than stubble; null when not known. */
  readonly hair: SoftMask | null;
  readonly distances: readonly KnownDistance[];
}
