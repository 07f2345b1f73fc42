/**
 * The rim of a photo (fit-rim.ts) before there are dots to draw, and the way back over it: which place of the model is
 * drawn here? What a person marks on the photo lies on the skin that the picture will show there.
 */
import type { HeadMap } from '../head/head-map.ts';
import { clamp } from '../num/range.ts';
import { project } from '../vec/camera.ts';
import type { Camera } from '../vec/camera.ts';
import { CRANIUM_CENTRE } from '../vision/head-outline.ts';
import type { Pixels, SoftMask } from '../vision/pixels.ts';
import { CELL_MM, cellGrid, maskOnCells, meanLight } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { fitRim } from './fit-rim.ts';
import type { Rim, RimInput } from './fit-rim.ts';
import { outlineColours } from './outline-share.ts';
import { rasterHead } from './raster-head.ts';

export interface PhotoRimInput extends RimInput {
  readonly photo: Pixels;
  readonly head: HeadMap;
  readonly person: SoftMask;
  readonly hair: SoftMask | null;
}

/** From the middle of the cranium: all of it, and enough wall to know its colour. */
const AROUND_MM = 140;

/** About 0.1 s for a head 400 px wide. */
export function photoRim(input: PhotoRimInput): Rim | null {
  const { photo, camera } = input;
  const pxPerMm = camera.f / project(camera, CRANIUM_CENTRE)[2];
  const grid = gridAbout(camera, photo, pxPerMm);
  const person = maskOnCells(input.person, grid);
  const hair = input.hair && maskOnCells(input.hair, grid);
  const { outline } = outlineColours(meanLight(photo, grid), grid, person, pxPerMm, 0);
  return fitRim(rasterHead(input.head, camera, grid), input, outline, person, hair, grid, pxPerMm);
}

function gridAbout(camera: Camera, { widthPx, heightPx }: Pixels, pxPerMm: number): CellGrid {
  const [x, y] = project(camera, CRANIUM_CENTRE);
  const around = AROUND_MM * pxPerMm;
  const left = clamp(Math.floor(x - around), 0, widthPx - 2);
  const top = clamp(Math.floor(y - around), 0, heightPx - 2);
  const right = clamp(Math.ceil(x + around), left + 2, widthPx);
  const bottom = clamp(Math.ceil(y + around), top + 2, heightPx);
  return cellGrid(left, top, right - left, bottom - top, Math.max(1, Math.round(CELL_MM * pxPerMm)));
}
