/**
 * What is known of a head before and after measuring, in a form that least squares can add up.
 *
 * The unknowns are the logarithms of the four factors (head-shape.ts). A belief compares logarithms of readings at these
 * with a target, weighed by its information (inverse covariance); photos add beliefs of their own.
 *
 * Population: length, breadth and height of the cranium and the size of the face, jointly normal in logarithms as in
 * ANSUR II (2012; 4,082 men, 1,986 women; scripts/fit-population.mjs prints the table). Its spread is widened by a tenth:
 * civilians' circumferences spread 7 to 9 % wider (NIOSH 2003). Height there is over hair, which its spread contains.
 * Circumference is left out: the template closes it from length and breadth.
 *
 * Measures: a tool's error is joined by how far heads depart from a stretched template, seen on 65 heads that it was not
 * made from (scans, and random identities of a face model) after fitting their exact length, breadth and height.
 *
 * Hair: callipers press it flat, a tape does not. Circumferences of ANSUR II exceed the template's, given length, breadth
 * and height, by 1.1 % (sd 1.0 %) in men and 3.4 % (sd 1.9 %) in women, who were measured over braids and buns; bare
 * heads by -0.1 % (sd 0.8 %). Men come shaved or clipped, so their tapes are taken as on skin. How much hair lies under a
 * woman's tape is not known: it is expected half of that excess too long, with a spread that holds none and all of it.
 */
import { exp, log } from '../num/elementary.ts';
import { invert } from '../num/solve.ts';
import { radiusOfShape } from './build-head.ts';
import type { ClientFacts } from './client-facts.ts';
import type { HeadMeasure, HeadShape, MeasureKind } from './head-shape.ts';
import { landmarksOf } from './landmarks.ts';
import { readTape, vertexOf } from './tape.ts';
import type { RadiusOf } from './tape.ts';

/** ln of the factors: face, width, height, length. */
export type Logs = readonly [number, number, number, number];

export const shapeOf = (t: Logs): HeadShape => ({
  face: exp(t[0]),
  width: exp(t[1]),
  height: exp(t[2]),
  length: exp(t[3]),
});
export const logsOf = (shape: HeadShape): Logs => [
  log(shape.face),
  log(shape.width),
  log(shape.height),
  log(shape.length),
];

/** All readings of the deformed template at `t`, without building its map. */
export function readingsAt<T>(t: Logs, read: (radius: RadiusOf, shape: HeadShape) => T): T {
  const shape = shapeOf(t);
  return read(radiusOfShape(shape), shape);
}

/** One thing known: residual = read(t) - target in ln, weighed by its information. */
export interface HeadBelief {
  /** ln of the readings at `t`; `radius` and `shape` are the head of these logs. */
  readonly read: (t: Logs, radius: RadiusOf, shape: HeadShape) => readonly number[];
  readonly target: readonly number[];
  /** Inverse covariance, row-major. */
  readonly information: readonly number[];
}

interface Population {
  /** Means of length, breadth and tragion to top (mm), and of `face`. */
  readonly means: readonly [number, number, number, number];
  /** Of their logarithms. */
  readonly sds: readonly [number, number, number, number];
  readonly correlations: readonly number[];
}

/** Copied from what scripts/fit-population.mjs prints. */
const POPULATION: Readonly<Record<ClientFacts['sex'], Population>> = {
  m: {
    means: [199.4, 154.2, 131, 0.98],
    sds: [0.0353, 0.0357, 0.0472, 0.0345],
    correlations: [1, 0.17, 0.29, 0.41, 0.17, 1, 0.31, 0.49, 0.29, 0.31, 1, 0.21, 0.41, 0.49, 0.21, 1],
  },
  f: {
    means: [189.7, 147.7, 126.3, 0.945],
    sds: [0.0393, 0.0351, 0.052, 0.0363],
    correlations: [1, 0.22, 0.28, 0.42, 0.22, 1, 0.33, 0.45, 0.28, 0.33, 1, 0.26, 0.42, 0.45, 0.26, 1],
  },
};
const POPULATION_SPREAD = 1.1;

/** Distance between the pupils (mm) of the template's face. */
const TEMPLATE_PUPILS_MM = 65.2;

/**
 * How far (sd of ln) a head's reading departs from that of the stretched template. The template can follow length, breadth
 * and height exactly, but the rest of a head does not follow them so closely: with less here, areas came out surer
 * than they were.
 */
export const READING_SD: Readonly<Record<MeasureKind, number>> = {
  circumference: 0.01,
  sagittal: 0.012,
  coronal: 0.01,
  length: 0.007,
  breadth: 0.007,
  height: 0.007,
  pupils: 0.038,
};

/**
 * The same where the ways in which a head departs (depart-from-template.ts) are solved for as well: what these hold of a tape
 * is not counted twice. After template and ways were fitted to the skulls of 20 rendered persons and 5 other heads.
 */
export const READING_BESIDE_WAYS_SD: Readonly<Record<MeasureKind, number>> = {
  ...READING_SD,
  circumference: 0.008,
  sagittal: 0.008,
  coronal: 0.009,
};

/** By how much (ln) a soft tape reads too long over hair, and the spread of it. */
const HAIR_UNDER_TAPE: Readonly<Record<ClientFacts['sex'], { readonly mean: number; readonly sd: number }>> = {
  m: { mean: 0, sd: 0.008 },
  f: { mean: 0.017, sd: 0.018 },
};
const BARE = { mean: 0, sd: 0 };
const hairUnder = ({ source }: HeadMeasure, { sex }: ClientFacts): { readonly mean: number; readonly sd: number } =>
  source === 'soft tape' ? HAIR_UNDER_TAPE[sex] : BARE;

/** Mean `face` of the client's population. */
export const meanFaceOf = ({ sex }: ClientFacts): number => POPULATION[sex].means[3];

/** Everything that tapes and population say; `ownSd` is how far readings depart from those of what is solved for. */
export const headBeliefs = (
  measures: readonly HeadMeasure[],
  client: ClientFacts,
  ownSd = READING_SD,
): HeadBelief[] => [...populationBeliefs(client), ...measures.map((measure) => measureBelief(measure, client, ownSd))];

/** The reading (mm) of one measure on the head of this shape. */
export function readMeasure(kind: MeasureKind, radius: RadiusOf, shape: HeadShape): number {
  switch (kind) {
    case 'pupils':
      return TEMPLATE_PUPILS_MM * shape.face;
    case 'height':
      return vertexOf(radius)[1];
    default:
      return readTape(radius, landmarksOf(shape), kind);
  }
}

export const measureBelief = (measure: HeadMeasure, client: ClientFacts, ownSd = READING_SD): HeadBelief => ({
  read: (_t, radius, shape) => [log(readMeasure(measure.kind, radius, shape))],
  target: [targetOf(measure, client)],
  information: [1 / measureVariance(measure, client, ownSd)],
});

/** ln of what the measure says of the bare head. */
export const targetOf = (measure: HeadMeasure, client: ClientFacts): number =>
  log(measure.valueMm) - hairUnder(measure, client).mean;

/** Variance of {@link targetOf} about the template's reading: the tool, the hair, and the head's own departure. */
export function measureVariance(measure: HeadMeasure, client: ClientFacts, ownSd = READING_SD): number {
  const tool = measure.sdMm / measure.valueMm;
  const hair = hairUnder(measure, client).sd;
  const own = ownSd[measure.kind];
  return tool * tool + hair * hair + own * own;
}

/** Of length, breadth, height and `face`: means, and spread (sd) and correlations of their logarithms among clients. */
export function populationOf({
  sex,
}: ClientFacts): Pick<Population, 'means' | 'correlations'> & { readonly sds: readonly number[] } {
  const { means, sds, correlations } = POPULATION[sex];
  return { means, sds: sds.map((sd) => POPULATION_SPREAD * sd), correlations };
}

export function populationBeliefs(client: ClientFacts): HeadBelief[] {
  const { means, sds, correlations } = populationOf(client);
  return [
    {
      read: (t, radius, shape) => [
        log(readMeasure('length', radius, shape)),
        log(readMeasure('breadth', radius, shape)),
        log(readMeasure('height', radius, shape)),
        t[0],
      ],
      target: means.map(log),
      information: invert(
        correlations.map((r, k) => r * sds[Math.floor(k / 4)] * sds[k % 4]),
        4,
      ),
    },
  ];
}
