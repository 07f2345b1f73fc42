/**
 * Gives a scan that ends above the mouth the lower face and neck of the neutral head of ICT-FaceKit, so that the face
 * networks have a face to find. The truth stays the scan's: nothing above its last slice changes, and rays that ask
 * for the truth do not meet what was added.
 *
 * The donor is laid on by the paint frame and stretched about the vertical axis until it meets the border of the scan;
 * the stretch fades out over 70 mm below it. What lies just above the border is tucked under the scan's skin.
 */
import { TAU, atan2, cos, sin } from '@stipple/core/num/elementary.ts';
import { clamp, smoothstep } from '@stipple/core/num/range.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import type { KnownHead } from './known-head.ts';
import { fromPaint } from './paint-frame.ts';
import { rayCaster } from './ray-caster.ts';
import type { RayCaster } from './ray-caster.ts';
import type { ObjMesh } from './read-obj.ts';

const AXIS_Z_MM = 15;
const AROUND = 180;
const FADE_MM = 70;
const OVERLAP_MM = 5;
const TUCK_MM = 1.2;

export function withLowerFace(head: KnownHead, donor: ObjMesh): KnownHead {
  const carry = fromPaint(head.landmarks);
  if (!carry) return head;
  const border = borderOf(head);
  const laid = new Float32Array(donor.positions.length);
  for (let k = 0; k < laid.length; k += 3) {
    laid.set(carry([donor.positions[k], donor.positions[k + 1], donor.positions[k + 2]]), k);
  }
  const skin = donor.triangles.filter((_, k) => isSkin(donor.materials[Math.floor(k / 3)]));
  const caster = rayCaster(laid, skin);
  const stretch = border.map(({ heightMm, radiusMm }, k) => {
    const a = (TAU * k) / AROUND;
    return clamp(radiusMm / outermost(caster, [0, heightMm - 2, AXIS_Z_MM], [sin(a), 0, cos(a)]), 0.85, 1.25);
  });
  const smooth = stretch.map((_, k) => {
    let sum = 0;
    for (let d = -3; d <= 3; d++) sum += stretch[(k + d + AROUND) % AROUND];
    return sum / 7;
  });
  const below = new Float32Array(laid.length / 3);
  for (let v = 0; v < below.length; v++) {
    const [x, y, z] = [laid[3 * v], laid[3 * v + 1], laid[3 * v + 2] - AXIS_Z_MM];
    const at = ((atan2(x, z) / TAU + 1) % 1) * AROUND;
    const i = Math.floor(at) % AROUND;
    const j = (i + 1) % AROUND;
    const f = at - Math.floor(at);
    below[v] = border[i].heightMm * (1 - f) + border[j].heightMm * f - y;
    const k = 1 + (smooth[i] * (1 - f) + smooth[j] * f - 1) * smoothstep(FADE_MM, 0, below[v]);
    const radius = Math.sqrt(x * x + z * z) || 1;
    const tucked = k - (TUCK_MM * smoothstep(1, -1, below[v])) / radius;
    laid[3 * v] = x * tucked;
    laid[3 * v + 2] = AXIS_Z_MM + z * tucked;
  }
  const first = head.positionsMm.length / 3;
  const added: number[] = [];
  for (let t = 0; t < skin.length; t += 3) {
    const corners = [skin[t], skin[t + 1], skin[t + 2]];
    if (corners.every((v) => below[v] > -OVERLAP_MM)) added.push(...corners.map((v) => v + first));
  }
  const positionsMm = new Float32Array(head.positionsMm.length + laid.length);
  positionsMm.set(head.positionsMm);
  positionsMm.set(laid, head.positionsMm.length);
  return { ...head, positionsMm, triangles: Uint32Array.from([...head.triangles, ...added]) };
}

/** The last skin along a ray: mouth and throat come before it. */
function outermost(caster: RayCaster, from: Vec3, d: Vec3): number {
  let t = 0;
  for (let hit = caster.cast(from, d); hit; hit = caster.cast(from, d, hit.t + 0.1)) t = hit.t;
  return t || 1;
}

const isSkin = (material: string): boolean => material === 'M_Face' || material === 'M_BackHead';

/** The open border of the scan by azimuth about the axis: its outermost edge. */
function borderOf({ positionsMm: p, triangles }: KnownHead): { heightMm: number; radiusMm: number }[] {
  const edges = new Map<number, number>();
  const count = p.length / 3;
  for (let t = 0; t < triangles.length; t += 3) {
    for (let c = 0; c < 3; c++) {
      const [a, b] = [triangles[t + c], triangles[t + ((c + 1) % 3)]];
      const key = Math.min(a, b) * count + Math.max(a, b);
      edges.set(key, (edges.get(key) ?? 0) + 1);
    }
  }
  const radii = new Float64Array(AROUND);
  const heights = new Float64Array(AROUND);
  for (const [key, times] of edges) {
    if (times !== 1) continue;
    const v = key % count;
    const at: Vec3 = [p[3 * v], p[3 * v + 1], p[3 * v + 2] - AXIS_Z_MM];
    const radius = Math.sqrt(at[0] * at[0] + at[2] * at[2]);
    const k = Math.round(((atan2(at[0], at[2]) / TAU + 1) % 1) * AROUND) % AROUND;
    if (radius <= radii[k]) continue;
    radii[k] = radius;
    heights[k] = at[1];
  }
  // Ears hang below the border at the sides: what stands out by far is an ear, and takes its neighbours' place.
  const known = Array.from(radii.keys()).filter((k) => radii[k] > 0 && !standsOut(radii, k));
  return Array.from(radii, (_, k) => {
    const near = known.reduce((a, b) => (around(a, k) <= around(b, k) ? a : b));
    return { heightMm: heights[near], radiusMm: radii[near] };
  });
}

const around = (a: number, b: number): number => Math.min(Math.abs(a - b), AROUND - Math.abs(a - b));
function standsOut(radii: Float64Array, k: number): boolean {
  const near = Array.from({ length: 31 }, (_, d) => radii[(k + d - 15 + AROUND) % AROUND]).sort((a, b) => a - b);
  return radii[k] > near[12] + 5;
}
