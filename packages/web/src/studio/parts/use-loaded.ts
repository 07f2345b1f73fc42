import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { refusalOf, type WireRefusal } from '../../api/refusal-of.ts';
import { announce, onSignIn } from './sign-in-needed.ts';

export interface Loaded<T> {
  /** Null until it is there; while it is asked for again, what was there stays. */
  readonly value: T | null;
  readonly refusal: WireRefusal | null;
  readonly reload: () => void;
  /** Puts in what another call has answered. */
  readonly put: (value: T) => void;
}

interface State<T> {
  readonly value: T | null;
  readonly refusal: WireRefusal | null;
}

/**
 * Asks for something when the screen opens and whenever `of` changes. The last question's answer wins.
 *
 * @param isSteady whether the old answer stays until the new one is there, as in a list that is being searched
 */
export function useLoaded<T>(load: () => Promise<T>, of: readonly unknown[], isSteady = false): Loaded<T> {
  const [state, setState] = useState<State<T>>({ value: null, refusal: null });
  const asked = useRef(0);
  const latest = useRef(load);
  latest.current = load;

  const ask = useCallback(async (): Promise<void> => {
    const n = ++asked.current;
    try {
      const value = await latest.current();
      if (n === asked.current) setState({ value, refusal: null });
    } catch (error) {
      const refusal = refusalOf(error);
      if (refusal.code === 'not-signed-in') announce('needed');
      if (n === asked.current) setState(({ value }) => ({ value, refusal }));
    }
  }, []);

  useEffect(() => {
    if (!isSteady) setState({ value: null, refusal: null });
    void ask();
    const stop = onSignIn((event) => {
      if (event === 'signed-in') void ask();
    });
    return () => {
      asked.current++;
      stop();
    };
  }, of);

  const put = useCallback((value: T): void => {
    asked.current++;
    setState({ value, refusal: null });
  }, []);

  return { ...state, reload: useCallback(() => void ask(), [ask]), put };
}
