import { describe, expect, it } from 'vitest';
import { onSkin } from '../head/head-map.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { seededGenerator } from '../random/generator.ts';
import { createScalpField } from '../scalp/create-scalp-field.ts';
import { EditedScalp } from '../scalp/edited-scalp.ts';
import type { KeepClear, ScalpField } from '../scalp/scalp-field.ts';
import { buildReserve } from './build-reserve.ts';
import type { Dots } from './dots.ts';
import { LaidOutDots } from './laid-out-dots.ts';
import { layOutOn } from './lay-out-dots.ts';
import { LAYOUT_2, layoutOfSpread } from './layout-style.ts';
import type { SecondWay } from './layout-style.ts';
import { placeReserve } from './place-reserve.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { distance } from '../vec/vec3.ts';
import { fingerprintOf } from './testing/fingerprint.ts';
import { DENSITY, NORWOOD, SEED, testHeads } from './testing/test-plans.ts';

/** A change of a design within a ball: thinner or emptied, nearer to a soft edge, or kept clear. */
interface Dent extends KeepClear {
  readonly share: number;
  readonly edgeMm: number;
  readonly isClear: boolean;
}

const density = { ...DENSITY, fullPerCm2: 45 };
// A sparser reserve than set-up lays: the same code in a third of the time.
const [at] = testHeads((head) => buildReserve(head, { perCm2: 80, seed: 1 }), 2);
const plain = at.field(NORWOOD[5], undefined, density);

const dented = (dents: readonly Dent[]): ScalpField => ({
  ...plain,
  keepClear: dents.filter(({ isClear }) => isClear),
  sample: (xyzMm, count, out) => {
    plain.sample(xyzMm, count, out);
    for (let i = 0; i < count; i++) {
      for (const { centreMm, radiusMm, share, edgeMm, isClear } of dents) {
        const [x, y, z] = [0, 1, 2].map((c) => xyzMm[3 * i + c] - centreMm[c]);
        const d = Math.sqrt(x * x + y * y + z * z);
        if (d >= radiusMm) continue;
        out.densityPerCm2[i] *= isClear ? 0 : share;
        out.edgeMm[i] = Math.min(out.edgeMm[i], edgeMm);
        out.strength[i] *= 0.5;
      }
    }
  },
});

const fromNothing = (field: ScalpField, style: SecondWay): Dots =>
  layOutOn(at.ground, { field, density, seed: SEED, style });

/** One line for each of the dots before, without those gone, with those changed put in or over them. */
function applied(before: Dots, { gone, changed }: ReturnType<LaidOutDots['update']>): string {
  const rows = new Map<number, string>();
  const put = ({ count, id, positionMm, normal, zone, session, diameterMm, strength }: Dots): void => {
    for (let k = 0; k < count; k++) {
      const place = [...positionMm.subarray(3 * k, 3 * k + 3), ...normal.subarray(3 * k, 3 * k + 3)];
      rows.set(id[k], [...place, zone[k], session[k], diameterMm[k], strength[k]].join());
    }
  };
  put(before);
  for (const id of gone) if (!rows.delete(id)) expect.fail(`dot ${id} was not there`);
  put(changed);
  return [...rows]
    .sort(([one], [other]) => one - other)
    .map(([id, row]) => `${id} ${row}`)
    .join('\n');
}

describe('LaidOutDots', () => {
  it.each([
    ['as usual', LAYOUT_2, 10],
    ['more regular', { ...LAYOUT_2, iterations: 8, firmness: 1.1 }, 5],
    ['less regular', { ...LAYOUT_2, iterations: 5, firmness: 0.8 }, 5],
    ['drawn together in pairs, a few', layoutOfSpread(0.12), 5],
    ['drawn together in pairs, as many as may be', layoutOfSpread(0.15), 10],
  ] as const)('comes to the bits that a layout from nothing has, %s, after any edits', (_, style, edits) => {
    const random = seededGenerator(5);
    const laid = new LaidOutDots(at.ground, dented([]), density, SEED, style);
    expect(fingerprintOf(laid.dots())).toBe(fingerprintOf(fromNothing(dented([]), style)));
    let dents: readonly Dent[] = [];
    for (let n = 0; n < edits; n++) {
      const before = laid.dots();
      const dent: Dent = {
        centreMm: onSkin(at.head, [100 * random() - 50, 90, 120 * random() - 60]),
        radiusMm: 2 + 14 * random(),
        share: [0, 0.3, 0.9, 1][Math.floor(4 * random())],
        edgeMm: 20 * random(),
        isClear: random() < 0.3,
      };
      const dropped = dents.length > 2 ? dents[Math.floor(dents.length * random())] : undefined;
      dents = [...dents.filter((one) => one !== dropped), dent];
      const change = laid.update(dented(dents), dropped ? [dent, dropped] : [dent]);
      const whole = fromNothing(dented(dents), style);
      expect(fingerprintOf(laid.dots())).toBe(fingerprintOf(whole));
      if (applied(before, change) !== applied(whole, { gone: new Uint32Array(), changed: whole }))
        expect.fail(`edit ${n} told of other changes`);
    }
  });

  it('touches only what lies near, and nothing when nothing differs', () => {
    const laid = new LaidOutDots(at.ground, plain, density, SEED);
    const centreMm = onSkin(at.head, [12, 110, -20]);
    const dent: Dent = { centreMm, radiusMm: 6, share: 0.5, edgeMm: 99, isClear: false };
    expect(laid.update(plain, [{ centreMm, radiusMm: 30 }]).changed.count).toBe(0);
    const { changed } = laid.update(dented([dent]), [dent]);
    expect(changed.count).toBeGreaterThan(50);
    // A patch, three cells of expected push, and a neighbour's reach a step.
    const reachMm = 6 + 14 + 12 + 4 * (LAYOUT_2.iterations + 1);
    const places = [centreMm];
    for (let k = 0; k < changed.count; k++) {
      const place: Vec3 = [0, 1, 2].map((c) => changed.positionMm[3 * k + c]) as unknown as Vec3;
      if (places.every((other) => distance(place, other) > reachMm)) places.push(place);
    }
    // But for the patch, nearest the edge, that keeps the zone's count.
    expect(places.length).toBeLessThan(3);
    const back = laid.update(plain, [dent]);
    expect(back.changed.count).toBeGreaterThan(50);
    expect(fingerprintOf(laid.dots())).toBe(fingerprintOf(fromNothing(plain, LAYOUT_2)));
  });

  it('tells outlines kept clear within one and the same ball apart', () => {
    const centreMm = onSkin(at.head, [12, 110, -20]);
    const kept = (halfWidthMm: number): ScalpField => ({
      ...plain,
      keepClear: [{ centreMm, radiusMm: 14, depthMm: (x) => halfWidthMm - Math.abs(x - centreMm[0]) }],
    });
    const laid = new LaidOutDots(at.ground, kept(1), density, SEED);
    laid.update(kept(3), []);
    expect(fingerprintOf(laid.dots())).toBe(fingerprintOf(fromNothing(kept(3), LAYOUT_2)));
  });

  it.each([
    [NORWOOD[2], LAYOUT_2],
    [NORWOOD[5], LAYOUT_2],
    [{ kind: 'full' }, LAYOUT_2],
    [NORWOOD[5], layoutOfSpread(0.08)],
    [NORWOOD[5], layoutOfSpread(0.15)],
  ] as const)(
    'follows a hairline that is drawn point by point, to the bits of a design and a layout from nothing: %j, %j',
    (presentation, style) => {
      const random = seededGenerator(8);
      const landmarks = landmarksOf(at.shape);
      const usualHairline = at.hairline('m');
      const design = { presentation, density, layout: 2, usualHairline } as const;
      const scalp = new EditedScalp(at.head, landmarks, { ...design, hairline: usualHairline }, SEED);
      const laid = new LaidOutDots(at.ground, scalp.field, density, SEED, style);
      let hairline = usualHairline;
      for (let n = 0; n < 6; n++) {
        const drawn = Math.floor(random() * hairline.controlsMm.length);
        const by = (): number => (n === 3 ? 8 : 1) * (random() - 0.5);
        hairline = {
          ...hairline,
          controlsMm: hairline.controlsMm.map((p, k) =>
            k === drawn ? onSkin(at.head, [p[0] + by(), p[1] + by(), p[2]]) : p,
          ),
        };
        const change = laid.update(scalp.field, scalp.draw(hairline));
        const whole = createScalpField(at.head, landmarks, { ...design, hairline }, SEED);
        expect(scalp.field.zones).toEqual(whole.zones);
        expect(fingerprintOf(laid.dots())).toBe(fingerprintOf(fromNothing(whole, style)));
        const { positionMm } = change.changed;
        const at0 = hairline.controlsMm[drawn];
        for (let k = 0; k < change.changed.count; k++) {
          const far = Math.hypot(...[0, 1, 2].map((c) => positionMm[3 * k + c] - at0[c]));
          const fromLine = Math.min(
            ...hairline.controlsMm.map((p) => Math.hypot(...[0, 1, 2].map((c) => positionMm[3 * k + c] - p[c]))),
          );
          // But for the few along the edge that keep a zone's count.
          if (far > 110 && fromLine > 30) expect.fail(`a dot ${far.toFixed(0)} mm away changed`);
        }
      }
    },
  );

  it('refuses the first way of laying out, and fields of other zones', () => {
    const first = placeReserve(at.ground.reserve, at.head, 1);
    expect(() => new LaidOutDots(first, plain, density, SEED)).toThrow('second way');
    const laid = new LaidOutDots(at.ground, plain, density, SEED);
    expect(() => laid.update({ ...plain, zones: [] }, [])).toThrow('other zones');
  });
});
