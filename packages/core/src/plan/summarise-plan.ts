/**
 * The numbers of a plan for people: areas, dots, hours, dates, price, forecast and what has to be said beside them.
 *
 * Pure in the plan; `scenes` (by view) adds how much of the work each photo shows, `prices` the list that a studio sells by.
 * Areas carry two errors, of the head's size and of the extent, in quadrature. Rounded for reading:
 * areas to 0.1 cm2, lengths to 0.1 mm. Without a measured head every mm, cm2 and amount is null.
 */
import { planCourse } from '../course/plan-course.ts';
import { sessionHours } from '../course/session-hours.ts';
import type { SessionHours, WorkKind } from '../course/session-hours.ts';
import {
  FADE_FACTORS,
  FORECAST_LABEL,
  FORECAST_NOT_COUNTED,
  adviseTouchUp,
  forecastFade,
  forecastSource,
} from '../forecast/fade-forecast.ts';
import { HEALING_CURVE } from '../forecast/healing-curve.ts';
import { quantise } from '../num/range.ts';
import type { StudioPrices } from '../quote/price-list.ts';
import { quoteCourse } from '../quote/quote-course.ts';
import type { Quote, QuoteLine, QuoteRequest } from '../quote/quote-course.ts';
import type { SceneFacts } from '../render/prepare-scene.ts';
import { extentOf, zoneExtents } from '../scalp/extent-source.ts';
import { frontEdge } from '../scalp/front-edge.ts';
import { workedEdge } from '../scalp/worked-edge.ts';
import type { Presentation } from '../scalp/scalp-design.ts';
import { sampleOf } from '../scalp/skin-curve.ts';
import { relativeEstimate } from '../units/estimate.ts';
import { Refusal } from '../units/refusal.ts';
import { majorUnits, money } from '../units/money.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { ENGINE } from './engine.ts';
import { sourceOfShown, summariseReading } from './head-readings.ts';
import { MID_FRONTAL_CHECK, planChecks } from './plan-checks.ts';
import { mainPhoto } from './main-photo.ts';
import { planWarnings } from './plan-warnings.ts';
import type {
  AreaSummary,
  ForecastSummary,
  HairlineSummary,
  PlanSummary,
  QuoteSummary,
  SessionSummary,
  ViewSummary,
  TapeCheckSummary,
  ZoneSummary,
} from './plan-summary.ts';
import type { PlanDocument } from './plan-document.ts';
import type { RealisedPlan } from './realise-plan.ts';
import { summarisePigment } from './summarise-pigment.ts';

const QUOTED_AS: Partial<Record<Presentation['kind'], QuoteRequest['style']>> = {
  ludwig: 'density',
  'fut-scar': 'scars',
  'fue-scars': 'scars',
  patch: 'patches',
};

const FORECAST_YEARS = [1, 3, 5];
const EXAMPLE_LIST = 'These prices are of an example list, in USD; quotes of a studio go by its own list.';
/** Less than a few dots. */
const LEAST_AREA_CM2 = 0.05;
/** Spacing (mm, about) of the hairline's points in a summary. */
const HAIRLINE_EVERY_MM = 4;

/** A plan knows of no studio: without `prices` it is priced by an example list. */
export function summarisePlan(
  plan: RealisedPlan,
  scenes: ReadonlyMap<string, SceneFacts> = new Map(),
  prices: StudioPrices | null = null,
): PlanSummary {
  const { document, dots } = plan;
  const { head, photos, readings = [] } = document;
  const zones = zoneSummaries(plan);
  const hours = sessionHoursOf(plan, zones);
  const area = areaOf(plan);
  const main = photos[mainPhoto(photos)];
  return {
    engine: ENGINE,
    areaCm2: area,
    scale: {
      source: head.isMeasured ? head.scaleSource : 'not measured',
      mmPerPxAtHairline: head.isMeasured && main ? main.quality.mmPerPxAtHairline : null,
      relativeSd: head.isMeasured ? quantise(main?.spread?.relativeScale ?? head.relativeSd, 1e4) : null,
    },
    zones,
    sessions: sessionSummaries(plan, hours),
    dots: dots.count,
    dotsRange: area && dotsRangeOf(dots.count, area),
    hairline: hairlineOf(plan),
    readings: head.isMeasured ? readings.map((one) => summariseReading(one, plan.head, head.scaleSource)) : null,
    views: photos.map((photo) => viewOf(photo, head.isMeasured, plan, scenes.get(photo.view))),
    pigment: summarisePigment(document),
    quote: area && quoteSummary(quoteOf(plan, area, prices), prices),
    forecast: forecastOf(document),
    warnings: planWarnings(plan, hours, scenes),
  };
}

function areaOf({ document, zones }: RealisedPlan): AreaSummary | null {
  if (!document.head.isMeasured) return null;
  const extent = extentOf(document.presentation, document.hairline, document.marks, document.zoneTapes);
  const { relativeAreaSd, scaleSource } = document.head;
  const sd = bothSds(relativeAreaSd, extent.relativeSd);
  const total = zones.reduce((sum, zone) => sum + zone.areaCm2, 0);
  if (total < LEAST_AREA_CM2) throw new Refusal('nothing-to-treat');
  const { value, low, high } = relativeEstimate(total, sd, '');
  return {
    value: quantise(value, 10),
    low: quantise(low, 10),
    high: quantise(high, 10),
    source: `${scaleSource}, extent ${extent.source === 'template' ? 'from a template of the stage' : extent.source}`,
    extentSource: extent.source,
  };
}

/** As many per cm2 on less or more skin; rounded, for no two layouts have the same number. */
function dotsRangeOf(count: number, { value, low, high, source }: AreaSummary): PlanSummary['dotsRange'] {
  const step = count < 1000 ? 10 : 100;
  const at = (cm2: number): number => step * Math.round((count * cm2) / value / step);
  return { low: at(low), high: at(high), source: `by the area: ${source}` };
}

function zoneSummaries({ document, field, zones, dots }: RealisedPlan): ZoneSummary[] {
  const { course, head, presentation, hairline, marks, zoneTapes } = document;
  const counts = field.zones.map(() => new Array<number>(course.sessions).fill(0));
  for (let i = 0; i < dots.count; i++) counts[dots.zone[i]][dots.session[i] - 1]++;
  const extents = zoneExtents(field.zones, presentation, hairline, marks, zoneTapes);
  return field.zones.map(({ id, kind, targetPerCm2 }, k) => {
    const { source, relativeSd } = extents[k];
    const area = relativeEstimate(zones[k].areaCm2, bothSds(head.relativeAreaSd, relativeSd), '');
    const ifMeasured = (cm2: number): number | null => (head.isMeasured ? quantise(cm2, 10) : null);
    return {
      id,
      kind,
      areaCm2: ifMeasured(area.value),
      areaLowCm2: ifMeasured(area.low),
      areaHighCm2: ifMeasured(area.high),
      extentSource: source,
      targetPerCm2,
      dots: counts[k].reduce((sum, n) => sum + n, 0),
      sessionDots: counts[k],
    };
  });
}

/** Two independent spreads together. */
const bothSds = (a: number, b: number): number => Math.sqrt(a * a + b * b);

function sessionHoursOf({ document }: RealisedPlan, zones: readonly ZoneSummary[]): SessionHours[] {
  return Array.from({ length: document.course.sessions }, (_, k) => {
    const byKind: Partial<Record<WorkKind, number>> = {};
    for (const zone of zones) byKind[zone.kind] = (byKind[zone.kind] ?? 0) + zone.sessionDots[k];
    return sessionHours(k + 1, byKind);
  });
}

function sessionSummaries({ document, dots }: RealisedPlan, hours: readonly SessionHours[]): SessionSummary[] {
  const placed = new Array<number>(document.course.sessions).fill(0);
  for (let i = 0; i < dots.count; i++) placed[dots.session[i] - 1]++;
  return planCourse(document.course).sessions.map(({ n, date }, k) => ({
    n,
    date,
    dots: placed[k],
    hours: hours[k].hours.value,
    hoursLow: hours[k].hours.low,
    hoursHigh: hours[k].hours.high,
    formula: hours[k].formula,
  }));
}

function hairlineOf(plan: RealisedPlan): HairlineSummary {
  const { document, head } = plan;
  const { hairline, layout, seed } = document;
  if (!document.head.isMeasured)
    return { midFrontalAboveGlabellaMm: null, low: null, high: null, source: null, checks: null, pointsMm: null };
  const { irregular } = (layout === 2 ? workedEdge : frontEdge)(head, hairline, seed);
  const every = Math.max(1, Math.round(HAIRLINE_EVERY_MM / irregular.stepMm));
  const pointsMm: Vec3[] = [];
  for (let i = 0; i < irregular.count; i += every) {
    const p = sampleOf(irregular, i);
    pointsMm.push([quantise(p[0], 100), quantise(p[1], 100), quantise(p[2], 100)]);
  }
  const checks = checkSummaries(plan);
  const middle = checks.find(({ id }) => id === MID_FRONTAL_CHECK)!;
  const half = (middle.high - middle.low) / 2;
  const mm = hairline.midFrontalAboveGlabellaMm;
  return {
    midFrontalAboveGlabellaMm: quantise(mm, 10),
    low: quantise(mm - half, 10),
    high: quantise(mm + half, 10),
    source: middle.source,
    checks,
    pointsMm,
  };
}

/** Each with the spread of the photo that shows it best; where none does, with that of the head's lengths. */
function checkSummaries({ document, head: map, landmarks }: RealisedPlan): TapeCheckSummary[] {
  const { head, photos } = document;
  return planChecks(document, { map, landmarks }).map(({ id, label, fromLabel, toLabel, way, mm }) => {
    const shown = photos.flatMap(({ view, spread }) =>
      (spread?.checks ?? []).filter((c) => c.id === id).map(({ sdMm }) => ({ view, sdMm })),
    );
    const best = shown.toSorted((a, b) => a.sdMm - b.sdMm)[0];
    const sd = best?.sdMm ?? head.relativeSd * mm;
    const source = best ? sourceOfShown(head.scaleSource, best.view) : `${head.scaleSource}, shown by no photo`;
    const around = (by: number): number => quantise(Math.max(0, mm + 1.96 * by * sd), 10);
    const between = { mm: quantise(mm, 10), low: around(-1), high: around(1) };
    return { id, label, from: fromLabel, to: toLabel, way, ...between, source };
  });
}

function viewOf(
  photo: RealisedPlan['document']['photos'][number],
  isMeasured: boolean,
  { dots }: RealisedPlan,
  scene: SceneFacts | undefined,
): ViewSummary {
  const { f, cx, cy, R, t } = photo.camera;
  const pose = photo.spread?.pose;
  return {
    name: photo.view,
    widthPx: photo.widthPx,
    heightPx: photo.heightPx,
    faceScore: photo.faceScore,
    placedBy: photo.placedBy,
    yawDeg: photo.yawDeg,
    pitchDeg: photo.pitchDeg,
    rollDeg: photo.rollDeg,
    poseError: pose ? { yawDeg: quantise(1.96 * pose.yawDeg, 10), pitchDeg: quantise(1.96 * pose.pitchDeg, 10) } : null,
    camera: { f, cx, cy, R, t: isMeasured ? t : null },
    outline: { rmsPx: photo.outline.rmsPx, relative: photo.outline.relative },
    dotsInView: scene ? quantise(scene.visibleDots / Math.max(1, dots.count), 1000) : null,
  };
}

/** The quote of a plan, exact and recomputable. */
export function quoteOf({ document }: RealisedPlan, area: AreaSummary, prices: StudioPrices | null = null): Quote {
  return quoteCourse(
    {
      style: QUOTED_AS[document.presentation.kind] ?? 'shaved',
      areaCm2: area,
      extentSource: area.extentSource,
      sessions: document.course.sessions,
    },
    prices?.list,
  );
}

function quoteSummary(quote: Quote, prices: StudioPrices | null): QuoteSummary | null {
  const { currency, lowMinor, likelyMinor, highMinor } = quote;
  if (lowMinor === null || highMinor === null) return null;
  const major = (minor: number | null): number | null => (minor === null ? null : majorUnits(money(minor, currency)));
  const line = ({ id, label, ...range }: QuoteLine): QuoteSummary['lines'][number] => ({
    id,
    label,
    low: major(range.lowMinor),
    likely: major(range.likelyMinor),
    high: major(range.highMinor),
  });
  return {
    currency,
    low: majorUnits(money(lowMinor, currency)),
    likely: major(likelyMinor),
    high: majorUnits(money(highMinor, currency)),
    lines: quote.lines.map(line),
    extras: quote.extras.map(line),
    ...(prices && { listOf: prices.studio }),
    why: `${quote.why} ${prices ? `These prices are of the list of ${prices.studio}, in ${currency}.` : EXAMPLE_LIST}`,
  };
}

function forecastOf({ fading = [] }: PlanDocument): ForecastSummary {
  const { fromYears, likelyYears, toYears } = adviseTouchUp(fading);
  return {
    label: FORECAST_LABEL,
    source: forecastSource(fading),
    notCounted: FORECAST_NOT_COUNTED,
    drivers: fading.map((id) => {
      const [multiplier, evidence] = FADE_FACTORS[id];
      return { id, multiplier, evidence };
    }),
    healing: HEALING_CURVE.map(([day, contrast]) => ({ day, contrast })),
    years: FORECAST_YEARS.map((years) => {
      const { low, likely, high } = forecastFade(years, fading);
      return { years, low: quantise(low, 1000), likely: quantise(likely, 1000), high: quantise(high, 1000) };
    }),
    touchUpYears: { from: fromYears, likely: likelyYears, to: toYears },
  };
}
