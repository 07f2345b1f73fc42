/**
 * Where in the photo is the client? MediaPipe's selfie segmentation on the head and a part of the shoulders.
 *
 * The network gives 256 x 256 samples of whatever it is shown, so it is shown the head: a square 2.4 times as wide, with
 * the neck in its middle. On 20 portraits the residual of the outline fit did not depend on the crop (median 0.86 to
 * 0.94 % of the head's width from 1.7 to 3 head widths, 0.88 % on the whole photo) as long as the crown stays inside;
 * in photos where the head is small only the crop follows it.
 *
 * Other people in the square go: each sample belongs to the nearest of the parts above one half, and only the part
 * in the middle is kept. Small holes in it, mostly highlights, are filled.
 * Does not tell hair, hats, collars or a hand on the head from the client.
 */
import { clamp } from '../num/range.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { CRANIUM_CENTRE } from './head-outline.ts';
import type { Pixels, RunModel, SoftMask } from './pixels.ts';
import { sampleSquare } from './sample-square.ts';

/** An upright square of the photo, measured from pixel corners like a {@link SoftMask}. */
export type MaskSquare = Pick<SoftMask, 'leftPx' | 'topPx' | 'sidePx'>;

const SIZE = 256;
const HALF = 127.5;
const SIDE_HEADS = 2.4;
const BELOW_CRANIUM_HEADS = 0.25;
const HEAD_WIDTH_MM = 150;
/** Holes up to this part of the square are filled. */
const LARGEST_HOLE = 0.01;

/**
 * From behind and above the network knows a head by its neck and shoulders, and overlooks parts of bald crowns from close
 * by: it is shown them from two distances, and what it sees in either is the client (six photos looked at).
 */
const FACELESS_SIDE_HEADS = 3.4;
const FACELESS_BELOW_HEADS = 0.4;
const FACELESS_FAR_HEADS = 5;
const FACELESS_FAR_BELOW_HEADS = 0.8;

/** The square to look for the client's outline in; whole pixels. */
export const headSquare = (camera: Camera): MaskSquare => squareOf(camera, SIDE_HEADS, BELOW_CRANIUM_HEADS);

/** The mask of a photo that shows no face. */
export async function facelessMask(photo: Pixels, run: RunModel, camera: Camera): Promise<SoftMask> {
  const near = await personMask(photo, run, squareOf(camera, FACELESS_SIDE_HEADS, FACELESS_BELOW_HEADS));
  const far = await personMask(photo, run, squareOf(camera, FACELESS_FAR_HEADS, FACELESS_FAR_BELOW_HEADS));
  const values = near.values.map((v, k) => {
    const x = near.leftPx + ((k % SIZE) + 0.5) * (near.sidePx / SIZE);
    const y = near.topPx + (Math.floor(k / SIZE) + 0.5) * (near.sidePx / SIZE);
    const i = Math.floor(((x - far.leftPx) * SIZE) / far.sidePx);
    const j = Math.floor(((y - far.topPx) * SIZE) / far.sidePx);
    return Math.max(v, i >= 0 && j >= 0 && i < SIZE && j < SIZE ? far.values[j * SIZE + i] : 0);
  });
  return { ...near, values };
}

function squareOf(camera: Camera, sideHeads: number, belowHeads: number): MaskSquare {
  const [x, y, depth] = project(camera, CRANIUM_CENTRE);
  const headPx = (HEAD_WIDTH_MM * camera.f) / depth;
  const sidePx = Math.round(sideHeads * headPx);
  return {
    leftPx: Math.round(x + 0.5 - sidePx / 2),
    topPx: Math.round(y + 0.5 + belowHeads * headPx - sidePx / 2),
    sidePx,
  };
}

export async function personMask(photo: Pixels, run: RunModel, square: MaskSquare): Promise<SoftMask> {
  const { leftPx, topPx, sidePx } = square;
  const centre = { centreXPx: leftPx + sidePx / 2 - 0.5, centreYPx: topPx + sidePx / 2 - 0.5 };
  const input = sampleSquare(photo, { ...centre, sidePx, turnRad: 0 }, SIZE, { low: 0, high: 1 });
  const [likelihood] = Object.values(await run('person', input, [1, SIZE, SIZE, 3]));
  const values = Uint8Array.from(likelihood, (p) => Math.round(255 * clamp(p, 0, 1)));
  keepMiddlePart(values);
  fillHoles(values);
  return { leftPx, topPx, sidePx, size: SIZE, values };
}

/** Grows the parts above one half into what is around them, and clears all that does not fall to the middle part. */
function keepMiddlePart(values: Uint8Array): void {
  const { label, count } = labelParts(values, true);
  const middle = middlePart(label);
  if (count < 2 || middle === 0) return;
  const queue = new Int32Array(label.length);
  let grown = 0;
  for (let k = 0; k < label.length; k++) if (label[k] > 0) queue[grown++] = k;
  for (let at = 0; at < grown; at++) grown = spread(label, queue, grown, queue[at], 0, label[queue[at]]);
  for (let k = 0; k < label.length; k++) if (label[k] !== middle) values[k] = 0;
}

/** The part with most samples in the middle ninth of the square, where neck and chin are; 0 when there is none. */
function middlePart(label: Int32Array): number {
  const counts = new Map<number, number>();
  for (let j = Math.floor(SIZE / 3); j < (2 * SIZE) / 3; j++) {
    for (let i = Math.floor(SIZE / 3); i < (2 * SIZE) / 3; i++) {
      const part = label[j * SIZE + i];
      if (part > 0) counts.set(part, (counts.get(part) ?? 0) + 1);
    }
  }
  let best = 0;
  for (const [part, count] of counts) if (count > (counts.get(best) ?? 0)) best = part;
  return best;
}

function fillHoles(values: Uint8Array): void {
  const { label, count } = labelParts(values, false);
  const area = new Float64Array(count + 1);
  const reachesRim = new Uint8Array(count + 1);
  for (let k = 0; k < label.length; k++) {
    area[label[k]]++;
    const i = k % SIZE;
    if (i === 0 || i === SIZE - 1 || k < SIZE || k >= SIZE * (SIZE - 1)) reachesRim[label[k]] = 1;
  }
  for (let k = 0; k < label.length; k++)
    if (label[k] > 0 && !reachesRim[label[k]] && area[label[k]] <= LARGEST_HOLE * SIZE * SIZE) values[k] = 255;
}

/** Four-connected parts of what is above one half, or of what is not, numbered from 1; 0 elsewhere. */
function labelParts(values: Uint8Array, isAbove: boolean): { label: Int32Array; count: number } {
  const label = new Int32Array(values.length);
  for (let k = 0; k < label.length; k++) label[k] = values[k] > HALF === isAbove ? OPEN : 0;
  const queue = new Int32Array(label.length);
  let count = 0;
  for (let start = 0; start < label.length; start++) {
    if (label[start] !== OPEN) continue;
    count++;
    label[start] = count;
    queue[0] = start;
    let found = 1;
    for (let at = 0; at < found; at++) found = spread(label, queue, found, queue[at], OPEN, count);
  }
  return { label, count };
}
/** Of a part that has no number yet. */
const OPEN = -1;

/** Gives the neighbours of sample `k` that are still labelled `from` the label `to`, and puts them behind the queue. */
function spread(label: Int32Array, queue: Int32Array, end: number, k: number, from: number, to: number): number {
  const i = k % SIZE;
  if (i > 0 && label[k - 1] === from) {
    label[k - 1] = to;
    queue[end++] = k - 1;
  }
  if (i < SIZE - 1 && label[k + 1] === from) {
    label[k + 1] = to;
    queue[end++] = k + 1;
  }
  if (k >= SIZE && label[k - SIZE] === from) {
    label[k - SIZE] = to;
    queue[end++] = k - SIZE;
  }
  if (k < SIZE * (SIZE - 1) && label[k + SIZE] === from) {
    label[k + SIZE] = to;
    queue[end++] = k + SIZE;
  }
  return end;
}
