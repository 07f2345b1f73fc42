/**
 * Which head stands where in this photo: the outline fit and the solved head, brought into agreement.
 *
 * Two truths have to meet. The picture needs a head that follows the person's outline to the pixel; the numbers need one
 * that a tape confirms. The outline gives width and height relative to the face, with an error of several per cent that
 * comes from pitch, focal length and the unseen length; tapes give size. So the outline's ratios are taken as they are,
 * face and length are solved from tapes and population around them, and the outline is fitted again with that length.
 * The standard deviations are those of the solution that trusts the outline only as far as it deserves, joined by
 * how far that solution lies from this one.
 *
 * In: a camera in template mm from the face. Out: the head and its camera in mm, with what is left between outline
 * and model. Refuses contradicting measures (solve-head.ts), and as 'head-covered' an outline whose proportions no head
 * with these measures has: a hat must not make right tapes contradict each other. With pose and focal length as wrong
 * as they get, none of 120 simulated bald heads was refused. The caller judges the outline itself.
 */
import { buildHead } from '../head/build-head.ts';
import type { ClientFacts } from '../head/client-facts.ts';
import { headMesh } from '../head/head-mesh.ts';
import type { HeadFit, HeadMeasure, HeadShape } from '../head/head-shape.ts';
import { populationShape, solveHead } from '../head/solve-head.ts';
import type { OutlineRatios } from '../head/solve-head.ts';
import { areaMm2 } from '../mesh/triangle-mesh.ts';
import { log } from '../num/elementary.ts';
import { Refusal } from '../units/refusal.ts';
import type { Camera } from '../vec/camera.ts';
import { fitOutline } from '../vision/fit-outline.ts';
import type { OutlineFit, OutlineInput } from '../vision/fit-outline.ts';

export interface PlacedHead {
  readonly head: HeadFit;
  /** In mm of this head. */
  readonly camera: Camera;
  readonly outline: OutlineFit;
  /** The head that the outline was expected of, in template mm. */
  readonly prior: HeadShape;
}

/** How closely the solved head keeps to the outline: 0.3 % of a head is half a pixel of most photos. */
const OUTLINE_KEPT_SD = 0.003;
/** Length enters the outline of a bowed head; the second round moves it by under a tenth of a pixel. */
const ROUNDS = 2;
/** Rings of the meshes whose areas are compared: 0.2 % is enough. */
const AREA_RINGS = 32;

export function placeHead(
  input: Omit<OutlineInput, 'prior'>,
  measures: readonly HeadMeasure[],
  client: ClientFacts,
): PlacedHead {
  solveHead(measures, null, client); // refuses by the tapes alone
  const expected: HeadShape = { ...populationShape(client), face: 1 };
  let prior = expected;
  let outline = fitOutline({ ...input, prior });
  let shape = prior;
  for (let round = 0; round < ROUNDS; round++) {
    const kept = { ...outline, widthSd: OUTLINE_KEPT_SD, heightSd: OUTLINE_KEPT_SD };
    shape = solveSeen(measures, kept, client).shape;
    prior = { ...prior, length: shape.length };
    outline = fitOutline({ ...input, prior });
  }
  const cautious = solveSeen(measures, outline, client);
  const apart = log(scalpAreaMm2(shape) / scalpAreaMm2(cautious.shape));
  const { R, t, ...rest } = outline.camera;
  return {
    head: {
      ...cautious,
      shape,
      relativeSd: Math.sqrt(cautious.relativeSd * cautious.relativeSd + (apart / 2) * (apart / 2)),
      relativeAreaSd: Math.sqrt(cautious.relativeAreaSd * cautious.relativeAreaSd + apart * apart),
    },
    camera: { ...rest, R, t: [t[0] * shape.face, t[1] * shape.face, t[2] * shape.face] },
    outline,
    prior: expected,
  };
}

/** The tapes have passed by themselves: what contradicts them now is the outline. */
function solveSeen(measures: readonly HeadMeasure[], outline: OutlineRatios, client: ClientFacts): HeadFit {
  try {
    return solveHead(measures, outline, client);
  } catch (error) {
    if (!(error instanceof Refusal && error.code === 'measures-contradict')) throw error;
    throw new Refusal('head-covered', `its outline does not go with ${error.detail}`);
  }
}

const scalpAreaMm2 = (shape: HeadShape): number => areaMm2(headMesh(buildHead(shape), AREA_RINGS), (_x, y) => y > 0);
