/**
 * Do these measures belong to one head, and if not, which one is likelier wrong and by how much?
 *
 * Every measure is compared with what the others and the population foretell of it: the leave-one-out prediction, from
 * the leverage at the common solution. Dropping the measure that lies most standard deviations off lowers the misfit
 * most, so it is the likeliest to be wrong. Measures taken twice are averaged first.
 *
 * Promises: the verdicts are in the order of the measures; the same bits everywhere. Refusing works from tapes and
 * population alone: a photo never makes right tapes contradict each other, unless the caller judges against its solution.
 */
import { exp, log } from '../num/elementary.ts';
import { Refusal } from '../units/refusal.ts';
import type { ClientFacts } from './client-facts.ts';
import { fitBeliefs, gradientAt, varianceOf } from './fit-beliefs.ts';
import type { HeadPosterior } from './fit-beliefs.ts';
import {
  READING_SD,
  headBeliefs,
  meanFaceOf,
  measureVariance,
  readMeasure,
  readingsAt,
  targetOf,
} from './head-beliefs.ts';
import type { Logs } from './head-beliefs.ts';
import type { HeadMeasure, HeadShape, MeasureKind } from './head-shape.ts';
import { refuseAbsurdMeasures } from './measure-limits.ts';
import type { RadiusOf } from './tape.ts';

/** A measure against the others. */
export interface MeasureVerdict {
  readonly measure: HeadMeasure;
  /** What the other measures and the population foretell, and its standard deviation without the measure's own error. */
  readonly foretoldMm: number;
  readonly foretoldSdMm: number;
  /** How far off it is, in standard deviations of both together; positive: too long. */
  readonly score: number;
}

/** Measures of one kind that lie further apart than their errors explain. */
export interface ApartRepeats {
  readonly kind: MeasureKind;
  readonly valuesMm: readonly number[];
}

/**
 * A measure this many standard deviations from what the others foretell belongs to another head. The worst of six measures
 * of 66 heads was off by 2.3; the extremes of people (breadth 130 mm on a length of 200 mm) reach 4.3.
 */
const CONTRADICTION = 4.5;
/** Off by more than chance in one of 80: worth measuring again. */
const DOUBT = 2.5;
/** Readings of one kind, in standard deviations of theirs: apart by more than chance in one of 20. */
const APART = 1.96;
/** And too far apart for one head: two circumferences differ by 25 mm. */
const ABSURDLY_APART = 6;

/**
 * One measure per kind, in the order of first mention: repeats are averaged by their weights. The average is surer than
 * either unless they disagree: then it keeps their own spread.
 */
export function averageRepeats(measures: readonly HeadMeasure[]): {
  readonly measures: readonly HeadMeasure[];
  readonly apart: readonly ApartRepeats[];
} {
  const kinds = [...new Set(measures.map(({ kind }) => kind))];
  const apart: ApartRepeats[] = [];
  const averaged = kinds.map((kind) => {
    const readings = measures.filter((measure) => measure.kind === kind);
    if (readings.length === 1) return readings[0];
    const weights = readings.map(({ sdMm }) => 1 / (sdMm * sdMm));
    const weight = weights.reduce((sum, w) => sum + w, 0);
    const valueMm = readings.reduce((sum, reading, k) => sum + weights[k] * reading.valueMm, 0) / weight;
    const misfit = readings.reduce((sum, { valueMm: v }, k) => sum + weights[k] * (v - valueMm) * (v - valueMm), 0);
    const excess = Math.sqrt(Math.max(1, misfit / (readings.length - 1)));
    const valuesMm = readings.map((reading) => reading.valueMm);
    if (excess > ABSURDLY_APART) {
      throw new Refusal('measures-contradict', `${kind} was taken as ${valuesMm.join(' mm and ')} mm`);
    }
    if (excess > APART) apart.push({ kind, valuesMm });
    return { kind, valueMm, sdMm: excess / Math.sqrt(weight), source: readings[0].source };
  });
  return { measures: averaged, apart };
}

/** Every measure (one per kind) against the others and the population. */
export function judgeMeasures(measures: readonly HeadMeasure[], client: ClientFacts): MeasureVerdict[] {
  return judgeAgainst(measures, client, fitMeasures(measures, client));
}

/** What tapes (one per kind) and population agree on. */
export const fitMeasures = (measures: readonly HeadMeasure[], client: ClientFacts): HeadPosterior =>
  fitBeliefs(headBeliefs(measures, client), startOf(measures, client));

/** What a solution foretells of a measure on the bare head that was not part of it. */
export function foretell(
  kind: MeasureKind,
  { logs, covariance }: HeadPosterior,
): { readonly valueMm: number; readonly sdMm: number } {
  const read = (radius: RadiusOf, shape: HeadShape): number => log(readMeasure(kind, radius, shape));
  const own = READING_SD[kind];
  const valueMm = exp(readingsAt(logs, read));
  return { valueMm, sdMm: valueMm * Math.sqrt(varianceOf(gradientAt(logs, read), covariance) + own * own) };
}

/** The mean head's proportions, at the template's size. */
const USUAL: Logs = [0, -0.026, 0.015, 0.039];

/** A start of about the right size keeps Gauss-Newton to a few rounds. */
export function startOf(measures: readonly HeadMeasure[], client: ClientFacts): Logs {
  const [, ...proportions] = USUAL;
  const first = measures[0];
  if (!first) return [log(meanFaceOf(client)), ...proportions];
  const reading = readingsAt(USUAL, (radius, shape) => readMeasure(first.kind, radius, shape));
  return [log(first.valueMm / reading), ...proportions];
}

/** The same against a solution that is at hand, and whatever else went into it. */
export function judgeAgainst(
  measures: readonly HeadMeasure[],
  client: ClientFacts,
  { logs, covariance }: HeadPosterior,
): MeasureVerdict[] {
  return measures.map((measure) => {
    const read = (radius: RadiusOf, shape: HeadShape): number => log(readMeasure(measure.kind, radius, shape));
    const spread = measureVariance(measure, client);
    const rest = Math.max(1e-6, 1 - varianceOf(gradientAt(logs, read), covariance) / spread);
    const off = (targetOf(measure, client) - readingsAt(logs, read)) / rest;
    const foretoldMm = measure.valueMm * exp(-off);
    return {
      measure,
      foretoldMm,
      foretoldSdMm: foretoldMm * Math.sqrt(Math.max(0, spread / rest - spread)),
      score: off / Math.sqrt(spread / rest),
    };
  });
}

/**
 * Refuses ('measures-contradict') when a measure cannot belong to the head of the others: names the likeliest to be
 * wrong, what the others foretell of it, and the one that pulls hardest the other way.
 */
export function refuseContradictions(measures: readonly HeadMeasure[], client: ClientFacts): void {
  refuseAbsurdMeasures(measures);
  const once = averageRepeats(measures).measures;
  if (once.length > 1) refuseApart(judgeMeasures(once, client));
}

/** Measures (repeats averaged) that agree with the others badly, the worst first, though not so badly as to be refused. */
export function doubtfulMeasures(measures: readonly HeadMeasure[], client: ClientFacts): MeasureVerdict[] {
  const once = averageRepeats(measures).measures;
  if (once.length < 2) return [];
  return judgeMeasures(once, client)
    .filter(({ score }) => Math.abs(score) > DOUBT)
    .sort((a, b) => Math.abs(b.score) - Math.abs(a.score));
}

/** Refuses on the worst of two or more verdicts. */
export function refuseApart(verdicts: readonly MeasureVerdict[]): void {
  const worst = verdicts.reduce((a, b) => (Math.abs(b.score) > Math.abs(a.score) ? b : a));
  if (Math.abs(worst.score) <= CONTRADICTION) return;
  const against = ({ score }: MeasureVerdict): number => (worst.score > 0 ? -score : score);
  const other = verdicts.filter((v) => v !== worst).reduce((a, b) => (against(b) > against(a) ? b : a));
  const name = ({ measure: { kind, valueMm } }: MeasureVerdict): string =>
    `${kind} ${Math.round(10 * valueMm) / 10} mm`;
  const foretold = `${Math.round(worst.foretoldMm)} +- ${Math.max(1, Math.round(1.96 * worst.foretoldSdMm))} mm`;
  const others = verdicts.length > 2 ? 'the other measures foretell' : `${name(other)} foretells`;
  const pulling = verdicts.length > 2 ? `; ${name(other)} pulls hardest the other way` : '';
  throw new Refusal('measures-contradict', `${name(worst)}: ${others} ${foretold}${pulling}`);
}
