/**
 * The treated scalp on paper: a few flat charts, every dot on exactly one of them, each with its stretch.
 *
 * In: the head, its zones and the dots on it (mm, head frame). Out: charts that have dots, in the order of work, and
 * for every dot its chart and place on it (mm, x right, y up). One chart for the whole scalp would stretch its sides by
 * a third. So the scalp is cut where a comb parts it anyway: along the borders of zones into front, top, crown, back and
 * two sides, each with its temple; along the midline where one of these stretches by more than {@link CUT_STRETCH}; and
 * a hairline alone where the temples begin. Front and top have the crown up, as one faces the client; the others have
 * the vertex up, as one faces that part.
 *
 * Promises: the same bits on every engine; the stretch is that of the true metric at the dots (skin-chart.ts). About
 * 0.3 s for 40,000 dots. The charts are a picture of a simulation: nobody places dots by coordinate.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { ZoneInfo } from './scalp-field.ts';
import { centreOf, skinChart, stretchAt } from './skin-chart.ts';
import type { PlanePoint, SkinChart, Stretch } from './skin-chart.ts';

type Part = 'front' | 'top' | 'crown' | 'left' | 'right' | 'back';
/** A part, or its half on the client's left or right. */
export type ChartId = Part | `${Exclude<Part, 'left' | 'right'>}-${'left' | 'right'}`;

export interface ScalpChart {
  readonly id: ChartId;
  /** Zones with dots on it, in the order of the plan. */
  readonly zoneIds: readonly string[];
  readonly centre: Vec3;
  readonly toPlane: (p: Vec3) => PlanePoint;
  /** Largest error of a short length anywhere on the chart, and of 95 % of the dots' surroundings; fractions. */
  readonly largestStretch: number;
  readonly p95Stretch: number;
}

export interface FlatScalp {
  readonly charts: readonly ScalpChart[];
  /** Index into `charts` per dot. */
  readonly chartOfDot: Uint8Array;
  /** x, y per dot on its chart, mm. */
  readonly xyMm: Float64Array;
}

/** What it needs of laid-out dots. */
export interface DotsOnSkin {
  readonly count: number;
  readonly positionMm: ArrayLike<number>;
  /** Index into the zones. */
  readonly zone: ArrayLike<number>;
}

const ORDER: readonly Part[] = ['front', 'top', 'crown', 'right', 'left', 'back'];

/** More than this, and a chart that crosses the midline is cut along it. */
const CUT_STRETCH = 0.08;

/** A hairline without further zones is cut this far from the midline, mm: where temples begin on an average head. */
const HAIRLINE_CUT_MM = 36;

/** Seen as one faces the client: the client's right is on the left. */
const isFaced = (part: Part): boolean => part === 'front' || part === 'top';
const upOf = (part: Part): Vec3 => (isFaced(part) ? [0, 0, -1] : [0, 1, 0]);

function partFor(zoneId: string, [x, y, z]: Vec3): Part {
  switch (zoneId) {
    case 'hairline':
      return Math.abs(x) < HAIRLINE_CUT_MM ? 'front' : x > 0 ? 'left' : 'right';
    case 'mid':
      return 'top';
    case 'crown':
      return 'crown';
    case 'temple-l':
    case 'side-l':
    case 'donor-l':
      return 'left';
    case 'temple-r':
    case 'side-r':
    case 'donor-r':
      return 'right';
    case 'back':
    case 'donor-back':
      return 'back';
    case 'front':
      return 'front';
    default:
      // Scars, patches and earlier work lie anywhere: where a comb would part the scalp around them.
      return partAt(x, y, z);
  }
}

/** Borders between charts where no zone has one, mm on an average head. */
const TOP_Y = 72;
const FRONT_Z = 6;
const CROWN_Z = -36;

function partAt(x: number, y: number, z: number): Part {
  if (y < TOP_Y) {
    if (z < -0.8 * Math.abs(x)) return 'back';
    if (z < FRONT_Z || Math.abs(x) > HAIRLINE_CUT_MM) return x > 0 ? 'left' : 'right';
  }
  return z < CROWN_Z ? 'crown' : z < FRONT_Z ? 'top' : 'front';
}

export function flattenScalp(head: HeadMap, zones: readonly ZoneInfo[], dots: DotsOnSkin): FlatScalp {
  const { count, positionMm, zone } = dots;
  const parts = new Map<Part, number[]>(ORDER.map((part) => [part, []]));
  for (let i = 0; i < count; i++) parts.get(partFor(zones[zone[i]].id, dotAt(positionMm, i)))?.push(i);
  const chartOfDot = new Uint8Array(count);
  const xyMm = new Float64Array(2 * count);
  const charts: ScalpChart[] = [];
  const add = (id: ChartId, { chart, largestStretch, p95Stretch }: BalancedChart, members: readonly number[]): void => {
    const zoneIds = zones.filter((_, z) => members.some((i) => zone[i] === z)).map((info) => info.id);
    for (const i of members) {
      chartOfDot[i] = charts.length;
      xyMm.set(chart.toPlane(dotAt(positionMm, i)), 2 * i);
    }
    charts.push({ id, zoneIds, ...chart, largestStretch, p95Stretch });
  };
  for (const [part, members] of parts) {
    if (members.length === 0) continue;
    const up = upOf(part);
    const chartOf = (everyDot: number): BalancedChart => balancedChart(head, up, positionMm, members, everyDot);
    if (part === 'left' || part === 'right') {
      add(part, chartOf(1), members);
      continue;
    }
    const isTooMuch = ({ largestStretch }: BalancedChart): boolean => largestStretch > CUT_STRETCH;
    // One dot in eight often tells that a cut is needed; only all of them tell that it is not.
    const whole = isTooMuch(chartOf(8)) ? null : chartOf(1);
    if (whole && !isTooMuch(whole)) {
      add(part, whole, members);
      continue;
    }
    // Side by side in this order they meet along the midline.
    for (const half of isFaced(part) ? (['right', 'left'] as const) : (['left', 'right'] as const)) {
      const ofHalf = members.filter((i) => positionMm[3 * i] < 0 === (half === 'right'));
      add(`${part}-${half}`, balancedChart(head, up, positionMm, ofHalf, 1), ofHalf);
    }
  }
  return { charts, chartOfDot, xyMm };
}

interface BalancedChart {
  readonly chart: SkinChart;
  readonly largestStretch: number;
  readonly p95Stretch: number;
}

const dotAt = (xyzMm: ArrayLike<number>, i: number): Vec3 => [xyzMm[3 * i], xyzMm[3 * i + 1], xyzMm[3 * i + 2]];

/** The chart about the middle of its dots, shrunk so that the largest lengthening equals the largest shortening. */
function balancedChart(
  head: HeadMap,
  up: Vec3,
  positionMm: ArrayLike<number>,
  members: readonly number[],
  everyDot: number,
): BalancedChart {
  const centre = centreOf(positionMm, members);
  const plain = skinChart(head, centre, up);
  const stretches: Stretch[] = [];
  for (let k = 0; k < members.length; k += everyDot) {
    stretches.push(stretchAt(head, plain, dotAt(positionMm, members[k])));
  }
  const least = stretches.reduce((a, s) => Math.min(a, s.least), Infinity);
  const most = stretches.reduce((a, s) => Math.max(a, s.most), 0);
  const shrink = 2 / (least + most);
  const errors = stretches.map((s) => Math.max(s.most * shrink - 1, 1 - s.least * shrink)).sort((a, b) => a - b);
  return {
    chart: skinChart(head, centre, up, shrink),
    largestStretch: errors[errors.length - 1],
    p95Stretch: errors[Math.floor(0.95 * (errors.length - 1))],
  };
}
