/**
 * Does a document from anywhere describe one plan of one head, and one that can be drawn?
 *
 * plan-schema.ts in files bounds every value by itself; here they are held against each other, with the predicates that
 * made them: the measures against core's limits and against the head, the hairline against the skin it runs on, each
 * camera against the head and the photo, the course against the calendar. What Stipple writes passes with a wide margin
 * (tested on the smallest and largest heads that tapes may measure), so a refusal means a file that was edited by hand
 * or damaged.
 *
 * The limits stand between what hairlines on 1,000 heads reach, most of them absurd, and what computes a wrong picture
 * or for minutes. About 80 ms. Does not know the photo's pixels, does not judge style (judge-design.ts) and repairs
 * nothing.
 */
import { isUsedCard } from '../card/card-reading.ts';
import { times } from '../card/card-reference.ts';
import { preparation } from '../aftercare/preparation.ts';
import { addDays } from '../calendar/plain-day.ts';
import { planCourse } from '../course/plan-course.ts';
import type { CourseDesign } from '../course/course-design.ts';
import { onSkin, type HeadMap } from '../head/head-map.ts';
import type { HeadFit, HeadMeasure } from '../head/head-shape.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import { headOf } from '../head/head-of.ts';
import { averageRepeats } from '../head/judge-measures.ts';
import { MEASURE_LIMITS_MM } from '../head/measure-limits.ts';
import { solveHead } from '../head/solve-head.ts';
import { radiusOfMap, readTape } from '../head/tape.ts';
import { TAPE_KINDS } from '../head/take-measure.ts';
import { atan2, degToRad, log } from '../num/elementary.ts';
import { invert } from '../num/solve.ts';
import { calibrationNamed } from '../pigment/calibration.ts';
import { labOf } from '../pigment/lab.ts';
import { frontEdge } from '../scalp/front-edge.ts';
import { faultOfMark } from '../scalp/judge-mark.ts';
import type { HairlineDesign } from '../scalp/scalp-design.ts';
import { sampleOf, walkTowards } from '../scalp/skin-curve.ts';
import { Refusal } from '../units/refusal.ts';
import { project } from '../vec/camera.ts';
import { IDENTITY, multiply, transpose, type Mat3, type Vec3 } from '../vec/mat3.ts';
import { cross, distance, dot } from '../vec/vec3.ts';
import { anglesOf } from '../vision/solve-pose.ts';
import { tellsScale } from '../vision/view-evidence.ts';
import type { MaskText } from '../vision/mask-text.ts';
import { faultOfReading } from './head-readings.ts';
import type { PlanDocument, PlanPhoto } from './plan-document.ts';

/** A head without tapes follows its outline beyond what a tape may read. */
const READING_SLACK = [0.8, 1.25] as const;
/** ln of a measure against the head's reading: four standard deviations of the worst tape are 0.054. */
const MEASURE_APART = 0.08;

const OFF_SKIN_MM = 3;
const MIDDLE_APART_MM = 3;
const CONTROL_GAP_MM = [1, 120] as const;
const LONGEST_HAIRLINE_MM = 700;
/** A designed line climbs 2 degrees and more from point to point on usual heads, and falls by 2 on absurd ones. */
const STEP_BACK_RAD = degToRad(5);
/** Designed lines end at 79 degrees to each side. */
const LEAST_END_RAD = degToRad(45);

const ROTATION_ERROR = 1e-5;
/** Documents hold tenths. */
const ANGLE_APART_DEG = 0.1;
const CAMERA_DISTANCE_MM = [200, 20_000] as const;
/** A face of 90 pixels is the smallest that is measured; a head much larger than the photo is cropped. */
const HEAD_WIDTH_MM = 150;
const LEAST_HEAD_PX = 60;
/** Eyes and brows are halved until they have 24 rows: the softest photo then spreads over 4 mm. */
const MOST_BLUR_MM = 6;
/** Exposure and lamps change a channel by a few times, not by hundreds. */
const LEAST_DETERMINANT = 1e-4;
const WHITE_IN_PHOTO = [0.01, 100] as const;

/**
 * @throws Refusal 'document-invalid' with the place of the first contradiction, 'document-newer', and what `solveHead`
 * and `planCourse` refuse
 */
export function checkDocument(document: PlanDocument): void {
  const { head, measures, hairline, photos, pigment, course, seed } = document;
  checkCourse(course);
  if (!calibrationNamed(pigment.calibration)) {
    throw new Refusal('document-newer', `calibration ${pigment.calibration}`);
  }
  const { map, landmarks } = headOf(head);
  checkShape(head, averageRepeats(measures).measures, map, landmarks);
  const middle = checkHairline(hairline, map, landmarks, seed);
  document.marks.forEach((mark, k) => hold(faultOfMark(map, mark) === null, `marks[${k}]`));
  document.readings?.forEach((reading, k) => {
    const isShown = photos.some(({ view }) => view === reading.view);
    hold(isShown && faultOfReading(map, reading) === null, `readings[${k}]`);
  });
  photos.forEach((photo, k) => checkPhoto(photo, `photos[${k}]`, landmarks, middle));
  // Last, because it takes as long as all the others.
  checkScale(document);
}

/** `isRight` is also false for numbers that are none. */
function hold(isRight: boolean, place: string): void {
  if (!isRight) throw new Refusal('document-invalid', place);
}

const isWithin = (value: number, [low, high]: readonly [number, number]): boolean => value >= low && value <= high;

/** The days that the calendar file reaches back to are part of the course. */
function checkCourse(course: CourseDesign): void {
  planCourse(course);
  if (course.start === null) return;
  for (const { daysBefore } of preparation('strict')) addDays(course.start, -daysBefore);
}

function checkShape({ scan }: HeadFit, measures: readonly HeadMeasure[], map: HeadMap, landmarks: HeadLandmarks): void {
  const place = scan ? 'head.scan' : 'head.shape';
  const radius = radiusOfMap(map);
  for (const kind of TAPE_KINDS) {
    const reading = readTape(radius, landmarks, kind);
    const [low, high] = MEASURE_LIMITS_MM[kind];
    hold(isWithin(reading, [READING_SLACK[0] * low, READING_SLACK[1] * high]), place);
    const taken = measures.filter((measure) => measure.kind === kind);
    const agrees = taken.every(({ valueMm }) => Math.abs(log(valueMm / reading)) <= MEASURE_APART);
    hold(agrees, place);
  }
}

function checkScale({ head, measures, photos, client }: PlanDocument): void {
  const solved = solveHead(measures, null, client);
  const isKnown = photos.some(({ distances }) => distances.some(tellsScale));
  hold(head.isMeasured === (solved.isMeasured || head.scan !== null || isKnown), 'head.isMeasured');
  const byDistance = isKnown && !solved.isMeasured ? 'known distance' : solved.scaleSource;
  hold(head.scaleSource === (head.scan ? 'head scan' : byDistance), 'head.scaleSource');
}

/**
 * Returns the mid-frontal point. Points are held to the skin before any curve is drawn through them: wild ones take
 * minutes.
 */
function checkHairline(hairline: HairlineDesign, map: HeadMap, landmarks: HeadLandmarks, seed: number): Vec3 {
  const { controlsMm, midFrontalAboveGlabellaMm } = hairline;
  const place = 'hairline.controlsMm';
  const { glabella, vertex } = landmarks;
  let longMm = 0;
  controlsMm.forEach((p, k) => {
    hold(distance(p, onSkin(map, p)) <= OFF_SKIN_MM, place);
    hold(isWithin(p[1], [-0.15 * vertex[1], 1.02 * vertex[1]]) && p[2] >= -0.6 * glabella[2], place);
    if (k === 0) return;
    const before = controlsMm[k - 1];
    const gapMm = distance(p, before);
    longMm += gapMm;
    hold(isWithin(gapMm, CONTROL_GAP_MM) && sideRad(p) - sideRad(before) >= -STEP_BACK_RAD, place);
  });
  hold(longMm <= LONGEST_HAIRLINE_MM, place);
  hold(sideRad(controlsMm[0]) <= -LEAST_END_RAD && sideRad(controlsMm.at(-1)!) >= LEAST_END_RAD, place);

  const { smooth, middleAtMm } = frontEdge(map, hairline, seed);
  const crossing = onSkin(map, sampleOf(smooth, Math.round(middleAtMm / smooth.stepMm)));
  const middle = walkTowards(map, glabella, vertex, midFrontalAboveGlabellaMm);
  hold(distance([0, crossing[1], crossing[2]], middle) <= MIDDLE_APART_MM, 'hairline.midFrontalAboveGlabellaMm');
  return middle;
}

/** How far to a side, seen along a line between front and top: from the right ear (negative) over the hairline to the left. */
const sideRad = ([x, y, z]: Vec3): number => atan2(x, y + 0.7 * z);

function checkPhoto(photo: PlanPhoto, place: string, { glabella, vertex }: HeadLandmarks, middle: Vec3): void {
  const { camera, widthPx, heightPx, quality, colours, person, hair, distances, distancesForetold } = photo;
  hold(!distancesForetold || distancesForetold.length === distances.length, `${place}.distancesForetold`);
  hold(isRotation(camera.R), `${place}.camera.R`);
  const angles = anglesOf(camera.R);
  for (const name of ['yawDeg', 'pitchDeg', 'rollDeg'] as const) {
    hold(Math.abs(photo[name] - angles[name]) <= ANGLE_APART_DEG, `${place}.${name}`);
  }
  hold(isWithin(camera.t[2], CAMERA_DISTANCE_MM), `${place}.camera.t`);
  for (const point of [glabella, middle]) {
    const [xPx, yPx, depthMm] = project(camera, point);
    const isNear = isWithin(xPx, [-widthPx / 2, 1.5 * widthPx]) && isWithin(yPx, [-heightPx / 2, 1.5 * heightPx]);
    hold(depthMm > 0 && isNear, `${place}.camera`);
  }
  const headPx = (HEAD_WIDTH_MM * camera.f) / camera.t[2];
  hold(isWithin(headPx, [LEAST_HEAD_PX, 2 * Math.max(widthPx, heightPx)]), `${place}.camera.f`);
  // A photo from behind need not reach to the glabella.
  const seen = project(camera, photo.faceScore > 0 ? glabella : [0, vertex[1] / 2, 0]);
  hold(holds(person, seen), `${place}.person`);
  if (hair) hold(holds(hair, seen), `${place}.hair`);

  const mmPerPx = project(camera, middle)[2] / camera.f;
  hold(isWithin(quality.mmPerPxAtHairline / mmPerPx, [0.95, 1.05]), `${place}.quality.mmPerPxAtHairline`);
  hold(quality.blurPx * mmPerPx <= MOST_BLUR_MM, `${place}.quality.blurPx`);
  // Nothing can be darkened on black, and no share of it told.
  hold(colours.skinLab[0] >= 1, `${place}.colours.skin`);
  // Half a unit of each: documents hold hundredths of L*a*b*.
  hold(distance(labOf(colours.skin), colours.skinLab) <= 0.02, `${place}.colours.skinLab`);
  hold(distance(labOf(colours.hair), colours.hairLab) <= 0.02, `${place}.colours.hairLab`);
  checkCard(photo, place);
}

/** A correction that a card can give: white stays a light, skin a colour. */
function checkCard({ card, colours }: PlanPhoto, place: string): void {
  if (!isUsedCard(card)) return;
  const { matrix } = card;
  const at = (k: number): number => matrix[k];
  const determinant =
    at(0) * (at(4) * at(8) - at(5) * at(7)) -
    at(1) * (at(3) * at(8) - at(5) * at(6)) +
    at(2) * (at(3) * at(7) - at(4) * at(6));
  hold(determinant > LEAST_DETERMINANT, `${place}.card.matrix`);
  hold(
    times(invert(matrix, 3), [1, 1, 1]).every((light) => isWithin(light, WHITE_IN_PHOTO)),
    `${place}.card.matrix`,
  );
  hold(isWithin(labOf(times(matrix, colours.skin))[0], [1, 150]), `${place}.card.matrix`);
  hold(labOf(times(matrix, colours.hair)).every(Number.isFinite), `${place}.card.matrix`);
  hold(card.used <= card.read, `${place}.card.used`);
}

function isRotation(R: Mat3): boolean {
  const square = multiply(R, transpose(R));
  if (!square.every((value, k) => Math.abs(value - IDENTITY[k]) <= ROTATION_ERROR)) return false;
  // The third row is the product of the others, and not its mirror image.
  return dot(cross([R[0], R[1], R[2]], [R[3], R[4], R[5]]), [R[6], R[7], R[8]]) > 0;
}

/** Whether the square of a mask holds a place of the photo. */
const holds = ({ leftPx, topPx, sidePx }: MaskText, [xPx, yPx]: Vec3): boolean =>
  isWithin(xPx, [leftPx, leftPx + sidePx]) && isWithin(yPx, [topPx, topPx + sidePx]);
