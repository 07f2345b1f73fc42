/** Page 2 of the worksheet: the head with its zones from above and from the front, and the work zone by zone. */
import { SESSION_PACE_DEFAULTS, WORK_EFFORT } from '@stipple/core/course/session-hours.ts';
import { techniqueFor } from '@stipple/core/course/technique.ts';
import type { Place } from '@stipple/core/course/technique.ts';
import { headView } from './head-views.ts';
import type { ViewName } from './head-views.ts';
import { INK, LEFT_MM, LINE, MUTED, PAPER, WIDTH_MM } from './sheet.ts';
import type { Point, Rgb, Sheet } from './sheet.ts';
import { grouped } from './worksheet-overview.ts';
import { NOT_TO_SCALE } from './worksheet-words.ts';
import type { WorksheetInput } from './worksheet-words.ts';
import { zoneName } from './zone-names.ts';

/** Light enough to write on, apart enough to tell on a grey printer's neighbours. */
const TINTS: readonly Rgb[] = [
  [0.66, 0.82, 0.89],
  [0.97, 0.82, 0.66],
  [0.77, 0.88, 0.72],
  [0.94, 0.76, 0.8],
  [0.82, 0.78, 0.93],
  [0.95, 0.9, 0.66],
  [0.7, 0.88, 0.85],
  [0.88, 0.82, 0.75],
];
const tint = (zone: number): Rgb => TINTS[zone % TINTS.length] ?? LINE;

/** Of the drawings. */
const SCALE = 0.4;

export function drawZones(sheet: Sheet, { plan, summary }: WorksheetInput): void {
  const size = plan.document.head.isMeasured ? 'drawn at 40 %' : NOT_TO_SCALE;
  let y = sheet.heading(24, 'Zones', `${size}; the client faces you`);
  drawView(sheet, { plan, summary }, 'top', [LEFT_MM + WIDTH_MM * 0.25, y + 42]);
  drawView(sheet, { plan, summary }, 'front', [LEFT_MM + WIDTH_MM * 0.75, y + 53]);
  y = drawWork(sheet, 142, summary);
  drawTechnique(sheet, y, { plan, summary });
}

function drawView(sheet: Sheet, { plan }: WorksheetInput, name: ViewName, [cx, cy]: Point): void {
  const view = headView(plan, name);
  const at = ([x, y]: Point): Point => [cx + SCALE * x, cy + SCALE * y];
  const thin = { widthMm: 0.2, colour: MUTED };
  for (const { centre, radiusXMm, radiusYMm } of view.ears) {
    sheet.ellipse(...at(centre), SCALE * radiusXMm, SCALE * radiusYMm, { fill: PAPER, stroke: thin });
  }
  if (name === 'top')
    sheet.polyline(
      [
        [-9, 84],
        [-5, 104],
        [0, 108],
        [5, 104],
        [9, 84],
      ].map(([x = 0, y = 0]) => at([x, y])),
      thin,
    );
  const outline = view.outline.map(at);
  sheet.polygon(outline, { fill: PAPER });
  view.zones.forEach((boxes, zone) =>
    sheet.boxes(
      boxes.map(([x, y, w, h]) => [...at([x, y]), SCALE * w, SCALE * h] as const),
      tint(zone),
    ),
  );
  sheet.polygon(outline, { stroke: { widthMm: 0.35, colour: INK } });
  for (const line of view.features) sheet.polyline(line.map(at), { widthMm: 0.2, colour: MUTED });
  sheet.polyline(view.hairline.map(at), { widthMm: 0.5, colour: INK });
  const side = { size: 7.5, colour: MUTED } as const;
  sheet.text(cx - 41, 36, "client's right", side);
  sheet.text(cx + 41, 36, "client's left", { ...side, align: 'right' });
  sheet.text(cx, 134, name === 'top' ? 'From above, forehead at the bottom' : 'From the front', {
    ...side,
    align: 'centre',
  });
}

function drawWork(sheet: Sheet, yMm: number, { zones, sessions }: WorksheetInput['summary']): number {
  const y = sheet.heading(
    yMm,
    'Dots and minutes',
    `dots · minutes at ${SESSION_PACE_DEFAULTS.dotsPerMinute} a minute; breaks, numbing and set-up come on top`,
  );
  const minutes = (dots: number, kind: keyof typeof WORK_EFFORT): number =>
    Math.ceil((dots * WORK_EFFORT[kind]) / SESSION_PACE_DEFAULTS.dotsPerMinute);
  zones.forEach((_, k) =>
    sheet.box(LEFT_MM, y + 1.8 + 6.2 * k + 1.6, 3, 3, { fill: tint(k), stroke: { widthMm: 0.15, colour: MUTED } }),
  );
  const rest = (WIDTH_MM - 5 - 28 - 25 - 18 - 15) / sessions.length;
  return sheet.table(
    LEFT_MM + 5,
    y,
    [
      { title: 'Zone', widthMm: 28 },
      { title: 'Area, cm² (95 %)', widthMm: 25, align: 'right' },
      { title: 'Target', widthMm: 18, align: 'right' },
      ...sessions.map(({ n }) => ({ title: `Session ${n}`, widthMm: rest, align: 'right' as const })),
      { title: 'Dots', widthMm: 15, align: 'right' },
    ],
    zones.map(({ id, kind, areaCm2, areaLowCm2, areaHighCm2, targetPerCm2, dots, sessionDots }) => [
      zoneName(id),
      areaCm2 === null || areaLowCm2 === null || areaHighCm2 === null
        ? 'not known'
        : `${Math.round(areaCm2)} (${Math.round(areaLowCm2)} to ${Math.round(areaHighCm2)})`,
      `${targetPerCm2.toFixed(0)} /cm²`,
      ...sessionDots.map((count) => `${grouped(count)} · ${minutes(count, kind)}`),
      grouped(dots),
    ]),
  );
}

function drawTechnique(sheet: Sheet, yMm: number, { plan, summary }: WorksheetInput): void {
  const y = sheet.heading(yMm, 'Needle and depth', 'published and trade ranges; hand and skin decide');
  const places = new Set<Place>(['hairline', ...summary.zones.map(({ id, kind }) => (id === 'hairline' ? id : kind))]);
  const { head, hairline } = plan.document;
  const edge = head.isMeasured ? `, first ${Math.round(hairline.transitionMm)} mm` : '';
  const name = (place: Place): string => `${PLACE_NAMES[place]}${place === 'hairline' ? edge : ''}`;
  let below = sheet.table(
    LEFT_MM,
    y,
    [
      { title: 'Where', widthMm: 50 },
      { title: 'Needle', widthMm: 52 },
      { title: 'Depth of the pigment', widthMm: 36 },
      { title: 'Healed dot', widthMm: 36 },
    ],
    [...places].map((place) => {
      const { needle, depthMm, dotDiameterMm } = techniqueFor(place);
      return [
        name(place),
        `${needle.points === 1 ? '1 point' : `${needle.points} points`}, code ${needle.code}`,
        `${depthMm.low} to ${depthMm.high} mm`,
        `${dotDiameterMm.low} to ${dotDiameterMm.high} mm`,
      ];
    }),
  );
  below -= 3;
  for (const place of places) {
    sheet.text(LEFT_MM, below, PLACE_NAMES[place], { size: 8.5, isBold: true });
    sheet.text(LEFT_MM + 28, below, techniqueFor(place).advice, { size: 8.5 });
    below += 4.6;
  }
}

const PLACE_NAMES: Readonly<Record<Place, string>> = {
  hairline: 'Hairline edge',
  bald: 'Bald zones',
  thinning: 'Between hair',
  scar: 'Scars',
  repair: 'Earlier work',
  blend: 'Blend zones',
};
