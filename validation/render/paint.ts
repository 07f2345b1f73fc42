/**
 * The colour of skin without a texture: tone and mottling, lips, brows, lash lines, eyes.
 *
 * Painted where a point lies on the neutral head of ICT-FaceKit (cm; x to the client's left, y up, z forward), whose
 * outlines of eyes, brows and lips are in its read-me, so that every head of that family wears its own face. Reflectances are
 * linear; there is just enough to make the face networks see a person.
 */
import { exp } from '@stipple/core/num/elementary.ts';
import { clamp, lerp, smoothstep } from '@stipple/core/num/range.ts';
import { valueNoise } from '@stipple/core/random/value-noise.ts';

export type Rgb = [number, number, number];

/** Reflectance of bare skin, light to dark. */
export const SKIN_TONES: readonly Rgb[] = [
  [0.55, 0.34, 0.25],
  [0.46, 0.26, 0.175],
  [0.28, 0.145, 0.09],
];
const HAIR: Rgb = [0.035, 0.024, 0.017];

type Line = readonly (readonly [number, number])[];
const LIPS: Line = [
  [-2.53, -3.42],
  [-1.7, -2.78],
  [-0.73, -2.42],
  [0, -2.52],
  [0.73, -2.42],
  [1.7, -2.78],
  [2.53, -3.42],
  [1.8, -4.06],
  [1.03, -4.3],
  [0, -4.38],
  [-1.03, -4.3],
  [-1.8, -4.06],
];
/** Of the client's left eye; the other is its mirror image. */
const UPPER_LID: Line = [
  [1.75, 3.22],
  [2.3, 3.72],
  [2.78, 3.97],
  [3.35, 4.03],
  [3.87, 3.9],
  [4.3, 3.6],
  [4.62, 3.38],
];
const LOWER_LID: Line = [
  [2.1, 3.18],
  [2.73, 3.06],
  [3.3, 3.0],
  [3.86, 3.07],
  [4.46, 3.42],
];

const EYE_SLIT: Line = [...UPPER_LID, ...[...LOWER_LID].reverse()];

/** With `hasEyes` the head has eyeballs of its own; otherwise eyes are painted on its lids. */
export function paintSkin(x: number, y: number, z: number, tone: Rgb, salt: number, hasEyes: boolean): Rgb {
  const mottle =
    1 + 0.05 * valueNoise(x / 0.9, y / 0.9, z / 0.9, salt) + 0.04 * valueNoise(x / 0.2, y / 0.2, z / 0.2, salt + 1);
  const c: Rgb = [tone[0] * mottle, tone[1] * mottle, tone[2] * mottle];
  if (z < 4) return c;
  const ax = Math.abs(x);
  const nose = exp(-((x / 1.5) * (x / 1.5) + ((y + 0.2) / 1.4) * ((y + 0.2) / 1.4)));
  const cheek = exp(-(((ax - 4.6) / 1.9) * ((ax - 4.6) / 1.9) + ((y + 0.4) / 1.7) * ((y + 0.4) / 1.7)));
  const red = 0.5 * nose + 0.4 * cheek;
  c[1] *= 1 - 0.17 * red;
  c[2] *= 1 - 0.15 * red;
  if (y < -1.5 && y > -6) {
    const inLip = smoothstep(-0.1, 0.14, insideBy(x, y, LIPS));
    const line = 0.5 * smoothstep(0.12, 0.02, Math.abs(y + 3.33));
    const k = 1 - line * smoothstep(2.7, 2.4, ax);
    c[0] = lerp(c[0], c[0] * 0.8, inLip) * k;
    c[1] = lerp(c[1], c[1] * 0.5, inLip) * k;
    c[2] = lerp(c[2], c[2] * 0.55, inLip) * k;
  }
  if (y > 2 && y < 7.5) {
    // The rim of the lids is red, the upper one carries lashes; the socket is a shade darker.
    if (!hasEyes) {
      const inside = insideBy(ax, y, EYE_SLIT);
      if (inside > 0) {
        const off = Math.sqrt((ax - 3.2) * (ax - 3.2) + (y - 3.6) * (y - 3.6));
        const eye = paintEye(off, true);
        // Shaded by the upper lid.
        const shade = 0.55 + 0.45 * smoothstep(0, 0.35, lineDistance(ax, y, UPPER_LID));
        for (let k = 0; k < 3; k++) c[k] = eye[k] * shade;
      }
    }
    const upper = lineDistance(ax, y, UPPER_LID);
    const lower = lineDistance(ax, y, LOWER_LID);
    cover(c, HAIR, 0.92 * smoothstep(0.17, 0.05, upper));
    cover(c, HAIR, 0.4 * smoothstep(0.1, 0.03, lower));
    const crease = smoothstep(0.5, 0.1, Math.abs(lineDistance(ax, y - 0.4, UPPER_LID)));
    for (let k = 0; k < 3; k++) c[k] *= 1 - 0.14 * crease;
    cover(c, HAIR, brow(ax, y, salt));
  }
  return c;
}

/**
 * Along the middle of the client's left brow: on the crest of the ridge as the mesh has it, its upper border where the
 * read-me has its points of the brow (5.91, 6.19, 6.26, 5.98, 5.20 at these places).
 */
const BROW: Line = [
  [1.17, 5.48],
  [2.41, 5.76],
  [3.79, 5.88],
  [4.93, 5.68],
  [5.82, 5.02],
];

/** How much brow covers the skin: a bow of fine strokes that lean outwards. */
function brow(ax: number, y: number, salt: number): number {
  const [inner, outer] = [BROW[0][0], BROW[BROW.length - 1][0]];
  const t = (ax - inner) / (outer - inner);
  if (t < -0.06 || t > 1.06) return 0;
  const at = clamp(BROW.filter(([x]) => x <= ax).length - 1, 0, BROW.length - 2);
  const [[x0, y0], [x1, y1]] = [BROW[at], BROW[at + 1]];
  const middle = lerp(y0, y1, clamp((ax - x0) / (x1 - x0), 0, 1));
  const half = 0.43 * smoothstep(-0.06, 0.04, t) * lerp(1, 0.4, smoothstep(0.45, 1.06, t));
  const across = (y - middle) / Math.max(half, 0.02);
  const stroke = 0.62 + 0.55 * valueNoise((0.8 * y - 0.6 * ax) / 0.06, (0.8 * ax + 0.6 * y) / 0.35, 0, salt + 7);
  return 0.95 * smoothstep(1.15, 0.6, Math.abs(across)) * clamp(stroke, 0.25, 1);
}

function cover(c: Rgb, by: Rgb, share: number): void {
  const a = clamp(share, 0, 1);
  for (let k = 0; k < 3; k++) c[k] = lerp(c[k], by[k], a);
}

/** Of an eyeball, by the distance (cm) from its line of sight. */
export function paintEye(offSightCm: number, isFront: boolean): Rgb {
  if (!isFront || offSightCm > 0.6) return [0.56, 0.52, 0.5];
  if (offSightCm < 0.2) return [0.008, 0.007, 0.007];
  const ring = 1 - 0.7 * smoothstep(0.47, 0.6, offSightCm);
  return [0.1 * ring, 0.065 * ring, 0.036 * ring];
}

function segmentDistance(x: number, y: number, a: readonly [number, number], b: readonly [number, number]): number {
  const dx = b[0] - a[0];
  const dy = b[1] - a[1];
  const t = clamp(((x - a[0]) * dx + (y - a[1]) * dy) / (dx * dx + dy * dy), 0, 1);
  const ex = x - a[0] - t * dx;
  const ey = y - a[1] - t * dy;
  return Math.sqrt(ex * ex + ey * ey);
}

function lineDistance(x: number, y: number, line: Line): number {
  let best = Infinity;
  for (let k = 1; k < line.length; k++) best = Math.min(best, segmentDistance(x, y, line[k - 1], line[k]));
  return best;
}

/** Distance to the border of a polygon, negative outside. */
function insideBy(x: number, y: number, polygon: Line): number {
  let isInside = false;
  let best = Infinity;
  for (let k = 0; k < polygon.length; k++) {
    const a = polygon[k];
    const b = polygon[(k + 1) % polygon.length];
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0]) isInside = !isInside;
    best = Math.min(best, segmentDistance(x, y, a, b));
  }
  return isInside ? best : -best;
}
