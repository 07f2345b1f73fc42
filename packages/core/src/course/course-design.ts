/** Characters of a reason, at most. */
export const MOST_REASON = 1000;

export interface CourseDesign {
  readonly sessions: 2 | 3 | 4;
  /** First session as a plain local date (YYYY-MM-DD); null when no date was chosen. */
  readonly start: string | null;
  /** IANA time zone of the studio. */
  readonly timeZone: string;
  /** Days between one session and the next, each >= 7. */
  readonly gapsDays: readonly number[];
  /** Why two sessions are enough, in the practitioner's words; only a course of two needs it. */
  readonly reason?: string;
}
