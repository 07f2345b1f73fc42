/**
 * Table 6: what a second and third photo of the same head add. A hairline is graded in the photo that the plan itself takes
 * for it, of one photo as of three. And how often photos of two people, or of one, are said to show two heads.
 */
import { mainPhoto } from '@stipple/core/plan/main-photo.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { MOST_APART } from '@stipple/core/vision/views-apart.ts';
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
  /** Whether the plan says that the photos may show two people. */
  readonly isDoubted: boolean;
}

export async function viewsTable({ stages, run, isQuick, tell }: World): Promise<Table> {
  const records: ViewsRecord[] = [];
  let seed = 300;
  const persons = stages.filter(({ head }) => head.family === 'person').slice(0, isQuick ? 1 : PERSONS);
  const shown = isQuick ? persons : [...persons, ...stages.filter(({ head }) => head.family !== 'person')];
  const taken = shown.map((stage): NamedPhoto[] =>
    VIEWS.map(({ view, yawDeg, pitchDeg }) => ({ ...photoOf(stage, yawDeg, pitchDeg, seed++), view })),
  );
  for (const [at, stage] of shown.entries()) {
    tell(`views: ${stage.head.name}`);
    const photos = taken[at];
    const measures = trueMeasures(stage.head, ['circumference']);
    for (const { name, use } of SETS) {
      const chosen = use.map((k) => photos[k]);
      const plan = await planOf(chosen, measures, run);
      const main = typeof plan === 'string' ? 0 : mainPhoto(plan.photos);
      const truth = typeof plan === 'string' ? null : hairlineTruth(stage.head, chosen[main].camera, plan, main);
      records.push({
        head: stage.head.name,
        set: name,
        refusal: typeof plan === 'string' ? plan : null,
        midErrorMm: truth ? truth.midPlanMm - truth.midTrueMm : NaN,
        areaError: truth ? truth.capPlanMm2 / truth.capTrueMm2 - 1 : NaN,
        vertexErrorMm: truth ? truth.vertexErrorMm : NaN,
        scaleError: truth ? truth.mmPerPxPlan / truth.mmPerPxTrue - 1 : NaN,
        isDoubted: isDoubted(plan),
      });
    }
  }
  const ofTwo = [];
  for (const [at, photos] of taken.length > 1 ? taken.entries() : []) {
    const plan = await planOf([photos[0], taken[(at + 1) % taken.length][2]], [], run);
    ofTwo.push({ made: typeof plan !== 'string', isDoubted: isDoubted(plan) });
  }
  const ofOne = records.filter(({ set, refusal }) => set === 'front, turned' && refusal === null);
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
    notes: [
      `A front photo of one head and a turned one of the next: ${share(ofTwo.filter(({ made }) => made))} are said to show two people, ${ofTwo.filter(({ made }) => !made).length} refused. Of one head: ${share(ofOne)}.`,
    ],
    records,
  };
}

const isDoubted = (plan: PlanDocument | string): boolean =>
  typeof plan !== 'string' && plan.photos.some(({ apart }) => (apart ?? 0) > MOST_APART);
const share = (plans: readonly { readonly isDoubted: boolean }[]): string =>
  `${plans.filter((plan) => plan.isDoubted).length} of ${plans.length} plans`;
