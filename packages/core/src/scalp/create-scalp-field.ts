/**
 * What this design asks for at any point of the scalp: dots per cm2, zone, distance from the front edge, strength.
 *
 * Everything that is smooth (distance to the irregular front edge, share left by the client's own hair, regional
 * density) is tabulated once on the head's grid; a sample reads it in one lookup and adds what is fine (read-field.ts).
 * Sides, crown and fringe never end: dots give way to the client's own stubble over {@link BLEND_MM}, half of it on each
 * side of the hair's edge. Along ears and nape a full treatment tapers over 10 mm. In the second way of laying out the
 * table is one that an edit of the hairline can change in part (edited-scalp.ts).
 *
 * Promises: pure (the same point always gets the same bits on every engine); zero on face, ears and neck but for marks
 * drawn there; the integral of the density is the planned count. 120,000 points take about 25 ms after about 60 ms of
 * preparation. Does not know hair seen in a photo: masks do that where the picture is made.
 */
import type { HeadMap } from '../head/head-map.ts';
import { smoothstep } from '../num/range.ts';
import { EditedScalp } from './edited-scalp.ts';
import { frontEdge } from './front-edge.ts';
import { BLEND_MM } from './hair-extent.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { markLayers } from './mark-layers.ts';
import { presetMarks } from './preset-marks.ts';
import { CHANNELS, COVER, EDGE, REGION, readField, zonesAt } from './read-field.ts';
import { regionalDensity } from './regional-density.ts';
import type { ScalpDesign } from './scalp-design.ts';
import type { ScalpField } from './scalp-field.ts';
import { RIM_TAPER_MM, headScale, lowerRim } from './scalp-outline.ts';
import { GRID_SIZE, gridPoints, signedDistances } from './skin-grid.ts';
import { workExtent } from './work-extent.ts';
import { zonePlan } from './zone-plan.ts';

export function createScalpField(
  head: HeadMap,
  landmarks: HeadLandmarks,
  design: ScalpDesign,
  seed: number,
): ScalpField {
  if (design.layout === 2) return new EditedScalp(head, landmarks, design, seed).field;
  const { presentation, marks = [] } = design;
  const k = headScale(landmarks);
  const xyz = gridPoints(head);
  const values = tabulate(head, landmarks, design, seed, k, xyz);
  const layers = markLayers(head, [...marks, ...presetMarks(presentation, marks, head, k, seed)], seed);
  const plan = zonePlan(presentation, k);
  return readField({ xyz, values, zone: zonesAt(plan, xyz), isPatchy: false }, layers, plan, design, seed);
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
