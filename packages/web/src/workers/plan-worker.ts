/**
 * The whole computation, off the page's thread: photos in; pictures, numbers and files out.
 *
 * Starts loading its parts when the page opens. Of the photo that shows the hairline best the healed picture is sent as
 * soon as it is drawn, then the other views and the numbers, then its fresh picture and the years; those of other
 * views are drawn when asked. It keeps the last plan, from which these and the files for download are made.
 * Pictures for the screen are stored PNGs, uncompressed: quicker to write than to compress, and the browser shows
 * them in the photo's own colour space. Nothing is kept beyond the worker's life.
 *
 * Messages are answered one after the other: the networks run one photo at a time.
 */
import type { LookMoment } from '@stipple/core/forecast/look.ts';
import type { ClientFacts } from '@stipple/core/head/client-facts.ts';
import { populationShape } from '@stipple/core/head/solve-head.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { mainPhoto } from '@stipple/core/plan/main-photo.ts';
import { pictureAt, sceneOf, yearMoments } from '@stipple/core/plan/picture-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoInput } from '@stipple/core/plan/plan-request.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { seePhoto } from '@stipple/core/plan/see-photo.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { writePng } from '@stipple/files/exports/write-png.ts';
import { cropRgba, headBox } from './head-box.ts';
import { loadParts } from './load-parts.ts';
import { createPhotoShelf, inputOf, ofView, viewOf, type OpenPhoto } from './open-photos.ts';
import { planFilesOf, type MadePlan } from './plan-files-of.ts';
import {
  FORECAST_YEARS,
  type PageToWorker,
  type PhotoBox,
  type PhotoOrder,
  type PictureName,
  type PlanOrder,
  type RefusalText,
  type WorkerToPage,
} from './plan-messages.ts';

const parts = loadParts();
const shelf = createPhotoShelf(parts.codecs);
let made: MadePlan | null = null;

let before: Promise<void> = Promise.resolve();
self.onmessage = ({ data }: MessageEvent<PageToWorker>) => {
  before = before.then(() => answer(data));
};

async function answer(asked: PageToWorker): Promise<void> {
  try {
    if (asked.kind === 'plan') {
      made = null;
      made = await makePlan(asked.order);
    } else if (asked.kind === 'look') tell(await look(asked.key, asked.photo, asked.client));
    else if (!made) tell({ kind: 'failed', message: `A plan was asked for its ${asked.kind} before it was made.` });
    else if (asked.kind === 'files') tell({ kind: 'files', files: await planFilesOf(made) });
    else if (made.scenes.has(asked.view)) drawMoments(made, asked.view);
  } catch (error) {
    tell(faultMessage(error, asked.kind === 'plan' ? asked.order.photos.map(({ view }) => view) : []));
  }
}

async function makePlan({ request, photos, scan, prices, kept }: PlanOrder): Promise<MadePlan> {
  const onStep = (step: string): void => tell({ kind: 'progress', step });
  onStep(photos.length > 1 ? 'opening the photos' : 'opening the photo');
  const opened = new Map<string, OpenPhoto>();
  for (const photo of photos) {
    opened.set(photo.view, await ofView(photo.view, () => shelf.open(photo)));
  }
  shelf.keepOnly([...opened.values()]);
  const inputs = photos.map((photo) => inputOf(photo, opened.get(photo.view)!));
  const drawUp = () =>
    drawUpPlan(request, inputs, scan, parts.run, onStep).catch(async (error: unknown) => {
      throw await withView(error, inputs, request.client);
    });
  const document = kept ? ofTheseSizes(kept, opened) : await drawUp();
  onStep('laying out the dots');
  const plan = realisePlan(document, await parts.reserve());
  const first = mainPhoto(document.photos);
  const planned = [document.photos[first]!, ...document.photos.filter((_, k) => k !== first)];
  const scenes: MadePlan['scenes'] = new Map();
  for (const photo of planned) {
    const { view } = photo;
    onStep(photos.length > 1 ? `drawing them into the ${view} photo` : 'drawing them into the photo');
    const { pixels, icc } = opened.get(view)!;
    const scene = await ofView(view, () => sceneOf(plan, photo, pixels));
    scenes.set(view, { scene, icc });
    const { widthPx, heightPx } = pixels;
    show(scenes, view, 'healed', { kind: 'healed' }, { leftPx: 0, topPx: 0, widthPx, heightPx });
  }
  const summary = summarisePlan(plan, new Map([...scenes].map(([view, { scene }]) => [view, scene])), prices);
  tell({ kind: 'summary', summary });
  onStep('drawing it fresh and years later');
  const result = { plan, scenes, summary };
  drawMoments(result, planned[0]!.view);
  tell({ kind: 'done' });
  return result;
}

/** @throws Refusal 'photo-differs' where a photo cannot be the one that the plan was made of */
function ofTheseSizes(kept: PlanDocument, opened: ReadonlyMap<string, OpenPhoto>): PlanDocument {
  for (const { view, widthPx, heightPx } of kept.photos) {
    const pixels = opened.get(view)?.pixels;
    if (pixels?.widthPx !== widthPx || pixels.heightPx !== heightPx) throw new Refusal('photo-differs', view);
  }
  return kept;
}

function drawMoments({ plan, scenes }: Pick<MadePlan, 'plan' | 'scenes'>, view: string): void {
  const head = headOfView(scenes, view);
  show(scenes, view, 'fresh', { kind: 'fresh' }, head);
  for (const years of FORECAST_YEARS) {
    for (const moment of yearMoments(plan.document, years))
      show(scenes, view, `year${years}-${moment.band}`, moment, head);
  }
}

function headOfView(scenes: MadePlan['scenes'], view: string): PhotoBox {
  const { grid, photo } = scenes.get(view)!.scene;
  return headBox(grid, photo.widthPx, photo.heightPx);
}

function show(scenes: MadePlan['scenes'], view: string, name: PictureName, moment: LookMoment, box: PhotoBox): void {
  const { scene, icc } = scenes.get(view)!;
  const { rgba } = pictureAt(scene, moment);
  const isWhole = box.widthPx === scene.photo.widthPx && box.heightPx === scene.photo.heightPx;
  const samples = isWhole ? rgba : cropRgba(rgba, scene.photo.widthPx, box);
  const png = writePng({ widthPx: box.widthPx, heightPx: box.heightPx, channels: 4, samples }, icc, 0);
  tell({ kind: 'picture', picture: { view, name, png, box }, head: headOfView(scenes, view) }, [png.buffer]);
}

async function look(key: string, photo: PhotoOrder, client: ClientFacts): Promise<WorkerToPage> {
  try {
    const seen = await see(inputOf(photo, await shelf.open(photo)), client);
    return { kind: 'looked', key, placedBy: seen.evidence.placedBy, refusal: null };
  } catch (error) {
    if (error instanceof Refusal) return { kind: 'looked', key, placedBy: null, refusal: textOf(error) };
    throw error;
  }
}

const see = (photo: PhotoInput, client: ClientFacts) =>
  seePhoto(photo, { ...populationShape(client), face: 1 }, parts.run);

/** A refusal that does not say which photo it is about is the one of the photo that is refused alike by itself. */
async function withView(error: unknown, photos: readonly PhotoInput[], client: ClientFacts): Promise<unknown> {
  const views = photos.map(({ view }) => view);
  if (!(error instanceof Refusal) || viewOf(error, views) !== null) return error;
  for (const photo of photos) {
    try {
      await ofView(photo.view, () => see(photo, client));
    } catch (own) {
      if (own instanceof Refusal && own.code === error.code) return own;
    }
  }
  return error;
}

const textOf = ({ code, detail, reason, remedy }: Refusal): RefusalText => ({ code, detail, reason, remedy });

function faultMessage(error: unknown, views: readonly string[]): WorkerToPage {
  if (error instanceof Refusal) return { kind: 'refused', view: viewOf(error, views), refusal: textOf(error) };
  return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function tell(message: WorkerToPage, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
