/**
 * The head model as the camera sees it: depth and normal of the nearest skin in every cell.
 *
 * The octahedral map's own nodes are the vertices (3 mm apart, triangles of two per grid square), depth-buffered.
 * Takes about 15 ms for a head on half-millimetre cells.
 */
import { directionOf, normalAt } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { Camera } from '../vec/camera.ts';
import { project } from '../vec/camera.ts';
import { rotate } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cellCentre } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';

export interface HeadRaster {
  /** Distance from the camera along its axis, mm; 0 where the head is not seen. */
  readonly depthMm: Float32Array;
  /** Unit normal in the camera frame, x, y, z of each cell; a normal facing the camera has z < 0. */
  readonly normal: Float32Array;
  /** Cosine between the normal and the line of sight; 0 where the head is not seen. */
  readonly facing: Float32Array;
}

/** cos 125 degrees: below, the map means nothing. */
const LOWEST_Y = -0.5736;

export function rasterHead(head: HeadMap, camera: Camera, grid: CellGrid): HeadRaster {
  const { size, radiiMm } = head;
  const points = new Float64Array(3 * size * size);
  const screen = new Float64Array(3 * size * size);
  const normals = new Float64Array(3 * size * size);
  const isUsed = new Uint8Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const k = j * size + i;
      const d = directionOf((2 * i) / (size - 1) - 1, (2 * j) / (size - 1) - 1);
      if (d[1] < LOWEST_Y) continue;
      const p: Vec3 = [d[0] * radiiMm[k], d[1] * radiiMm[k], d[2] * radiiMm[k]];
      const q = project(camera, p);
      if (!(q[2] > 0)) continue;
      isUsed[k] = 1;
      for (let c = 0; c < 3; c++) {
        points[3 * k + c] = p[c];
        screen[3 * k + c] = q[c];
      }
    }
  }
  const cells = grid.columns * grid.rows;
  const raster = {
    depthMm: new Float32Array(cells),
    normal: new Float32Array(3 * cells),
    facing: new Float32Array(cells),
  };
  const triangles = seenTriangles(size, isUsed, screen);
  for (const k of triangles) {
    if (isUsed[k] === NORMAL_KNOWN) continue;
    isUsed[k] = NORMAL_KNOWN;
    const n = rotate(camera.R, normalAt(head, [points[3 * k], points[3 * k + 1], points[3 * k + 2]]));
    for (let c = 0; c < 3; c++) normals[3 * k + c] = n[c];
  }
  for (let n = 0; n < triangles.length; n += 3)
    fill(triangles[n], triangles[n + 1], triangles[n + 2], screen, normals, grid, raster);
  finishNormals(raster, camera, grid);
  return raster;
}

const NORMAL_KNOWN = 2;

/** Nodes of the triangles that face the camera, three by three: the others, half of all, lie behind them. */
function seenTriangles(size: number, isUsed: Uint8Array, screen: Float64Array): Uint32Array {
  const nodes = new Uint32Array(6 * (size - 1) * (size - 1));
  let count = 0;
  const add = (a: number, b: number, c: number): void => {
    const ax = screen[3 * a];
    const ay = screen[3 * a + 1];
    const area = (screen[3 * b] - ax) * (screen[3 * c + 1] - ay) - (screen[3 * b + 1] - ay) * (screen[3 * c] - ax);
    if (!(area > 0)) return;
    nodes[count++] = a;
    nodes[count++] = b;
    nodes[count++] = c;
  };
  for (let j = 0; j + 1 < size; j++) {
    for (let i = 0; i + 1 < size; i++) {
      const k = j * size + i;
      if (!(isUsed[k] && isUsed[k + 1] && isUsed[k + size] && isUsed[k + size + 1])) continue;
      // The diagonal follows the octahedron's folds, which run the other way in two of the four quadrants.
      const isFalling = i < size >> 1 === j < size >> 1;
      if (isFalling) {
        add(k, k + 1, k + size);
        add(k + 1, k + size + 1, k + size);
      } else {
        add(k, k + 1, k + size + 1);
        add(k, k + size + 1, k + size);
      }
    }
  }
  return nodes.subarray(0, count);
}

function fill(
  a: number,
  b: number,
  c: number,
  screen: Float64Array,
  normals: Float64Array,
  grid: CellGrid,
  { depthMm, normal }: HeadRaster,
): void {
  const scale = 1 / grid.cellPx;
  const offset = (grid.cellPx - 1) / 2;
  const ax = (screen[3 * a] - grid.leftPx - offset) * scale;
  const ay = (screen[3 * a + 1] - grid.topPx - offset) * scale;
  const bx = (screen[3 * b] - grid.leftPx - offset) * scale - ax;
  const by = (screen[3 * b + 1] - grid.topPx - offset) * scale - ay;
  const cx = (screen[3 * c] - grid.leftPx - offset) * scale - ax;
  const cy = (screen[3 * c + 1] - grid.topPx - offset) * scale - ay;
  const area = bx * cy - by * cx;
  if (area === 0) return;
  const x0 = Math.max(0, Math.ceil(ax + Math.min(0, bx, cx)));
  const x1 = Math.min(grid.columns - 1, Math.floor(ax + Math.max(0, bx, cx)));
  const y0 = Math.max(0, Math.ceil(ay + Math.min(0, by, cy)));
  const y1 = Math.min(grid.rows - 1, Math.floor(ay + Math.max(0, by, cy)));
  // Outside is told before anything is divided: most of a triangle's rectangle is.
  const side = area < 0 ? -1 : 1;
  const least = -1e-9 * Math.abs(area);
  for (let y = y0; y <= y1; y++) {
    for (let x = x0; x <= x1; x++) {
      const ofV = (x - ax) * cy - (y - ay) * cx;
      const ofW = bx * (y - ay) - by * (x - ax);
      if (side * ofV < least || side * ofW < least || side * (area - ofV - ofW) < least) continue;
      const v = ofV / area;
      const w = ofW / area;
      const u = 1 - v - w;
      const depth = u * screen[3 * a + 2] + v * screen[3 * b + 2] + w * screen[3 * c + 2];
      const k = y * grid.columns + x;
      if (depthMm[k] > 0 && depthMm[k] <= depth) continue;
      depthMm[k] = depth;
      normal[3 * k] = u * normals[3 * a] + v * normals[3 * b] + w * normals[3 * c];
      normal[3 * k + 1] = u * normals[3 * a + 1] + v * normals[3 * b + 1] + w * normals[3 * c + 1];
      normal[3 * k + 2] = u * normals[3 * a + 2] + v * normals[3 * b + 2] + w * normals[3 * c + 2];
    }
  }
}

function finishNormals({ depthMm, normal, facing }: HeadRaster, camera: Camera, grid: CellGrid): void {
  for (let j = 0; j < grid.rows; j++) {
    const vy = (cellCentre(grid.topPx, grid.cellPx, j) - camera.cy) / camera.f;
    for (let i = 0; i < grid.columns; i++) {
      const k = j * grid.columns + i;
      if (depthMm[k] === 0) continue;
      const vx = (cellCentre(grid.leftPx, grid.cellPx, i) - camera.cx) / camera.f;
      const x = normal[3 * k];
      const y = normal[3 * k + 1];
      const z = normal[3 * k + 2];
      const l = 1 / Math.sqrt(x * x + y * y + z * z);
      normal[3 * k] = x * l;
      normal[3 * k + 1] = y * l;
      normal[3 * k + 2] = z * l;
      facing[k] = Math.max(0, (-(x * vx + y * vy + z) * l) / Math.sqrt(vx * vx + vy * vy + 1));
    }
  }
}

/** Head-frame position (mm) of the skin seen at photo position (x, y) at this depth. */
export function headPointAt({ f, cx, cy, R, t }: Camera, x: number, y: number, depthMm: number): Vec3 {
  const qx = ((x - cx) / f) * depthMm - t[0];
  const qy = ((y - cy) / f) * depthMm - t[1];
  const qz = depthMm - t[2];
  return [R[0] * qx + R[3] * qy + R[6] * qz, R[1] * qx + R[4] * qy + R[7] * qz, R[2] * qx + R[5] * qy + R[8] * qz];
}
