import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CANONICAL_FACE_CM } from '../vision/canonical-face.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { rotate, rotationFromVector } from '../vec/mat3.ts';
import { place } from './fit-pose.ts';
import { frameScan } from './frame-scan.ts';
import type { FramedScan } from './frame-scan.ts';
import { skinAreaMm2 } from '../head/head-mesh.ts';
import { areaMm2 } from '../mesh/triangle-mesh.ts';
import type { ScanMesh } from './scan-mesh.ts';
import { readObj } from '../head/testing/map-of-mesh.ts';

const FOLDER = join(import.meta.dirname, '../../../../../shared/data/head_meshes');
const TURN = rotationFromVector([0.4, 2.2, -0.9]);

/** mm per unit, and tragions as picked on shaded views, in the file's units. */
const SCANS = [
  { file: 'LeePerrySmith.obj', mmPerUnit: 47, left: [1.29, 1.42, 0.42], right: [-1.42, 1.42, 0.42], withinMm: 8 },
  { file: 'ict_identity003.obj', mmPerUnit: 10, left: null, right: null, withinMm: 0 },
  {
    file: 'ict_generic_neutral_mesh.obj',
    mmPerUnit: 10,
    left: [7.35, 1.5, 1.57],
    right: [-7.35, 1.5, 1.57],
    withinMm: 4,
  },
] as const;

const turned = (p: Vec3, mm: number): Vec3 => rotate(TURN, [p[0] * mm, p[1] * mm, p[2] * mm]);

function load(file: string, mm: number): ScanMesh {
  const { vertices, triangles } = readObj(readFileSync(join(FOLDER, file), 'utf8'));
  return {
    positions: Float32Array.from(vertices.flatMap((p) => turned(p, mm))),
    triangles: Uint32Array.from(triangles.flat()),
    unit: null,
  };
}

/** Area above the plane through glabella and opisthocranion: on the map, and of the scan's own triangles. */
function calvaria({ map, landmarks: { glabella: g, opisthocranion: o }, placement }: FramedScan, mesh: ScanMesh) {
  const slope = (g[1] - o[1]) / (g[2] - o[2]);
  const isAbove = (_x: number, y: number, z: number): boolean => y > g[1] + slope * (z - g[2]);
  const positionsMm = Float32Array.from(place(mesh.positions, placement));
  return { onMap: skinAreaMm2(map, isAbove), ofTriangles: areaMm2({ ...mesh, positionsMm }, isAbove) };
}

describe.skipIf(!existsSync(FOLDER))('scans of real heads, turned anyhow', () => {
  it.each(SCANS)('$file is placed without landmarks and keeps its area to 0.5 %', (scan) => {
    const mesh = load(scan.file, scan.mmPerUnit);
    const framed = frameScan(mesh, { unit: null, landmarks: null, faceCm: CANONICAL_FACE_CM });
    expect(framed.report.unit.unit).toBe('mm');
    const { onMap, ofTriangles } = calvaria(framed, mesh);
    expect(Math.abs(onMap / ofTriangles - 1)).toBeLessThan(0.005);
    if (!scan.left) return;
    for (const [pick, found] of [
      [scan.left, framed.landmarks.leftTragion],
      [scan.right, framed.landmarks.rightTragion],
    ] as const) {
      const [, up = 0, forward = 0] = place(turned(pick, scan.mmPerUnit), framed.placement);
      const off = Math.sqrt((up - found[1]) * (up - found[1]) + (forward - found[2]) * (forward - found[2]));
      expect(off).toBeLessThan(scan.withinMm);
    }
  });
});
