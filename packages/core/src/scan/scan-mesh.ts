/** A head scan as its file had it: one soup of triangles in the file's own axes and unit. */
import type { Mat3, Vec3 } from '../vec/mat3.ts';

export const MM_PER_UNIT = { mm: 1, cm: 10, in: 25.4, dm: 100, m: 1000 } as const;
export type LengthUnit = keyof typeof MM_PER_UNIT;

export interface ScanMesh {
  /** x y z per vertex, in `unit`; all finite. */
  readonly positions: Float32Array;
  /** Three vertex numbers per triangle, in any order and not necessarily shared. */
  readonly triangles: Uint32Array;
  /** What the file's format says its unit is: glTF metres, the others nothing. */
  readonly unit: LengthUnit | null;
}

/** Landmarks of a scan in its own coordinates and unit. Left and right are the client's. */
export interface ScanLandmarks {
  readonly leftTragion: Vec3;
  readonly rightTragion: Vec3;
  /** At least one of glabella and nasion. */
  readonly glabella?: Vec3;
  readonly nasion?: Vec3;
  readonly vertex?: Vec3;
  readonly inion?: Vec3;
  /** Outer corners of the eyes. */
  readonly leftCanthus?: Vec3;
  readonly rightCanthus?: Vec3;
}

/** Scan coordinates to the head frame: x_head = scale (R x) + shiftMm. */
export interface Placement {
  readonly rotation: Mat3;
  readonly mmPerUnit: number;
  readonly shiftMm: Vec3;
}
