import { beforeAll, describe, expect, it } from 'vitest';
import { parsePlan } from '@stipple/files/documents/parse-plan.ts';
import { planText } from '@stipple/files/documents/plan-text.ts';
import { isUsedCard } from '../card/card-reading.ts';
import { CLASSIC_REFERENCE, PRINTED_REFERENCE } from '../card/card-reference.ts';
import { photographCard } from '../card/testing/photograph-card.ts';
import type { CardShot } from '../card/testing/photograph-card.ts';
import { deltaE2000 } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import type { Pixels } from '../vision/pixels.ts';
import { colourWarnings } from './colour-warnings.ts';
import { pictureAt, sceneOf } from './picture-plan.ts';
import type { PlanDocument } from './plan-document.ts';
import type { PlanRequest } from './plan-request.ts';
import { realisePlan } from './realise-plan.ts';
import { summarisePigment } from './summarise-pigment.ts';
import { drawnUp, mannequin } from './testing/photographed-plan.ts';
import { sampleReserve } from './testing/sample-plan.ts';

const PIGMENTS = [
  { id: 'black', name: 'Soft Black', maker: 'Inky', lab: [15, 0.5, -1], dilutions: [2, 5, 10, 15, 20, 30] },
  { id: 'brown', name: 'Brown', maker: 'Inky', lab: [28, 8, 10], dilutions: [2, 5, 10, 15, 20] },
] as const;

let bare: Pixels;
const shot = (reference: CardShot['reference'], kelvin: CardShot['kelvin']): Pixels =>
  photographCard({ on: bare, reference, kelvin, cardPx: 190, at: [590, 810], turnDeg: -8, noiseCodes: 0.5 });
const planOf = (pixels: Pixels, request: Partial<PlanRequest> = {}): Promise<PlanDocument> => drawnUp(pixels, request);

/** Skin in daylight, and the same head under a warm and a cool lamp beside a card. */
let daylight: PlanDocument;
let warm: PlanDocument;
let cool: PlanDocument;
let warmPixels: Pixels;
beforeAll(async () => {
  bare = halved(await mannequin());
  daylight = await planOf(bare);
  warmPixels = shot(CLASSIC_REFERENCE, 2700);
  warm = await planOf(warmPixels, { pigments: PIGMENTS });
  cool = await planOf(shot(CLASSIC_REFERENCE, 7500), { pigments: PIGMENTS });
});

/** Half as wide and high: a quarter of the time. */
function halved({ widthPx, heightPx, rgba }: Pixels): Pixels {
  const [wide, high] = [widthPx >> 1, heightPx >> 1];
  const small = new Uint8Array(4 * wide * high);
  for (let y = 0; y < high; y++)
    for (let x = 0; x < wide; x++)
      for (let c = 0; c < 4; c++) {
        const at = 4 * (2 * y * widthPx + 2 * x) + c;
        small[4 * (y * wide + x) + c] =
          (rgba[at] + rgba[at + 4] + rgba[at + 4 * widthPx] + rgba[at + 4 * widthPx + 4]) / 4;
      }
  return { widthPx: wide, heightPx: high, rgba: small };
}

const summaryOf = summarisePigment;

describe('a plan of a photo with a colour card', () => {
  it('has the skin of daylight, whatever the lamp, within a difference of 1.5', () => {
    const [truth] = [daylight.photos[0].colours.skinLab];
    for (const plan of [warm, cool]) {
      const { skin, card, skinLab } = summaryOf(plan);
      expect(deltaE2000(skin!.lab, truth)).toBeLessThan(1.5);
      expect(skinLab).toEqual(skin!.lab);
      expect(card?.use?.meanAfter).toBeLessThan(1);
      for (let c = 0; c < 3; c++) {
        expect(skin!.low[c]).toBeLessThan(truth[c]);
        expect(skin!.high[c]).toBeGreaterThan(truth[c]);
      }
    }
    expect(deltaE2000(warm.photos[0].colours.skinLab, truth)).toBeGreaterThan(4);
  });

  it('tells warm light from cool, and from none that is known', () => {
    expect(summaryOf(warm).light?.verdict).toBe('warm');
    expect(summaryOf(cool).light!.kelvin).toBeGreaterThan(summaryOf(warm).light!.kelvin! + 1000);
    expect(summaryOf(daylight).light).toBeNull();
    const codes = (plan: PlanDocument): string[] => colourWarnings(plan).map(([code]) => code);
    expect(codes(warm)).toContain('light-warm');
    expect(codes(warm)).not.toContain('shade-by-eye');
    expect(codes(daylight)).toContain('shade-by-eye');
  });

  it('chooses the same mixture under either lamp, and says why', () => {
    const [a, b] = [summaryOf(warm).choice!, summaryOf(cool).choice!];
    expect([a.name, a.dilution]).toEqual([b.name, b.dilution]);
    expect(a.fall).toBeGreaterThan(0.1);
    expect(a.fall).toBeLessThanOrEqual(a.aim);
    expect(a.reasons).toHaveLength(3);
    expect(a.days.map(({ day }) => day)).toEqual([0, 3, 7, 28, 42]);
    expect(warm.pigment).toMatchObject({ shade: a.name, dilution: a.dilution });
  });

  it('says how far off the hue of the hair the only pigment of a list heals', async () => {
    const only = { id: 'red', name: 'Cherry', maker: 'Inky', lab: [45, 60, 40], dilutions: [] } as const;
    const red = await planOf(warmPixels, { pigments: [only] });
    const said = colourWarnings(red).find(([code]) => code === 'hue-far')?.[1];
    expect(said).toMatch(/^“Cherry” was chosen .* its hue lies \d+ dE00 from stubble/);
    for (const plan of [warm, cool, daylight])
      expect(colourWarnings(plan).map(([code]) => code)).not.toContain('hue-far');
  });

  it('shows the chosen mixture in the light of the photo', () => {
    const plan = realisePlan(warm, sampleReserve());
    const scene = sceneOf(plan, warm.photos[0], warmPixels);
    const { fall } = warm.pigment.choice!;
    expect(Math.abs(scene.healedDrop - fall)).toBeLessThan(0.04);
    const { rgba, changed } = pictureAt(scene, { kind: 'healed' });
    const stray = changed.some(
      (c, k) => !c && [0, 1, 2].some((ch) => rgba[4 * k + ch] !== warmPixels.rgba[4 * k + ch]),
    );
    expect(stray).toBe(false);
  });

  it('is read as it was written', () => {
    for (const plan of [warm, cool]) expect(parsePlan(planText(plan))).toStrictEqual(plan);
  });

  it('is refused with a correction that no card gives', () => {
    for (const matrix of [
      [0, 0, 0, 0, 0, 0, 0, 0, 0],
      [1, 1, 1, 1, 1, 1, 1, 1, 1],
      [-1, 0, 0, 0, -1, 0, 0, 0, 1],
      [1, 0, 0, 0, 1, 0, 0, 0, 0.0001],
    ]) {
      const [photo] = warm.photos;
      const edited = { ...warm, photos: [{ ...photo, card: { ...photo.card!, matrix } }] };
      expect(() => parsePlan(JSON.stringify(edited)), `${matrix}`).toThrow(
        expect.objectContaining({ code: 'document-invalid' }),
      );
    }
  });

  it('chooses nothing without a list, and nothing without a card', async () => {
    expect(daylight.pigment.choice).toBeUndefined();
    expect(daylight.photos[0].card).toBeUndefined();
    const wished = await planOf(bare, { pigments: PIGMENTS, cardLabs: PRINTED_REFERENCE.labs });
    expect(wished.pigment.dilution).toBeNull();
    expect(colourWarnings(wished).map(([code]) => code)).toContain('card-values-unused');
    expect(parsePlan(planText(wished))).toStrictEqual(wished);
  });
});

describe('our printed card', () => {
  it('balances the white, says that it was never read, and keeps a wide interval', async () => {
    const photo = shot(PRINTED_REFERENCE, 3500);
    const plan = await planOf(photo);
    const [{ card }] = plan.photos;
    expect(isUsedCard(card) && card.trust).toBe('as printed');
    const width = ({ low, high }: { low: Colour3; high: Colour3 }): number => high[1] - low[1];
    expect(width(summaryOf(plan).skin!)).toBeGreaterThan(width(summaryOf(warm).skin!) + 2);
    expect(summaryOf(plan).skin!.source).toContain('greys alone');
    const read = await planOf(photo, { cardLabs: PRINTED_REFERENCE.labs });
    expect(summaryOf(read).card?.use?.trust).toBe('read');
    expect(colourWarnings(read).map(([code]) => code)).not.toContain('card-values-unused');
    expect(deltaE2000(summaryOf(read).skin!.lab, daylight.photos[0].colours.skinLab)).toBeLessThan(1.5);
  });
});
