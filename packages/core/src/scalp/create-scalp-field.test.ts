import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import { seededGenerator } from '../random/generator.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { createScalpField } from './create-scalp-field.ts';
import { designDensity } from './design-density.ts';
import { designHairline } from './design-hairline.ts';
import { frontEdge } from './front-edge.ts';
import { newScalpSamples } from './scalp-field.ts';
import type { ScalpSamples } from './scalp-field.ts';
import type { Presentation } from './scalp-design.ts';
import { hairSideOf, sampleOf } from './skin-curve.ts';
import { ellipsoidHead, ellipsoidLandmarks } from './testing/ellipsoid-head.ts';

const head = ellipsoidHead();
const landmarks = ellipsoidLandmarks();
const man = designHairline(head, landmarks, { sex: 'm', ageYears: 40 }, 7);
const density = designDensity(3);
const field = (presentation: Presentation, hairline = man, seed = 7) =>
  createScalpField(head, landmarks, { presentation, hairline, density }, seed);
const norwood = (stage: 1 | 2 | 3 | 4 | 5 | 6 | 7): Presentation => ({ kind: 'norwood', stage });
const ALL: readonly Presentation[] = [
  ...([1, 2, 3, 4, 5, 6, 7] as const).map(norwood),
  { kind: 'ludwig', stage: 1 },
  { kind: 'ludwig', stage: 2 },
  { kind: 'ludwig', stage: 3 },
  { kind: 'full' },
  { kind: 'hairline' },
];

function sampled(f: ReturnType<typeof field>, points: readonly Vec3[]): ScalpSamples {
  const out = newScalpSamples(points.length);
  f.sample(points.flat(), points.length, out);
  return out;
}

/** Skin points spread over the part of the head that the map knows. */
function scattered(count: number, seed: number, map: HeadMap = head): Vec3[] {
  const random = seededGenerator(seed);
  const points: Vec3[] = [];
  while (points.length < count) {
    const d: Vec3 = [random() * 2 - 1, random() * 2 - 1, random() * 2 - 1];
    const l2 = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
    if (l2 > 1 || l2 < 0.01 || d[1] < -0.5 * Math.sqrt(l2)) continue;
    points.push(onSkin(map, d));
  }
  return points;
}

const skin = scattered(6000, 1);

describe('createScalpField', () => {
  it('asks for nothing on face, ears and neck in any presentation', () => {
    const bare: Vec3[] = [];
    for (let x = -60; x <= 60; x += 5) for (let y = -40; y <= 45; y += 5) bare.push([x, y, 90 - Math.abs(x) / 2]);
    // The ear's outline about the tragion, and the neck under the nape and behind the jaw.
    for (const s of [-1, 1])
      for (let y = -28; y <= 30; y += 3) for (let z = -26; z <= 1; z += 3) bare.push([s * 78, y, z]);
    for (let x = -60; x <= 60; x += 6) bare.push([x, -48, -75], [x, -58, -40]);
    const points = bare.map((p) => onSkin(head, p));
    const wrong: Vec3[] = [];
    for (const presentation of ALL) {
      const out = sampled(field(presentation), points);
      points.forEach((_, i) => {
        if (out.densityPerCm2[i] !== 0 || out.coverage[i] !== 0 || out.zoneIndex[i] !== 255) wrong.push(points[i]);
      });
    }
    expect(wrong).toEqual([]);
  });

  it('keeps every value in its range and names a zone exactly where there is density', () => {
    const wrong: Vec3[] = [];
    for (const presentation of ALL) {
      const f = field(presentation);
      const out = sampled(f, skin);
      for (let i = 0; i < skin.length; i++) {
        const d = out.densityPerCm2[i];
        const isSound =
          d >= 0 &&
          d < 85 * 1.1 * 1.1 + 1e-4 &&
          out.coverage[i] >= 0 &&
          out.coverage[i] <= 1 &&
          out.zoneIndex[i] < f.zones.length === d > 0 &&
          out.strength[i] > 0 === d > 0 &&
          out.strength[i] <= 1;
        if (!isSound) wrong.push(skin[i]);
      }
      expect(new Set(out.zoneIndex).size).toBe(f.zones.length + 1);
    }
    expect(wrong).toEqual([]);
  });

  it('contains each Norwood and each Ludwig stage in the next, and all of them in the full shave', () => {
    const rows: Presentation[][] = [
      [...([1, 2, 3, 4, 5, 6, 7] as const).map(norwood), { kind: 'full' }],
      [
        { kind: 'ludwig', stage: 1 },
        { kind: 'ludwig', stage: 2 },
        { kind: 'ludwig', stage: 3 },
      ],
    ];
    for (const row of rows) {
      const covers = row.map((p) => sampled(field(p), skin).coverage);
      for (let s = 1; s < covers.length; s++) {
        let grew = 0;
        let lost = 0;
        for (let i = 0; i < skin.length; i++) {
          if (covers[s][i] < covers[s - 1][i] - 0.03) lost++;
          if (covers[s][i] > covers[s - 1][i] + 0.3) grew++;
        }
        expect([s, lost]).toEqual([s, 0]);
        expect(grew).toBeGreaterThan(10);
      }
    }
  });

  it('rises behind the front edge within 3 to 5 mm, without a step to full, and is nearly empty ahead of it', () => {
    const { irregular, middleAtMm } = frontEdge(head, man, 7);
    const still = field(norwood(7), { ...man, microJitterMm: 0 });
    const mean = (behindMm: number): number => {
      const points: Vec3[] = [];
      const from = Math.round((middleAtMm - 35) / irregular.stepMm);
      for (let i = from; i < from + 70 / irregular.stepMm; i++) {
        const p = sampleOf(irregular, i);
        const n = hairSideOf(irregular, i);
        points.push(onSkin(head, [0, 1, 2].map((c) => p[c] + n[c] * behindMm) as unknown as Vec3));
      }
      const { coverage } = sampled(still, points);
      return coverage.reduce((a, b) => a + b, 0) / coverage.length;
    };
    expect(mean(-5)).toBe(0);
    expect(mean(-1)).toBeLessThan(0.02);
    expect(mean(0.6)).toBeLessThan(0.35);
    expect(mean(2)).toBeGreaterThan(0.35);
    expect(mean(2)).toBeLessThan(0.65);
    expect(mean(4.5)).toBeGreaterThan(0.8);
    expect(mean(5)).toBeLessThan(0.97);
    expect(mean(10)).toBeGreaterThan(0.99);
  });

  it('sends a few faint dots up to 4 mm ahead of the edge', () => {
    const { irregular, middleAtMm } = frontEdge(head, man, 7);
    const at = Math.round(middleAtMm / irregular.stepMm);
    const ahead = (mm: number): Vec3 => {
      const [p, n] = [sampleOf(irregular, at), hairSideOf(irregular, at)];
      return onSkin(head, [p[0] - n[0] * mm, p[1] - n[1] * mm, p[2] - n[2] * mm]);
    };
    const out = sampled(field(norwood(7), { ...man, microJitterMm: 0 }), [ahead(1), ahead(3), ahead(4.5)]);
    expect(out.densityPerCm2[0]).toBeGreaterThan(85 * 0.02);
    expect(out.densityPerCm2[0]).toBeLessThan(85 * 0.045);
    expect(out.densityPerCm2[1]).toBeLessThan(out.densityPerCm2[0]);
    expect(out.densityPerCm2[2]).toBe(0);
    expect(out.strength[0]).toBeLessThan(0.5);
    expect(out.coverage[0]).toBe(0);
  });

  it("gives way to the client's own fringe over 15 to 25 mm, at the sides and behind", () => {
    const f = field(norwood(6));
    for (const [x, z] of [
      [1, 0],
      [-1, -0.2],
      [0, -1],
      [0.7, -0.7],
    ]) {
      // Down over the skin from the top, counting millimetres between 95 % and 5 %.
      let high = 0;
      let low = 0;
      let walked = 0;
      let last = onSkin(head, [0, 1, 0]);
      for (let a = 0.02; a < 1.5 && !low; a += 0.004) {
        const p = onSkin(head, [x * Math.sin(a), Math.cos(a), z * Math.sin(a)]);
        walked += Math.sqrt((p[0] - last[0]) ** 2 + (p[1] - last[1]) ** 2 + (p[2] - last[2]) ** 2);
        last = p;
        const [c] = sampled(f, [p]).coverage;
        if (c > 0.95) high = walked;
        if (high && c < 0.05) low = walked;
      }
      expect(low - high).toBeGreaterThan(13);
      expect(low - high).toBeLessThan(25);
    }
  });

  it('is denser at the crown than at the front and thinnest above the ears', () => {
    const f = field({ kind: 'full' }, { ...man, microJitterMm: 0 });
    const near = (x: number, y: number, z: number): number => {
      const points = Array.from({ length: 60 }, (_, i) => onSkin(head, [x + (i % 8), y + (i % 6), z + (i % 7)]));
      const { densityPerCm2 } = sampled(f, points);
      return densityPerCm2.reduce((a, b) => a + b, 0) / points.length / 85;
    };
    expect(near(0, 110, -30)).toBeGreaterThan(0.9);
    expect(near(74, 60, -10)).toBeLessThan(0.7);
    expect(near(0, 40, -100)).toBeGreaterThan(1);
  });

  it('is patchy by about a tenth, not flat', () => {
    const points = skin.filter((p) => p[1] > 118 && p[2] < 20);
    const { densityPerCm2 } = sampled(field({ kind: 'full' }), points);
    const mean = densityPerCm2.reduce((a, b) => a + b, 0) / points.length;
    const sd = Math.sqrt(densityPerCm2.reduce((a, b) => a + (b - mean) ** 2, 0) / points.length) / mean;
    expect(sd).toBeGreaterThan(0.02);
    expect(sd).toBeLessThan(0.08);
  });

  it('mirrors left and right but for the designed unevenness', () => {
    const mirror = skin.map(([x, y, z]): Vec3 => [-x, y, z]);
    for (const presentation of [norwood(3), norwood(6), { kind: 'full' } as const]) {
      const f = field(presentation, { ...man, microJitterMm: 0 });
      const [here, there] = [sampled(f, skin), sampled(f, mirror)];
      const off = man.macroAmplitudeMm + 3 + 0.5;
      let differing = 0;
      for (let i = 0; i < skin.length; i++) {
        if (Math.abs(here.edgeMm[i]) < 60) expect(Math.abs(here.edgeMm[i] - there.edgeMm[i])).toBeLessThan(off);
        if (here.edgeMm[i] !== there.edgeMm[i]) differing++;
        if (here.edgeMm[i] > 15) expect(Math.abs(here.coverage[i] - there.coverage[i])).toBeLessThan(0.25);
      }
      expect(differing).toBeGreaterThan(1000);
    }
  });

  it('answers each point the same alone, in a batch, and in a field built again', () => {
    const f = field(norwood(5));
    const batch = sampled(f, skin);
    const again = sampled(field(norwood(5)), skin);
    expect(again).toEqual(batch);
    for (let i = 0; i < 200; i++) {
      const alone = sampled(f, [skin[i * 7]]);
      expect([
        alone.densityPerCm2[0],
        alone.edgeMm[0],
        alone.strength[0],
        alone.zoneIndex[0],
        alone.coverage[0],
      ]).toEqual([
        batch.densityPerCm2[i * 7],
        batch.edgeMm[i * 7],
        batch.strength[i * 7],
        batch.zoneIndex[i * 7],
        batch.coverage[i * 7],
      ]);
    }
    expect(sampled(field(norwood(5), man, 8), skin)).not.toEqual(batch);
  });

  it('places 30 to 50 % of the bald density between thinning hair and leaves the hairline alone', () => {
    const woman = designHairline(head, landmarks, { sex: 'f', ageYears: 50 }, 7);
    for (const stage of [1, 2, 3] as const) {
      const f = field({ kind: 'ludwig', stage }, woman);
      const out = sampled(f, skin);
      const most = Math.max(...out.densityPerCm2);
      expect(most).toBeGreaterThan(85 * 0.3);
      expect(most).toBeLessThan(85 * 0.5 * 1.12);
      expect(f.zones.every(({ kind }) => kind === 'thinning')).toBe(true);
      for (let i = 0; i < skin.length; i++) if (out.edgeMm[i] < 2) expect(out.densityPerCm2[i]).toBeLessThan(0.2);
    }
  });
});
