/**
 * Fits the head template: packages/core/src/head/head-template.ts.
 *
 *   node scripts/fit-head-template.mjs <folder with ict_generic_neutral_mesh.obj and makehuman_base.obj>
 *   npx oxfmt packages/core/src/head/head-template.ts
 *
 * In: the neutral head of ICT-FaceKit (MIT) and the MakeHuman base mesh (CC0), neither of which is committed, and
 * MediaPipe's canonical face from the installed npm package. Out: a table of real spherical harmonics of the radius
 * by direction, landmarks, and the similarity that carries the canonical face onto the template.
 *
 * Method: both meshes go into the head frame (origin midway between the tragions, Frankfurt plane horizontal).
 * MakeHuman's calvaria is brought onto ICT's by a scale per axis and a shift, so that only shape is averaged and the
 * proportions stay ICT's, whose face the canonical face is aligned to. ICT weighs 0.7: alone it predicted the area of
 * five real heads from five tapes within 0.9 %, MakeHuman alone within 1.8 %, and MakeHuman's crown is coarse.
 * Rays from the origin give radii; left and right are averaged; a weighted, smoothness-regularised least squares
 * gives the coefficients. Face and neck get little weight: the map is for the scalp and must not ring there. The canonical
 * face is laid onto ICT's by places that both name.
 *
 * Prints every residual, which the header of the generated file repeats.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './paths.mjs';

const [folder] = process.argv.slice(2);
if (!folder) {
  console.error('usage: node scripts/fit-head-template.mjs <folder of the two meshes>');
  process.exit(2);
}

const ORDER = 16;
const CIRCUMFERENCE_MM = 575;
const SAGITTAL_ARC_MM = 345;
const ICT_WEIGHT = 0.7;
/** Penalty on (l (l + 1))^2 c^2, relative to the sum of the weights: the residual rises by 0.02 mm, the ripples go. */
const SMOOTHNESS = 2e-6;

// Landmarks picked on shaded side views of the meshes, in mesh units; x of the tragion is found by a ray.
// Orbitale is 18 mm below the centre of the eye.
const ICT = { tragion: [1.5, 1.57], orbitale: [1.75, 9.3], perCm: 1 };
const MAKEHUMAN = { tragion: [7.111, 0.617], orbitale: [7.1, 1.4], perCm: 10 };

// ---------------------------------------------------------------- meshes
function readObj(path, { group = null, vertexLimit = Infinity, keep = () => true }) {
  const vertices = [];
  const triangles = [];
  let current = null;
  for (const line of readFileSync(path, 'utf8').split('\n')) {
    if (line.startsWith('v ')) vertices.push(line.trim().split(/\s+/).slice(1, 4).map(Number));
    else if (line.startsWith('g ')) current = line.slice(2).trim();
    else if (line.startsWith('f ') && (group === null || current === group)) {
      const face = line
        .trim()
        .split(/\s+/)
        .slice(1)
        .map((t) => Number.parseInt(t) - 1);
      if (face.some((i) => i >= vertexLimit) || !face.every((i) => keep(vertices[i]))) continue;
      for (let k = 2; k < face.length; k++) triangles.push([face[0], face[k - 1], face[k]]);
    }
  }
  return { vertices, triangles };
}

/** Mesh units to head-frame cm (still at the mesh's own size): tragion to the origin, Frankfurt plane level. */
function intoHeadFrame(mesh, { tragion, orbitale, perCm }) {
  const tilt = Math.atan2(orbitale[0] - tragion[0], orbitale[1] - tragion[1]);
  const c = Math.cos(tilt);
  const s = Math.sin(tilt);
  const move = ([x, y, z]) => {
    const dy = (y - tragion[0]) * perCm;
    const dz = (z - tragion[1]) * perCm;
    return [x * perCm, dy * c - dz * s, dy * s + dz * c];
  };
  return { vertices: mesh.vertices.map(move), triangles: mesh.triangles, move, tiltDeg: (tilt * 180) / Math.PI };
}

const isEar = (d) => {
  if (Math.abs(d[0]) < 0.35) return false;
  const y = (d[1] / Math.abs(d[0])) * 7.4 + 0.6;
  const z = (d[2] / Math.abs(d[0])) * 7.4 + 1.2;
  return (y / 3.6) ** 2 + (z / 3.4) ** 2 < 1;
};

/** Farthest hit of the ray from the origin, or NaN. */
function castAll(mesh, directions) {
  const radii = new Float64Array(directions.length).fill(NaN);
  // Directions in latitude bands, so that a triangle meets only those it can hit.
  const bands = Array.from({ length: 180 }, () => []);
  const band = (d) => Math.min(179, Math.floor((Math.acos(Math.max(-1, Math.min(1, d[1]))) * 180) / Math.PI));
  directions.forEach((d, i) => bands[band(d)].push(i));
  for (const [a, b, c] of mesh.triangles) {
    const A = mesh.vertices[a];
    const B = mesh.vertices[b];
    const C = mesh.vertices[c];
    const at = [A, B, C].map((p) => {
      const l = Math.hypot(...p);
      return band([p[0] / l, p[1] / l, p[2] / l]);
    });
    const e1 = [B[0] - A[0], B[1] - A[1], B[2] - A[2]];
    const e2 = [C[0] - A[0], C[1] - A[1], C[2] - A[2]];
    const q = [A[2] * e1[1] - A[1] * e1[2], A[0] * e1[2] - A[2] * e1[0], A[1] * e1[0] - A[0] * e1[1]];
    const pole = Math.min(...at) <= 3;
    for (let k = Math.max(0, Math.min(...at) - 2); k <= Math.min(179, Math.max(...at) + 2 + (pole ? 8 : 0)); k++) {
      for (const i of bands[k]) {
        const d = directions[i];
        const p = [d[1] * e2[2] - d[2] * e2[1], d[2] * e2[0] - d[0] * e2[2], d[0] * e2[1] - d[1] * e2[0]];
        const det = e1[0] * p[0] + e1[1] * p[1] + e1[2] * p[2];
        if (Math.abs(det) < 1e-14) continue;
        const u = -(A[0] * p[0] + A[1] * p[1] + A[2] * p[2]) / det;
        if (u < -1e-9 || u > 1 + 1e-9) continue;
        const v = (d[0] * q[0] + d[1] * q[1] + d[2] * q[2]) / det;
        if (v < -1e-9 || u + v > 1 + 1e-9) continue;
        const t = (e2[0] * q[0] + e2[1] * q[1] + e2[2] * q[2]) / det;
        if (t > 0 && !(t <= radii[i])) radii[i] = t;
      }
    }
  }
  return radii;
}

// ---------------------------------------------------------------- small linear algebra
function solve(a, b) {
  const n = b.length;
  const m = a.map((row, i) => [...row, b[i]]);
  for (let col = 0; col < n; col++) {
    let pivot = col;
    for (let row = col + 1; row < n; row++) if (Math.abs(m[row][col]) > Math.abs(m[pivot][col])) pivot = row;
    [m[col], m[pivot]] = [m[pivot], m[col]];
    for (let row = col + 1; row < n; row++) {
      const f = m[row][col] / m[col][col];
      if (f) for (let k = col; k <= n; k++) m[row][k] -= f * m[col][k];
    }
  }
  const x = new Array(n).fill(0);
  for (let row = n - 1; row >= 0; row--) {
    let sum = m[row][n];
    for (let k = row + 1; k < n; k++) sum -= m[row][k] * x[k];
    x[row] = sum / m[row][row];
  }
  return x;
}

/** Real spherical harmonics even in x, as summed by packages/core/src/head/template-radius.ts. */
function harmonics(d, out) {
  const [x, y, z] = d;
  let re = 1;
  let im = 0;
  let at = 0;
  let norm = 1;
  for (let m = 0; m <= ORDER; m++) {
    let before = 0;
    let p = norm;
    for (let l = m; l <= ORDER; l++) {
      out[at++] = p * re;
      const a = Math.sqrt((4 * (l + 1) * (l + 1) - 1) / ((l + 1) * (l + 1) - m * m));
      const b = l === m ? 0 : Math.sqrt(((2 * l + 3) * (l * l - m * m)) / ((2 * l - 1) * ((l + 1) * (l + 1) - m * m)));
      const next = a * y * p - b * before;
      before = p;
      p = next;
    }
    const nextRe = re * z - im * x;
    im = re * x + im * z;
    re = nextRe;
    norm *= Math.sqrt((2 * m + 3) / (2 * m + 2));
  }
  return out;
}

// ---------------------------------------------------------------- directions and radii
const COUNT = 24000;
const directions = Array.from({ length: COUNT }, (_, i) => {
  const y = 1 - (2 * (i + 0.5)) / COUNT;
  const r = Math.sqrt(1 - y * y);
  const phi = i * Math.PI * (3 - Math.sqrt(5));
  // One half only; the other is its mirror image, and both are averaged below.
  return [Math.abs(r * Math.sin(phi)), y, r * Math.cos(phi)];
});
const mirrored = directions.map(([x, y, z]) => [-x, y, z]);

function radiiOf(mesh) {
  const left = castAll(mesh, directions);
  const right = castAll(mesh, mirrored);
  return left.map((r, i) => (r + right[i]) / 2);
}

const ict = intoHeadFrame(readObj(join(folder, 'ict_generic_neutral_mesh.obj'), { vertexLimit: 11248 }), ICT);
const human = intoHeadFrame(
  readObj(join(folder, 'makehuman_base.obj'), { group: 'body', keep: (v) => v[1] > 5.8 }),
  MAKEHUMAN,
);
console.log(
  `tilt to the Frankfurt plane: ICT ${ict.tiltDeg.toFixed(2)} deg, MakeHuman ${human.tiltDeg.toFixed(2)} deg`,
);
const ictRadii = radiiOf(ict);

/** How far up the calvaria a direction lies: > 0 above the plane through glabella and ears. */
const cranial = (d) => d[1] - 0.42 * d[2];
const isCalvaria = (d) => cranial(d) > 0.06 && !isEar(d);

// MakeHuman's calvaria onto ICT's: scale per axis, shift in y and z, by rounds of closest radius.
let registration = [1, 1, 1, 0, 0];
let humanRadii = null;
for (let round = 0; round < 12; round++) {
  const [sx, sy, sz, ty, tz] = registration;
  const vertices = human.vertices.map(([x, y, z]) => [x * sx, y * sy + ty, z * sz + tz]);
  humanRadii = radiiOf({ vertices, triangles: human.triangles });
  const ata = Array.from({ length: 5 }, () => new Array(5).fill(0));
  const atb = new Array(5).fill(0);
  let sum = 0;
  let n = 0;
  directions.forEach((d, i) => {
    const gap = ictRadii[i] - humanRadii[i];
    if (!isCalvaria(d) || !Number.isFinite(gap)) return;
    sum += gap * gap;
    n++;
    const r = humanRadii[i];
    const row = [r * d[0] * d[0], r * d[1] * d[1], r * d[2] * d[2], d[1], d[2]];
    for (let a = 0; a < 5; a++) {
      atb[a] += row[a] * gap;
      for (let b = 0; b < 5; b++) ata[a][b] += row[a] * row[b];
    }
  });
  const step = solve(ata, atb);
  if (round === 11)
    console.log(
      `MakeHuman calvaria onto ICT: ${registration.map((v) => v.toFixed(4))}, rms ${Math.sqrt(sum / n).toFixed(3)} cm, n ${n}`,
    );
  else registration = registration.map((v, k) => (k < 3 ? v * (1 + step[k]) : v + step[k]));
}

const smooth = (a, b, x) => {
  const t = Math.min(1, Math.max(0, (x - a) / (b - a)));
  return t * t * (3 - 2 * t);
};
const target = new Float64Array(COUNT).fill(NaN);
const weight = new Float64Array(COUNT);
directions.forEach((d, i) => {
  if (!Number.isFinite(ictRadii[i])) return;
  const share = Number.isFinite(humanRadii[i]) ? (1 - ICT_WEIGHT) * smooth(0, 0.25, cranial(d)) : 0;
  target[i] = ictRadii[i] * (1 - share) + (share ? humanRadii[i] * share : 0);
  const face = smooth(0.2, 0.42, d[2]) * smooth(0.36, 0.24, d[1]);
  const low = smooth(-0.3, -0.6, d[1]);
  weight[i] = isEar(d) ? 0 : 1 - 0.97 * Math.max(face, low);
  if (low > 0.9) target[i] = Math.min(target[i], 11);
  if (d[1] < -0.75) weight[i] = 0;
});

// ---------------------------------------------------------------- the fit
const TERMS = ((ORDER + 1) * (ORDER + 2)) / 2;
const degrees = [];
for (let m = 0; m <= ORDER; m++) for (let l = m; l <= ORDER; l++) degrees.push(l);
const normal = Array.from({ length: TERMS }, () => new Float64Array(TERMS));
const right = new Float64Array(TERMS);
const row = new Float64Array(TERMS);
let weightSum = 0;
directions.forEach((d, i) => {
  if (!weight[i] || !Number.isFinite(target[i])) return;
  harmonics(d, row);
  weightSum += weight[i];
  for (let a = 0; a < TERMS; a++) {
    const w = weight[i] * row[a];
    right[a] += w * target[i];
    for (let b = a; b < TERMS; b++) normal[a][b] += w * row[b];
  }
});
for (let a = 0; a < TERMS; a++) {
  for (let b = 0; b < a; b++) normal[a][b] = normal[b][a];
  normal[a][a] += SMOOTHNESS * weightSum * (degrees[a] * (degrees[a] + 1)) ** 2;
}
let coefficients = solve(
  normal.map((r) => [...r]),
  [...right],
);
const radiusCm = (d) => {
  harmonics(d, row);
  let r = 0;
  for (let a = 0; a < TERMS; a++) r += coefficients[a] * row[a];
  return r;
};

// ---------------------------------------------------------------- landmarks, size
const midline = (angle) => {
  const d = [0, Math.sin(angle), Math.cos(angle)];
  const r = radiusCm(d);
  return [0, d[1] * r, d[2] * r];
};
const STEP = Math.PI / 1440;
/** Midline samples from straight ahead over the vertex to straight back and 30 degrees below. */
const profile = [];
for (let a = -Math.PI / 6; a <= Math.PI * (7 / 6); a += STEP) profile.push(midline(a));
// Glabella: the most forward midline point of the true mesh between nasion and forehead, put on the fitted skin.
const ictMidline = (low, high, better) =>
  ict.vertices
    .filter((v) => Math.abs(v[0]) < 1e-3 && v[1] > low && v[1] < high && v[2] > 0)
    .reduce((a, b) => (better(b, a) ? b : a));
const meshGlabella = ictMidline(3.3, 5.5, (b, a) => b[2] > a[2]);
const meshNasion = ictMidline(2.2, 3.6, (b, a) => b[2] < a[2]);
const onFit = (p) => {
  const l = Math.hypot(...p);
  const d = p.map((v) => v / l);
  const r = radiusCm(d);
  return d.map((v) => v * r);
};
const glabella = onFit(meshGlabella);
const opisthocranion = profile.reduce((best, p) =>
  Math.hypot(p[1] - glabella[1], p[2] - glabella[2]) > Math.hypot(best[1] - glabella[1], best[2] - glabella[2])
    ? p
    : best,
);

/** Perimeter of the convex hull of the section through glabella and opisthocranion, symmetric in x. */
function circumference() {
  const dy = (opisthocranion[1] - glabella[1]) / (opisthocranion[2] - glabella[2]);
  const points = [];
  for (let k = 0; k < 1440; k++) {
    const phi = (k / 1440) * 2 * Math.PI;
    let p = [Math.sin(phi) * 8, 0, Math.cos(phi) * 9];
    for (let it = 0; it < 30; it++) {
      p[1] = glabella[1] + dy * (p[2] - glabella[2]);
      const l = Math.hypot(...p);
      const r = radiusCm(p.map((v) => v / l));
      p = p.map((v) => (v * r) / l);
    }
    const along = p[2] * Math.sqrt(1 + dy * dy);
    points.push([p[0], along]);
  }
  points.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  const half = (list) => {
    const h = [];
    for (const p of list) {
      while (
        h.length > 1 &&
        (h[h.length - 1][0] - h[h.length - 2][0]) * (p[1] - h[h.length - 2][1]) -
          (h[h.length - 1][1] - h[h.length - 2][1]) * (p[0] - h[h.length - 2][0]) <=
          0
      )
        h.pop();
      h.push(p);
    }
    return h;
  };
  const hull = [...half(points).slice(0, -1), ...half([...points].reverse()).slice(0, -1)];
  return hull.reduce(
    (s, p, i) => s + Math.hypot(p[0] - hull[(i + 1) % hull.length][0], p[1] - hull[(i + 1) % hull.length][1]),
    0,
  );
}
const mmPerCm = CIRCUMFERENCE_MM / circumference();
coefficients = coefficients.map((c) => c * mmPerCm);
const mm = (p) => p.map((v) => v * mmPerCm);
const round = (v, digits = 2) => Number(v.toFixed(digits));
const list = (p, digits = 2) => `[${p.map((v) => round(v, digits) + 0).join(', ')}]`;

// Inion: where the arc from the glabella over the vertex reaches its population length (domain-facts 3.1).
let arc = 0;
let inion = null;
const scaled = profile.map(mm);
const start = scaled.findIndex((p) => Math.atan2(p[1], p[2]) >= Math.atan2(glabella[1], glabella[2]));
for (let k = start; k + 1 < scaled.length && !inion; k++) {
  arc += Math.hypot(scaled[k + 1][1] - scaled[k][1], scaled[k + 1][2] - scaled[k][2]);
  if (arc >= SAGITTAL_ARC_MM) inion = scaled[k + 1];
}
const vertex = scaled.reduce((a, b) => (b[1] > a[1] ? b : a));
// Tragion: the skin beside the notch above the tragus, read off the mesh.
const ictTragionX = 7.35;

let sum = 0;
let worst = 0;
let n = 0;
const levels = [];
directions.forEach((d, i) => {
  if (!isCalvaria(d) || !Number.isFinite(target[i])) return;
  const gap = radiusCm(d) - target[i] * mmPerCm;
  sum += gap * gap;
  worst = Math.max(worst, Math.abs(gap));
  levels.push(Math.abs(gap));
  n++;
});
levels.sort((a, b) => a - b);
const residual = { rms: Math.sqrt(sum / n), p95: levels[Math.floor(n * 0.95)], worst };
console.log(
  `harmonics, order ${ORDER}, ${TERMS} terms: calvaria rms ${residual.rms.toFixed(2)} mm, 95 % ${residual.p95.toFixed(2)}, worst ${residual.worst.toFixed(2)} (n ${n})`,
);

// ---------------------------------------------------------------- the canonical face
function canonicalFace() {
  const packed = join(ROOT, 'node_modules/@mediapipe/face_mesh');
  const loader = readFileSync(join(packed, 'face_mesh_solution_packed_assets_loader.js'), 'utf8');
  const files = JSON.parse(loader.match(/"files": (\[\{.*?\}\])/)[1]);
  const entry = files.find((f) => f.filename.endsWith('geometry_pipeline_metadata_landmarks.binarypb'));
  const bytes = readFileSync(join(packed, 'face_mesh_solution_packed_assets.data')).subarray(entry.start, entry.end);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let at = 0;
  const varint = () => {
    let value = 0;
    let scale = 1;
    for (;;) {
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
      scale *= 128;
    }
  };
  // GeometryPipelineMetadata.canonical_mesh (1) -> Mesh3d.vertex_buffer (3): x y z u v floats.
  const floats = [];
  const walk = (end, visit) => {
    while (at < end) {
      const tag = varint();
      const kind = tag & 7;
      if (kind === 0) varint();
      else if (kind === 5) {
        visit(tag >> 3, 'float', view.getFloat32(at, true));
        at += 4;
      } else if (kind === 2) {
        const length = varint();
        const stop = at + length;
        visit(tag >> 3, 'bytes', stop);
        at = stop;
      } else throw new Error(`wire type ${kind}`);
    }
  };
  walk(bytes.length, (field, kind, stop) => {
    if (field !== 1 || kind !== 'bytes') return;
    walk(stop, (inner, innerKind, value) => {
      if (inner !== 3) return;
      if (innerKind === 'float') floats.push(value);
      else for (; at < value; at += 4) floats.push(view.getFloat32(at, true));
    });
  });
  return Array.from({ length: floats.length / 5 }, (_, i) => floats.slice(5 * i, 5 * i + 3));
}

/**
 * The same places of a face in both numberings: [point of MediaPipe's mesh, vertex of ICT-FaceKit]. The vertices are those
 * that the read-me of ICT-FaceKit lists for points of Multi-PIE; the points are those that MediaPipe's mesh has there.
 * Jaw and mouth are left out: they move.
 */
const SAME_PLACE = [
  // Upper border of the brows, from right to left: 18, 20, 22, 23, 25, 27 of Multi-PIE.
  [70, 268],
  [105, 1914],
  [107, 1401],
  [336, 3615],
  [334, 4114],
  [300, 2509],
  // Root, tip and base of the nose, its wings: 28, 31, 34, 32, 36.
  [168, 978],
  [1, 4857],
  [2, 1147],
  [98, 1140],
  [327, 3360],
  // Corners of the eyes: 37, 40, 43, 46.
  [33, 1507],
  [133, 1528],
  [362, 3742],
  [263, 3721],
  // Upper and lower lids: 38, 39, 41, 42, 44, 45, 47, 48.
  [160, 1542],
  [158, 1537],
  [153, 1518],
  [144, 1511],
  [385, 3751],
  [387, 3756],
  [373, 3725],
  [380, 3732],
];

// Symmetric similarity (scale, tilt about x, shift in y and z) of canonical cm onto ICT mm, by least squares over the
// same places. Closest points instead slide over the cheeks and find a face 4 % too small.
function alignFaces() {
  const canonical = canonicalFace();
  const pairs = SAME_PLACE.map(([point, vertex]) => [canonical[point], mm(ict.vertices[vertex])]);
  const mean = (k, side) => pairs.reduce((s, pair) => s + pair[side][k], 0) / pairs.length;
  const [py, pz, qy, qz] = [mean(1, 0), mean(2, 0), mean(1, 1), mean(2, 1)];
  let cosSum = 0;
  let sinSum = 0;
  for (const [p, q] of pairs) {
    cosSum += (p[1] - py) * (q[1] - qy) + (p[2] - pz) * (q[2] - qz);
    sinSum += (p[1] - py) * (q[2] - qz) - (p[2] - pz) * (q[1] - qy);
  }
  const tiltRad = Math.atan2(sinSum, cosSum);
  const c = Math.cos(tiltRad);
  const s = Math.sin(tiltRad);
  const tilted = ([x, y, z]) => [x, y * c - z * s, y * s + z * c];
  const [, my, mz] = tilted([0, py, pz]);
  let up = 0;
  let down = 0;
  for (const [p, q] of pairs) {
    const [x, y, z] = tilted(p);
    up += x * q[0] + (y - my) * (q[1] - qy) + (z - mz) * (q[2] - qz);
    down += x * x + (y - my) ** 2 + (z - mz) ** 2;
  }
  const scale = up / down;
  const shift = [0, qy - scale * my, qz - scale * mz];
  const square = pairs.reduce(
    (sum, [p, q]) => sum + tilted(p).reduce((t, v, k) => t + (scale * v + shift[k] - q[k]) ** 2, 0),
    0,
  );
  return { scale, tiltRad, y: shift[1], z: shift[2], rms: Math.sqrt(square / pairs.length) };
}
const similarity = alignFaces();
/** Steps that move no point of the face by more than 0.03 mm: the places agree to 3 mm only. */
const stepped = (v, perUnit) => Math.round(perUnit * v) / perUnit;
console.log(
  `canonical face: scale ${similarity.scale.toFixed(4)} mm per cm, tilt ${((similarity.tiltRad * 180) / Math.PI).toFixed(2)} deg, up ${similarity.y.toFixed(3)}, forward ${similarity.z.toFixed(3)}, rms ${similarity.rms.toFixed(2)} mm over ${SAME_PLACE.length}`,
);

const landmarks = {
  glabella: mm(glabella),
  nasion: mm(meshNasion),
  leftTragion: [ictTragionX * mmPerCm, 0, 0],
  rightTragion: [-ictTragionX * mmPerCm, 0, 0],
  vertex,
  inion,
  opisthocranion: mm(opisthocranion),
};
const glabellaGap = Math.hypot(...landmarks.glabella.map((v, k) => v - meshGlabella[k] * mmPerCm));
console.log(`glabella off the mesh by ${glabellaGap.toFixed(2)} mm`, landmarks, `mm per cm ${mmPerCm.toFixed(4)}`);

const lines = [];
for (let k = 0; k < TERMS; k += 8)
  lines.push(
    `  ${coefficients
      .slice(k, k + 8)
      .map((v) => round(v, 5))
      .join(', ')},`,
  );
writeFileSync(
  join(ROOT, 'packages/core/src/head/head-template.ts'),
  `/**
 * The mean head as a table. Written by scripts/fit-head-template.mjs; do not edit.
 *
 * Radius (mm) by direction as real spherical harmonics of order ${ORDER}, even in x, fitted to the neutral head of
 * ICT-FaceKit (MIT, Copyright (c) 2020 USC Institute for Creative Technologies) and the MakeHuman base mesh (CC0),
 * ${ICT_WEIGHT} : ${round(1 - ICT_WEIGHT)}, scaled to a circumference of ${CIRCUMFERENCE_MM} mm. Residual over the calvaria: rms ${residual.rms.toFixed(2)} mm, 95 % within
 * ${residual.p95.toFixed(2)} mm. The ears are left out; face and neck are smoothed over and mean nothing below the brow.
 */
import type { HeadLandmarks } from './head-landmarks.ts';

export const TEMPLATE_ORDER = ${ORDER};

/** For m = 0..order, for l = m..order: coefficient of N P_lm(y) Re((z + ix)^m), as summed by template-radius.ts. */
export const TEMPLATE_COEFFICIENTS: readonly number[] = [
${lines.join('\n')}
];

/** Picked on the meshes (glabella, nasion, tragions) or found on the fitted surface (the others); mm. */
export const TEMPLATE_LANDMARKS: HeadLandmarks = {
${Object.entries(landmarks)
  .map(([name, p]) => `  ${name}: ${list(p)},`)
  .join('\n')}
};

/**
 * Similarity of MediaPipe's canonical face (cm) onto the template (mm): scale, then tilt about +X, then shift.
 * Least squares over ${SAME_PLACE.length} places that ICT-FaceKit and MediaPipe both name, brows to nose: rms ${similarity.rms.toFixed(2)} mm.
 */
export const CANONICAL_TO_TEMPLATE = {
  scaleMmPerCm: ${stepped(similarity.scale, 100)},
  tiltRad: ${stepped(similarity.tiltRad, 5000)},
  upMm: ${stepped(similarity.y, 20)},
  forwardMm: ${stepped(similarity.z, 20)},
} as const;
`,
);
