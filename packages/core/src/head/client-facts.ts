export interface ClientFacts {
  readonly sex: 'm' | 'f';
  /** Whole years; null when not told. */
  readonly ageYears: number | null;
}
