/**
 * Fits in which ways heads depart from the stretched template: packages/core/src/head/head-departures.ts.
 *
 *   node scripts/fit-head-departures.mjs <folder with generic_neutral_mesh.obj and identity000.obj ... identity099.obj>
 *   npx oxfmt packages/core/src/head/head-departures.ts
 *
 * In: the folder FaceXModel of ICT-FaceKit (MIT), which is not committed, and the product's own head model. Out: a table of
 * principal ways, alike on both sides, template mm.
 *
 * Method: 500 heads with standard normal weights of all modes of identity, seeded (ict-heads.mjs). A head's face gives
 * `face`, by how far its rigid points lie apart; then width, height and length are fitted to its skull, as a photo finds
 * them. What is left outwards is a polynomial of the direction, so many powers of its height and depth (the third component
 * follows but for the side), and the ways are the principal ones of these over the skull.
 *
 * Prints how much of the variance the polynomial and the first ways hold.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  at,
  dot,
  eigen,
  fitLogs,
  ictHeads,
  IDENTITIES,
  minus,
  namedFolder,
  productCode,
  range,
  unit,
} from './ict-heads.mjs';
import { ROOT } from './paths.mjs';

const folder = namedFolder('fit-head-departures.mjs');

const HEADS = 500;
const SEED = 17;
const ORDER = 4;
const WAYS = 4;

const product = await productCode(
  {
    'head/deform-head.ts': ['undeform'],
    'head/head-map.ts': ['radiusMm'],
    'head/template-radius.ts': ['templateMap'],
    'random/generator.ts': ['seededGenerator'],
    'num/elementary.ts': ['cos', 'exp', 'log', 'TAU'],
    'num/solve.ts': ['cholesky', 'invert', 'solveLinear'],
  },
  'fit-head-departures.mjs',
);
const { undeform, radiusMm, templateMap, seededGenerator, exp, log, cholesky, invert, solveLinear } = product;
const { neutralHead, drawHead, skull, rigidFace } = ictHeads(folder, seededGenerator(SEED), product);
const template = templateMap();

// ---------------------------------------------------------------- what is left of one head
const shapeOf = ([face, width, height, length]) => ({
  face: exp(face),
  width: exp(width),
  height: exp(height),
  length: exp(length),
});
const outsideMm = (p) => Math.sqrt(dot(p, p)) - radiusMm(template, ...p);
const fitSkull = ({ skin }, face, free) =>
  fitLogs(
    (t) => skull.map((i) => outsideMm(undeform(shapeOf(t), at(skin, i)))),
    [log(face), 0, 0, 0],
    free,
    solveLinear,
  );

/** How far the rigid points of a face lie from their middle (rms, mm). */
function sizeOfFace({ skin }) {
  const points = rigidFace.map((i) => at(skin, i));
  const middle = [0, 1, 2].map((k) => points.reduce((sum, p) => sum + p[k], 0) / points.length);
  return Math.sqrt(points.reduce((sum, p) => sum + dot(minus(p, middle), minus(p, middle)), 0) / points.length);
}
/** The template has no face: the neutral head's, at the size at which its skull fits the template. */
const faceOne = sizeOfFace(neutralHead) / exp(fitSkull(neutralHead, 1, [0])[0]);

/** In the order in which depart-from-template.ts makes them. */
const POWERS = range(ORDER + 1).flatMap((a) => range(ORDER + 1 - a).map((b) => [a, b]));
const N = POWERS.length;
const power = (v, n) => range(n).reduce((so) => so * v, 1);

const heads = range(HEADS).map(() => {
  const head = drawHead();
  const shape = shapeOf(fitSkull(head, sizeOfFace(head) / faceOne, [1, 2, 3]));
  const points = skull.map((i) => undeform(shape, at(head.skin, i)));
  const left = points.map(outsideMm);
  const terms = points.map((p) => {
    const [, y, z] = unit(p);
    return POWERS.map(([a, b]) => power(y, a) * power(z, b));
  });
  const mean = (of) => terms.reduce((sum, row, i) => sum + of(row, i), 0) / terms.length;
  const gram = range(N * N).map((k) => mean((row) => row[Math.floor(k / N)] * row[k % N]));
  const coefficients = solveLinear(
    gram,
    range(N).map((k) => mean((row, i) => row[k] * left[i])),
  );
  return { gram, coefficients, left };
});

// ---------------------------------------------------------------- principal ways
const meanOf = (values) => values.reduce((sum, v) => sum + v, 0) / values.length;
const middle = range(N).map((k) => meanOf(heads.map(({ coefficients }) => coefficients[k])));
const gram = range(N * N).map((k) => meanOf(heads.map((head) => head.gram[k])));
const covariance = range(N).map((a) =>
  range(N).map((b) => meanOf(heads.map(({ coefficients: c }) => (c[a] - middle[a]) * (c[b] - middle[b])))),
);
// With gram = L L', coefficients c have the size |L' c| over the skull.
const lower = cholesky(gram, N);
const inverse = invert(lower, N);
const times = (a, b) =>
  range(N).map((i) => range(N).map((j) => range(N).reduce((sum, k) => sum + a(i, k) * b(k, j), 0)));
const half = times(
  (i, k) => lower[k * N + i],
  (k, j) => covariance[k][j],
);
const all = eigen(
  times(
    (i, k) => half[i][k],
    (k, j) => lower[k * N + j],
  ),
);
const ways = all
  .slice(0, WAYS)
  .map(({ value, vector }) =>
    range(N).map(
      (i) =>
        Number((range(N).reduce((sum, k) => sum + inverse[k * N + i] * vector[k], 0) * Math.sqrt(value)).toFixed(2)) +
        0,
    ),
  );

const held = all.reduce((sum, { value }) => sum + value, 0);
const each = range(skull.length).map((i) => heads.map(({ left }) => left[i]));
const varianceOf = (values) => {
  const m = meanOf(values);
  return meanOf(values.map((v) => (v - m) ** 2));
};
const total = meanOf(each.map(varianceOf));
console.log(
  `skull ${skull.length} points; departure ${Math.sqrt(total).toFixed(2)} mm (sd), polynomial holds ${((100 * held) / total).toFixed(0)} %`,
);
all
  .slice(0, 8)
  .forEach(({ value }, k) =>
    console.log(`way ${k + 1}: ${Math.sqrt(value).toFixed(2)} mm, ${((100 * value) / total).toFixed(0)} %`),
  );

const share = (100 * all.slice(0, WAYS).reduce((sum, { value }) => sum + value, 0)) / total;
writeFileSync(
  join(ROOT, 'packages/core/src/head/head-departures.ts'),
  `/**
 * In which ways heads depart from the stretched template. Written by scripts/fit-head-departures.mjs; do not edit.
 *
 * From ${HEADS} heads drawn from the ${IDENTITIES} modes of identity of ICT-FaceKit (MIT, Copyright (c) 2020 USC Institute for Creative
 * Technologies), after the four factors were fitted to each. The ways hold ${share.toFixed(0)} % of the variance.
 */

/** The highest power of a direction's height and depth together. */
export const DEPARTURE_ORDER = ${ORDER};

/** One standard deviation of each of ${WAYS} independent ways: coefficients of y^a z^b, by a and then b, template mm outwards. */
export const DEPARTURES_MM: readonly (readonly number[])[] = [
${ways.map((way) => `  [${way.join(', ')}],`).join('\n')}
];
`,
);
