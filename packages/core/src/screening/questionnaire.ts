/**
 * What a screening questionnaire is: questions in plain words, each with the answers that matter and what they lead to.
 *
 * Answers are words: 'yes' or 'no', the id of a choice, a day, or 'refused'. A question of a day may be answered
 * 'unknown'. Four outcomes, the heaviest first: stop (no booking now), defer (not before a day), note (a doctor writes
 * first), caution (the practitioner plans for it). Published versions never change: answers are always judged by the
 * version they were given to.
 */
export type Outcome = 'stop' | 'defer' | 'note' | 'caution';

/** How long after the day of an answer the client waits. */
export type Wait = { readonly months: number } | { readonly days: number };

export interface Consequence {
  /** Never changes its meaning; unique in a version. */
  readonly code: string;
  readonly outcome: Outcome;
  /** What the client and the practitioner read. Names no diagnosis that the client has not named. */
  readonly text: string;
  /** Whether a doctor has to see the client, with a letter from the studio. */
  readonly isReferral?: boolean;
  /** Counted from the day that was answered, or from the day of the screening where none was asked. */
  readonly wait?: Wait;
  /** Key of SCREENING_SOURCES. */
  readonly source: ScreeningSource;
}

export interface Question {
  readonly id: string;
  readonly text: string;
  /** Below the question; may be empty. */
  readonly help: string;
  readonly kind: 'yes-no' | 'day' | 'choice' | 'text';
  readonly choices: readonly { readonly id: string; readonly text: string }[];
  /** Asked only when another question was answered so; null: always. */
  readonly when: { readonly question: string; readonly answer: string } | null;
  /** What an answer leads to: by 'yes', 'no', or choice. A day leads to the entry 'day', when its wait is not over. */
  readonly leads: Readonly<Record<string, Consequence>>;
}

export interface Questionnaire {
  readonly version: number;
  readonly questions: readonly Question[];
}

/** Where a rule comes from. None of them is a trial of this work: there is none. */
export const SCREENING_SOURCES = {
  law: 'Law of many countries; in the United Kingdom tattooing under 18 is forbidden whoever consents.',
  dermatology:
    'Kluger, Curr Probl Dermatol 2015;48:76-87; Kluger and De Cuyper, Am J Clin Dermatol 2018;19:167-180: tattoos and chronic disease.',
  inflammation: 'Rogowska and others, Clin Cosmet Investig Dermatol 2022;15:587-593.',
  isotretinoin:
    'Product labels and the trade say six months; panels in 2017 found little evidence either way (Waldman and others, Dermatol Surg 2017;43:1249-1262). Tattooing was not studied.',
  granuloma: 'Rajan and others, Cureus 2026: reactions to tattoo pigment.',
  trade: 'Lists published by studios and trainers; no study.',
  default: 'A cautious default of Stipple; the studio may be stricter.',
} as const;

export type ScreeningSource = keyof typeof SCREENING_SOURCES;
