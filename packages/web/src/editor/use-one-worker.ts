import { useCallback, useEffect, useRef } from 'preact/hooks';

/** A worker that reads one file and ends: what it was at is given up when the next begins, and when the page's part goes. */
export function useOneWorker(path: string) {
  const worker = useRef<Worker | null>(null);
  const end = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
  }, []);
  useEffect(() => end, [end]);

  const begin = useCallback((): Worker => {
    end();
    worker.current = new Worker(path, { type: 'module' });
    return worker.current;
  }, [end, path]);
  /** Ends it, whose answer has come; false when it was given up before. */
  const finish = useCallback(
    (one: Worker): boolean => {
      if (worker.current !== one) return false;
      end();
      return true;
    },
    [end],
  );
  return { begin, finish, end };
}
