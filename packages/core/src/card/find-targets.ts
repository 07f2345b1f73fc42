/**
 * Where in the photo are targets of our card: a black disc in a white ring in a black ring?
 *
 * Dark is what is darker than its neighbourhood, so that a card half in shade is read as well. A target is told by what
 * lies in what, which no turn and no slant changes: the middle of a light region is a dark one, and in all four
 * directions the light one ends at one and the same dark one. Sizes and middles have to agree; letters and eyes do not.
 */
import { TARGET } from './card-design.ts';
import { labelRegions } from './label-regions.ts';
import type { Regions } from './label-regions.ts';
import type { SmallPhoto } from './small-photo.ts';

export interface Target {
  readonly xPx: number;
  readonly yPx: number;
  /** Half the larger side of the outer ring. */
  readonly radiusPx: number;
}

/** Half the window that a pixel is compared with, as a share of the photo's longer side. */
const WINDOW = 1 / 40;
const DARK = 0.72;
/** Sides of the white ring, px. */
const RING_PX = [5, 220] as const;
/** Slack of the sizes of disc, white ring and black ring against each other: blur eats the white. */
const SLACK = [0.62, 1.6] as const;
const APART = 0.14;
/** Twelve squared pixels: less is a speck. */
const LEAST_AREA = 8;

export function findTargets({ widthPx, heightPx, luma }: SmallPhoto): Target[] {
  const regions = labelRegions(darkness(luma, widthPx, heightPx), widthPx, heightPx);
  const found: Target[] = [];
  for (let ring = 0; ring < regions.count; ring++) {
    const target = targetAround(ring, regions, widthPx, heightPx);
    if (target) found.push(target);
  }
  return found;
}

/** 1 where a pixel is dark against the mean around it. */
function darkness(luma: Uint8Array, widthPx: number, heightPx: number): Uint8Array {
  const reach = Math.max(10, Math.round(WINDOW * Math.max(widthPx, heightPx)));
  const sums = new Float64Array((widthPx + 1) * (heightPx + 1));
  for (let y = 0; y < heightPx; y++) {
    let row = 0;
    for (let x = 0; x < widthPx; x++) {
      row += luma[y * widthPx + x];
      sums[(y + 1) * (widthPx + 1) + x + 1] = sums[y * (widthPx + 1) + x + 1] + row;
    }
  }
  const dark = new Uint8Array(luma.length);
  for (let y = 0, k = 0; y < heightPx; y++) {
    const [top, bottom] = [Math.max(0, y - reach), Math.min(heightPx, y + reach + 1)];
    for (let x = 0; x < widthPx; x++, k++) {
      const [left, right] = [Math.max(0, x - reach), Math.min(widthPx, x + reach + 1)];
      const stride = widthPx + 1;
      const sum =
        sums[bottom * stride + right] -
        sums[top * stride + right] -
        sums[bottom * stride + left] +
        sums[top * stride + left];
      dark[k] = luma[k] * (bottom - top) * (right - left) < DARK * sum ? 1 : 0;
    }
  }
  return dark;
}

function targetAround(ring: number, regions: Regions, widthPx: number, heightPx: number): Target | null {
  const { label, classOf, area, left, top, right, bottom, sumX, sumY } = regions;
  if (classOf[ring] === 1 || area[ring] < LEAST_AREA) return null;
  const [wide, high] = [right[ring] - left[ring] + 1, bottom[ring] - top[ring] + 1];
  if (Math.min(wide, high) < RING_PX[0] || Math.max(wide, high) > RING_PX[1]) return null;
  const [x, y] = [(left[ring] + right[ring]) >> 1, (top[ring] + bottom[ring]) >> 1];
  const disc = label[y * widthPx + x];
  if (classOf[disc] === 0) return null;
  const sizeOf = (a: number): number => Math.sqrt((right[a] - left[a] + 1) * (bottom[a] - top[a] + 1));
  const agrees = (ratio: number, designed: number): boolean =>
    ratio > SLACK[0] * designed && ratio < SLACK[1] * designed;
  if (!agrees(sizeOf(ring) / sizeOf(disc), TARGET.holeMm / TARGET.dotMm)) return null;

  const outer = beyond(x, y, 1, 0, disc, ring, label, widthPx, heightPx);
  if (outer === null || outer === disc) return null;
  for (const [dx, dy] of [
    [-1, 0],
    [0, 1],
    [0, -1],
  ]) {
    if (beyond(x, y, dx, dy, disc, ring, label, widthPx, heightPx) !== outer) return null;
  }
  if (!agrees(sizeOf(outer) / sizeOf(ring), TARGET.outerMm / TARGET.holeMm)) return null;
  const middle = (a: number): readonly [number, number] => [sumX[a] / area[a], sumY[a] / area[a]];
  const [inner, around] = [middle(disc), middle(outer)];
  const apart = Math.max(Math.abs(inner[0] - around[0]), Math.abs(inner[1] - around[1]));
  if (apart > APART * sizeOf(outer)) return null;
  return {
    xPx: (inner[0] + around[0]) / 2,
    yPx: (inner[1] + around[1]) / 2,
    radiusPx: Math.max(right[outer] - left[outer] + 1, bottom[outer] - top[outer] + 1) / 2,
  };
}

/** The region that a line from the disc meets after the white ring; null at the edge of the photo. */
function beyond(
  x: number,
  y: number,
  dx: number,
  dy: number,
  disc: number,
  ring: number,
  label: Int32Array,
  widthPx: number,
  heightPx: number,
): number | null {
  for (;;) {
    x += dx;
    y += dy;
    if (x < 0 || y < 0 || x >= widthPx || y >= heightPx) return null;
    const here = label[y * widthPx + x];
    if (here !== disc && here !== ring) return here;
  }
}
