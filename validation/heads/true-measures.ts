/**
 * The truth about a known head: areas on its own mesh, distances along its own skin, readings of a tape.
 *
 * Distances are the shortest ways over its radial map, whose cells of 3 mm keep the grain of a scan out of them.
 */
import { geodesicMm } from '@stipple/core/head/geodesic.ts';
import { radiusOfMap, readTape } from '@stipple/core/head/tape.ts';
import type { TapeKind } from '@stipple/core/head/head-shape.ts';
import type { Vec3 } from '@stipple/core/vec/mat3.ts';
import type { KnownHead } from './known-head.ts';

/** What a tape or calliper reads on the head, exactly. */
export const trueTape = (head: KnownHead, kind: TapeKind): number =>
  readTape(radiusOfMap(head.map), head.landmarks, kind);

/** Length (mm) of the shortest way over the skin; both points count by their directions. */
export const trueWayMm = (head: KnownHead, from: Vec3, to: Vec3): number => geodesicMm(head.map, from, to);

/** Height (mm) above the plane through glabella and opisthocranion, across the head: the border of the cap. */
export function heightOverCap({ landmarks }: KnownHead): (p: Vec3) => number {
  const { glabella, opisthocranion } = landmarks;
  const slope = (glabella[1] - opisthocranion[1]) / (glabella[2] - opisthocranion[2]);
  const steep = Math.sqrt(1 + slope * slope);
  return (p) => (p[1] - glabella[1] - slope * (p[2] - glabella[2])) / steep;
}

/** Area (mm2) of the mesh where `height` is positive: triangles across the border are cut. */
export function areaAboveMm2(head: KnownHead, height: (p: Vec3) => number): number {
  const { positionsMm: p, triangles } = head;
  let area = 0;
  for (let t = 0; t < triangles.length; t += 3) {
    const corners = [0, 1, 2].map((c): Vec3 => {
      const k = 3 * triangles[t + c];
      return [p[k], p[k + 1], p[k + 2]];
    });
    const heights = corners.map(height);
    const above = heights.filter((h) => h > 0).length;
    if (above === 0) continue;
    const whole = triangleArea(corners[0], corners[1], corners[2]);
    if (above === 3) {
      area += whole;
      continue;
    }
    // The corner that is alone on its side, and the share of the triangle at it.
    const alone = heights.findIndex((h) => h > 0 === (above === 1));
    const [h, h1, h2] = [heights[alone], heights[(alone + 1) % 3], heights[(alone + 2) % 3]];
    const share = (h / (h - h1)) * (h / (h - h2));
    area += whole * (above === 1 ? share : 1 - share);
  }
  return area;
}

function triangleArea(a: Vec3, b: Vec3, c: Vec3): number {
  const ux = b[0] - a[0];
  const uy = b[1] - a[1];
  const uz = b[2] - a[2];
  const vx = c[0] - a[0];
  const vy = c[1] - a[1];
  const vz = c[2] - a[2];
  const x = uy * vz - uz * vy;
  const y = uz * vx - ux * vz;
  const z = ux * vy - uy * vx;
  return Math.sqrt(x * x + y * y + z * z) / 2;
}

/** The cap above glabella and opisthocranion, mm2. */
export const trueCapMm2 = (head: KnownHead): number => areaAboveMm2(head, heightOverCap(head));
