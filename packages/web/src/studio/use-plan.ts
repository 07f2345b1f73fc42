import type { PlanRequest } from '@stipple/core/plan/plan-request.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { PageToWorker, PhotoBox, PictureName, PlanFile, WorkerToPage } from '../workers/plan-messages.ts';

export interface ShownPicture {
  readonly url: string;
  readonly box: PhotoBox;
}

export interface PlanRefusal {
  readonly code: string;
  readonly detail: string | null;
  readonly reason: string;
  readonly remedy: string;
}

/** What a plan is made of; the address is of this very photo, and lives as long as the plan. */
export interface PlanOrder {
  readonly request: PlanRequest;
  readonly photo: Uint8Array;
  readonly photoUrl: string;
}

export interface PlanState {
  readonly order: PlanOrder | null;
  readonly status: 'idle' | 'working' | 'done' | 'refused' | 'failed';
  readonly step: string;
  readonly pictures: Readonly<Partial<Record<PictureName, ShownPicture>>>;
  /** The part of the photo worth looking at closely; null until the first picture is there. */
  readonly head: PhotoBox | null;
  readonly summary: PlanSummary | null;
  readonly refusal: PlanRefusal | null;
  readonly failure: string | null;
}

const IDLE: PlanState = {
  order: null,
  status: 'idle',
  step: '',
  pictures: {},
  head: null,
  summary: null,
  refusal: null,
  failure: null,
};

interface AwaitedFiles {
  readonly promise: Promise<readonly PlanFile[]>;
  readonly resolve: (files: readonly PlanFile[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One plan at a time, computed in a worker so that the page never freezes. The worker starts with the page and loads
 * its networks meanwhile. Forgetting a plan ends its worker, and with it everything it held of the photo.
 */
export function usePlan() {
  const [state, setState] = useState<PlanState>(IDLE);
  const worker = useRef<Worker | null>(null);
  const isUsed = useRef(false);
  const urls = useRef<string[]>([]);
  const awaitingFiles = useRef<AwaitedFiles | null>(null);

  const receive = useCallback((message: WorkerToPage) => {
    switch (message.kind) {
      case 'progress':
        setState((s) => ({ ...s, step: message.step }));
        break;
      case 'picture': {
        const { name, box, png } = message.picture;
        const url = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
        urls.current.push(url);
        setState((s) => ({ ...s, head: message.head, pictures: { ...s.pictures, [name]: { url, box } } }));
        break;
      }
      case 'summary':
        setState((s) => ({ ...s, summary: message.summary }));
        break;
      case 'done':
        setState((s) => ({ ...s, status: 'done' }));
        break;
      case 'files':
        awaitingFiles.current?.resolve(message.files);
        awaitingFiles.current = null;
        break;
      case 'refused':
        setState({ ...IDLE, status: 'refused', refusal: message });
        break;
      case 'failed':
        awaitingFiles.current?.reject(new Error(message.message));
        awaitingFiles.current = null;
        setState({ ...IDLE, status: 'failed', failure: message.message });
        break;
    }
  }, []);

  const startWorker = useCallback((): Worker => {
    const next = new Worker('/plan-worker.js', { type: 'module' });
    next.onmessage = (event: MessageEvent<WorkerToPage>) => receive(event.data);
    next.onerror = (event) => receive({ kind: 'failed', message: event.message || 'The worker could not be started.' });
    worker.current = next;
    isUsed.current = false;
    return next;
  }, [receive]);

  /** Ends what was going on; a worker that has not seen a photo yet is kept, for what it has loaded. */
  const forget = useCallback(() => {
    if (isUsed.current) {
      worker.current?.terminate();
      startWorker();
    }
    awaitingFiles.current?.reject(new Error('The plan was put aside.'));
    awaitingFiles.current = null;
    for (const url of urls.current) URL.revokeObjectURL(url);
    urls.current = [];
  }, [startWorker]);

  useEffect(() => {
    startWorker();
    return () => worker.current?.terminate();
  }, [startWorker]);

  const makePlan = useCallback(
    (request: PlanRequest, photo: Uint8Array) => {
      forget();
      const photoUrl = URL.createObjectURL(new Blob([photo as Uint8Array<ArrayBuffer>]));
      urls.current.push(photoUrl);
      setState({ ...IDLE, order: { request, photo, photoUrl }, status: 'working', step: 'opening the photo' });
      isUsed.current = true;
      (worker.current ?? startWorker()).postMessage({ kind: 'plan', request, photo } satisfies PageToWorker);
    },
    [forget, startWorker],
  );

  const files = useCallback((): Promise<readonly PlanFile[]> => {
    // Whoever asks twice waits for the same files.
    if (awaitingFiles.current) return awaitingFiles.current.promise;
    let settle: Pick<AwaitedFiles, 'resolve' | 'reject'> | null = null;
    const promise = new Promise<readonly PlanFile[]>((resolve, reject) => (settle = { resolve, reject }));
    awaitingFiles.current = { promise, ...settle! };
    worker.current?.postMessage({ kind: 'files' } satisfies PageToWorker);
    return promise;
  }, []);

  const reset = useCallback(() => {
    forget();
    setState(IDLE);
  }, [forget]);

  return { state, makePlan, files, reset };
}
