import type { Vec3 } from '../vec/mat3.ts';

/**
 * What the design asks for at points of the scalp: the one thing that dots, areas and pictures need to know of
 * hairlines and zones.
 */
export interface ScalpField {
  /** Zone ids in the order of `zoneIndex`. */
  readonly zones: readonly ZoneInfo[];
  /** Places that no dot may come nearer to, however it is moved after it was chosen. */
  readonly keepClear?: readonly KeepClear[];
  /** Fills `out` for `count` skin points (`xyzMm`: x, y, z each). Pure: the same point always gets the same answer. */
  sample(xyzMm: ArrayLike<number>, count: number, out: ScalpSamples): void;
}

/** A ball about a point (mm, head frame). */
interface Ball {
  readonly centreMm: Vec3;
  readonly radiusMm: number;
}

/** The skin within a ball, or of it what an outline holds. */
export interface KeepClear extends Ball {
  /** How far (mm) inside of the outline a skin point lies; negative outside. */
  readonly depthMm?: (x: number, y: number, z: number) => number;
}

/**
 * Where a field may differ from the one before it: within a ball (mm, head frame), and there only where `corners` is not 0
 * at a place's `cornerOf` (skin-grid.ts), if it is given.
 */
export interface Touched extends Ball {
  readonly corners?: Uint8Array;
}

export interface ZoneInfo {
  readonly id: string;
  readonly kind: 'bald' | 'thinning' | 'scar' | 'repair' | 'blend';
  /** Dots per cm2 where the zone is at full strength. */
  readonly targetPerCm2: number;
}

export interface ScalpSamples {
  /** Wanted dots per cm2, edge ramps, patchiness and sentinel dots included; 0 outside every zone. */
  readonly densityPerCm2: Float32Array;
  /**
   * 0..1: how much of the place is treated at all. Ramps of the front edge and of the blend into own hair are in it,
   * sentinel dots, regional density and patchiness are not. Its integral over the skin is the treated area.
   */
  readonly coverage: Float32Array;
  /** Index into `zones`; 255 outside. */
  readonly zoneIndex: Uint8Array;
  /** Signed distance (mm) to the nearest soft front edge, positive inside; large inside. Drives the edge's irregular ranks. */
  readonly edgeMm: Float32Array;
  /** Strength of a dot here, 0..1: faint at the very edge, 1 inside. */
  readonly strength: Float32Array;
}

export const newScalpSamples = (count: number): ScalpSamples => ({
  densityPerCm2: new Float32Array(count),
  coverage: new Float32Array(count),
  zoneIndex: new Uint8Array(count).fill(255),
  edgeMm: new Float32Array(count),
  strength: new Float32Array(count),
});
