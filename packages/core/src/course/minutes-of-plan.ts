/** How long the sessions of a course take by the hours that its plan says. */

/** How long a session may be. */
export const SESSION_MINUTES = { least: 15, most: 720 } as const;

const STEP_MINUTES = 15;

/** Minutes of each of so many sessions, up to the quarter of an hour; as many hours in all as planned. */
export function minutesOfPlan(hours: readonly number[], sessions: number): number[] {
  const mean = hours.reduce((sum, of) => sum + of, 0) / sessions;
  const each = hours.length === sessions ? hours : Array.from({ length: sessions }, () => mean);
  return each.map((of) => {
    const minutes = Math.ceil((of * 60) / STEP_MINUTES - 1e-9) * STEP_MINUTES;
    return Math.min(SESSION_MINUTES.most, Math.max(SESSION_MINUTES.least, minutes));
  });
}
