import { beforeAll, describe, expect, it } from 'vitest';
import type { Dots } from '../dots/dots.ts';
import { exp } from '../num/elementary.ts';
import { labOf, lStarOf, luminance } from '../pigment/lab.ts';
import type { Colour3 } from '../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../pigment/linear-light.ts';
import { seededGenerator } from '../random/generator.ts';
import { gaussianBlur } from './blur.ts';
import { cellGrid } from './cell-grid.ts';
import { bandContrast } from './band-contrast.ts';
import { prepareScene } from './prepare-scene.ts';
import type { SceneInput } from './prepare-scene.ts';
import { headPointAt, rasterHead } from './raster-head.ts';
import { renderLook } from './render-look.ts';
import { syntheticScene } from './testing/synthetic-scene.ts';

const SIDE = 520;
const HEALED = { name: 'healed', contrast: 1, dotScale: 1, softness: 1 };
const SHAPE = { sidePx: SIDE, fill: 0.8, pitchRad: 0.55, noiseCodes: 1.5, fromMm: 80 } as const;

interface Stubble {
  /** Mean optical density, and how much of it lies in specks of `sizePx`, sd. */
  readonly density: number;
  readonly specks: number;
  readonly sizePx: number;
  /** Light of what is covered, as a share of the skin's luminance, red, green and blue. */
  readonly covered: Colour3;
}

/** Half real-like stubble, on the client's right, and the plan on the bare half. */
function half(stubble: Stubble | null): SceneInput {
  const bare = syntheticScene(SHAPE);
  const dots = keeping(bare.dots, (x) => x > 0);
  if (!stubble) return { ...bare, dots };
  const rgba = Uint8ClampedArray.from(bare.photo.rgba);
  const density = speckled(stubble);
  const share = stubbleShare(bare);
  for (let k = 0; k < share.length; k++) {
    const c = 1 - exp(-density[k] * share[k]);
    const light = [0, 1, 2].map((i) => LIGHT_OF_CODE[rgba[4 * k + i]]);
    const bright = luminance(light[0], light[1], light[2]);
    for (let i = 0; i < 3; i++)
      rgba[4 * k + i] = codeOfLight(light[i] + c * (stubble.covered[i] * bright - light[i])) + 0.5;
  }
  return { ...bare, dots, photo: { ...bare.photo, rgba } };
}

/** Specks strewn at random over an even veil, drawn by nothing of the renderer. */
function speckled({ density, specks, sizePx }: Stubble): Float32Array {
  const random = seededGenerator(21);
  const points = new Float32Array(SIDE * SIDE);
  const every = 9;
  for (let n = 0; n < points.length / every; n++) points[Math.floor(points.length * random())] += 0.5 + random();
  const drawn = gaussianBlur(points, SIDE, SIDE, sizePx);
  return drawn.map((v) => density * (1 - specks + specks * every * v));
}

/** Stubble thins out over the same 10 mm about the middle over which the plan begins. */
function stubbleShare({ head, camera }: SceneInput): Float32Array {
  const { depthMm } = rasterHead(head, camera, cellGrid(0, 0, SIDE, SIDE, 1));
  return depthMm.map((depth, k) => {
    if (!(depth > 0)) return 0;
    const [x, y] = headPointAt(camera, k % SIDE, Math.floor(k / SIDE), depth);
    return x < 0 && y > 70 ? 1 : 0;
  });
}

function keeping(dots: Dots, isKept: (x: number) => boolean): Dots {
  const kept = Array.from({ length: dots.count }, (_, i) => i).filter((i) => isKept(dots.positionMm[3 * i]));
  const three = (values: Float32Array): Float32Array =>
    Float32Array.from(kept.flatMap((i) => [values[3 * i], values[3 * i + 1], values[3 * i + 2]]));
  return {
    count: kept.length,
    id: Uint32Array.from(kept, (i) => dots.id[i]),
    positionMm: three(dots.positionMm),
    normal: three(dots.normal),
    zone: Uint8Array.from(kept, (i) => dots.zone[i]),
    session: Uint8Array.from(kept, (i) => dots.session[i]),
    diameterMm: Float32Array.from(kept, (i) => dots.diameterMm[i]),
    strength: Float32Array.from(kept, (i) => dots.strength[i]),
  };
}

interface Side {
  readonly lab: Colour3;
  readonly grain: number;
}

/** A strip beside the border as it would look on the lamp's brightest skin: what it leaves of the bare photo's light. */
function stripOf(rgba: ArrayLike<number>, { head, camera }: SceneInput, isIn: (x: number) => boolean): Side {
  const bare = syntheticScene({ ...SHAPE, noiseCodes: 0 }).photo.rgba;
  const { depthMm, facing } = rasterHead(head, camera, cellGrid(0, 0, SIDE, SIDE, 1));
  const skin: Colour3 = [0.5, 0.31, 0.22];
  const where: number[] = [];
  const left: [number, number, number] = [0, 0, 0];
  const plane = new Float32Array(SIDE * SIDE);
  for (let k = 0; k < plane.length; k++) {
    if (!(depthMm[k] > 0 && facing[k] > 0.5)) continue;
    const share = [0, 1, 2].map((c) => LIGHT_OF_CODE[rgba[4 * k + c]] / Math.max(LIGHT_OF_CODE[bare[4 * k + c]], 1e-3));
    plane[k] = lStarOf(luminance(share[0] * skin[0], share[1] * skin[1], share[2] * skin[2]));
    const [x, y] = headPointAt(camera, k % SIDE, Math.floor(k / SIDE), depthMm[k]);
    if (!isIn(x) || y < 92) continue;
    where.push(k);
    for (let c = 0; c < 3; c++) left[c] += share[c];
  }
  const mean = left.map((v, c) => (v / where.length) * skin[c]);
  return { lab: labOf([mean[0], mean[1], mean[2]]), grain: bandContrast(plane, SIDE, SIDE, where, 0.7) };
}

const OWN = (x: number): boolean => x > -16 && x < -4;
const OURS = (x: number): boolean => x > 4 && x < 16;

/** How far work and stubble lie apart at the border: L*, a*, b*, and grain as a ratio. */
function apart(stubble: Stubble, isMatched: boolean): { readonly lab: Colour3; readonly grain: number } {
  const input = half(stubble);
  const shown = isMatched ? input : half(null);
  const { rgba } = renderLook(prepareScene(shown), HEALED);
  const [own, ours] = [stripOf(input.photo.rgba, input, OWN), stripOf(rgba, input, OURS)];
  return {
    lab: [ours.lab[0] - own.lab[0], ours.lab[1] - own.lab[1], ours.lab[2] - own.lab[2]],
    grain: ours.grain / own.grain,
  };
}

/** Just noticeable side by side on a texture: an estimate, 2 dE. */
const MOST_APART = 2;
const GRAIN_APART = 1.13;
/** Stubble may be so much grainier: work drawn to match it reads as pepper where the skin is light. */
const LESS_GRAIN = 0.8;

const COARSE: Stubble = { density: 0.58, specks: 0.6, sizePx: 1.4, covered: [0.25, 0.25, 0.25] };
const KINDS: readonly (readonly [name: string, stubble: Stubble])[] = [
  ['dark', { density: 1.05, specks: 0.6, sizePx: 1.1, covered: [0.2, 0.2, 0.2] }],
  ['brown', { density: 0.9, specks: 0.6, sizePx: 1.1, covered: [0.25, 0.2, 0.1] }],
  ['thin and coarse', COARSE],
];

describe.each(KINDS)('beside stubble that is %s', (_name, stubble) => {
  let matched: ReturnType<typeof apart>;
  let unmatched: ReturnType<typeof apart>;
  beforeAll(() => {
    matched = apart(stubble, true);
    unmatched = apart(stubble, false);
  });

  it('work has its tone and its colour at the border', () => {
    for (const off of matched.lab) expect(Math.abs(off)).toBeLessThan(MOST_APART);
  });

  it('work has its grain at the border', () => {
    expect(matched.grain).toBeLessThan(GRAIN_APART);
    expect(matched.grain).toBeGreaterThan(LESS_GRAIN);
  });

  it('work that does not know of it stands out by its tone', () => {
    expect(Math.max(...unmatched.lab.map(Math.abs))).toBeGreaterThan(MOST_APART);
  });
});

it('work that does not know of coarse stubble stands out by its grain', () => {
  expect(apart(COARSE, false).grain).toBeGreaterThan(GRAIN_APART);
});

describe('beside thin hair that is warmer than the skin it lies on', () => {
  /** Of a* and b*: the published pairs of decision 22. */
  const MOST_KEPT = 0.77;
  const FAIR: Stubble = { density: 1, specks: 0.3, sizePx: 1.1, covered: [1.15, 0.48, 0.15] };
  const bare = half(null);
  const skin = stripOf(bare.photo.rgba, bare, OURS).lab;
  const keptBy = (input: SceneInput): number => {
    const { lab } = stripOf(renderLook(prepareScene(input), HEALED).rgba, input, OURS);
    return Math.hypot(lab[1], lab[2]) / Math.hypot(skin[1], skin[2]);
  };

  it('work keeps no more of the skin’s colour than published work does, and hardly more than without it', () => {
    const kept = keptBy(half(null));
    expect(kept).toBeLessThan(MOST_KEPT);
    // 0.16 where such hair is believed.
    expect(keptBy(half(FAIR)) - kept).toBeLessThan(0.06);
  });
});
