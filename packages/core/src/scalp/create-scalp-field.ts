/**
 * What this design asks for at any point of the scalp: dots per cm2, zone, distance from the front edge, strength.
 *
 * Everything that is smooth (distance to the irregular front edge, share left by the client's own hair, regional
 * density) is tabulated once on the head's grid; a sample reads it in one lookup and adds what is fine: micro jitter
 * of the edge, sentinel dots ahead of it, patchiness.
 *
 * Front edge: real work is crisp, a ramp of 3 to 5 mm inside a transition of 5 to 10 mm, and dotted lines and 12 mm
 * fades are what gives drawings away (measured on photographs of real results); behind it the density still grows by
 * half over 22 mm. Sides, crown and fringe never end: dots give way to the client's own stubble over
 * {@link BLEND_MM}, half of it on each side of the hair's edge. Along ears and nape a full treatment tapers over 10 mm.
 * Scars, patches, earlier work, moles and the whorl are laid over that point by point (mark-layers.ts).
 *
 * Promises: pure (the same point always gets the same bits on every engine); zero on face, ears and neck but for marks drawn there; the integral
 * of the density is the planned count. 120,000 points take about 25 ms after about 60 ms of preparation.
 * Does not know hair seen in a photo: masks do that where the picture is made.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import { clamp, quantise, smoothstep } from '../num/range.ts';
import { valueNoise } from '../random/value-noise.ts';
import { frontEdge } from './front-edge.ts';
import { BLEND_MM } from './hair-extent.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { markLayers } from './mark-layers.ts';
import type { MarkLayers, Place } from './mark-layers.ts';
import { presetMarks } from './preset-marks.ts';
import { regionalDensity } from './regional-density.ts';
import type { DensityDesign, HairlineDesign, Presentation, ScalpMark } from './scalp-design.ts';
import { newScalpSamples } from './scalp-field.ts';
import type { ScalpField, ScalpSamples, ZoneInfo } from './scalp-field.ts';
import { headScale, lowerRim } from './scalp-outline.ts';
import { GRID_SIZE, gridPoints, readGrid, signedDistances } from './skin-grid.ts';
import { workExtent } from './work-extent.ts';
import { OUTSIDE, zonePlan } from './zone-plan.ts';
import type { ZonePlan } from './zone-plan.ts';

export interface ScalpDesign {
  readonly presentation: Presentation;
  readonly hairline: HairlineDesign;
  readonly density: DensityDesign;
  /** As drawn on this client; scars and patches of the presentation that are not among them are the usual ones. */
  readonly marks?: readonly ScalpMark[];
  /** Tapes over the bald part. */
  readonly zoneTapes?: readonly ZoneTape[];
}

/** Density at the very edge of the ramp, and what is left to grow over the first 22 mm. */
const EDGE_SHARE = 0.15;
const FRONT_START = 0.65;
const FRONT_GROWTH_MM = 22;
const RIM_TAPER_MM = 10;
const PATCH_SHARE = 0.1;
const PATCH_MM = 9;
/** Micro jitter wavelength: a few dot spacings, so that single dots, not strokes, step out of line. */
const JITTER_MM = 3.2;
const SENTINEL_STRENGTH = 0.42;

/** Interleaved channels of the table. */
const EDGE = 0;
const COVER = 1;
const REGION = 2;
const CHANNELS = 3;

export function createScalpField(
  head: HeadMap,
  landmarks: HeadLandmarks,
  design: ScalpDesign,
  seed: number,
): ScalpField {
  const { hairline, presentation, marks = [] } = design;
  const k = headScale(landmarks);
  const plan = zonePlan(presentation, k);
  const xyz = gridPoints(head);
  const table = tabulate(head, landmarks, design, seed, k, xyz);
  const layers = markLayers(head, [...marks, ...presetMarks(presentation, marks, head, k, seed)], seed);
  const crispMm = hairline.transitionMm / 2;
  const isFrontDrawn = presentation.kind !== 'ludwig';
  const read = new Float64Array(CHANNELS);
  const at: Place = {
    x: 0,
    y: 0,
    z: 0,
    fullPerCm2: 0,
    densityPerCm2: 0,
    coverage: 0,
    strength: 0,
    zone: OUTSIDE,
    edgeMm: 0,
  };

  /** The stage's own design at (x, y, z) into `at`. */
  const workOfStage = (x: number, y: number, z: number): void => {
    readGrid(table, CHANNELS, x, y, z, read);
    let edge = read[EDGE];
    const cover = read[COVER];
    at.densityPerCm2 = 0;
    at.coverage = 0;
    at.strength = 0;
    at.zone = OUTSIDE;
    if (Math.abs(edge) < 14) {
      edge += hairline.microJitterMm * valueNoise(x / JITTER_MM, y / JITTER_MM, z / JITTER_MM, seed ^ 0x51a7);
    }
    at.edgeMm = edge;
    if (!(cover > 0) || edge <= -hairline.sentinelReachMm) return;
    let share = 1;
    let coverage = 1;
    let strength = 1;
    if (isFrontDrawn) {
      if (edge < 0) {
        share = hairline.sentinelShare * (1 + edge / hairline.sentinelReachMm);
        coverage = 0;
        strength = SENTINEL_STRENGTH;
      } else if (edge < FRONT_GROWTH_MM) {
        coverage = edgeRamp(edge, crispMm);
        share = coverage * (FRONT_START + (1 - FRONT_START) * smoothstep(0, FRONT_GROWTH_MM, edge));
        strength = SENTINEL_STRENGTH + (1 - SENTINEL_STRENGTH) * smoothstep(-1, crispMm + 1, edge);
      }
    } else if (edge <= 0) return;
    at.densityPerCm2 =
      design.density.fullPerCm2 * plan.densityShare * read[REGION] * cover * share * patchiness(x, y, z, seed);
    at.coverage = cover * coverage;
    at.strength = strength;
    at.zone = plan.zoneAt(x, y, z);
  };

  const sample = (xyzMm: ArrayLike<number>, count: number, out: ScalpSamples): void => {
    for (let i = 0; i < count; i++) {
      const x = xyzMm[3 * i];
      const y = xyzMm[3 * i + 1];
      const z = xyzMm[3 * i + 2];
      workOfStage(x, y, z);
      if (layers) {
        at.x = x;
        at.y = y;
        at.z = z;
        at.fullPerCm2 = design.density.fullPerCm2 * read[REGION] * patchiness(x, y, z, seed);
        layers.apply(at, plan.zones.length);
      }
      out.densityPerCm2[i] = at.densityPerCm2;
      out.coverage[i] = at.coverage;
      out.strength[i] = at.strength;
      out.zoneIndex[i] = at.zone;
      out.edgeMm[i] = at.edgeMm;
    }
  };
  const zones = [
    ...describeZones(table, xyz, design, plan),
    ...(layers ? describeMarkZones(layers, plan.zones.length, sample, design, table, xyz) : []),
  ];
  return { zones, keepClear: layers?.keepClear ?? [], sample };
}

function patchiness(x: number, y: number, z: number, seed: number): number {
  return 1 + PATCH_SHARE * valueNoise(x / PATCH_MM, y / PATCH_MM, z / PATCH_MM, seed ^ 0x0a7c);
}

/** 0.15 at the edge, 0.85 at the end of the crisp part, 1 at the end of the transition. */
function edgeRamp(edgeMm: number, crispMm: number): number {
  return edgeMm < crispMm
    ? EDGE_SHARE + (0.85 - EDGE_SHARE) * smoothstep(0, crispMm, edgeMm)
    : 0.85 + 0.15 * clamp(edgeMm / crispMm - 1, 0, 1);
}

function tabulate(
  head: HeadMap,
  landmarks: HeadLandmarks,
  design: ScalpDesign,
  seed: number,
  k: number,
  xyz: Float64Array,
): Float32Array {
  const edge = frontEdge(head, design.hairline, seed);
  const { presentation, marks = [], zoneTapes = [] } = design;
  const extent = workExtent(head, landmarks, { presentation, marks, zoneTapes }, edge, xyz);
  const front = signedDistances(xyz, extent.front);
  const rim = signedDistances(xyz, lowerRim(head, landmarks, edge.smooth));
  const table = new Float32Array(GRID_SIZE * GRID_SIZE * CHANNELS);
  for (let i = 0, at = 0; i < front.length; i++, at += CHANNELS) {
    const own = extent.missingMm ? smoothstep(-BLEND_MM / 2, BLEND_MM / 2, extent.missingMm[i]) : 1;
    table[at + EDGE] = front[i];
    table[at + COVER] = own * smoothstep(0, RIM_TAPER_MM, rim[i]);
    table[at + REGION] = regionalDensity(xyz[3 * i] / k, xyz[3 * i + 1] / k, xyz[3 * i + 2] / k, front[i] / k);
  }
  return table;
}
/** Zones with the density they reach at full strength: the mean over the part that is fully covered. */
function describeZones(
  table: Float32Array,
  xyz: Float64Array,
  { density }: ScalpDesign,
  plan: ZonePlan,
): readonly ZoneInfo[] {
  const sum = new Float64Array(plan.zones.length);
  const weight = new Float64Array(plan.zones.length);
  for (let i = 0, at = 0; i * 3 < xyz.length; i++, at += CHANNELS) {
    if (!(table[at + EDGE] > 0 && table[at + COVER] > 0)) continue;
    const zone = plan.zoneAt(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]);
    sum[zone] += table[at + REGION] * table[at + COVER];
    weight[zone] += table[at + COVER];
  }
  return plan.zones.map(({ id, kind }, zone) => {
    const region = weight[zone] > 0 ? sum[zone] / weight[zone] : 1;
    return { id, kind, targetPerCm2: quantise(density.fullPerCm2 * plan.densityShare * region, 10) };
  });
}

/** Zones of marks with the density they reach in the middle: of the region they lie in. */
function describeMarkZones(
  { zones }: MarkLayers,
  firstZone: number,
  sample: ScalpField['sample'],
  { density }: ScalpDesign,
  table: Float32Array,
  xyz: Float64Array,
): readonly ZoneInfo[] {
  const count = xyz.length / 3;
  const { zoneIndex } = sampled(sample, xyz, count);
  const sum = new Float64Array(zones.length);
  const nodes = new Float64Array(zones.length);
  for (let i = 0; i < count; i++) {
    const zone = zoneIndex[i] - firstZone;
    if (zone < 0 || zone >= zones.length) continue;
    sum[zone] += table[i * CHANNELS + REGION];
    nodes[zone]++;
  }
  return zones.map(({ id, kind, densityShare }, zone) => {
    const region = nodes[zone] > 0 ? sum[zone] / nodes[zone] : 1;
    return { id, kind, targetPerCm2: quantise(density.fullPerCm2 * densityShare * region, 10) };
  });
}

function sampled(sample: ScalpField['sample'], xyz: Float64Array, count: number): ScalpSamples {
  const out = newScalpSamples(count);
  sample(xyz, count, out);
  return out;
}
