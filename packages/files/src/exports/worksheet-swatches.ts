/**
 * Page 3 of the worksheet: what each zone's density looks like after each session, in true size.
 *
 * Squares of 2 x 2 cm with the plan's own dots, laid flat from the place of the zone that has most dots of its own
 * around it; so near the centre nothing is stretched by more than half a percent. Put beside the skin, they are the
 * yardstick of the work. A ruler tells whether the printer kept the size.
 */
import { skinChart } from '@stipple/core/scalp/skin-chart.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { INK, LEFT_MM, LINE, MUTED, WIDTH_MM } from './sheet.ts';
import type { Point, Sheet } from './sheet.ts';
import type { WorksheetInput } from './worksheet-words.ts';
import { zoneName } from './zone-names.ts';

export const SWATCH_MM = 20;
const GAP_MM = 2;
/** Corner to centre of a swatch. */
const REACH_MM = 14.2;

export function drawSwatches(sheet: Sheet, { plan }: WorksheetInput): void {
  const { density } = plan.document;
  let y = sheet.heading(24, 'Density in true size', 'each square is 2 x 2 cm of skin');
  y = sheet.paragraph(
    LEFT_MM,
    y,
    WIDTH_MM,
    'Hold the square beside the zone and compare how dense it looks, after each session and again when it has healed. The target is that of the zone at full strength; near its edges the plan asks for less. Nobody places dots by coordinate.',
  );
  y = drawRuler(sheet, y + 5) + 10;
  const sessions = density.sessionShares.length;
  const step = WIDTH_MM / 2 + 2;
  plan.field.zones.forEach(({ id, targetPerCm2 }, zone) => {
    const x = LEFT_MM + (zone % 2) * step;
    const top = y + Math.floor(zone / 2) * 44;
    sheet.text(x, top, zoneName(id), { isBold: true });
    sheet.rule(x, top + 1.8, sessions * SWATCH_MM + (sessions - 1) * GAP_MM, { widthMm: 0.2, colour: LINE });
    const patch = zonePatch(plan, zone);
    density.sessionShares.forEach((share, k) => {
      const left = x + k * (SWATCH_MM + GAP_MM);
      sheet.box(left, top + 4, SWATCH_MM, SWATCH_MM, { stroke: { widthMm: 0.15, colour: MUTED } });
      for (const [diameterMm, points] of bySize(patch, k + 1)) {
        const onPage = points.map(([px, py]): Point => [left + SWATCH_MM / 2 + px, top + 4 + SWATCH_MM / 2 - py]);
        sheet.dots(onPage, diameterMm, INK);
      }
      const inSquare = patch.filter((dot) => dot.session <= k + 1).length;
      sheet.text(left, top + 28, `After ${k + 1}: ${Math.round(share * targetPerCm2)} /cm²`, { size: 7.5 });
      sheet.text(left, top + 31.4, `here ${Math.round((100 * inSquare) / (SWATCH_MM * SWATCH_MM))} /cm²`, {
        size: 7.5,
        colour: MUTED,
      });
    });
  });
}

function drawRuler(sheet: Sheet, yMm: number): number {
  const style = { widthMm: 0.25, colour: INK };
  sheet.rule(LEFT_MM, yMm, 50, style);
  for (let mm = 0; mm <= 50; mm += 5) {
    const tall = mm % 50 === 0 ? 2.4 : mm % 10 === 0 ? 1.6 : 0.9;
    sheet.polyline(
      [
        [LEFT_MM + mm, yMm - tall],
        [LEFT_MM + mm, yMm],
      ],
      style,
    );
  }
  sheet.text(LEFT_MM + 54, yMm, 'Print at 100 %: this line is 50 mm. If it is not, the squares are not true either.', {
    size: 8.5,
  });
  return yMm;
}

export interface PatchDot {
  /** From the middle of the patch, flat. */
  readonly at: Point;
  readonly session: number;
  readonly diameterMm: number;
}

/** All dots in a square of 2 x 2 cm around the zone's most crowded place. */
export function zonePatch({ head, dots }: RealisedPlan, zone: number): PatchDot[] {
  const place = (i: number): Vec3 => [
    dots.positionMm[3 * i] ?? 0,
    dots.positionMm[3 * i + 1] ?? 0,
    dots.positionMm[3 * i + 2] ?? 0,
  ];
  const own = Array.from({ length: dots.count }, (_, i) => i).filter((i) => dots.zone[i] === zone);
  // A hundred candidates against a thousand of the zone's dots find the middle well enough.
  const every = (list: readonly number[], most: number): number[] =>
    list.filter((_, k) => k % Math.ceil(list.length / most) === 0);
  const sample = every(own, 1000).map(place);
  let middle: Vec3 | null = null;
  let most = -1;
  for (const candidate of every(own, 100).map(place)) {
    const around = sample.filter((p) => isWithin(p, candidate, REACH_MM)).length;
    if (around > most) {
      most = around;
      middle = candidate;
    }
  }
  if (!middle) return [];
  const chart = skinChart(head, middle, [0, 1, -0.5]);
  const patch: PatchDot[] = [];
  for (let i = 0; i < dots.count; i++) {
    const p = place(i);
    if (!isWithin(p, middle, REACH_MM)) continue;
    const [x, y] = chart.toPlane(p);
    if (Math.max(Math.abs(x), Math.abs(y)) > SWATCH_MM / 2) continue;
    patch.push({ at: [x, y], session: dots.session[i] ?? 1, diameterMm: dots.diameterMm[i] ?? 0 });
  }
  return patch;
}

const isWithin = (p: Vec3, q: Vec3, mm: number): boolean => {
  const [x, y, z] = [p[0] - q[0], p[1] - q[1], p[2] - q[2]];
  return x * x + y * y + z * z < mm * mm;
};

/** Dots placed by the session, by diameter to the nearest 0.05 mm. */
function bySize(patch: readonly PatchDot[], session: number): [diameterMm: number, points: Point[]][] {
  const sizes = new Map<number, Point[]>();
  for (const dot of patch) {
    if (dot.session > session) continue;
    const size = Math.round(dot.diameterMm * 20) / 20;
    const points = sizes.get(size);
    if (points) points.push(dot.at);
    else sizes.set(size, [dot.at]);
  }
  return [...sizes].sort(([a], [b]) => a - b);
}
