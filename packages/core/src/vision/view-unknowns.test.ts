import { describe, expect, it } from 'vitest';
import { project, toCamera } from '../vec/camera.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { cameraOn } from './testing/person-mask.ts';
import { cameraAt, countOf, unknownsOf } from './view-unknowns.ts';

const PIVOT: Vec3 = [0, 20, 75];
const START = cameraOn(2200, 500, 1000, 12, 15, 4);
const at = (changes: Readonly<Record<number, number>>): number[] =>
  Array.from({ length: countOf(2) }, (_, k) => changes[k] ?? 0);
const SECOND = unknownsOf(1);

describe('the unknowns of a photo', () => {
  it('leave the start as it is when they are zero', () => {
    const camera = cameraAt(START, PIVOT, SECOND, at({}));
    expect(camera.f).toBe(START.f);
    START.R.forEach((v, k) => expect(camera.R[k]).toBeCloseTo(v, 12));
    START.t.forEach((v, k) => expect(camera.t[k]).toBeCloseTo(v, 9));
  });

  it('move the camera back as the focal length grows, so that the head keeps its place and size', () => {
    const camera = cameraAt(START, PIVOT, SECOND, at({ [SECOND.focal]: 0.4 }));
    const [before, after] = [project(START, PIVOT), project(camera, PIVOT)];
    expect(after[0]).toBeCloseTo(before[0], 6);
    expect(after[1]).toBeCloseTo(before[1], 6);
    expect(camera.f / after[2]).toBeCloseTo(START.f / before[2], 9);
    expect(after[2] / before[2]).toBeCloseTo(Math.exp(0.4), 9);
  });

  it('turn, shift and enlarge the head about its pivot', () => {
    const turned = cameraAt(START, PIVOT, SECOND, at({ [SECOND.turn[1]]: 0.2 }));
    expect(project(turned, PIVOT)[0]).toBeCloseTo(project(START, PIVOT)[0], 6);
    expect(turned.R).not.toEqual(START.R);
    const shifted = cameraAt(START, PIVOT, SECOND, at({ [SECOND.place[0]]: 0.1 }));
    const pxPerMm = START.f / toCamera(START, PIVOT)[2];
    expect(project(shifted, PIVOT)[0] - project(START, PIVOT)[0]).toBeCloseTo(10 * pxPerMm, 6);
    const larger = cameraAt(START, PIVOT, SECOND, at({ [SECOND.size]: 0.1 }));
    expect(larger.f / toCamera(larger, PIVOT)[2]).toBeCloseTo(pxPerMm * Math.exp(0.1), 9);
  });

  it('of one photo do not touch another', () => {
    const first = unknownsOf(0);
    expect(first.all.filter((k) => SECOND.all.includes(k))).toEqual([]);
    expect(Math.max(...SECOND.all)).toBe(countOf(2) - 1);
  });
});
