import { describe, expect, it } from 'vitest';
import type { UsedCard } from '../card/card-reading.ts';
import { defaultCourse } from '../course/plan-course.ts';
import { sessionHours } from '../course/session-hours.ts';
import type { HeadMeasure, HeadScan } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { solveHead } from '../head/solve-head.ts';
import { takeMeasure } from '../head/take-measure.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { REFUSALS } from '../units/refusal.ts';
import { encodeMask } from '../vision/mask-text.ts';
import { cameraNamed, marked, personalPoints } from '../vision/testing/marked-head.ts';
import type { Scene } from '../render/prepare-scene.ts';
import type { PlanDocument, PlanPhoto } from './plan-document.ts';
import type { PlanWarning } from './plan-summary.ts';
import { planWarnings } from './plan-warnings.ts';
import type { RealisedPlan } from './realise-plan.ts';
import { sampleDocument, samplePhoto } from './testing/sample-plan.ts';

/** Of the dots, warnings need only their number, so none are laid. */
const warningsOf = (
  overrides: Partial<PlanDocument> = {},
  hours = [sessionHours(1, { bald: 4000 })],
  hairShare = 0,
  visibleDots = 400,
) =>
  planWarnings(
    { document: sampleDocument(overrides), dots: { count: 1000 } } as RealisedPlan,
    hours,
    new Map([['front', { hairShare, visibleDots } as Scene]]),
  );
const codes = (...args: Parameters<typeof warningsOf>): string[] => warningsOf(...args).map(({ code }) => code);
const mask = (value: number) => ({
  ...encodeMask({ leftPx: 0, topPx: 0, sidePx: 100, size: 4, values: new Uint8Array(16).fill(value) }),
  source: 'suggested' as const,
});
const withPhoto = (overrides: Partial<PlanPhoto>): Partial<PlanDocument> => ({
  photos: [samplePhoto({ hair: mask(0), focalSource: 'exif', ...overrides })],
});

const withCard = (kind: UsedCard['kind'], trust: UsedCard['trust']): { readonly card: UsedCard } => ({
  card: {
    kind,
    trust,
    isMirrored: false,
    cornersPx: [
      [0, 0],
      [60, 0],
      [60, 40],
      [0, 40],
    ],
    matrix: [1, 0, 0, 0, 1, 0, 0, 0, 1],
    before: { mean: 2, most: 4 },
    after: { mean: 1, most: 2 },
    read: 24,
    used: 24,
    patches: [],
  },
});

describe('what is said beside a plan', () => {
  it('doubt a head that nobody has, and say which length is odd; a scan is believed', () => {
    const { head } = sampleDocument();
    const low = { ...head, shape: { ...head.shape, height: 0.65 * head.shape.height } };
    const said = warningsOf({ head: low }).find(({ code }) => code === 'head-unusual');
    expect(said?.text).toMatch(/^The head comes out with a height of \d+ mm, where 118 to 145 are usual[.]/);
    expect(codes()).not.toContain('head-unusual');
    const scan = { sourceName: 'head.glb' } as unknown as HeadScan;
    expect(codes({ head: { ...low, scan } })).not.toContain('head-unusual');
  });

  it('is little for a measured head, bowed, in good light, with no hair', () => {
    expect(codes(withPhoto({}))).toEqual(['template-extent', 'hump-rebuilt', 'hair-must-be-clipped', 'shade-by-eye']);
  });

  it('begins with the scale when nothing was measured', () => {
    const head = solveHead([], null, { sex: 'm', ageYears: 42 });
    expect(codes({ ...withPhoto({}), measures: [], head })[0]).toBe('not-to-scale');
  });

  it('names the mark that the others contradict', () => {
    const random = seededGenerator(3);
    const camera = cameraNamed('left', 1800);
    const names = ['left-tragus', 'left-canthus', 'left-ear-top', 'left-ear-lobe', 'nose-tip', 'vertex'] as const;
    const points = personalPoints(names, sampleDocument().head.shape, random, 0.3);
    const slipped = marked(camera, points, random, 1).map((mark, k) =>
      k === 2 ? { ...mark, yPx: mark.yPx + 80 } : mark,
    );
    const photos = (anchors: typeof slipped): Partial<PlanDocument> => ({
      photos: [...withPhoto({}).photos!, samplePhoto({ view: 'left', placedBy: 'anchors', camera, anchors })],
    });
    const said = warningsOf(photos(slipped)).find(({ code }) => code === 'mark-doubtful')?.text;
    expect(said).toMatch(/^In the left photo left-ear-top \d+ px was marked away from/);
    const two = slipped.map((mark, k) => (k === 5 ? { ...mark, xPx: mark.xPx - 160 } : mark));
    expect(warningsOf(photos(two)).find(({ code }) => code === 'mark-doubtful')?.text).toMatch(
      /^In the left photo (?:vertex|left-ear-top) \d+ px and (?:vertex|left-ear-top) \d+ px were marked away from/,
    );
    expect(codes(photos(marked(camera, points, random, 1)))).not.toContain('mark-doubtful');
  });

  it('says when a photo shows next to nothing of the work', () => {
    const said = warningsOf(withPhoto({}), [sessionHours(1, { bald: 4000 })], 0, 170);
    expect(said.find(({ code }) => code === 'little-seen')?.text).toMatch(
      /17 % of the dots: .* from above or from behind[.]$/,
    );
    expect(codes(withPhoto({}))).not.toContain('little-seen');
  });

  it('asks for clipped sides beside a shaved look, not between hair', () => {
    expect(codes(withPhoto({ hair: mask(255) }))).toContain('sides-must-be-clipped');
    expect(codes({ ...withPhoto({ hair: mask(255) }), presentation: { kind: 'ludwig', stage: 2 } })).not.toContain(
      'sides-must-be-clipped',
    );
    expect(codes(withPhoto({ hair: null }))).toContain('hair-not-marked');
  });

  it('takes a speck of suggested hair for a slip, but believes a speck that was marked', () => {
    const speck = { ...mask(255), sidePx: 40 };
    expect(codes(withPhoto({ hair: speck }))).not.toContain('sides-must-be-clipped');
    expect(codes(withPhoto({ hair: { ...speck, source: 'given' } }))).toContain('sides-must-be-clipped');
  });

  it('names a photo that shows another side than its name promises, first of all', () => {
    expect(codes(withPhoto({ view: 'back' }))[0]).toBe('view-misnamed');
    expect(codes(withPhoto({ view: 'left' }))[0]).toBe('view-misnamed');
    for (const view of ['front', 'front-bowed', 'client']) {
      expect(codes(withPhoto({ view }))).not.toContain('view-misnamed');
    }
  });

  it('names a measure that fits the others badly, and one that was taken twice and differently', () => {
    const taken = (...measures: HeadMeasure[]): readonly PlanWarning[] =>
      warningsOf({ ...withPhoto({}), measures }).filter(({ code }) => /measure-doubtful|repeats-apart/.test(code));
    const girth = takeMeasure('circumference', 575);
    expect(taken(girth, takeMeasure('sagittal', 346))).toEqual([]);
    expect(taken(girth, takeMeasure('sagittal', 390))[0].text).toMatch(/^Sagittal 390 mm: .* foretell 3\d\d/);
    expect(taken(girth, takeMeasure('circumference', 587)).map(({ code }) => code)).toEqual(['repeats-apart']);
    const arcs = [takeMeasure('sagittal', 342), takeMeasure('sagittal', 355)];
    const [twice] = taken(girth, takeMeasure('circumference', 587), ...arcs);
    expect(twice.text).toMatch(/^Circumference was taken as .* Sagittal was taken as 342 and 355 mm/);
  });

  it('names a known distance that everything else contradicts, with what that foretells', () => {
    const distances = [{ fromPx: [600, 400], toPx: [800, 400], mm: 64, sdMm: 0.5 }] as const;
    const told = (valueMm: number) =>
      warningsOf(withPhoto({ distances, distancesForetold: [{ valueMm, sdMm: 2 }] })).filter(
        ({ code }) => code === 'distance-doubtful',
      );
    expect(told(62)).toEqual([]);
    expect(told(57).map(({ text }) => text)).toEqual([
      'In the front photo distance 1 is given as 64 mm: everything else foretells 57 +- 4 mm. Measure it again.',
    ]);
  });

  it('says what a scan did not show, and that nothing confirms it', () => {
    const scan = {
      radii: '',
      landmarks: landmarksOf({ face: 1, width: 1, height: 1, length: 1 }),
      landmarksFrom: 'found',
      unitFrom: 'size',
      filledShare: 0.12,
      isCovered: true,
    } as const;
    const plan = sampleDocument(withPhoto({}));
    const scanned = { ...plan, head: { ...plan.head, scan } };
    const all = ['scan-covered', 'scan-filled', 'scan-unit-guessed', 'scan-landmarks-found'];
    expect(codes(scanned)).toEqual(expect.arrayContaining(all));
    expect(codes(scanned)).not.toContain('scan-unconfirmed');
    expect(codes({ ...scanned, measures: [] })).toContain('scan-unconfirmed');
    const sized = { ...scanned, head: { ...plan.head, scan: { ...scan, unitFrom: 'tape' } } } as const;
    expect(codes(sized)).toContain('scan-sized-by-tape');
    expect(codes(plan).filter((code) => code.startsWith('scan'))).toEqual([]);
  });

  it('says when the photos may show two people, or the scan another one', () => {
    const left = samplePhoto({ view: 'left', apart: 9.1 });
    const apart = { photos: [...withPhoto({ apart: 8.9 }).photos!, left] };
    expect(codes({ photos: [...withPhoto({ apart: 8.9 }).photos!, { ...left, apart: 3 }] })).not.toContain(
      'heads-apart',
    );
    expect(warningsOf(apart).find(({ code }) => code === 'heads-apart')?.text).toMatch(/: left shows a head/);
    const both = { photos: [...withPhoto({ apart: 9.2 }).photos!, left] };
    const ofBoth = warningsOf(both).find(({ code }) => code === 'heads-apart')?.text;
    expect(ofBoth).toMatch(/: front and left show heads of different proportions[.]/);
    const plan = sampleDocument(withPhoto({ outline: { rmsPx: 4, relative: 0.009, raysUsed: 70 } }));
    const scan = {
      radii: '',
      landmarks: landmarksOf({ face: 1, width: 1, height: 1, length: 1 }),
      landmarksFrom: 'given',
      unitFrom: 'given',
      filledShare: 0,
      isCovered: false,
    } as const;
    expect(codes(plan)).not.toContain('scan-beside-photo');
    expect(codes({ ...plan, head: { ...plan.head, scan } })).toContain('scan-beside-photo');
  });

  it('says what the photo cannot show', () => {
    expect(codes(withPhoto({ pitchDeg: 9.9 }))).toContain('view-not-bowed');
    expect(codes(withPhoto({ pitchDeg: 10 }))).not.toContain('view-not-bowed');
    expect(codes(withPhoto({ yawDeg: -30.1 }))).toContain('view-not-bowed');
    expect(codes(withPhoto({ focalSource: 'assumed' }))).toContain('focal-assumed');
    const { colours } = samplePhoto();
    expect(codes(withPhoto({ colours: { ...colours, skinLab: [27.9, 9, 9] } }))).toContain('skin-dim');
    expect(codes(withPhoto({}), undefined, 0.81)).toContain('work-hidden');
    expect(codes(withPhoto({}), undefined, 0.79)).not.toContain('work-hidden');
  });

  it('passes on what the design, the course and the hours ask for', () => {
    expect(codes({ ...withPhoto({}), client: { sex: 'm', ageYears: null } })).toContain('age-unknown');
    const course = defaultCourse(2, null, 'UTC', 'a small area');
    expect(codes({ ...withPhoto({}), course })).toContain('two-sessions');
    const hours = [sessionHours(1, { bald: 2000 }), sessionHours(2, { bald: 60_000 })];
    const long = warningsOf(withPhoto({}), hours).filter(({ code }) => code === 'session-long');
    expect(long).toHaveLength(1);
    expect(long[0].text).toMatch(/^Session 2 takes about \d+(\.\d)? hours/);
  });

  it('names the photos that it speaks of when there are several', () => {
    const photos = ['front', 'left', 'back'].map((view, k) =>
      samplePhoto({ view, hair: mask(0), focalSource: k === 1 ? 'exif' : 'assumed' }),
    );
    const text = (plan: Partial<PlanDocument>, code: string): string | undefined =>
      warningsOf(plan).find((said) => said.code === code)?.text;
    expect(text({ photos }, 'focal-assumed')).toMatch(/^Front and back: The photo does not tell/);
    expect(text(withPhoto({ focalSource: 'assumed' }), 'focal-assumed')).toMatch(/^The photo does not tell/);
    expect(text({ photos }, 'view-misnamed')).toMatch(/given as left .* The photo given as back /);
  });

  it('says which way a head leans, as people do', () => {
    const text = (pitchDeg: number): string | undefined =>
      warningsOf(withPhoto({ pitchDeg })).find(({ code }) => code === 'view-not-bowed')?.text;
    expect(text(-1.2)).toMatch(/^The head is tilted back by 1 degree and turned/);
    expect(text(-0.3)).toMatch(/^The head is bowed by 0 degrees and/);
    expect(text(6)).toMatch(/^The head is bowed by 6 degrees and/);
  });

  it('names no length of a hairline on a head that was not measured', () => {
    const client = { sex: 'm', ageYears: null } as const;
    const head = solveHead([], null, client);
    const low = { ...sampleDocument().hairline, midFrontalAboveGlabellaMm: 55 };
    const said = warningsOf({ ...withPhoto({}), measures: [], head, client, hairline: low });
    const about = said.filter(({ code }) => /age-unknown|hairline-below/.test(code)).map(({ text }) => text);
    expect(about).toHaveLength(2);
    for (const text of about) expect(text).not.toMatch(/\b[cm]m\b/);
  });

  it('says when what was asked of a colour card cannot be had', () => {
    expect(codes({ ...withPhoto({}), isCardLight: true })).toContain('no-card-light');
    expect(codes(withPhoto({}))).not.toContain('no-card-light');
    expect(warningsOf(withPhoto({})).find(({ code }) => code === 'shade-by-eye')?.text).toMatch(
      /^Without a colour card in the photo nothing can be chosen out of a list of pigments: /,
    );
  });

  it('takes a photo without colours for what it is, and not for one in cool light', () => {
    const { colours } = samplePhoto();
    const grey = (skinLab: Colour3, hairLab: Colour3): string[] =>
      codes(withPhoto({ colours: { ...colours, skinLab, hairLab } }));
    expect(grey([70, 0, 0], [30, 0.1, -0.1])).toContain('photo-grey');
    expect(grey([70, 0, 0], [30, 0.1, -0.1])).not.toContain('light-cool');
    expect(grey([70, 3, 4], [30, 0.1, -0.1])).not.toContain('photo-grey');
    expect(grey([70, 0, 0], [30, 4, 3])).not.toContain('photo-grey');
  });

  it('says when the values of a printed card were given and no photo has that card', () => {
    const text = (plan: Partial<PlanDocument>): string | undefined =>
      warningsOf(plan).find(({ code }) => code === 'card-values-unused')?.text;
    const { card: used } = withCard('classic-24', 'published');
    const printed = withCard('stipple-1', 'read');
    const broken = { card: { kind: 'stipple-1', fault: 'glare' } } as const;
    expect(text({ ...withPhoto({}), isOwnCardRead: true })).toMatch(
      /^The values of the printed card changed nothing: no colour card is seen in the front photo[.] Hold the printed card/,
    );
    const photos = ['front', 'top'].map((view) => samplePhoto({ view, hair: mask(0) }));
    expect(text({ photos, isOwnCardRead: true })).toMatch(/is seen in any of the photos [(]front, top[)][.] Hold/);
    expect(text({ ...withPhoto({ card: used }), isOwnCardRead: true })).toMatch(
      /^The values of the printed card changed nothing: the card in the front photo is a ColorChecker[.] Hold/,
    );
    expect(text({ ...withPhoto(printed), isOwnCardRead: true })).toBeUndefined();
    expect(text(withPhoto({}))).toBeUndefined();
    // What is wrong with a card that is seen is said already, with what to do.
    expect(text({ ...withPhoto(broken), isOwnCardRead: true })).toBeUndefined();
    expect(codes({ ...withPhoto(broken), isOwnCardRead: true })).toContain('card-unusable');
  });

  it('says each thing once, in full sentences, under codes that are no refusals', () => {
    const photos = ['front', 'top'].map((view) => samplePhoto({ view, hair: mask(255), pitchDeg: 2 }));
    const said = warningsOf({ photos, measures: [], head: solveHead([], null, { sex: 'm', ageYears: null }) });
    expect(new Set(said.map(({ code }) => code)).size).toBe(said.length);
    for (const { code, text } of said) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*$/);
      expect(text).toMatch(/^[A-Z].*[.]$/);
      expect(code in REFUSALS).toBe(false);
    }
  });
});
