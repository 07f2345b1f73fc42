/** Tables 4 and 5: hairline, scale and area of single bowed photos, and whether the stated intervals hold the truth. */
import { MID_FRONTAL_CHECK } from '@stipple/core/plan/plan-checks.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import type { HeadMeasure } from '@stipple/core/head/head-shape.ts';
import { relativeEstimate } from '@stipple/core/units/estimate.ts';
import { groupsOf, photoOf, planOf, readMeasures, trueMeasures } from './plan-of-photos.ts';
import type { Group, NamedPhoto, World } from './plan-of-photos.ts';
import { hairlineTruth } from './scalp-truth.ts';
import type { HairlineTruth } from './scalp-truth.ts';
import { medianOf, quantileOf, sizes } from './statistics.ts';
import { percent, plain, signed } from './table.ts';
import type { Table } from './table.ts';

interface HairlineRecord extends HairlineTruth {
  readonly head: string;
  readonly yawDeg: number;
  readonly pitchDeg: number;
  readonly relativeSd: number;
  readonly relativeAreaSd: number;
  readonly midFrontalSdMm: number | null;
  readonly relativeScaleSd: number | null;
}

const VIEWS = [
  [0, 12],
  [-3, 28],
  [-15, 18],
  [14, 24],
  [28, 14],
  [-27, 22],
] as const;

/** Also photographed without a word of the focal length, from as far as a phone is held and from where a camera stands. */
const UNTOLD = [
  [-3, 28, 800],
  [14, 24, 1600],
] as const;

export interface HairlineTables {
  readonly hairline: Table;
  readonly intervals: Table;
}

export async function hairlineTables({ stages, run, isQuick, tell }: World): Promise<HairlineTables> {
  const records: HairlineRecord[] = [];
  /** The same photos beside a tape as a hand reads it: intervals allow for its error. */
  const read: HairlineRecord[] = [];
  const untold: HairlineRecord[] = [];
  const hand = seededGenerator(47);
  let refused = 0;
  const groups = groupsOf(stages);
  let seed = 100;
  for (const stage of stages) {
    const measures = trueMeasures(stage.head, ['circumference']);
    const recordOf = async (
      photo: NamedPhoto,
      [yawDeg, pitchDeg]: readonly [number, number],
      tapes: readonly HeadMeasure[],
    ): Promise<HairlineRecord | null> => {
      const plan = await planOf([photo], tapes, run);
      const truth = typeof plan === 'string' ? null : hairlineTruth(stage.head, photo.camera, plan);
      if (typeof plan === 'string' || !truth) return null;
      const { relativeSd, relativeAreaSd } = plan.head;
      const { spread } = plan.photos[0];
      return {
        head: stage.head.name,
        yawDeg,
        pitchDeg,
        relativeSd,
        relativeAreaSd,
        midFrontalSdMm: spread?.checks.find(({ id }) => id === MID_FRONTAL_CHECK)?.sdMm ?? null,
        relativeScaleSd: spread?.relativeScale ?? null,
        ...truth,
      };
    };
    for (const [yawDeg, pitchDeg] of isQuick ? VIEWS.slice(1, 3) : VIEWS) {
      seed++;
      tell(`hairline: ${stage.head.name} ${yawDeg}/${pitchDeg}`);
      const photo = { ...photoOf(stage, yawDeg, pitchDeg, seed), view: 'front' };
      const record = await recordOf(photo, [yawDeg, pitchDeg], measures);
      if (record) records.push(record);
      else refused++;
      const byHand = await recordOf(photo, [yawDeg, pitchDeg], readMeasures(stage.head, ['circumference'], hand));
      if (byHand) read.push(byHand);
    }
    for (const [yawDeg, pitchDeg, distanceMm] of isQuick ? UNTOLD.slice(0, 1) : UNTOLD) {
      tell(`hairline: ${stage.head.name} ${yawDeg}/${pitchDeg}, focal length not told`);
      const photo = photoOf(stage, yawDeg, pitchDeg, seed + distanceMm, distanceMm);
      const record = await recordOf({ ...photo, view: 'front', isFocalUntold: true }, [yawDeg, pitchDeg], measures);
      if (record) untold.push(record);
    }
  }
  return {
    hairline: {
      id: 'hairline',
      title: '4. Hairline of one bowed photo',
      about:
        'Points of the hairline are projected into the picture by the plan and cast onto the true skin by the true camera: what the plan says in mm, minus what is there. Middle: along the skin from the true glabella. Glabella: how far above the true one the plan’s own lies. From it: the error of the middle counted from there, which is scale and shape. Corners: from the line through the corners of the eyes.',
      header: [
        'photos',
        'n',
        'middle, median',
        'size, median',
        '95 % within',
        'glabella',
        'from it',
        'corners, median',
        '95 % within',
        'scale',
        'cap',
        'vertex, mm',
      ],
      rows: [
        ...groups.map(({ title, has }) =>
          rowOf(
            title,
            records.filter(({ head }) => has(head)),
          ),
        ),
        ...groups
          .filter(({ has }) => untold.some(({ head }) => has(head)))
          .map(({ title, has }) =>
            rowOf(
              `${title}, focal length not told`,
              untold.filter(({ head }) => has(head)),
            ),
          ),
        ...[...new Set(records.map(({ head }) => head))]
          .filter((name) => name.startsWith('person'))
          .map((name) =>
            rowOf(
              name,
              records.filter(({ head }) => head === name),
            ),
          ),
      ],
      notes: [
        'Bowed by 10 to 30 degrees, turned by up to 30, the focal length known, the true circumference given. Not told: one photo from 0.8 and one from 1.6 m of each head. No head in it was used to fit the template.',
        'What is graded are the persons: the middle to be within 2 mm in the median and 4 mm in 95 of 100.',
        `Refused: ${refused} of ${refused + records.length}. mm; scale is mm per pixel at the hairline, plan against truth; cap as in table 1.`,
      ],
      records,
    },
    intervals: intervalsTable(read, records, untold, groups),
  };
}

function rowOf(name: string, own: readonly HairlineRecord[]): (string | number)[] {
  const mids = own.map(({ midPlanMm, midTrueMm }) => midPlanMm - midTrueMm);
  const corners = own.flatMap(({ corners }) => corners.map(({ planMm, trueMm }) => planMm - trueMm));
  return [
    name,
    own.length,
    signed(medianOf(mids)),
    plain(medianOf(sizes(mids))),
    plain(quantileOf(sizes(mids), 0.95)),
    signed(medianOf(own.map(({ glabellaUpMm }) => glabellaUpMm))),
    signed(medianOf(own.map(({ midPlanMm, midFromPlansGlabellaMm }) => midPlanMm - midFromPlansGlabellaMm))),
    signed(medianOf(corners)),
    plain(quantileOf(sizes(corners), 0.95)),
    percent(medianOf(own.map(({ mmPerPxPlan, mmPerPxTrue }) => mmPerPxPlan / mmPerPxTrue - 1))),
    percent(medianOf(own.map(({ capPlanMm2, capTrueMm2 }) => capPlanMm2 / capTrueMm2 - 1))),
    signed(medianOf(own.map(({ vertexErrorMm }) => vertexErrorMm))),
  ];
}

function intervalsTable(
  read: readonly HairlineRecord[],
  exact: readonly HairlineRecord[],
  untold: readonly HairlineRecord[],
  groups: readonly Group[],
): Table {
  const holds = (truth: number, value: number, relativeSd: number): boolean => {
    const { low, high } = relativeEstimate(value, relativeSd, '');
    return truth >= low && truth <= high;
  };
  const row = (
    name: string,
    records: readonly HairlineRecord[],
    test: (record: HairlineRecord) => boolean | null,
    halfWidth: (record: HairlineRecord) => number | null,
  ): (string | number)[] => [
    name,
    ...groups.flatMap(({ has }) => {
      const own = records.filter(({ head }) => has(head));
      const judged = own.map(test).filter((held) => held !== null);
      if (judged.length === 0) return ['none', ''];
      return [
        `${plain((100 * judged.filter(Boolean).length) / judged.length, 0)} % of ${judged.length}`,
        percent(medianOf(own.flatMap((record) => halfWidth(record) ?? []))).replace('+', ''),
      ];
    }),
  ];
  const rowsOf = (beside: string, records: readonly HairlineRecord[]): (string | number)[][] => [
    row(
      `area of the cap${beside}`,
      records,
      (r) => holds(r.capTrueMm2, r.capPlanMm2, r.relativeAreaSd),
      (r) => 1.96 * r.relativeAreaSd,
    ),
    row(
      `middle of the hairline, by the spread of the photo${beside}`,
      records,
      (r) => (r.midFrontalSdMm === null ? null : Math.abs(r.midTrueMm - r.midPlanMm) <= 1.96 * r.midFrontalSdMm),
      (r) => r.midFrontalSdMm && (1.96 * r.midFrontalSdMm) / r.midPlanMm,
    ),
    row(
      `mm per pixel at the hairline${beside}`,
      records,
      (r) => (r.relativeScaleSd === null ? null : holds(r.mmPerPxTrue, r.mmPerPxPlan, r.relativeScaleSd)),
      (r) => r.relativeScaleSd && 1.96 * r.relativeScaleSd,
    ),
  ];
  return {
    id: 'intervals',
    title: '5. Whether the intervals hold the truth',
    about:
      'Share of plans of the photos of table 4 whose 95 % interval contains the true value, and half its median width: beside a tape with the error of a hand (3 mm, and stubble), which intervals allow for, and beside an exact one.',
    header: ['quantity', ...groups.flatMap(({ title }) => [title, 'half width'])],
    rows: [...rowsOf('', read), ...rowsOf(', exact tape', exact), ...rowsOf(', focal length not told', untold)],
    notes: [
      'Plans of one head are not independent: a head unlike the template is outside in all its photos.',
      'For their lengths and breadths, heights of these persons spread by 0.84 of those of ANSUR II; intervals allow for 1.1.',
    ],
    records: [],
  };
}
