/**
 * Do the photos show one head?
 *
 * For each photo: how far the cranium that it shows by itself lies from the one that the other photos, tapes and population
 * tell, as a sum of three squares in standard deviations (width, height, length). Taken to first order at the common
 * solution, where each photo pulls one way and all the rest the other: what a photo pulls, with its own camera free, times
 * how far both would move without each other. What departs from the template, how the face lies on the head, and how
 * large its mesh is told are let go first: they are open, or err from one photo of a person to the next.
 *
 * Of 75 sets of two and three rendered photos of one person none has a larger sum than {@link MOST_APART} (the largest is 6.1),
 * of 30 pairs of two persons 8. A smaller sum says nothing: many heads have the same proportions. Hair that is not marked
 * raises it.
 *
 * In: what each photo says, and what is known without photos, as evidence; the solution. Does not judge faces, skin or
 * ears, and not single photos.
 */
import { normalEquations } from '../num/least-squares.ts';
import type { Evidence } from '../num/least-squares.ts';
import { cholesky, invert } from '../num/solve.ts';
import { DEPARTURES, FACE_PLACE, LOGS, TILT, TOLD_SIZE } from './view-unknowns.ts';
import type { ViewUnknowns } from './view-unknowns.ts';

/** One photo in 35 would lie above by chance, were all errors normal and as large as taken. */
export const MOST_APART = 9;

const [FACE, WIDTH, HEIGHT, LENGTH] = LOGS;
/** What all photos share, in the order in which it is let go: each is counted given those before it. */
const SHARED: readonly number[] = [...DEPARTURES, ...FACE_PLACE, TOLD_SIZE, TILT, LENGTH, HEIGHT, WIDTH, FACE];
const N = SHARED.length;
const COUNTED = [LENGTH, HEIGHT, WIDTH].map((unknown) => SHARED.indexOf(unknown));
/** What a photo leaves open of the head (its size) is open by as much as this, ln or rad. */
const OPEN_SD = 1;

export interface ViewPart {
  readonly evidence: readonly Evidence[];
  readonly unknowns: ViewUnknowns;
}

/** The sum of each photo. `head` is what is known of the shared unknowns without any photo. */
export function viewsApart(views: readonly ViewPart[], head: readonly Evidence[], x: readonly number[]): number[] {
  const parts = views.map((view) => saysOfHead(view, x));
  const known = sharedOf(normalEquations(head, x).normal, x.length);
  return parts.map(({ information, pull }, k) => {
    const rest = known.map((value, at) =>
      parts.reduce((sum, part, other) => (other === k ? sum : sum + part.information[at]), value),
    );
    const own = information.map((value, at) => value + (at % (N + 1) === 0 ? 1 / (OPEN_SD * OPEN_SD) : 0));
    const restMoves = invert(rest, N);
    const lower = cholesky(
      invert(own, N).map((value, at) => value + restMoves[at]),
      N,
    );
    return COUNTED.reduce((sum, j) => {
      let deviation = 0;
      for (let i = j; i < N; i++) deviation += lower[i * N + j] * pull[i];
      return sum + deviation * deviation;
    }, 0);
  });
}

/** Information and pull of one photo on what is shared, its own camera left free. */
function saysOfHead(
  { evidence, unknowns }: ViewPart,
  x: readonly number[],
): { readonly information: readonly number[]; readonly pull: readonly number[] } {
  const { normal, pull } = normalEquations(evidence, x);
  const n = x.length;
  const own = unknowns.all;
  const free = invert(
    own.flatMap((a) => own.map((b) => normal[a * n + b])),
    own.length,
  );
  /** What the camera takes along when the shared unknown `s` moves. */
  const along = SHARED.map((s) =>
    own.map((_, i) => own.reduce((sum, b, j) => sum + free[i * own.length + j] * normal[b * n + s], 0)),
  );
  return {
    information: SHARED.flatMap((s) =>
      SHARED.map((t, k) => own.reduce((left, a, i) => left - normal[s * n + a] * along[k][i], normal[s * n + t])),
    ),
    pull: SHARED.map((s, k) => own.reduce((left, a, i) => left - along[k][i] * pull[a], pull[s])),
  };
}

const sharedOf = (normal: ArrayLike<number>, n: number): number[] =>
  SHARED.flatMap((s) => SHARED.map((t) => normal[s * n + t]));
