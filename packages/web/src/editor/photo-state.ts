/**
 * What is known about one photo: whether the head can be placed in it and by what, else why not and what to do.
 *
 * A plan knows more than a look at the photo alone, so it has the last word while it is of this very photo.
 */
import type { DrawnOnPhoto, RefusalText } from '../workers/plan-messages.ts';
import { capital } from './capital.ts';
import type { HeadPhoto } from './head-photo.ts';
import { withMeasureWords } from './measure-fields.ts';
import type { Look, PlanState } from './use-plan.ts';
import { FEWEST_POINTS, withPointWords } from './views.ts';

export interface PhotoState {
  readonly kind: 'looking' | 'placed' | 'unplaced';
  readonly text: string;
  /** Of the refusal. */
  readonly code: string | null;
  /** Whether marked points would place it. */
  readonly needsPoints: boolean;
}

/** Refusals that marked points of the head help against. */
const POINTS_HELP: ReadonlySet<string> = new Set(['no-face', 'face-unsure', 'face-too-small', 'view-unplaced']);

export function photoState(
  photo: HeadPhoto,
  look: Look | undefined,
  { order, status, refusal, summary }: PlanState,
): PhotoState {
  const ordered = order?.photos.find(({ view }) => view === photo.view);
  const isOfPlan = ordered?.bytes === photo.bytes && ordered.drawn === photo.drawn;
  if (isOfPlan && status === 'refused' && refusal?.view === photo.view) return unplaced(refusal, photo);
  if (isOfPlan && summary) {
    const seen = summary.views.find(({ name }) => name === photo.view);
    if (seen) return placed(seen.faceScore > 0, photo);
  }
  if (look?.refusal) return unplaced(look.refusal, photo);
  if (look) return placed(look.placedBy === 'face', photo);
  return { kind: 'looking', text: 'Being looked at …', code: null, needsPoints: false };
}

function placed(isByFace: boolean, { drawn }: HeadPhoto): PhotoState {
  const text = isByFace ? 'Placed by the face' : `Placed by ${drawn.anchors.length} points`;
  return { kind: 'placed', text, code: null, needsPoints: false };
}

function unplaced(refusal: RefusalText, { view, drawn }: HeadPhoto): PhotoState {
  const { code, reason } = refusal;
  // A detail that says all: the card is small.
  const why = code === 'view-unplaced' ? [detailOf(refusal, view) ?? reason] : [detailOf(refusal, view), reason];
  const text = [...why, remedyOf(refusal, drawn)].filter(Boolean).join(' ');
  return { kind: 'unplaced', text, code, needsPoints: POINTS_HELP.has(code) };
}

export const pointsHelp = (code: string): boolean => POINTS_HELP.has(code);

/** What a person at the page can do; core's own remedy speaks of a command. */
export function remedyOf({ code, remedy }: RefusalText, { anchors }: DrawnOnPhoto): string {
  if (code !== 'view-unplaced') return remedy;
  return anchors.length < FEWEST_POINTS
    ? 'Mark at least four points of the head on it.'
    : 'Look at the points again, and mark one more.';
}

/** The detail in the page's words, without the name of the photo that stands beside it anyway. */
export function detailOf({ detail }: RefusalText, view: string | null): string | null {
  if (!detail) return null;
  const words = view && detail.startsWith(`${view}: `) ? detail.slice(view.length + 2) : detail;
  const said = capital(withMeasureWords(withPointWords(words)));
  return /[.!?]$/.test(said) ? said : `${said}.`;
}
