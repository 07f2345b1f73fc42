/** The landmarks of a framed scan: those given where they are, the others where the template has them, on the skin. */
import { atan2, cos, sin } from '../num/elementary.ts';
import type { Vec3 } from '../vec/mat3.ts';
import type { HeadLandmarks } from '../head/head-landmarks.ts';
import { onSkin, radiusMm } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import type { Placement, ScanLandmarks } from './scan-mesh.ts';
import { place } from './fit-pose.ts';
import { opisthocranionOf, radiusOfMap, vertexOf } from '../head/tape.ts';

/** How far along the skin from the template's place the glabella may be, mm. */
const GLABELLA_REACH_MM = 8;
/** What a point must lie further forward to be taken over one nearer to it, mm per mm2. */
const FORWARD_PER_MM2 = 0.03;

export function landmarksOnScan(
  map: HeadMap,
  shape: HeadShape,
  placement: Placement,
  given: ScanLandmarks | null,
): HeadLandmarks {
  const expected = landmarksOf(shape);
  const at = (p: Vec3 | undefined): Vec3 | null =>
    p ? (Array.from(place(p, placement)) as [number, number, number]) : null;
  const glabella = at(given?.glabella) ?? mostForward(map, expected.glabella);
  const radius = radiusOfMap(map);
  const { leftTragion, rightTragion } = expected;
  return {
    glabella,
    nasion: at(given?.nasion) ?? onSkin(map, expected.nasion),
    leftTragion: at(given?.leftTragion) ?? onSkin(map, leftTragion),
    rightTragion: at(given?.rightTragion) ?? onSkin(map, rightTragion),
    vertex: at(given?.vertex) ?? vertexOf(radius),
    inion: at(given?.inion) ?? onSkin(map, expected.inion),
    opisthocranion: opisthocranionOf(radius, glabella),
  };
}

/** The most forward midline point near `expected`; on a straight forehead, the nearest that is. */
function mostForward(map: HeadMap, expected: Vec3): Vec3 {
  const away = Math.sqrt(expected[1] * expected[1] + expected[2] * expected[2]);
  const middle = atan2(expected[1], expected[2]);
  let best: Vec3 = expected;
  let bestScore = -Infinity;
  for (let mm = -GLABELLA_REACH_MM; mm <= GLABELLA_REACH_MM; mm += 0.5) {
    const a = middle + mm / away;
    const d: Vec3 = [0, sin(a), cos(a)];
    const r = radiusMm(map, ...d);
    const score = d[2] * r - mm * mm * FORWARD_PER_MM2;
    if (score <= bestScore) continue;
    bestScore = score;
    best = [0, d[1] * r, d[2] * r];
  }
  return best;
}
