/** Which triangle each pixel shows, by a depth buffer. */
export interface Raster {
  readonly widthPx: number;
  readonly heightPx: number;
  /** Per pixel: triangle or -1, depth, and the weights of its second and third corner (in space, not on screen). */
  readonly triangle: Int32Array;
  readonly depth: Float32Array;
  readonly u: Float32Array;
  readonly v: Float32Array;
}

/**
 * `screen` holds x, y (pixel centres at whole numbers) and depth per vertex. With `isPerspective` weights and depths
 * are interpolated as in space; without, linearly. Triangles with a corner nearer than `nearest` are left out.
 */
export function rasterise(
  screen: Float64Array,
  triangles: Uint32Array,
  widthPx: number,
  heightPx: number,
  { isPerspective = true, nearest = -Infinity } = {},
): Raster {
  const triangle = new Int32Array(widthPx * heightPx).fill(-1);
  const depth = new Float32Array(widthPx * heightPx).fill(Infinity);
  const us = new Float32Array(widthPx * heightPx);
  const vs = new Float32Array(widthPx * heightPx);
  for (let t = 0; t < triangles.length; t += 3) {
    const a = 3 * triangles[t];
    const b = 3 * triangles[t + 1];
    const c = 3 * triangles[t + 2];
    const [ax, ay, az] = [screen[a], screen[a + 1], screen[a + 2]];
    const [bx, by, bz] = [screen[b], screen[b + 1], screen[b + 2]];
    const [cx, cy, cz] = [screen[c], screen[c + 1], screen[c + 2]];
    if (az < nearest || bz < nearest || cz < nearest) continue;
    const area = (bx - ax) * (cy - ay) - (by - ay) * (cx - ax);
    if (Math.abs(area) < 1e-12) continue;
    const x0 = Math.max(0, Math.ceil(Math.min(ax, bx, cx)));
    const x1 = Math.min(widthPx - 1, Math.floor(Math.max(ax, bx, cx)));
    const y0 = Math.max(0, Math.ceil(Math.min(ay, by, cy)));
    const y1 = Math.min(heightPx - 1, Math.floor(Math.max(ay, by, cy)));
    for (let y = y0; y <= y1; y++) {
      for (let x = x0; x <= x1; x++) {
        let u = ((x - ax) * (cy - ay) - (y - ay) * (cx - ax)) / area;
        let v = ((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / area;
        if (u < -1e-6 || v < -1e-6 || u + v > 1 + 1e-6) continue;
        let z = az + (bz - az) * u + (cz - az) * v;
        if (isPerspective) {
          const w = 1 / ((1 - u - v) / az + u / bz + v / cz);
          u = (u * w) / bz;
          v = (v * w) / cz;
          z = w;
        }
        const k = y * widthPx + x;
        if (z >= depth[k]) continue;
        depth[k] = z;
        triangle[k] = t / 3;
        us[k] = u;
        vs[k] = v;
      }
    }
  }
  return { widthPx, heightPx, triangle, depth, u: us, v: vs };
}
