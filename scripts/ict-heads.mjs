/**
 * Heads drawn at random from the identity modes of ICT-FaceKit (MIT), each in the head frame of its own ears and eyes, for the
 * scripts that fit how heads differ. The folder with generic_neutral_mesh.obj and identity000.obj ... identity099.obj (its
 * FaceXModel) is not committed.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { CACHE, ROOT } from './paths.mjs';

export const IDENTITIES = 100;

/** The folder that was named to a script; without one the script ends, saying how it is used. */
export function namedFolder(script) {
  const [folder] = process.argv.slice(2);
  if (folder) return folder;
  console.error(`usage: node scripts/${script} <folder of ICT-FaceKit, FaceXModel>`);
  process.exit(2);
}

/** Names of the product's own code by file of packages/core/src, as one module. */
export async function productCode(names, outfile) {
  const at = join(CACHE, outfile);
  const contents = Object.entries(names).map(
    ([file, of]) => `export { ${of.join(', ')} } from '${join(ROOT, 'packages/core/src', file)}';`,
  );
  await build({
    stdin: { contents: contents.join('\n'), resolveDir: ROOT },
    outfile: at,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  return import(pathToFileURL(at).href);
}

export const range = (n) => Array.from({ length: n }, (_, i) => i);
export const at = (mesh, vertex) => [mesh[3 * vertex], mesh[3 * vertex + 1], mesh[3 * vertex + 2]];
export const minus = (a, b) => a.map((v, k) => v - b[k]);
export const dot = (a, b) => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
const cross = (a, b) => [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
export const unit = (a) => a.map((v) => v / Math.sqrt(dot(a, a)));

/** Vertices before this one are skin: face, back of the head and neck; teeth and eyes follow. Those before FACE are face. */
export const SKIN = 11248;
const FACE = 9409;
const MM_PER_CM = 10;
/** As picked for scripts/fit-head-template.mjs, cm, with the vertices of the skin that carry the picks. */
const PICKS = [
  { at: [7.35, 1.5, 1.57], by: [7398] },
  { at: [-7.35, 1.5, 1.57], by: [8125] },
  { at: [0, 1.75, 9.3], by: [4340, 2147] },
];

/** `random` answers numbers in 0..1; `log` and `cos` are the product's own, so that heads are the same everywhere. */
export function ictHeads(folder, random, { log, cos, TAU }) {
  const neutral = readVertices(join(folder, 'generic_neutral_mesh.obj'));
  const modes = range(IDENTITIES).map((k) =>
    readVertices(join(folder, `identity${String(k).padStart(3, '0')}.obj`)).map((v, i) => v - neutral[i]),
  );
  /** All skin in the head frame of its own ears and eyes, mm. */
  const intoFrame = (mesh) => {
    const [left, right, orbitale] = PICKS.map(({ at: pick, by }) =>
      pick.map((v, k) => v + by.reduce((sum, i) => sum + mesh[3 * i + k] - neutral[3 * i + k], 0) / by.length),
    );
    const origin = left.map((v, k) => (v + right[k]) / 2);
    const x = unit(minus(left, right));
    const y = unit(cross(minus(orbitale, origin), x));
    const z = cross(x, y);
    const out = new Float64Array(mesh.length);
    for (let i = 0; i < SKIN; i++) {
      const d = minus(at(mesh, i), origin);
      [x, y, z].forEach((axis, k) => (out[3 * i + k] = MM_PER_CM * dot(d, axis)));
    }
    return {
      skin: out,
      tragions: [left, right].map((p) => [x, y, z].map((axis) => MM_PER_CM * dot(minus(p, origin), axis))),
    };
  };
  const bell = () => Math.sqrt(-2 * log(1 - random())) * cos(TAU * random());
  const drawHead = () => {
    const mesh = neutral.slice();
    for (const mode of modes) {
      const weight = bell();
      for (let k = 0; k < mesh.length; k++) mesh[k] += weight * mode[k];
    }
    return intoFrame(mesh);
  };
  const neutralHead = intoFrame(neutral);
  return {
    neutral,
    neutralHead,
    drawHead,
    /** Skull: above the plane from brow to ears, every third vertex. */
    skull: range(SKIN).filter((i) => {
      const [x, y, z] = at(neutralHead.skin, i);
      return i % 3 === 0 && y - 0.42 * z > 15 && Math.abs(x) < 78;
    }),
    rigidFace: range(FACE).filter((i) => {
      const [, y, z] = at(neutralHead.skin, i);
      return i % 25 === 0 && z > 55 && y > -30 && y < 38;
    }),
  };
}

function readVertices(file) {
  const out = new Float64Array(3 * SKIN);
  let filled = 0;
  for (const line of readFileSync(file, 'utf8').split('\n')) {
    if (filled === out.length) break;
    if (!line.startsWith('v ')) continue;
    for (const word of line.trim().split(/\s+/).slice(1, 4)) out[filled++] = Number(word);
  }
  return out;
}

/** Gauss-Newton on logarithms: the values of `t` named by `free` that make `residuals` least. */
export function fitLogs(residuals, t, free, solveLinear) {
  for (let round = 0; round < 6; round++) {
    const here = residuals(t);
    const slopes = free.map((k) => {
      const moved = t.slice();
      moved[k] += 1e-4;
      return residuals(moved).map((v, i) => (v - here[i]) / 1e-4);
    });
    const step = solveLinear(
      slopes.flatMap((a) => slopes.map((b) => a.reduce((sum, v, i) => sum + v * b[i], 0))),
      slopes.map((a) => -a.reduce((sum, v, i) => sum + v * here[i], 0)),
    );
    free.forEach((k, i) => (t[k] += step[i]));
  }
  return t;
}

/** Jacobi's rotations: eigenvalues, largest first, with their vectors. */
export function eigen(symmetric) {
  const a = symmetric.map((row) => row.slice());
  const n = a.length;
  const v = range(n).map((i) => range(n).map((j) => (i === j ? 1 : 0)));
  for (let sweep = 0; sweep < 30; sweep++) {
    for (let p = 0; p < n; p++) {
      for (let q = p + 1; q < n; q++) {
        if (Math.abs(a[p][q]) < 1e-14) continue;
        const theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        const c = 1 / Math.sqrt(t * t + 1);
        const s = t * c;
        for (let k = 0; k < n; k++) [a[k][p], a[k][q]] = [c * a[k][p] - s * a[k][q], s * a[k][p] + c * a[k][q]];
        for (let k = 0; k < n; k++) [a[p][k], a[q][k]] = [c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]];
        for (let k = 0; k < n; k++) [v[k][p], v[k][q]] = [c * v[k][p] - s * v[k][q], s * v[k][p] + c * v[k][q]];
      }
    }
  }
  return range(n)
    .map((k) => ({ value: a[k][k], vector: v.map((row) => row[k]) }))
    .sort((x, y) => y.value - x.value);
}
