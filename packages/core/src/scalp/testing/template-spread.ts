/**
 * How far the area of a client lies from that of the template of his stage: what the spreads of extent-source.ts are.
 *
 * Clients are made up: every number of the template is drawn about its value. Each varies by what one stage leaves open
 * (the step to the neighbouring stages, as an even spread: step / sqrt 12) and by as much again for what nobody has
 * measured: sd = 0.41 steps. Sides and back of a fringe go together by half; its temples and what lies between vary on
 * their own as well. Taped clients are read on their own extent with the error of the tape, and the template fitted.
 */
import type { HeadMap } from '../../head/head-map.ts';
import { onSkin } from '../../head/head-map.ts';
import { buildHead } from '../../head/build-head.ts';
import { landmarksOf } from '../../head/landmarks.ts';
import { arcOnSkinMm } from '../../head/walk-on-skin.ts';
import { takeZoneTape } from '../../head/zone-tape.ts';
import type { ZoneTape } from '../../head/zone-tape.ts';
import { cos, degToRad, sin } from '../../num/elementary.ts';
import { smoothstep } from '../../num/range.ts';
import { seededGenerator } from '../../random/generator.ts';
import { distance, normalise } from '../../vec/vec3.ts';
import type { Vec3 } from '../../vec/mat3.ts';
import { designHairline } from '../design-hairline.ts';
import { fitTemplate } from '../fit-template.ts';
import { frontEdge } from '../front-edge.ts';
import type { FrontEdge } from '../front-edge.ts';
import { BLEND_MM } from '../hair-extent.ts';
import type { HeadLandmarks } from '../head-landmarks.ts';
import type { HairlineDesign, Presentation } from '../scalp-design.ts';
import { headScale, lowerRim } from '../scalp-outline.ts';
import { sampleOf, walkTowards } from '../skin-curve.ts';
import { gridPoints, signedDistances } from '../skin-grid.ts';
import { templateOf } from '../stage-template.ts';
import type { Recession, StageTemplate } from '../stage-template.ts';
import { TempleTaper, keepsPeaks } from '../temple-taper.ts';
import { workExtent } from '../work-extent.ts';
import { zonePlan } from '../zone-plan.ts';

export interface SpreadHead {
  readonly head: HeadMap;
  readonly landmarks: HeadLandmarks;
  readonly hairline: HairlineDesign;
  readonly edge: FrontEdge;
}

export function averageHead(sex: 'm' | 'f' = 'm'): SpreadHead {
  const shape = { face: 1, width: 1, height: 1, length: 1 };
  const head = buildHead(shape);
  const landmarks = landmarksOf(shape);
  const hairline = designHairline(head, landmarks, { sex, ageYears: 42 }, 7);
  return { head, landmarks, hairline, edge: frontEdge(head, hairline, 7) };
}

/** Root mean square of (client's area / template's area - 1), of the whole and of each zone. */
export interface Spread {
  readonly whole: number;
  readonly zones: Readonly<Record<string, number>>;
  /** Mean of the same: what is left is no bias. */
  readonly bias: number;
}

/** How much more area an outline takes in that is drawn this many mm outside of the true one. */
export function drawnTooWide(presentation: Presentation, byMm: number): number {
  const at = averageHead(presentation.kind === 'ludwig' ? 'f' : 'm');
  const areas = areaTaker(at, presentation);
  return areas(templateOf(presentation)!, [], byMm).whole / areas(templateOf(presentation)!, []).whole - 1;
}

const SIZE = 97;

export function templateSpread(
  presentation: Presentation,
  taped: readonly ZoneTape['kind'][],
  clients: number,
  seed = 1,
): Spread {
  const at = averageHead(presentation.kind === 'ludwig' ? 'f' : 'm');
  const usual = templateOf(presentation)!;
  const random = seededGenerator(seed);
  const normal = (): number => {
    let sum = 0;
    for (let i = 0; i < 12; i++) sum += random();
    return sum - 6;
  };
  const areas = areaTaker(at, presentation);
  const fixed = taped.length === 0 ? areas(usual, []) : null;
  const errors: Record<string, number[]> = {};
  for (let n = 0; n < clients; n++) {
    const client = varied(usual, normal);
    const truth = areas(client, []);
    const tapes = readZoneTapes(at, presentation, client)
      .filter(({ kind }) => taped.includes(kind))
      .map((tape) => ({ ...tape, valueMm: tape.valueMm + normal() * tape.sdMm }));
    const fitted = fixed ?? areas(usual, tapes);
    for (const [id, area] of Object.entries(truth)) (errors[id] ??= []).push(area / fitted[id] - 1);
  }
  const rms = (e: readonly number[]): number => Math.sqrt(e.reduce((sum, x) => sum + x * x, 0) / e.length);
  const round = (x: number): number => Math.round(x * 1000) / 1000;
  const { whole, ...zones } = errors;
  return {
    whole: round(rms(whole)),
    zones: Object.fromEntries(Object.entries(zones).map(([id, e]) => [id, round(rms(e))])),
    bias: round(whole.reduce((sum, x) => sum + x, 0) / whole.length),
  };
}

/** Steps from stage to stage: recession by stage, then fringe (side, back), crown, parting. */
const SHARE_OF_STEP = 0.41;
const RECESSION_STEP: readonly (readonly [middle: number, corner: number, recess: number])[] = [
  [3, 21, 8],
  [6, 23, 8],
  [12, 19, 6],
  [16, 12, 4],
];
const SIDE_STEP_DEG = 11;
const BACK_STEP_DEG = 7;
/** Of two parts that share a spread evenly, each has this much of it. */
const HALVED = Math.SQRT1_2;
const TEMPLE_SD_DEG = 3;
const BETWEEN_SD_DEG = 2;
const CROWN_SD_MM = 6;
const PARTING_STEP_MM = 13.5;
const BAND_SD_MM = 3;

function varied(usual: StageTemplate, normal: () => number): StageTemplate {
  const z = [normal(), normal(), normal()];
  const last = usual.recessions.length - 1;
  const recession = (r: Recession, i: number): Recession => {
    if (i < last && usual.recessions.length > 1) return r;
    const step = usual.recessions[0][0] === 14 ? null : RECESSION_STEP[Math.min(i, 3)];
    const by = step ? step.map((mm) => mm * SHARE_OF_STEP) : [BAND_SD_MM, BAND_SD_MM, BAND_SD_MM];
    // Middle and corner recede together by half.
    const common = normal();
    const move = (k: number): number => by[k] * (HALVED * common + HALVED * z[k]);
    return [Math.max(0.5, r[0] + move(0)), Math.max(1, r[1] + move(1)), r[2] + move(2), r[3], r[4]];
  };
  const common = normal();
  const side = SIDE_STEP_DEG * SHARE_OF_STEP * HALVED * (common + normal());
  const back = BACK_STEP_DEG * SHARE_OF_STEP * HALVED * (common + normal());
  const temple = TEMPLE_SD_DEG * normal();
  const between = BETWEEN_SD_DEG * normal();
  return {
    recessions: usual.recessions.map(recession),
    crownRadiusMm: usual.crownRadiusMm === null ? null : Math.max(15, usual.crownRadiusMm + CROWN_SD_MM * normal()),
    fringe:
      usual.fringe &&
      usual.fringe.map(([azimuth, elevation]) => {
        const behind = smoothstep(90, 180, azimuth);
        const isTemple = azimuth < 80;
        const isBetween = azimuth > 100 && azimuth < 170;
        return [
          azimuth,
          Math.min(84, elevation + (1 - behind) * side + behind * back + (isTemple ? temple : isBetween ? between : 0)),
        ] as const;
      }),
    partingHalfWidthMm:
      usual.partingHalfWidthMm === null
        ? null
        : Math.max(6, usual.partingHalfWidthMm + PARTING_STEP_MM * SHARE_OF_STEP * normal()),
  };
}

/** Areas (any unit) of the whole and of each zone, of an extent on this head. */
function areaTaker(
  { head, landmarks, hairline, edge }: SpreadHead,
  presentation: Presentation,
): (template: StageTemplate, zoneTapes: readonly ZoneTape[], widerByMm?: number) => Record<string, number> {
  const xyz = gridPoints(head, SIZE);
  const weights = nodeAreas(xyz);
  const plan = zonePlan(presentation, headScale(landmarks));
  const front = signedDistances(xyz, edge.irregular);
  const rim = signedDistances(xyz, lowerRim(head, landmarks, edge.smooth));
  return (template, zoneTapes, widerByMm = 0) => {
    const { missingMm } = workExtent(head, landmarks, { presentation, marks: [], zoneTapes }, edge, xyz, template);
    const areas: Record<string, number> = { whole: 0 };
    const taper = keepsPeaks(presentation)
      ? new TempleTaper(
          { head, usualHairline: hairline, seed: 7, k: headScale(landmarks), xyz, missingMm: missingMm! },
          edge.smooth,
        )
      : null;
    for (let i = 0; i < weights.length; i++) {
      const behindMm = taper?.behindMm(i, front[i]) ?? front[i];
      if (!(behindMm > -2 && rim[i] > 0)) continue;
      const cover =
        smoothstep(-2, 6, behindMm) *
        smoothstep(0, 10, rim[i]) *
        smoothstep(-BLEND_MM / 2, BLEND_MM / 2, missingMm![i] + widerByMm);
      if (cover === 0) continue;
      const { id } = plan.zones[plan.zoneAt(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2])];
      areas.whole += weights[i] * cover;
      areas[id] = (areas[id] ?? 0) + weights[i] * cover;
    }
    return areas;
  };
}

function nodeAreas(xyz: Float64Array): Float64Array {
  const at = (i: number, j: number): Vec3 => {
    const k = 3 * (i + SIZE * j);
    return [xyz[k], xyz[k + 1], xyz[k + 2]];
  };
  const areas = new Float64Array(SIZE * SIZE);
  for (let j = 1; j < SIZE - 1; j++) {
    for (let i = 1; i < SIZE - 1; i++) {
      areas[i + SIZE * j] = (distance(at(i - 1, j), at(i + 1, j)) * distance(at(i, j - 1), at(i, j + 1))) / 4;
    }
  }
  return areas;
}

/** Both zone tapes as they read on an extent, without error: the last bare skin along the midline, and across. */
export function readZoneTapes(
  { head, landmarks, edge }: SpreadHead,
  presentation: Presentation,
  template = templateOf(presentation),
  zoneTapes: readonly ZoneTape[] = [],
): ZoneTape[] {
  const bareUpTo = (points: readonly Vec3[]): number => {
    const xyz = Float64Array.from(points.flat());
    const { missingMm } = workExtent(head, landmarks, { presentation, marks: [], zoneTapes }, edge, xyz, template);
    const d = missingMm!;
    let i = d.length - 2;
    while (i > 0 && !(d[i] > 0 && d[i + 1] <= 0)) i--;
    const rim = i + d[i] / (d[i] - d[i + 1]);
    const from = points[Math.floor(rim)];
    const to = points[Math.floor(rim) + 1];
    const t = rim - Math.floor(rim);
    return arcOnSkinMm(head, points[0], [0, 1, 2].map((k) => from[k] + (to[k] - from[k]) * t) as unknown as Vec3);
  };
  const middle = sampleOf(edge.smooth, Math.round(edge.middleAtMm / edge.smooth.stepMm));
  const midline: Vec3[] = [];
  for (let mm = 0; mm < 300; mm++) midline.push(walkTowards(head, middle, landmarks.vertex, mm));
  const lengthMm = bareUpTo(midline);
  const stage = 'stage' in presentation ? presentation.stage : 0;
  const { crown } = fitTemplate(head, landmarks, template!, presentation, zoneTapes, null, edge);
  const top = stage === 4 && crown ? crown.centre : landmarks.vertex;
  const [, y, z] = normalise(top);
  const sideways = (sign: 1 | -1): Vec3[] =>
    Array.from({ length: 220 }, (_, n) => {
      const a = degToRad(n / 2);
      return onSkin(head, [sign * sin(a), y * cos(a), z * cos(a)]);
    });
  return [
    takeZoneTape('bald-length', lengthMm),
    takeZoneTape('bald-width', stage < 4 ? 15 : bareUpTo(sideways(1)) + bareUpTo(sideways(-1))),
  ];
}
