/**
 * Which part of this head the stage's own work covers: how far it reaches into the client's hair, and its front edge.
 *
 * An outline drawn of the bald part has the last word; else it is the template of the stage, fitted to the tapes that
 * were taken. Scars and patches are no stage: their work lies in the marks alone.
 */
import type { HeadMap } from '../head/head-map.ts';
import type { ZoneTape } from '../head/zone-tape.ts';
import { whorlOf } from './design-whorl.ts';
import { fitTemplate } from './fit-template.ts';
import type { FrontEdge } from './front-edge.ts';
import { largest, missingHairMm, respectedHump } from './hair-extent.ts';
import type { HeadLandmarks } from './head-landmarks.ts';
import { isStage, outlinesOf } from './scalp-design.ts';
import type { Presentation, ScalpMark } from './scalp-design.ts';
import { headScale } from './scalp-outline.ts';
import type { SkinCurve } from './skin-curve.ts';
import { signedDistances } from './skin-grid.ts';
import { closedCurveThrough } from './skin-outline.ts';
import { templateOf } from './stage-template.ts';
import type { Fringe, StageTemplate } from './stage-template.ts';

export interface WorkExtent {
  /** Per point: signed distance (mm) into the part that lacks hair; null when the whole scalp is treated. */
  readonly missingMm: Float32Array | null;
  /** Where the work begins towards the face; hair on the side of normal x tangent. */
  readonly front: SkinCurve;
  /** The fringe that the front edge runs back to where the place of the lost hump stays bare. */
  readonly bareTo: Fringe | null;
}

export interface ExtentDesign {
  readonly presentation: Presentation;
  readonly marks: readonly ScalpMark[];
  readonly zoneTapes: readonly ZoneTape[];
}

/** Deep within hair. */
const ALL_HAIR_MM = -99;

/** `template`: the stage's numbers, or others in their place. */
export function workExtent(
  head: HeadMap,
  landmarks: HeadLandmarks,
  { presentation, marks, zoneTapes }: ExtentDesign,
  edge: FrontEdge,
  xyz: Float64Array,
  template: StageTemplate | null = templateOf(presentation),
): WorkExtent {
  if (presentation.kind === 'full') return { missingMm: null, front: edge.irregular, bareTo: null };
  if (!template) {
    return { missingMm: new Float32Array(xyz.length / 3).fill(ALL_HAIR_MM), front: edge.irregular, bareTo: null };
  }
  const k = headScale(landmarks);
  const fitted = fitTemplate(
    head,
    landmarks,
    template,
    presentation,
    zoneTapes,
    whorlOf(marks)?.centreMm ?? null,
    edge,
  );
  const isHumpLeft = presentation.kind === 'norwood' && presentation.hump === 'respected' && presentation.stage >= 6;
  const bareTo = isHumpLeft ? fitted.template.fringe : null;
  const drawn = isStage(presentation) ? outlinesOf(marks, 'bald') : [];
  return {
    missingMm:
      drawn.length > 0
        ? largest(drawn.map((outline) => signedDistances(xyz, closedCurveThrough(head, outline))))
        : missingHairMm(head, k, fitted.template, fitted.crown, edge, xyz),
    front: bareTo ? respectedHump(head, edge, bareTo) : edge.irregular,
    bareTo,
  };
}
