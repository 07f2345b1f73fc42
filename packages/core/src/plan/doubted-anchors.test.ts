import { describe, expect, it } from 'vitest';
import { seededGenerator } from '../random/generator.ts';
import type { AnchorName } from '../vision/anchors.ts';
import type { Anchor } from '../vision/view-evidence.ts';
import { cameraNamed, marked, personalPoints } from '../vision/testing/marked-head.ts';
import { doubtedAnchors } from './doubted-anchors.ts';
import { sampleDocument, samplePhoto } from './testing/sample-plan.ts';

const NAMES: AnchorName[] = ['left-tragus', 'left-canthus', 'left-ear-top', 'left-ear-lobe', 'nose-tip', 'vertex'];
const HEAD = sampleDocument().head;

function planWith(anchors: readonly Anchor[]) {
  const camera = cameraNamed('left', 1800);
  return { head: HEAD, photos: [samplePhoto(), samplePhoto({ view: 'left', placedBy: 'anchors', camera, anchors })] };
}
const marksOf = (seed: number, spread = 1): Anchor[] => {
  const random = seededGenerator(seed);
  return marked(cameraNamed('left', 1800), personalPoints(NAMES, HEAD.shape, random, spread), random, 2.6, spread);
};
const moved = (anchors: readonly Anchor[], name: AnchorName, px: number): Anchor[] =>
  anchors.map((mark) => (mark.name === name ? { ...mark, xPx: mark.xPx + px } : mark));

describe('marks that the others contradict', () => {
  it('are none in photos without marks, and none in nearly all that were marked well', () => {
    expect(doubtedAnchors({ head: HEAD, photos: [samplePhoto()] })).toEqual([]);
    let raised = 0;
    for (let seed = 0; seed < 100; seed++) if (doubtedAnchors(planWith(marksOf(seed))).length > 0) raised++;
    expect(raised).toBeLessThan(8);
  });

  it('are named with their photo and how far off they lie', () => {
    const [first, ...others] = doubtedAnchors(planWith(moved(marksOf(3, 0.3), 'left-ear-lobe', 60)));
    expect(first).toMatchObject({ view: 'left', name: 'left-ear-lobe' });
    expect(Math.abs(first.offPx - 60)).toBeLessThan(15);
    expect(others).toEqual([]);
  });

  it('are all named, however many may be doubted', () => {
    let [both, strangers] = [0, 0];
    for (let seed = 0; seed < 20; seed++) {
      const slipped = moved(moved(marksOf(seed, 0.3), 'left-ear-lobe', 120), 'vertex', -160);
      const names = doubtedAnchors(planWith(slipped)).map(({ name }) => name);
      if (names.includes('left-ear-lobe') && names.includes('vertex')) both++;
      strangers += names.filter((name) => name !== 'left-ear-lobe' && name !== 'vertex').length;
    }
    expect(both).toBeGreaterThan(18);
    expect(strangers).toBeLessThan(3);
  });
});
