/** Where the person ends in a photo, along rays from the middle of the head. */
import { clamp } from '../num/range.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { SoftMask } from './pixels.ts';

export interface OutlineEvidence {
  readonly photoWidthPx: number;
  readonly photoHeightPx: number;
  readonly person: SoftMask;
  /** Hair longer than stubble; null when not known. */
  readonly hair: SoftMask | null;
}

/** Value of a mask at a photo pixel, bilinear between sample centres, 0..1; the rim continues outwards. */
export function maskAt(mask: SoftMask, xPx: number, yPx: number): number {
  const perPx = mask.size / mask.sidePx;
  // Pixel (0, 0) is a centre; the mask's rectangle is measured from pixel corners.
  const u = clamp((xPx + 0.5 - mask.leftPx) * perPx - 0.5, 0, mask.size - 1);
  const v = clamp((yPx + 0.5 - mask.topPx) * perPx - 0.5, 0, mask.size - 1);
  const i = Math.min(Math.floor(u), mask.size - 2);
  const j = Math.min(Math.floor(v), mask.size - 2);
  const fx = u - i;
  const fy = v - j;
  const k = i + mask.size * j;
  const { values } = mask;
  return (
    ((values[k] * (1 - fx) + values[k + 1] * fx) * (1 - fy) +
      (values[k + mask.size] * (1 - fx) + values[k + mask.size + 1] * fx) * fy) /
    255
  );
}

/**
 * Where the mask first falls through one half along a ray, px from the centre: from 0.55 of the expected distance to
 * 1.8 of it, between steps of a quarter sample by straight line.
 */
export function edgeAlong(
  { person, photoWidthPx, photoHeightPx }: OutlineEvidence,
  centre: Vec3,
  ray: readonly [number, number],
  expectedPx: number,
): number | 'cropped' | 'none' {
  const step = person.sidePx / person.size / 4;
  // Within a sample of the photo's rim the mask cannot be believed: it may end with the photo.
  const rim = step * 4;
  const isOutside = (x: number, y: number): boolean =>
    x < rim || y < rim || x > photoWidthPx - 1 - rim || y > photoHeightPx - 1 - rim;
  let px = expectedPx * 0.55;
  if (isOutside(centre[0] + ray[0] * px, centre[1] + ray[1] * px)) return 'cropped';
  let before = maskAt(person, centre[0] + ray[0] * px, centre[1] + ray[1] * px);
  if (before < 0.5) return 'none';
  for (; px < expectedPx * 1.8; px += step) {
    const x = centre[0] + ray[0] * (px + step);
    const y = centre[1] + ray[1] * (px + step);
    if (isOutside(x, y)) return 'cropped';
    const value = maskAt(person, x, y);
    if (value < 0.5) return px + (step * (before - 0.5)) / (before - value);
    before = value;
  }
  return 'none';
}

/** How surely the edge is hair, 0..1: the most of the hair mask from the edge to 8 mm inside it. */
export function hairUnderEdge(
  { hair }: OutlineEvidence,
  centre: Vec3,
  ray: readonly [number, number],
  px: number,
  mmPerPx: number,
): number {
  if (!hair) return 0;
  let most = 0;
  for (let insideMm = 0; insideMm <= 8; insideMm += 2) {
    const at = px - insideMm / mmPerPx;
    most = Math.max(most, maskAt(hair, centre[0] + ray[0] * at, centre[1] + ray[1] * at));
  }
  return most;
}
