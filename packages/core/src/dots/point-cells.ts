/**
 * Points that stand cell by cell, each cell with the ball about its points: what lets a search step over whole cells.
 *
 * Sums over neighbours keep the order of cells and points, whatever is stepped over.
 */
export interface PointCells {
  readonly count: number;
  /** First point of each cell; one more than there are cells. */
  readonly start: Int32Array;
  /** Per cell: x, y, z and radius (mm) of the ball about its points; of one without points nothing is near. */
  readonly ball: Float64Array;
  /**
   * Writes the cells into `near` that may hold points near those of a cell, itself among them, ascending; answers how
   * many, {@link MOST_NEAR} at most.
   */
  readonly cellsNear: (cell: number, near: Int32Array) => number;
}

export const MOST_NEAR = 128;

/** Numbers per ball. */
export const BALL = 4;
/** Added to a radius, mm: more than rounding may take. */
const SLACK_MM = 1e-9;

/** The balls about the points of each cell. */
export function ballsAbout(points: Float64Array, start: Int32Array): Float64Array {
  const ball = new Float64Array(BALL * (start.length - 1));
  for (let cell = 0, o = 0; cell + 1 < start.length; cell++, o += BALL) {
    const [from, to] = [3 * start[cell], 3 * start[cell + 1]];
    let x0 = Infinity;
    let y0 = Infinity;
    let z0 = Infinity;
    let x1 = -Infinity;
    let y1 = -Infinity;
    let z1 = -Infinity;
    for (let q = from; q < to; q += 3) {
      const x = points[q];
      const y = points[q + 1];
      const z = points[q + 2];
      if (x < x0) x0 = x;
      if (x > x1) x1 = x;
      if (y < y0) y0 = y;
      if (y > y1) y1 = y;
      if (z < z0) z0 = z;
      if (z > z1) z1 = z;
    }
    const x = 0.5 * (x0 + x1);
    const y = 0.5 * (y0 + y1);
    const z = 0.5 * (z0 + z1);
    let most = 0;
    for (let q = from; q < to; q += 3) {
      const dx = points[q] - x;
      const dy = points[q + 1] - y;
      const dz = points[q + 2] - z;
      const d2 = dx * dx + dy * dy + dz * dz;
      if (d2 > most) most = d2;
    }
    ball[o] = x;
    ball[o + 1] = y;
    ball[o + 2] = z;
    ball[o + 3] = Math.sqrt(most) + SLACK_MM;
  }
  return ball;
}

/** Whether points of cell `s` and of cell `t` may lie within `reachMm` of each other. */
export function mayReach(ball: Float64Array, s: number, t: number, reachMm: number): boolean {
  const a = BALL * s;
  const b = BALL * t;
  const dx = ball[a] - ball[b];
  const dy = ball[a + 1] - ball[b + 1];
  const dz = ball[a + 2] - ball[b + 2];
  const most = ball[a + 3] + ball[b + 3] + reachMm;
  return dx * dx + dy * dy + dz * dz < most * most;
}

/** Whether points of cell `t` may lie within `reachMm` of (x, y, z). */
export function isNearBall(ball: Float64Array, t: number, x: number, y: number, z: number, reachMm: number): boolean {
  const o = BALL * t;
  const dx = ball[o] - x;
  const dy = ball[o + 1] - y;
  const dz = ball[o + 2] - z;
  const most = ball[o + 3] + reachMm;
  return dx * dx + dy * dy + dz * dz < most * most;
}

/** The widest spacing in each cell. */
export function widestIn({ count, start }: Pick<PointCells, 'count' | 'start'>, spacing: Float32Array): Float32Array {
  const widest = new Float32Array(count);
  for (let s = 0; s < count; s++) {
    for (let a = start[s]; a < start[s + 1]; a++) if (spacing[a] > widest[s]) widest[s] = spacing[a];
  }
  return widest;
}

/** How many points the fullest cell holds. */
export function fullestOf({ count, start }: Pick<PointCells, 'count' | 'start'>): number {
  let most = 0;
  for (let s = 0; s < count; s++) if (start[s + 1] - start[s] > most) most = start[s + 1] - start[s];
  return most;
}
