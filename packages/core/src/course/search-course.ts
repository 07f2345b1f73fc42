/**
 * The cheapest ways to place a row of sessions on days and practitioners.
 *
 * Exact dynamic programming, from the last session to the first: the cost of the best rest of a course, for every day
 * and practitioner of a session. The cost of a rest is that of its node, of the gap to the next session, and of a change of
 * practitioner, so nothing that an exhaustive search finds is missed. Whole numbers throughout; of equal costs the
 * earlier day wins, then the same practitioner, then the order of the list. Sessions x days x practitioners x days in
 * a gap: about 240,000 steps for 4 x 180 x 10.
 *
 * Numbers only: what the costs mean is decided by solve-course.ts.
 */
export interface SearchSession {
  /** Cost of a session on (day, practitioner), entry `day * practitioners + practitioner`; Infinity where it cannot be. */
  readonly nodeCost: Float64Array;
  /** Cost of each gap in days to the session before, Infinity where it is not allowed; null for the first. */
  readonly gapCost: Float64Array | null;
}

export interface Search {
  readonly days: number;
  readonly practitioners: number;
  readonly changeCost: number;
  readonly sessions: readonly SearchSession[];
}

/** Cost from each session on, by day and practitioner as in {@link SearchSession}. */
export type RestCosts = readonly Float64Array[];

/** A day and practitioner for each session. */
export type Path = readonly { readonly day: number; readonly person: number }[];

/** Cost of a rest that begins on a day, seen by each practitioner of the session before. */
function seenBy(rest: Float64Array, { days, practitioners, changeCost }: Search): Float64Array {
  const seen = new Float64Array(rest.length);
  for (let day = 0; day < days; day++) {
    const at = day * practitioners;
    let least = Infinity;
    for (let person = 0; person < practitioners; person++) least = Math.min(least, rest[at + person]);
    for (let person = 0; person < practitioners; person++) {
      seen[at + person] = Math.min(rest[at + person], least + changeCost);
    }
  }
  return seen;
}

/** The best costs from every place of every session on. */
export function restCosts(search: Search): RestCosts {
  const { days, practitioners, sessions } = search;
  const costs: Float64Array[] = Array.from({ length: sessions.length });
  for (let k = sessions.length - 1; k >= 0; k--) {
    const cost = sessions[k].nodeCost.slice();
    const next = sessions[k + 1];
    if (next) {
      const seen = seenBy(costs[k + 1], search);
      const gapCost = next.gapCost!;
      for (let day = 0; day < days; day++) {
        for (let person = 0; person < practitioners; person++) {
          const at = day * practitioners + person;
          if (cost[at] === Infinity) continue;
          let least = Infinity;
          for (let gap = 1; gap < gapCost.length && day + gap < days; gap++) {
            const total = gapCost[gap] + seen[at + gap * practitioners];
            if (total < least) least = total;
          }
          cost[at] += least;
        }
      }
    }
    costs[k] = cost;
  }
  return costs;
}

/** The cheapest path from a place of the first session, which must have a finite cost. */
export function cheapestPath(search: Search, costs: RestCosts, day: number, person: number): Path {
  const { days, practitioners, changeCost, sessions } = search;
  const path = [{ day, person }];
  for (let k = 1; k < sessions.length; k++) {
    const from = path[k - 1];
    const gapCost = sessions[k].gapCost!;
    let least = Infinity;
    let best = from;
    for (let gap = 1; gap < gapCost.length && from.day + gap < days; gap++) {
      const at = (from.day + gap) * practitioners;
      for (let i = 0; i < practitioners; i++) {
        // The practitioner of the session before is asked first, so that equal costs keep them.
        const person = i === 0 ? from.person : i <= from.person ? i - 1 : i;
        const total = gapCost[gap] + costs[k][at + person] + (person === from.person ? 0 : changeCost);
        if (total < least) {
          least = total;
          best = { day: from.day + gap, person };
        }
      }
    }
    path.push(best);
  }
  return path;
}

/** How many sessions from the first on can be placed, when not all can. */
export function mostPlaceable(search: Search): number {
  for (let count = search.sessions.length; count > 0; count--) {
    const costs = restCosts({ ...search, sessions: search.sessions.slice(0, count) });
    if (costs[0].some((cost) => cost < Infinity)) return count;
  }
  return 0;
}
