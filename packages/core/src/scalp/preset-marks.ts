/**
 * Scars and patches as they usually are, for a client on whom nobody has drawn yet.
 *
 * - fut-scar: 22 cm from ear to ear at the height of the donor strip, 2 mm wide (domain facts 3.4)
 * - fue-scars: the donor area between the ears' backs, from above the nape to below the parietal ridge
 * - patch: one, 30 mm across, on one side of the crown
 *
 * They are marks like drawn ones, so a drawn mark of the same kind takes their place whole. Positions are estimates on
 * an average head, in directions and in mm scaled by `k`.
 */
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { TAU, cos, degToRad, sin } from '../num/elementary.ts';
import { hashUnit } from '../random/hash.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, cross, normalise, scale } from '../vec/vec3.ts';
import { crownCentre } from './hair-extent.ts';
import type { Point, Presentation, ScalpMark } from './scalp-design.ts';
import { curveThrough, sampleOf, walkTowards } from './skin-curve.ts';

/** Azimuth and elevation in degrees, left half, from the middle of the back forwards. */
type Directions = readonly (readonly [azimuthDeg: number, elevationDeg: number])[];

const STRIP: Directions = [
  [180, 9],
  [155, 10],
  [130, 14],
  [108, 23],
  [95, 31],
];
const STRIP_LENGTH_MM = 220;
const STRIP_WIDTH_MM = 2;

const DONOR_TOP: Directions = [
  [180, 33],
  [155, 34],
  [130, 38],
  [108, 45],
];
const DONOR_BOTTOM: Directions = [
  [180, -14],
  [155, -12],
  [136, -2],
  [120, 17],
  [106, 35],
];

const PATCH_RADIUS_MM = 15;
const PATCH_OFF_CROWN_MM = 45;
/** The rim of a patch is nearly round: its radius varies by this share. */
const PATCH_UNEVEN = 0.06;
const PATCH_POINTS = 10;

/** What a presentation works on when nothing of its kind is among `marks`; empty for the others. */
export function presetMarks(
  presentation: Presentation,
  marks: readonly ScalpMark[],
  head: HeadMap,
  k: number,
  seed: number,
): readonly ScalpMark[] {
  const { kind } = presentation;
  if (marks.some((mark) => mark.kind === kind)) return [];
  switch (kind) {
    case 'fut-scar':
      return [{ kind, lineMm: stripLine(head, k), widthMm: STRIP_WIDTH_MM }];
    case 'fue-scars':
      return [{ kind, outlineMm: [...acrossBack(head, DONOR_TOP), ...acrossBack(head, DONOR_BOTTOM).reverse()] }];
    case 'patch':
      return [{ kind, outlineMm: patchOutline(head, k, seed) }];
    default:
      return [];
  }
}

/** From the right side over the back to the left. */
function acrossBack(head: HeadMap, left: Directions): Vec3[] {
  const at = (sign: 1 | -1, [azimuthDeg, elevationDeg]: readonly [number, number]): Vec3 => {
    const a = degToRad(azimuthDeg);
    const e = degToRad(elevationDeg);
    return onSkin(head, [sign * sin(a) * cos(e), sin(e), cos(a) * cos(e)]);
  };
  return [
    ...left
      .slice(1)
      .map((d) => at(-1, d))
      .reverse(),
    ...left.map((d) => at(1, d)),
  ];
}

/** Points about 2 cm apart along the strip, which is as long on every head as its size asks. */
function stripLine(head: HeadMap, k: number): Point[] {
  const whole = curveThrough(head, acrossBack(head, STRIP));
  const half = (STRIP_LENGTH_MM * k) / 2;
  const middle = ((whole.count - 1) * whole.stepMm) / 2;
  const parts = 12;
  return Array.from({ length: parts + 1 }, (_, i) =>
    sampleOf(whole, Math.round((middle - half + (2 * half * i) / parts) / whole.stepMm)),
  );
}

function patchOutline(head: HeadMap, k: number, seed: number): Point[] {
  const side = hashUnit(seed, 311) < 0.5 ? 1 : -1;
  const centre = walkTowards(head, crownCentre(head), [side * 100, 20, -30], PATCH_OFF_CROWN_MM * k);
  const out = normalise(centre);
  const across = normalise(cross([0, 1, 0], out));
  const up = cross(out, across);
  return Array.from({ length: PATCH_POINTS }, (_, i) => {
    const angle = (TAU * i) / PATCH_POINTS;
    const mm = PATCH_RADIUS_MM * k * (1 + PATCH_UNEVEN * (2 * hashUnit(seed, 320 + i) - 1));
    const towards = add(centre, add(scale(across, cos(angle) * 50), scale(up, sin(angle) * 50)));
    return walkTowards(head, centre, towards, mm);
  });
}
