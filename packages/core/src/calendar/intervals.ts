/**
 * Stretches of time, half-open [startMs, endMs), and what is left of them.
 *
 * `unite` accepts stretches in any order, overlapping or empty. Everything else takes and gives them in order of
 * time, apart from each other and not empty, as `unite` returns them; each step is one pass over both lists.
 */
export interface Interval {
  readonly startMs: number;
  readonly endMs: number;
}

/** All instants of the stretches, in order; those that overlap or touch become one. */
export function unite(intervals: readonly Interval[]): Interval[] {
  const sorted = intervals.filter(({ startMs, endMs }) => endMs > startMs).sort((a, b) => a.startMs - b.startMs);
  const united: { startMs: number; endMs: number }[] = [];
  for (const { startMs, endMs } of sorted) {
    const last = united.at(-1);
    if (last && startMs <= last.endMs) last.endMs = Math.max(last.endMs, endMs);
    else united.push({ startMs, endMs });
  }
  return united;
}

/** Instants that are in both. */
export function intersect(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const both: Interval[] = [];
  for (let i = 0, k = 0; i < a.length && k < b.length;) {
    const startMs = Math.max(a[i].startMs, b[k].startMs);
    const endMs = Math.min(a[i].endMs, b[k].endMs);
    if (startMs < endMs) both.push({ startMs, endMs });
    if (a[i].endMs <= b[k].endMs) i++;
    else k++;
  }
  return both;
}

/** Instants of `a` that are not in `b`. */
export function subtract(a: readonly Interval[], b: readonly Interval[]): Interval[] {
  const left: Interval[] = [];
  let k = 0;
  for (const { startMs, endMs } of a) {
    let from = startMs;
    while (k < b.length && b[k].endMs <= from) k++;
    for (let m = k; m < b.length && b[m].startMs < endMs; m++) {
      if (b[m].startMs > from) left.push({ startMs: from, endMs: b[m].startMs });
      from = b[m].endMs;
    }
    if (from < endMs) left.push({ startMs: from, endMs });
  }
  return left;
}

/** The parts inside a window. */
export const within = (intervals: readonly Interval[], window: Interval): Interval[] => intersect(intervals, [window]);

/** Whether one stretch covers all of `part`. */
export const covers = (intervals: readonly Interval[], part: Interval): boolean =>
  intervals.some(({ startMs, endMs }) => startMs <= part.startMs && part.endMs <= endMs);

/** Whether two stretches share an instant. */
export const overlaps = (a: Interval, b: Interval): boolean => a.startMs < b.endMs && b.startMs < a.endMs;
