/**
 * Where is hair longer than stubble, told from the client's own skin? A suggestion, or null when it cannot be told.
 *
 * Three things set hair apart from the forehead and cheeks of the same person: it is rough from one millimetre to the next,
 * darker, and of another colour. Roughness alone is also a wrinkle, darkness alone also a shadow; so both are asked for,
 * or darkness that no lit head has. Only what lies inside the person mask, above the eyes and outside the face counts:
 * beards and clothes are not the question. Islands are dropped.
 *
 * In: the photo, the face's mesh, the person mask, whose square and samples the answer shares. Of six portraits with hair
 * five were answered, and overlap machine-made, dilated masks by 0.55 to 0.79 (intersection over union in that region); a
 * bleached crop was not. Of 13 bald and shaved heads none had more than 5 % hair beyond its fringe. Cropped hair and dense
 * stubble at the sides count as hair about half the time. Does not see hair as smooth and light as skin; a hat is hair
 * or nothing.
 */
import { log } from '../num/elementary.ts';
import { clamp, smoothstep } from '../num/range.ts';
import { LIGHT_OF_CODE } from '../pigment/linear-light.ts';
import { LEFT_CANTHUS, RIGHT_CANTHUS } from './face-mesh.ts';
import type { FaceMesh } from './face-mesh.ts';
import type { Pixels, SoftMask } from './pixels.ts';
import { sampleSquare } from './sample-square.ts';

export interface HairSuggestion {
  readonly mask: SoftMask;
  /** 0..1: how far the samples are from undecided. */
  readonly confidence: number;
}

/** Points of the mesh on forehead, cheeks and beside the nose. */
const SKIN_POINTS = [151, 9, 108, 337, 69, 299, 104, 333, 50, 280, 205, 425, 101, 330];
/** The rim of the mesh, around; its top runs a finger below most hairlines. */
const FACE_RIM = [
  10, 338, 297, 332, 284, 251, 389, 356, 454, 323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136,
  172, 58, 132, 93, 234, 127, 162, 21, 54, 103, 67, 109,
];
const CHIN = 152;
const FOREHEAD_TOP = 10;
/** The photo is read at twice the mask's samples: roughness shows there. */
const FINE = 2;
const LEAST_CONFIDENCE = 0.8;
/** Of the samples above the eyes. */
const SMALLEST_ISLAND = 0.01;

interface SampleImage {
  readonly size: number;
  readonly light: readonly Float32Array[];
  readonly roughness: Float32Array;
}

export function suggestHair(photo: Pixels, face: FaceMesh, person: SoftMask): HairSuggestion | null {
  const image = readSamples(photo, person);
  const { size } = person;
  const skin = skinOf(image, face, person);
  if (!skin) return null;
  const region = scalpAndHair(face, person, photo);
  const likeness = hairness(image, skin, region);
  dropIslands(likeness, region, size);
  let doubt = 0;
  let count = 0;
  region.forEach((isIn, k) => {
    if (!isIn) return;
    count++;
    doubt += 4 * likeness[k] * (1 - likeness[k]);
  });
  if (count === 0) return null;
  const confidence = 1 - doubt / count;
  if (confidence < LEAST_CONFIDENCE) return null;
  const values = Uint8Array.from(likeness, (p) => Math.round(255 * p));
  return { mask: { ...person, values }, confidence };
}

/** Light per channel and roughness (contrast between neighbouring half-samples) on the mask's samples. */
function readSamples(photo: Pixels, { leftPx, topPx, sidePx, size }: SoftMask): SampleImage {
  const centre = { centreXPx: leftPx + sidePx / 2 - 0.5, centreYPx: topPx + sidePx / 2 - 0.5 };
  const n = size * FINE;
  const fine = sampleSquare(photo, { ...centre, sidePx, turnRad: 0 }, n, { low: 0, high: 255 });
  const luma = new Float32Array(n * n);
  for (let k = 0; k < n * n; k++) luma[k] = 0.3 * fine[3 * k] + 0.59 * fine[3 * k + 1] + 0.11 * fine[3 * k + 2];
  const around = boxBlur(luma, n, 2);
  const variance = boxBlur(
    luma.map((v, k) => (v - around[k]) * (v - around[k])),
    n,
    3,
  );
  const roughness = new Float32Array(size * size);
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const at = FINE * (j * n + i);
      roughness[j * size + i] = Math.sqrt(variance[at]) / Math.max(DARKEST_CODE, around[at]);
    }
  }
  const light = [0, 1, 2].map((channel) => boxBlur(meanLightOf(fine, channel, size), size, 1));
  return { size, light, roughness };
}

/** Of one channel of fine samples, `FINE` by `FINE` of them in each of ours. */
function meanLightOf(fine: Float32Array, channel: number, size: number): Float32Array {
  const light = new Float32Array(size * size);
  const row = 3 * FINE * size;
  for (let j = 0; j < size; j++) {
    for (let i = 0; i < size; i++) {
      const at = FINE * (j * row + 3 * i) + channel;
      const k = j * size + i;
      light[k] += lightAt(fine[at]);
      light[k] += lightAt(fine[at + 3]);
      light[k] += lightAt(fine[at + row]);
      light[k] += lightAt(fine[at + row + 3]);
    }
  }
  return light;
}
const lightAt = (code: number): number => LIGHT_OF_CODE[Math.round(code)] / (FINE * FINE);
/** Below this, contrast is noise. */
const DARKEST_CODE = 15;
const DARKEST_LIGHT = 0.002;

/** Medians over small squares about the skin points; null when most of them lie outside. */
function skinOf({ light, size }: SampleImage, { xPx, yPx, widthPx }: FaceMesh, mask: SoftMask): number[] | null {
  const perPx = size / mask.sidePx;
  const reach = Math.max(1, Math.round(0.02 * widthPx * perPx));
  const places: number[] = [];
  for (const point of SKIN_POINTS) {
    const i = Math.floor((xPx[point] + 0.5 - mask.leftPx) * perPx);
    const j = Math.floor((yPx[point] + 0.5 - mask.topPx) * perPx);
    if (i < reach || j < reach || i >= size - reach || j >= size - reach) continue;
    for (let b = -reach; b <= reach; b++) for (let a = -reach; a <= reach; a++) places.push((j + b) * size + i + a);
  }
  if (places.length === 0) return null;
  return light.map((plane) => places.map((k) => plane[k]).sort((a, b) => a - b)[places.length >> 1]);
}

/** 1 where a sample is the client, above the line through the outer corners of the eyes and outside the face. */
function scalpAndHair({ xPx, yPx }: FaceMesh, person: SoftMask, photo: Pixels): Uint8Array {
  const { size, leftPx, topPx, sidePx, values } = person;
  const eyeX = (xPx[LEFT_CANTHUS] + xPx[RIGHT_CANTHUS]) / 2;
  const eyeY = (yPx[LEFT_CANTHUS] + yPx[RIGHT_CANTHUS]) / 2;
  const upX = xPx[FOREHEAD_TOP] - xPx[CHIN];
  const upY = yPx[FOREHEAD_TOP] - yPx[CHIN];
  return values.map((v, k) => {
    if (v <= 127) return 0;
    const x = leftPx + ((k % size) + 0.5) * (sidePx / size) - 0.5;
    const y = topPx + (Math.floor(k / size) + 0.5) * (sidePx / size) - 0.5;
    if (x < 0 || y < 0 || x > photo.widthPx - 1 || y > photo.heightPx - 1) return 0;
    if ((x - eyeX) * upX + (y - eyeY) * upY <= 0) return 0;
    return isInFace(x, y, xPx, yPx) ? 0 : 1;
  });
}

/** Whether the rim of the mesh runs around a point: a ray to the right crosses it an odd number of times. */
function isInFace(x: number, y: number, xPx: Float32Array, yPx: Float32Array): boolean {
  let isIn = false;
  FACE_RIM.forEach((a, k) => {
    const b = FACE_RIM[(k + 1) % FACE_RIM.length];
    if (yPx[a] > y === yPx[b] > y) return;
    if (x < xPx[a] + ((y - yPx[a]) * (xPx[b] - xPx[a])) / (yPx[b] - yPx[a])) isIn = !isIn;
  });
  return isIn;
}

/** 0..1 per sample, 0 outside the region. */
function hairness({ light, roughness, size }: SampleImage, skin: readonly number[], region: Uint8Array): Float32Array {
  const raw = new Float32Array(size * size);
  // At the outline the wall behind is rough too: what is judged farther in goes for the rim.
  const isJudged = awayFromWall(region, size);
  isJudged.forEach((is, k) => {
    if (!is) return;
    // In ln: how much darker than skin, and how different in colour, whatever the brightness.
    const [r, g, b] = light.map((plane, c) => log(Math.max(plane[k], DARKEST_LIGHT) / skin[c]));
    const darkness = -(r + g + b) / 3;
    const colour = Math.sqrt((r - g) * (r - g) + (b - g) * (b - g));
    const isRough = smoothstep(0.04, 0.085, roughness[k]);
    const differs = Math.max(smoothstep(0.4, 1.1, darkness), smoothstep(0.3, 0.55, colour));
    raw[k] = 1 - (1 - isRough * differs) * (1 - smoothstep(1.7, 2.5, darkness));
  });
  const blurred = boxBlur(raw, size, RIM_SAMPLES);
  const known = boxBlur(Float32Array.from(isJudged), size, RIM_SAMPLES);
  return blurred.map((v, k) => (region[k] && known[k] > 0 ? smoothstep(0.3, 0.6, v / known[k]) : 0));
}

/** The region without its outermost samples. */
function awayFromWall(region: Uint8Array, size: number): Uint8Array {
  const share = boxBlur(Float32Array.from(region), size, RIM_SAMPLES - 1);
  return region.map((isIn, k) => (isIn && share[k] > 0.999 ? 1 : 0));
}
/** About 5 mm. */
const RIM_SAMPLES = 4;

/** Clears connected patches of hair that are too small to be meant. */
function dropIslands(likeness: Float32Array, region: Uint8Array, size: number): void {
  const smallest = SMALLEST_ISLAND * region.reduce((sum, isIn) => sum + isIn, 0);
  const isSeen = new Uint8Array(likeness.length);
  for (let start = 0; start < likeness.length; start++) {
    if (isSeen[start] || likeness[start] === 0) continue;
    isSeen[start] = 1;
    const island = [start];
    let weight = 0;
    for (const k of island) {
      weight += likeness[k];
      for (const n of [k - 1, k + 1, k - size, k + size]) {
        if (!(likeness[n] > 0) || isSeen[n]) continue;
        isSeen[n] = 1;
        island.push(n);
      }
    }
    if (weight < smallest) for (const k of island) likeness[k] = 0;
  }
}

/** Mean over squares of 2 `radius` + 1 samples; the rim continues outwards. */
function boxBlur(plane: Float32Array, size: number, radius: number): Float32Array {
  const blurLines = (from: Float32Array, along: number, across: number): Float32Array => {
    const to = new Float32Array(from.length);
    for (let line = 0; line < size; line++) {
      const at = (i: number): number => from[line * across + clamp(i, 0, size - 1) * along];
      let sum = 0;
      for (let i = -radius; i <= radius; i++) sum += at(i);
      for (let i = 0; i < size; i++) {
        to[line * across + i * along] = sum / (2 * radius + 1);
        sum += at(i + radius + 1) - at(i - radius);
      }
    }
    return to;
  };
  return blurLines(blurLines(plane, 1, size), size, 1);
}
