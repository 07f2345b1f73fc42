/**
 * Where is the photo out of focus, and by how much more than where it is sharp?
 *
 * A near head is deeper than a camera's field: brows sharp, crown soft, and a phone's portrait mode blurs what it takes for
 * background. In tiles over the work the spread of the strongest structures is measured as in measure-sharpness.ts: pores,
 * hairs, wrinkles. Tiles whose structures do not stand out of the grain say nothing, and each takes the median of its
 * neighbourhood. What the photo's one number says belongs to its sharp parts, since those hold the strongest structures; so places only
 * ever get softer than it, by as much as they exceed the sharp end of the tiles by more than tiles differ by chance.
 *
 * Smooth skin without any structure stays unknown, however soft it is.
 */
import { clamp } from '../num/range.ts';
import type { PhotoQuality } from '../vision/photo-quality.ts';
import type { Pixels } from '../vision/pixels.ts';
import { cellGrid, readAt } from './cell-grid.ts';
import type { CellGrid } from './cell-grid.ts';
import { estimateStructureBlurPx } from './measure-sharpness.ts';
import type { SeenDots } from './see-dots.ts';

/** Spacing of tiles, and the side of the window that each is measured in. */
const TILE_MM = 15;
const WINDOW_PX = 32;
/** Of the tiles that say something, the one at this share from the sharpest stands for the sharp end. */
const SHARP_END = 0.4;
/** Medians of tiles of one sharpness differ by so much, px. */
const BY_CHANCE_PX = 0.25;
/** Each tile takes the median of those around it: focus changes over centimetres, and a wrinkle is wide by itself. */
const REACH_TILES = 2;
const LEAST_AROUND = 6;
const FEWEST_TILES = 8;
/** Pores are gone where the lens spreads wider; what is seen then is a wrinkle's own width. */
const WIDEST_PX = 2.4;
/** A few wrinkles or veins, wide by themselves, are no edge of focus: so much of the work has to say something. */
const LEAST_TOLD = 0.5;

/** A plane of tiles. */
export interface Focus {
  readonly tiles: CellGrid;
  /** How much wider the point spread is than the photo's, px. */
  readonly softerPx: Float32Array;
}

/** Null where focus is even, or nothing tells. `isWorked` holds more than 0 at cells of `grid` to be measured. */
export function measureFocus(
  photo: Pixels,
  grid: CellGrid,
  isWorked: Float32Array,
  quality: PhotoQuality,
  pxPerMm: number,
): Focus | null {
  const tilePx = Math.max(WINDOW_PX / 2, Math.round(TILE_MM * pxPerMm));
  const tiles = cellGrid(grid.leftPx, grid.topPx, grid.widthPx, grid.heightPx, tilePx);
  const blur = new Float32Array(tiles.columns * tiles.rows);
  const found: number[] = [];
  let asked = 0;
  for (let j = 0; j < tiles.rows; j++) {
    for (let i = 0; i < tiles.columns; i++) {
      const x = grid.leftPx + (i + 0.5) * tilePx;
      const y = grid.topPx + (j + 0.5) * tilePx;
      if (!(readAt(isWorked, grid, x, y) > 0)) continue;
      asked++;
      const rect = {
        leftPx: clamp(Math.round(x - WINDOW_PX / 2), 0, Math.max(0, photo.widthPx - WINDOW_PX)),
        topPx: clamp(Math.round(y - WINDOW_PX / 2), 0, Math.max(0, photo.heightPx - WINDOW_PX)),
        widthPx: WINDOW_PX,
        heightPx: WINDOW_PX,
      };
      const here = estimateStructureBlurPx(photo, rect, quality.noiseCodes);
      if (here === null || here > WIDEST_PX) continue;
      blur[j * tiles.columns + i] = here;
      found.push(here);
    }
  }
  if (found.length < Math.max(FEWEST_TILES, LEAST_TOLD * asked)) return null;
  found.sort((a, b) => a - b);
  const sharp = found[Math.floor(SHARP_END * found.length)];
  const softerPx = blur.map((_, k) => {
    const around = toldAround(blur, tiles, k);
    return around.length < LEAST_AROUND ? 0 : Math.max(0, around[around.length >> 1] - sharp - BY_CHANCE_PX);
  });
  return softerPx.some((v) => v > 0) ? { tiles, softerPx } : null;
}

/** What the tiles around one say, sorted; 0 says nothing. */
function toldAround(blur: Float32Array, { columns, rows }: CellGrid, k: number): number[] {
  const [i, j] = [k % columns, Math.floor(k / columns)];
  const found: number[] = [];
  for (let y = Math.max(0, j - REACH_TILES); y <= Math.min(rows - 1, j + REACH_TILES); y++) {
    for (let x = Math.max(0, i - REACH_TILES); x <= Math.min(columns - 1, i + REACH_TILES); x++) {
      if (blur[y * columns + x] > 0) found.push(blur[y * columns + x]);
    }
  }
  return found.sort((p, q) => p - q);
}

/** The dots of a scene as this focus shows them. */
export function inFocus(seen: SeenDots, { tiles, softerPx }: Focus, blurPx: number): SeenDots {
  const defocus = seen.defocus.slice();
  for (let k = 0; k < seen.count; k++) {
    const softer = readAt(softerPx, tiles, seen.xPx[k], seen.yPx[k]);
    defocus[k] = softer * (softer + 2 * blurPx);
  }
  return { ...seen, defocus };
}
