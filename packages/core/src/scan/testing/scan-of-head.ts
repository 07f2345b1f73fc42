import { CANONICAL_FACE_CM } from '../../vision/canonical-face.ts';
import { PI, cos, sin } from '../../num/elementary.ts';
import type { Mat3, Vec3 } from '../../vec/mat3.ts';
import { IDENTITY, rotate } from '../../vec/mat3.ts';
import { add, scale } from '../../vec/vec3.ts';
import { deform } from '../../head/deform-head.ts';
import { isEar } from '../../head/ears.ts';
import { radiusMm } from '../../head/head-map.ts';
import type { HeadShape } from '../../head/head-shape.ts';
import { TEMPLATE_SHAPE, headSurface } from '../head-surface.ts';
import { landmarksOf } from '../../head/landmarks.ts';
import type { ScanLandmarks, ScanMesh } from '../scan-mesh.ts';

export const HEAD: HeadShape = { face: 0.97, width: 0.98, height: 1.02, length: 1.03 };
const EAR_MM = 14;
const RINGS = 90;
const AROUND = 150;

export interface ScanOfHead {
  readonly mesh: ScanMesh;
  readonly landmarks: ScanLandmarks;
}

export interface ScanOfHeadOptions {
  readonly shape?: HeadShape;
  readonly turn?: Mat3;
  readonly mmPerUnit?: number;
  readonly shift?: Vec3;
  /** Moves a point of the skin (mm, head frame), or takes it away. */
  readonly change?: (p: Vec3) => Vec3 | null;
}

/** A head with a face and ears down to the neck, as a scanner might give it. */
export function scanOfHead({
  shape = HEAD,
  turn = IDENTITY,
  mmPerUnit = 1,
  shift = [0, 0, 0],
  change = (p) => p,
}: ScanOfHeadOptions = {}): ScanOfHead {
  const surface = headSurface(CANONICAL_FACE_CM);
  const intoScan = (p: Vec3): Vec3 => add(scale(rotate(turn, p), 1 / mmPerUnit), shift);
  const positions = new Float32Array(3 * (RINGS + 1) * AROUND);
  const isThere = new Uint8Array((RINGS + 1) * AROUND);
  for (let ring = 0; ring <= RINGS; ring++) {
    for (let k = 0; k < AROUND; k++) {
      const theta = (ring / RINGS) * PI * 0.84 + 1e-4;
      const phi = (2 * PI * k) / AROUND;
      const d: Vec3 = [sin(theta) * sin(phi), cos(theta), sin(theta) * cos(phi)];
      const skin = scale(d, radiusMm(surface, ...d));
      const out = isEar(TEMPLATE_SHAPE, skin, -3) ? (skin[0] < 0 ? -EAR_MM : EAR_MM) : 0;
      const p = change(deform(shape, add(skin, [out, 0, 0])));
      if (!p) continue;
      isThere[ring * AROUND + k] = 1;
      positions.set(intoScan(p), 3 * (ring * AROUND + k));
    }
  }
  const triangles: number[] = [];
  const put = (...corners: readonly number[]): void => {
    if (corners.every((v) => isThere[v])) triangles.push(...corners);
  };
  for (let ring = 0; ring < RINGS; ring++) {
    for (let k = 0; k < AROUND; k++) {
      const [a, b] = [ring * AROUND + k, ring * AROUND + ((k + 1) % AROUND)];
      put(a, a + AROUND, b + AROUND);
      put(a, b + AROUND, b);
    }
  }
  // On the x axis, which defines the frame; the template's own slide along the skin when length changes.
  const { leftTragion, rightTragion, glabella } = landmarksOf(shape);
  return {
    mesh: { positions, triangles: Uint32Array.from(triangles), unit: null },
    landmarks: {
      leftTragion: intoScan([leftTragion[0], 0, 0]),
      rightTragion: intoScan([rightTragion[0], 0, 0]),
      glabella: intoScan(glabella),
    },
  };
}

/** The same triangles without a shared point. */
export function soupOf({ positions, triangles, unit }: ScanMesh): ScanMesh {
  const soup = new Float32Array(3 * triangles.length);
  triangles.forEach((v, corner) => soup.set(positions.subarray(3 * v, 3 * v + 3), 3 * corner));
  return { positions: soup, triangles: triangles.map((_, corner) => corner), unit };
}
