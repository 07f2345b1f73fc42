/**
 * Which head do these measures belong to, and how surely?
 *
 * Four factors (head-shape.ts) by Gauss-Newton least squares in their logarithms, from whatever there is: tapes and
 * callipers, the cranium's width and height relative to the face from the photo's outline, and the population. With
 * fewer measures the population fills in; the posterior covariance says what remains unknown. Length, breadth and
 * height of the cranium are joined as they are in ANSUR II (2012; 4,082 men, 1,986 women). Length and breadth are
 * spread a quarter wider because it measured one army; height is not, its spread already has hair in it.
 * Circumference is left out for the same reason: the template closes it from length and breadth.
 *
 * Each measure's own error is joined by 0.8 %: heads differ from a stretched template (circumference from length and
 * breadth has a residual of 1.1 % in ANSUR II). The area adds 1.2 %: five exact tapes left 0.9-1.8 % on five real heads.
 *
 * Promises: the same bits everywhere; about 30 ms. Refuses measures outside human limits and measures that cannot
 * belong to one head. Does not do: asymmetry, deformed skulls, children.
 */
import { exp, log } from '../num/elementary.ts';
import { invert, solveLinear } from '../num/solve.ts';
import { Refusal } from '../units/refusal.ts';
import { headRadiusMm } from './build-head.ts';
import type { ClientFacts } from './client-facts.ts';
import type { HeadFit, HeadMeasure, HeadShape, TapeKind } from './head-shape.ts';
import { landmarksOf } from './landmarks.ts';
import { readTape, vertexOf } from './tape.ts';
import type { RadiusOf } from './tape.ts';

/** What a fitted outline says about the cranium, relative to the face; standard deviations as fractions. */
export interface OutlineRatios {
  readonly widthRatio: number;
  readonly heightRatio: number;
  readonly widthSd: number;
  readonly heightSd: number;
}

/** mm. Circumference to coronal: domain-facts 3.1; sagittal likewise some five standard deviations about 340. */
export const MEASURE_LIMITS_MM: Readonly<Record<TapeKind, readonly [low: number, high: number]>> = {
  circumference: [500, 650],
  sagittal: [280, 410],
  coronal: [290, 410],
  length: [165, 230],
  breadth: [130, 180],
};

interface Population {
  /** Mean and standard deviation, mm (ANSUR II). */
  readonly length: readonly [number, number];
  readonly breadth: readonly [number, number];
  readonly tragionToTop: readonly [number, number];
  /** `face` of the mean face: from its distance between the pupils (64.0, 61.7 mm; the template's is 65.2). */
  readonly face: number;
}
const POPULATION: Readonly<Record<ClientFacts['sex'], Population>> = {
  m: { length: [199.5, 7], breadth: [154.3, 5.5], tragionToTop: [131.1, 6.2], face: 0.98 },
  f: { length: [189.8, 7.4], breadth: [147.8, 5.2], tragionToTop: [126.5, 6.5], face: 0.945 },
};
/** Correlations of length, breadth and tragion-to-top: .18 is ANSUR II men's, the others are not in it as such. */
const CORRELATION = [1, 0.18, 0.3, 0.18, 1, 0.3, 0.3, 0.3, 1] as const;
const POPULATION_SPREAD = [1.25, 1.25, 1] as const;
/** Of the face's size given the cranium's: several facial lengths of ANSUR II together. An estimate. */
const FACE_SD = 0.035;

const MODEL_SD = 0.008;
const AREA_MODEL_SD = 0.012;
/** A measure this many standard deviations from what the others foretell belongs to another head. */
const CONTRADICTION = 4;
const ITERATIONS = 8;

/** ln of the factors: face, width, height, length. */
type Logs = readonly [number, number, number, number];
const shapeOf = (t: Logs): HeadShape => ({ face: exp(t[0]), width: exp(t[1]), height: exp(t[2]), length: exp(t[3]) });

/** One thing known: residual = value(t) - target in ln, weighed by its information. */
interface Belief {
  /** ln of the readings at `t`. */
  readonly read: (t: Logs, radius: RadiusOf, shape: HeadShape) => readonly number[];
  readonly target: readonly number[];
  /** Inverse covariance, row-major. */
  readonly information: readonly number[];
}

export function solveHead(measures: readonly HeadMeasure[], photo: OutlineRatios | null, client: ClientFacts): HeadFit {
  for (const measure of measures) refuseAbsurd(measure);
  const beliefs = [...populationBeliefs(client), ...measures.map(measureBelief)];
  if (photo) beliefs.push(outlineBelief(photo));
  const { logs, covariance } = solve(beliefs, startOf(measures, client));
  if (measures.length > 1) refuseContradiction(measures, logs, covariance);

  const shape = shapeOf(logs);
  const sagittal = gradient(logs, (radius, s) => log(readTape(radius, landmarksOf(s), 'sagittal')));
  const coronal = gradient(logs, (radius, s) => log(readTape(radius, landmarksOf(s), 'coronal')));
  // The area of the cap goes as the product of its two arcs (within 1 % on 14 heads).
  const area = sagittal.map((g, k) => g + coronal[k]);
  const arcVariance = Math.max(variance(sagittal, covariance), variance(coronal, covariance));
  return {
    shape,
    isMeasured: measures.length > 0,
    scaleSource: measures.some((m) => m.source === 'soft tape')
      ? 'soft tape'
      : measures.length > 0
        ? 'calliper'
        : 'population',
    relativeSd: Math.sqrt(arcVariance + MODEL_SD * MODEL_SD),
    relativeAreaSd: Math.sqrt(variance(area, covariance) + AREA_MODEL_SD * AREA_MODEL_SD),
  };
}

/** The mean head of this client's population. */
export function populationShape(client: ClientFacts): HeadShape {
  return shapeOf(solve(populationBeliefs(client), [0, 0, 0, 0]).logs);
}

/** A number that would fit in another unit was probably taken in it. */
function unitHint(value: number, low: number, high: number): string {
  const fits = (mm: number): boolean => mm >= low && mm <= high;
  if (fits(10 * value)) return '; that looks like centimetres';
  return fits(25.4 * value) ? '; that looks like inches' : '';
}

function refuseAbsurd({ kind, valueMm, sdMm }: HeadMeasure): void {
  const [low, high] = MEASURE_LIMITS_MM[kind];
  if (!(valueMm >= low && valueMm <= high)) {
    throw new Refusal(
      'measure-absurd',
      `${kind} ${valueMm} mm, expected ${low} to ${high}${unitHint(valueMm, low, high)}`,
    );
  }
  if (!(sdMm > 0)) throw new RangeError(`${kind}: a standard deviation of ${sdMm} mm`);
}

const measureBelief = ({ kind, valueMm, sdMm }: HeadMeasure): Belief => ({
  read: (_t, radius, shape) => [log(readTape(radius, landmarksOf(shape), kind))],
  target: [log(valueMm)],
  information: [1 / measureVariance(valueMm, sdMm)],
});

const measureVariance = (valueMm: number, sdMm: number): number =>
  (sdMm / valueMm) * (sdMm / valueMm) + MODEL_SD * MODEL_SD;

const outlineBelief = (photo: OutlineRatios): Belief => ({
  read: (t) => [t[1], t[2]],
  target: [log(photo.widthRatio), log(photo.heightRatio)],
  information: [1 / (photo.widthSd * photo.widthSd), 0, 0, 1 / (photo.heightSd * photo.heightSd)],
});

function populationBeliefs({ sex }: ClientFacts): Belief[] {
  const { length, breadth, tragionToTop, face } = POPULATION[sex];
  const dimensions = [length, breadth, tragionToTop];
  const sds = dimensions.map(([mean, sd], k) => (POPULATION_SPREAD[k] * sd) / mean);
  const means = dimensions.map(([mean]) => log(mean));
  const meanSize = (means[0] + means[1] + means[2]) / 3;
  const dimensionLogs = (radius: RadiusOf, shape: HeadShape): number[] => [
    log(readTape(radius, landmarksOf(shape), 'length')),
    log(readTape(radius, landmarksOf(shape), 'breadth')),
    log(vertexOf(radius)[1]),
  ];
  return [
    {
      // Large heads have larger faces: face and cranial size as one distance.
      read: (t, radius, shape) => {
        const logs = dimensionLogs(radius, shape);
        return [...logs, t[0] - (logs[0] + logs[1] + logs[2]) / 3];
      },
      target: [...means, log(face) - meanSize],
      information: blockDiagonal(
        invert(
          CORRELATION.map((r, k) => r * sds[Math.floor(k / 3)] * sds[k % 3]),
          3,
        ),
        1 / (FACE_SD * FACE_SD),
      ),
    },
  ];
}

/** A 3 x 3 matrix with one more diagonal entry. */
const blockDiagonal = (a: readonly number[], d: number): number[] =>
  Array.from({ length: 16 }, (_, k) => {
    const [row, column] = [Math.floor(k / 4), k % 4];
    return row < 3 && column < 3 ? a[3 * row + column] : row === column ? d : 0;
  });

/** All readings of the deformed template at `t`, without building its map. */
function readingsAt<T>(t: Logs, read: (radius: RadiusOf, shape: HeadShape) => T): T {
  const shape = shapeOf(t);
  return read((x, y, z) => headRadiusMm(shape, [x, y, z]), shape);
}

const H = 1e-3;
const nudged = (t: Logs, k: number, by: number): Logs => [
  t[0] + (k === 0 ? by : 0),
  t[1] + (k === 1 ? by : 0),
  t[2] + (k === 2 ? by : 0),
  t[3] + (k === 3 ? by : 0),
];

/** Derivatives of one reading by the four logs, by central differences. */
function gradient(t: Logs, read: (radius: RadiusOf, shape: HeadShape) => number): number[] {
  return [0, 1, 2, 3].map((k) => (readingsAt(nudged(t, k, H), read) - readingsAt(nudged(t, k, -H), read)) / (2 * H));
}

function variance(g: readonly number[], covariance: readonly number[]): number {
  let sum = 0;
  for (let a = 0; a < 4; a++) for (let b = 0; b < 4; b++) sum += g[a] * covariance[4 * a + b] * g[b];
  return sum;
}

/** A start of about the right size keeps Gauss-Newton to a few rounds. */
function startOf(measures: readonly HeadMeasure[], { sex }: ClientFacts): Logs {
  const first = measures[0];
  const face = log(POPULATION[sex].face);
  if (!first) return [face, 0, 0, 0];
  const reading = readingsAt([0, 0, 0, 0], (radius, shape) => readTape(radius, landmarksOf(shape), first.kind));
  return [log(first.valueMm / reading), 0, 0, 0];
}

function solve(beliefs: readonly Belief[], start: Logs): { logs: Logs; covariance: number[] } {
  const readAll = (t: Logs): readonly (readonly number[])[] =>
    readingsAt(t, (radius, shape) => beliefs.map((belief) => belief.read(t, radius, shape)));
  let logs = start;
  let information: number[] = [];
  for (let round = 0; round < ITERATIONS; round++) {
    const here = readAll(logs);
    const moved = [0, 1, 2, 3].map((k) => readAll(nudged(logs, k, H)));
    information = new Array<number>(16).fill(0);
    const pull = [0, 0, 0, 0];
    beliefs.forEach(({ target, information: w }, at) => {
      const n = target.length;
      const gap = target.map((value, i) => value - here[at][i]);
      const slopes = moved.map((readings) => readings[at].map((value, i) => (value - here[at][i]) / H));
      for (let a = 0; a < 4; a++) {
        for (let i = 0; i < n; i++) {
          for (let j = 0; j < n; j++) {
            pull[a] += slopes[a][i] * w[i * n + j] * gap[j];
            for (let b = 0; b < 4; b++) information[4 * a + b] += slopes[a][i] * w[i * n + j] * slopes[b][j];
          }
        }
      }
    });
    const step = solveLinear(information, pull);
    logs = [logs[0] + step[0], logs[1] + step[1], logs[2] + step[2], logs[3] + step[3]];
    if (step.every((s) => Math.abs(s) < 1e-7)) break;
  }
  return { logs, covariance: invert(information, 4) };
}

/**
 * Compares every measure with what the others and the population foretell (the leave-one-out residual, from the
 * leverage), and refuses with the worst one and the one that pulls hardest the other way.
 */
function refuseContradiction(measures: readonly HeadMeasure[], logs: Logs, covariance: readonly number[]): void {
  const scores = measures.map(({ kind, valueMm, sdMm }) => {
    const read = (radius: RadiusOf, shape: HeadShape): number => log(readTape(radius, landmarksOf(shape), kind));
    const spread = measureVariance(valueMm, sdMm);
    const leverage = variance(gradient(logs, read), covariance) / spread;
    return (log(valueMm) - readingsAt(logs, read)) / Math.sqrt(spread * Math.max(1e-6, 1 - leverage));
  });
  let worst = 0;
  scores.forEach((score, k) => {
    if (Math.abs(score) > Math.abs(scores[worst])) worst = k;
  });
  if (Math.abs(scores[worst]) <= CONTRADICTION) return;
  const against = (k: number): number => (scores[worst] > 0 ? -scores[k] : scores[k]);
  let other = worst === 0 ? 1 : 0;
  scores.forEach((_, k) => {
    if (k !== worst && against(k) > against(other)) other = k;
  });
  const name = ({ kind, valueMm }: HeadMeasure): string => `${kind} ${valueMm} mm`;
  throw new Refusal('measures-contradict', `${name(measures[worst])} and ${name(measures[other])}`);
}
