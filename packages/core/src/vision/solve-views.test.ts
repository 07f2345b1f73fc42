import { describe, expect, it } from 'vitest';
import { buildHead } from '../head/build-head.ts';
import { departuresAt } from '../head/depart-from-template.ts';
import { directionOf } from '../head/head-map.ts';
import type { HeadMap } from '../head/head-map.ts';
import type { HeadMeasure, HeadShape } from '../head/head-shape.ts';
import { landmarksOf } from '../head/landmarks.ts';
import { populationShape } from '../head/solve-head.ts';
import { takeMeasure } from '../head/take-measure.ts';
import { radiusOfMap, readTape } from '../head/tape.ts';
import { spreadOf } from '../num/least-squares.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { add, distance } from '../vec/vec3.ts';
import { anchorMm } from './anchors.ts';
import type { AnchorName } from './anchors.ts';
import { outsideOfShape } from './head-outline.ts';
import { skinSeenAt } from './skin-seen-at.ts';
import { anglesOf } from './solve-pose.ts';
import { solveViews } from './solve-views.ts';
import type { SolvedViews, ViewsInput } from './solve-views.ts';
import { cameraOn, maskOfHead, misjudged } from './testing/person-mask.ts';
import { MIDDLE_PX as MIDDLE, seenView } from './testing/seen-view.ts';
import type { ViewEvidence } from './view-evidence.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const MEAN = populationShape(MAN);
/** Longer than a front photo could know. */
const HEAD: HeadShape = { face: 1.02, width: 1.02, height: 1.04, length: MEAN.length * 1.05 };
const SEEN: HeadShape = { ...HEAD, face: 1 };

const photo = (view: string, camera: Camera, changes: Partial<ViewEvidence> = {}): ViewEvidence =>
  seenView(view, HEAD, camera, changes);

const FRONT = cameraOn(2200, MIDDLE, 1000, 6, 14, 3);
const LEFT = cameraOn(2200, MIDDLE, 1000, -48, 3, -2);
const girth: HeadMeasure = takeMeasure(
  'circumference',
  readTape(radiusOfMap(buildHead(HEAD)), landmarksOf(HEAD), 'circumference'),
);
const solve = (views: readonly ViewEvidence[], changes: Partial<ViewsInput> = {}): SolvedViews =>
  solveViews({ views, measures: [girth], client: MAN, scan: null, ...changes });
const off = (a: number, b: number): number => Math.abs(a / b - 1);
/** Length of the head in mm, and how surely. */
const lengthOf = ({ shape }: { shape: HeadShape }): number => shape.face * shape.length;
const lengthSd = ({ likeliest }: SolvedViews): number => spreadOf((x) => x[0] + x[3], likeliest, [0, 3]);

function anglesApart(a: Camera, b: Camera): number {
  const [one, other] = [anglesOf(a.R), anglesOf(b.R)];
  return Math.max(Math.abs(one.yawDeg - other.yawDeg), Math.abs(one.pitchDeg - other.pitchDeg));
}

/** A head of this shape that departs from the template so far along its first way. */
function standingOut(shape: HeadShape, by: number): HeadMap {
  const { size, radiiMm } = buildHead(shape);
  const node = (k: number): number => (2 * k) / (size - 1) - 1;
  return {
    size,
    radiiMm: radiiMm.map((r, k) => r + by * departuresAt(directionOf(node(k % size), node(Math.floor(k / size))))[0]),
  };
}

describe('one head from its photos', () => {
  it('is found from a front photo and a tape, and follows its outline', () => {
    const solved = solve([photo('front', FRONT)]);
    expect(off(solved.shape.face * solved.shape.width, HEAD.face * HEAD.width)).toBeLessThan(0.03);
    expect(off(solved.shape.face * solved.shape.height, HEAD.face * HEAD.height)).toBeLessThan(0.03);
    const [{ camera, outline }] = solved.views;
    expect(anglesApart(camera, FRONT)).toBeLessThan(2);
    expect(outline.relative).toBeLessThan(0.004);
    expect(outline.raysUsed).toBeGreaterThan(45);
    expect(outline.raysLost + outline.raysCropped).toBe(0);
  });

  it('was nearer to the camera than taken for, where the photo does not tell its focal length', () => {
    const near = cameraOn(1400, MIDDLE, 640, 6, 14, 3);
    const start = { ...near, f: 2 * near.f, t: add(near.t, [0, 0, near.t[2]]) };
    const solved = solve([photo('front', near, { start, isFocalKnown: false })]);
    // Twice as far by its start; what is left of that is what one face and one outline leave open.
    expect(off(solved.views[0].camera.t[2], HEAD.face * near.t[2])).toBeLessThan(0.6);
    expect(solved.views[0].outline.relative).toBeLessThan(0.004);
  });

  it('is longer in a photo from the side than a front photo could know, and surer', () => {
    const one = solve([photo('front', FRONT)]);
    const both = solve([photo('front', FRONT), photo('left', LEFT)]);
    expect(off(lengthOf(both), lengthOf({ shape: HEAD }))).toBeLessThan(off(lengthOf(one), lengthOf({ shape: HEAD })));
    expect(off(lengthOf(both), lengthOf({ shape: HEAD }))).toBeLessThan(0.02);
    // Not of its forehead, which may stand forward for itself.
    expect(lengthSd(both)).toBeLessThan(0.93 * lengthSd(one));
    expect(anglesApart(both.views[1].camera, LEFT)).toBeLessThan(2);
  });

  it('is placed by marked points where there is no face', () => {
    const back = cameraOn(2200, MIDDLE, 1100, 174, -4, 2);
    const names: readonly AnchorName[] = [
      'left-tragus',
      'right-tragus',
      'vertex',
      'inion',
      'left-ear-top',
      'right-ear-top',
    ];
    const anchors = names.map((name) => {
      const [xPx, yPx] = project(back, anchorMm(name, SEEN));
      return { name, xPx, yPx };
    });
    const marked = photo('back', back, { face: null, placedBy: 'anchors', anchors, start: misjudged(back, 6, -5) });
    const solved = solve([photo('front', FRONT), marked]);
    expect(anglesApart(solved.views[1].camera, back)).toBeLessThan(1.5);
    expect(solved.views[1].outline.relative).toBeLessThan(0.005);
  });

  it('has ears farther back than others, which a profile alone takes for a turn and marks from all sides tell', () => {
    const earsOf = (side: 'left' | 'right'): AnchorName[] => [`${side}-tragus`, `${side}-ear-top`, `${side}-ear-lobe`];
    const [leftEar, rightEar] = [earsOf('left'), earsOf('right')];
    const ears = [...leftEar, ...rightEar];
    const seen = (view: string, yaw: number, pitch: number, names: readonly AnchorName[]): ViewEvidence => {
      const camera = cameraOn(2200, MIDDLE, 1500, yaw, pitch, 0);
      const anchors = names.map((name) => {
        const [x, y, z] = anchorMm(name, SEEN);
        const [xPx, yPx] = project(camera, [x, y, ears.includes(name) ? z - 5 : z]);
        return { name, xPx, yPx };
      });
      const person = maskOfHead(camera, buildHead(SEEN), { leftPx: 0, topPx: 0, sidePx: 1024 });
      return photo(view, camera, { face: null, placedBy: 'anchors', anchors, person });
    };
    const left = seen('left', -90, 0, [...leftEar, 'glabella', 'nose-tip', 'vertex']);
    const others = [
      seen('right', 90, 0, [...rightEar, 'glabella', 'nose-tip', 'vertex']),
      seen('top', 0, 70, [...ears, 'vertex', 'nose-tip']),
    ];
    const turnedWrongDeg = (views: readonly ViewEvidence[]): number =>
      Math.abs(anglesOf(solve(views).views[0].camera.R).yawDeg + 90);
    expect(turnedWrongDeg([left])).toBeGreaterThan(2.5);
    expect(turnedWrongDeg([left, ...others])).toBeLessThan(1.1);
  });

  it('gets its size from a known distance where no tape was laid', () => {
    const outside = outsideOfShape(SEEN);
    const ends = [
      [480, 300],
      [560, 300],
    ] as const;
    const [from, to] = ends.map(([x, y]) => skinSeenAt(FRONT, outside, x, y)!);
    const mm = distance(from, to) * HEAD.face;
    const distances = [{ fromPx: ends[0], toPx: ends[1], mm, sdMm: 0.3 }];
    const told = solve([photo('front', FRONT, { distances })], { measures: [] });
    expect(off(told.shape.face, HEAD.face)).toBeLessThan(0.015);
    const faceSd = (s: SolvedViews): number => spreadOf((x) => x[0], s.likeliest, [0]);
    expect(faceSd(told)).toBeLessThan(0.6 * faceSd(solve([photo('front', FRONT)], { measures: [] })));
  });

  it('may have a forehead that stands out, which its photos then tell alike', () => {
    const square = { leftPx: 190, topPx: 90, sidePx: 640 };
    const head = standingOut(SEEN, -0.075);
    const seen = (view: string, camera: Camera): ViewEvidence =>
      photo(view, camera, { person: maskOfHead(camera, head, square) });
    const { shape, views } = solve([seen('front', FRONT), seen('left', LEFT)]);
    expect(off(shape.height, HEAD.height)).toBeLessThan(0.035);
    expect(off(shape.length, HEAD.length)).toBeLessThan(0.02);
    expect(anglesApart(views[0].camera, FRONT)).toBeLessThan(1);
    for (const { outline } of views) expect(outline.relative).toBeLessThan(0.005);
  });

  it('is not solved when it was scanned: only the camera is', () => {
    const scan = { map: buildHead(HEAD, 129), shape: HEAD };
    const solved = solve([photo('front', FRONT)], { scan, measures: [] });
    expect(solved.shape).toEqual(HEAD);
    expect(anglesApart(solved.views[0].camera, FRONT)).toBeLessThan(0.5);
    // In mm of this head, as the true camera is with a head of that size.
    FRONT.t.forEach((t, k) => expect(off(solved.views[0].camera.t[k] + 2000, t * HEAD.face + 2000)).toBeLessThan(0.05));
  });

  it('does not take a shoulder or hair beside the head for skull', () => {
    const plain = photo('front', FRONT);
    const { person } = plain;
    // Something beside the head, from the height of the temple down.
    const values = person.values.map((v, k) => {
      const [i, j] = [k % person.size, Math.floor(k / person.size)];
      return j > 0.42 * person.size && i > 0.6 * person.size ? 255 : v;
    });
    const bumped = solve([photo('front', FRONT, { person: { ...person, values } })]);
    const clean = solve([plain]);
    expect(off(bumped.shape.width, clean.shape.width)).toBeLessThan(0.012);
    expect(bumped.views[0].outline.raysUsed).toBeLessThan(clean.views[0].outline.raysUsed);
  });

  it('comes out the same twice', () => {
    const views = [photo('front', FRONT), photo('left', LEFT)];
    expect(solve(views).likeliest).toEqual(solve(views).likeliest);
  });
});
