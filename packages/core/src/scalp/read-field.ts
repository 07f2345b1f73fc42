/**
 * Reads a design at any point of the scalp: what is smooth from a table, what is fine point by point.
 *
 * Front edge: real work is crisp, a ramp of 3 to 5 mm inside a transition of 5 to 10 mm, and dotted lines and 12 mm
 * fades are what gives drawings away (measured on photographs of real results); behind it the density still grows by
 * half over 22 mm. Micro jitter of the edge and sentinel dots ahead of it are finer than the table. Scars, patches,
 * earlier work, moles and the whorl are laid over all that (mark-layers.ts).
 */
import { clamp, quantise, smoothstep } from '../num/range.ts';
import { valueNoise } from '../random/value-noise.ts';
import type { MarkLayers, Place } from './mark-layers.ts';
import type { ScalpDesign } from './scalp-design.ts';
import { newScalpSamples } from './scalp-field.ts';
import type { ScalpField, ScalpSamples, ZoneInfo } from './scalp-field.ts';
import { readGrid } from './skin-grid.ts';
import { OUTSIDE } from './zone-plan.ts';
import type { ZonePlan } from './zone-plan.ts';

/** A design on the nodes of a head's grid. */
export interface ScalpTable {
  /** Of the nodes, mm. */
  readonly xyz: Float64Array;
  /**
   * {@link CHANNELS} interleaved: distance behind the front edge (mm), how much of the place the stage's work covers, and
   * density relative to the vertex.
   */
  readonly values: Float32Array;
  /** Of each node, were it treated. */
  readonly zone: Uint8Array;
  /** Whether the density in it is patchy already. */
  readonly isPatchy: boolean;
}

export const EDGE = 0;
export const COVER = 1;
export const REGION = 2;
export const CHANNELS = 3;

/** From there on inside, and {@link AHEAD_MM} ahead, the distance from the front edge does not matter. */
export const FRONT_GROWTH_MM = 22;
/** Micro jitter reaches this far from the edge. */
export const AHEAD_MM = 14;
/** Density at the very edge of the ramp, and what is left to grow over the first 22 mm. */
const EDGE_SHARE = 0.15;
const FRONT_START = 0.65;
const PATCH_SHARE = 0.1;
const PATCH_MM = 9;
/** Micro jitter wavelength: a few dot spacings, so that single dots, not strokes, step out of line. */
const JITTER_MM = 3.2;
const SENTINEL_STRENGTH = 0.42;

export function readField(
  table: ScalpTable,
  layers: MarkLayers | null,
  plan: ZonePlan,
  design: ScalpDesign,
  seed: number,
): ScalpField {
  const { hairline, presentation } = design;
  const { values, isPatchy } = table;
  const crispMm = hairline.transitionMm / 2;
  const isFrontDrawn = presentation.kind !== 'ludwig';
  const patchAt = (x: number, y: number, z: number): number => (isPatchy ? 1 : patchiness(x, y, z, seed));
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

  /** The stage's own design at the point at `q` into `at`: numbers handed over one by one would be boxed, a third of the time. */
  const workOfStage = (xyzMm: ArrayLike<number>, q: number): void => {
    const x = xyzMm[q];
    const y = xyzMm[q + 1];
    const z = xyzMm[q + 2];
    readGrid(values, CHANNELS, x, y, z, read);
    let edge = read[EDGE];
    const cover = read[COVER];
    at.densityPerCm2 = 0;
    at.coverage = 0;
    at.strength = 0;
    at.zone = OUTSIDE;
    if (Math.abs(edge) < AHEAD_MM) {
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
    at.densityPerCm2 = design.density.fullPerCm2 * plan.densityShare * read[REGION] * cover * share * patchAt(x, y, z);
    at.coverage = cover * coverage;
    at.strength = strength;
    at.zone = plan.zoneAt(x, y, z);
  };

  const sample = (xyzMm: ArrayLike<number>, count: number, out: ScalpSamples): void => {
    for (let i = 0; i < count; i++) {
      workOfStage(xyzMm, 3 * i);
      if (layers) {
        at.x = xyzMm[3 * i];
        at.y = xyzMm[3 * i + 1];
        at.z = xyzMm[3 * i + 2];
        at.fullPerCm2 = design.density.fullPerCm2 * read[REGION] * patchAt(at.x, at.y, at.z);
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
    ...describeZones(table, design, plan),
    ...(layers ? describeMarkZones(layers, plan.zones.length, sample, design, table) : []),
  ];
  return { zones, keepClear: layers?.keepClear ?? [], sample };
}

/** Skin is never of one density: a tenth more or less, over some 9 mm. */
export function patchiness(x: number, y: number, z: number, seed: number): number {
  return 1 + PATCH_SHARE * valueNoise(x / PATCH_MM, y / PATCH_MM, z / PATCH_MM, seed ^ 0x0a7c);
}

/** 0.15 at the edge, 0.85 at the end of the crisp part, 1 at the end of the transition. */
function edgeRamp(edgeMm: number, crispMm: number): number {
  return edgeMm < crispMm
    ? EDGE_SHARE + (0.85 - EDGE_SHARE) * smoothstep(0, crispMm, edgeMm)
    : 0.85 + 0.15 * clamp(edgeMm / crispMm - 1, 0, 1);
}

/** The zone of each of these points. */
export const zonesAt = (plan: ZonePlan, xyz: Float64Array): Uint8Array =>
  Uint8Array.from({ length: xyz.length / 3 }, (_, i) => plan.zoneAt(xyz[3 * i], xyz[3 * i + 1], xyz[3 * i + 2]));

/** Zones with the density they reach at full strength: the mean over the part that is fully covered. */
function describeZones(
  { values: table, zone: zoneOf }: ScalpTable,
  { density }: ScalpDesign,
  plan: ZonePlan,
): readonly ZoneInfo[] {
  const sum = new Float64Array(plan.zones.length);
  const weight = new Float64Array(plan.zones.length);
  for (let i = 0, at = 0; i < zoneOf.length; i++, at += CHANNELS) {
    if (!(table[at + EDGE] > 0 && table[at + COVER] > 0)) continue;
    const zone = zoneOf[i];
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
  { values: table, xyz }: ScalpTable,
): readonly ZoneInfo[] {
  if (zones.length === 0) return [];
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
