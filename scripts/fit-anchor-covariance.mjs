/**
 * Fits how the anchors of a head lie off the model together: packages/core/src/vision/anchor-covariance.ts.
 *
 *   node scripts/fit-anchor-covariance.mjs <folder with generic_neutral_mesh.obj and identity000.obj ... identity099.obj>
 *   npx oxfmt packages/core/src/vision/anchor-covariance.ts
 *
 * In: the folder FaceXModel of ICT-FaceKit (MIT), which is not committed, and the product's own head model. Out: a table of
 * principal modes and of what is left to each point alone, template mm.
 *
 * Method: 500 heads with standard normal weights of all modes of identity, seeded (ict-heads.mjs). Each is put into the head frame by its
 * own tragions and orbitalia. The four factors are fitted to its skull (distance from the stretched template, above brow
 * and ears) and to the rigid part of its face, as photos and tapes find them. The deviation of an anchor is where the head
 * has it, divided by the face's size, against anchorMm. Most points are carried by a corner of the neutral mesh; the top of
 * the head, the opisthocranion, and the ears' tops and lobes are found anew on each, by their definitions. Each head counts
 * with its mirror image. The first modes are kept; the variance of the others is left to each axis of each point, and so is
 * all of the points at the back, whose place on the mesh says nothing of the face.
 *
 * Prints the four factors' spread; per anchor the mean deviation (a point of anchors.ts far off its mean is to be moved by
 * hand; ears are longer there than on these heads, on purpose) and the standard deviations along x, y and z; the share of the
 * variance that the first modes hold; and by how much correlations of the table differ from those of the heads.
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
  SKIN,
} from './ict-heads.mjs';
import { ROOT } from './paths.mjs';

const folder = namedFolder('fit-anchor-covariance.mjs');

const HEADS = 500;
const SEED = 17;
const MODES = 10;
/** Points at the back, where nothing holds the mesh and the skin is flat: they slide along it with what the face does. */
const LOOSE = ['opisthocranion', 'inion', 'nape'];

const product = await productCode(
  {
    'head/deform-head.ts': ['undeform'],
    'head/head-map.ts': ['radiusMm'],
    'head/template-radius.ts': ['templateMap'],
    'random/generator.ts': ['seededGenerator'],
    'num/elementary.ts': ['cos', 'exp', 'log', 'TAU'],
    'num/solve.ts': ['solveLinear'],
    'vision/anchors.ts': ['ANCHORS', 'ANCHOR_NAMES', 'anchorMm'],
  },
  'fit-anchor-covariance.mjs',
);
const { undeform, radiusMm, templateMap, seededGenerator, exp, log, solveLinear } = product;
const { ANCHORS, ANCHOR_NAMES, anchorMm } = product;
const { neutral, neutralHead, drawHead, skull, rigidFace } = ictHeads(folder, seededGenerator(SEED), product);

// ---------------------------------------------------------------- the four factors of a head
const template = templateMap();
const near = (p, list) =>
  list.reduce(
    (best, i) => {
      const d = minus(at(neutralHead.skin, i), p);
      const square = dot(d, d);
      return square < best.square ? { i, square } : best;
    },
    { i: -1, square: Infinity },
  );

/** Least squares of the skull outside of the template, and of the face against `face0`, each as one. */
function fitShape({ skin }, face0) {
  const shapeOf = ([face, width, height, length]) => ({
    face: exp(face),
    width: exp(width),
    height: exp(height),
    length: exp(length),
  });
  const residuals = (logs) => {
    const shape = shapeOf(logs);
    const outside = skull.map((i) => {
      const p = undeform(shape, at(skin, i));
      return (Math.sqrt(dot(p, p)) - radiusMm(template, ...p)) / Math.sqrt(skull.length);
    });
    if (!face0) return outside;
    return [
      ...outside,
      ...rigidFace
        .flatMap((i, k) =>
          minus(
            at(skin, i),
            face0[k].map((v) => v * shape.face),
          ),
        )
        .map((v) => v / Math.sqrt(rigidFace.length)),
    ];
  };
  const free = face0 ? [0, 1, 2, 3] : [0];
  return shapeOf(fitLogs(residuals, [0, 0, 0, 0], free, solveLinear));
}
/** The template has no face: the neutral head's, at the size at which its skull fits the template. */
const neutralFace = fitShape(neutralHead, null).face;
const FACE_MODEL = rigidFace.map((i) => at(neutralHead.skin, i).map((v) => v / neutralFace));

// ---------------------------------------------------------------- where a head has its anchors
const MIDLINE = range(SKIN).filter((i) => Math.abs(neutral[3 * i]) < 1e-3);
const FOUND_ANEW = {
  vertex: (skin) => peak(skin, MIDLINE, ([, y]) => y),
  opisthocranion: (skin) => {
    const glabella = at(
      skin,
      near(
        ANCHORS.glabella.templateMm.map((v) => v * neutralFace),
        MIDLINE,
      ).i,
    );
    return peak(
      skin,
      MIDLINE.filter((i) => skin[3 * i + 1] > -20),
      (p) => dot(minus(p, glabella), minus(p, glabella)),
    );
  },
};
const EAR = range(SKIN).filter((i) => {
  const [x, y, z] = at(neutralHead.skin, i);
  return Math.abs(x) > (y > 0 ? 82 : 74) && y > -50 && y < 40 && z > -50 && z < 5;
});
for (const [side, sign] of [
  ['left', 1],
  ['right', -1],
]) {
  const ear = EAR.filter((i) => sign * neutralHead.skin[3 * i] > 0);
  FOUND_ANEW[`${side}-ear-top`] = (skin) => peak(skin, ear, ([, y]) => y);
  FOUND_ANEW[`${side}-ear-lobe`] = (skin) => peak(skin, ear, ([, y]) => -y);
}
const CARRIED_BY = new Map(
  ANCHOR_NAMES.map((name) => [
    name,
    near(
      ANCHORS[name].templateMm.map((v) => v * neutralFace),
      range(SKIN),
    ).i,
  ]),
);

/** The vertex of the greatest value. */
function peak(skin, list, value) {
  const values = list.map((i) => value(at(skin, i)));
  return at(skin, list[values.indexOf(Math.max(...values))]);
}

function anchorsOf({ skin, tragions }) {
  return ANCHOR_NAMES.map((name) => {
    if (name === 'left-tragus') return tragions[0];
    if (name === 'right-tragus') return tragions[1];
    return FOUND_ANEW[name]?.(skin) ?? at(skin, CARRIED_BY.get(name));
  });
}

// ---------------------------------------------------------------- the heads
const twin = ANCHOR_NAMES.map((name) =>
  ANCHOR_NAMES.indexOf(name.replace(/^(left|right)/, (side) => (side === 'left' ? 'right' : 'left'))),
);
const N = 3 * ANCHOR_NAMES.length;
const deviations = [];
const shapes = [];
for (let h = 0; h < HEADS; h++) {
  const head = drawHead();
  const shape = fitShape(head, FACE_MODEL);
  shapes.push(Object.values(shape).map(log));
  const model = ANCHOR_NAMES.map((name) => anchorMm(name, { ...shape, face: 1 }));
  const found = anchorsOf(head).map((p) => p.map((v) => v / shape.face));
  const deviation = found.flatMap((p, i) => minus(p, model[i]));
  deviations.push(deviation);
  deviations.push(twin.flatMap((i) => [-deviation[3 * i], deviation[3 * i + 1], deviation[3 * i + 2]]));
}
const mean = range(N).map((k) => deviations.reduce((sum, d) => sum + d[k], 0) / deviations.length);
const covariance = range(N).map((a) =>
  range(N).map((b) => deviations.reduce((sum, d) => sum + (d[a] - mean[a]) * (d[b] - mean[b]), 0) / deviations.length),
);

const spread = (values) => {
  const m = values.reduce((s, v) => s + v, 0) / values.length;
  return `${m.toFixed(4)} sd ${Math.sqrt(values.reduce((s, v) => s + (v - m) ** 2, 0) / values.length).toFixed(4)}`;
};
console.log(`neutral head: face ${neutralFace.toFixed(4)}; skull ${skull.length} points, face ${rigidFace.length}`);
['face', 'width', 'height', 'length'].forEach((n, k) => console.log(`ln ${n}: ${spread(shapes.map((s) => s[k]))}`));
console.log('anchor, mean deviation and sd along x, y, z, mm:');
ANCHOR_NAMES.forEach((name, i) =>
  console.log(
    name.padEnd(16),
    [0, 1, 2]
      .map((k) =>
        `${mean[3 * i + k].toFixed(1)} sd ${Math.sqrt(covariance[3 * i + k][3 * i + k]).toFixed(1)}`.padStart(12),
      )
      .join('  '),
  ),
);

// ---------------------------------------------------------------- principal modes
const isLoose = (k) => LOOSE.includes(ANCHOR_NAMES[Math.floor(k / 3)]);
const together = covariance.map((row, a) => row.map((value, b) => (isLoose(a) || isLoose(b) ? 0 : value)));
const all = eigen(together);
const total = all.reduce((sum, { value }) => sum + value, 0);
const kept = all
  .slice(0, MODES)
  .map(({ value, vector }) => vector.map((v) => Number((v * Math.sqrt(value)).toFixed(2)) + 0));
const rest = range(N).map((k) =>
  Number(Math.sqrt(Math.max(0, covariance[k][k] - kept.reduce((sum, mode) => sum + mode[k] * mode[k], 0))).toFixed(2)),
);
let held = 0;
all.slice(0, 20).forEach(({ value }, k) => {
  held += value;
  if (k % 2) console.log(`${k + 1} modes hold ${((100 * held) / total).toFixed(1)} %`);
});

let missed = 0;
range(N).forEach((a) =>
  range(a).forEach((b) => {
    const [va, vb] = [together[a][a], together[b][b]];
    if (va < 1e-9 || vb < 1e-9) return;
    const told = kept.reduce((sum, mode) => sum + mode[a] * mode[b], 0);
    missed += ((told - together[a][b]) ** 2 / (va * vb) / (N * (N - 1))) * 2;
  }),
);
console.log(`correlations of the table differ from those of the heads by ${Math.sqrt(missed).toFixed(3)} (rms)`);

const triples = (list) =>
  ANCHOR_NAMES.map((name, i) => `'${name}': [${list.slice(3 * i, 3 * i + 3).join(', ')}]`).join(', ');
writeFileSync(
  join(ROOT, 'packages/core/src/vision/anchor-covariance.ts'),
  `/**
 * How the anchors of one head lie off the model together. Written by scripts/fit-anchor-covariance.mjs; do not edit.
 *
 * From ${HEADS} heads drawn from the ${IDENTITIES} modes of identity of ICT-FaceKit (MIT, Copyright (c) 2020 USC Institute for Creative
 * Technologies), after the four factors were fitted to each; template mm. The modes hold ${((100 * all.slice(0, MODES).reduce((s, { value }) => s + value, 0)) / total).toFixed(0)} % of the
 * variance of all points but those at the back.
 */
import type { AnchorName } from './anchors.ts';

/** One standard deviation of each of ${MODES} independent ways in which heads differ. */
export const ANCHOR_MODES_MM: readonly Readonly<Record<AnchorName, readonly [number, number, number]>>[] = [
${kept.map((mode) => `  { ${triples(mode)} },`).join('\n')}
];

/** Standard deviations of what is left to each axis of each point alone. */
export const ANCHOR_REST_MM: Readonly<Record<AnchorName, readonly [number, number, number]>> = { ${triples(rest)} };
`,
);
