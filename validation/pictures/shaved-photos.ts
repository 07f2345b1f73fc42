/**
 * Photos of really shaved heads in the shared test data, with where they show stubble and where bare skin.
 *
 * Read off the photos by eye, in photo pixels. The rectangles are what is compared; the head's box, from the forehead to
 * the back at the height of the ears' tops and up, places the model well enough to know scale and slant of the skin.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ViewPose } from '@stipple/core/vision/view-pose.ts';

/** Left, top, right, bottom. */
export type Rect = readonly [number, number, number, number];

export interface ShavedPhoto {
  readonly name: string;
  readonly path: string;
  readonly pose: ViewPose;
  /** Left and right end of the skull above the ears, and its top. */
  readonly skullPx: readonly [left: number, right: number, top: number];
  readonly stubble: readonly Rect[];
  readonly bare: readonly Rect[];
}

const FRONT = { yawDeg: 0, pitchDeg: 0 };
const BACK = { yawDeg: 180, pitchDeg: 10 };
const LEFT = { yawDeg: -90, pitchDeg: 0 };
const RIGHT = { yawDeg: 90, pitchDeg: 0 };
const ABOVE = { yawDeg: 0, pitchDeg: 70 };

type Row = readonly [file: string, ViewPose, skull: ShavedPhoto['skullPx'], stubble: Rect[], bare: Rect[]];

const SHOWN: readonly Row[] = [
  ['multiview5/m01_L5_left.jpg', LEFT, [38, 575, 28], [[180, 90, 380, 250]], [[50, 110, 140, 360]]],
  ['multiview5/m01_L5_right.jpg', RIGHT, [46, 614, 28], [[250, 90, 460, 250]], [[510, 120, 600, 370]]],
  ['multiview5/m01_L5_top-down.jpg', ABOVE, [35, 605, 20], [[120, 120, 300, 300]], [[170, 470, 460, 560]]],
  ['multiview5/m02_L6_left.jpg', LEFT, [80, 622, 22], [[330, 60, 560, 300]], [[130, 70, 300, 300]]],
  ['multiview5/m02_L6_right.jpg', RIGHT, [26, 580, 22], [[60, 90, 260, 290]], [[340, 60, 540, 280]]],
  [
    'multiview5/m02_L6_top-down.jpg',
    ABOVE,
    [35, 618, 22],
    [
      [65, 130, 150, 220],
      [500, 120, 580, 210],
    ],
    [[180, 80, 480, 380]],
  ],
  ['multiview5/m03_L7_back.jpg', BACK, [62, 560, 30], [[100, 180, 480, 330]], [[210, 50, 430, 160]]],
  ['multiview5/m03_L7_left.jpg', LEFT, [75, 615, 35], [[430, 90, 570, 260]], [[150, 60, 330, 230]]],
  ['multiview5/m03_L7_right.jpg', RIGHT, [25, 560, 33], [[45, 100, 205, 270]], [[320, 60, 520, 230]]],
  ['portraits1024/p10.jpg', FRONT, [269, 765, 115], [[700, 270, 760, 440]], [[320, 170, 620, 330]]],
];

/** Those of `shared` (the folder of the test data) that are there. */
export const shavedPhotosIn = (shared: string): ShavedPhoto[] =>
  SHOWN.map(([file, pose, skullPx, stubble, bare]) => ({
    name: file.replace(/^.*[/]|[.]jpg$/g, ''),
    path: join(shared, file),
    pose,
    skullPx,
    stubble,
    bare,
  })).filter(({ path }) => existsSync(path));
