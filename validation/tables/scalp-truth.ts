/** Carries a plan's points through the picture onto the true skin: where its ink would really go. */
import { headOf } from '@stipple/core/head/head-of.ts';
import { radiusOfMap, vertexOf } from '@stipple/core/head/tape.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { walkTowards } from '@stipple/core/scalp/skin-curve.ts';
import { cameraPosition, project } from '@stipple/core/vec/camera.ts';
import type { Camera } from '@stipple/core/vec/camera.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { add, cross, distance, length, scale, subtract } from '@stipple/core/vec/vec3.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from '@stipple/core/vision/face-mesh.ts';
import { facePoint } from '@stipple/core/vision/solve-pose.ts';
import type { KnownHead } from '../heads/known-head.ts';
import { trueCapMm2, trueWayMm } from '../heads/true-measures.ts';
import { capOfMap } from './area-table.ts';

/** The first true skin behind a pixel; null beside the head. */
export function skinBehind(head: KnownHead, camera: Camera, xPx: number, yPx: number): Vec3 | null {
  const { R, f, cx, cy } = camera;
  const [u, v] = [(xPx - cx) / f, (yPx - cy) / f];
  const d: Vec3 = [R[0] * u + R[3] * v + R[6], R[1] * u + R[4] * v + R[7], R[2] * u + R[5] * v + R[8]];
  const from = cameraPosition(camera);
  const hit = head.caster.cast(from, d);
  return hit && add(from, scale(d, hit.t));
}

function lineDistance(p: Vec3, a: Vec3, b: Vec3): number {
  return length(cross(subtract(p, a), subtract(b, a))) / distance(a, b);
}

export interface HairlineTruth {
  /** Along the skin from the glabella to the middle of the hairline: as planned, and where it really is. */
  readonly midPlanMm: number;
  readonly midTrueMm: number;
  /** How far above the true glabella the plan's own lies, along the skin. */
  readonly glabellaUpMm: number;
  /** Along the true skin from where the plan takes the glabella to be: what is left is scale and shape. */
  readonly midFromPlansGlabellaMm: number;
  /** The corners' distance from the line through the corners of the eyes, planned and true; two, or none. */
  readonly corners: readonly { readonly planMm: number; readonly trueMm: number }[];
  readonly mmPerPxPlan: number;
  readonly mmPerPxTrue: number;
  readonly capPlanMm2: number;
  readonly capTrueMm2: number;
  readonly vertexErrorMm: number;
}

/** Controls of a hairline run from the right sideburn to the left one, eight a side; the third from the middle is the corner. */
const CORNERS = [5, 11] as const;

export function hairlineTruth(head: KnownHead, truth: Camera, plan: PlanDocument, photo = 0): HairlineTruth | null {
  const { camera } = plan.photos[photo];
  const { map, landmarks } = headOf(plan.head);
  const { hairline } = plan;
  const carry = (p: Vec3): Vec3 | null => {
    const [x, y] = project(camera, p);
    return skinBehind(head, truth, x, y);
  };
  const midPlanned = walkTowards(map, landmarks.glabella, landmarks.vertex, hairline.midFrontalAboveGlabellaMm);
  const mid = carry(midPlanned);
  if (!mid) return null;
  const glabella = carry(landmarks.glabella);
  const { face } = plan.head.shape;
  const planEyes = [LEFT_CANTHUS, RIGHT_CANTHUS].map((k) => scale(facePoint(k), face));
  const { leftCanthus, rightCanthus } = head.landmarks;
  const corners = CORNERS.flatMap((k) => {
    const planned = hairline.controlsMm[k] as Vec3;
    const seen =
      camera.R[6] * planned[0] + camera.R[7] * planned[1] + camera.R[8] * planned[2] < 0 ? carry(planned) : null;
    if (!seen || !leftCanthus || !rightCanthus) return [];
    return [
      {
        planMm: lineDistance(planned, planEyes[0], planEyes[1]),
        trueMm: lineDistance(seen, leftCanthus, rightCanthus),
      },
    ];
  });
  return {
    midPlanMm: hairline.midFrontalAboveGlabellaMm,
    midTrueMm: trueWayMm(head, head.landmarks.glabella, mid),
    glabellaUpMm: glabella
      ? trueWayMm(head, head.landmarks.glabella, glabella) * Math.sign(glabella[1] - head.landmarks.glabella[1])
      : NaN,
    midFromPlansGlabellaMm: glabella ? trueWayMm(head, glabella, mid) : NaN,
    corners,
    mmPerPxPlan: project(camera, midPlanned)[2] / camera.f,
    mmPerPxTrue: project(truth, mid)[2] / truth.f,
    capPlanMm2: capOfMap(map, head),
    capTrueMm2: trueCapMm2(head),
    vertexErrorMm: vertexOf(radiusOfMap(map))[1] - head.landmarks.vertex[1],
  };
}
