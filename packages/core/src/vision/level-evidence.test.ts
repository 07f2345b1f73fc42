import { describe, expect, it } from 'vitest';
import { FACE_MIDDLE } from '../head/landmarks.ts';
import { populationShape } from '../head/solve-head.ts';
import { degToRad, radToDeg } from '../num/elementary.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { rotate, rotationAboutX } from '../vec/mat3.ts';
import type { Vec3 } from '../vec/mat3.ts';
import { add, subtract } from '../vec/vec3.ts';
import { LIDS } from './face-mesh.ts';
import { tiltEvidence } from './level-evidence.ts';
import { FACE_RIGID, anglesOf, asMeshTells } from './solve-pose.ts';
import { solveViews } from './solve-views.ts';
import { cameraOn } from './testing/person-mask.ts';
import { MIDDLE_PX, seenView } from './testing/seen-view.ts';
import { withEars } from './testing/with-ears.ts';
import type { ViewEvidence } from './view-evidence.ts';
import { FACE_PLACE, PLACE_MM, TILT, cameraAt, countOf, unknownsOf } from './view-unknowns.ts';

const MAN = { sex: 'm', ageYears: null } as const;
const HEAD = { ...populationShape(MAN), face: 1 };
const CAMERA = cameraOn(2200, MIDDLE_PX, 1000, 5, 12, 2);
const TILT_DEG = 4;

/** The mesh of a face that is changed so. */
function meshOf(camera: Camera, change: (point: Vec3, index: number) => Vec3): NonNullable<ViewEvidence['face']> {
  const face = { xPx: new Float32Array(478), yPx: new Float32Array(478), widthPx: 300 };
  for (const { index, point } of FACE_RIGID) {
    [face.xPx[index], face.yPx[index]] = project(asMeshTells(camera), change(point, index));
  }
  return face;
}
const tilted = (point: Vec3): Vec3 =>
  add(FACE_MIDDLE, rotate(rotationAboutX(degToRad(TILT_DEG)), subtract(point, FACE_MIDDLE)));

const solve = (face: NonNullable<ViewEvidence['face']>, ears: boolean) => {
  const view = seenView('front', HEAD, CAMERA, { face });
  const person = ears ? withEars(view.person, CAMERA) : view.person;
  const { views, likeliest } = solveViews({ views: [{ ...view, person }], measures: [], client: MAN, scan: null });
  return { pitchDeg: anglesOf(views[0].camera.R).pitchDeg, tiltDeg: radToDeg(likeliest.x[TILT]) };
};

describe('where level is in a head', () => {
  it('is told by the ears when the face is bowed against the cranium', () => {
    const face = meshOf(CAMERA, tilted);
    const [without, seen] = [solve(face, false), solve(face, true)];
    expect(without.pitchDeg - 12).toBeGreaterThan(2);
    expect(Math.abs(seen.pitchDeg - 12)).toBeLessThan(0.65 * (without.pitchDeg - 12));
    expect(seen.tiltDeg).toBeGreaterThan(without.tiltDeg + 0.5);
  });

  it('is left alone by ears that stand where the face says', () => {
    const face = meshOf(CAMERA, (point) => point);
    expect(Math.abs(solve(face, true).pitchDeg - solve(face, false).pitchDeg)).toBeLessThan(0.8);
  });

  it('is told by eyes that lie higher or lower on their face', () => {
    const raised = (mm: number): Vec3 => [0, mm, 0];
    const [low, mean, high] = [-1.5, 0, 1.5].map((mm) =>
      solve(
        meshOf(CAMERA, (point, index) => (LIDS.includes(index) ? add(point, raised(mm)) : point)),
        false,
      ),
    );
    expect(high.tiltDeg - mean.tiltDeg).toBeGreaterThan(0.5);
    expect(mean.tiltDeg - low.tiltDeg).toBeGreaterThan(0.5);
    expect(high.pitchDeg).toBeLessThan(mean.pitchDeg);
  });

  it('is turned less by a face that lies aside on its head when more photos show that it does', () => {
    const asideMm = 2;
    const aside = (camera: Camera, k: number): ViewEvidence =>
      seenView(`front-${k}`, HEAD, camera, { face: meshOf(camera, (point) => add(point, [asideMm, 0, 0])) });
    const views = [CAMERA, cameraOn(2200, MIDDLE_PX, 1000, -6, 26, 0), cameraOn(2200, MIDDLE_PX, 1000, 34, 8, -2)];
    const [one, three] = [1, 3].map((count) =>
      solveViews({ views: views.slice(0, count).map(aside), measures: [], client: MAN, scan: null }),
    );
    const turnedDeg = ({ views: [{ camera }] }: typeof one): number => anglesOf(camera.R).yawDeg - 5;
    expect(turnedDeg(one)).toBeGreaterThan(0.4);
    expect(turnedDeg(three)).toBeLessThan(0.9 * turnedDeg(one));
    const toldMm = PLACE_MM * three.likeliest.x[FACE_PLACE[0]];
    expect(toldMm).toBeGreaterThan(0.3 * asideMm);
    expect(toldMm).toBeLessThan(asideMm);
  });

  it('is told alike whatever it was asked before', () => {
    const views = [0, 1].map((k) => ({
      face: meshOf(CAMERA, k ? tilted : (point) => point),
      unknowns: unknownsOf(k),
      camera: (x: readonly number[]) => cameraAt(CAMERA, FACE_MIDDLE, unknownsOf(k), x),
    }));
    const asked = tiltEvidence(views);
    const at = new Array<number>(countOf(2)).fill(0);
    for (const unknown of [...unknownsOf(0).all, TILT, ...unknownsOf(1).all, unknownsOf(0).turn[0]]) {
      const nudged = at.with(unknown, 0.01);
      expect(asked.residuals(nudged)).toEqual(tiltEvidence(views).residuals(nudged));
      expect(asked.residuals(at)).toEqual(tiltEvidence(views).residuals(at));
    }
  });
});
