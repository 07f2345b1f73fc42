/**
 * A photographed head whose truth is known: the template under one lamp, a highlight, grain, a plain wall.
 *
 * Dots are laid on the skin by hand over a cap around the vertex, evenly by hash, so that density is exact in the mean.
 */
import type { Dots } from '../../dots/dots.ts';
import { buildHead } from '../../head/build-head.ts';
import { normalAt, onSkin } from '../../head/head-map.ts';
import { landmarksOf } from '../../head/landmarks.ts';
import { PI, cos, pow, sin } from '../../num/elementary.ts';
import { designPigment } from '../../pigment/design-pigment.ts';
import { labOf } from '../../pigment/lab.ts';
import type { Colour3 } from '../../pigment/lab.ts';
import { LIGHT_OF_CODE, codeOfLight } from '../../pigment/linear-light.ts';
import { seededGenerator } from '../../random/generator.ts';
import type { Camera } from '../../vec/camera.ts';
import { multiply, rotationAboutX, rotationAboutY } from '../../vec/mat3.ts';
import type { Pixels } from '../../vision/pixels.ts';
import { cellGrid } from '../cell-grid.ts';
import type { SceneInput } from '../prepare-scene.ts';
import { rasterHead } from '../raster-head.ts';

export interface SyntheticOptions {
  readonly sidePx?: number;
  /** Share of the photo's side that a head 160 mm wide fills. */
  readonly fill?: number;
  readonly skin?: Colour3;
  readonly wall?: Colour3;
  readonly densityPerCm2?: number;
  /** Dots from this height (mm of the head frame) up. */
  readonly fromMm?: number;
  readonly shine?: number;
  readonly noiseCodes?: number;
  readonly pitchRad?: number;
  readonly yawRad?: number;
}

export function syntheticScene(options: SyntheticOptions = {}): SceneInput {
  const { sidePx = 320, fill = 0.7, skin = [0.5, 0.31, 0.22], wall = [0.16, 0.18, 0.21], densityPerCm2 = 85 } = options;
  const { fromMm = 88, shine = 0, noiseCodes = 0, pitchRad = 0.25, yawRad = 0 } = options;
  const shape = { face: 1, width: 1, height: 1, length: 1 };
  const head = buildHead(shape);
  const camera = cameraOn(sidePx, fill, pitchRad, yawRad);
  const { photo, inside } = shoot(head, camera, sidePx, skin, wall, shine, noiseCodes);
  const hair: Colour3 = [0.03, 0.022, 0.016];
  const colours = { skin, skinLab: labOf(skin), hair, hairLab: labOf(hair) };
  return {
    photo,
    head,
    landmarks: landmarksOf(shape),
    camera,
    person: { leftPx: 0, topPx: 0, sidePx, size: sidePx, values: inside },
    hair: null,
    dots: capOfDots(head, densityPerCm2, fromMm),
    quality: { mmPerPxAtHairline: 160 / (fill * sidePx), blurPx: 0.6, noiseCodes },
    colours,
    pigment: designPigment(colours),
  };
}

function cameraOn(sidePx: number, fill: number, pitchRad: number, yawRad: number): Camera {
  const distanceMm = 1500;
  // Camera y runs down and z away: half a turn about x, then bow and turn the head.
  const R = multiply(rotationAboutX(PI), multiply(rotationAboutX(pitchRad), rotationAboutY(yawRad)));
  return { f: (fill * sidePx * distanceMm) / 160, cx: sidePx / 2, cy: sidePx * 0.62, R, t: [0, 0, distanceMm] };
}

function shoot(
  head: SceneInput['head'],
  camera: Camera,
  sidePx: number,
  skin: Colour3,
  wall: Colour3,
  shine: number,
  noiseCodes: number,
): { photo: Pixels; inside: Uint8Array } {
  const raster = rasterHead(head, camera, cellGrid(0, 0, sidePx, sidePx, 1));
  const rgba = new Uint8ClampedArray(4 * sidePx * sidePx);
  const inside = new Uint8Array(sidePx * sidePx);
  const random = seededGenerator(11);
  const lamp = [-0.36, -0.52, -0.775];
  for (let k = 0; k < inside.length; k++) {
    const isHead = raster.depthMm[k] > 0;
    inside[k] = isHead ? 255 : 0;
    const [nx, ny, nz] = [raster.normal[3 * k], raster.normal[3 * k + 1], raster.normal[3 * k + 2]];
    const lit = 0.35 + 0.65 * Math.max(0, nx * lamp[0] + ny * lamp[1] + nz * lamp[2]);
    // Half way between lamp and eye.
    const half = Math.max(0, (nx * lamp[0] + ny * lamp[1] + nz * (lamp[2] - 1)) / 1.884);
    const glint = isHead ? shine * pow(half, 60) : 0;
    const grain = noiseCodes * (random() + random() + random() + random() - 2) * 1.732;
    for (let c = 0; c < 3; c++) {
      rgba[4 * k + c] = Math.round(codeOfLight((isHead ? skin[c] * lit : wall[c]) + glint) + grain);
    }
    rgba[4 * k + 3] = 255;
  }
  return { photo: { widthPx: sidePx, heightPx: sidePx, rgba }, inside };
}

/** Dots over the skin above `fromMm`, each direction as likely as its share of the skin's area asks for. */
function capOfDots(head: SceneInput['head'], densityPerCm2: number, fromMm: number): Dots {
  const random = seededGenerator(5);
  const position: number[] = [];
  const normal: number[] = [];
  // Area per steradian is r^2 / (n . d); thrown at the densest place's rate and thinned elsewhere.
  const most = 150 * 150;
  const throws = Math.round((4 * PI * most * densityPerCm2) / 100);
  for (let i = 0; i < throws; i++) {
    const y = 2 * random() - 1;
    const turn = 2 * PI * random();
    const keep = random();
    if (y < 0.2) continue;
    const s = Math.sqrt(1 - y * y);
    const d = [s * sin(turn), y, s * cos(turn)] as const;
    const p = onSkin(head, d);
    if (p[1] < fromMm) continue;
    const n = normalAt(head, p);
    const r2 = p[0] * p[0] + p[1] * p[1] + p[2] * p[2];
    if (keep * most > r2 / (n[0] * d[0] + n[1] * d[1] + n[2] * d[2])) continue;
    position.push(...p);
    normal.push(...n);
  }
  const count = position.length / 3;
  return {
    count,
    id: Uint32Array.from({ length: count }, (_, i) => i),
    positionMm: Float32Array.from(position),
    normal: Float32Array.from(normal),
    zone: new Uint8Array(count),
    session: new Uint8Array(count).fill(1),
    diameterMm: new Float32Array(count).fill(0.15),
    strength: new Float32Array(count).fill(1),
  };
}

/** Mean light, red green blue, of the pixels that `where` accepts. */
export function meanLightWhere(
  rgba: ArrayLike<number>,
  pixels: number,
  where: (k: number) => boolean,
): [number, number, number] {
  const sum: [number, number, number] = [0, 0, 0];
  let n = 0;
  for (let k = 0; k < pixels; k++) {
    if (!where(k)) continue;
    n++;
    for (let c = 0; c < 3; c++) sum[c] += LIGHT_OF_CODE[rgba[4 * k + c]];
  }
  return [sum[0] / n, sum[1] / n, sum[2] / n];
}
