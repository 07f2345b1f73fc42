/**
 * The head as a line drawing from above and from the front: outline, zones and hairline, flat in mm.
 *
 * Both with the client's left on the right, as one faces the client: from above the forehead is at the bottom. Outline
 * of the cranium and zones are this head's; jaw, ears and nose are drawn by rule and scaled with the face, since a plan
 * knows nothing of them. Points are x right, y down, from the middle between the tragions.
 */
import { radiusMm } from '@stipple/core/head/head-map.ts';
import type { HeadMap } from '@stipple/core/head/head-map.ts';
import { alongRay, radiusOfMap } from '@stipple/core/head/tape.ts';
import { PI, cos, pow, sin } from '@stipple/core/num/elementary.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import { frontEdge } from '@stipple/core/scalp/front-edge.ts';
import { newScalpSamples } from '@stipple/core/scalp/scalp-field.ts';
import { sampleOf } from '@stipple/core/scalp/skin-curve.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import type { Point } from './sheet.ts';

export type ViewName = 'top' | 'front';

export interface HeadView {
  readonly outline: readonly Point[];
  readonly ears: readonly { readonly centre: Point; readonly radiusXMm: number; readonly radiusYMm: number }[];
  /** Lines of the face, for the eye to find its way. */
  readonly features: readonly (readonly Point[])[];
  /** Per zone of the plan: rows of its area as boxes. */
  readonly zones: readonly (readonly (readonly [x: number, y: number, width: number, height: number])[])[];
  readonly hairline: readonly Point[];
}

const CELL_MM = 1.25;
/** Treated at least this much, a place is coloured. */
const LEAST_COVERAGE = 0.3;
/** Rays to the skin set out from this plane: height for the view from above, depth for the one from the front. */
const PLANE_MM = { top: 30, front: -18 };
/** Below this the front view's outline is the jaw. */
const JAW_TOP_MM = -5;
const JAW_HALF_WIDTH_MM = 73;
const JAW_HEIGHT_MM = 92;

export function headView(plan: RealisedPlan, name: ViewName): HeadView {
  const { head, document, field } = plan;
  const k = document.head.shape.face;
  const place = (x: number, down: number, out: number): Vec3 => (name === 'top' ? [x, out, down] : [x, -down, out]);
  const flat = (p: Vec3): Point => (name === 'top' ? [p[0], p[2]] : [p[0], -p[1]]);
  const { smooth } = frontEdge(head, document.hairline, document.seed);
  const hairline = Array.from({ length: smooth.count }, (_, i) => sampleOf(smooth, i));
  const jaw = name === 'front' ? jawLine(k) : [];
  const cranium = outlineOf(head, name, place).filter(([, y]) => name === 'top' || y < -JAW_TOP_MM * k);
  return {
    outline: [...cranium, ...jaw],
    ears: [-1, 1].map((side) =>
      name === 'top'
        ? { centre: [side * 79 * k, -13 * k] as const, radiusXMm: 6 * k, radiusYMm: 15 * k }
        : { centre: [side * 76 * k, 8 * k] as const, radiusXMm: 9 * k, radiusYMm: 30 * k },
    ),
    features: name === 'front' ? faceLines(k) : [],
    zones: zoneBoxes(head, field, name, place),
    hairline: hairline.filter((p) => (name === 'top' ? p[1] : p[2]) > PLANE_MM[name]).map(flat),
  };
}

/** Farthest the skin reaches in each direction of the page, clockwise from the client's left. */
function outlineOf(head: HeadMap, name: ViewName, place: (x: number, down: number, out: number) => Vec3): Point[] {
  // From above only the skull counts: under the brow the head map means nothing.
  const lowest = name === 'top' ? 7 : -24;
  const points: Point[] = [];
  // From just below the horizontal on the left, over the top of the page, round to the same on the right.
  for (let i = 0; i < 240; i++) {
    const angle = (-2 * PI * i) / 240 + 0.35;
    const [x, y] = [cos(angle), sin(angle)];
    let reach = 0;
    for (let j = lowest; j <= 24; j++) {
      const lean = (j / 24) * (PI / 3);
      const d = place(x * cos(lean), y * cos(lean), sin(lean));
      reach = Math.max(reach, radiusMm(head, ...d) * cos(lean));
    }
    points.push([x * reach, y * reach]);
  }
  return points;
}

/** From the right cheek under the chin to the left one. */
function jawLine(k: number): Point[] {
  const points: Point[] = [];
  for (let i = 1; i < 40; i++) {
    const t = (PI * i) / 40;
    const c = cos(t);
    points.push([
      (c < 0 ? 1 : -1) * JAW_HALF_WIDTH_MM * k * pow(Math.abs(c), 0.75),
      (-JAW_TOP_MM + JAW_HEIGHT_MM * sin(t)) * k,
    ]);
  }
  return points;
}

function faceLines(k: number): Point[][] {
  const arc = (cx: number, cy: number, halfWidth: number, sag: number): Point[] =>
    Array.from({ length: 13 }, (_, i) => {
      const t = i / 6 - 1;
      return [(cx + halfWidth * t) * k, (cy + sag * (1 - t * t)) * k];
    });
  return [
    arc(-32, -32, 16, -5),
    arc(32, -32, 16, -5),
    arc(-32, -19, 12, -4),
    arc(32, -19, 12, -4),
    arc(0, 22, 12, 5),
    arc(0, 50, 21, 4),
  ];
}

function zoneBoxes(
  head: HeadMap,
  field: RealisedPlan['field'],
  name: ViewName,
  place: (x: number, down: number, out: number) => Vec3,
): HeadView['zones'] {
  const radius = radiusOfMap(head);
  const ahead = place(0, 0, 1);
  const places: Point[] = [];
  const skin: number[] = [];
  for (let y = -150; y <= 150; y += CELL_MM) {
    for (let x = -100; x <= 100; x += CELL_MM) {
      const from = place(x, y, PLANE_MM[name]);
      const l = Math.sqrt(from[0] * from[0] + from[1] * from[1] + from[2] * from[2]);
      if (l >= radiusMm(head, ...from)) continue;
      const t = alongRay(radius, from, ahead, 60);
      places.push([x, y]);
      skin.push(from[0] + t * ahead[0], from[1] + t * ahead[1], from[2] + t * ahead[2]);
    }
  }
  const samples = newScalpSamples(places.length);
  field.sample(skin, places.length, samples);
  const zones: [number, number, number, number][][] = field.zones.map(() => []);
  places.forEach(([x, y], i) => {
    if ((samples.coverage[i] ?? 0) < LEAST_COVERAGE) return;
    const boxes = zones[samples.zoneIndex[i] ?? 0];
    const last = boxes?.at(-1);
    if (last && last[1] === y - CELL_MM / 2 && Math.abs(last[0] + last[2] - (x - CELL_MM / 2)) < 1e-6)
      last[2] += CELL_MM;
    // A little taller than a row, so that no seam shows between rows.
    else boxes?.push([x - CELL_MM / 2, y - CELL_MM / 2, CELL_MM, 1.08 * CELL_MM]);
  });
  return zones;
}
