/** Table 6: what a second and third photo of the same head add. */
import type { NamedPhoto, World } from './plan-of-photos.ts';
import { groupsOf, photoOf, planOf, trueMeasures } from './plan-of-photos.ts';
import { hairlineTruth } from './scalp-truth.ts';
import { medianOf, quantileOf, sizes } from './statistics.ts';
import { percent, plain, signed } from './table.ts';
import type { Table } from './table.ts';

/** Names are words the product reads. */
const VIEWS = [
  { view: 'front', yawDeg: 0, pitchDeg: 8 },
  { view: 'front-bowed', yawDeg: 5, pitchDeg: 28 },
  { view: 'right-45', yawDeg: 42, pitchDeg: 5 },
] as const;
const SETS = [
  { name: 'front', use: [0] },
  { name: 'bowed', use: [1] },
  { name: 'turned', use: [2] },
  { name: 'front, bowed', use: [0, 1] },
  { name: 'front, turned', use: [0, 2] },
  { name: 'all three', use: [0, 1, 2] },
] as const;

const PERSONS = 7;

interface ViewsRecord {
  readonly head: string;
  readonly set: string;
  readonly refusal: string | null;
  readonly midErrorMm: number;
  readonly areaError: number;
  readonly vertexErrorMm: number;
  readonly scaleError: number;
}

export async function viewsTable({ stages, run, isQuick, tell }: World): Promise<Table> {
  const records: ViewsRecord[] = [];
  let seed = 300;
  const persons = stages.filter(({ head }) => head.family === 'person').slice(0, isQuick ? 1 : PERSONS);
  const shown = isQuick ? persons : [...persons, ...stages.filter(({ head }) => head.family !== 'person')];
  for (const stage of shown) {
    tell(`views: ${stage.head.name}`);
    const photos: NamedPhoto[] = VIEWS.map(({ view, yawDeg, pitchDeg }) => ({
      ...photoOf(stage, yawDeg, pitchDeg, seed++),
      view,
    }));
    const measures = trueMeasures(stage.head, ['circumference']);
    for (const { name, use } of SETS) {
      const chosen = use.map((k) => photos[k]);
      const plan = await planOf(chosen, measures, run);
      const truth = typeof plan === 'string' ? null : hairlineTruth(stage.head, chosen[0].camera, plan);
      records.push({
        head: stage.head.name,
        set: name,
        refusal: typeof plan === 'string' ? plan : null,
        midErrorMm: truth ? truth.midPlanMm - truth.midTrueMm : NaN,
        areaError: truth ? truth.capPlanMm2 / truth.capTrueMm2 - 1 : NaN,
        vertexErrorMm: truth ? truth.vertexErrorMm : NaN,
        scaleError: truth ? truth.mmPerPxPlan / truth.mmPerPxTrue - 1 : NaN,
      });
    }
  }
  return {
    id: 'views',
    title: '6. Several photos against one',
    about:
      'The same heads from the front, bowed and turned, with the true circumference: sizes of the errors, in mm and per cent.',
    header: [
      'photos',
      'plans',
      'middle, median',
      '90 % within',
      'cap, median',
      '90 % within',
      'vertex, median',
      'vertex, signed',
      'scale, median',
    ],
    rows: groupsOf(shown).flatMap(({ title, has }) =>
      SETS.map(({ name }) => {
        const asked = records.filter(({ head, set }) => has(head) && set === name);
        const own = asked.filter(({ refusal }) => refusal === null);
        const list = (key: 'midErrorMm' | 'areaError' | 'vertexErrorMm' | 'scaleError'): number[] =>
          sizes(own.map((r) => r[key]));
        return [
          `${title}: ${name}`,
          `${own.length} of ${asked.length}`,
          plain(medianOf(list('midErrorMm'))),
          plain(quantileOf(list('midErrorMm'), 0.9)),
          percent(medianOf(list('areaError'))).replace('+', ''),
          percent(quantileOf(list('areaError'), 0.9)).replace('+', ''),
          plain(medianOf(list('vertexErrorMm'))),
          signed(medianOf(own.map(({ vertexErrorMm }) => vertexErrorMm))),
          percent(medianOf(list('scaleError'))).replace('+', ''),
        ];
      }),
    ),
    notes: [],
    records,
  };
}
