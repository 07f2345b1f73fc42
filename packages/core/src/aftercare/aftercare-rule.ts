/**
 * What one row of an aftercare protocol says. Days count from the recorded end of a session: day n starts n x 24 h
 * after it, so day 0 is the first 24 hours. Day intervals are half-open, [fromDay, untilDay).
 */

/** 'strict' is what Stipple proposes, 'article' what the published article for clients says. Neither borrows from the other. */
export type ProtocolName = 'strict' | 'article';

export const PROTOCOL_LABELS: Readonly<Record<ProtocolName, string>> = {
  strict: 'Strict protocol',
  article: 'Protocol of the published article',
};

/** What a client may ask about, and how it is printed. */
export const ACTIVITY_LABELS = {
  wetting: 'Water on the treated skin',
  washing: 'Shampoo',
  touching: 'Touching, scratching, picking',
  'light-exercise': 'Light exercise',
  'heavy-exercise': 'Heavy sweating',
  clippers: 'Clippers or foil shaver',
  razor: 'Razor',
  moisturiser: 'Moisturiser',
  sun: 'Sun',
  sunscreen: 'Sunscreen on the treated skin',
  'hot-shower': 'Hot showers',
  swimming: 'Swimming',
  'steam-and-sauna': 'Steam, sauna, hot tub, tanning bed',
  acids: 'Acids, retinoids, alcohol toners',
  hat: 'Hats',
} as const;

export type Activity = keyof typeof ACTIVITY_LABELS;

/** 'care': allowed in the way the text says. */
export type Verdict = 'no' | 'care' | 'yes';

/** Whether another session of the course follows. */
export type Phase = 'between' | 'after-last';

export interface AftercareRow {
  readonly activity: Activity;
  readonly fromDay: number;
  /** Null: for good, or until the next session when one follows. */
  readonly untilDay: number | null;
  /** When it holds; 'both' for most. */
  readonly phase: Phase | 'both';
  readonly verdict: Verdict;
  /** To the client. */
  readonly text: string;
  /** How well it is supported, and how far sources differ. */
  readonly source: string;
}

export interface AftercareRule extends AftercareRow {
  /** Stable: 'strict.washing.both.5'. */
  readonly id: string;
  /** What the other protocol, or medicine, says instead; null where nobody disagrees. */
  readonly conflict: string | null;
}
