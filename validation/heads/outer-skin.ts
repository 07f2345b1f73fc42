/**
 * The outer skin of a scanned head as a triangle mesh.
 *
 * Air is what a ball of `sealMm` can reach from outside the scan: ear canals, nostrils and sinuses are too narrow for
 * it and count as head, as does whatever else lies inside. What is not joined to the head (head rests, noise) goes.
 * The surface is where the scan's own values cross the threshold, by surface nets (Gibson 1998), relaxed a little
 * (Taubin 1995) because slices leave terraces. The lowest slice is where the scan ends: the mesh is open there.
 *
 * The mesh is in mm along the scan's axes, with sample (0, 0, 0) at the origin.
 */
import type { Volume } from './volume.ts';

export interface SkinMesh {
  readonly positionsMm: Float64Array;
  readonly triangles: Uint32Array;
}

export interface OuterSkinOptions {
  /** Between air and skin, in the scan's values. */
  readonly threshold: number;
  /** Half the width of the gaps that count as closed, mm. */
  readonly sealMm: number;
}

const RELAXATIONS = 12;

export function outerSkin(volume: Volume, { threshold, sealMm }: OuterSkinOptions): SkinMesh {
  const { spacingMm } = volume;
  // Air around the scan on all sides but the lowest slice, samples: the ball must fit beside it.
  const pad = Math.ceil(sealMm / Math.min(...spacingMm)) + 3;
  const [nx, ny, nz] = [volume.size[0] + 2 * pad, volume.size[1] + 2 * pad, volume.size[2] + pad];
  const size = [nx, ny, nz] as const;
  // Values relative to the threshold: above 0 is tissue.
  const level = new Float32Array(nx * ny * nz).fill(-Infinity);
  let air = Infinity;
  for (let k = 0, from = 0; k < volume.size[2]; k++) {
    for (let j = 0; j < volume.size[1]; j++) {
      for (let i = 0; i < volume.size[0]; i++, from++) {
        const value = volume.values[from] - threshold;
        air = Math.min(air, value);
        level[i + pad + nx * (j + pad + ny * k)] = value;
      }
    }
  }
  // Where the scan ends beside the head, its surface lies half way to the next sample.
  for (let k = 0; k < level.length; k++) if (level[k] === -Infinity) level[k] = air;

  const toTissue = squaredDistances(size, spacingMm, (k) => level[k] > 0);
  const isOpen = (k: number): boolean => toTissue[k] > sealMm * sealMm;
  const reached = flood(size, [nx * ny * (nz - 1)], isOpen);
  const toReached = squaredDistances(size, spacingMm, (k) => reached[k] === 1);
  const isHead = (k: number): boolean => level[k] > 0 || toReached[k] > sealMm * sealMm;
  const middle = Math.floor(nx / 2) + nx * (Math.floor(ny / 2) + ny * Math.floor(nz / 2));
  const head = flood(size, [middle], isHead);
  for (let k = 0; k < level.length; k++) {
    // Sealed gaps are as far inside as air is outside; what is no part of the head is air.
    if (head[k] === 1) {
      if (level[k] <= 0) level[k] = -air;
    } else if (level[k] > 0) level[k] = air;
  }
  const mesh = surfaceNets(size, level);
  relax(mesh);
  for (let v = 0; v < mesh.positionsMm.length; v += 3) {
    mesh.positionsMm[v] = (mesh.positionsMm[v] - pad) * spacingMm[0];
    mesh.positionsMm[v + 1] = (mesh.positionsMm[v + 1] - pad) * spacingMm[1];
    mesh.positionsMm[v + 2] *= spacingMm[2];
  }
  return mesh;
}

type Size = readonly [number, number, number];

/** Square of the distance (mm) of every sample to the nearest one that `isSeed` (Felzenszwalb and Huttenlocher 2012). */
function squaredDistances(size: Size, spacingMm: Size, isSeed: (k: number) => boolean): Float32Array {
  const [nx, ny, nz] = size;
  const far = 1e12;
  const out = new Float32Array(nx * ny * nz);
  for (let k = 0; k < out.length; k++) out[k] = isSeed(k) ? 0 : far;
  const longest = Math.max(nx, ny, nz);
  const f = new Float64Array(longest);
  const root = new Int32Array(longest);
  const bound = new Float64Array(longest + 1);
  const line = (start: number, stride: number, n: number, mm: number): void => {
    const w = mm * mm;
    let last = -1;
    for (let q = 0; q < n; q++) {
      f[q] = out[start + q * stride];
      if (f[q] >= far) continue;
      let s = -Infinity;
      while (last >= 0) {
        const r = root[last];
        s = (f[q] + w * q * q - f[r] - w * r * r) / (2 * w * (q - r));
        if (s > bound[last]) break;
        last--;
      }
      last++;
      root[last] = q;
      bound[last] = last === 0 ? -Infinity : s;
    }
    if (last < 0) return;
    let at = 0;
    for (let q = 0; q < n; q++) {
      while (at < last && bound[at + 1] < q) at++;
      const d = q - root[at];
      out[start + q * stride] = f[root[at]] + w * d * d;
    }
  };
  for (let k = 0; k < nz; k++) for (let j = 0; j < ny; j++) line(nx * (j + ny * k), 1, nx, spacingMm[0]);
  for (let k = 0; k < nz; k++) for (let i = 0; i < nx; i++) line(i + nx * ny * k, nx, ny, spacingMm[1]);
  for (let j = 0; j < ny; j++) for (let i = 0; i < nx; i++) line(i + nx * j, nx * ny, nz, spacingMm[2]);
  return out;
}

/** 1 for every sample joined to a seed by samples that are `isIn`. */
function flood([nx, ny, nz]: Size, seeds: readonly number[], isIn: (k: number) => boolean): Uint8Array {
  const reached = new Uint8Array(nx * ny * nz);
  const open: number[] = [];
  const visit = (k: number): void => {
    if (reached[k] === 1 || !isIn(k)) return;
    reached[k] = 1;
    open.push(k);
  };
  seeds.forEach(visit);
  for (let k = open.pop(); k !== undefined; k = open.pop()) {
    const i = k % nx;
    const j = Math.floor(k / nx) % ny;
    if (i > 0) visit(k - 1);
    if (i < nx - 1) visit(k + 1);
    if (j > 0) visit(k - nx);
    if (j < ny - 1) visit(k + nx);
    if (k >= nx * ny) visit(k - nx * ny);
    if (k < nx * ny * (nz - 1)) visit(k + nx * ny);
  }
  return reached;
}

/** One vertex in each cell that the surface crosses, in samples; outward anticlockwise. */
function surfaceNets([nx, ny, nz]: Size, level: Float32Array): { positionsMm: Float64Array; triangles: Uint32Array } {
  const steps = [1, nx, nx * ny];
  const vertexOfCell = new Map<number, number>();
  const positions: number[] = [];
  const vertexOf = (cell: number): number => {
    const known = vertexOfCell.get(cell);
    if (known !== undefined) return known;
    const at = [cell % nx, Math.floor(cell / nx) % ny, Math.floor(cell / (nx * ny))];
    const sum = [0, 0, 0];
    let crossings = 0;
    for (let axis = 0; axis < 3; axis++) {
      const [b, c] = [(axis + 1) % 3, (axis + 2) % 3];
      for (let corner = 0; corner < 4; corner++) {
        const [ub, uc] = [corner & 1, corner >> 1];
        const k = cell + ub * steps[b] + uc * steps[c];
        const [v0, v1] = [level[k], level[k + steps[axis]]];
        if (v0 > 0 === v1 > 0) continue;
        sum[axis] += v0 / (v0 - v1);
        sum[b] += ub;
        sum[c] += uc;
        crossings++;
      }
    }
    const vertex = positions.length / 3;
    positions.push(at[0] + sum[0] / crossings, at[1] + sum[1] / crossings, at[2] + sum[2] / crossings);
    vertexOfCell.set(cell, vertex);
    return vertex;
  };
  const triangles: number[] = [];
  for (let k = 1; k < nz - 1; k++) {
    for (let j = 1; j < ny - 1; j++) {
      for (let i = 1; i < nx - 1; i++) {
        const at = i + nx * (j + ny * k);
        const isIn = level[at] > 0;
        for (let axis = 0; axis < 3; axis++) {
          if (level[at + steps[axis]] > 0 === isIn) continue;
          const [b, c] = [steps[(axis + 1) % 3], steps[(axis + 2) % 3]];
          const quad = [at, at - b, at - b - c, at - c].map(vertexOf);
          if (!isIn) quad.reverse();
          triangles.push(quad[0], quad[1], quad[2], quad[0], quad[2], quad[3]);
        }
      }
    }
  }
  return { positionsMm: Float64Array.from(positions), triangles: Uint32Array.from(triangles) };
}

/** Rounds of smoothing and un-smoothing: small terraces go, the size stays. */
function relax({ positionsMm: p, triangles }: { positionsMm: Float64Array; triangles: Uint32Array }): void {
  const n = p.length / 3;
  const sums = new Float64Array(p.length);
  const counts = new Int32Array(n);
  for (let round = 0; round < 2 * RELAXATIONS; round++) {
    const by = round % 2 === 0 ? 0.5 : -0.53;
    sums.fill(0);
    counts.fill(0);
    for (let t = 0; t < triangles.length; t += 3) {
      for (let corner = 0; corner < 3; corner++) {
        const v = triangles[t + corner];
        const next = triangles[t + ((corner + 1) % 3)];
        // Each inner edge is met once in each direction.
        for (let axis = 0; axis < 3; axis++) sums[3 * v + axis] += p[3 * next + axis];
        counts[v]++;
      }
    }
    for (let v = 0; v < n; v++) {
      if (counts[v] === 0) continue;
      for (let axis = 0; axis < 3; axis++) {
        p[3 * v + axis] += by * (sums[3 * v + axis] / counts[v] - p[3 * v + axis]);
      }
    }
  }
}
