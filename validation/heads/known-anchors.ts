/**
 * Where the points that a person marks really lie on a known head, mm. Ears are found on the mesh: their highest and
 * lowest points beside the tragion. Points that a head does not show (a scan cut off above the chin) are left out.
 */
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import type { AnchorName } from '@stipple/core/vision/anchors.ts';
import type { KnownHead } from './known-head.ts';

export function knownAnchors(head: KnownHead): ReadonlyMap<AnchorName, Vec3> {
  const { landmarks } = head;
  const points = new Map<AnchorName, Vec3>([
    ['left-tragus', landmarks.leftTragion],
    ['right-tragus', landmarks.rightTragion],
    ['glabella', landmarks.glabella],
    ['nasion', landmarks.nasion],
    ['vertex', landmarks.vertex],
    ['opisthocranion', landmarks.opisthocranion],
    ['inion', landmarks.inion],
  ]);
  if (landmarks.leftCanthus) points.set('left-canthus', landmarks.leftCanthus);
  if (landmarks.rightCanthus) points.set('right-canthus', landmarks.rightCanthus);
  for (const [side, sign] of [
    ['left', 1],
    ['right', -1],
  ] as const) {
    const out = Math.abs(side === 'left' ? landmarks.leftTragion[0] : landmarks.rightTragion[0]);
    const isEar = ([x, y, z]: Vec3): boolean => sign * x > out + 5 && y > -50 && y < 40 && z > -50 && z < 12;
    const top = extreme(head, isEar, 1, 1);
    const lobe = extreme(head, isEar, 1, -1);
    if (top) points.set(`${side}-ear-top`, top);
    if (lobe) points.set(`${side}-ear-lobe`, lobe);
  }
  const nose = extreme(head, ([x, y]) => Math.abs(x) < 12 && y < 10 && y > -45, 2, 1);
  if (nose) points.set('nose-tip', nose);
  return points;
}

function extreme({ positionsMm: p }: KnownHead, isIn: (p: Vec3) => boolean, axis: number, sign: 1 | -1): Vec3 | null {
  let best: Vec3 | null = null;
  for (let k = 0; k < p.length; k += 3) {
    const at: Vec3 = [p[k], p[k + 1], p[k + 2]];
    if (isIn(at) && (!best || sign * (at[axis] - best[axis]) > 0)) best = at;
  }
  return best;
}
