/** Gathers the surfaces of a file into one scan, dropping what is no triangle. */
import type { LengthUnit, ScanMesh } from '@stipple/core/scan/scan-mesh.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';

export const MAX_SCAN_BYTES = 100_000_000;
/** Text takes ten times its length in memory while it is parsed. */
export const MAX_SCAN_TEXT_BYTES = 70_000_000;
export const MAX_SCAN_TRIANGLES = 2_000_000;

/** One surface: points and, when they are shared, which three make each triangle. */
export interface ScanPart {
  readonly positions: ArrayLike<number>;
  readonly indices: ArrayLike<number> | null;
  /** Column-major 4 x 4, as glTF has it; null for none. */
  readonly matrix: ArrayLike<number> | null;
}

/** Of the triangles this share may be damaged; a file with more is. */
const MOST_DAMAGED = 0.01;
/** Coordinates beyond this are no scan's in any unit, and their squares would overflow single precision. */
const FARTHEST = 1e9;

export function joinParts(parts: readonly ScanPart[], unit: LengthUnit | null): ScanMesh {
  let vertexCount = 0;
  let cornerCount = 0;
  for (const { positions, indices } of parts) {
    vertexCount += Math.floor(positions.length / 3);
    cornerCount += indices ? indices.length : Math.floor(positions.length / 3);
    if (cornerCount > 3 * MAX_SCAN_TRIANGLES || vertexCount > 3 * MAX_SCAN_TRIANGLES)
      throw new Refusal('scan-too-large', `more than ${MAX_SCAN_TRIANGLES} triangles`);
  }
  const positions = new Float32Array(3 * vertexCount);
  const isUsable = new Uint8Array(vertexCount);
  const corners: number[] = [];
  let first = 0;
  let damaged = 0;
  for (const part of parts) {
    const count = Math.floor(part.positions.length / 3);
    for (let v = 0; v < count; v++) {
      const p = placed(part, v);
      positions.set(p, 3 * (first + v));
      if (p.every((c) => Math.abs(c) < FARTHEST)) isUsable[first + v] = 1;
    }
    const { indices } = part;
    const total = indices ? indices.length : count;
    for (let k = 0; k + 2 < total; k += 3) {
      const three = [0, 1, 2].map((c) => (indices ? (indices[k + c] ?? -1) : k + c));
      if (three.every((i) => Number.isInteger(i) && i >= 0 && i < count && isUsable[first + i]))
        for (const i of three) corners.push(first + i);
      else damaged++;
    }
    first += count;
  }
  if (corners.length === 0) throw new Refusal('scan-unreadable', 'no triangles');
  if (damaged > MOST_DAMAGED * (corners.length / 3 + damaged))
    throw new Refusal('scan-unreadable', `${damaged} damaged triangles`);
  // A point that no triangle uses may be anything.
  for (let v = 0; v < vertexCount; v++) if (!isUsable[v]) positions.fill(0, 3 * v, 3 * v + 3);
  return { positions, triangles: Uint32Array.from(corners), unit };
}

function placed({ positions: p, matrix: m }: ScanPart, v: number): [number, number, number] {
  const [x, y, z] = [Number(p[3 * v]), Number(p[3 * v + 1]), Number(p[3 * v + 2])];
  if (!m) return [x, y, z];
  const row = (r: number): number => Number(m[r]) * x + Number(m[r + 4]) * y + Number(m[r + 8]) * z + Number(m[r + 12]);
  return [row(0), row(1), row(2)];
}
