/**
 * What does the name of a photo promise? 'left' shows the client's left side, 'top' the head from above.
 *
 * Names are read word by word, in any order: a side, back, top, crown or bowed, and degrees ('left-45', 'back-left',
 * 'right-three-quarter'). Null when no word says anything.
 */
import { degToRad } from '../num/elementary.ts';
import { multiply, rotationAboutX, rotationAboutY } from '../vec/mat3.ts';
import type { Mat3 } from '../vec/mat3.ts';
import { FACING } from './fit-camera.ts';

/** Angles as for a face: yaw is positive when the head turns to its left, pitch when its top comes towards the camera. */
export interface ViewPose {
  readonly yawDeg: number;
  readonly pitchDeg: number;
}

/** A picture of the left side shows a head that is turned to its right. */
const SIDES: Readonly<Record<string, 1 | -1>> = { left: -1, l: -1, right: 1, r: 1 };
const FRONT = new Set(['front', 'frontal', 'face']);
const BACK = new Set(['back', 'rear', 'behind', 'nape', 'donor']);
const ABOVE = new Set(['top', 'above', 'overhead']);
const CROWN = new Set(['crown', 'vertex', 'whorl']);
const BOWED = new Set(['bowed', 'down']);
const OBLIQUE = new Set(['oblique', 'quarter', 'diagonal', 'half']);

export function poseOfView(view: string): ViewPose | null {
  const words = view.toLowerCase().split(/[^a-z0-9]+/);
  const has = (set: ReadonlySet<string>): boolean => words.some((word) => set.has(word));
  const named = words.find((word) => Object.hasOwn(SIDES, word));
  const degrees = words.find((word) => /^\d{1,3}$/.test(word));
  if (has(ABOVE)) return { yawDeg: 0, pitchDeg: 90 };
  if (has(CROWN)) return { yawDeg: 180, pitchDeg: 50 };
  const pitchDeg = has(BOWED) ? 25 : 0;
  if (named !== undefined) {
    const isOblique = has(FRONT) || has(BACK) || has(OBLIQUE);
    const turned = Math.min(180, degrees === undefined ? (isOblique ? 45 : 90) : Number(degrees));
    return { yawDeg: SIDES[named] * (has(BACK) ? 180 - turned : turned), pitchDeg };
  }
  if (has(BACK)) return { yawDeg: 180, pitchDeg };
  return has(FRONT) || has(BOWED) ? { yawDeg: 0, pitchDeg } : null;
}

/** The camera's R for a head turned so and upright in the picture. */
export const rotationOf = ({ yawDeg, pitchDeg }: ViewPose): Mat3 =>
  multiply(FACING, multiply(rotationAboutX(degToRad(pitchDeg)), rotationAboutY(degToRad(yawDeg))));
