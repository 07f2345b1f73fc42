import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { radiusMm } from '../head/head-map.ts';
import type { HeadShape } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { length } from '../vec/vec3.ts';
import { ANCHORS, ANCHOR_NAMES, anchorMm, anchorNamed } from './anchors.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from './face-mesh.ts';
import { facePoint } from './solve-pose.ts';

const TEMPLATE: HeadShape = { face: 1, width: 1, height: 1, length: 1 };
const OTHER: HeadShape = { face: 0.96, width: 1.06, height: 0.94, length: 1.05 };

describe('the anchors', () => {
  it('are mirror images on the two sides and lie in the midline otherwise', () => {
    for (const name of ANCHOR_NAMES) {
      const [x, y, z] = ANCHORS[name].templateMm;
      if (name.startsWith('left-')) {
        expect(x).toBeGreaterThan(0);
        const twin = ANCHOR_NAMES.find((other) => other === name.replace('left-', 'right-'))!;
        expect(ANCHORS[twin].templateMm).toEqual([-x, y, z]);
      } else if (!name.startsWith('right-')) expect(x).toBe(0);
    }
  });

  it('stay on the skin of the scalp when the head is stretched', () => {
    const head = buildHead(OTHER);
    for (const name of ['vertex', 'opisthocranion', 'inion', 'glabella'] as const) {
      const p = anchorMm(name, OTHER);
      expect(Math.abs(length(p) - radiusMm(head, ...p))).toBeLessThan(0.6);
    }
  });

  it('are the landmarks of the head, and the tragus is the end of its x axis', () => {
    const landmarks = landmarksOf(OTHER);
    for (const name of ['opisthocranion', 'inion', 'glabella', 'nasion'] as const) {
      expect(anchorMm(name, OTHER)).toEqual(landmarks[name]);
    }
    const [x, y, z] = anchorMm('right-tragus', OTHER);
    expect([y, z]).toEqual([0, 0]);
    expect(x).toBeCloseTo(-0.96 * 74.97, 9);
  });

  it('have the vertex behind the highest place of the template, and no lower than a finger could tell', () => {
    const [, up, forward] = anchorMm('vertex', TEMPLATE);
    const { vertex } = landmarksOf(TEMPLATE);
    expect(vertex[2] - forward).toBeGreaterThan(3);
    expect(vertex[1] - up).toBeLessThan(0.3);
  });

  it('have ears as long as those of men, on heads of any size', () => {
    // ANSUR II: 64.2 mm (sd 4.5) and 59.4 mm (sd 3.9), where faces are 6 % smaller.
    for (const [face, mm] of [
      [1, 64.2],
      [0.94, 59.4],
    ]) {
      const [top, lobe] = (['left-ear-top', 'left-ear-lobe'] as const).map((name) =>
        anchorMm(name, { ...OTHER, face }),
      );
      expect(Math.abs(top[1] - lobe[1] - mm)).toBeLessThan(1.5);
    }
    expect(anchorMm('left-tragus', OTHER)[1]).toBe(0);
  });

  it('agree with the canonical face within its own error', () => {
    // Its jaw is anyone's: it is aligned by what lies above the mouth.
    for (const [name, index] of [
      ['left-canthus', LEFT_CANTHUS],
      ['right-canthus', RIGHT_CANTHUS],
      ['nose-tip', 4],
    ] as const) {
      const p = facePoint(index);
      anchorMm(name, TEMPLATE).forEach((v, k) => expect(Math.abs(v - p[k])).toBeLessThan(6));
    }
  });
});

describe('the name of an anchor', () => {
  it.each([
    ['left-tragus', 'left-tragus'],
    ['leftTragus', 'left-tragus'],
    ['tragus_left', 'left-tragus'],
    ['LTragion', 'left-tragus'],
    ["the client's left ear", 'left-tragus'],
    ['R_EAR', 'right-tragus'],
    ['right ear lobe', 'right-ear-lobe'],
    ['rightEarTop', 'right-ear-top'],
    ['top of the left ear', 'left-ear-top'],
    ['Right outer canthus', 'right-canthus'],
    ['VERTEX', 'vertex'],
    ['top of head', 'vertex'],
    ['Tip of the nose', 'nose-tip'],
    ['menton', 'chin'],
    ['Sellion', 'nasion'],
    [' nape-hairline ', 'nape'],
  ])('is understood as %s', (text, name) => {
    expect(anchorNamed(text)).toBe(name);
  });

  it.each([
    'tragus',
    'left-right-ear',
    'left vertex',
    'crown',
    'constructor',
    '__proto__',
    'left-',
    '',
    'nose tip 2 x',
  ])('is not guessed from "%s"', (text) => {
    expect(anchorNamed(text)).toBeNull();
  });
});
