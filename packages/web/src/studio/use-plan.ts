import type { Summary } from '@stipple/files/contract/summary.ts';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PageToWorker, PlanFile, PlanOrder, WorkerToPage } from '../workers/plan-messages.ts';

export interface ShownPicture {
  readonly url: string;
  readonly panels: readonly string[];
  readonly widthPx: number;
  readonly heightPx: number;
}

export interface PlanState {
  readonly status: 'idle' | 'working' | 'done' | 'refused' | 'failed';
  readonly step: string;
  readonly pictures: Readonly<Record<string, ShownPicture>>;
  readonly summary: Summary | null;
  readonly elapsedMs: number | null;
  readonly refusal: { code: string; detail: string | null; reason: string; remedy: string } | null;
  readonly failure: string | null;
}

const IDLE: PlanState = {
  status: 'idle',
  step: '',
  pictures: {},
  summary: null,
  elapsedMs: null,
  refusal: null,
  failure: null,
};

/**
 * One plan at a time, computed in a worker so that the page never freezes. Starting a new plan ends the worker of
 * the one before, and with it everything it held of the photo.
 */
export function usePlan() {
  const [state, setState] = useState<PlanState>(IDLE);
  const worker = useRef<Worker | null>(null);
  const urls = useRef<string[]>([]);
  const awaitingFiles = useRef<((files: readonly PlanFile[]) => void) | null>(null);

  const forget = useCallback(() => {
    worker.current?.terminate();
    worker.current = null;
    for (const url of urls.current) URL.revokeObjectURL(url);
    urls.current = [];
  }, []);
  useEffect(() => forget, [forget]);

  const receive = useCallback((message: WorkerToPage) => {
    switch (message.kind) {
      case 'progress':
        setState((s) => ({ ...s, step: message.step }));
        break;
      case 'picture': {
        const { name, panels, widthPx, heightPx, png } = message.picture;
        const url = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
        urls.current.push(url);
        setState((s) => ({ ...s, pictures: { ...s.pictures, [name]: { url, panels, widthPx, heightPx } } }));
        break;
      }
      case 'summary':
        setState((s) => ({ ...s, status: 'done', summary: message.summary, elapsedMs: message.elapsedMs }));
        break;
      case 'files':
        awaitingFiles.current?.(message.files);
        awaitingFiles.current = null;
        break;
      case 'refused':
        setState({ ...IDLE, status: 'refused', refusal: message });
        break;
      case 'failed':
        setState({ ...IDLE, status: 'failed', failure: message.message });
        break;
    }
  }, []);

  const makePlan = useCallback(
    (order: PlanOrder) => {
      forget();
      setState({ ...IDLE, status: 'working', step: 'Opening the photo' });
      const next = new Worker('/plan-worker.js', { type: 'module' });
      next.onmessage = (event: MessageEvent<WorkerToPage>) => receive(event.data);
      next.onerror = (event) => receive({ kind: 'failed', message: event.message || 'The worker could not be started.' });
      worker.current = next;
      next.postMessage({ kind: 'plan', order } satisfies PageToWorker);
    },
    [forget, receive],
  );

  const files = useCallback(
    (): Promise<readonly PlanFile[]> =>
      new Promise((resolve) => {
        awaitingFiles.current = resolve;
        worker.current?.postMessage({ kind: 'files' } satisfies PageToWorker);
      }),
    [],
  );

  const reset = useCallback(() => {
    forget();
    setState(IDLE);
  }, [forget]);

  return { state, makePlan, files, reset };
}
