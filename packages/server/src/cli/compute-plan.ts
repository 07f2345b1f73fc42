/**
 * Computes a plan on this computer: from photo bytes or a saved document to every file that DIR gets.
 *
 * The order keeps both cores busy: the networks are loaded while the photo is decoded, and pictures are compressed while
 * the next ones are drawn. The photo is shared with the encoder, so a picture costs only the part that it changes. Runs in the planning thread; not
 * interruptible from inside, the thread is ended instead.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeReserve, type Reserve } from '@stipple/core/dots/reserve.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { patchAt, sceneOf, yearPanels } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoInput } from '@stipple/core/plan/plan-request.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import type { Scene } from '@stipple/core/render/prepare-scene.ts';
import type { LookPatch } from '@stipple/core/render/render-look.ts';
import { shrinkPixels, withShrunkPatch } from '@stipple/core/render/shrink-pixels.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Pixels, RunModel } from '@stipple/core/vision/pixels.ts';
import { anchorsIn } from '@stipple/files/documents/parse-anchors.ts';
import { marksIn } from '@stipple/files/documents/parse-marks.ts';
import { readHeadScan } from '@stipple/files/scan/read-head-scan.ts';
import { planFiles } from '@stipple/files/exports/plan-files.ts';
import type { PngPicture } from '@stipple/files/exports/write-png.ts';
import sharp from 'sharp';
import { decodePhoto, type DecodedPhoto } from '../imaging/decode-photo.ts';
import type { ModelThread } from '../imaging/model-thread.ts';
import type { EncodePng } from '../imaging/png-thread.ts';
import { readHairMask } from '../imaging/read-hair-mask.ts';
import type { OutputFile, PhotoFile, PlanJob, PlanOutput } from './make-plan.ts';

/** The years that DIR gets a picture of. */
const YEARS = 5;

/** What runs beside the computation. */
export interface PlanTools {
  /** Folder of what set-up prepared. */
  readonly cache: string;
  /** Opened for a new plan only, and closed as soon as the photo is measured. */
  readonly openModels: () => ModelThread;
  /** Takes the samples of a picture for good. */
  readonly encode: EncodePng;
}

/** @throws Refusal */
export async function computePlan(job: PlanJob, tools: PlanTools, onStep: (step: string) => void): Promise<PlanOutput> {
  const [photographed, reserveBytes] = await Promise.all([
    measured(job, tools, onStep),
    readFile(join(tools.cache, 'reserve.bin')),
  ]);
  const reserve = decodeReserve(reserveBytes);
  try {
    return await realised(photographed, reserve, tools, onStep);
  } catch (error) {
    // A saved document may ask, within all its bounds, for what no head holds; a new one would do so by our fault.
    if (job.kind !== 'recompute' || !(error instanceof RangeError)) throw error;
    throw new Refusal('document-invalid', error.message);
  }
}

async function realised(
  { document, photos }: Measured,
  reserve: Reserve,
  tools: PlanTools,
  onStep: (step: string) => void,
): Promise<PlanOutput> {
  onStep('laying out the dots');
  const plan = realisePlan(document, reserve);

  const scenes = new Map<string, Scene>();
  const pictures: Promise<OutputFile>[] = [];
  let thumbnail: Uint8Array | undefined;
  for (const planned of document.photos) {
    const photo = photos.get(planned.view);
    if (!photo) continue;
    if (photo.sha256 !== planned.sha256) throw new Refusal('photo-differs', planned.view);
    const scene = sceneOf(plan, planned, photo.pixels);
    scenes.set(planned.view, scene);
    const { widthPx, heightPx, rgba } = photo.pixels;
    const picture = (name: string, content: PngPicture, icc: Uint8Array | null): void => {
      const file = pngFile(`${planned.view}.${name}.png`, tools.encode(content, icc));
      // Should it fail while others are drawn: it is awaited, and thrown, below.
      file.catch(() => {});
      pictures.push(file);
    };
    for (const kind of ['healed', 'fresh'] as const) {
      onStep(`drawing the ${kind} picture`);
      const patch = patchAt(scene, { kind });
      thumbnail ??= await shrunk(photo.pixels, patch);
      picture(kind, { widthPx, heightPx, channels: 4, samples: rgba, patch }, photo.icc);
    }
    onStep('drawing the years');
    const panels = yearPanels(scene, YEARS).map((panel) => ({ ...panel, channels: 4 as const, samples: panel.rgba }));
    picture(`year${YEARS}`, panels, photo.icc);
    const mask = scene.changed.map((changed) => 255 * changed);
    picture('mask', { widthPx, heightPx, channels: 1, samples: mask }, null);
  }

  onStep('drawing up numbers and sheets');
  const summary = summarisePlan(plan, scenes);
  const files = await planFiles(plan, summary, thumbnail);
  onStep('compressing the pictures');
  return { summary, files: [...files, ...(await Promise.all(pictures))] };
}

interface Measured {
  readonly document: PlanDocument;
  /** By view. */
  readonly photos: ReadonlyMap<string, DecodedPhoto>;
}

/** Opens the photos and, for a new plan, measures them; the networks are loaded meanwhile. */
async function measured(job: PlanJob, { openModels }: PlanTools, onStep: (step: string) => void): Promise<Measured> {
  const models = job.kind === 'plan' ? openModels() : null;
  try {
    onStep('opening the photo');
    const opening = job.photos.map(async (file) => [file.view, await opened(file)] as const);
    const photos = new Map(await Promise.all(opening));
    const document = job.kind === 'plan' ? await drawnUp(job, photos, models!.run, onStep) : job.document;
    return { document, photos };
  } finally {
    await models?.close();
  }
}

const opened = async (file: PhotoFile): Promise<DecodedPhoto> => {
  try {
    const photo = await decodePhoto(file.bytes);
    return { ...photo, pixels: { ...photo.pixels, rgba: shared(photo.pixels.rgba) } };
  } catch (error) {
    if (error instanceof Refusal)
      throw new Refusal(error.code, error.detail ? `${file.name}, ${error.detail}` : file.name);
    throw error;
  }
};

/** A copy that threads read at the same time: the encoder takes the photo from it and only the changed part as a message. */
function shared(bytes: Pixels['rgba']): Uint8Array {
  const copy = new Uint8Array(new SharedArrayBuffer(bytes.length));
  copy.set(bytes);
  return copy;
}

const pngFile = async (name: string, bytes: Promise<Uint8Array>): Promise<OutputFile> => ({ name, bytes: await bytes });

async function drawnUp(
  { request, photos: files, head }: Extract<PlanJob, { kind: 'plan' }>,
  photos: ReadonlyMap<string, DecodedPhoto>,
  run: RunModel,
  onStep: (step: string) => void,
): Promise<PlanDocument> {
  if (head) onStep('reading the scan of the head');
  const scan = head && (await readHeadScan(head.bytes, head.name, head.unit, head.landmarks));
  const inputs = await Promise.all(files.map((file) => photoInput(file, photos.get(file.view)!)));
  return drawUpPlan(request, inputs, scan, run, onStep);
}

async function photoInput({ view, hairMask, anchors, marks }: PhotoFile, photo: DecodedPhoto): Promise<PhotoInput> {
  const { pixels, sha256, focal35mm } = photo;
  const drawn = marks && marksIn(marks, pixels);
  return {
    view,
    sha256,
    pixels,
    focal35mm,
    hairMask: hairMask && (await readHairMask(hairMask, pixels.widthPx, pixels.heightPx)),
    anchors: anchors ? anchorsIn(anchors, pixels) : [],
    marks: drawn?.marks ?? [],
    distances: drawn?.distances ?? [],
  };
}

/** Longest side of the healed picture on the worksheet. */
const WORKSHEET_PX = 800;

const shrunk = (photo: Pixels, patch: LookPatch): Promise<Uint8Array> => {
  const { widthPx, heightPx, rgba } = withShrunkPatch(shrinkPixels(photo, WORKSHEET_PX), photo, patch);
  const raw = { width: widthPx, height: heightPx, channels: 4 } as const;
  return sharp(rgba, { raw }).removeAlpha().jpeg({ quality: 85 }).toBuffer();
};
