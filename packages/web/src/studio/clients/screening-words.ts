import type { Screening } from './client-words.ts';

export type Outcome = Screening['outcome'];

export const OUTCOME_WORDS: Readonly<Record<Outcome, string>> = {
  clear: 'Nothing stands against it',
  caution: 'With care',
  note: 'A doctor’s note first',
  defer: 'Not yet',
  stop: 'Do not treat',
};
