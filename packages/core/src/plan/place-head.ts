/**
 * Which head do the photos and tapes of a client show, how surely, and does everything agree?
 *
 * The joint solution (vision/solve-views.ts) gives head and cameras; here it is judged. Tapes are held against each other
 * and the population first, so that a photo never makes right tapes contradict; then each outline against the tapes
 * ('head-covered': a hat), and what is left of each outline after all ('head-mismatch', 'view-unplaced'). A scan takes the
 * place of the template; a tape that it does not confirm is refused, because one of the two is not this client's or not
 * in mm. A scan in no unit has the size that the tapes give it.
 *
 * Spreads come from the covariance of the solution, joined by how far heads differ from a stretched template.
 */
import type { ClientFacts } from '../head/client-facts.ts';
import { logsOf, measureVariance, readMeasure, targetOf } from '../head/head-beliefs.ts';
import { averageRepeats, fitMeasures, refuseContradictions } from '../head/judge-measures.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import type { HeadFit, HeadMeasure } from '../head/head-shape.ts';
import { encodeScan } from '../head/scan-text.ts';
import { headFitOf } from '../head/solve-head.ts';
import { radiusOfMap } from '../head/tape.ts';
import { exp, log, radToDeg } from '../num/elementary.ts';
import { quantise } from '../num/range.ts';
import { Refusal } from '../units/refusal.ts';
import type { Camera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance, scale } from '../vec/vec3.ts';
import type { OutlineFit } from '../vision/fit-outline.ts';
import { skinSeenAt } from '../vision/skin-seen-at.ts';
import { solveViews } from '../vision/solve-views.ts';
import type { OutlineResidual } from '../vision/solve-views.ts';
import { tellsScale } from '../vision/view-evidence.ts';
import type { ViewEvidence } from '../vision/view-evidence.ts';
import { LOGS, TILT } from '../vision/view-unknowns.ts';
import type { ScanInput } from './plan-request.ts';
import { deviationsOf } from './doubted-distances.ts';
import type { ForetoldDistance } from './plan-document.ts';
import { poseSpread, scaleSpread, shownAreaSpread, shownSpreadMm } from './shown-spread.ts';
import type { ShownDistance } from './shown-spread.ts';

/** One photo as see-photo.ts sees it, as far as the head is concerned. */
export interface PlacedFrom {
  readonly evidence: ViewEvidence;
  /** The outline fitted on this photo alone; null where no face places it. */
  readonly outline: OutlineFit | null;
}

export interface PlacedHead {
  readonly head: HeadFit;
  /** In the order of the photos. */
  readonly views: readonly PlacedView[];
}

export interface PlacedView {
  /** In mm of this head. */
  readonly camera: Camera;
  readonly outline: OutlineResidual;
  /** How surely the photo shows a distance over the skin (shown-spread.ts), mm; null when it does not show it. */
  readonly spreadMm: (shown: ShownDistance) => number | null;
  /** And the area within an outline (mm, head frame), as a fraction. */
  readonly areaSpread: (outline: readonly Vec3[]) => number;
  /** How surely it is known how far the head is turned and bowed. */
  readonly poseSpread: () => { readonly yawDeg: number; readonly pitchDeg: number };
  /** How far the head that it shows lies from that of the other photos (vision/views-apart.ts); null for one photo, and on a scan. */
  readonly apart: number | null;
  /** What everything but the known distances foretells of each of the photo's. */
  readonly foretold: readonly ForetoldDistance[];
  /** How surely mm per pixel are known at a place (mm, head frame), as a fraction. */
  readonly scaleSpread: (point: Vec3) => number;
}

/** Of the head's width: beyond it the model does not follow the outline. */
const LARGEST_RESIDUAL = 0.02;
/**
 * And on a bare scan, which is the client's own head or another's: of 72 rendered photos on the surface of their own head none
 * leaves more than 0.0094; on a stranger's the middle one of 144 leaves about 0.011.
 */
const LARGEST_RESIDUAL_ON_SCAN = 0.012;
/** Standard deviations between tape and scan beyond which they are not of one head. */
const CONTRADICTION = 4;
/** And between an outline and the tapes: a face that is small for its skull is no hat (judge-fit.ts knows hats by themselves). */
const COVERED = 5;

export function placeHead(
  photos: readonly PlacedFrom[],
  measures: readonly HeadMeasure[],
  client: ClientFacts,
  scanned: ScanInput | null,
): PlacedHead {
  refuseContradictions(measures, client);
  const once = averageRepeats(measures).measures;
  const scan = scanned?.report.unit.source === 'tape' ? sizedByTapes(scanned, once, client) : scanned;
  if (scan) refuseOtherScan(scan, once, client);
  else if (once.length > 0) refuseCovered(photos, once, client);

  const views = photos.map(({ evidence }) => evidence);
  const foretold = foretellDistances(views, once, client, scan);
  const solved = solveViews({ views, measures: once, client, scan });
  const largest = scan && !scan.report.cover.isCovered ? LARGEST_RESIDUAL_ON_SCAN : LARGEST_RESIDUAL;
  solved.views.forEach(({ outline }, k) => refuseMismatch(outline, photos[k].evidence, largest, scan));

  const { x, covariance } = solved.likeliest;
  const ofLogs = LOGS.flatMap((a) => LOGS.map((b) => covariance[a * x.length + b]));
  const faceTiltDeg = quantise(radToDeg(x[TILT]), 100);
  const fit = scan
    ? scannedFit(scan)
    : {
        ...headFitOf({ logs: logsOf(solved.shape), covariance: ofLogs }, measures),
        shape: solved.shape,
        faceTiltDeg,
      };
  const apart = scan || views.length === 1 ? null : solved.apart();
  const isKnown = !fit.isMeasured && photos.some(({ evidence }) => evidence.distances.some(tellsScale));
  return {
    head: isKnown ? { ...fit, isMeasured: true, scaleSource: 'known distance' } : fit,
    views: solved.views.map(({ camera, outline }, k) => ({
      camera,
      outline,
      apart: apart && apart[k],
      foretold: foretold[k],
      spreadMm: (shown) => shownSpreadMm(solved, scan, k, shown),
      poseSpread: () => poseSpread(solved, k),
      areaSpread: (outline) => shownAreaSpread(solved, scan, k, outline),
      scaleSpread: (point) => scaleSpread(solved, k, point),
    })),
  };
}

const scannedFit = ({ map, landmarks, shape, relativeSd, report }: ScanInput): HeadFit => ({
  shape,
  isMeasured: true,
  scaleSource: 'head scan',
  relativeSd,
  relativeAreaSd: 2 * relativeSd,
  faceTiltDeg: 0,
  scan: {
    radii: encodeScan(map),
    landmarks: onHundredths(landmarks),
    landmarksFrom: report.landmarks,
    unitFrom: report.unit.source,
    filledShare: quantise(report.filledShare, 1000),
    isCovered: report.cover.isCovered,
  },
});

/** As documents hold them. */
const onHundredths = (landmarks: HeadLandmarks): HeadLandmarks => {
  const at = ([x, y, z]: Vec3): Vec3 => [quantise(x, 100), quantise(y, 100), quantise(z, 100)];
  return {
    glabella: at(landmarks.glabella),
    nasion: at(landmarks.nasion),
    leftTragion: at(landmarks.leftTragion),
    rightTragion: at(landmarks.rightTragion),
    vertex: at(landmarks.vertex),
    inion: at(landmarks.inion),
    opisthocranion: at(landmarks.opisthocranion),
  };
};

/**
 * Each known distance on the head that everything else tells: its ends have to lie on it, and its length within what that
 * solution leaves open there. Of 268 right ones of 50 to 70 mm on rendered foreheads, beside a circumference, deviations were
 * 1.06 of what is promised, and 3.7 at most.
 */
function foretellDistances(
  views: readonly ViewEvidence[],
  measures: readonly HeadMeasure[],
  client: ClientFacts,
  scan: ScanInput | null,
): ForetoldDistance[][] {
  if (views.every(({ distances }) => distances.length === 0)) return views.map(() => []);
  const without = views.map((view) => ({ ...view, distances: [] }));
  const solved = solveViews({ views: without, measures, client, scan });
  const { likeliest, model, cameraAt } = solved;
  const outside = model.outsideAt(likeliest.x);
  const headMm = model.mmAt(likeliest.x);
  return views.map(({ view, distances }, k) => {
    const camera = cameraAt(k, likeliest.x);
    return distances.map((known, n) => {
      const [from, to] = [skinSeenAt(camera, outside, ...known.fromPx), skinSeenAt(camera, outside, ...known.toPx)];
      if (!from || !to) throw new Refusal('mark-unusable', `${view}: distance ${n + 1} ends beside the head`);
      const valueMm = distance(from, to) * headMm;
      const ends = { from: scale(from, headMm), to: scale(to, headMm), isFromFace: false };
      const foretold = { valueMm, sdMm: shownSpreadMm(solved, scan, k, ends) ?? RIM_SD * valueMm };
      if (valueMm > 1 && Math.abs(deviationsOf(known, foretold)) <= CONTRADICTION) return foretold;
      const reads = `${Math.round(valueMm)} mm by everything else`;
      throw new Refusal('measures-contradict', `${view}: the distance given as ${known.mm} mm is ${reads}`);
    });
  });
}

/** How surely a distance is known that ends at the very rim of the head, where a pixel is many mm of skin. */
const RIM_SD = 0.08;

/** The scan as large as the tapes say, all of them together. */
function sizedByTapes(scan: ScanInput, measures: readonly HeadMeasure[], client: ClientFacts): ScanInput {
  if (measures.length === 0) throw new Refusal('scan-unit', 'it is in no unit, and no tape says its size');
  const { map, landmarks, shape, placement } = scan;
  const radius = radiusOfMap(map);
  const told = measures.map((measure) => ({
    by: targetOf(measure, client) - log(readMeasure(measure.kind, radius, shape)),
    weight: 1 / measureVariance(measure, client),
  }));
  const weight = told.reduce((sum, each) => sum + each.weight, 0);
  const size = exp(told.reduce((sum, each) => sum + each.by * each.weight, 0) / weight);
  const sized = (p: Vec3): Vec3 => scale(p, size);
  return {
    ...scan,
    map: { size: map.size, radiiMm: map.radiiMm.map((r) => r * size) },
    landmarks: {
      glabella: sized(landmarks.glabella),
      nasion: sized(landmarks.nasion),
      leftTragion: sized(landmarks.leftTragion),
      rightTragion: sized(landmarks.rightTragion),
      vertex: sized(landmarks.vertex),
      inion: sized(landmarks.inion),
      opisthocranion: sized(landmarks.opisthocranion),
    },
    shape: { ...shape, face: shape.face * size },
    placement: { ...placement, mmPerUnit: placement.mmPerUnit * size, shiftMm: sized(placement.shiftMm) },
    relativeSd: Math.sqrt(scan.relativeSd * scan.relativeSd + 1 / weight),
  };
}

/** Each tape against what it would read on the scan. */
function refuseOtherScan(
  { map, shape, relativeSd }: ScanInput,
  measures: readonly HeadMeasure[],
  client: ClientFacts,
): void {
  const radius = radiusOfMap(map);
  for (const measure of measures) {
    const reading = readMeasure(measure.kind, radius, shape);
    const sd = Math.sqrt(measureVariance(measure, client) + relativeSd * relativeSd);
    if (Math.abs(log(measure.valueMm / reading)) <= CONTRADICTION * sd) continue;
    const { kind, valueMm } = measure;
    throw new Refusal('measures-contradict', `${kind} ${valueMm} mm: the scan reads ${Math.round(reading)} mm`);
  }
}

/** The proportions of each outline against those of the head that the tapes tell. */
function refuseCovered(photos: readonly PlacedFrom[], measures: readonly HeadMeasure[], client: ClientFacts): void {
  const { logs, covariance } = fitMeasures(measures, client);
  for (const { outline } of photos) {
    if (!outline) continue;
    const { widthRatio, heightRatio, widthSd, heightSd } = outline;
    const off = (ratio: number, sd: number, k: number): number =>
      Math.abs(log(ratio) - logs[k]) / Math.sqrt(sd * sd + covariance[5 * k]);
    if (off(widthRatio, widthSd, 1) > COVERED || off(heightRatio, heightSd, 2) > COVERED) {
      const name = ({ kind, valueMm }: HeadMeasure): string => `${kind} ${valueMm} mm`;
      throw new Refusal('head-covered', `its outline does not go with ${measures.map(name).join(', ')}`);
    }
  }
}

function refuseMismatch(
  { relative }: OutlineResidual,
  { view, placedBy }: ViewEvidence,
  largest: number,
  scan: ScanInput | null,
): void {
  if (relative <= largest) return;
  const percent = Number.isFinite(relative) ? Math.round(1000 * relative) / 10 : 100;
  const given = scan?.report.landmarks === 'given' ? ', or its landmarks not where they belong' : '';
  const why = scan ? `; the scan may be of another person, its hair longer or shorter${given}` : '';
  throw new Refusal(
    placedBy === 'face' ? 'head-mismatch' : 'view-unplaced',
    `${view}: off by ${percent} % of the head's width${why}`,
  );
}
