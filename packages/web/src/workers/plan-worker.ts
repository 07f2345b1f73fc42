/**
 * The whole computation, off the page's thread: photo in; pictures, numbers and files out.
 *
 * Starts loading its parts when the page opens. The healed picture is sent as soon as it is drawn, the numbers next,
 * then the fresh picture and the years. It keeps the last plan, from which the files for download are made when asked.
 * Pictures for the screen are stored PNGs, uncompressed: quicker to write than to compress, and the browser shows
 * them in the photo's own colour space. Nothing is kept beyond the worker's life.
 */
import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import { pictureAt, sceneOf } from '@stipple/core/plan/picture-plan.ts';
import { realisePlan } from '@stipple/core/plan/realise-plan.ts';
import { summarisePlan } from '@stipple/core/plan/summarise-plan.ts';
import type { LookMoment } from '@stipple/core/forecast/look.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import { writePng } from '@stipple/files/exports/write-png.ts';
import { readPhotoFacts } from '@stipple/files/photo/read-photo-facts.ts';
import { decodePhoto } from './decode-photo.ts';
import { cropRgba, headBox } from './head-box.ts';
import { loadParts } from './load-parts.ts';
import { planFilesOf, type MadePlan } from './plan-files-of.ts';
import {
  FORECAST_YEARS,
  type PageToWorker,
  type PhotoBox,
  type PictureName,
  type WorkerToPage,
} from './plan-messages.ts';

/** What the page calls its one photo. */
const VIEW = 'front';

const parts = loadParts();
let made: MadePlan | null = null;

self.onmessage = async ({ data }: MessageEvent<PageToWorker>) => {
  try {
    if (data.kind === 'plan') {
      made = null;
      made = await makePlan(data.request, data.photo);
    } else if (made) tell({ kind: 'files', files: await planFilesOf(made) });
    else tell({ kind: 'failed', message: 'Files were asked for before a plan was made.' });
  } catch (error) {
    tell(faultMessage(error));
  }
};

async function makePlan(request: PlanRequest, bytes: Uint8Array): Promise<MadePlan> {
  const onStep = (step: string): void => tell({ kind: 'progress', step });
  onStep('opening the photo');
  const facts = readPhotoFacts(bytes);
  const { pixels, icc } = await decodePhoto(bytes, facts, parts.codecs);
  const document = await drawUpPlan(
    request,
    { view: VIEW, sha256: await sha256Of(bytes), pixels, focal35mm: facts.focal35mm, hairMask: null },
    parts.run,
    onStep,
  );
  onStep('laying out the dots');
  const plan = realisePlan(document, await parts.reserve());
  onStep('drawing them into the photo');
  const photo = document.photos[0]!;
  const scene = sceneOf(plan, photo, pixels);
  const { widthPx, heightPx } = pixels;
  const whole: PhotoBox = { leftPx: 0, topPx: 0, widthPx, heightPx };
  const head = headBox(scene.grid, widthPx, heightPx);
  const show = (name: PictureName, rgba: Uint8Array | Uint8ClampedArray, box: PhotoBox): void => {
    const samples = box === whole ? rgba : cropRgba(rgba, widthPx, box);
    const png = writePng({ widthPx: box.widthPx, heightPx: box.heightPx, channels: 4, samples }, icc, 0);
    tell({ kind: 'picture', picture: { name, png, box }, head }, [png.buffer]);
  };
  show('healed', pictureAt(scene, { kind: 'healed' }).rgba, whole);

  const scenes = new Map([[VIEW, scene]]);
  const summary = summarisePlan(plan, scenes);
  tell({ kind: 'summary', summary });
  onStep('drawing it fresh and years later');
  const draw = (name: PictureName, moment: LookMoment): void => show(name, pictureAt(scene, moment).rgba, head);
  draw('fresh', { kind: 'fresh' });
  for (const years of FORECAST_YEARS) {
    for (const band of ['low', 'likely', 'high'] as const) draw(`year${years}-${band}`, { kind: 'years', years, band });
  }
  tell({ kind: 'done' });
  return { plan, scenes, summary, icc };
}

async function sha256Of(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function faultMessage(error: unknown): WorkerToPage {
  if (error instanceof Refusal) {
    const { code, detail, reason, remedy } = error;
    return { kind: 'refused', code, detail, reason, remedy };
  }
  return { kind: 'failed', message: error instanceof Error ? (error.stack ?? error.message) : String(error) };
}

function tell(message: WorkerToPage, transfer: Transferable[] = []): void {
  self.postMessage(message, { transfer });
}
