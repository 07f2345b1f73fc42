import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import { headOf } from '../head/head-of.ts';
import { populationShape } from '../head/solve-head.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { createScalpField } from './create-scalp-field.ts';
import { designDensity } from './design-density.ts';
import { designHairline } from './design-hairline.ts';
import { hairlinePoints } from './hairline-points.ts';
import { EditedScalp } from './edited-scalp.ts';
import type { HairlineDesign, Presentation, ScalpDesign } from './scalp-design.ts';
import { newScalpSamples } from './scalp-field.ts';
import type { ScalpField, ScalpSamples, Touched } from './scalp-field.ts';
import { cornerOf } from './skin-grid.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const landmarks = ellipsoidLandmarks();
const usual = designHairline(head, landmarks, { sex: 'm', ageYears: 40 }, 7);
const random = seededGenerator(2);
const skin = Array.from({ length: 30_000 }, () =>
  onSkin(head, [random() * 2 - 1, random() * 1.6 - 0.6, random() * 2 - 1]),
);
const xyz = Float64Array.from(skin.flat());
const AVERAGE = { ...populationShape({ sex: 'm', ageYears: 42 }), face: 1 };
/** A dot farther from all denser work stands by itself. */
const NEAR_BODY_MM = 10;
/** Farther to the side than the corners of a hairline. */
const TEMPLE_X_MM = 55;
/** Along the drawn line work ends so much higher than behind it: by 2 and 4 mm, and not at all where it ends in a bag. */
const NEAR_LINE_MM = 8;
const LEAST_TAPER_MM = 1.5;
const TABLES = ['densityPerCm2', 'coverage', 'zoneIndex', 'edgeMm', 'strength'] as const;

const sampled = (field: ScalpField): ScalpSamples => {
  const out = newScalpSamples(skin.length);
  field.sample(xyz, skin.length, out);
  return out;
};
const sampledAt = (field: ScalpField, places: readonly Vec3[]): ScalpSamples => {
  const out = newScalpSamples(places.length);
  field.sample(places.flat(), places.length, out);
  return out;
};
const designed = (presentation: Presentation, hairline = usual): ScalpDesign => ({
  presentation,
  hairline,
  usualHairline: usual,
  density: designDensity(3),
  layout: 2,
});
const with1 = (line: HairlineDesign, k: number, by: Vec3): HairlineDesign => ({
  ...line,
  controlsMm: line.controlsMm.map((p, i) => (i === k ? onSkin(head, [p[0] + by[0], p[1] + by[1], p[2] + by[2]]) : p)),
});
const isWithin = ([x, y, z]: Vec3, touched: readonly Touched[]): boolean =>
  touched.some(({ centreMm: [a, b, c], radiusMm, corners }) => {
    const d = Math.hypot(x - a, y - b, z - c);
    return d <= radiusMm && (!corners || corners[cornerOf(x, y, z)] > 0);
  });

const KINDS: readonly Presentation[] = [
  { kind: 'norwood', stage: 3 },
  { kind: 'norwood', stage: 7, hump: 'respected' },
  { kind: 'ludwig', stage: 2 },
  { kind: 'full' },
  { kind: 'hairline' },
];

describe('EditedScalp', () => {
  it.each(KINDS)('has after any drawing the bits of a design from nothing, and says where they differ: %j', (kind) => {
    const scalp = new EditedScalp(head, landmarks, designed(kind), 7);
    let line = usual;
    for (let n = 0; n < 8; n++) {
      const before = sampled(scalp.field);
      const k = Math.floor(random() * line.controlsMm.length);
      line = n === 6 ? { ...line, transitionMm: 6 } : with1(line, k, [random() - 0.5, random() - 0.5, 0]);
      const touched = scalp.draw(line);
      const after = sampled(scalp.field);
      const whole = createScalpField(head, landmarks, designed(kind, line), 7);
      expect(scalp.field.zones).toEqual(whole.zones);
      const fresh = sampled(whole);
      for (const table of TABLES) {
        for (let i = 0; i < skin.length; i++) {
          // How far the edge is where nothing is wanted is of no account.
          const isWanted = before.densityPerCm2[i] > 0 || after.densityPerCm2[i] > 0 || fresh.densityPerCm2[i] > 0;
          if (table === 'edgeMm' && !isWanted) continue;
          if (after[table][i] !== fresh[table][i]) expect.fail(`edit ${n}: ${table} is not the one from nothing`);
          if (after[table][i] !== before[table][i] && !isWithin(skin[i], touched))
            expect.fail(`edit ${n}: ${table} changed where it was not said to`);
        }
      }
    }
  });

  it('touches a few cm2 about a point that is moved by half a millimetre, and nothing when none is', () => {
    const scalp = new EditedScalp(head, landmarks, designed({ kind: 'full' }), 7);
    expect(scalp.draw(usual)).toEqual([]);
    const touched = scalp.draw(with1(usual, 8, [0, -0.5, 0]));
    const share = skin.filter((p) => isWithin(p, touched)).length / skin.length;
    expect(share).toBeGreaterThan(0.01);
    expect(share).toBeLessThan(0.06);
    const { centreMm } = touched[0];
    expect(Math.hypot(...[0, 1, 2].map((c) => centreMm[c] - usual.controlsMm[8][c]))).toBeLessThan(30);
  });

  it.each([3, 4, 5, 6, 7] as const)('asks for no lone dots before the temples of a Norwood %i', (stage) => {
    const { map, landmarks: named } = headOf({ shape: AVERAGE, scan: null, faceTiltDeg: 0 });
    const hairline = designHairline(map, named, { sex: 'm', ageYears: 42 }, 7);
    const design = { ...designed({ kind: 'norwood', stage }, hairline), usualHairline: hairline };
    const places = skin.map((p) => onSkin(map, p));
    const samples = newScalpSamples(places.length);
    createScalpField(map, named, design, 7).sample(Float64Array.from(places.flat()), places.length, samples);
    const { densityPerCm2 } = samples;
    const full = design.density.fullPerCm2;
    const bodies = places.filter((_, i) => densityPerCm2[i] > 0.35 * full);
    const isAside = (p: Vec3): boolean => p[2] > 0 && !bodies.some((q) => distance(p, q) < NEAR_BODY_MM);
    const lone = places.filter((p, i) => densityPerCm2[i] > 0.03 * full && isAside(p));
    expect(lone.length).toBeLessThan(10);
    // However little is asked for, over many cm2 some dot answers.
    const asked = places.filter((p, i) => densityPerCm2[i] > 0 && Math.abs(p[0]) > TEMPLE_X_MM && isAside(p));
    expect(asked.length).toBeLessThan(70);
  });

  it.each([6, 7] as const)('runs back to the hair below the temple of a Norwood %i, and ends in no bag', (stage) => {
    const { map, landmarks: named } = headOf({ shape: AVERAGE, scan: null, faceTiltDeg: 0 });
    const hairline = designHairline(map, named, { sex: 'm', ageYears: 42 }, 7);
    const design = { ...designed({ kind: 'norwood', stage }, hairline), usualHairline: hairline };
    const places = skin.map((p) => onSkin(map, p)).filter(([x, , z]) => x > 0 && z > 0);
    const { densityPerCm2 } = sampledAt(createScalpField(map, named, design, 7), places);
    // How far behind the line as it is drawn.
    const { edgeMm } = sampledAt(createScalpField(map, named, { ...design, layout: 1 }, 7), places);
    const lowest = (isThere: (behindMm: number) => boolean): number =>
      places.reduce(
        (low, [, y], i) =>
          densityPerCm2[i] > 0.3 * design.density.fullPerCm2 && isThere(edgeMm[i]) ? Math.min(low, y) : low,
        Infinity,
      );
    expect(lowest((mm) => mm < NEAR_LINE_MM) - lowest((mm) => mm > NEAR_LINE_MM)).toBeGreaterThan(LEAST_TAPER_MM);
  });

  it('waves no more below the temple of a Norwood 6 than the line does', () => {
    const { map, landmarks: named } = headOf({ shape: AVERAGE, scan: null, faceTiltDeg: 0 });
    const hairline = designHairline(map, named, { sex: 'm', ageYears: 42 }, 7);
    const { leftCorner } = hairlinePoints(map, hairline, 7);
    const places = skin.map((p) => onSkin(map, p)).filter(([x, y]) => x > 0 && y < leftCorner[1]);
    const [straight, waved] = [0, hairline.macroAmplitudeMm].map((macroAmplitudeMm) => {
      const drawn = { ...hairline, macroAmplitudeMm, microJitterMm: 0 };
      const design = { ...designed({ kind: 'norwood', stage: 6 }, drawn), usualHairline: drawn };
      return sampledAt(createScalpField(map, named, design, 7), places).edgeMm;
    });
    const furthest = places.reduce((most, _, i) => Math.max(most, Math.abs(waved[i] - straight[i])), 0);
    expect(furthest).toBeLessThan(hairline.macroAmplitudeMm);
  });

  it('works a temple as far forward as it is drawn', () => {
    const forward = {
      ...usual,
      controlsMm: usual.controlsMm.map((p, k) => (k > 11 && k < 15 ? onSkin(head, [p[0], p[1], p[2] + 25]) : p)),
    };
    const [kept, drawn] = [usual, forward].map((line) => {
      const { densityPerCm2 } = sampled(
        createScalpField(head, landmarks, designed({ kind: 'norwood', stage: 5 }, line), 7),
      );
      return skin.reduce(
        (sum, [x, y], i) => sum + (x > 40 && y < usual.controlsMm[11][1] - 8 ? densityPerCm2[i] : 0),
        0,
      );
    });
    expect(drawn).toBeGreaterThan(2 * kept);
  });

  it('asks for nearly as much as the first way does, and leaves the receded hair where it is', () => {
    for (const kind of KINDS) {
      // The first way leaves lone dots before temples that are kept.
      const same = kind.kind === 'norwood' ? ({ ...kind, temples: 'rebuilt' } as const) : kind;
      const [first, second] = [1, 2].map((layout) =>
        sampled(createScalpField(head, landmarks, { ...designed(same), layout: layout as 1 | 2 }, 7)),
      );
      const sum = ({ densityPerCm2 }: ScalpSamples): number => densityPerCm2.reduce((a, b) => a + b, 0);
      expect(Math.abs(sum(second) / sum(first) - 1)).toBeLessThan(0.03);
    }
    const scalp = new EditedScalp(head, landmarks, designed({ kind: 'norwood', stage: 5 }), 7);
    const before = sampled(scalp.field);
    scalp.draw({ ...usual, controlsMm: usual.controlsMm.map(([x, y, z]) => onSkin(head, [x, y - 4, z])) });
    const after = sampled(scalp.field);
    skin.forEach(([, , z], i) => {
      if (z < -20 && after.densityPerCm2[i] !== before.densityPerCm2[i]) expect.fail('the back of the head changed');
    });
  });
});
