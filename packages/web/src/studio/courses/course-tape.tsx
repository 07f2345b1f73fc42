import { daysBetween, type PlainDay } from '@stipple/core/calendar/plain-day.ts';
import { shortDay } from '../parts/time-words.ts';

export interface TapePoint {
  readonly key: string;
  /** Beside the point: '1', 'R'. */
  readonly mark: string;
  readonly name: string;
  readonly day: PlainDay;
  readonly state: 'proposed' | 'booked' | 'now' | 'done' | 'gone';
}

/**
 * A course laid along a tape measure: a point for every session, a tick for every day between. The gaps are what a
 * course is about, so they are seen before they are read.
 */
export function CourseTape({ points }: { readonly points: readonly TapePoint[] }) {
  return (
    <ol class="course-tape">
      {points.map((point, i) => {
        const next = points[i + 1];
        const gapDays = next ? daysBetween(point.day, next.day) : 0;
        return (
          <li key={point.key} style={next ? { flexGrow: Math.max(gapDays, 1) } : { flexGrow: 0 }}>
            {next && (
              <svg
                class="tape-days"
                viewBox={`0 0 ${Math.max(gapDays, 1)} 10`}
                preserveAspectRatio="none"
                aria-hidden="true"
              >
                <rect width={Math.max(gapDays, 1)} height="10" />
                <path d={ticks(gapDays)} />
              </svg>
            )}
            <span class={`tape-point tape-${point.state}`} aria-hidden="true">
              {point.mark}
            </span>
            {next && gapDays > 0 && (
              <span class="tape-gap">
                {gapDays} <span class="tape-unit">days</span>
              </span>
            )}
            <span class="tape-day">
              <span class="visually-hidden">{point.name}: </span>
              {shortDay(point.day)}
            </span>
          </li>
        );
      })}
    </ol>
  );
}

/** A short tick a day, a long one a week. */
const ticks = (days: number): string =>
  Array.from({ length: Math.max(days - 1, 0) }, (_, i) => `M${i + 1} 0V${(i + 1) % 7 === 0 ? 4.4 : 2.4}`).join('');
