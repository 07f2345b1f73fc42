import type { Vec3 } from '../vec/mat3.ts';

/** The named points (mm, head frame) that a scalp design is hung on. */
export interface HeadLandmarks {
  readonly glabella: Vec3;
  readonly nasion: Vec3;
  readonly leftTragion: Vec3;
  readonly rightTragion: Vec3;
  readonly vertex: Vec3;
  readonly inion: Vec3;
}
