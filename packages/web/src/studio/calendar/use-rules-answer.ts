import { useEffect, useState } from 'preact/hooks';
import { api } from '../../api/api.ts';
import { refusalOf } from '../../api/refusal-of.ts';
import { dayOf, instantAt, shortDay, timeWords } from '../parts/time-words.ts';
import type { Carried } from './use-drag.ts';

export interface RulesAnswer {
  readonly fits: boolean;
  readonly words: string;
}

/** A finger that rests this long over an hour wants to know. */
const REST_MS = 220;

/**
 * What all the rules say about the hour under the finger, asked of the server while the block is still held: whether it
 * fits, and where the later sessions of the course would go. Null while it is not known.
 */
export function useRulesAnswer(
  { block, column, from }: Carried,
  isWorthAsking: boolean,
  timeZone: string,
): RulesAnswer | null {
  const [answer, setAnswer] = useState<RulesAnswer | null>(null);
  const { id, kind, n } = block.appointment;
  useEffect(() => {
    setAnswer(null);
    if (!isWorthAsking || kind !== 'session') return undefined;
    let isLate = false;
    const timer = setTimeout(async () => {
      const said = await ask();
      if (!isLate) setAnswer(said);
    }, REST_MS);
    return () => {
      isLate = true;
      clearTimeout(timer);
    };
  }, [id, column.key, column.day, from, isWorthAsking]);

  const ask = async (): Promise<RulesAnswer> => {
    try {
      const { proposals, relax } = await api.proposeMove({
        id,
        start: instantAt(column.day, from, timeZone),
        ...(column.practitionerId ? { practitionerId: column.practitionerId } : {}),
      });
      const [best] = proposals;
      if (!best) return { fits: false, words: relax[0]?.text ?? 'does not fit' };
      const later = best.sessions
        .filter((session) => n !== null && session.n > n)
        .map(
          (session) =>
            `${session.n}: ${shortDay(dayOf(session.start, timeZone))} ${timeWords(session.start, timeZone)}`,
        );
      return { fits: true, words: later.length > 0 ? `fits; then ${later.join(', ')}` : 'fits' };
    } catch (error) {
      const { reason, detail } = refusalOf(error);
      return { fits: false, words: detail ?? reason };
    }
  };
  return answer;
}
