import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { HEAD_VIEWS, type ViewName } from './views.ts';

/** What whoever opens a kept plan has to know before changing it. */
export function openWords({ head }: PlanDocument, withoutPhoto: readonly string[]): string[] {
  const views = withoutPhoto.map((view) => HEAD_VIEWS[view as ViewName]?.label ?? view).join(', ');
  return [
    ...(views
      ? [`Of this plan the record does not have the photo: ${views}. Give it and make the plan again to see it.`]
      : ['The plan as it is kept. What you change comes into it when you make it again.']),
    ...(head.scan ? ['It was made on a scan of the head: give the scan again before you make it anew.'] : []),
  ];
}
