/**
 * Where in the photo is a lattice of even patches, as on a card of the ColorChecker's pattern?
 *
 * Even places that hang together are regions; those with the shape of a square seen at a slant are kept: the area of a
 * parallelogram is twelve times the root of its determinant of second moments, whatever its slant. From three that lie as
 * neighbours do, a lattice grows step by step, each step foretold by the last, which follows perspective. What is found is
 * a lattice of squares; whether it is a card is for its colours to say (find-card.ts).
 */
import { labelRegions } from './label-regions.ts';
import type { Place } from './place-card.ts';
import type { SmallPhoto } from './small-photo.ts';

export interface LatticePoint {
  readonly i: number;
  readonly j: number;
  readonly px: Place;
}

export type Lattice = readonly LatticePoint[];

/** Codes between neighbours, in any channel, that an even patch may have. */
const EVEN = 9;
const AREA_PX = [16, 12_000] as const;
/** Area against that of the parallelogram with the same moments: a disc has 1.05, an L far less. */
const SHAPE = [0.8, 1.06] as const;
/** Longer axis against shorter. */
const MOST_LONG = 2.6;
const ALIKE = 2.6;
/** Distance of neighbours against the side of a region, which blur makes smaller than its patch. */
const PITCH = [0.9, 2.4] as const;
const OFF = 0.3;
const FEWEST = 8;
const MOST_SQUARES = 300;

interface Square {
  readonly x: number;
  readonly y: number;
  readonly side: number;
}

/** Lattices with the most squares first; at most three. */
export function findLattices(photo: SmallPhoto): Lattice[] {
  const squares = findSquares(photo);
  const taken = new Set<number>();
  const found: Lattice[] = [];
  for (let seed = 0; seed < squares.length; seed++) {
    if (taken.has(seed)) continue;
    const grown = growFrom(seed, squares);
    if (!grown) continue;
    for (const k of grown.keys()) taken.add(k);
    found.push(squaredUp([...grown].map(([k, [i, j]]) => ({ i, j, px: [squares[k].x, squares[k].y] }))));
  }
  return found.sort((a, b) => b.length - a.length).slice(0, 3);
}

/** The same points over the shortest steps (Lagrange's reduction): a lattice that grew along a diagonal is one of squares again. */
function squaredUp(grown: Lattice): Lattice {
  const square = ([x, y]: Step): number => x * x + y * y;
  const along = (a: Step, b: Step): number => Math.round((a[0] * b[0] + a[1] * b[1]) / square(b));
  let points = grown;
  // Means over other pairs each time: they need not settle, and two rounds do.
  for (let round = 0; round < 4; round++) {
    const [u, v] = [meanStep(points, 1, 0), meanStep(points, 0, 1)];
    if (!u || !v) break;
    const isFirstShorter = square(u) <= square(v);
    const n = isFirstShorter ? along(v, u) : along(u, v);
    if (n === 0) break;
    points = points.map(({ i, j, px }) => (isFirstShorter ? { i: i + n * j, j, px } : { i, j: j + n * i, px }));
  }
  return points;
}

/** Mean way from a point to the one `di`, `dj` on; null when no two lie so. */
function meanStep(points: Lattice, di: number, dj: number): Step | null {
  const sum = [0, 0];
  let n = 0;
  for (const a of points) {
    const b = points.find(({ i, j }) => i === a.i + di && j === a.j + dj);
    if (!b) continue;
    sum[0] += b.px[0] - a.px[0];
    sum[1] += b.px[1] - a.px[1];
    n++;
  }
  return n ? [sum[0] / n, sum[1] / n] : null;
}

function findSquares({ widthPx, heightPx, rgb }: SmallPhoto): Square[] {
  const regions = labelRegions(evenPixels(rgb, widthPx, heightPx), widthPx, heightPx);
  const { label, count, classOf, area, left, right, top, bottom, sumX, sumY } = regions;
  const isWanted = new Uint8Array(count);
  for (let a = 0; a < count; a++) {
    const [wide, high] = [right[a] - left[a] + 1, bottom[a] - top[a] + 1];
    const isSized = area[a] >= AREA_PX[0] && area[a] <= AREA_PX[1];
    isWanted[a] = classOf[a] === 1 && isSized && area[a] > 0.4 * wide * high ? 1 : 0;
  }
  const moments = new Float64Array(3 * count);
  for (let y = 0, k = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, k++) {
      const a = label[k];
      if (!isWanted[a]) continue;
      const [dx, dy] = [x - sumX[a] / area[a], y - sumY[a] / area[a]];
      moments[3 * a] += dx * dx;
      moments[3 * a + 1] += dx * dy;
      moments[3 * a + 2] += dy * dy;
    }
  }
  const squares: Square[] = [];
  for (let a = 0; a < count; a++) {
    if (!isWanted[a]) continue;
    // A pixel is a square itself: a twelfth each way.
    const xx = moments[3 * a] / area[a] + 1 / 12;
    const xy = moments[3 * a + 1] / area[a];
    const yy = moments[3 * a + 2] / area[a] + 1 / 12;
    const determinant = xx * yy - xy * xy;
    const shape = area[a] / (12 * Math.sqrt(Math.max(1e-9, determinant)));
    const half = (xx + yy) / 2;
    const off = Math.sqrt(Math.max(0, half * half - determinant));
    if (shape < SHAPE[0] || shape > SHAPE[1] || half + off > MOST_LONG * MOST_LONG * (half - off)) continue;
    squares.push({ x: sumX[a] / area[a], y: sumY[a] / area[a], side: Math.sqrt(area[a]) });
  }
  return squares.sort((a, b) => b.side - a.side).slice(0, MOST_SQUARES);
}

/** 1 where all four neighbours differ by no more than those of an even patch; not at the rim. */
function evenPixels(rgb: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const even = new Uint8Array(widthPx * heightPx);
  for (let y = 1; y < heightPx - 1; y++) even.fill(1, y * widthPx + 1, (y + 1) * widthPx - 1);
  for (let k = 0; k < even.length; k++) {
    // Each two neighbours are compared once: where they differ neither is even.
    if (k + 1 < even.length && differ(rgb, 3 * k, 3 * k + 3)) even[k] = even[k + 1] = 0;
    if (k + widthPx < even.length && differ(rgb, 3 * k, 3 * (k + widthPx))) even[k] = even[k + widthPx] = 0;
  }
  return even;
}

const differ = (rgb: Uint8Array, a: number, b: number): boolean =>
  Math.abs(rgb[a] - rgb[b]) > EVEN ||
  Math.abs(rgb[a + 1] - rgb[b + 1]) > EVEN ||
  Math.abs(rgb[a + 2] - rgb[b + 2]) > EVEN;

const isAlike = (a: Square, b: Square): boolean => a.side < ALIKE * b.side && b.side < ALIKE * a.side;

type Step = readonly [dx: number, dy: number];

/** The largest lattice that has `seed` at (0, 0), as coordinates by square; null when none is large enough. */
function growFrom(seed: number, squares: readonly Square[]): Map<number, readonly [number, number]> | null {
  const here = squares[seed];
  const steps: Step[] = [];
  squares.forEach((other, k) => {
    const [dx, dy] = [other.x - here.x, other.y - here.y];
    const pitch = Math.sqrt(dx * dx + dy * dy) / Math.max(here.side, other.side);
    if (k !== seed && isAlike(here, other) && pitch > PITCH[0] && pitch < PITCH[1]) steps.push([dx, dy]);
  });
  steps.sort((a, b) => a[0] * a[0] + a[1] * a[1] - b[0] * b[0] - b[1] * b[1]);
  let best: Map<number, readonly [number, number]> | null = null;
  for (let a = 0; a < Math.min(4, steps.length); a++) {
    for (let b = a + 1; b < Math.min(5, steps.length); b++) {
      if (!areAcross(steps[a], steps[b])) continue;
      const grown = grow(seed, steps[a], steps[b], squares);
      if (grown.size >= FEWEST && grown.size > (best?.size ?? 0)) best = grown;
    }
  }
  return best;
}

/** Neither nearly in one line nor of very different length. */
function areAcross([ax, ay]: Step, [bx, by]: Step): boolean {
  const [a2, b2] = [ax * ax + ay * ay, bx * bx + by * by];
  const cross = ax * by - ay * bx;
  return cross * cross > 0.35 * a2 * b2 && a2 < 4 * b2 && b2 < 4 * a2;
}

function grow(seed: number, u: Step, v: Step, squares: readonly Square[]): Map<number, readonly [number, number]> {
  const at = new Map<number, readonly [number, number]>([[seed, [0, 0]]]);
  const queue: { readonly k: number; readonly u: Step; readonly v: Step }[] = [{ k: seed, u, v }];
  for (let head = 0; head < queue.length && at.size < 60; head++) {
    const from = queue[head];
    const { x, y } = squares[from.k];
    const [i, j] = at.get(from.k)!;
    for (const [di, dj] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ]) {
      const step: Step = di ? from.u : from.v;
      const sign = di + dj;
      const [tx, ty] = [x + sign * step[0], y + sign * step[1]];
      const k = nearest(tx, ty, OFF * Math.sqrt(step[0] * step[0] + step[1] * step[1]), squares);
      if (k === null || at.has(k) || !isAlike(squares[k], squares[from.k])) continue;
      at.set(k, [i + di, j + dj]);
      const seen: Step = [sign * (squares[k].x - x), sign * (squares[k].y - y)];
      queue.push({ k, u: di ? seen : from.u, v: di ? from.v : seen });
    }
  }
  return at;
}

function nearest(x: number, y: number, within: number, squares: readonly Square[]): number | null {
  let best: number | null = null;
  let least = within * within;
  squares.forEach((square, k) => {
    const d = (square.x - x) * (square.x - x) + (square.y - y) * (square.y - y);
    if (d < least) [least, best] = [d, k];
  });
  return best;
}
