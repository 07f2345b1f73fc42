/** The head of a plan: as it was scanned, else the template stretched to what was measured. */
import { buildHead } from './build-head.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import type { HeadMap } from './head-map.ts';
import type { HeadFit } from './head-shape.ts';
import { landmarksOf } from './landmarks.ts';
import { decodeScan } from './scan-text.ts';

export interface Head {
  readonly map: HeadMap;
  readonly landmarks: HeadLandmarks;
}

export const headOf = ({ shape, scan }: Pick<HeadFit, 'shape' | 'scan'>): Head =>
  scan
    ? { map: decodeScan(scan.radii), landmarks: scan.landmarks }
    : { map: buildHead(shape), landmarks: landmarksOf(shape) };
