/**
 * A design whose hairline is being drawn: after each change only what it reaches is computed anew. A plan of the second
 * way of laying out takes its field from here; drawing on is for editing on the page, which does not use it yet.
 *
 * The table of the second way of laying out. What is smooth is tabulated as in create-scalp-field.ts, but so that a moved
 * hairline stays a change about it: the edge waves by place (worked-edge.ts); its distance is held 24 mm off, where it has
 * stopped to matter; the density of a region follows from the place on the head and not from the way behind the
 * hairline; and hair has receded from the usual hairline of the client, which no drawing moves. Patchiness is in the
 * table, which is five times as fine as the patches.
 *
 * In: head, landmarks, design, seed; then one hairline after another. Out: the field, and where it may differ from the
 * one before. A hairline moved by half a millimetre costs about 2 ms. Wherever dots are wanted the field has
 * the bits of a design from nothing.
 */
import type { HeadMap } from '../head/head-map.ts';
import { smoothstep } from '../num/range.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { DistanceTable } from './distance-table.ts';
import { frontEdge } from './front-edge.ts';
import type { FrontEdge } from './front-edge.ts';
import { BLEND_MM, respectedHump } from './hair-extent.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { markLayers } from './mark-layers.ts';
import type { MarkLayers } from './mark-layers.ts';
import { presetMarks } from './preset-marks.ts';
import {
  AHEAD_MM,
  CHANNELS,
  COVER,
  EDGE,
  FRONT_GROWTH_MM,
  REGION,
  patchiness,
  readField,
  zonesAt,
} from './read-field.ts';
import type { ScalpTable } from './read-field.ts';
import { regionalDensity } from './regional-density.ts';
import type { HairlineDesign, ScalpDesign } from './scalp-design.ts';
import type { ScalpField, Touched } from './scalp-field.ts';
import { RIM_TAPER_MM, headScale, lowerRim } from './scalp-outline.ts';
import { curveByParts } from './skin-curve.ts';
import type { SkinCurve } from './skin-curve.ts';
import { GRID_SIZE, gridPoints } from './skin-grid.ts';
import type { Fringe } from './stage-template.ts';
import { TempleTaper, keepsPeaks } from './temple-taper.ts';
import { workExtent } from './work-extent.ts';
import { workedEdge } from './worked-edge.ts';
import { zonePlan } from './zone-plan.ts';
import type { ZonePlan } from './zone-plan.ts';

/** Further inside, and further ahead, nothing asks how far the front edge is. */
const EDGE_REACH_MM = FRONT_GROWTH_MM + 2;
const EDGE_AHEAD_MM = AHEAD_MM + 2;
/** The distance is rounded to so many parts of a millimetre: nobody sees the rest, and edits die out. */
const EDGE_PARTS = 64;
/** Where the usual hairline runs on the midline of an average head, mm ahead of the ears. */
const USUAL_FRONT_Z = 67;
/** A skin point lies no further from the nodes it is read from. */
const FROM_NODE_MM = 6;

export class EditedScalp {
  readonly #head: HeadMap;
  readonly #landmarks: HeadLandmarks;
  readonly #seed: number;
  readonly #plan: ZonePlan;
  readonly #layers: MarkLayers | null;
  readonly #bareTo: Fringe | null;
  readonly #table: ScalpTable;
  /** Per node: share of the place that lacks hair. */
  readonly #bare: Float64Array;
  /** Where temples keep their own peaks; null where they do not. */
  readonly #taper: TempleTaper | null;
  readonly #front: DistanceTable;
  #rim: DistanceTable;
  /** The hairline as it was drawn last, without waves. */
  #smooth: SkinCurve;
  #design: ScalpDesign;
  #field: ScalpField;

  constructor(head: HeadMap, landmarks: HeadLandmarks, design: ScalpDesign, seed: number) {
    const { presentation, marks = [], zoneTapes = [], hairline, usualHairline = hairline } = design;
    const k = headScale(landmarks);
    const xyz = gridPoints(head);
    const usual = frontEdge(head, usualHairline, seed);
    const extent = workExtent(head, landmarks, { presentation, marks, zoneTapes }, usual, xyz);
    this.#head = head;
    this.#landmarks = landmarks;
    this.#design = { ...design, usualHairline };
    this.#seed = seed;
    this.#plan = zonePlan(presentation, k);
    this.#layers = markLayers(head, [...marks, ...presetMarks(presentation, marks, head, k, seed)], seed);
    this.#bareTo = extent.bareTo;
    this.#bare = new Float64Array(GRID_SIZE * GRID_SIZE).fill(1);
    extent.missingMm?.forEach((mm, i) => (this.#bare[i] = smoothstep(-BLEND_MM / 2, BLEND_MM / 2, mm)));
    const { missingMm } = extent;
    const edge = workedEdge(head, hairline, seed);
    this.#smooth = edge.smooth;
    this.#taper =
      missingMm && keepsPeaks(presentation)
        ? new TempleTaper({ head, usualHairline, seed, k, xyz, missingMm }, edge.smooth)
        : null;
    this.#front = new DistanceTable(xyz, this.#frontOf(edge), EDGE_REACH_MM);
    this.#rim = this.#rimAt(xyz, edge.smooth);
    const values = new Float32Array(this.#bare.length * CHANNELS);
    for (let i = 0, q = 0; i < this.#bare.length; i++, q += 3) {
      const [x, y, z] = [xyz[q], xyz[q + 1], xyz[q + 2]];
      values[i * CHANNELS + REGION] =
        regionalDensity(x / k, y / k, z / k, USUAL_FRONT_Z - z / k) * patchiness(x, y, z, seed);
    }
    this.#table = { xyz, values, isPatchy: true, zone: zonesAt(this.#plan, xyz) };
    for (let i = 0; i < this.#bare.length; i++) this.#tabulate(i);
    this.#field = this.#read();
  }

  /** As it is after the last hairline; one that was taken before follows along. */
  get field(): ScalpField {
    return this.#field;
  }

  /** Goes over to another hairline; answers where the field may differ from before. */
  draw(hairline: HairlineDesign): readonly Touched[] {
    const before = this.#design.hairline;
    const isMoved = isSameButFor('controlsMm', before, hairline);
    this.#design = { ...this.#design, hairline };
    const edge = workedEdge(this.#head, hairline, this.#seed);
    const differing: number[] = [];
    // Before any node is written: what is written depends on both distances.
    const tapered = this.#taper?.follow(edge.smooth) ?? [];
    for (const i of this.#front.follow(this.#frontOf(edge))) if (this.#tabulate(i)) differing.push(i);
    for (const i of tapered) if (this.#tabulate(i)) differing.push(i);
    // The rim hangs on the line's ends alone, and all of it on them.
    const isRimMoved = !haveSameEnds(edge.smooth, this.#smooth);
    this.#smooth = edge.smooth;
    if (isRimMoved) {
      this.#rim = this.#rimAt(this.#table.xyz, edge.smooth);
      for (let i = 0; i < this.#bare.length; i++) if (this.#tabulate(i)) differing.push(i);
    }
    this.#field = this.#read();
    return isMoved ? touchedBy(this.#table.xyz, differing) : [{ centreMm: [0, 0, 0], radiusMm: Infinity }];
  }

  #frontOf(edge: FrontEdge): SkinCurve {
    return this.#bareTo ? respectedHump(this.#head, edge, this.#bareTo) : edge.irregular;
  }

  #rimAt(xyz: Float64Array, smooth: SkinCurve): DistanceTable {
    return new DistanceTable(xyz, lowerRim(this.#head, this.#landmarks, smooth, curveByParts), RIM_TAPER_MM);
  }

  /** Writes what depends on the hairline at a node; answers whether it differs from before. */
  #tabulate(node: number): boolean {
    const { values } = this.#table;
    const at = node * CHANNELS;
    const [edge, cover] = [values[at + EDGE], values[at + COVER]];
    const behindMm = this.#taper?.behindMm(node, this.#front.mm[node]) ?? this.#front.mm[node];
    values[at + EDGE] = Math.max(-EDGE_AHEAD_MM, Math.round(behindMm * EDGE_PARTS) / EDGE_PARTS);
    values[at + COVER] = this.#bare[node] * smoothstep(0, RIM_TAPER_MM, this.#rim.mm[node]);
    return values[at + EDGE] !== edge || values[at + COVER] !== cover;
  }

  #read(): ScalpField {
    return readField(this.#table, this.#layers, this.#plan, this.#design, this.#seed);
  }
}

function isSameButFor(field: keyof HairlineDesign, a: HairlineDesign, b: HairlineDesign): boolean {
  return (Object.keys(a) as (keyof HairlineDesign)[]).every(
    (key) => key === field || key === 'source' || a[key] === b[key],
  );
}

function haveSameEnds(a: SkinCurve, b: SkinCurve): boolean {
  const [endA, endB] = [a.xyzMm.length - 3, b.xyzMm.length - 3];
  return [0, 1, 2].every((c) => a.xyzMm[c] === b.xyzMm[c] && a.xyzMm[endA + c] === b.xyzMm[endB + c]);
}

/** A ball about these nodes, and in it the cells that they are corners of. */
function touchedBy(xyz: Float64Array, nodes: readonly number[]): readonly Touched[] {
  if (nodes.length === 0) return [];
  const low: [number, number, number] = [Infinity, Infinity, Infinity];
  const high: [number, number, number] = [-Infinity, -Infinity, -Infinity];
  const corners = new Uint8Array(GRID_SIZE * GRID_SIZE);
  for (const node of nodes) {
    for (let c = 0; c < 3; c++) {
      low[c] = Math.min(low[c], xyz[3 * node + c]);
      high[c] = Math.max(high[c], xyz[3 * node + c]);
    }
    for (const corner of [node, node - 1, node - GRID_SIZE, node - GRID_SIZE - 1]) if (corner >= 0) corners[corner] = 1;
  }
  const centreMm = low.map((v, c) => (v + high[c]) / 2) as unknown as Vec3;
  return [
    {
      centreMm,
      radiusMm: distance(low, high) / 2 + FROM_NODE_MM,
      corners,
    },
  ];
}
