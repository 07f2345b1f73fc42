/**
 * Computes a plan on this computer: from photo bytes or a saved document to every file that DIR gets.
 *
 * The order keeps both cores busy: the networks are loaded while the photo is decoded, one photo is looked at while the
 * next is decoded, what is asked of single photos is answered beside, the part of a photo that no picture changes is
 * compressed before there are pictures, and pictures are drawn and compressed while the next scene is prepared or the sheets
 * are written. The photo is shared with whoever makes them, so a picture costs only the part that it changes. Runs in the
 * planning process; not interruptible from inside, the process is ended instead.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isUsedCard } from '@stipple/core/card/card-reading.ts';
import { decodeReserve, type Reserve } from '@stipple/core/dots/reserve.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { PANEL_PX, sceneOf, yearMoments } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument, PlanPhoto } from '@stipple/core/plan/plan-document.ts';
import { PHOTO_WORK, type PhotoWork } from '@stipple/core/plan/photo-work.ts';
import type { PhotoInput } from '@stipple/core/plan/plan-request.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import type { SceneFacts } from '@stipple/core/render/prepare-scene.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { Pixels, RunModel } from '@stipple/core/vision/pixels.ts';
import type { Summary } from '@stipple/files/contract/summary.ts';
import type { DecodedPhoto } from '../imaging/decode-photo.ts';
import type { PhotoDecoder } from '../imaging/decode-process.ts';
import type { ModelThread } from '../imaging/model-thread.ts';
import type { PictureOrder } from '../imaging/make-pictures.ts';
import type { PictureThread } from '../imaging/picture-thread.ts';
import type { HeadFile, PhotoFile, PlanJob, PlanListener } from './make-plan.ts';

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
  /** Makes pictures, and shares the work on the photos. */
  readonly pictures: () => Omit<PictureThread, 'close'>;
}

/** Gives the files to the listener as they are made. @throws Refusal */
export async function computePlan(job: PlanJob, tools: PlanTools, listener: PlanListener): Promise<Summary> {
  const [photographed, reserve] = await Promise.all([
    measured(job, tools, listener.onStep),
    // There is time for it until the first photo is decoded.
    readFile(join(tools.cache, 'reserve.bin')).then(decodeReserve),
  ]);
  try {
    return await realised(photographed, reserve, tools, listener);
  } catch (error) {
    // A saved document may ask, within all its bounds, for what no head holds; a new one would do so by our fault.
    if (job.kind !== 'recompute' || !(error instanceof RangeError)) throw error;
    throw new Refusal('document-invalid', error.message);
  }
}

async function realised(
  { document, photos }: Measured,
  reserve: Reserve,
  { pictures }: PlanTools,
  { onStep, onFile }: PlanListener,
): Promise<Summary> {
  onStep('laying out the dots');
  const plan = realisePlan(document, reserve);

  const makePicture = (order: PictureOrder): Promise<Uint8Array> => pictures().make(order);
  const { head, landmarks, dots } = plan;
  const facts: Promise<readonly [view: string, facts: SceneFacts]>[] = [];
  let thumbnail: Promise<Uint8Array> | undefined;
  let before: Promise<unknown> = Promise.resolve();
  for (const planned of document.photos) {
    const photo = photos.get(planned.view);
    if (!photo) continue;
    if (photo.sha256 !== planned.sha256) throw new Refusal('photo-differs', planned.view);
    // The first scene is made where nothing is drawn yet, while the next is made here, or the sheets are written.
    const scene = facts.length > 0 ? await after(facts, () => sceneOf(plan, planned, photo.pixels)) : null;
    // However many photos there are, memory holds what is drawn of two, and lets go of those that are done.
    await before;
    photos.delete(planned.view);
    onStep(document.photos.length > 1 ? `drawing the ${planned.view} pictures` : 'drawing the pictures');
    const own: Promise<unknown>[] = [];
    if (scene) {
      const { visibleDots, hairShare } = scene;
      facts.push(Promise.resolve([planned.view, { visibleDots, hairShare }]));
      own.push(laterThrown(makePicture({ kind: 'scene', photo, scene })));
    } else {
      const order = { photo, plan: { document, head, landmarks, dots }, planned };
      const prepared = laterThrown(
        pictures()
          .prepare(order)
          .then((found) => [planned.view, found] as const),
      );
      facts.push(prepared);
      // Where it is refused, its pictures fail for want of it.
      own.push(prepared);
    }
    thumbnail ??= laterThrown(
      makePicture({ kind: 'thumbnail', moment: { kind: 'healed' }, longestSidePx: WORKSHEET_PX }),
    );
    for (const [name, order] of picturesOf(document, planned)) {
      const made = makePicture(order).then((bytes) => onFile({ name: `${planned.view}.${name}.png`, bytes }));
      own.push(laterThrown(made));
    }
    before = laterThrown(Promise.all(own));
  }

  onStep('drawing up numbers and sheets');
  const summary = laterThrown(Promise.all(facts).then((known) => summarisePlan(plan, new Map(known))));
  const { planFiles } = await loadWriters();
  for (const file of await planFiles(plan, summary, thumbnail)) onFile(file);
  onStep('compressing the pictures');
  await before;
  return summary;
}

/** Should it be refused: what was begun before it and is refused too has the word. */
async function after<T>(before: readonly Promise<unknown>[], work: () => T): Promise<T> {
  try {
    return work();
  } catch (error) {
    await Promise.all(before);
    throw error;
  }
}

/** The pictures that DIR gets of a photo. */
function picturesOf(document: PlanDocument, { card }: PlanPhoto): (readonly [name: string, PictureOrder])[] {
  const { isCardLight } = document;
  const moments = yearMoments(document, YEARS);
  return [
    ['healed', { kind: 'look', moment: { kind: 'healed' } }],
    ['fresh', { kind: 'look', moment: { kind: 'fresh' } }],
    [`year${YEARS}`, { kind: 'panels', moments, longestSidePx: PANEL_PX }],
    ...(isCardLight && isUsedCard(card) ? [['card-light', { kind: 'card-light', matrix: card.matrix }] as const] : []),
    ['mask', { kind: 'mask' }],
  ];
}

/** Large, and loaded when they are needed: until the head is placed, nothing else should take its time. */
const loadWriters = () => import('@stipple/files/exports/plan-files.ts');
const loadAnchors = () => import('@stipple/files/documents/parse-anchors.ts');
const loadMarks = () => import('@stipple/files/documents/parse-marks.ts');

interface Measured {
  readonly document: PlanDocument;
  /** By view. */
  readonly photos: Map<string, DecodedPhoto>;
}

/** Opens the photos and, for a new plan, measures them; the networks are loaded meanwhile. */
async function measured(
  job: PlanJob,
  { decoder, models, pictures }: PlanTools,
  onStep: (step: string) => void,
): Promise<Measured> {
  const begin = (photos: readonly DecodedPhoto[]): void => {
    // Memory has room for what is shrunk of one.
    const sides = (k: number): readonly number[] => (k === 0 ? [PANEL_PX, WORKSHEET_PX] : []);
    photos.forEach((photo, k) => laterThrown(pictures().make({ kind: 'ahead', photo, longestSidesPx: sides(k) })));
  };
  try {
    onStep('opening the photo');
    const coming = job.photos.map((file) => laterThrown(opened(file, decoder)));
    const all = laterThrown(Promise.all(coming).finally(() => decoder.close()));
    // The other core is free while many photos are looked at; a single one has the networks there until it is measured.
    if (job.photos.length > 1) laterThrown(all.then(begin));
    const document =
      job.kind === 'plan'
        ? await drawnUp(job, coming, models!.run, onStep, sharedWork(coming.length, pictures))
        : job.document;
    const decoded = await all;
    if (job.photos.length === 1) begin(decoded);
    return { document, photos: new Map(job.photos.map(({ view }, k) => [view, decoded[k]!])) };
  } finally {
    decoder.close();
    // Its memory comes back while the dots are laid out.
    if (models) laterThrown(models.close());
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

async function drawnUp(
  { request, photos: files, head }: Extract<PlanJob, { kind: 'plan' }>,
  photos: readonly Promise<DecodedPhoto>[],
  run: RunModel,
  onStep: (step: string) => void,
  work: PhotoWork,
): Promise<PlanDocument> {
  const scan = head && (await readScan(head, onStep));
  const inputs = files.map((file, k) => laterThrown(photoInput(file, photos[k]!)));
  return drawUpPlan(request, inputs, scan, run, onStep, work);
}

/** Who does what of each photo: this thread, which the plan waits for, or the one of the pictures, which has time. */
function sharedWork(photos: number, pictures: PlanTools['pictures']): PhotoWork {
  let asked = 0;
  return {
    // Of a single photo there is time for it here, while the networks are being loaded.
    card: photos === 1 ? PHOTO_WORK.card : (...question) => pictures().work.card(...question),
    hair: (...question) => pictures().work.hair(...question),
    // Nothing else is left to be done meanwhile: each does half of them.
    measures: (...question) => (asked++ % 2 === 0 ? pictures().work : PHOTO_WORK).measures(...question),
  };
}

async function readScan({ bytes, name, unit, landmarks }: HeadFile, onStep: (step: string) => void) {
  onStep('reading the scan of the head');
  const { readHeadScan } = await import('@stipple/files/scan/read-head-scan.ts');
  return readHeadScan(bytes, name, unit, landmarks);
}

async function readMask(bytes: Uint8Array, { widthPx, heightPx }: Pixels): Promise<Uint8Array> {
  // With it comes sharp, which only the decoder's process and the pictures' thread need besides.
  const { readHairMask } = await import('../imaging/read-hair-mask.ts');
  return readHairMask(bytes, widthPx, heightPx);
}

async function photoInput(
  { view, hairMask, anchors, marks }: PhotoFile,
  photo: Promise<DecodedPhoto>,
): Promise<PhotoInput> {
  const { pixels, sha256, focal35mm } = await photo;
  const drawn = marks && (await loadMarks()).marksIn(marks, pixels);
  return {
    view,
    sha256,
    pixels,
    focal35mm,
    hairMask: hairMask && (await readMask(hairMask, pixels)),
    anchors: anchors ? (await loadAnchors()).anchorsIn(anchors, pixels) : [],
    marks: drawn?.marks ?? [],
    distances: drawn?.distances ?? [],
  };
}
