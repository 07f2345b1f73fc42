/**
 * Can a judge tell our healed work from the same person's own stubble in the same photo?
 *
 * From photos of shaved heads, crops of 40 px at 1:1: real stubble as it was photographed, and healed work where the
 * photo shows bare skin; in pairs that are as light as one another. A judge of texture (judge.ts on texture-features.ts)
 * learns on all photos but one and judges that one; 50 % right is chance. The interval comes from drawing photos
 * again (bootstrap), since crops of one photo are alike. The eye gets the same crops on numbered sheets, the key apart.
 *
 * Hair lies in strokes of one direction; healed pigment is round dots, and the picture draws no hair. So the rate is also
 * given for a judge who is not shown what tells a stroke from a spot.
 *
 * What it cannot say: these men's stubble is partly longer than a shaved head's, so some of the difference is theirs.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import sharp from 'sharp';
import type { Reserve } from '@stipple/core/dots/reserve.ts';
import { lStarOf, luminance } from '@stipple/core/pigment/lab.ts';
import { LIGHT_OF_CODE } from '@stipple/core/pigment/linear-light.ts';
import { pictureAt } from '@stipple/core/plan/picture-plan.ts';
import { seededGenerator } from '@stipple/core/random/generator.ts';
import type { Generator } from '@stipple/core/random/generator.ts';
import { decodePhoto } from '../../packages/server/src/imaging/decode-photo.ts';
import { judge, withinGroups } from './judge.ts';
import type { Exhibit } from './judge.ts';
import { shavedScene } from './shaved-scene.ts';
import type { Rect, ShavedPhoto } from './read-photos.ts';
import { CROP_PX, FEATURES, OF_STROKES, textureFeatures } from './texture-features.ts';

const PAIRS_PER_PHOTO = 12;
const SEED = 4;
/** Nearer to white nothing is left to compare. */
const LIGHTEST = 90;
const DRAWS = 2000;
const SHEET_COLUMNS = 12;

interface Crop {
  readonly photo: string;
  readonly isOurs: boolean;
  readonly lightness: number;
  readonly features: readonly number[];
  readonly rgb: Uint8Array;
}

/** Writes crops and key into `folder`; returns the report as Markdown. */
export async function blindTest(photos: readonly ShavedPhoto[], reserve: Reserve, folder: string): Promise<string> {
  mkdirSync(folder, { recursive: true });
  const random = seededGenerator(SEED);
  const crops: Crop[] = [];
  for (const shaved of photos) crops.push(...(await cropsOf(shaved, reserve, random)));
  const exhibits: Exhibit[] = withinGroups(
    crops.map(({ photo, isOurs, features }) => ({ group: photo, isOurs, features })),
  );
  const { weights, rates } = verdictOn(exhibits);
  const [low, high] = intervalOf(rates);
  const spots = verdictOn(exhibits.map(withoutStrokes)).rates;
  const [spotsLow, spotsHigh] = intervalOf(spots);
  await writeSheets(crops, folder, random);
  const report = [
    `${crops.length / 2} pairs of ${rates.length} photos`,
    `right: ${percent(rate(rates))} (95 %: ${percent(low)} to ${percent(high)}; chance 50 %)`,
    `right without what tells a stroke from a spot: ${percent(rate(spots))} (${percent(spotsLow)} to ${percent(spotsHigh)})`,
    '',
    '| photo | crops | right |',
    '|---|---:|---:|',
    ...rates.map((row) => `| ${row.group} | ${row.of} | ${percent(row.right / row.of)} |`),
    '',
    '| gives us away | weight | apart by (sd) |',
    '|---|---:|---:|',
    ...tellers(exhibits, weights),
  ].join('\n');
  writeFileSync(join(folder, 'blind-test.md'), `${report}\n`);
  return report;
}

interface Verdict {
  readonly weights: readonly number[];
  readonly rates: readonly (Rate & { readonly group: string })[];
}

function verdictOn(exhibits: readonly Exhibit[]): Verdict {
  const { likelihoods, weights } = judge(exhibits);
  const groups = [...new Set(exhibits.map(({ group }) => group))];
  const rates = groups.map((group) => {
    const own = exhibits.flatMap((exhibit, k) =>
      exhibit.group === group ? [likelihoods[k]! > 0.5 === exhibit.isOurs ? 1 : 0] : [],
    );
    return { group, right: own.reduce<number>((sum, v) => sum + v, 0), of: own.length };
  });
  return { weights, rates };
}

const withoutStrokes = (exhibit: Exhibit): Exhibit => ({
  ...exhibit,
  features: exhibit.features.filter((_, f) => !OF_STROKES.has(FEATURES[f]!)),
});

const percent = (share: number): string => `${(100 * share).toFixed(0)} %`;

interface Rate {
  readonly right: number;
  readonly of: number;
}
const rate = (rates: readonly Rate[]): number =>
  rates.reduce((sum, row) => sum + row.right, 0) / rates.reduce((sum, row) => sum + row.of, 0);

function intervalOf(rates: readonly Rate[]): readonly [low: number, high: number] {
  const random = seededGenerator(SEED + 1);
  const drawn = Array.from({ length: DRAWS }, () =>
    rate(rates.map(() => rates[Math.floor(random() * rates.length)]!)),
  ).sort((a, b) => a - b);
  return [drawn[Math.floor(0.025 * DRAWS)]!, drawn[Math.floor(0.975 * DRAWS)]!];
}

/** Features by how far the kinds lie apart, in standard deviations within a photo; ours more is positive. */
function tellers(exhibits: readonly Exhibit[], weights: readonly number[]): string[] {
  return FEATURES.map((name, f) => {
    const mean = (isOurs: boolean): number => {
      const own = exhibits.filter((exhibit) => exhibit.isOurs === isOurs);
      return own.reduce((sum, { features }) => sum + features[f]!, 0) / own.length;
    };
    return { name, weight: weights[f]!, apart: mean(true) - mean(false) };
  })
    .sort((p, q) => Math.abs(q.apart) - Math.abs(p.apart))
    .map(({ name, weight, apart }) => `| ${name} | ${weight.toFixed(2)} | ${apart.toFixed(2)} |`);
}

async function cropsOf(shaved: ShavedPhoto, reserve: Reserve, random: Generator): Promise<Crop[]> {
  const { pixels } = await decodePhoto(readFileSync(shaved.path));
  const scene = shavedScene(pixels, shaved, reserve);
  const { rgba, changed } = pictureAt(scene, { kind: 'healed' });
  const real = cropsIn(shaved.name, shaved.stubble, false, pixels.rgba, pixels.widthPx, () => true, random);
  const isWorked = (k: number): boolean => changed[k] === 1;
  const ours = cropsIn(shaved.name, shaved.bare, true, rgba, pixels.widthPx, isWorked, random);
  return inPairs(real, ours);
}

/** Crops side by side that fill the rectangles, in random order; every pixel of them is accepted. */
function cropsIn(
  photo: string,
  rects: readonly Rect[],
  isOurs: boolean,
  rgba: ArrayLike<number>,
  widthPx: number,
  accepts: (k: number) => boolean,
  random: Generator,
): Crop[] {
  const crops: Crop[] = [];
  for (const [left, top, right, bottom] of rects) {
    for (let topPx = top; topPx + CROP_PX <= bottom; topPx += CROP_PX) {
      for (let leftPx = left; leftPx + CROP_PX <= right; leftPx += CROP_PX) {
        const rgb = new Uint8Array(3 * CROP_PX * CROP_PX);
        let [light, isWhole] = [0, true];
        for (let k = 0; k < CROP_PX * CROP_PX; k++) {
          const at = (topPx + Math.floor(k / CROP_PX)) * widthPx + leftPx + (k % CROP_PX);
          isWhole &&= accepts(at);
          for (let c = 0; c < 3; c++) rgb[3 * k + c] = rgba[4 * at + c]!;
          light += luminance(
            LIGHT_OF_CODE[rgb[3 * k]!]!,
            LIGHT_OF_CODE[rgb[3 * k + 1]!]!,
            LIGHT_OF_CODE[rgb[3 * k + 2]!]!,
          );
        }
        const lightness = lStarOf(light / (CROP_PX * CROP_PX));
        if (!isWhole || lightness > LIGHTEST) continue;
        crops.push({ photo, isOurs, lightness, features: textureFeatures(rgba, widthPx, { leftPx, topPx }), rgb });
      }
    }
  }
  return shuffled(crops, random);
}

function shuffled<T>(things: readonly T[], random: Generator): T[] {
  const out = [...things];
  for (let k = out.length - 1; k > 0; k--) {
    const other = Math.floor(random() * (k + 1));
    [out[k], out[other]] = [out[other]!, out[k]!];
  }
  return out;
}

/** Each of ours with the real one nearest in lightness that is left, both kinds equally many. */
function inPairs(real: readonly Crop[], ours: readonly Crop[]): Crop[] {
  const left = [...real];
  const pairs: Crop[] = [];
  for (const our of ours.slice(0, PAIRS_PER_PHOTO)) {
    if (left.length === 0) break;
    const far = left.map(({ lightness }) => Math.abs(lightness - our.lightness));
    const nearest = far.indexOf(Math.min(...far));
    pairs.push(our, ...left.splice(nearest, 1));
  }
  return pairs;
}

/** All crops in random order at 1:1 and at 3:1, numbered from 1 row by row; which are ours stands in key.txt. */
async function writeSheets(crops: readonly Crop[], folder: string, random: Generator): Promise<void> {
  const order = shuffled(crops, random);
  for (const zoom of [1, 3]) {
    const step = CROP_PX * zoom + 6;
    const tiles = await Promise.all(
      order.map(async ({ rgb }, k) => ({
        input: await sharp(rgb, { raw: { width: CROP_PX, height: CROP_PX, channels: 3 } })
          .resize(CROP_PX * zoom, CROP_PX * zoom, { kernel: 'nearest' })
          .png()
          .toBuffer(),
        left: (k % SHEET_COLUMNS) * step + 3,
        top: Math.floor(k / SHEET_COLUMNS) * step + 3,
      })),
    );
    const rows = Math.ceil(order.length / SHEET_COLUMNS);
    await sharp({ create: { width: SHEET_COLUMNS * step, height: rows * step, channels: 3, background: '#777' } })
      .composite(tiles)
      .png()
      .toFile(join(folder, `crops-${zoom}to1.png`));
  }
  const key = order.map(({ photo, isOurs }, k) => `${k + 1}\t${isOurs ? 'healed' : 'real'}\t${photo}\n`);
  writeFileSync(join(folder, 'key.txt'), key.join(''));
}
