/** A triangle mesh: what leaves as a file and what areas are summed over. */
export interface TriangleMesh {
  /** x y z per vertex, mm. */
  readonly positionsMm: Float32Array;
  /** Three vertex numbers per triangle, anticlockwise seen from outside. */
  readonly triangles: Uint32Array;
}

/** Area vector of triangle `k`: normal times area, mm2. */
function areaVector({ positionsMm: p, triangles }: TriangleMesh, k: number): [number, number, number] {
  const a = 3 * triangles[3 * k];
  const b = 3 * triangles[3 * k + 1];
  const c = 3 * triangles[3 * k + 2];
  const ux = p[b] - p[a];
  const uy = p[b + 1] - p[a + 1];
  const uz = p[b + 2] - p[a + 2];
  const vx = p[c] - p[a];
  const vy = p[c + 1] - p[a + 1];
  const vz = p[c + 2] - p[a + 2];
  return [(uy * vz - uz * vy) / 2, (uz * vx - ux * vz) / 2, (ux * vy - uy * vx) / 2];
}

/** Area of the triangles whose centroid (mm) `isInside` accepts; of all of them without it. */
export function areaMm2(mesh: TriangleMesh, isInside?: (x: number, y: number, z: number) => boolean): number {
  const { positionsMm: p, triangles } = mesh;
  let area = 0;
  for (let k = 0; k < triangles.length / 3; k++) {
    if (isInside) {
      const a = 3 * triangles[3 * k];
      const b = 3 * triangles[3 * k + 1];
      const c = 3 * triangles[3 * k + 2];
      const x = (p[a] + p[b] + p[c]) / 3;
      if (!isInside(x, (p[a + 1] + p[b + 1] + p[c + 1]) / 3, (p[a + 2] + p[b + 2] + p[c + 2]) / 3)) continue;
    }
    const [x, y, z] = areaVector(mesh, k);
    area += Math.sqrt(x * x + y * y + z * z);
  }
  return area;
}

/** Unit normals per vertex, the mean of the triangles around it weighted by area; 0 0 0 where no triangle is. */
export function vertexNormals(mesh: TriangleMesh): Float32Array {
  const { positionsMm, triangles } = mesh;
  const sums = new Float64Array(positionsMm.length);
  for (let k = 0; k < triangles.length / 3; k++) {
    const n = areaVector(mesh, k);
    for (let corner = 0; corner < 3; corner++) {
      const v = 3 * triangles[3 * k + corner];
      for (let axis = 0; axis < 3; axis++) sums[v + axis] += n[axis];
    }
  }
  const normals = new Float32Array(sums.length);
  for (let v = 0; v < sums.length; v += 3) {
    const l = Math.sqrt(sums[v] * sums[v] + sums[v + 1] * sums[v + 1] + sums[v + 2] * sums[v + 2]);
    if (l > 0) for (let axis = 0; axis < 3; axis++) normals[v + axis] = sums[v + axis] / l;
  }
  return normals;
}
