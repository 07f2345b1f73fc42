/**
 * Makes a head of a scan: its radial map in the head frame, its landmarks, and how far each may be trusted.
 *
 * With landmarks they are the frame (frame-by-landmarks.ts); without, the template and a mean face are found in the scan
 * (place-scan.ts) and the ears on it place the tragions (ears-on-scan.ts). Then rays from the origin read the
 * skin. Left and right stay as they are. The unit is what the caller says, else what makes the head human; a scan in none
 * comes out as long as the usual head, and whoever uses it has to size it (scan-unit.ts).
 *
 * Promises: the same bits everywhere; 200,000 triangles below 2 s, 10 s in no unit. Refuses 'scan-unplaced', 'scan-unit',
 * 'scan-landmarks', 'scan-incomplete'. Does not take off hair: a covered head is reported as such, as scanned.
 */
import { Refusal } from '../units/refusal.ts';
import type { Mat3 } from '../vec/mat3.ts';
import { multiply, rotate, transpose } from '../vec/mat3.ts';
import { add, cross, distance, normalise, scale, subtract } from '../vec/vec3.ts';
import { tragionsByEars } from './ears-on-scan.ts';
import { buildHead, HEAD_MAP_SIZE } from '../head/build-head.ts';
import { castScan } from './cast-scan.ts';
import type { PoseFit } from './fit-pose.ts';
import { fitPose, place } from './fit-pose.ts';
import { frameByLandmarks } from './frame-by-landmarks.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { TEMPLATE_SHAPE, headSurface } from './head-surface.ts';
import type { HeadSurface } from './head-surface.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { judgeCover } from './judge-cover.ts';
import type { CoverReport } from './judge-cover.ts';
import { placeScan } from './place-scan.ts';
import { radiiOfSkin } from './radii-of-skin.ts';
import { sampleScan } from './sample-scan.ts';
import { landmarksOnScan } from './landmarks-on-scan.ts';
import type { LengthUnit, Placement, ScanLandmarks, ScanMesh } from './scan-mesh.ts';
import { chooseUnit } from './scan-unit.ts';
import type { UnitChoice } from './scan-unit.ts';

export interface FrameScanOptions {
  /** What the person says; null when they do not know. */
  readonly unit: LengthUnit | null;
  /** Landmarks in the scan's own coordinates; null to find them. */
  readonly landmarks: ScanLandmarks | null;
  /** The canonical face: x y z per point, cm. */
  readonly faceCm: readonly number[];
}

export interface ScanReport {
  readonly unit: UnitChoice;
  readonly landmarks: 'given' | 'found';
  /** Standard deviation (mm) of a tragion's place along the skin. */
  readonly tragionSdMm: number;
  readonly pitchSdDeg: number;
  /** Mean gap (mm) between scan and fitted head, each cut off at 15; share of head and face within 6 mm. */
  readonly gapMm: number;
  readonly explained: number;
  /** Share of the scalp that had no triangles and was filled. */
  readonly filledShare: number;
  /** The scan's axes in the head frame: rows are the head's +X, +Y, +Z in scan coordinates. */
  readonly rotation: Mat3;
  /** Root mean square of left minus right over the scalp, mm. */
  readonly asymmetryMm: number;
  readonly cover: CoverReport;
}

export interface FramedScan {
  readonly map: HeadMap;
  readonly landmarks: HeadLandmarks;
  /** The template's nearest head: for what no scan shows, such as ears and where dots are kept. */
  readonly shape: HeadShape;
  readonly placement: Placement;
  /** Standard deviation of any length on the scalp, as a fraction. */
  readonly relativeSd: number;
  readonly report: ScanReport;
}

/** More of the scalp missing than this cannot be guessed. */
const MOST_MISSING = 0.35;
/**
 * A head that was found must follow the scan this closely and explain this much of a head and of its face. Known heads
 * leave 0.5 to 1.3 mm and explain 0.9 and more of the whole, 0.45 and more of the face; without a face it may lie
 * 8 degrees off. Between landmarks it only must be a head at all: hair stands off far.
 */
const MOST_GAP_MM = 1.8;
const LEAST_EXPLAINED = 0.4;
const LEAST_FACE = 0.4;
const MOST_GAP_BETWEEN_LANDMARKS_MM = 7;
const LEAST_EXPLAINED_BETWEEN_LANDMARKS = 0.25;
const NEAR_SAMPLES = 4_000;
const NEAR_MM = 190;

export function frameScan(mesh: ScanMesh, options: FrameScanOptions): FramedScan {
  const surface = headSurface(options.faceCm);
  const { choice, found } = options.landmarks
    ? placeByLandmarks(mesh, options.unit, options.landmarks, surface)
    : placeByFit(mesh, options.unit, surface);
  const { placement, shape } = found;
  const expected = buildHead(shape, HEAD_MAP_SIZE);
  const cast = castScan(place(mesh.positions, placement), mesh.triangles, expected);
  const { map, filledShare, isSeen } = radiiOfSkin(cast, expected, shape, landmarksOf(shape));
  if (!(filledShare <= MOST_MISSING)) {
    throw new Refusal('scan-incomplete', `${Math.round(100 * filledShare)} % of the scalp is missing`);
  }
  const landmarks = landmarksOnScan(map, shape, placement, options.landmarks);
  return {
    map,
    landmarks,
    shape,
    placement,
    relativeSd: relativeSdOf(options.landmarks !== null, filledShare),
    report: {
      unit: choice,
      landmarks: options.landmarks ? 'given' : 'found',
      tragionSdMm: options.landmarks ? 1.5 : 4,
      pitchSdDeg: options.landmarks ? 1.5 : 2.5,
      gapMm: found.gapMm,
      explained: found.explained,
      filledShare,
      rotation: placement.rotation,
      asymmetryMm: asymmetryMm(map, isSeen),
      cover: judgeCover(map, isSeen, landmarks, shape),
    },
  };
}

/** A scanner's scale; and what the filled part adds, half as unsure as a template that was only measured round. */
const SCANNER_SD = 0.004;
const FILLED_SD = 0.02;
const FOUND_SD = 0.003;

function relativeSdOf(isGiven: boolean, filledShare: number): number {
  const filled = FILLED_SD * filledShare;
  const found = isGiven ? 0 : FOUND_SD;
  return Math.sqrt(SCANNER_SD * SCANNER_SD + filled * filled + found * found);
}

interface Placed {
  readonly choice: UnitChoice;
  readonly found: PoseFit;
}

function placeByFit(mesh: ScanMesh, unit: LengthUnit | null, surface: HeadSurface): Placed {
  const { choice, found } = chooseUnit(mesh, unit, (mmPerUnit) => {
    const fit = placeScan(mesh, surface, mmPerUnit);
    if (!fit || fit.gapMm > MOST_GAP_MM || fit.explained < LEAST_EXPLAINED || fit.faceExplained < LEAST_FACE)
      return null;
    return { lossMm: fit.lossMm, lengthMm: lengthOf(fit.shape), found: fit };
  });
  if (!found.isClear) throw new Refusal('scan-unplaced', 'it can be turned two ways');
  return { choice, found: frameByEars(mesh, surface, found) };
}

/** Moves the fitted frame so that the tragions the ears show lie on its x axis. */
function frameByEars(mesh: ScanMesh, surface: HeadSurface, fit: PoseFit): PoseFit {
  const { placement, shape } = fit;
  const expected = buildHead(shape, HEAD_MAP_SIZE);
  const cast = castScan(place(mesh.positions, placement), mesh.triangles, expected);
  const seen = tragionsByEars(cast, expected, shape.face);
  const { leftTragion, rightTragion } = landmarksOf(shape);
  const left = seen.left ?? leftTragion;
  const right = seen.right ?? rightTragion;
  const x = normalise(subtract(left, right));
  const y = normalise(subtract([0, 1, 0], scale(x, x[1])));
  const turn: Mat3 = [...x, ...y, ...cross(x, y)];
  const origin = scale(add(left, right), 0.5);
  const moved: Placement = {
    rotation: multiply(turn, placement.rotation),
    mmPerUnit: placement.mmPerUnit,
    shiftMm: rotate(turn, subtract(placement.shiftMm, origin)),
  };
  return fitPose(surface, pointsNear(mesh, moved), { placement: moved, shape }, { isPlaced: true });
}

function placeByLandmarks(mesh: ScanMesh, unit: LengthUnit | null, given: ScanLandmarks, surface: HeadSurface): Placed {
  const { choice, found } = chooseUnit(
    mesh,
    unit,
    (mmPerUnit) => {
      const fit = fitByLandmarks(mesh, given, mmPerUnit, surface);
      return fit && { lossMm: fit.lossMm, lengthMm: lengthOf(fit.shape), found: fit };
    },
    'scan-landmarks',
  );
  if (found.gapMm > MOST_GAP_BETWEEN_LANDMARKS_MM || found.explained < LEAST_EXPLAINED_BETWEEN_LANDMARKS) {
    throw new Refusal('scan-landmarks', 'no head lies between them');
  }
  const { leftTragion, rightTragion, glabella, nasion } = given;
  const mirrored: ScanLandmarks = { leftTragion: rightTragion, rightTragion: leftTragion, glabella, nasion };
  const other = fitByLandmarks(mesh, mirrored, found.placement.mmPerUnit, surface);
  if (other && other.lossMm < found.lossMm) throw new Refusal('scan-landmarks', 'left and right are swapped');
  return { choice, found };
}

function fitByLandmarks(mesh: ScanMesh, given: ScanLandmarks, mmPerUnit: number, surface: HeadSurface): PoseFit | null {
  const placement = frameByLandmarks(given, mmPerUnit);
  return (
    placement && fitPose(surface, pointsNear(mesh, placement), { placement, shape: TEMPLATE_SHAPE }, { isPlaced: true })
  );
}

/** Points of the scan within reach of the head. */
function pointsNear(mesh: ScanMesh, { rotation, mmPerUnit, shiftMm }: Placement): Float64Array {
  const back = rotate(transpose(rotation), shiftMm);
  const reach = NEAR_MM / mmPerUnit;
  return sampleScan(mesh, NEAR_SAMPLES, (x, y, z) => {
    const [dx, dy, dz] = [x + back[0] / mmPerUnit, y + back[1] / mmPerUnit, z + back[2] / mmPerUnit];
    return dx * dx + dy * dy + dz * dz < reach * reach;
  }).points;
}

/** Head length (mm) of a shape. */
function lengthOf(shape: HeadShape): number {
  const { glabella, opisthocranion } = landmarksOf(shape);
  return distance(glabella, opisthocranion);
}

function asymmetryMm({ size, radiiMm }: HeadMap, isSeen: Uint8Array): number {
  let sum = 0;
  let count = 0;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size >> 1; i++) {
      const [one, other] = [i + size * j, size - 1 - i + size * j];
      // The upper half of the sphere: the diamond inside the square.
      if (Math.abs(2 * i - size + 1) + Math.abs(2 * j - size + 1) > size - 1) continue;
      if (!isSeen[one] || !isSeen[other]) continue;
      const gap = radiiMm[one] - radiiMm[other];
      sum += gap * gap;
      count++;
    }
  }
  return count > 0 ? Math.sqrt(sum / count) : 0;
}
