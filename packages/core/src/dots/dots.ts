/** The laid-out dots of a plan, one entry each per dot, in the order of their ids. */
export interface Dots {
  readonly count: number;
  /** Stable id: the dot's place in the ranked reserve. */
  readonly id: Uint32Array;
  /** x, y, z (mm, head frame) on the skin. */
  readonly positionMm: Float32Array;
  /** Outward unit normal, x, y, z. */
  readonly normal: Float32Array;
  /** Index into the plan's zones. */
  readonly zone: Uint8Array;
  /** 1-based session that places it. */
  readonly session: Uint8Array;
  /** Healed diameter. */
  readonly diameterMm: Float32Array;
  /** 0..1: how strongly the dot is placed relative to full strength (faint ahead of the hairline). */
  readonly strength: Float32Array;
}
