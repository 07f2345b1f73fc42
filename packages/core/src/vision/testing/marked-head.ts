import type { HeadShape } from '../../head/head-shape.ts';
import type { Generator } from '../../random/generator.ts';
import { project } from '../../vec/camera.ts';
import type { Camera } from '../../vec/camera.ts';
import { multiply, rotate, rotationAboutZ, rotationFromVector } from '../../vec/mat3.ts';
import type { Vec3 } from '../../vec/mat3.ts';
import { ANCHOR_MODES_MM, ANCHOR_REST_MM } from '../anchor-covariance.ts';
import { ANCHORS, EAR_MODES_MM, anchorMm } from '../anchors.ts';
import type { AnchorName } from '../anchors.ts';
import { CRANIUM_CENTRE } from '../head-outline.ts';
import type { Anchor } from '../view-evidence.ts';
import { poseOfView, rotationOf } from '../view-pose.ts';

/** A bell of standard deviation 1, near enough. */
export const bell = (random: Generator): number => {
  let sum = 0;
  for (let k = 0; k < 12; k++) sum += random();
  return sum - 6;
};

/** A camera `distanceMm` away that shows a head some 500 px tall near the middle of 1024 px, turned as `view` promises. */
export function cameraNamed(view: string, distanceMm: number, off: Vec3 = [0, 0, 0], rollRad = 0): Camera {
  const R = multiply(rotationAboutZ(rollRad), multiply(rotationFromVector(off), rotationOf(poseOfView(view)!)));
  const middle = rotate(R, CRANIUM_CENTRE);
  const t: Vec3 = [20 - middle[0], -15 - middle[1], distanceMm - middle[2]];
  return { f: (500 / 230) * distanceMm, cx: 511.5, cy: 511.5, R, t };
}

/** The points of one head, each where this person has it: as far from the model's as people differ, times `spread`. */
export function personalPoints(
  names: readonly AnchorName[],
  shape: HeadShape,
  random: Generator,
  spread = 1,
): Map<AnchorName, Vec3> {
  const modes = ANCHOR_MODES_MM.map((mode) => ({ mode, weight: spread * bell(random) }));
  const earModes = EAR_MODES_MM.map((mode) => ({ mode, weight: spread * bell(random) }));
  return new Map(
    names.map((name) => {
      const p = anchorMm(name, shape);
      const { ear } = ANCHORS[name];
      const at = (k: number): number => {
        const shared = modes.reduce((sum, { mode, weight }) => sum + weight * mode[name][k], 0);
        const ofEars = ear ? earModes.reduce((sum, { mode, weight }) => sum + weight * mode[ear][k], 0) : 0;
        return p[k] + shared + ofEars + spread * ANCHOR_REST_MM[name][k] * bell(random);
      };
      return [name, [at(0), at(1), at(2)]];
    }),
  );
}

/** Where a hand seeks a point: as far off as hands differ, times `hand`. */
function soughtAt(name: AnchorName, p: Vec3, random: Generator, hand: number): Vec3 {
  const at = (k: number): number => p[k] + hand * ANCHORS[name].handMm[k] * bell(random);
  return [at(0), at(1), at(2)];
}

/** All points where one hand seeks them. */
export const sought = (points: ReadonlyMap<AnchorName, Vec3>, random: Generator, hand: number): Map<AnchorName, Vec3> =>
  new Map(Array.from(points, ([name, p]) => [name, soughtAt(name, p, random, hand)]));

/** The points as a hand marks them in one photo: each sought anew, times `hand`, and met to `clickPx`. */
export const marked = (
  camera: Camera,
  points: ReadonlyMap<AnchorName, Vec3>,
  random: Generator,
  clickPx: number,
  hand = 0,
): Anchor[] =>
  Array.from(points, ([name, p]) => {
    const [x, y] = project(camera, soughtAt(name, p, random, hand));
    return { name, xPx: x + clickPx * bell(random), yPx: y + clickPx * bell(random) };
  });
