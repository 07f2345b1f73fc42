import type { TriangleMesh } from '../mesh/triangle-mesh.ts';
import { areaMm2 } from '../mesh/triangle-mesh.ts';
import { PI, cos, degToRad, sin } from '../num/elementary.ts';
import { radiusMm } from './head-map.ts';
import type { HeadMap } from './head-map.ts';

/** Below this angle from +Y the map means nothing. */
export const SCALP_THETA_RAD = degToRad(125);

/**
 * The head down to 125 degrees from +Y as a mesh: a vertex at the pole, then `rings` rings of 2 * rings vertices.
 * 64 rings are 8,193 vertices about 4 mm apart; their area falls short of the map's by about 0.05 %.
 */
export function headMesh(map: HeadMap, rings = 64): TriangleMesh {
  const around = 2 * rings;
  const positionsMm = new Float32Array(3 * (1 + rings * around));
  const put = (at: number, x: number, y: number, z: number): void => {
    const r = radiusMm(map, x, y, z);
    positionsMm[3 * at] = x * r;
    positionsMm[3 * at + 1] = y * r;
    positionsMm[3 * at + 2] = z * r;
  };
  put(0, 0, 1, 0);
  for (let ring = 1; ring <= rings; ring++) {
    const theta = (SCALP_THETA_RAD * ring) / rings;
    const s = sin(theta);
    const c = cos(theta);
    for (let k = 0; k < around; k++) {
      const phi = (2 * PI * k) / around;
      put(1 + (ring - 1) * around + k, s * sin(phi), c, s * cos(phi));
    }
  }
  const triangles = new Uint32Array(3 * around * (2 * rings - 1));
  let t = 0;
  const add = (a: number, b: number, c: number): void => {
    triangles[t++] = a;
    triangles[t++] = b;
    triangles[t++] = c;
  };
  for (let k = 0; k < around; k++) add(0, 1 + k, 1 + ((k + 1) % around));
  for (let ring = 1; ring < rings; ring++) {
    const upper = 1 + (ring - 1) * around;
    const lower = upper + around;
    for (let k = 0; k < around; k++) {
      const next = (k + 1) % around;
      add(upper + k, lower + k, lower + next);
      add(upper + k, lower + next, upper + next);
    }
  }
  return { positionsMm, triangles };
}

/** Area (mm2) of the skin where `isInside` holds, by triangles of about 2 mm: a border is blurred by as much. */
export function skinAreaMm2(map: HeadMap, isInside: (x: number, y: number, z: number) => boolean): number {
  return areaMm2(headMesh(map, 128), isInside);
}
