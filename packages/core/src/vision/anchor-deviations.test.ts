import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { Camera } from '../vec/camera.ts';
import { anchorDeviations, anchorGapsPx, doubtsOf } from './anchor-deviations.ts';
import type { MarkedView } from './anchor-deviations.ts';
import type { AnchorName } from './anchors.ts';
import { cameraNamed, marked, personalPoints, sought } from './testing/marked-head.ts';

const SHAPE = { face: 0.97, width: 1.03, height: 0.98, length: 1.02 };
const NAMES: AnchorName[] = ['left-tragus', 'left-ear-top', 'vertex', 'inion', 'nape', 'right-ear-lobe'];
/** 1.2 mm of the template at 1.8 m. */
const CLICK_PX = (0.008 * 149.94 * 0.97 * 500) / 230;

/** Half of a hand's variance is its own way, the other half is new in each photo. */
const HAND = Math.sqrt(0.5);

/** Photos of one person of this shape, marked by one hand. */
function photographed(cameras: readonly Camera[], seed: number): MarkedView[] {
  const random = seededGenerator(seed);
  const points = sought(personalPoints(NAMES, SHAPE, random), random, HAND);
  return cameras.map((camera) => ({ camera, shape: SHAPE, anchors: marked(camera, points, random, CLICK_PX, HAND) }));
}

describe('the gaps of marked points in standard deviations', () => {
  it.each([[['back']], [['left-45']], [['top']], [['left', 'top']]])(
    '%s: are independent and of size one, for heads and hands as they differ',
    (names) => {
      const cameras = names.map((name) => cameraNamed(name, 1800, [0.1, -0.2, 0.1]));
      const inDeviations = anchorDeviations(photographed(cameras, 1));
      const draws = Array.from({ length: 1500 }, (_, n) =>
        inDeviations(photographed(cameras, 100 + n).flatMap(anchorGapsPx)),
      );
      const mean = (value: (draw: readonly number[]) => number): number =>
        draws.reduce((sum, draw) => sum + value(draw), 0) / draws.length;
      for (let i = 0; i < draws[0].length; i++) {
        expect(Math.abs(mean((d) => d[i]))).toBeLessThan(0.12);
        expect(Math.abs(mean((d) => d[i] * d[i]) - 1)).toBeLessThan(0.2);
        for (let j = 0; j < i; j++) expect(Math.abs(mean((d) => d[i] * d[j]))).toBeLessThan(0.12);
      }
    },
  );

  it('do not depend on the scale in which head and camera are told', () => {
    const camera = cameraNamed('left', 1500);
    const anchors = NAMES.map((name) => ({ name, xPx: 0, yPx: 0 }));
    const gaps = NAMES.flatMap((_, k) => [k - 3, 5 - k]);
    const { face, ...rest } = SHAPE;
    const [x, y, z] = camera.t;
    const larger = { ...camera, t: [x / face, y / face, z / face] as const };
    const a = anchorDeviations([{ camera, shape: SHAPE, anchors }])(gaps);
    const b = anchorDeviations([{ camera: larger, shape: { ...rest, face: 1 }, anchors }])(gaps);
    a.forEach((value, k) => expect(value).toBeCloseTo(b[k], 9));
  });

  it('of a face say nothing of the back of its head, and much of its other points', () => {
    const anchors = (['nose-tip', 'chin', 'inion', 'nasion'] as const).map((name) => ({ name, xPx: 0, yPx: 0 }));
    const inDeviations = anchorDeviations([{ camera: cameraNamed('left', 1800), shape: SHAPE, anchors }]);
    const faceless = inDeviations([0, 0, 0, 0, 5, 6, 0, 0]);
    const withFace = inDeviations([9, -7, 8, 3, 5, 6, 0, 0]);
    expect(withFace.slice(4, 6)).toEqual(faceless.slice(4, 6));
    expect(Math.abs(withFace[6] - faceless[6])).toBeGreaterThan(0.1);
  });
});

describe('a doubt', () => {
  const camera = cameraNamed('back', 1800);

  it('is raised against no mark of nearly all heads', () => {
    let raised = 0;
    for (let n = 0; n < 300; n++) if (doubtsOf(photographed([camera], n)).some((doubt) => doubt > 1)) raised++;
    expect(raised).toBeLessThan(18);
  });

  it('falls on the mark that carries the name of another point, and takes its pull', () => {
    for (let n = 0; n < 20; n++) {
      const [view] = photographed([camera], n);
      const lobe = view.anchors.find(({ name }) => name === 'right-ear-lobe')!;
      const anchors = view.anchors.map((anchor) =>
        anchor.name === 'vertex' ? { ...lobe, name: anchor.name } : anchor,
      );
      const doubts = doubtsOf([{ ...view, anchors }]);
      expect(doubts.indexOf(Math.max(...doubts))).toBe(NAMES.indexOf('vertex'));
      const costWith = (given?: readonly number[]): number =>
        anchorDeviations(
          [{ ...view, anchors }],
          given,
        )(anchorGapsPx({ ...view, anchors })).reduce((sum, r) => sum + r * r, 0);
      expect(costWith(doubts)).toBeLessThan(costWith() / 10);
    }
  });
});
