import { useCallback, useRef, useState } from 'preact/hooks';
import { refusalOf, type WireRefusal } from '../../api/refusal-of.ts';
import { announce } from './sign-in-needed.ts';

export interface Sending {
  readonly isSending: boolean;
  /** Why the last one was refused; gone with the next. */
  readonly refusal: WireRefusal | null;
  /** Resolves to the answer, or to null when it was refused: the form then stays as it is. */
  readonly send: <T>(call: () => Promise<T>) => Promise<T | null>;
  readonly clear: () => void;
}

/** One thing sent at a time: a second press while the first is under way does nothing. */
export function useSend(): Sending {
  const [isSending, setIsSending] = useState(false);
  const [refusal, setRefusal] = useState<WireRefusal | null>(null);
  const isBusy = useRef(false);

  const send = useCallback(async <T>(call: () => Promise<T>): Promise<T | null> => {
    if (isBusy.current) return null;
    isBusy.current = true;
    setIsSending(true);
    setRefusal(null);
    try {
      return await call();
    } catch (error) {
      const refused = refusalOf(error);
      if (refused.code === 'not-signed-in') announce('needed');
      setRefusal(refused);
      return null;
    } finally {
      isBusy.current = false;
      setIsSending(false);
    }
  }, []);

  return { isSending, refusal, send, clear: useCallback(() => setRefusal(null), []) };
}
