/** From the youngest to the oldest that a plan is made for: the work is for adults. */
export const CLIENT_AGES_YEARS = [18, 100] as const;

export interface ClientFacts {
  readonly sex: 'm' | 'f';
  /** Whole years; null when not told. */
  readonly ageYears: number | null;
}
