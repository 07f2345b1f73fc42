/**
 * Which of the points that a person marked do all the others contradict?
 *
 * Judged on the head and cameras of the plan, all photos together (vision/anchor-deviations.ts): the solution has already
 * made little of such a mark, but whoever set it should look again. Of up to seven marks the solution doubts one, of more a
 * quarter; where it does, marks that the others contradict beyond that number are told too.
 *
 * Simulated on photos that show the head 500 px tall, six to eight marks as hands and heads differ: of 180 clean photos 3
 * raise a doubt; a mark 5 mm off is told in 1 of 60, one 14 mm off (30 px) in 4 of 10, one 28 mm off in 7 of 10. What is
 * left lies along a turn of the head, which the others allow too.
 */
import { anchorGapsPx, contradictedMarks } from '../vision/anchor-deviations.ts';
import type { AnchorName } from '../vision/anchors.ts';
import type { PlanDocument } from './plan-document.ts';

export interface DoubtedAnchor {
  readonly view: string;
  readonly name: AnchorName;
  /** From where the head of the plan has it. */
  readonly offPx: number;
}

/** The farthest first. */
export function doubtedAnchors({ head, photos }: Pick<PlanDocument, 'head' | 'photos'>): DoubtedAnchor[] {
  const marked = photos.filter(({ anchors }) => anchors.length > 0);
  const views = marked.map(({ camera, anchors }) => ({ camera, shape: head.shape, anchors }));
  const isContradicted = contradictedMarks(views);
  const marks = views.flatMap((view, k) => {
    const gaps = anchorGapsPx(view);
    return view.anchors.map(({ name }, at): DoubtedAnchor => {
      const [u, v] = [gaps[2 * at], gaps[2 * at + 1]];
      return { view: marked[k].view, name, offPx: Math.sqrt(u * u + v * v) };
    });
  });
  return marks.filter((_, at) => isContradicted[at]).sort((a, b) => b.offPx - a.offPx);
}
