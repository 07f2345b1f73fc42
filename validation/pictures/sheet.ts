/**
 * The sheet of healed pictures: every portrait before and after, one file each, and a table of what they measure.
 *
 * Refusals stay on the sheet with their reason. Heads are shown from the crown to the brows and below, enlarged to one
 * width; the single files are crops of the work at 1:1 and 2:1, before beside after.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { measurePicture } from '@stipple/core/render/measure-picture.ts';
import { frontEdge } from '@stipple/core/render/testing/give-aways.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { healPhoto } from './heal-photo.ts';
import type { HealedPhoto, PictureMaker } from './heal-photo.ts';
import type { Portrait } from './read-photos.ts';

const TILE_PX = 300;
const COLUMNS = 4;

/** Writes into `folder`; returns the table as Markdown. */
export async function writeSheet(portraits: readonly Portrait[], maker: PictureMaker, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const rows: string[] = [];
  const tiles: Buffer[] = [];
  for (const portrait of portraits) {
    const { name } = portrait;
    let healed: HealedPhoto;
    try {
      healed = await healPhoto(portrait, maker);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      rows.push(`| ${name} | refused: ${error.code}, ${error.detail} |`);
      continue;
    }
    rows.push(rowOf(name, healed));
    tiles.push(await tileOf(healed));
    await writeSingle(healed, join(folder, name));
  }
  await writeTiles(tiles, join(folder, 'sheet.png'));
  const table = `${HEADER}\n${rows.join('\n')}\n`;
  writeFileSync(join(folder, 'sheet.md'), table);
  return table;
}

const HEADER =
  '| head | skin L* | mm a px | blur px | noise | dL*/L* | da* | db* | grain/tone | edge ramp, mm | edge strays, mm | beads | pixels | stray |\n' +
  '|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|';

/** Sine of the turn beyond which a photo shows a side, and columns of it no longer cross the hairline. */
const MOST_SIDEWAYS = 0.7;

function rowOf(name: string, { document, scene, picture }: HealedPhoto): string {
  const m = measurePicture(scene, picture);
  const { camera } = document.photos[0]!;
  const edge = Math.abs(camera.R[2]) < MOST_SIDEWAYS ? frontEdge(scene, picture, camera) : null;
  const { mmPerPxAtHairline, blurPx, noiseCodes } = scene.quality;
  const cells = [
    name,
    m.skinL.toFixed(1),
    mmPerPxAtHairline.toFixed(2),
    blurPx.toFixed(2),
    noiseCodes.toFixed(1),
    m.relativeFall.toFixed(3),
    m.deltaA.toFixed(1),
    m.deltaB.toFixed(1),
    m.grainToTone.toFixed(3),
    edge?.rampMm.toFixed(1) ?? 'not seen',
    edge?.strayMm.toFixed(2) ?? '',
    edge?.beads.toFixed(2) ?? '',
    m.pixels,
    m.strayPixels,
  ];
  return `| ${cells.join(' | ')} |`;
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Where work may be, with `marginPx` around, inside the photo. */
function workBox({ scene, photo }: HealedPhoto, marginPx: number): Box {
  let [x0, y0, x1, y1] = [photo.widthPx, photo.heightPx, 0, 0];
  scene.changed.forEach((changed, k) => {
    if (!changed) return;
    const x = k % photo.widthPx;
    const y = Math.floor(k / photo.widthPx);
    [x0, y0, x1, y1] = [Math.min(x0, x), Math.min(y0, y), Math.max(x1, x), Math.max(y1, y)];
  });
  const left = Math.max(0, x0 - marginPx);
  const top = Math.max(0, y0 - marginPx);
  return {
    left,
    top,
    width: Math.max(16, Math.min(photo.widthPx, x1 + marginPx) - left),
    height: Math.max(16, Math.min(photo.heightPx, y1 + marginPx) - top),
  };
}

const image = ({ photo }: HealedPhoto, rgba: ArrayLike<number>): Sharp =>
  sharp(Uint8Array.from(rgba), { raw: { width: photo.widthPx, height: photo.heightPx, channels: 4 } });

/** The head before and after, side by side. */
async function tileOf(healed: HealedPhoto): Promise<Buffer> {
  const { photo, picture } = healed;
  const work = workBox(healed, 20);
  const left = Math.max(0, work.left - 30);
  const width = Math.min(photo.widthPx, work.left + work.width + 30) - left;
  const box = { left, top: work.top, width, height: Math.min(photo.heightPx - work.top, Math.round(1.25 * width)) };
  const halves: Buffer[] = [];
  for (const rgba of [photo.rgba, picture.rgba]) {
    const crop = await image(healed, rgba).extract(box).png().toBuffer();
    halves.push(
      await sharp(crop)
        .resize(TILE_PX, Math.round(1.25 * TILE_PX), { fit: 'cover', position: 'top' })
        .png()
        .toBuffer(),
    );
  }
  return sharp({ create: { width: 2 * TILE_PX, height: Math.round(1.25 * TILE_PX), channels: 3, background: '#888' } })
    .composite(halves.map((input, k) => ({ input, left: k * TILE_PX, top: 0 })))
    .png()
    .toBuffer();
}

/** `<path>.png`, the healed photo, and `<path>-work.png`, the work at 2:1 with the photo above it. */
async function writeSingle(healed: HealedPhoto, path: string): Promise<void> {
  const { photo, picture } = healed;
  await image(healed, picture.rgba).removeAlpha().png().toFile(`${path}.png`);
  const box = workBox(healed, 12);
  const size = { width: 2 * box.width, height: 2 * box.height };
  const halves: Buffer[] = [];
  for (const rgba of [photo.rgba, picture.rgba]) {
    const crop = await image(healed, rgba).extract(box).png().toBuffer();
    halves.push(
      await sharp(crop)
        .resize({ ...size, kernel: 'nearest' })
        .png()
        .toBuffer(),
    );
  }
  await sharp({ create: { width: size.width, height: 2 * size.height, channels: 3, background: '#888' } })
    .composite(halves.map((input, k) => ({ input, left: 0, top: k * size.height })))
    .png()
    .toFile(`${path}-work.png`);
}

async function writeTiles(tiles: readonly Buffer[], path: string): Promise<void> {
  const [width, height] = [2 * TILE_PX, Math.round(1.25 * TILE_PX)];
  const rows = Math.max(1, Math.ceil(tiles.length / COLUMNS));
  await sharp({ create: { width: COLUMNS * width, height: rows * height, channels: 3, background: '#888' } })
    .composite(tiles.map((input, k) => ({ input, left: (k % COLUMNS) * width, top: Math.floor(k / COLUMNS) * height })))
    .png()
    .toFile(path);
}
