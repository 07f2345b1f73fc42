/**
 * All files of a plan but its pictures, by the names they have in the folder.
 *
 * dots.csv, head.glb and stencil.svg are in millimetres or metres of this head, so a plan without a measured head does
 * not have them. Same plan, same bytes.
 */
import { planCourse } from '@stipple/core/course/plan-course.ts';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import type { RealisedPlan } from '@stipple/core/plan/realise-plan.ts';
import { planText } from '../documents/plan-text.ts';
import { courseIcs } from './course-ics.ts';
import { writeDotsCsv } from './write-dots-csv.ts';
import { writeHeadGlb } from './write-head-glb.ts';
import { writeStencilSvg } from './write-stencil-svg.ts';
import { writeWorksheet } from './write-worksheet.ts';

export interface PlanFile {
  readonly name: string;
  /** Media type. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/**
 * `healedView`, PNG or JPEG, is shown on the worksheet, best at no more than 800 pixels. It and the summary may still be on
 * their way: what needs neither is written first.
 */
export async function planFiles(
  plan: RealisedPlan,
  summed: PlanSummary | Promise<PlanSummary>,
  healedView?: Uint8Array | Promise<Uint8Array>,
): Promise<PlanFile[]> {
  const text = (content: string): Uint8Array => new TextEncoder().encode(content);
  const { document } = plan;
  const scaled: PlanFile[] = document.head.isMeasured
    ? [
        { name: 'dots.csv', type: 'text/csv', bytes: writeDotsCsv(plan) },
        { name: 'head.glb', type: 'model/gltf-binary', bytes: writeHeadGlb(plan) },
        { name: 'stencil.svg', type: 'image/svg+xml', bytes: writeStencilSvg(plan) },
      ]
    : [];
  const summary = await summed;
  return [
    { name: 'plan.json', type: 'application/json', bytes: text(planText(document)) },
    { name: 'summary.json', type: 'application/json', bytes: text(`${JSON.stringify(summary, null, 2)}\n`) },
    ...scaled,
    {
      name: 'worksheet.pdf',
      type: 'application/pdf',
      bytes: await writeWorksheet({ plan, summary }, await healedView),
    },
    { name: 'course.ics', type: 'text/calendar', bytes: text(courseText(document, summary)) },
  ];
}

/** The calendar of a course follows the stricter protocol until a studio chooses its own. */
const courseText = ({ course, photos, seed }: PlanDocument, summary: PlanSummary): string =>
  courseIcs({
    course: planCourse(course),
    hours: summary.sessions.map(({ hours, hoursLow, hoursHigh }) => ({ value: hours, low: hoursLow, high: hoursHigh })),
    timeZone: course.timeZone,
    protocol: 'strict',
    planId: `${photos[0]?.sha256.slice(0, 16) ?? 'plan'}-${seed}`,
    sequence: 0,
  });
