import { distance } from '../vec/vec3.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import { designHairline } from '../scalp/design-hairline.ts';
import type { HairlineDesign } from '../scalp/scalp-design.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from '../vision/face-mesh.ts';
import { facePoint } from '../vision/solve-pose.ts';
import type { PlanDocument } from './plan-document.ts';

/** The hairline that a client of this age and sex usually gets on this head: where every plan starts, and where hair recedes from. */
export function usualHairline(
  { head, client, seed }: Pick<PlanDocument, 'head' | 'client' | 'seed'>,
  map: HeadMap,
  landmarks: HeadLandmarks,
): HairlineDesign {
  const outerCanthiMm = distance(facePoint(LEFT_CANTHUS), facePoint(RIGHT_CANTHUS)) * head.shape.face;
  return designHairline(map, landmarks, client, seed, { outerCanthiMm });
}
