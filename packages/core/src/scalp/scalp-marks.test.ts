import { describe, expect, it } from 'vitest';
import { directionOf, onSkin } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { createScalpField } from './create-scalp-field.ts';
import { designDensity } from './design-density.ts';
import { designHairline } from './design-hairline.ts';
import { designWhorl } from './design-whorl.ts';
import { crownCentre } from './hair-extent.ts';
import { measureZones } from './measure-zones.ts';
import type { ZoneMeasure } from './measure-zones.ts';
import { presetMarks } from './preset-marks.ts';
import type { Point, Presentation, ScalpMark } from './scalp-design.ts';
import { newScalpSamples } from './scalp-field.ts';
import type { ScalpField, ScalpSamples } from './scalp-field.ts';
import { walkTowards } from './skin-curve.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const landmarks = ellipsoidLandmarks();
const hairline = designHairline(head, landmarks, { sex: 'm', ageYears: 42 }, 7);
const NORWOOD_6: Presentation = { kind: 'norwood', stage: 6 };

const field = (presentation: Presentation, marks?: readonly ScalpMark[], seed = 7): ScalpField =>
  createScalpField(head, landmarks, { presentation, hairline, density: designDensity(3), marks }, seed);
const measured = (f: ScalpField): Record<string, ZoneMeasure> =>
  Object.fromEntries(measureZones(head, f, 450).map((zone) => [zone.id, zone]));
const areaOf = (f: ScalpField): number => measureZones(head, f, 300).reduce((sum, { areaCm2 }) => sum + areaCm2, 0);
const dotsOf = (f: ScalpField): number =>
  measureZones(head, f, 300).reduce((sum, { expectedDots }) => sum + expectedDots, 0);

function sampled(f: ScalpField, points: readonly Vec3[]): ScalpSamples {
  const out = newScalpSamples(points.length);
  f.sample(points.flat(), points.length, out);
  return out;
}

const random = seededGenerator(11);
const skin: readonly Vec3[] = Array.from({ length: 5000 }, () =>
  onSkin(head, directionOf(2 * random() - 1, 2 * random() - 1)),
);
/** A disc of `radiusMm` about the skin point in the direction of `p`. */
function disc(p: Vec3, radiusMm: number, points = 10): Point[] {
  const centre = onSkin(head, p);
  return Array.from({ length: points }, (_, i) => {
    const a = (2 * Math.PI * i) / points;
    const aside: Vec3 = Math.abs(centre[1]) > 60 ? [Math.cos(a), 0, Math.sin(a)] : [Math.cos(a), Math.sin(a), 0];
    const towards: Vec3 = [centre[0] + 60 * aside[0], centre[1] + 60 * aside[1], centre[2] + 60 * aside[2]];
    return walkTowards(head, centre, towards, radiusMm);
  });
}
const mole = (p: Vec3, radiusMm = 2): ScalpMark => ({
  kind: 'keep-out',
  what: 'mole',
  centreMm: onSkin(head, p),
  radiusMm,
  marginMm: 5,
});

describe('scars', () => {
  it('fills a strip scar of 22 cm and 5 mm on each side: about 26 cm2, 2 to 5 of them scar', () => {
    const { scar, 'scar-blend': blend } = measured(field({ kind: 'fut-scar' }));
    expect(scar.areaCm2).toBeGreaterThan(2);
    expect(scar.areaCm2).toBeLessThan(5);
    expect(scar.areaCm2 + blend.areaCm2).toBeGreaterThan(23);
    expect(scar.areaCm2 + blend.areaCm2).toBeLessThan(30);
    // As dense on the scar as on bald skin, a part of it between the hair beside it.
    expect(scar.expectedDots / scar.areaCm2).toBeGreaterThan(70);
    expect(blend.expectedDots / blend.areaCm2).toBeGreaterThan(20);
    expect(blend.expectedDots / blend.areaCm2).toBeLessThan(45);
  });

  it('follows a drawn line and its width, and leaves the usual one away', () => {
    const lineMm = [
      [60, 30, -60],
      [30, 25, -85],
      [0, 25, -95],
      [-20, 30, -90],
    ].map(([x, y, z]) => onSkin(head, [x, y, z]));
    const of = (widthMm: number): Record<string, ZoneMeasure> =>
      measured(field({ kind: 'fut-scar' }, [{ kind: 'fut-scar', lineMm, widthMm }]));
    const lengthMm = lineMm.slice(1).reduce((sum, p, i) => sum + distance(p, lineMm[i]), 0);
    expect(of(6).scar.areaCm2).toBeGreaterThan(0.8 * ((lengthMm * 6) / 100));
    expect(of(6).scar.areaCm2).toBeLessThan(1.3 * ((lengthMm * 6) / 100));
    expect(of(3).scar.areaCm2).toBeLessThan(0.65 * of(6).scar.areaCm2);
    // Nothing where only the usual strip would run.
    const far = onSkin(head, [-75, 30, -20]);
    expect(sampled(field({ kind: 'fut-scar' }), [far]).densityPerCm2[0]).toBeGreaterThanOrEqual(0);
    expect(
      sampled(field({ kind: 'fut-scar' }, [{ kind: 'fut-scar', lineMm, widthMm: 3 }]), [far]).densityPerCm2[0],
    ).toBe(0);
  });

  it('ends where the line ends', () => {
    const lineMm = [-30, -10, 10, 30].map((x) => onSkin(head, [x, 30, -95]));
    const f = field({ kind: 'fut-scar' }, [{ kind: 'fut-scar', lineMm, widthMm: 2 }]);
    const beyond = [12, 18, 25, 40].map((mm) => walkTowards(head, lineMm[3], lineMm[2], -mm));
    expect(Array.from(sampled(f, beyond).coverage)).toEqual([0, 0, 0, 0]);
  });

  it('puts dot scars at a share of bald density over the back and sides, nowhere else', () => {
    const f = field({ kind: 'fue-scars' });
    const out = sampled(f, skin);
    expect(f.zones.map(({ kind }) => kind)).toEqual(['scar', 'scar', 'scar']);
    expect(areaOf(f)).toBeGreaterThan(120);
    expect(areaOf(f)).toBeLessThan(230);
    expect(Math.max(...out.densityPerCm2)).toBeLessThan(85 * 0.5);
    skin.forEach((p, i) => {
      if (out.densityPerCm2[i] > 0) expect(p[2]).toBeLessThan(15);
      if (p[1] > 110) expect(out.densityPerCm2[i]).toBe(0);
    });
  });

  it('counts dots on scars as fainter, also where the whole scalp is shaved', () => {
    const line = presetMarks({ kind: 'fut-scar' }, [], head, 1, 7);
    const [onScar] = line.flatMap((mark) => (mark.kind === 'fut-scar' ? [mark.lineMm[6]] : []));
    const f = field({ kind: 'full' }, line);
    const { strength, zoneIndex } = sampled(f, [onScar as Vec3]);
    expect(f.zones[zoneIndex[0]].id).toBe('scar');
    expect(strength[0]).toBeLessThan(0.95);
  });
});

describe('patches', () => {
  it('has one of 30 mm on one side of the crown when none was drawn', () => {
    const f = field({ kind: 'patch' });
    const { 'patch-1': patch } = measured(f);
    expect(patch.areaCm2).toBeGreaterThan(6);
    expect(patch.areaCm2).toBeLessThan(8.2);
    expect(patch.expectedDots / patch.areaCm2).toBeGreaterThan(70);
  });

  it('works each drawn patch as its own zone, dense inside and giving way over the rim', () => {
    const f = field({ kind: 'patch' }, [
      { kind: 'patch', outlineMm: disc([50, 90, -30], 20) },
      { kind: 'patch', outlineMm: disc([-60, 60, -60], 12).toReversed() },
    ]);
    const zones = measured(f);
    expect(Object.keys(zones)).toEqual(['patch-1', 'patch-2']);
    expect(zones['patch-1'].areaCm2).toBeCloseTo(Math.PI * 4, -0.3);
    expect(zones['patch-2'].areaCm2).toBeCloseTo(Math.PI * 1.44, -0.3);
    const centre = onSkin(head, [50, 90, -30]);
    const along = [0, 10, 18, 20, 22, 27].map((mm) => walkTowards(head, centre, [0, 100, 0], mm));
    const { coverage } = sampled(f, along);
    expect(coverage[0]).toBe(1);
    for (let i = 1; i < along.length; i++) expect(coverage[i]).toBeLessThanOrEqual(coverage[i - 1]);
    expect(coverage[5]).toBe(0);
  });
});

describe('earlier work', () => {
  it('is given half the dots, fainter, and nothing where the plan has nothing', () => {
    const outlineMm = disc([0, 120, 10], 35);
    const plain = field(NORWOOD_6);
    const repaired = field(NORWOOD_6, [{ kind: 'repair', outlineMm }]);
    const middle = [onSkin(head, [0, 120, 10]), onSkin(head, [10, 120, 20])];
    const [before, after] = [sampled(plain, middle), sampled(repaired, middle)];
    for (const i of [0, 1]) {
      expect(after.densityPerCm2[i] / before.densityPerCm2[i]).toBeCloseTo(0.5, 5);
      expect(after.strength[i]).toBeLessThan(before.strength[i]);
      expect(repaired.zones[after.zoneIndex[i]]).toMatchObject({ id: 'repair', kind: 'repair' });
    }
    const overHair = field(NORWOOD_6, [{ kind: 'repair', outlineMm: disc([0, 20, -100], 25) }]);
    expect(measured(overHair).repair.expectedDots).toBe(0);
  });
});

describe('keep-outs', () => {
  it('take their disc out of the area and leave no density within it', () => {
    const centre: Vec3 = [15, 120, 15];
    const without = field(NORWOOD_6);
    const withMole = field(NORWOOD_6, [mole(centre)]);
    expect(areaOf(without) - areaOf(withMole)).toBeCloseTo((Math.PI * 49) / 100, 0.5);
    const at = onSkin(head, centre);
    const near = Array.from({ length: 400 }, (_, i) =>
      walkTowards(head, at, [at[0] + Math.cos(i), at[1], at[2] + Math.sin(i)], (i / 400) * 6.98),
    );
    const out = sampled(withMole, near);
    expect(Math.max(...out.densityPerCm2)).toBe(0);
    expect(out.zoneIndex.every((zone) => zone === 255)).toBe(true);
    expect(withMole.keepClear).toEqual([{ centreMm: at, radiusMm: 7 }]);
  });

  it('take what an outline holds out of the area, a round one as a disc does', () => {
    const without = field(NORWOOD_6);
    const around = disc([15, 120, 15], 20, 16);
    const outlined = field(NORWOOD_6, [{ kind: 'keep-out-area', outlineMm: around }]);
    expect(areaOf(without) - areaOf(outlined)).toBeCloseTo((Math.PI * 400) / 100, 0);
    const at = onSkin(head, [15, 120, 15]);
    const places = Array.from({ length: 400 }, (_, i) =>
      walkTowards(head, at, [at[0] + Math.cos(i), at[1], at[2] + Math.sin(i)], (i / 400) * 30),
    );
    const out = sampled(outlined, places);
    const before = sampled(without, places);
    places.forEach((_, i) => {
      const mm = (i / 400) * 30;
      if (mm < 19.8) expect(out.densityPerCm2[i]).toBe(0);
      if (mm < 19.8) expect(out.zoneIndex[i]).toBe(255);
      if (mm > 22.3) expect(out.densityPerCm2[i]).toBe(before.densityPerCm2[i]);
    });
  });
});

describe('a drawn bald part', () => {
  it("replaces the stage's extent, up to the hairline", () => {
    const outlineMm = disc([0, 125, 0], 50, 16);
    const f = field(NORWOOD_6, [{ kind: 'bald', outlineMm }]);
    expect(areaOf(f)).toBeGreaterThan(60);
    expect(areaOf(f)).toBeLessThan(82);
    expect(sampled(f, [onSkin(head, [0, 70, -90])]).densityPerCm2[0]).toBe(0);
    // The same drawing for any stage.
    expect(areaOf(field({ kind: 'norwood', stage: 4 }, [{ kind: 'bald', outlineMm }]))).toBeCloseTo(areaOf(f), 5);
    // A whole scalp needs no outline.
    expect(areaOf(field({ kind: 'full' }, [{ kind: 'bald', outlineMm }]))).toBeCloseTo(
      areaOf(field({ kind: 'full' })),
      5,
    );
  });
});

describe('the whorl', () => {
  it('lies behind the vertex, up to 12 mm off the midline, on either side by the seed', () => {
    const sides = new Set<boolean>();
    for (let seed = 1; seed < 30; seed++) {
      const { centreMm } = designWhorl(head, seed);
      expect(Math.abs(centreMm[0])).toBeLessThanOrEqual(12);
      expect(Math.abs(centreMm[0])).toBeGreaterThan(2);
      expect(distance(centreMm, crownCentre(head))).toBeLessThan(12.5);
      sides.add(centreMm[0] > 0);
    }
    expect(sides.size).toBe(2);
  });

  it('is thinner in the middle and changes nothing further away', () => {
    const whorl = designWhorl(head, 7);
    const centre = onSkin(head, whorl.centreMm);
    const points = [0, 20, 60].map((mm) => walkTowards(head, centre, [0, 130, 40], mm));
    const [with_, without] = [sampled(field(NORWOOD_6, [whorl]), points), sampled(field(NORWOOD_6), points)];
    expect(with_.densityPerCm2[0] / without.densityPerCm2[0]).toBeCloseTo(0.7, 2);
    expect(with_.densityPerCm2[1]).toBe(without.densityPerCm2[1]);
    expect(with_.densityPerCm2[2]).toBe(without.densityPerCm2[2]);
  });

  it('moves the crown of a Norwood IV with it', () => {
    const at = onSkin(head, [11, 95, -60]);
    const f = field({ kind: 'norwood', stage: 4 }, [{ kind: 'whorl', centreMm: at }]);
    const [left, right] = [1, -1].map((sign) => walkTowards(head, at, [sign * 200, 60, -40], 34));
    const { coverage } = sampled(f, [left, right]);
    expect(Math.abs(coverage[0] - coverage[1])).toBeLessThan(0.2);
  });
});

describe('temples and the lateral hump', () => {
  it('fills temple peaks only where they are to be rebuilt', () => {
    for (const stage of [1, 3, 6] as const) {
      const own = areaOf(field({ kind: 'norwood', stage }));
      const rebuilt = areaOf(field({ kind: 'norwood', stage, temples: 'rebuilt' }));
      expect(rebuilt).toBeGreaterThan(own + 0.5);
      expect(rebuilt).toBeLessThan(own + 12);
    }
    expect(areaOf(field({ kind: 'hairline', temples: 'own' }))).toBeLessThan(areaOf(field({ kind: 'hairline' })) - 1);
  });

  it('leaves the place of a lost hump bare when it is respected, and keeps the corners', () => {
    for (const stage of [6, 7] as const) {
      const rebuilt = field({ kind: 'norwood', stage });
      const respected = field({ kind: 'norwood', stage, hump: 'respected' });
      const beside = [onSkin(head, [68, 70, 30]), onSkin(head, [-68, 70, 30])];
      expect(Math.min(...sampled(rebuilt, beside).densityPerCm2)).toBeGreaterThan(10);
      expect(Math.max(...sampled(respected, beside).densityPerCm2)).toBe(0);
      const top = [onSkin(head, [0, 130, 10]), onSkin(head, [30, 120, -20]), onSkin(head, [0, 100, -60])];
      const [left, filled] = [sampled(respected, top), sampled(rebuilt, top)];
      top.forEach((_, i) => expect(left.densityPerCm2[i] / filled.densityPerCm2[i]).toBeCloseTo(1, 1));
      expect(dotsOf(respected)).toBeLessThan(dotsOf(rebuilt));
    }
    expect(areaOf(field({ kind: 'norwood', stage: 5, hump: 'respected' }))).toBe(
      areaOf(field({ kind: 'norwood', stage: 5 })),
    );
  });
});

describe('every mark', () => {
  const all: ScalpMark[] = [
    mole([10, 130, 0]),
    designWhorl(head, 3),
    { kind: 'patch', outlineMm: disc([70, 60, -50], 14) },
    { kind: 'repair', outlineMm: disc([0, 115, 60], 25) },
    ...presetMarks({ kind: 'fut-scar' }, [], head, 1, 7),
    ...presetMarks({ kind: 'fue-scars' }, [], head, 1, 7),
  ];
  const PRESENTATIONS: readonly Presentation[] = [
    NORWOOD_6,
    { kind: 'full' },
    { kind: 'ludwig', stage: 2 },
    { kind: 'patch' },
    { kind: 'hairline' },
  ];

  it('keeps values in their ranges, names a zone wherever there is density, and says the same again', () => {
    for (const presentation of PRESENTATIONS) {
      const f = field(presentation, all);
      const out = sampled(f, skin);
      const wrong = skin.filter((_, i) => {
        const [density, coverage, strength] = [out.densityPerCm2[i], out.coverage[i], out.strength[i]];
        const isInRange =
          density >= 0 && density < 125 && coverage >= 0 && coverage <= 1 && strength >= 0 && strength <= 1;
        return !isInRange || (density > 0 && out.zoneIndex[i] >= f.zones.length);
      });
      expect(wrong).toEqual([]);
      for (let i = 0; i < skin.length; i += 50) {
        expect(sampled(f, [skin[i]]).densityPerCm2[0]).toBe(out.densityPerCm2[i]);
      }
      expect(sampled(field(presentation, all), skin)).toEqual(out);
      expect(new Set(f.zones.map(({ id }) => id)).size).toBe(f.zones.length);
      expect(f.zones.every(({ targetPerCm2 }) => targetPerCm2 > 0)).toBe(true);
    }
  });

  it('changes nothing when there is none', () => {
    for (const presentation of PRESENTATIONS.slice(0, 3)) {
      expect(sampled(field(presentation, []), skin)).toEqual(sampled(field(presentation), skin));
    }
  });
});
