import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { headMesh } from '../head/head-mesh.ts';
import { areaMm2, vertexNormals } from './triangle-mesh.ts';
import type { TriangleMesh } from './triangle-mesh.ts';

/** A sphere around (20, -10, 5) by halving the faces of an octahedron, anticlockwise from outside. */
function sphere(radiusMm: number, halvings: number): TriangleMesh {
  type Point = [number, number, number];
  let faces: [Point, Point, Point][] = [];
  for (const x of [1, -1]) {
    for (const y of [1, -1]) {
      for (const z of [1, -1]) {
        const [a, b, c]: Point[] = [
          [x, 0, 0],
          [0, y, 0],
          [0, 0, z],
        ];
        faces.push(x * y * z > 0 ? [a, b, c] : [a, c, b]);
      }
    }
  }
  const unit = (p: Point): Point => p.map((v) => v / Math.hypot(...p)) as Point;
  const middle = (a: Point, b: Point): Point => unit(a.map((v, i) => (v + b[i]) / 2) as Point);
  for (let n = 0; n < halvings; n++) {
    faces = faces.flatMap(([a, b, c]) => {
      const [ab, bc, ca] = [middle(a, b), middle(b, c), middle(c, a)];
      return [
        [a, ab, ca],
        [ab, b, bc],
        [ca, bc, c],
        [ab, bc, ca],
      ] as [Point, Point, Point][];
    });
  }
  const numbers = new Map<string, number>();
  const positions: number[] = [];
  const triangles = faces.flat().map((p) => {
    const key = p.map((v) => v.toFixed(9)).join();
    if (!numbers.has(key)) {
      numbers.set(key, numbers.size);
      positions.push(20 + p[0] * radiusMm, -10 + p[1] * radiusMm, 5 + p[2] * radiusMm);
    }
    return numbers.get(key) ?? 0;
  });
  return { positionsMm: Float32Array.from(positions), triangles: Uint32Array.from(triangles) };
}

describe('areaMm2', () => {
  it('approaches the area of a sphere from below, four times closer with each halving', () => {
    const truth = 4 * Math.PI * 90 * 90;
    const short = [3, 4, 5].map((halvings) => 1 - areaMm2(sphere(90, halvings)) / truth);
    expect(short[2]).toBeLessThan(1e-3);
    expect(short[0] / short[1]).toBeCloseTo(4, 1);
    expect(short[1] / short[2]).toBeCloseTo(4, 1);
  });

  it('splits along a border into parts that make up the whole', () => {
    const mesh = sphere(80, 5);
    const above = areaMm2(mesh, (_, y) => y > 30);
    const below = areaMm2(mesh, (_, y) => y <= 30);
    expect(above + below).toBeCloseTo(areaMm2(mesh), 4);
    // A zone of a sphere has the area 2 pi r h: from y = 30 up to -10 + 80.
    expect(above / (2 * Math.PI * 80 * 40)).toBeCloseTo(1, 1);
  });
});

describe('vertexNormals', () => {
  it('point straight out of a sphere', () => {
    const mesh = sphere(50, 4);
    const normals = vertexNormals(mesh);
    for (let v = 0; v < normals.length; v += 3) {
      const out = [20, -10, 5].map((c, k) => (mesh.positionsMm[v + k] - c) / 50);
      expect(out[0] * normals[v] + out[1] * normals[v + 1] + out[2] * normals[v + 2]).toBeGreaterThan(0.9995);
    }
  });

  it('point outwards all over a head', () => {
    const mesh = headMesh(buildHead({ face: 1, width: 1, height: 1, length: 1 }), 32);
    const normals = vertexNormals(mesh);
    for (let v = 0; v < normals.length; v += 3) {
      const p = mesh.positionsMm;
      expect(Math.hypot(normals[v], normals[v + 1], normals[v + 2])).toBeCloseTo(1, 5);
      expect(p[v] * normals[v] + p[v + 1] * normals[v + 1] + p[v + 2] * normals[v + 2]).toBeGreaterThan(0);
    }
  });

  it('are 0 0 0 for a vertex without triangles', () => {
    const mesh = {
      positionsMm: Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0, 9, 9, 9),
      triangles: Uint32Array.of(0, 1, 2),
    };
    expect(Array.from(vertexNormals(mesh))).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0]);
  });
});
