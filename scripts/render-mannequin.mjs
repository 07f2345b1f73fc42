/**
 * Renders the ready example of the page: a mannequin in a barber's cape, so that a newcomer sees a result before
 * any photo of a person is needed, and so that no borrowed photo lives in the repository.
 *
 *   node scripts/render-mannequin.mjs <ict_generic_neutral_mesh.obj> <out.jpg>
 *
 * The shape is the neutral head of ICT-FaceKit (MIT, see THIRD-PARTY-NOTICES; the mesh itself is not committed, the
 * picture is). Everything else is made here: deferred rasteriser, soft shadows and ambient occlusion from depth
 * maps along many directions, skin with pores and mottling from value noise, brow and lash strokes, a fringe of
 * shaved stubble at the sides. The camera is known exactly and printed, so the picture doubles as ground truth:
 * the tests compare what Stipple measures on it with `MANNEQUIN` in packages/web/testing.
 *
 * Lengths are cm here, the mesh's own unit.
 */
import { readFileSync } from 'node:fs';
import sharp from 'sharp';

const [meshPath, outPath] = process.argv.slice(2);
if (!outPath) {
  console.error('usage: node scripts/render-mannequin.mjs <ict_generic_neutral_mesh.obj> <out.jpg>');
  process.exit(2);
}

const WIDTH = 1440;
const HEIGHT = 1800;
const SUPER = 2;
const CAMERA = { distanceCm: 120, focal: 4.35 * WIDTH, bowDeg: 16, yawDeg: -7, lookAt: [0, 1.2, 2] };

// ---------------------------------------------------------------- vectors and noise
const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const sub = (a, b) => [a[0] - b[0], a[1] - b[1], a[2] - b[2]];
const mix = (a, b, t) => a + (b - a) * t;
const clamp = (x, lo = 0, hi = 1) => Math.min(hi, Math.max(lo, x));
const smooth = (a, b, x) => {
  const t = clamp((x - a) / (b - a));
  return t * t * (3 - 2 * t);
};
const unit = (a) => {
  const l = Math.hypot(...a);
  return [a[0] / l, a[1] / l, a[2] / l];
};
const hash = (i, k) => {
  let h = Math.imul((i | 0) + 1, 0x9e3779b1) ^ Math.imul(k + 1, 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 4294967296;
};
const cellHash = (x, y, z, k) => hash(Math.imul(x, 73856093) ^ Math.imul(y, 19349663) ^ Math.imul(z, 83492791), k);
function noise(x, y, z, salt) {
  const x0 = Math.floor(x);
  const y0 = Math.floor(y);
  const z0 = Math.floor(z);
  const f = (t) => t * t * (3 - 2 * t);
  const fx = f(x - x0);
  const fy = f(y - y0);
  const fz = f(z - z0);
  let s = 0;
  for (let c = 0; c < 8; c++) {
    const i = c & 1;
    const j = (c >> 1) & 1;
    const k = c >> 2;
    s += (i ? fx : 1 - fx) * (j ? fy : 1 - fy) * (k ? fz : 1 - fz) * cellHash(x0 + i, y0 + j, z0 + k, salt);
  }
  return s * 2 - 1;
}
/** Distance to the nearest scattered point, one point per cell of the given size: stubble and pores. */
function nearestPoint(p, size, salt) {
  const q = [p[0] / size, p[1] / size, p[2] / size];
  const c = q.map(Math.floor);
  let best = 9;
  for (let i = -1; i <= 1; i++)
    for (let j = -1; j <= 1; j++)
      for (let k = -1; k <= 1; k++) {
        const a = c[0] + i;
        const b = c[1] + j;
        const d = c[2] + k;
        const dx = a + cellHash(a, b, d, salt) - q[0];
        const dy = b + cellHash(a, b, d, salt + 1) - q[1];
        const dz = d + cellHash(a, b, d, salt + 2) - q[2];
        best = Math.min(best, dx * dx + dy * dy + dz * dz);
      }
  return Math.sqrt(best) * size;
}

// ---------------------------------------------------------------- geometry
const SKIN = 1;
const EYE = 2;
const CAPE = 3;
const SHOWN = {
  M_Face: SKIN,
  M_BackHead: SKIN,
  M_ScleraLeft: EYE,
  M_ScleraRight: EYE,
  M_IrisLeft: EYE,
  M_IrisRight: EYE,
};
const vertices = [];
const triangles = [];
{
  let material = 0;
  for (const line of readFileSync(meshPath, 'utf8').split('\n')) {
    if (line.startsWith('v ')) vertices.push(line.split(/\s+/).slice(1, 4).map(Number));
    else if (line.startsWith('usemtl')) material = SHOWN[line.split(/\s+/)[1]] ?? 0;
    else if (line.startsWith('f ') && material) {
      const ids = line
        .trim()
        .split(/\s+/)
        .slice(1)
        .map((t) => Number.parseInt(t, 10) - 1);
      // The bust's shoulders would stick through the cape.
      if (ids.every((i) => vertices[i][1] < -12.6)) continue;
      for (let i = 2; i < ids.length; i++) triangles.push([ids[0], ids[i - 1], ids[i], material]);
    }
  }
}
// The cape: rings from a snug collar over the shoulders, a little uneven so that it reads as cloth.
{
  const rings = 40;
  const around = 160;
  const first = vertices.length;
  const neckAt = -11.4;
  const neck = new Float32Array(around);
  for (const [x, y, z] of vertices) {
    if (Math.abs(y - neckAt) > 0.9 || Math.abs(x) > 7.5) continue;
    const a = Math.round((Math.atan2(x, z - 0.6) / (2 * Math.PI)) * around + around) % around;
    for (let d = -9; d <= 9; d++)
      neck[(a + d + around) % around] = Math.max(neck[(a + d + around) % around], Math.hypot(x, z - 0.6));
  }
  const collar = (a) => {
    let sum = 0;
    for (let d = -16; d <= 16; d++) sum += neck[(a + d + around) % around];
    return sum / 33 + 0.2;
  };
  for (let r = 0; r <= rings; r++) {
    const t = r / rings;
    const spread = smooth(0, 1, t);
    for (let a = 0; a < around; a++) {
      const angle = (a / around) * 2 * Math.PI;
      const fold =
        0.35 * t * Math.sin(angle * 9 + 2 * noise(t * 3, angle, 0, 5)) +
        0.5 * t * noise(Math.cos(angle) * 2, t * 3, Math.sin(angle) * 2, 6);
      const rx = mix(collar(a), 24, spread ** 0.8) + fold;
      const rz = mix(collar(a), 13, spread) + fold;
      vertices.push([
        rx * Math.sin(angle),
        neckAt + 0.5 * Math.cos(angle) * -1 - 3.2 * t - 17 * t * t,
        0.6 + rz * Math.cos(angle),
      ]);
    }
  }
  for (let r = 0; r < rings; r++)
    for (let a = 0; a < around; a++) {
      const i = first + r * around + a;
      const j = first + r * around + ((a + 1) % around);
      triangles.push([i, i + around, j, CAPE], [j, i + around, j + around, CAPE]);
    }
}
const normals = vertices.map(() => [0, 0, 0]);
for (const [a, b, c] of triangles) {
  const u = sub(vertices[b], vertices[a]);
  const v = sub(vertices[c], vertices[a]);
  const n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
  for (const i of [a, b, c]) for (let k = 0; k < 3; k++) normals[i][k] += n[k];
}
for (const n of normals) {
  const l = Math.hypot(...n) || 1;
  for (let k = 0; k < 3; k++) n[k] /= l;
}

// ---------------------------------------------------------------- camera
const bow = (CAMERA.bowDeg * Math.PI) / 180;
const yaw = (CAMERA.yawDeg * Math.PI) / 180;
const rotateModel = ([x, y, z]) => {
  const x1 = x * Math.cos(yaw) + z * Math.sin(yaw);
  const z1 = -x * Math.sin(yaw) + z * Math.cos(yaw);
  return [x1, y * Math.cos(bow) - z1 * Math.sin(bow), y * Math.sin(bow) + z1 * Math.cos(bow)];
};
const centre = rotateModel(CAMERA.lookAt);
const focal = CAMERA.focal * SUPER;
const projectPoint = (p) => {
  const q = rotateModel(p);
  const depth = CAMERA.distanceCm - (q[2] - centre[2]);
  return [
    (WIDTH * SUPER) / 2 + (focal * (q[0] - centre[0])) / depth,
    HEIGHT * SUPER * 0.46 - (focal * (q[1] - centre[1])) / depth,
    depth,
  ];
};

/** Rasterises triangles given in screen coordinates; calls `put(pixel, depth, u, v)` for the nearest so far. */
function rasterise(screen, width, height, depthBuffer, put) {
  for (let t = 0; t < triangles.length; t++) {
    const [ia, ib, ic] = triangles[t];
    const a = screen[ia];
    const b = screen[ib];
    const c = screen[ic];
    const area = (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
    if (Math.abs(area) < 1e-9) continue;
    const x0 = Math.max(0, Math.floor(Math.min(a[0], b[0], c[0])));
    const x1 = Math.min(width - 1, Math.ceil(Math.max(a[0], b[0], c[0])));
    const y0 = Math.max(0, Math.floor(Math.min(a[1], b[1], c[1])));
    const y1 = Math.min(height - 1, Math.ceil(Math.max(a[1], b[1], c[1])));
    for (let y = y0; y <= y1; y++)
      for (let x = x0; x <= x1; x++) {
        const u = ((x - a[0]) * (c[1] - a[1]) - (y - a[1]) * (c[0] - a[0])) / area;
        const v = ((b[0] - a[0]) * (y - a[1]) - (b[1] - a[1]) * (x - a[0])) / area;
        if (u < -1e-4 || v < -1e-4 || u + v > 1.0001) continue;
        const z = a[2] * (1 - u - v) + b[2] * u + c[2] * v;
        const k = y * width + x;
        if (z < depthBuffer[k]) {
          depthBuffer[k] = z;
          put?.(k, t, u, v);
        }
      }
  }
}

// ---------------------------------------------------------------- light that reaches each vertex-sized place
/** Depth map seen from direction `d` (towards the light); answers how much of it a point is hidden. */
function lightMap(d, size = 700) {
  const up = Math.abs(d[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0];
  const right = unit([up[1] * d[2] - up[2] * d[1], up[2] * d[0] - up[0] * d[2], up[0] * d[1] - up[1] * d[0]]);
  const down = [
    d[1] * right[2] - d[2] * right[1],
    d[2] * right[0] - d[0] * right[2],
    d[0] * right[1] - d[1] * right[0],
  ];
  const scale = size / 66;
  const place = (p) => [size / 2 + dot(p, right) * scale, size / 2 + dot(p, down) * scale, -dot(p, d)];
  const depth = new Float32Array(size * size).fill(1e9);
  rasterise(worldVertices.map(place), size, size, depth);
  return (p, n) => {
    const q = place([p[0] + n[0] * 0.25, p[1] + n[1] * 0.25, p[2] + n[2] * 0.25]);
    const x = clamp(Math.round(q[0]), 0, size - 1);
    const y = clamp(Math.round(q[1]), 0, size - 1);
    return depth[y * size + x] < q[2] - 0.12 ? 0 : 1;
  };
}
const worldVertices = vertices.map(rotateModel);
const worldNormals = normals.map(rotateModel);
/** Directions scattered in a cone: the samples of a soft box. */
function cone(axis, spread, count, salt) {
  const out = [];
  for (let i = 0; i < count; i++) {
    const a = (i + 0.5) * 2.39996;
    const r = spread * Math.sqrt((i + 0.5) / count);
    const t = unit(Math.abs(axis[1]) > 0.9 ? [1, 0, 0] : [0, 1, 0]);
    const s = unit([axis[1] * t[2] - axis[2] * t[1], axis[2] * t[0] - axis[0] * t[2], axis[0] * t[1] - axis[1] * t[0]]);
    const w = [axis[1] * s[2] - axis[2] * s[1], axis[2] * s[0] - axis[0] * s[2], axis[0] * s[1] - axis[1] * s[0]];
    out.push(
      unit([0, 1, 2].map((k) => axis[k] + r * (Math.cos(a) * s[k] + Math.sin(a) * w[k]) + 0.001 * hash(i, salt))),
    );
  }
  return out;
}
const KEY = { axis: unit([-0.55, 0.62, 0.75]), spread: 0.42, colour: [2.35, 2.2, 2.02], count: 24 };
const FILL = { axis: unit([0.85, 0.15, 0.6]), spread: 0.6, colour: [0.62, 0.66, 0.72], count: 14 };
const SKY = { colour: [0.5, 0.51, 0.54], count: 48 };
const lights = [KEY, FILL].map((light, i) => ({
  ...light,
  samples: cone(light.axis, light.spread, light.count, 31 + i).map((direction) => ({
    direction,
    sees: lightMap(direction),
  })),
}));
const sky = [];
for (let i = 0; i < SKY.count; i++) {
  const y = 1 - (1.45 * (i + 0.5)) / SKY.count;
  const r = Math.sqrt(Math.max(0, 1 - y * y));
  const direction = [r * Math.cos(i * 2.39996), y, r * Math.sin(i * 2.39996)];
  sky.push({ direction, sees: lightMap(direction, 400) });
}
console.error(`light maps: ${lights.reduce((n, l) => n + l.samples.length, 0) + sky.length}`);
// Visibility varies slowly: gathered at vertices, interpolated over triangles.
const vertexLight = worldVertices.map((p, i) => {
  const n = worldNormals[i];
  const wrap = [0.3, 0.16, 0.1];
  const out = [0, 0, 0];
  for (const light of lights)
    for (const s of light.samples) {
      const seen = s.sees(p, n) / light.count;
      const c = dot(n, s.direction);
      for (let k = 0; k < 3; k++) out[k] += light.colour[k] * (seen * clamp((c + wrap[k]) / (1 + wrap[k])));
    }
  for (const s of sky) {
    const c = Math.max(0, dot(n, s.direction)) * s.sees(p, n) * (0.35 + 0.65 * smooth(-0.5, 1, s.direction[1]));
    for (let k = 0; k < 3; k++) out[k] += (SKY.colour[k] * c * 2.2) / SKY.count;
  }
  const open = lights[0].samples.reduce((sum, s) => sum + s.sees(p, n), 0) / KEY.count;
  return [...out, open];
});

// ---------------------------------------------------------------- what the surface is
const polygonDistance = (x, y, points) => {
  let inside = false;
  let best = 1e9;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const [ax, ay] = points[i];
    const [bx, by] = points[j];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) inside = !inside;
    const t = clamp(((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2 || 1));
    best = Math.min(best, Math.hypot(x - ax - t * (bx - ax), y - ay - t * (by - ay)));
  }
  return inside ? best : -best;
};
const LIPS = [
  [-2.45, -3.25],
  [-1.5, -2.75],
  [-0.62, -2.42],
  [0, -2.6],
  [0.62, -2.42],
  [1.5, -2.75],
  [2.45, -3.25],
  [1.6, -3.95],
  [0.7, -4.33],
  [0, -4.4],
  [-0.7, -4.33],
  [-1.6, -3.95],
];

const EYE_CENTRE = [3.2, 3.6, 8.0];
const GAZE = unit([-Math.sin(yaw) * 0.4, Math.sin(bow) * 0.3, 1]);
function eyeColour(p) {
  const centre = [Math.sign(p[0]) * EYE_CENTRE[0], EYE_CENTRE[1], EYE_CENTRE[2]];
  const v = sub(p, centre);
  const along = dot(v, GAZE);
  const off = Math.hypot(
    ...sub(
      v,
      GAZE.map((g) => g * along),
    ),
  );
  if (along > 0 && off < 0.585) {
    if (off < 0.2) return [0.008, 0.007, 0.007];
    const streak = 0.75 + 0.35 * noise(Math.atan2(v[1], v[0]) * 9, off * 2, 0, 51);
    const ring = 1 - 0.75 * smooth(0.47, 0.585, off);
    return [0.1, 0.062, 0.032].map((c) => c * streak * ring);
  }
  const red = 0.06 * smooth(0.9, 1.5, Math.abs(p[0] - centre[0]));
  return [0.58, 0.54 - red, 0.52 - red];
}
/** Upper edge of the fringe that Norwood VI leaves: azimuth from straight ahead and height over the tragion, cm. */
const FRINGE = [
  [0.73, 3.6],
  [0.98, 6.8],
  [1.22, 8.6],
  [1.57, 9.6],
  [3.14, 8.4],
];
const TRAGION_Y = 1.1;

/** 1 where the sides and back carry shaved stubble. */
function fringe(p) {
  const around = Math.atan2(Math.abs(p[0]), p[2] + 0.5);
  let k = 1;
  while (k < FRINGE.length - 1 && FRINGE[k][0] < around) k++;
  const [a0, h0] = FRINGE[k - 1];
  const [a1, h1] = FRINGE[k];
  const edge =
    TRAGION_Y + mix(h0, h1, clamp((around - a0) / (a1 - a0))) + 0.5 * noise(p[0] / 1.4, p[1] / 1.4, p[2] / 1.4, 61);
  const high = smooth(0.9, -1.2, p[1] - edge);
  const front = smooth(
    0.98,
    1.12,
    Math.atan2(Math.abs(p[0]), p[2] - 1.5) + 0.03 * noise(p[0], p[1], p[2], 62) - 0.028 * (p[1] - 5),
  );
  const ear = smooth(8.55, 8.15, Math.abs(p[0]) - 0.12 * Math.max(0, p[1] - 4));
  return high * front * ear * smooth(-7.5, -4.5, p[1] + 0.6 * noise(p[0] / 2, 0, p[2] / 2, 63));
}
function skin(p) {
  const tone =
    1 +
    0.045 * noise(p[0] / 0.9, p[1] / 0.9, p[2] / 0.9, 41) +
    0.035 * noise(p[0] / 0.24, p[1] / 0.24, p[2] / 0.24, 42);
  const pores = 1 - 0.05 * smooth(0.035, 0.012, nearestPoint(p, 0.11, 43));
  let c = [0.5, 0.285, 0.195].map((v) => v * tone * pores);
  const isFront = p[2] > 4;
  const ear = smooth(8.0, 8.8, Math.abs(p[0])) * smooth(6, 4, p[1]);
  const nose = isFront ? Math.exp(-((p[0] / 1.5) ** 2 + ((p[1] + 0.2) / 1.4) ** 2)) : 0;
  const cheek = isFront ? Math.exp(-(((Math.abs(p[0]) - 4.6) / 1.9) ** 2 + ((p[1] + 0.4) / 1.7) ** 2)) : 0;
  const red = 0.55 * ear + 0.5 * nose + 0.4 * cheek;
  c = [c[0] * (1 + 0.03 * red), c[1] * (1 - 0.17 * red), c[2] * (1 - 0.15 * red)];
  if (isFront && p[1] < -1.5 && p[1] > -6) {
    const lip = smooth(-0.12, 0.16, polygonDistance(p[0], p[1], LIPS));
    const line = 0.35 * smooth(0.11, 0.02, Math.abs(p[1] + 3.22 + 0.05 * Math.cos(p[0] * 2)));
    c = [mix(c[0], 0.36, lip * 0.75), mix(c[1], 0.13, lip * 0.75), mix(c[2], 0.11, lip * 0.75)].map(
      (v) => v * (1 - line * lip),
    );
  }
  const hair = fringe(p);
  if (hair > 0.02) {
    const d = nearestPoint(p, 0.1, 71);
    const spot = smooth(0.03, 0.012, d) * (0.55 + 0.35 * hash(Math.round(p[1] * 31), 3));
    const shade = 1 - hair * (0.2 + 0.6 * spot);
    c = [c[0] * shade * (1 - 0.05 * hair), c[1] * shade, c[2] * shade * (1 + 0.06 * hair)];
  }
  return c;
}
function bumped(p, n) {
  const h = (q) =>
    0.0042 * noise(q[0] / 0.085, q[1] / 0.085, q[2] / 0.085, 81) +
    0.004 * noise(q[0] / 0.22, q[1] / 0.22, q[2] / 0.22, 82);
  const e = 0.02;
  const h0 = h(p);
  return unit([0, 1, 2].map((k) => n[k] - (h(p.map((v, i) => v + (i === k ? e : 0))) - h0) / e));
}

// ---------------------------------------------------------------- picture
const W = WIDTH * SUPER;
const H = HEIGHT * SUPER;
const depth = new Float32Array(W * H).fill(1e9);
const hitTriangle = new Int32Array(W * H).fill(-1);
const hitU = new Float32Array(W * H);
const hitV = new Float32Array(W * H);
const screen = vertices.map(projectPoint);
rasterise(screen, W, H, depth, (k, t, u, v) => {
  hitTriangle[k] = t;
  hitU[k] = u;
  hitV[k] = v;
});
const interpolate = (values, [a, b, c], u, v) => {
  const w = 1 - u - v;
  return values[a].map((_, k) => values[a][k] * w + values[b][k] * u + values[c][k] * v);
};
const image = new Float32Array(W * H * 3);
const eyeDirection = (p) => unit(sub([centre[0], centre[1], centre[2] + CAMERA.distanceCm], p));
for (let k = 0; k < W * H; k++) {
  const t = hitTriangle[k];
  const y = Math.floor(k / W) / H;
  const x = (k % W) / W;
  if (t < 0) {
    const glow = Math.exp(-(((x - 0.55) / 0.55) ** 2 + ((y - 0.42) / 0.5) ** 2));
    image.set([0.115 + 0.1 * glow, 0.135 + 0.115 * glow, 0.15 + 0.12 * glow], 3 * k);
    continue;
  }
  const tri = triangles[t];
  const p = interpolate(vertices, tri, hitU[k], hitV[k]);
  const light = interpolate(vertexLight, tri, hitU[k], hitV[k]);
  const world = rotateModel(p);
  let n = unit(interpolate(normals, tri, hitU[k], hitV[k]));
  let albedo = [0.022, 0.026, 0.034];
  let gloss = 0.15;
  let sharpness = 12;
  let specular = 0.012;
  if (tri[3] === SKIN) {
    albedo = skin(p);
    const flat = n;
    n = bumped(p, n);
    // The bump shows as diffuse shading too, along the key light only.
    const gain = 1 + 0.55 * (dot(rotateModel(n), KEY.axis) - dot(rotateModel(flat), KEY.axis));
    albedo = albedo.map((v) => v * gain);
    gloss = 0.5 + 0.5 * smooth(5, 10, p[1]);
    sharpness = mix(14, 30, smooth(6, 11, p[1]));
    specular = 0.05;
  } else if (tri[3] === EYE) {
    albedo = eyeColour(p);
    sharpness = 400;
    specular = 0.9;
    gloss = 1;
  } else albedo = albedo.map((v) => v * (1 + 0.12 * noise(p[0] / 0.06, p[1] / 0.06, p[2] / 0.06, 91)));
  const nw = rotateModel(n);
  const view = eyeDirection(world);
  let shine = 0;
  for (const s of lights[0].samples) {
    const half = unit([0, 1, 2].map((i) => s.direction[i] + view[i]));
    shine += Math.max(0, dot(nw, half)) ** sharpness / KEY.count;
  }
  const fresnel = 1 + 3 * (1 - clamp(dot(nw, view))) ** 4;
  const s = specular * gloss * shine * (sharpness + 8) * 0.09 * light[3] * fresnel;
  for (let c = 0; c < 3; c++) image[3 * k + c] = albedo[c] * light[c] * 0.62 + s * KEY.colour[c] * 0.42;
}
console.error('shaded');

// ---------------------------------------------------------------- brows and lashes as strokes
function frontZ(x, y) {
  let best = null;
  for (const [a, b, c, material] of triangles) {
    if (material !== SKIN) continue;
    const A = vertices[a];
    const B = vertices[b];
    const C = vertices[c];
    if (
      Math.max(A[0], B[0], C[0]) < x ||
      Math.min(A[0], B[0], C[0]) > x ||
      Math.max(A[1], B[1], C[1]) < y ||
      Math.min(A[1], B[1], C[1]) > y
    )
      continue;
    const area = (B[0] - A[0]) * (C[1] - A[1]) - (B[1] - A[1]) * (C[0] - A[0]);
    if (Math.abs(area) < 1e-9) continue;
    const u = ((x - A[0]) * (C[1] - A[1]) - (y - A[1]) * (C[0] - A[0])) / area;
    const v = ((B[0] - A[0]) * (y - A[1]) - (B[1] - A[1]) * (x - A[0])) / area;
    if (u < 0 || v < 0 || u + v > 1) continue;
    const z = A[2] * (1 - u - v) + B[2] * u + C[2] * v;
    if (best === null || z > best) best = z;
  }
  return best;
}
function stroke(points, widthPx, colour, opacity) {
  for (let i = 0; i + 1 < points.length; i++) {
    const [x0, y0] = points[i];
    const [x1, y1] = points[i + 1];
    const steps = Math.ceil(Math.hypot(x1 - x0, y1 - y0) * 1.5) + 1;
    for (let s = 0; s < steps; s++) {
      const cx = mix(x0, x1, s / steps);
      const cy = mix(y0, y1, s / steps);
      const taper = widthPx * (1 - 0.7 * ((i + s / steps) / (points.length - 1)));
      for (let y = Math.floor(cy - 3); y <= cy + 3; y++)
        for (let x = Math.floor(cx - 3); x <= cx + 3; x++) {
          const a = opacity * smooth(taper + 0.6, taper - 0.4, Math.hypot(x - cx, y - cy)) * 0.45;
          if (a > 0)
            for (let c = 0; c < 3; c++) image[3 * (y * W + x) + c] = mix(image[3 * (y * W + x) + c], colour[c], a);
        }
    }
  }
}
const HAIR = [0.03, 0.02, 0.014];
for (const side of [-1, 1])
  for (let i = 0; i < 900; i++) {
    const t = hash(i, 11 + side);
    const height = (hash(i, 13 + side) + hash(i, 17 + side)) / 2;
    const thick = 0.8 * smooth(0, 0.12, t) * mix(1, 0.35, smooth(0.35, 1, t));
    const x = mix(1.15, 5.75, t);
    const y =
      5.05 +
      0.95 * Math.sin(t * 2.3) * (t < 0.68 ? 1 : mix(1, 0.93, t)) -
      0.45 * smooth(0.68, 1, t) +
      (height - 0.5) * 1.15 * thick;
    const lean =
      mix(1.25, 0.15, smooth(0, 0.5, t)) + 0.25 * (hash(i, 19) - 0.5) - 0.7 * smooth(0.6, 1, t) - 0.5 * (height - 0.5);
    const long = mix(0.5, 0.75, hash(i, 23)) * mix(0.75, 1, t);
    const points = [];
    for (let s = 0; s <= 4; s++) {
      const px = side * (x + long * (s / 4) * Math.cos(lean * (1 - 0.25 * (s / 4))));
      const py = y + long * (s / 4) * Math.sin(lean * (1 - 0.25 * (s / 4)));
      const z = frontZ(px, py);
      if (z !== null) points.push(projectPoint([px, py, z + 0.06]));
    }
    if (points.length > 2) stroke(points, 1.25, HAIR, 0.75);
  }
{
  // Upper lashes: from the lid's rim outwards, found as the lower edge of skin above each eye.
  for (const side of [-1, 1])
    for (let i = 0; i < 70; i++) {
      const t = (i + hash(i, 27)) / 70;
      const x = side * mix(1.75, 4.6, t);
      let y = 4.6;
      while (y > 3.2) {
        const z = frontZ(x, y);
        if (z === null || z < 9.1 - 0.28 * (Math.abs(x) - 3.0) ** 2) break;
        y -= 0.03;
      }
      const z = frontZ(x, y + 0.06);
      if (z === null || y <= 3.2) continue;
      const out = side * mix(-0.12, 0.3, t);
      stroke(
        [
          [0, 0, 0],
          [0.45, 0.03, 0.25],
          [1, 0.22, 0.4],
        ].map(([f, dy, dz]) => projectPoint([x + out * f, y + 0.04 + dy, z + 0.06 + dz])),
        0.9,
        HAIR,
        0.6,
      );
    }
}

// ---------------------------------------------------------------- to a camera's JPEG
const encode = (v) => 255 * (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);
const filmic = (v) => (v < 0.6 ? v : 0.6 + 0.4 * (1 - Math.exp(-(v - 0.6) / 0.4)));
const out = Buffer.alloc(WIDTH * HEIGHT * 3);
for (let y = 0; y < HEIGHT; y++)
  for (let x = 0; x < WIDTH; x++)
    for (let c = 0; c < 3; c++) {
      let v = 0;
      for (let j = 0; j < SUPER; j++)
        for (let i = 0; i < SUPER; i++) v += image[3 * ((y * SUPER + j) * W + x * SUPER + i) + c];
      const k = 3 * (y * WIDTH + x) + c;
      const grain = 1.1 * (hash(k, 101) + hash(k, 102) + hash(k, 103) - 1.5);
      out[k] = clamp(Math.round(encode(clamp(filmic(v / (SUPER * SUPER)))) + grain), 0, 255);
    }
await sharp(out, { raw: { width: WIDTH, height: HEIGHT, channels: 3 } })
  .jpeg({ quality: 88, chromaSubsampling: '4:4:4' })
  .toFile(outPath);
console.log(
  JSON.stringify({
    widthPx: WIDTH,
    heightPx: HEIGHT,
    focalPx: CAMERA.focal,
    bowDeg: CAMERA.bowDeg,
    yawDeg: CAMERA.yawDeg,
  }),
);
