import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { HEAD_VIEWS, type ViewName } from './views.ts';

interface OpenedWith {
  readonly withoutPhoto: readonly string[];
  readonly standIns: readonly string[];
  /** The studio has a list of its own, which the plan is made anew from. */
  readonly hasPigments: boolean;
}

const labelsOf = (views: readonly string[]): string =>
  views.map((view) => HEAD_VIEWS[view as ViewName]?.label ?? view).join(', ');

/** What whoever opens a kept plan has to know before changing it. */
export function openWords(
  { head, photos, pigment }: PlanDocument,
  { withoutPhoto, standIns, hasPigments }: OpenedWith,
): string[] {
  const lost = [
    ...(pigment.choice && !hasPigments ? ['the list of pigments'] : []),
    ...(photos.some(({ card }) => card && 'trust' in card && card.trust === 'read') ? ['the card’s values'] : []),
  ].join(' and ');
  return [
    ...(withoutPhoto.length > 0
      ? [
          `Of this plan the record does not have the photo: ${labelsOf(withoutPhoto)}. Give it and make the plan again to see it.`,
        ]
      : ['The plan as it is kept. What you change comes into it when you make it again.']),
    ...(standIns.length > 0
      ? [
          `Of these photos the one kept nearest to the plan’s day is shown, not proven the same: ${labelsOf(standIns)}. See that what is drawn lies where it belongs.`,
        ]
      : []),
    ...(head.scan ? ['It was made on a scan of the head: give the scan again before you make it anew.'] : []),
    ...(lost ? [`Give ${lost} again before you make it anew.`] : []),
  ];
}
