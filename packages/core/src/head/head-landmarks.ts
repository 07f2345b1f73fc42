import type { Vec3 } from '../vec/mat3.ts';

/** Named points of one head, mm, head frame. Structurally a superset of what a scalp design is hung on. */
export interface HeadLandmarks {
  /** Most forward midline point between the brows. */
  readonly glabella: Vec3;
  /** Deepest midline point of the nose bridge. */
  readonly nasion: Vec3;
  /** Notch above the tragus; the two lie on the x axis by definition of the frame. */
  readonly leftTragion: Vec3;
  readonly rightTragion: Vec3;
  /** Highest point of the midline. */
  readonly vertex: Vec3;
  /** Bony point of the occiput where a sagittal tape ends. */
  readonly inion: Vec3;
  /** Midline point of the occiput farthest from the glabella: where head length is measured. */
  readonly opisthocranion: Vec3;
}
