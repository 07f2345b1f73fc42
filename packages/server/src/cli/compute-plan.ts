/**
 * Computes a plan on this computer: from photo bytes or a saved document to every file that DIR gets.
 *
 * The order keeps both cores busy: the networks are loaded while the photo is decoded, and pictures are compressed while
 * the next ones are drawn. The photo is shared with the encoder, so a picture costs only the part that it changes. Runs
 * in the planning process; not interruptible from inside, the process is ended instead.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { decodeReserve, type Reserve } from '@stipple/core/dots/reserve.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { FADE_BANDS, PANEL_PX, patchAt, sceneOf } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoInput } from '@stipple/core/plan/plan-request.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import type { SceneFacts } from '@stipple/core/render/prepare-scene.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { RunModel } from '@stipple/core/vision/pixels.ts';
import { anchorsIn } from '@stipple/files/documents/parse-anchors.ts';
import { marksIn } from '@stipple/files/documents/parse-marks.ts';
import type { DecodedPhoto } from '../imaging/decode-photo.ts';
import type { PhotoDecoder } from '../imaging/decode-process.ts';
import type { ModelThread } from '../imaging/model-thread.ts';
import type { MakePicture, PictureOrder } from '../imaging/make-pictures.ts';
import { readHairMask } from '../imaging/read-hair-mask.ts';
import type { HeadFile, OutputFile, PhotoFile, PlanJob, PlanOutput } from './make-plan.ts';

/** The years that DIR gets a picture of. */
const YEARS = 5;
/** Longest side of the healed picture on the worksheet. */
const WORKSHEET_PX = 800;

/** What runs beside the computation. */
export interface PlanTools {
  /** Folder of what set-up prepared. */
  readonly cache: string;
  /** Decodes into shared memory where threads are to read it; closed as soon as the photos are decoded. */
  readonly decoder: PhotoDecoder;
  /** The networks, for a new plan; closed as soon as the photos are measured. */
  readonly models: ModelThread | null;
  /** Takes patches for good. */
  readonly makePicture: MakePicture;
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
  // The writers of sheets are large, and loaded while there is something else to wait for.
  const writers = laterThrown(import('@stipple/files/exports/plan-files.ts'));
  onStep('laying out the dots');
  const plan = realisePlan(document, reserve);

  const seen = new Map<string, SceneFacts>();
  const pictures: Promise<OutputFile>[] = [];
  let thumbnail: Promise<Uint8Array> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  for (const planned of document.photos) {
    const photo = photos.get(planned.view);
    if (!photo) continue;
    if (photo.sha256 !== planned.sha256) throw new Refusal('photo-differs', planned.view);
    const scene = sceneOf(plan, planned, photo.pixels);
    const { visibleDots, hairShare } = scene;
    seen.set(planned.view, { visibleDots, hairShare });
    // However many photos there are, memory holds what is drawn of two, and lets go of those that are done.
    await before;
    photos.delete(planned.view);
    const own: Promise<OutputFile>[] = [];
    const picture = (name: string, order: PictureOrder): void => {
      own.push(laterThrown(pngFile(`${planned.view}.${name}.png`, tools.makePicture(order))));
    };
    for (const kind of ['healed', 'fresh'] as const) {
      onStep(`drawing the ${kind} picture`);
      const patch = patchAt(scene, { kind });
      thumbnail ??= laterThrown(tools.makePicture({ kind: 'thumbnail', photo, patch, longestSidePx: WORKSHEET_PX }));
      picture(kind, { kind: 'look', photo, patch });
    }
    onStep('drawing the years');
    const patches = FADE_BANDS.map((band) => patchAt(scene, { kind: 'years', years: YEARS, band }));
    picture(`year${YEARS}`, { kind: 'panels', photo, patches, longestSidePx: PANEL_PX });
    const { widthPx, heightPx } = photo.pixels;
    picture('mask', { kind: 'mask', widthPx, heightPx, changed: scene.changed });
    before = laterThrown(Promise.all(own));
    pictures.push(...own);
  }

  onStep('drawing up numbers and sheets');
  const summary = summarisePlan(plan, seen);
  const { planFiles } = await writers;
  const files = await planFiles(plan, summary, await thumbnail);
  onStep('compressing the pictures');
  return { summary, files: [...files, ...(await Promise.all(pictures))] };
}

interface Measured {
  readonly document: PlanDocument;
  /** By view. */
  readonly photos: Map<string, DecodedPhoto>;
}

/** Opens the photos and, for a new plan, measures them; the networks are loaded meanwhile. */
async function measured(
  job: PlanJob,
  { decoder, models }: PlanTools,
  onStep: (step: string) => void,
): Promise<Measured> {
  try {
    onStep('opening the photo');
    const photos = await decoded(job.photos, decoder);
    const document = job.kind === 'plan' ? await drawnUp(job, photos, models!.run, onStep) : job.document;
    return { document, photos };
  } finally {
    await models?.close();
  }
}

async function decoded(files: readonly PhotoFile[], decoder: PhotoDecoder): Promise<Map<string, DecodedPhoto>> {
  try {
    return new Map(await Promise.all(files.map(async (file) => [file.view, await opened(file, decoder)] as const)));
  } finally {
    decoder.close();
  }
}

const opened = async (file: PhotoFile, { decode }: PhotoDecoder): Promise<DecodedPhoto> => {
  try {
    return await decode(file.bytes);
  } catch (error) {
    if (error instanceof Refusal)
      throw new Refusal(error.code, error.detail ? `${file.name}, ${error.detail}` : file.name);
    throw error;
  }
};

/** Should it fail while others are made: it is awaited, and thrown, in the end. */
function laterThrown<T>(made: Promise<T>): Promise<T> {
  made.catch(() => {});
  return made;
}

const pngFile = async (name: string, bytes: Promise<Uint8Array>): Promise<OutputFile> => ({ name, bytes: await bytes });

async function drawnUp(
  { request, photos: files, head }: Extract<PlanJob, { kind: 'plan' }>,
  photos: ReadonlyMap<string, DecodedPhoto>,
  run: RunModel,
  onStep: (step: string) => void,
): Promise<PlanDocument> {
  const scan = head && (await readScan(head, onStep));
  const inputs = await Promise.all(files.map((file) => photoInput(file, photos.get(file.view)!)));
  return drawUpPlan(request, inputs, scan, run, onStep);
}

async function readScan({ bytes, name, unit, landmarks }: HeadFile, onStep: (step: string) => void) {
  onStep('reading the scan of the head');
  const { readHeadScan } = await import('@stipple/files/scan/read-head-scan.ts');
  return readHeadScan(bytes, name, unit, landmarks);
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
