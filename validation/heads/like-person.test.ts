import { describe, expect, it } from 'vitest';
import { ICT_PICKS } from './head-picks.ts';
import { knownAnchors } from './known-anchors.ts';
import type { KnownHead } from './known-head.ts';
import { drawPersons, likePerson } from './like-person.ts';
import { ballHead } from './testing/ball.ts';
import { trueTape } from './true-measures.ts';

const CSV = [
  'headlength,headbreadth,tragiontopofhead,interpupillarybreadth,bizygomaticbreadth,mentonsellionlength,bitragionchinarc,earlength',
  '190,150,125,600,135,115,320,61',
  '200,155,131,640,142,122,331,64',
  '210,160,137,680,150,130,342,67',
].join('\r\n');

describe('persons', () => {
  it('are drawn from the measured, the first of a longer draw the same', () => {
    const few = drawPersons(CSV, 3, 5);
    const many = drawPersons(CSV, 40, 5);
    expect(many.slice(0, 3)).toEqual(few);
    const large = many.find(({ lengthMm }) => lengthMm === 210);
    expect(large).toMatchObject({ breadthMm: 160, heightMm: 137, earMm: 67 });
    expect(large?.face).toBeCloseTo(1.054, 3);
    expect(new Set(many.map(({ lengthMm }) => lengthMm)).size).toBe(3);
  });

  it('have their own length, breadth, height and size of face on another head’s shape', () => {
    const ball = ballHead(80);
    const person = { lengthMm: 190, breadthMm: 151, heightMm: 104, face: 1.1, earMm: 64 };
    const head = likePerson(ball, 1, person);
    expect(trueTape(head, 'length')).toBeCloseTo(190, 0);
    expect(trueTape(head, 'breadth')).toBeCloseTo(151, 0);
    expect(head.landmarks.vertex[1]).toBeCloseTo(104, 0);
    // Half as high as the glabella nothing is stretched: the face is as large as it should be.
    expect(head.landmarks.nasion[1] / ball.landmarks.nasion[1]).toBeCloseTo(1.1, 1);
    expect(head.landmarks.glabella[0]).toBe(0);
  });

  it('have ears as long as their own, and skulls as before', () => {
    const ball = ballHead(85);
    // Where the neutral head has ears, this ball has places that lie on them.
    const paintCm = ball.positionsMm.map(
      (mm, k) => [1.1 * mm, mm, 8 * mm][k % 3] / 10 + [0, ICT_PICKS.leftTragion[1], ICT_PICKS.leftTragion[2]][k % 3],
    );
    const longOf = (earMm: number): KnownHead =>
      likePerson({ ...ball, paintCm }, 1, { lengthMm: 190, breadthMm: 151, heightMm: 104, face: 1, earMm });
    const [short, long] = [56, 66].map(longOf);
    const lengthOf = (head: KnownHead): number => {
      const points = knownAnchors(head);
      return points.get('right-ear-top')![1] - points.get('right-ear-lobe')![1];
    };
    expect(lengthOf(long) - lengthOf(short)).toBeCloseTo(10, 0);
    for (const kind of ['length', 'sagittal'] as const)
      expect(trueTape(long, kind)).toBeCloseTo(trueTape(short, kind), 1);
  });
});
