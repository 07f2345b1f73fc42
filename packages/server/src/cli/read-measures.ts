/**
 * Reads what was measured: --circumference 575 and --measure sagittal=345+-5,pupils=63,bald-length=140.
 *
 * A measure may be given several times, as it is taken. Its error, behind +- or the sign, is the middle 95 %: within it the
 * reading nearly always falls, so half of it is the standard deviation. Whether a head can have these measures is for core
 * to say.
 */
import type { HeadMeasure } from '@stipple/core/head/head-shape.ts';
import { MEASURE_KINDS, takeMeasure } from '@stipple/core/head/take-measure.ts';
import { takeZoneTape, ZONE_TAPE_KINDS, type ZoneTape } from '@stipple/core/head/zone-tape.ts';
import { CommandError, likely } from './option-table.ts';

export const ALL_MEASURES: readonly string[] = [...MEASURE_KINDS, ...ZONE_TAPE_KINDS];

/** As many as a plan holds. */
const MOST_MEASURES = 20;
const MOST_ZONE_TAPES = 10;
const ERROR_LIMITS_MM = [0.2, 100] as const;

export interface ReadMeasures {
  readonly measures: HeadMeasure[];
  readonly zoneTapes: ZoneTape[];
}

/** @throws CommandError */
export function readMeasures(circumference: string | undefined, lists: readonly string[]): ReadMeasures {
  const measures: HeadMeasure[] = [];
  const zoneTapes: ZoneTape[] = [];
  const add = (option: string, name: string, text: string): void => {
    const kind = MEASURE_KINDS.find((candidate) => candidate === name);
    const zone = ZONE_TAPE_KINDS.find((candidate) => candidate === name);
    if (!kind && !zone)
      throw new CommandError(
        `${option}: there is no measure "${name}"${likely(name, ALL_MEASURES, '')} Known are ${ALL_MEASURES.join(', ')}.`,
      );
    const { valueMm, sdMm } = readLength(option, text);
    if (kind) measures.push(takeMeasure(kind, valueMm, sdMm));
    if (zone) zoneTapes.push(takeZoneTape(zone, valueMm, sdMm));
  };
  if (circumference !== undefined) add('--circumference', 'circumference', circumference);
  for (const item of lists.flatMap((list) => list.split(','))) {
    const [name = '', value = '', ...more] = item.split('=');
    if (!value || more.length)
      throw new CommandError(`--measure takes name=mm, as in sagittal=345,coronal=350+-5; "${item}" is not that.`);
    add('--measure', name.trim(), value);
  }
  if (measures.length > MOST_MEASURES || zoneTapes.length > MOST_ZONE_TAPES)
    throw new CommandError(`a plan takes at most ${MOST_MEASURES} measures, ${MOST_ZONE_TAPES} of them of a zone.`);
  return { measures, zoneTapes };
}

/** '345', '345+-5', '345+/-5' or with the sign for it. */
function readLength(option: string, text: string): { valueMm: number; sdMm?: number } {
  const [, value, error] = /^(\d+(?:[.]\d+)?)(?: *(?:[+]-|[+][/]-|±) *(\d+(?:[.]\d+)?))?$/.exec(text.trim()) ?? [];
  const valueMm = Number(value);
  if (!(valueMm > 0)) throw new CommandError(`${option}: "${text}" is not a number of millimetres.`);
  if (error === undefined) return { valueMm };
  const errorMm = Number(error);
  const [least, most] = ERROR_LIMITS_MM;
  if (!(errorMm >= least && errorMm <= most))
    throw new CommandError(`${option}: the error of "${text}" is not between ${least} and ${most} mm.`);
  return { valueMm, sdMm: errorMm / 2 };
}
