/**
 * A known head made ready to be photographed, once per head: its skin, a cape, where its paint lies, and how open each
 * vertex is to light from 96 directions (depth maps along each of them), so that a picture costs seconds.
 */
import { PI, TAU, cos, sin } from '@stipple/core/num/elementary.ts';
import { smoothstep } from '@stipple/core/num/range.ts';
import { valueNoise } from '@stipple/core/random/value-noise.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import { cross, normalise } from '@stipple/core/vec/vec3.ts';
import { vertexNormals } from '@stipple/core/mesh/triangle-mesh.ts';
import type { KnownHead } from '../heads/known-head.ts';
import { toPaint } from '../heads/paint-frame.ts';
import { rasterise } from './rasterise.ts';

export const CAPE = 2;

export interface Stage {
  readonly head: KnownHead;
  readonly positionsMm: Float32Array;
  readonly triangles: Uint32Array;
  /** SKIN, EYE or CAPE per triangle. */
  readonly materials: Uint8Array;
  /** The triangle of the head that each one is; the cape's come after them. */
  readonly ofHead: Uint32Array;
  readonly normals: Float32Array;
  /** Per vertex, cm on the neutral head of ICT-FaceKit; null when the head has no face to paint. */
  readonly paintCm: Float32Array | null;
  /** Unit directions, head frame, and per vertex and direction 1 where light comes in. */
  readonly directions: readonly Vec3[];
  readonly isOpen: Uint8Array;
  /** Middles of the eyeballs (mm), left and right; null without eyeballs. */
  readonly eyes: readonly [Vec3, Vec3] | null;
}

const DIRECTIONS = 96;
const MAP_PX = 360;
const REACH_MM = 300;
/** Of the surface against its own depth map. */
const BIAS_MM = 3.5;

export function stageHead(head: KnownHead): Stage {
  const kept = keptTriangles(head);
  const cape = capeOf(head);
  const vertexCount = head.positionsMm.length / 3;
  const positionsMm = new Float32Array(head.positionsMm.length + cape.positions.length);
  positionsMm.set(head.positionsMm);
  positionsMm.set(cape.positions, head.positionsMm.length);
  const triangles = Uint32Array.from([
    ...kept.flatMap((t) => [...head.triangles.subarray(3 * t, 3 * t + 3)]),
    ...cape.triangles.map((v) => v + vertexCount),
  ]);
  const materials = new Uint8Array(triangles.length / 3).fill(CAPE);
  kept.forEach((t, k) => (materials[k] = head.materials?.[t] ?? 0));
  const normals = vertexNormals({ positionsMm, triangles });
  const directions = Array.from({ length: DIRECTIONS }, (_, k): Vec3 => {
    const y = 1 - (2 * (k + 0.5)) / DIRECTIONS;
    const r = Math.sqrt(1 - y * y);
    const a = k * PI * (3 - Math.sqrt(5));
    return [r * cos(a), y, r * sin(a)];
  });
  return {
    head,
    positionsMm,
    triangles,
    materials,
    ofHead: Uint32Array.from(kept),
    normals,
    paintCm: paintOf(head, positionsMm.length),
    directions,
    isOpen: openness(positionsMm, triangles, normals, directions),
    eyes: eyesOf(head),
  };
}

/** The height of the collar, and the axis of the neck there. */
const NECK_MM = -112;
const NECK_Z_MM = -12;

/** Without the shoulders of a bust, which would stick through the cape. */
function keptTriangles({ positionsMm: p, triangles }: KnownHead): number[] {
  const isShoulder = (v: number): boolean => {
    const z = p[3 * v + 2] - NECK_Z_MM;
    const out = Math.sqrt(p[3 * v] * p[3 * v] + z * z);
    return p[3 * v + 1] < NECK_MM - 14 || (p[3 * v + 1] < NECK_MM + 6 && out > 78);
  };
  return Array.from({ length: triangles.length / 3 }, (_, t) => t).filter(
    (t) => ![0, 1, 2].some((c) => isShoulder(triangles[3 * t + c])),
  );
}

/** Rings from a collar that fits the neck over the shoulders, a little uneven so that it reads as cloth. */
function capeOf(head: KnownHead): { positions: number[]; triangles: number[] } {
  const around = 128;
  const rings = 36;
  const collar = Array.from({ length: around }, (_, k) => {
    const a = (TAU * k) / around;
    const hit = head.caster.cast([0, NECK_MM, NECK_Z_MM], [sin(a), 0, cos(a)]);
    return hit && hit.t < 95 ? hit.t : 62;
  });
  const smooth = collar.map((_, k) => {
    let sum = 0;
    for (let d = -9; d <= 9; d++) sum += collar[(k + d + around) % around];
    return sum / 19 + 3;
  });
  const positions: number[] = [];
  const triangles: number[] = [];
  for (let ring = 0; ring <= rings; ring++) {
    const t = ring / rings;
    const spread = smoothstep(0, 1, t);
    for (let k = 0; k < around; k++) {
      const a = (TAU * k) / around;
      const fold = 5 * t * valueNoise(cos(a) * 3, t * 3, sin(a) * 3, 6) + 3 * t * sin(9 * a);
      const rx = smooth[k] + (235 - smooth[k]) * spread + fold;
      const rz = smooth[k] + (130 - smooth[k]) * spread + fold;
      positions.push(rx * sin(a), NECK_MM - 5 * cos(a) - 32 * t - 170 * t * t, NECK_Z_MM + rz * cos(a));
      if (ring === rings) continue;
      const [i, j] = [ring * around + k, ring * around + ((k + 1) % around)];
      triangles.push(i, i + around, j, j, i + around, j + around);
    }
  }
  return { positions, triangles };
}

/** Faces without their own paint take it by their landmarks. */
function paintOf(head: KnownHead, count: number): Float32Array | null {
  const out = new Float32Array(count);
  if (head.paintCm) {
    out.set(head.paintCm);
    return out;
  }
  const carry = toPaint(head.landmarks);
  if (!carry) return null;
  for (let k = 0; k < head.positionsMm.length; k += 3) {
    out.set(carry([head.positionsMm[k], head.positionsMm[k + 1], head.positionsMm[k + 2]]), k);
  }
  return out;
}

function eyesOf({ positionsMm, triangles, materials }: KnownHead): readonly [Vec3, Vec3] | null {
  if (!materials) return null;
  const vertices = new Set<number>();
  materials.forEach((material, t) => {
    if (material === 1) for (let c = 0; c < 3; c++) vertices.add(triangles[3 * t + c]);
  });
  const middle = (side: 1 | -1): Vec3 => {
    const own = [...vertices].filter((v) => positionsMm[3 * v] * side > 0);
    return [0, 1, 2].map(
      (axis) => own.reduce((s, v) => s + positionsMm[3 * v + axis], 0) / own.length,
    ) as unknown as Vec3;
  };
  return [middle(1), middle(-1)];
}

function openness(
  positionsMm: Float32Array,
  triangles: Uint32Array,
  normals: Float32Array,
  directions: readonly Vec3[],
): Uint8Array {
  const n = positionsMm.length / 3;
  const isOpen = new Uint8Array(n * directions.length);
  const perMm = MAP_PX / (2 * REACH_MM);
  const screen = new Float64Array(3 * n);
  directions.forEach((d, at) => {
    const right = normalise(cross(Math.abs(d[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0], d));
    const up = cross(d, right);
    const place = (x: number, y: number, z: number, k: number): void => {
      screen[k] = MAP_PX / 2 + (x * right[0] + y * right[1] + z * right[2]) * perMm;
      screen[k + 1] = MAP_PX / 2 + (x * up[0] + y * up[1] + z * up[2]) * perMm;
      screen[k + 2] = -(x * d[0] + y * d[1] + z * d[2]);
    };
    for (let k = 0; k < 3 * n; k += 3) place(positionsMm[k], positionsMm[k + 1], positionsMm[k + 2], k);
    const { depth } = rasterise(screen, triangles, MAP_PX, MAP_PX, { isPerspective: false });
    for (let v = 0; v < n; v++) {
      const k = 3 * v;
      if (normals[k] * d[0] + normals[k + 1] * d[1] + normals[k + 2] * d[2] < -0.3) continue;
      const x = Math.round(
        screen[k] + 2.5 * perMm * (normals[k] * right[0] + normals[k + 1] * right[1] + normals[k + 2] * right[2]),
      );
      const y = Math.round(
        screen[k + 1] + 2.5 * perMm * (normals[k] * up[0] + normals[k + 1] * up[1] + normals[k + 2] * up[2]),
      );
      const isInMap = x >= 0 && y >= 0 && x < MAP_PX && y < MAP_PX;
      if (!isInMap || depth[y * MAP_PX + x] > screen[k + 2] - BIAS_MM) isOpen[v * directions.length + at] = 1;
    }
  });
  return isOpen;
}
