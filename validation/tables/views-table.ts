/**
 * Table 6: what a second and third photo of the same head add. A hairline is graded in the photo that the plan itself takes
 * for it, of one photo as of three. And how often photos of two people, or of one, are said to show two heads.
 *
 * Table 6b asks whether more photos are worse than the best single one: that kind of photo whose error (rms over the
 * persons) is the least, for each quantity its own. The best of three is the best by luck too, and persons are few: how
 * much a multiple means is told by drawing the persons anew.
 */
import { radiusOfMap, readTape } from '@stipple/core/head/tape.ts';
import { headOf } from '@stipple/core/head/head-of.ts';
import { mainPhoto } from '@stipple/core/plan/main-photo.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import { MOST_APART } from '@stipple/core/vision/views-apart.ts';
import type { KnownHead } from '../heads/known-head.ts';
import { trueTape } from '../heads/true-measures.ts';
import type { KnownPhoto } from '../render/render-photo.ts';
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
/** Each view by itself first, in the order of {@link VIEWS}. */
const SETS = [
  { name: 'front', use: [0] },
  { name: 'bowed', use: [1] },
  { name: 'turned', use: [2] },
  { name: 'front, bowed', use: [0, 1] },
  { name: 'front, turned', use: [0, 2] },
  { name: 'bowed, turned', use: [1, 2] },
  { name: 'all three', use: [0, 1, 2] },
] as const;

/** Errors of one plan, in mm and per cent; corners have one on each side that shows. Empty for a plan that was refused. */
export interface ViewsErrors {
  readonly middle: readonly number[];
  readonly corners: readonly number[];
  readonly cap: readonly number[];
  readonly vertex: readonly number[];
  readonly scale: readonly number[];
  readonly breadth: readonly number[];
  readonly length: readonly number[];
}
const QUANTITIES = ['middle', 'corners', 'cap', 'vertex', 'scale', 'breadth', 'length'] as const;
const NOTHING: ViewsErrors = { middle: [], corners: [], cap: [], vertex: [], scale: [], breadth: [], length: [] };

export interface ViewsRecord {
  readonly head: string;
  readonly set: string;
  readonly refusal: string | null;
  readonly errors: ViewsErrors;
  /** Whether the plan says that the photos may show two people. */
  readonly isDoubted: boolean;
}

export async function viewsTables({ stages, run, isQuick, tell }: World): Promise<readonly [Table, Table]> {
  const records: ViewsRecord[] = [];
  const persons = stages.filter(({ head }) => head.family === 'person').slice(0, isQuick ? 1 : Infinity);
  const shown = isQuick ? persons : [...persons, ...stages.filter(({ head }) => head.family !== 'person')];
  let seed = 300;
  const taken = shown.map((stage): NamedPhoto[] =>
    VIEWS.map(({ view, yawDeg, pitchDeg }) => ({ ...photoOf(stage, yawDeg, pitchDeg, seed++), view })),
  );
  for (const [at, { head }] of shown.entries()) {
    tell(`views: ${head.name}`);
    const measures = trueMeasures(head, ['circumference']);
    for (const { name, use } of SETS) {
      const photos = use.map((k) => taken[at][k]);
      const plan = await planOf(photos, measures, run);
      records.push({
        head: head.name,
        set: name,
        refusal: typeof plan === 'string' ? plan : null,
        errors: typeof plan === 'string' ? NOTHING : errorsOf(head, photos, plan),
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
  const views: Table = {
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
        const signedOf = (key: keyof ViewsErrors): number[] => own.flatMap(({ errors }) => errors[key]);
        const list = (key: keyof ViewsErrors): number[] => sizes(signedOf(key));
        return [
          `${title}: ${name}`,
          `${own.length} of ${asked.length}`,
          plain(medianOf(list('middle'))),
          plain(quantileOf(list('middle'), 0.9)),
          percent(medianOf(list('cap')) / 100).replace('+', ''),
          percent(quantileOf(list('cap'), 0.9) / 100).replace('+', ''),
          plain(medianOf(list('vertex'))),
          signed(medianOf(signedOf('vertex'))),
          percent(medianOf(list('scale')) / 100).replace('+', ''),
        ];
      }),
    ),
    notes: [
      `A front photo of one head and a turned one of the next: ${share(ofTwo.filter(({ made }) => made))} are said to show two people, ${ofTwo.filter(({ made }) => !made).length} refused. Of one head: ${share(ofOne)}.`,
    ],
    records,
  };
  return [views, gainTable(records.filter(({ head }) => persons.some((stage) => stage.head.name === head)))];
}

function errorsOf(head: KnownHead, photos: readonly KnownPhoto[], plan: PlanDocument): ViewsErrors {
  const main = mainPhoto(plan.photos);
  const truth = hairlineTruth(head, photos[main].camera, plan, main);
  if (!truth) return NOTHING;
  const { map, landmarks } = headOf(plan.head);
  const beside = (kind: 'breadth' | 'length'): number =>
    readTape(radiusOfMap(map), landmarks, kind) - trueTape(head, kind);
  return {
    middle: [truth.midPlanMm - truth.midTrueMm],
    corners: truth.corners.map(({ planMm, trueMm }) => planMm - trueMm),
    cap: [100 * (truth.capPlanMm2 / truth.capTrueMm2 - 1)],
    vertex: [truth.vertexErrorMm],
    scale: [100 * (truth.mmPerPxPlan / truth.mmPerPxTrue - 1)],
    breadth: [beside('breadth')],
    length: [beside('length')],
  };
}

const DRAWS = 1000;

/** Of the persons whose plans were all made. */
export function gainTable(records: readonly ViewsRecord[]): Table {
  const heads = [...new Set(records.map(({ head }) => head))].filter((name) =>
    records.every(({ head, refusal }) => head !== name || refusal === null),
  );
  const of = (head: string, set: string): ViewsErrors =>
    records.find((record) => record.head === head && record.set === set)?.errors ?? NOTHING;
  const random = seededGenerator(61);
  const draws = Array.from({ length: DRAWS }, () => heads.map(() => Math.floor(heads.length * random())));
  const all = heads.map((_, k) => k);
  /** For each head, of one quantity, the sum of the squares and how many; so that a thousand draws are cheap. */
  const squaresOf = (set: string, key: keyof ViewsErrors): (readonly [number, number])[] =>
    heads.map((head) => {
      const errors = of(head, set)[key];
      return [errors.reduce((sum, error) => sum + error * error, 0), errors.length];
    });
  const rms = (squares: readonly (readonly [number, number])[], which: readonly number[]): number => {
    const [sum, count] = which.reduce(([s, n], k) => [s + squares[k][0], n + squares[k][1]], [0, 0]);
    return Math.sqrt(sum / count);
  };
  const cellOf = (set: (typeof SETS)[number], key: keyof ViewsErrors): string => {
    const own = squaresOf(set.name, key);
    if (set.use.length === 1) return plain(rms(own, all), 2);
    const singles = set.use.map((k) => squaresOf(SETS[k].name, key));
    const best = singles.reduce((least, one) => (rms(one, all) < rms(least, all) ? one : least));
    const times = draws.map((drawn) => rms(own, drawn) / rms(best, drawn));
    const [low, high] = [0.05, 0.95].map((q) => plain(quantileOf(times, q), 2));
    return `${plain(rms(own, all), 2)}: ${plain(rms(own, all) / rms(best, all), 2)} (${low} to ${high})`;
  };
  return {
    id: 'views-gain',
    title: '6b. Several photos against the best one',
    about: `Errors (rms) of ${heads.length} persons in mm, of cap and scale in per cent; and of several photos as a multiple of the best single one’s of their kinds, for each quantity its own, with nine in ten of ${DRAWS} draws of the persons.`,
    header: ['photos', ...QUANTITIES],
    rows: SETS.map((set) => [set.name, ...QUANTITIES.map((key) => cellOf(set, key))]),
    notes: [
      'Above 1 several photos are worse than the best one. Which kind is best is told by the same persons, so that a multiple of 1 is not expected even where photos add nothing.',
    ],
    records: [],
  };
}

const isDoubted = (plan: PlanDocument | string): boolean =>
  typeof plan !== 'string' && plan.photos.some(({ apart }) => (apart ?? 0) > MOST_APART);
const share = (plans: readonly { readonly isDoubted: boolean }[]): string =>
  `${plans.filter((plan) => plan.isDoubted).length} of ${plans.length} plans`;
