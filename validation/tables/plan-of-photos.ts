/** What the product makes of rendered photos: the whole way from pixels to the plan document. */
import type { HeadMeasure, TapeKind } from '@stipple/core/head/head-shape.ts';
import { takeMeasure } from '@stipple/core/head/take-measure.ts';
import { TAU, cos, exp, log } from '@stipple/core/num/elementary.ts';
import { drawUpPlan } from '@stipple/core/plan/draw-up-plan.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PhotoInput } from '@stipple/core/plan/plan-request.ts';
import { Refusal } from '@stipple/core/units/refusal.ts';
import type { RunModel } from '@stipple/core/vision/pixels.ts';
import type { Anchor } from '@stipple/core/vision/view-evidence.ts';
import { trueTape } from '../heads/true-measures.ts';
import type { KnownHead } from '../heads/known-head.ts';
import type { PhotoView } from '../render/camera-of.ts';
import { BACKGROUNDS, renderPhoto } from '../render/render-photo.ts';
import type { KnownPhoto } from '../render/render-photo.ts';
import { SKIN_TONES } from '../render/paint.ts';
import type { Stage } from '../render/stage.ts';

/** What all tables share: the heads ready to be photographed, the networks, how much may be left out. */
export interface World {
  readonly stages: readonly Stage[];
  readonly run: RunModel;
  readonly isQuick: boolean;
  readonly tell: (text: string) => void;
}

/** How heads are graded: persons together, each scan by itself. */
export interface Group {
  readonly title: string;
  readonly has: (head: string) => boolean;
}
export function groupsOf(stages: readonly Stage[]): Group[] {
  const names = stages.map(({ head }) => head);
  const persons = names.filter(({ family }) => family === 'person').map(({ name }) => name);
  const others = names.filter(({ family }) => family !== 'person').map(({ name }) => name);
  return [
    ...(persons.length > 0
      ? [{ title: `${persons.length} persons`, has: (head: string): boolean => persons.includes(head) }]
      : []),
    ...others.map((name) => ({ title: name, has: (head: string): boolean => head === name })),
  ];
}

export const CLIENT = { sex: 'm', ageYears: 42 } as const;

/** A portrait: 1.6 m away where nothing else is said, the head a good third of the height. */
export function photoOf(stage: Stage, yawDeg: number, pitchDeg: number, seed: number, distanceMm = 1600): KnownPhoto {
  const view: PhotoView = {
    widthPx: 900,
    heightPx: 1200,
    yawDeg,
    pitchDeg,
    rollDeg: ((seed * 7) % 11) - 5,
    distanceMm,
    headShare: 0.42,
  };
  return renderPhoto(stage, view, {
    background: BACKGROUNDS[seed % BACKGROUNDS.length],
    tone: seed % SKIN_TONES.length,
    seed,
  });
}

export interface NamedPhoto extends KnownPhoto {
  readonly view: string;
  readonly anchors?: readonly Anchor[];
  /** Sent by a messenger that strips the file of it. */
  readonly isFocalUntold?: boolean;
}

/** 35 mm-equivalent focal length as a camera would state it. */
const focal35 = ({ camera, pixels }: KnownPhoto): number =>
  (camera.f * 43.267) / Math.sqrt(pixels.widthPx * pixels.widthPx + pixels.heightPx * pixels.heightPx);

export const trueMeasures = (head: KnownHead, kinds: readonly TapeKind[]): HeadMeasure[] =>
  kinds.map((kind) => takeMeasure(kind, trueTape(head, kind)));

/** How stubble lengthens the soft tapes of one man, all of them alike (sd of ln), as the product believes (head-beliefs.ts). */
const STUBBLE_SD = 0.008;

/** The same as a hand reads them: each with the error of its tool, the soft ones on stubble. */
export function readMeasures(head: KnownHead, kinds: readonly TapeKind[], random: () => number): HeadMeasure[] {
  const bell = (): number => Math.sqrt(-2 * log(1 - random())) * cos(TAU * random());
  const longer = exp(STUBBLE_SD * bell());
  return trueMeasures(head, kinds).map(({ kind, valueMm, sdMm, source }) =>
    takeMeasure(kind, (valueMm + sdMm * bell()) * (source === 'soft tape' ? longer : 1)),
  );
}

export const photoInput = (photo: NamedPhoto, k: number): PhotoInput => ({
  view: photo.view,
  sha256: String(k).padStart(64, '0'),
  pixels: photo.pixels,
  focal35mm: photo.isFocalUntold ? null : focal35(photo),
  anchors: photo.anchors ?? [],
  distances: [],
  marks: [],
  hairMask: null,
});

/** The plan of these photos, or the code of its refusal. */
export async function planOf(
  photos: readonly NamedPhoto[],
  measures: readonly HeadMeasure[],
  run: RunModel,
): Promise<PlanDocument | string> {
  try {
    return await drawUpPlan(
      {
        client: CLIENT,
        measures,
        zoneTapes: [],
        presentation: { kind: 'norwood', stage: 6 },
        sessions: 3,
        reason: null,
        start: null,
        timeZone: 'UTC',
        seed: 7,
      },
      photos.map(photoInput),
      null,
      run,
    );
  } catch (error) {
    if (error instanceof Refusal) return error.code;
    throw error;
  }
}
