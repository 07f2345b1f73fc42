/**
 * Computes a plan on this computer: from photo bytes or a saved document to every file that DIR gets.
 *
 * The order keeps both cores busy: a picture is compressed in the background while the next one is drawn, and not more
 * than one, because at 12 megapixels each holds 48 MB. Runs in the planning thread; not
 * interruptible from inside, the thread is ended instead.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeReserve } from '@stipple/core/dots/reserve.ts';
import type { LookMoment } from '@stipple/core/forecast/look.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { pictureAt, sceneOf } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { planFiles } from '@stipple/files/exports/plan-files.ts';
import type { PngPicture } from '@stipple/files/exports/write-png.ts';
import sharp from 'sharp';
import { decodePhoto, type DecodedPhoto } from '../imaging/decode-photo.ts';
import { encodePng } from '../imaging/encode-png.ts';
import { nodeRunModel } from '../imaging/node-models.ts';
import { readHairMask } from '../imaging/read-hair-mask.ts';
import type { OutputFile, PhotoFile, PlanJob, PlanOutput } from './make-plan.ts';

/** Pictures that DIR gets for every view; the years as low, likely and high side by side. */
const YEARS = 5;
const PICTURES: readonly (readonly [name: string, moments: readonly LookMoment[]])[] = [
  ['healed', [{ kind: 'healed' }]],
  ['fresh', [{ kind: 'fresh' }]],
  [`year${YEARS}`, (['low', 'likely', 'high'] as const).map((band) => ({ kind: 'years', years: YEARS, band }))],
];

/** @throws Refusal */
export async function computePlan(job: PlanJob, cache: string, onStep: (step: string) => void): Promise<PlanOutput> {
  const reserveBytes = readFile(join(cache, 'reserve.bin'));
  onStep('opening the photo');
  const photos = await Promise.all(job.photos.map(async (file) => ({ file, photo: await opened(file) })));
  const byView = new Map(photos.map(({ file, photo }) => [file.view, photo]));
  const document = job.kind === 'plan' ? await drawnUp(job, photos, cache, onStep) : job.document;
  onStep('laying out the dots');
  const plan = realisePlan(document, decodeReserve(await reserveBytes));

  const scenes = new Map<string, Scene>();
  const pictures: Promise<OutputFile>[] = [];
  for (const planned of document.photos) {
    const photo = byView.get(planned.view);
    if (!photo) continue;
    if (photo.sha256 !== planned.sha256) throw new Refusal('photo-differs', planned.view);
    const scene = sceneOf(plan, planned, photo.pixels);
    scenes.set(planned.view, scene);
    const { widthPx, heightPx } = photo.pixels;
    for (const [name, moments] of PICTURES) {
      onStep(`drawing the ${name} picture`);
      const panels = moments.map((moment) => ({ widthPx, heightPx, channels: 4 as const, samples: pictureAt(scene, moment).rgba }));
      await pictures.at(-1);
      pictures.push(pngFile(`${planned.view}.${name}.png`, panels, photo.icc));
    }
    const mask = { widthPx, heightPx, channels: 1 as const, samples: scene.changed.map((changed) => 255 * changed) };
    pictures.push(pngFile(`${planned.view}.mask.png`, mask, null));
  }

  onStep('drawing up numbers and sheets');
  const summary = summarisePlan(plan, scenes);
  onStep('compressing the pictures');
  const drawn = await Promise.all(pictures);
  const healed = drawn.find(({ name }) => name.endsWith('.healed.png'));
  const files = await planFiles(plan, summary, await thumbnailOf(healed?.bytes));
  return { summary, files: [...files, ...drawn] };
}

const opened = async (file: PhotoFile): Promise<DecodedPhoto> => {
  try {
    return await decodePhoto(file.bytes);
  } catch (error) {
    if (error instanceof Refusal) throw new Refusal(error.code, error.detail ? `${file.name}, ${error.detail}` : file.name);
    throw error;
  }
};

const pngFile = async (name: string, picture: PngPicture, icc: Uint8Array | null): Promise<OutputFile> => ({
  name,
  bytes: await encodePng(picture, icc),
});

async function drawnUp(
  { request }: Extract<PlanJob, { kind: 'plan' }>,
  photos: readonly { readonly file: PhotoFile; readonly photo: DecodedPhoto }[],
  cache: string,
  onStep: (step: string) => void,
): Promise<PlanDocument> {
  const [first] = photos;
  if (!first) throw new RangeError('a plan needs a photo');
  const { file, photo } = first;
  const { pixels, sha256, focal35mm } = photo;
  const hairMask = file.hairMask && (await readHairMask(file.hairMask, pixels.widthPx, pixels.heightPx));
  return drawUpPlan(request, { view: file.view, sha256, pixels, focal35mm, hairMask }, nodeRunModel(cache), onStep);
}

/** Longest side of the healed picture on the worksheet. */
const WORKSHEET_PX = 800;

const thumbnailOf = async (png: Uint8Array | undefined): Promise<Uint8Array | undefined> =>
  png && sharp(png).resize(WORKSHEET_PX, WORKSHEET_PX, { fit: 'inside', withoutEnlargement: true }).jpeg({ quality: 85 }).toBuffer();
