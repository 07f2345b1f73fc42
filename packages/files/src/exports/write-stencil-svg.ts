/**
 * stencil.svg: the treated scalp on paper in true millimetres, one layer per session.
 *
 * Flat charts of the scalp (core/scalp/flatten-scalp.ts) on one page sized to hold them, each with its zones, its
 * stretch, and the distances by which its centre is found on the head. Layers: `session-1` and so on, in which every
 * dot is a segment of no length with round ends, as wide as the healed dot to the nearest 0.05 mm; `hairline`, the
 * smooth design; `landmarks`; `scale`, 5 cm to check the print.
 *
 * A simulation and a yardstick: nobody places dots by coordinate. Does not tile the page for a small printer.
 */
import { arcOnSkinMm } from '@stipple/core/head/walk-on-skin.ts';
import { onSkin } from '@stipple/core/head/head-map.ts';
import { PI, cos, sin } from '@stipple/core/num/elementary.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import { flattenScalp } from '@stipple/core/scalp/flatten-scalp.ts';
import type { FlatScalp, ScalpChart } from '@stipple/core/scalp/flatten-scalp.ts';
import { frontEdge } from '@stipple/core/scalp/front-edge.ts';
import { sampleOf } from '@stipple/core/scalp/skin-curve.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { presentationName, zoneName } from './zone-names.ts';

const MARGIN_MM = 12;
const GAP_MM = 10;
/** Rows are filled up to this: A3 upright. */
const ROW_MM = 273;
const HEADER_MM = 34;
const TITLE_MM = 20;
/** Room that a chart's title needs. */
const LEAST_WIDTH_MM = 76;
/** The hairline and the midline are drawn this far beyond a chart's dots. */
const AROUND_MM = 3;
const CELL_MM = 4;

const SESSION_INKS = ['#1d3557', '#b5482a', '#2a7f62', '#7b4b94'];

/** A chart and where it lies on the page, whose y points down. */
interface Block {
  readonly chart: ScalpChart;
  /** Top left corner on the page. */
  readonly pageX: number;
  readonly pageY: number;
  /** Page coordinates of a place on the chart. */
  readonly toPage: (x: number, y: number) => readonly [number, number];
  /** Is there a dot of this chart in the neighbourhood? */
  readonly isNearDots: (x: number, y: number) => boolean;
}

export function writeStencilSvg(plan: RealisedPlan): Uint8Array {
  const { document, field } = plan;
  const flat = flattenScalp(plan.head, field.zones, plan.dots);
  const { blocks, widthMm, heightMm } = arrange(plan, flat);
  const parts = [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${n(widthMm)}mm" height="${n(heightMm)}mm" viewBox="0 0 ${n(widthMm)} ${n(heightMm)}" font-family="Helvetica, Arial, sans-serif" fill="#22282e">`,
    `<title>${xml(`Stencil, ${presentationName(document.presentation)}`)}</title>`,
    `<desc>Millimetres. Simulation and yardstick; nobody places dots by coordinate. Lengths on paper differ from those on the skin by up to the stretch stated at each chart.</desc>`,
    `<rect width="${n(widthMm)}" height="${n(heightMm)}" fill="#fff"/>`,
    header(plan),
    ...blocks.map((block) => title(plan, block)),
    `<g id="landmarks" fill="none" stroke="#8a949e" stroke-width="0.2">`,
    ...blocks.map((block) => landmarks(plan, block)),
    `</g>`,
    `<g id="hairline" fill="none" stroke="#22282e" stroke-width="0.3" stroke-linejoin="round">`,
    ...hairline(plan, blocks),
    `</g>`,
    ...sessions(plan, flat, blocks),
    `</svg>`,
    '',
  ];
  return new TextEncoder().encode(parts.join('\n'));
}

/** Charts in rows, the two halves of one part side by side; the page is as large as they need. */
function arrange({ dots }: RealisedPlan, flat: FlatScalp): { blocks: Block[]; widthMm: number; heightMm: number } {
  const extents = flat.charts.map((_, index) => extentOf(dots.count, flat, index));
  const widthOf = (index: number): number => {
    const extent = extents[index];
    return extent ? Math.max(LEAST_WIDTH_MM, extent.right - extent.left) : 0;
  };
  let x = MARGIN_MM;
  let y = MARGIN_MM + HEADER_MM;
  let rowHeight = 0;
  let widthMm = 0;
  const blocks = extents.map((extent, index): Block => {
    const chart = flat.charts[index] as ScalpChart;
    const isFirstOfTwo = isPair(chart.id, flat.charts[index + 1]?.id);
    const needed = widthOf(index) + (isFirstOfTwo ? GAP_MM + widthOf(index + 1) : 0);
    if (x > MARGIN_MM && x + needed > MARGIN_MM + ROW_MM) {
      x = MARGIN_MM;
      y += rowHeight + GAP_MM;
      rowHeight = 0;
    }
    const [pageX, pageY] = [x, y];
    rowHeight = Math.max(rowHeight, TITLE_MM + extent.top - extent.bottom);
    widthMm = Math.max(widthMm, x + widthOf(index));
    x += widthOf(index) + GAP_MM;
    const toPage = (px: number, py: number) => [pageX + px - extent.left, pageY + TITLE_MM + extent.top - py] as const;
    return { chart, pageX, pageY, toPage, isNearDots: extent.isNearDots };
  });
  return { blocks, widthMm: widthMm + MARGIN_MM, heightMm: y + rowHeight + MARGIN_MM };
}

/** Two halves of one part, or the two sides. */
const isPair = (a: string, b: string | undefined): boolean =>
  a.split('-')[0] === b?.split('-')[0] || (a === 'right' && b === 'left');

interface Extent {
  readonly left: number;
  readonly right: number;
  readonly bottom: number;
  readonly top: number;
  readonly isNearDots: Block['isNearDots'];
}

/** What a chart's dots take up, with a rim around them. */
function extentOf(count: number, { chartOfDot, xyMm }: FlatScalp, index: number): Extent {
  let [left, right, bottom, top] = [Infinity, -Infinity, Infinity, -Infinity];
  const cells = new Set<string>();
  const cell = (x: number, y: number): string => `${Math.floor(x / CELL_MM)},${Math.floor(y / CELL_MM)}`;
  for (let i = 0; i < count; i++) {
    if (chartOfDot[i] !== index) continue;
    const x = xyMm[2 * i] ?? 0;
    const y = xyMm[2 * i + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    bottom = Math.min(bottom, y);
    top = Math.max(top, y);
    for (const dx of [-AROUND_MM, AROUND_MM]) for (const dy of [-AROUND_MM, AROUND_MM]) cells.add(cell(x + dx, y + dy));
  }
  return {
    left: left - 2 * AROUND_MM,
    right: right + 2 * AROUND_MM,
    bottom: bottom - 2 * AROUND_MM,
    top: top + 2 * AROUND_MM,
    isNearDots: (x, y) => cells.has(cell(x, y)),
  };
}

function header({ document, dots }: RealisedPlan): string {
  const [x, y] = [MARGIN_MM, MARGIN_MM];
  const keys = Array.from({ length: document.course.sessions }, (_, k) => {
    const kx = x + k * 26;
    return `<circle cx="${n(kx + 1.2)}" cy="${n(y + 21.9)}" r="1.2" fill="${ink(k + 1)}"/><text x="${n(kx + 4)}" y="${n(y + 23)}" font-size="3">session ${k + 1}</text>`;
  });
  // Right of the keys on every page: four sessions end at 104 mm.
  const bar = x + Math.max(document.course.sessions * 26 + 2, 54);
  return [
    `<text x="${n(x)}" y="${n(y + 6)}" font-size="6" font-weight="bold">Stencil: ${xml(presentationName(document.presentation))}, ${dots.count} dots</text>`,
    `<text x="${n(x)}" y="${n(y + 12)}" font-size="3">Simulation and yardstick; nobody places dots by coordinate.</text>`,
    `<text x="${n(x)}" y="${n(y + 16.2)}" font-size="3" fill="#5b6670">Print at 100 %. Lengths are off by up to the stretch stated at each chart.</text>`,
    ...keys,
    `<g id="scale" stroke="#22282e" stroke-width="0.25" fill="none"><path d="M${n(bar)} ${n(y + 22)}h50m-50 -1.5v3m10 -2.5v2m10 -2v2m10 -2v2m10 -2v2m10 -2.5v3"/></g>`,
    `<text x="${n(bar)}" y="${n(y + 27)}" font-size="2.6">5 cm</text>`,
  ].join('\n');
}

function title(plan: RealisedPlan, { chart, pageX, pageY }: Block): string {
  const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;
  const zones = chart.zoneIds.map((id) => zoneName(id)).join(', ');
  const { middle, tragion, vertex } = knownPoints(plan);
  const side = chart.centre[0] < 0 ? 'right' : 'left';
  const from = (name: string, p: Vec3): string => `${Math.round(arcOnSkinMm(plan.head, p, chart.centre))} from ${name}`;
  const text = (down: number, line: string, style = 'font-size="2.6" fill="#5b6670"'): string =>
    `<text x="${n(pageX)}" y="${n(pageY + down)}" ${style}>${xml(line)}</text>`;
  const lines = [
    text(4, chartName(chart.id), 'font-size="4" font-weight="bold"'),
    text(8.2, `${zones}. Stretch up to ${percent(chart.largestStretch)}, for 95 % below ${percent(chart.p95Stretch)}.`),
    text(11.8, `Centre (+), mm over the skin: ${from('the mid-frontal point', middle)},`),
    text(15.4, `${from('the vertex', vertex)}, ${from(`the ${side} tragion`, tragion(side))}.`),
    `<path d="M${n(pageX)} ${n(pageY + 17)}h${n(LEAST_WIDTH_MM)}" stroke="#c9d0d6" stroke-width="0.15"/>`,
  ];
  return lines.join('\n');
}

function knownPoints({ head, document, landmarks }: RealisedPlan): {
  middle: Vec3;
  vertex: Vec3;
  tragion: (side: 'left' | 'right') => Vec3;
} {
  const { smooth, middleAtMm } = frontEdge(head, document.hairline, document.seed);
  return {
    middle: sampleOf(smooth, Math.round(middleAtMm / smooth.stepMm)),
    vertex: landmarks.vertex,
    tragion: (side) => (side === 'left' ? landmarks.leftTragion : landmarks.rightTragion),
  };
}

/** 'back-left' as 'Back, client's left'. */
function chartName(id: ScalpChart['id']): string {
  const [part = '', half] = id.split('-');
  const name = part.charAt(0).toUpperCase() + part.slice(1);
  if (half) return `${name}, client's ${half} half`;
  return part === 'left' || part === 'right' ? `Client's ${part} side` : name;
}

/** Midline, centre, and the named points that lie on this chart. */
function landmarks(plan: RealisedPlan, block: Block): string {
  const { chart, toPage } = block;
  const lines: string[] = [];
  const midline: Vec3[] = [];
  for (let k = 0; k <= 300; k++) {
    const angle = (1.3 * PI * k) / 300;
    midline.push(onSkin(plan.head, [0, sin(angle), cos(angle)]));
  }
  const path = pathOn(block, midline);
  if (path) lines.push(`<path stroke-dasharray="1.5 1" d="${path}"/>`);
  const [cx, cy] = toPage(0, 0);
  lines.push(`<path d="M${n(cx - 1.5)} ${n(cy)}h3m-1.5 -1.5v3"/>`);
  const { middle, vertex } = knownPoints(plan);
  const above = Math.round(plan.document.hairline.midFrontalAboveGlabellaMm);
  const named: [Vec3, string][] = [
    [middle, `mid-frontal, ${above} mm above glabella`],
    [vertex, 'vertex'],
  ];
  for (const [point, name] of named) {
    const [x, y] = chart.toPlane(point);
    if (!block.isNearDots(x, y)) continue;
    const [px, py] = toPage(x, y);
    lines.push(`<circle cx="${n(px)}" cy="${n(py)}" r="1.2" stroke="#22282e"/>`);
    lines.push(
      `<text x="${n(px + 1.8)}" y="${n(py + 3.4)}" font-size="2.6" stroke="none" fill="#22282e">${name}</text>`,
    );
  }
  return lines.join('\n');
}

function hairline({ head, document }: RealisedPlan, blocks: readonly Block[]): string[] {
  const { smooth } = frontEdge(head, document.hairline, document.seed);
  const points = Array.from({ length: smooth.count }, (_, i) => sampleOf(smooth, i));
  return blocks.flatMap((block) => {
    const path = pathOn(block, points);
    return path ? [`<path d="${path}"/>`] : [];
  });
}

/** The stretches of a line over the skin that run near the chart's dots, as path data. */
function pathOn({ chart, toPage, isNearDots }: Block, line: readonly Vec3[]): string {
  let path = '';
  let isDrawing = false;
  for (const point of line) {
    const [x, y] = chart.toPlane(point);
    const isNear = isNearDots(x, y);
    if (isNear) {
      const [px, py] = toPage(x, y);
      path += `${isDrawing ? 'L' : 'M'}${n(px)} ${n(py)}`;
    }
    isDrawing = isNear;
  }
  return path;
}

/** One group per session, in it one path per diameter to the nearest 0.05 mm. */
function sessions(
  { document, dots }: RealisedPlan,
  { chartOfDot, xyMm }: FlatScalp,
  blocks: readonly Block[],
): string[] {
  const paths = Array.from({ length: document.course.sessions }, () => new Map<number, string[]>());
  for (let i = 0; i < dots.count; i++) {
    const block = blocks[chartOfDot[i] ?? 0];
    const bySize = paths[(dots.session[i] ?? 1) - 1];
    if (!block || !bySize) continue;
    const size = Math.round((dots.diameterMm[i] ?? 0) * 20) / 20;
    const [x, y] = block.toPage(xyMm[2 * i] ?? 0, xyMm[2 * i + 1] ?? 0);
    const segment = `M${n(x)} ${n(y)}h0`;
    const list = bySize.get(size);
    if (list) list.push(segment);
    else bySize.set(size, [segment]);
  }
  return paths.map((bySize, k) => {
    const sizes = [...bySize].sort(([a], [b]) => a - b);
    const lines = sizes.map(([size, list]) => `<path stroke-width="${size.toFixed(2)}" d="${list.join('')}"/>`);
    return `<g id="session-${k + 1}" fill="none" stroke="${ink(k + 1)}" stroke-linecap="round">\n${lines.join('\n')}\n</g>`;
  });
}

const ink = (session: number): string => SESSION_INKS[session - 1] ?? '#22282e';

/** Hundredths of a millimetre. */
const n = (mm: number): string => mm.toFixed(2);

const xml = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
