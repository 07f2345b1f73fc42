/**
 * Table 1: the skin above the plane through glabella and opisthocranion, from measures alone, on heads that are known.
 */
import { headMesh } from '@stipple/core/head/head-mesh.ts';
import { buildHead } from '@stipple/core/head/build-head.ts';
import type { HeadMeasure, TapeKind } from '@stipple/core/head/head-shape.ts';
import { solveHead } from '@stipple/core/head/solve-head.ts';
import { TAPE_KINDS, takeMeasure } from '@stipple/core/head/take-measure.ts';
import { areaMm2 } from '@stipple/core/mesh/triangle-mesh.ts';
import { TAU, cos, log } from '@stipple/core/num/elementary.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { HeadMap } from '@stipple/core/head/head-map.ts';
import { heightOverCap, trueCapMm2, trueTape } from '../heads/true-measures.ts';
import type { KnownHead } from '../heads/known-head.ts';
import { CLIENT, readMeasures } from './plan-of-photos.ts';
import { meanOf, quantileOf, sizes, worstOf } from './statistics.ts';
import { percent, plain } from './table.ts';
import type { Table } from './table.ts';

const SOFT: readonly TapeKind[] = ['circumference', 'sagittal', 'coronal'];
const SOFT_SD_MM = 3;

/**
 * Area (mm2) of another map of this head over the same plane: both lie in the frame of the tragions. The plane is the true
 * head's, because the occiput is flat and its farthest point jumps by centimetres between heads that are all but equal.
 */
export function capOfMap(map: HeadMap, head: KnownHead, rings = 96): number {
  const height = heightOverCap(head);
  return areaMm2(headMesh(map, rings), (x, y, z) => height([x, y, z]) > 0);
}

interface AreaRecord {
  readonly head: string;
  readonly set: string;
  readonly error: number;
  readonly isWithin: boolean;
}

export function areaTable(heads: readonly KnownHead[], isQuick: boolean): Table {
  const records: AreaRecord[] = [];
  const rows = heads.map((head) => {
    const truth = trueCapMm2(head);
    const judge = (set: string, measures: readonly HeadMeasure[]): number => {
      try {
        const { shape, relativeAreaSd } = solveHead(measures, null, CLIENT);
        const error = capOfMap(buildHead(shape, 65), head, 64) / truth - 1;
        records.push({ head: head.name, set, error, isWithin: Math.abs(error) < 1.96 * relativeAreaSd });
        return error;
      } catch (refusal) {
        if (refusal instanceof Refusal) return NaN;
        throw refusal;
      }
    };
    const exact = (kinds: readonly TapeKind[]): HeadMeasure[] =>
      kinds.map((kind) => takeMeasure(kind, trueTape(head, kind)));
    const five = judge('five exact', exact(TAPE_KINDS));
    const one = judge('circumference', exact(['circumference']));
    const three = judge('three exact', exact(SOFT));
    const hand = seededGenerator(43);
    for (let n = 0; n < (isQuick ? 5 : 20); n++) {
      judge('circumference read', readMeasures(head, ['circumference'], hand));
      judge('three read', readMeasures(head, SOFT, hand));
      judge('five read', readMeasures(head, TAPE_KINDS, hand));
    }
    const readings = exact(SOFT);
    const random = seededGenerator(41);
    const draws = Array.from({ length: isQuick ? 20 : head.family === 'scan' ? 200 : 40 }, () =>
      judge(
        'three soft',
        readings.map(({ kind, valueMm }) =>
          takeMeasure(kind, valueMm + SOFT_SD_MM * Math.sqrt(-2 * log(1 - random())) * cos(TAU * random())),
        ),
      ),
    ).filter((error) => Number.isFinite(error));
    return [
      head.name + (head.isFitted ? ' *' : ''),
      (truth / 100).toFixed(1),
      percent(five),
      percent(one),
      percent(three),
      percent(meanOf(draws)),
      percent(quantileOf(sizes(draws), 0.9)).replace('+', ''),
      percent(worstOf(draws)),
    ];
  });
  const graded = records.filter(({ head }) => !heads.find((known) => known.name === head)?.isFitted);
  const families = [...new Set(heads.map(({ family }) => family))];
  const within = (set: string): string => {
    const own = graded.filter((record) => record.set === set);
    return `${own.filter(({ isWithin }) => isWithin).length} of ${own.length}`;
  };
  const shareOf = (set: string): string =>
    families
      .flatMap((family) => {
        const own = graded.filter(
          (record) => record.set === set && heads.some((head) => head.name === record.head && head.family === family),
        );
        const held = (100 * own.filter(({ isWithin }) => isWithin).length) / own.length;
        return own.length > 0 ? [`${family} ${plain(held, 0)} % of ${own.length}`] : [];
      })
      .join(', ');
  return {
    id: 'area',
    title: '1. Area of the cap from measures alone',
    about: `Skin above the plane through the true glabella and opisthocranion: the head solved from exact readings, or from three soft tapes with a random error of ${SOFT_SD_MM} mm each, against the mesh.`,
    header: [
      'head',
      'truth, cm2',
      'five exact',
      'circumference',
      'three exact',
      'three soft, mean',
      '90 % within',
      'worst',
    ],
    rows,
    notes: [
      'Random errors are drawn 200 times for scans, 40 times for the others. Colin27 and fsaverage are in Talairach size, larger than life.',
      'A head with * is one the template was fitted to, and does not count in what follows.',
      `Truth within the stated 95 %, tapes read as hands do (each tool's error, stubble alike under all soft ones): circumference ${shareOf('circumference read')}; three soft tapes ${shareOf('three read')}; five measures ${shareOf('five read')}.`,
      `With exact tapes, whose errors the intervals allow for in vain, or 3 mm on bare skin: circumference ${within('circumference')}, three soft tapes ${within('three soft')}, five exact ${within('five exact')}.`,
    ],
    records,
  };
}
