/** One field of a good plan edited by hand: each is refused by name, and soon. */
import { describe, expect, it } from 'vitest';
import { buildHead } from '@stipple/core/head/build-head.ts';
import { onSkin } from '@stipple/core/head/head-map.ts';
import { takeMeasure } from '@stipple/core/head/take-measure.ts';
import { sampleDocument } from '@stipple/core/plan/testing/sample-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import type { Mat3, Vec3 } from '@stipple/core/vec/mat3.ts';
import { verdictOn } from '@stipple/core/units/testing/verdict-on.ts';
import { parsePlan } from './parse-plan.ts';
import { planText } from './plan-text.ts';

const good = sampleDocument();
const text = planText(good);
const { controlsMm } = good.hairline;
const { camera, person } = good.photos[0];

type Json = Record<string | number, unknown>;

/** The text with the value at 'photos.0.camera.f' replaced. */
function edited(path: string, value: unknown): string {
  const document = JSON.parse(text) as Json;
  const steps = path.split('.');
  let at = document;
  for (const step of steps.slice(0, -1)) at = at[step] as Json;
  at[steps.at(-1)!] = value;
  return JSON.stringify(document);
}

/** The code, and of what the schema says only the place. */
function refusalOf(of: string): readonly [code: string, place: string | null] {
  const [code, detail] = verdictOn(() => parsePlan(of));
  return [code, detail?.split(/ (?:must|is missing|is not a field|belongs)/, 1)[0] ?? null];
}

const random = seededGenerator(3);
const wild = (count: number): Vec3[] =>
  Array.from({ length: count }, () => [0, 1, 2].map(() => 2000 * (random() - 0.5)) as unknown as Vec3);
const shuffled = [...controlsMm].sort(() => random() - 0.5);
const mirrored = camera.R.map((value, k) => (k < 3 ? -value : value)) as unknown as Mat3;
/** The same head seen from behind: a good rotation at a good distance, and every dot on the far side. */
const behind = camera.R.map((value, k) => (k % 3 === 1 ? value : -value)) as unknown as Mat3;

/** A tape over the hairline, to be read. */
const TAPE = { kind: 'tape', view: 'front', fromMm: controlsMm[4], toMm: controlsMm[9], sdMm: 2.5 } as const;

const within = (outlineMm: readonly Vec3[]) => ({ kind: 'area', view: 'front', outlineMm, relativeSd: 0.05 });

/** A star whose triangles are many thousands each. */
function spikes(): Vec3[] {
  const head = buildHead(good.head.shape);
  return Array.from({ length: 200 }, (_, k): Vec3 => {
    const [turn, out] = [(2 * Math.PI * k) / 200, k % 2 ? 5 : 0.02];
    return onSkin(head, [out * Math.cos(turn), 1, out * Math.sin(turn)]);
  });
}

const controls = 'hairline.controlsMm';
const photo = (field: string): string => `photos.0.${field}`;
const CASES: readonly (readonly [what: string, path: string, value: unknown, code?: string])[] = [
  ['more distances foretold than are known', photo('distancesForetold'), [{ valueMm: 57, sdMm: 2 }]],
  ['hundreds of wild points', controls, wild(1000)],
  ['a hundred wild points', controls, wild(100)],
  ['a few wild points', controls, wild(17)],
  ['the hairline from left to right', controls, controlsMm.toReversed()],
  ['the hairline shuffled', controls, shuffled],
  ['two points of it swapped', controls, controlsMm.with(5, controlsMm[6]).with(6, controlsMm[5])],
  ['all its points in one', controls, controlsMm.map(() => controlsMm[8])],
  ['all its points in the origin', controls, controlsMm.map(() => [0, 0, 0])],
  ['the hairline below the head', controls, controlsMm.map(([x, y, z]) => [x, y - 250, z])],
  ['the hairline behind the head', controls, controlsMm.map(([x, y, z]) => [x, y, -z])],
  ['the hairline a kilometre away', controls, controlsMm.map(() => [1000, -1000, 1000])],
  ['one point lifted off the skin', controls, controlsMm.with(4, controlsMm[4].map((v) => 1.1 * v) as never)],
  ['the hairline round the back of the head', controls, roundTheBack()],
  ['half a hairline', controls, controlsMm.slice(0, 9)],
  ['a hairline that zigzags', controls, zigzag()],
  ['another height of the hairline', 'hairline.midFrontalAboveGlabellaMm', 70],
  ['no height of the hairline', 'hairline.midFrontalAboveGlabellaMm', 0],
  ['a height beyond the head', 'hairline.midFrontalAboveGlabellaMm', 300],
  ['a height at the crown', 'hairline.midFrontalAboveGlabellaMm', 150],
  ['an edge without a ramp', 'hairline.transitionMm', 0],
  ['a wave of hairs', 'hairline.macroWavelengthMm', 0.1],
  ['a blur of a whole head', photo('quality.blurPx'), 1000],
  ['pixels a tenth of a micron wide', photo('quality.mmPerPxAtHairline'), 0.0001],
  ['pixels twice as wide as the camera says', photo('quality.mmPerPxAtHairline'), 0.5],
  ['a client who is not of age', 'client.ageYears', 17],
  ['a client as old as nobody', 'client.ageYears', 101],
  ['more dots than there are', 'density.fullPerCm2', 1000],
  ['no dots', 'density.fullPerCm2', 0],
  ['dots as coins', 'density.dotDiameterMm', 2],
  ['shares that rest', 'density.sessionShares', [0.5, 0.5, 1]],
  ['shares that start with nothing', 'density.sessionShares', [0, 0, 1]],
  ['dots more even than any', 'unevenness', 0.0799],
  ['dots more uneven than any', 'unevenness', 0.1501],
  ['no evenness at all', 'unevenness', null],
  ['evenness in words', 'unevenness', '0.1'],
  ['nothing that makes it fade', 'fading', []],
  ['what nobody knows of to make it fade', 'fading', ['moon']],
  ['one thing that makes it fade, twice', 'fading', ['smoker', 'smoker']],
  ['skin of two kinds', 'fading', ['oily-skin', 'dry-flaky-skin']],
  ['no readings, said', 'readings', []],
  ['a reading of no photo', 'readings', [{ ...TAPE, view: 'top' }]],
  ['a tape through the air', 'readings', [{ ...TAPE, toMm: [0, 300, 0] }]],
  ['a tape that is surely right', 'readings', [{ ...TAPE, sdMm: 0 }]],
  ['a tape from the middle of the head', 'readings', [{ ...TAPE, fromMm: [0, 0, 0] }]],
  ['an area from the middle of the head', 'readings', [within([[0, 0, 0], controlsMm[4], controlsMm[9]])]],
  ['areas of nothing but spikes', 'readings', Array(40).fill(within(spikes()))],
  ['a giant', 'head.shape', { face: 3, width: 3, height: 3, length: 3 }],
  ['a giant within the schema', 'head.shape', { face: 2.4, width: 1, height: 1, length: 1 }],
  ['a plank', 'head.shape', { face: 3, width: 0.3, height: 3, length: 0.3 }],
  ['a plank within the schema', 'head.shape', { face: 2, width: 0.5, height: 2, length: 0.5 }],
  ['a head larger than its measures', 'head.shape.face', 1.2 * good.head.shape.face],
  ['unmeasured with measures', 'head.isMeasured', false],
  ['a scale from nowhere', 'head.scaleSource', 'laser'],
  ['a measure without error', 'measures.0.sdMm', 0],
  ['no photo size at all', photo('widthPx'), 1],
  ['more pixels than are opened', photo('heightPx'), 60_000],
  ['a camera without a direction', photo('camera.R'), camera.R.map(() => 0)],
  ['a camera of ones', photo('camera.R'), camera.R.map(() => 1)],
  ['a mirrored camera', photo('camera.R'), mirrored],
  ['a camera behind the head', photo('camera.R'), behind],
  ['a camera upside down', photo('camera.R'), camera.R.map((value, k) => (k < 6 ? -value : value))],
  ['a camera skewed a little', photo('camera.R.0'), camera.R[0] - 1e-4],
  ['a camera that turns otherwise than its angles', photo('yawDeg'), -30],
  ['no focal length', photo('camera.f'), 1],
  ['a microscope', photo('camera.f'), 400_000],
  ['a camera in the head', photo('camera.t'), [0, 0, 0]],
  ['a head behind the camera', photo('camera.t'), [0, 0, -1500]],
  ['a head beside the photo', photo('camera.cx'), 1e5],
  ['a head below the photo', photo('camera.cy'), 4000],
  ['a mask beside the head', photo('person.leftPx'), 5000],
  ['a mask with text behind it', photo('person.runs'), `${person.runs} and more`],
  ['a mask with a tail in a run', photo('person.runs'), person.runs.replace(',', '!,')],
  ['a mask in capitals', photo('person.runs'), person.runs.toUpperCase()],
  ['a colour that is not its light', photo('colours.skinLab'), [10, 0, 0]],
  ['hair that is not its light', photo('colours.hairLab'), [90, 0, 0]],
  ['a zone that is none', 'course.timeZone', 'Foo/Bar'],
  ['an offset for a zone', 'course.timeZone', 'GMT+5'],
  ['a zone with a tail', 'course.timeZone', 'Europe/Berlin/'],
  ['preparation before the calendar begins', 'course.start', '1900-01-01', 'date-impossible'],
  ['a review after the calendar ends', 'course.start', '2199-11-20', 'date-impossible'],
  ['a newer engine', 'engine', '99.0.0', 'document-newer'],
  ['a newer minor version', 'engine', '0.3.0', 'document-newer'],
  ['no engine', 'engine', 'latest'],
  ['half an engine', 'engine', '0.1'],
  ['a calibration of the future', 'pigment.calibration', 'colour-cards-9', 'document-newer'],
  ['a formula for a shade', 'pigment.shade', "=cmd|' /C calc'!A0"],
  ['a sum for a shade', 'pigment.shade', '+1+1'],
  ['a shade over two lines', 'pigment.shade', 'grey\n=1+1'],
];

describe('a plan edited by hand', () => {
  for (const [what, path, value, code = 'document-invalid'] of CASES) {
    it(`is refused for ${what}`, () => {
      const start = performance.now();
      const [refused, detail] = refusalOf(edited(path, value));
      expect(refused).toBe(code);
      if (path === controls) expect(detail).toBe(controls);
      else if (code === 'document-invalid') expect(detail).toMatch(new RegExp(`^${path.split('.', 1)[0]}\\b`));
      expect(performance.now() - start).toBeLessThan(1000);
    });
  }

  it('is refused for measures that are not those of its head', () => {
    expect(refusalOf(edited('measures', []))).toEqual(['document-invalid', 'head.isMeasured']);
    for (const other of [
      [takeMeasure('circumference', 760)],
      [takeMeasure('length', 225), takeMeasure('breadth', 155)],
    ])
      expect(refusalOf(edited('measures', other))).toEqual(['document-invalid', 'head.shape']);
  });

  it('may say how unevenly its dots lie, unless it is laid out as 0.1 did', () => {
    const put = (fields: object) => refusalOf(JSON.stringify({ ...good, ...fields }));
    for (const unevenness of [0.08, 0.1234, 0.15]) expect(put({ unevenness })[0]).toBe('accepted');
    expect(put({ fading: ['oily-skin', 'scar'], readings: [TAPE] })[0]).toBe('accepted');
    const { layout: _, ...unsaid } = good;
    expect(refusalOf(JSON.stringify(unsaid))[0]).toBe('accepted');
    for (const old of [
      { ...unsaid, unevenness: 0.1 },
      { ...good, layout: 1, unevenness: 0.1 },
    ])
      expect(refusalOf(JSON.stringify(old))).toEqual(['document-invalid', 'unevenness']);
  });

  it('is refused when several fields agree in what cannot be', () => {
    const put = (fields: Readonly<Record<string, unknown>>): readonly [string, string | null] =>
      refusalOf(JSON.stringify({ ...good, photos: [{ ...good.photos[0], ...fields }] }));
    const [at] = good.photos;
    // Where the mid-frontal point's scale follows the camera, only the distance gives it away.
    const depthMm = at.quality.mmPerPxAtHairline * camera.f - camera.t[2];
    const near = (distanceMm: number, f: number) => ({
      camera: { ...camera, f, t: [0, 0, distanceMm] },
      quality: { ...at.quality, mmPerPxAtHairline: (distanceMm + depthMm) / f },
    });
    expect(put(near(1500, camera.f))[0]).toBe('accepted');
    expect(put(near(190, 700))).toEqual(['document-invalid', 'photos[0].camera.t']);
    expect(put(near(1500, 400))).toEqual(['document-invalid', 'photos[0].camera.f']);
    const wide = { ...person, leftPx: -50_000, topPx: -50_000, sidePx: 100_000 };
    expect(put({ camera: { ...camera, cx: 9000 }, person: wide })).toEqual(['document-invalid', 'photos[0].camera']);
    const black = { ...at.colours, skin: [0, 0, 0], skinLab: [0, 0, 0] };
    expect(put({ colours: black })).toEqual(['document-invalid', 'photos[0].colours.skin']);
    const head = { ...sampleDocument({ measures: [] }).head, shape: { face: 1.5, width: 1, height: 1, length: 1 } };
    const giant = planText(sampleDocument({ measures: [], head }));
    expect(refusalOf(giant)).toEqual(['document-invalid', 'head.shape']);
  });

  it('is refused for four sessions of which one does all', () => {
    const four = sampleDocument({ course: { ...good.course, sessions: 4, gapsDays: [14, 28, 28] } });
    expect(refusalOf(planText(four))[0]).toBe('accepted');
    const shares = { ...four, density: { ...four.density, sessionShares: [0, 0, 0, 1] } };
    expect(refusalOf(JSON.stringify(shares))).toEqual(['document-invalid', 'density.sessionShares']);
  });

  it('names the field that is wrong', () => {
    expect(refusalOf(edited(controls, shuffled))[1]).toBe('hairline.controlsMm');
    expect(refusalOf(edited(photo('camera.R'), mirrored))[1]).toBe('photos[0].camera.R');
    expect(refusalOf(edited('pigment.shade', '=1'))[1]).toBe('pigment.shade');
  });

  it('is refused soon when it is nothing but depth, or keys that nobody knows', () => {
    const deep = `${'['.repeat(1_900_000)}${']'.repeat(1_900_000)}`;
    const keys = Array.from({ length: 300_000 }, (_, k) => `"k${k}":0`).join(',');
    for (const hostile of [
      deep,
      text.replace('"measures": [', `"measures": [${deep},`),
      text.replace('{', `{${keys},`),
      text.replace('"camera": {', `"camera": {${keys},`),
    ]) {
      // Of the processor: how busy the machine is besides says nothing of the reader.
      const before = process.cpuUsage();
      expect(refusalOf(hostile)[0]).toBe('document-invalid');
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1e6).toBeLessThan(2.5);
    }
  });
});

describe('a plan as Stipple writes it', () => {
  it('is read for every presentation, client and number of sessions', () => {
    const presentations: PlanDocument['presentation'][] = [
      ...([1, 2, 3, 4, 5, 6, 7] as const).map((stage) => ({ kind: 'norwood' as const, stage })),
      ...([1, 2, 3] as const).map((stage) => ({ kind: 'ludwig' as const, stage })),
      { kind: 'full' },
      { kind: 'hairline' },
    ];
    presentations.forEach((presentation, k) => {
      const client = { sex: k % 2 ? ('f' as const) : ('m' as const), ageYears: k % 3 ? 20 + 5 * k : null };
      const written = planText(sampleDocument({ presentation, client, seed: k, measures: [] }));
      expect([presentation, refusalOf(written)]).toEqual([presentation, ['accepted', null]]);
    });
  });

  it('is read for the smallest and largest heads that tapes may measure', () => {
    for (const measures of [
      [takeMeasure('circumference', 500)],
      [takeMeasure('circumference', 650)],
      [takeMeasure('sagittal', 280)],
      [takeMeasure('coronal', 410)],
      [takeMeasure('breadth', 130), takeMeasure('length', 200)],
      [takeMeasure('breadth', 172), takeMeasure('length', 185)],
    ]) {
      for (const sex of ['m', 'f'] as const) {
        const written = planText(sampleDocument({ measures, client: { sex, ageYears: 33 } }));
        expect([measures, refusalOf(written)]).toEqual([measures, ['accepted', null]]);
      }
    }
  });

  it('is read in any zone that has rules, and from a version that only mended faults', () => {
    for (const zone of ['UTC', 'Etc/GMT+5', 'America/Argentina/Buenos_Aires', 'Asia/Kolkata']) {
      expect(refusalOf(edited('course.timeZone', zone))[0]).toBe('accepted');
    }
    for (const engine of ['0.2.7', '0.1.7', '0.0.9', '0.2.0-rc.1', '0.2.0+build.5']) {
      expect([engine, refusalOf(edited('engine', engine))[0]]).toEqual([engine, 'accepted']);
    }
    expect(refusalOf(edited('pigment.shade', 'Grau 3/4, 50 % (kühl)'))[0]).toBe('accepted');
  });
});

/** On the skin and in the right order, each far in front of or behind the one before. */
function zigzag(): Vec3[] {
  const head = buildHead(good.head.shape);
  return Array.from({ length: 64 }, (_, k) => {
    const side = (k - 31.5) / 20;
    return onSkin(head, k % 2 ? [side, 1, 0.2] : [side, 0.75, 0.75]);
  });
}

/** From the ears behind the head to the right place on the midline, in order and without a leap. */
function roundTheBack(): Vec3[] {
  const head = buildHead(good.head.shape);
  const half: Vec3[] = [
    [1, 0.3, -0.2],
    [1, 0.9, -1.1],
    [0.5, 1, -0.5],
    [0.25, 1, 0.2],
  ];
  const left = half.toReversed().map((p) => onSkin(head, p));
  return [...left.map(([x, y, z]): Vec3 => [-x, y, z]).toReversed(), controlsMm[8], ...left];
}
