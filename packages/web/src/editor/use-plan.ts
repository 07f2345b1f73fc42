import type { ClientFacts } from '@stipple/core/head/client-facts.ts';
import type { PlanSummary } from '@stipple/core/plan/plan-summary.ts';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type {
  PageToWorker,
  PhotoBox,
  PhotoOrder,
  PictureName,
  PlanFile,
  PlanOrder,
  RefusalText,
  WorkerToPage,
} from '../workers/plan-messages.ts';

export interface ShownPicture {
  readonly url: string;
  readonly box: PhotoBox;
}

/** One photo of the plan as it is shown. */
export interface ShownView {
  readonly view: string;
  readonly pictures: Readonly<Partial<Record<PictureName, ShownPicture>>>;
  /** The part of the photo worth looking at closely. */
  readonly head: PhotoBox;
}

export interface PlanState {
  /** What the plan is made of; kept when it was refused, to say what the refusal is about. */
  readonly order: PlanOrder | null;
  /** Addresses of the order's very photos, by view; they live as long as the plan. */
  readonly photoUrls: Readonly<Record<string, string>>;
  readonly status: 'idle' | 'working' | 'done' | 'refused' | 'failed';
  readonly step: string;
  /** In the order of arrival: the one that shows the hairline best comes first. */
  readonly views: readonly ShownView[];
  readonly summary: PlanSummary | null;
  readonly refusal: (RefusalText & { readonly view: string | null }) | null;
  readonly failure: string | null;
}

const IDLE: PlanState = {
  order: null,
  photoUrls: {},
  status: 'idle',
  step: '',
  views: [],
  summary: null,
  refusal: null,
  failure: null,
};

/** What looking at one photo by itself has told. */
export interface Look {
  readonly placedBy: 'face' | 'anchors' | null;
  readonly refusal: RefusalText | null;
}

interface AwaitedFiles {
  readonly promise: Promise<readonly PlanFile[]>;
  readonly resolve: (files: readonly PlanFile[]) => void;
  readonly reject: (error: Error) => void;
}

/**
 * One plan at a time, computed in a worker so that the page never freezes. The worker starts with the page and loads
 * its networks meanwhile. Putting a plan aside ends its worker, and with it everything it held of the photos.
 */
export function usePlan() {
  const [state, setState] = useState<PlanState>(IDLE);
  const [looks, setLooks] = useState<Readonly<Record<string, Look>>>({});
  const worker = useRef<Worker | null>(null);
  const isUsed = useRef(false);
  /** Whether the worker is at a plan, or failed and is not to be trusted again. */
  const isBusy = useRef(false);
  const urls = useRef<string[]>([]);
  const awaitingFiles = useRef<AwaitedFiles | null>(null);
  /** Not answered yet: asked again of the next worker when this one is ended. */
  const awaitingLooks = useRef(new Map<string, PageToWorker>());
  const drawn = useRef(new Set<string>());

  const receive = useCallback((message: WorkerToPage) => {
    switch (message.kind) {
      case 'progress':
        setState((s) => ({ ...s, step: message.step }));
        break;
      case 'picture': {
        const { view, name, box, png } = message.picture;
        const url = URL.createObjectURL(new Blob([png], { type: 'image/png' }));
        urls.current.push(url);
        if (name !== 'healed') drawn.current.add(view);
        setState((s) => ({ ...s, views: withPicture(s.views, view, name, { url, box }, message.head) }));
        break;
      }
      case 'summary':
        setState((s) => ({ ...s, summary: message.summary }));
        break;
      case 'done':
        isBusy.current = false;
        setState((s) => ({ ...s, status: 'done' }));
        break;
      case 'files':
        awaitingFiles.current?.resolve(message.files);
        awaitingFiles.current = null;
        break;
      case 'looked': {
        const { key, placedBy, refusal } = message;
        awaitingLooks.current.delete(key);
        setLooks((all) => ({ ...all, [key]: { placedBy, refusal } }));
        break;
      }
      case 'refused':
        isBusy.current = false;
        setState(({ order }) => ({
          ...IDLE,
          order,
          status: 'refused',
          refusal: { ...message.refusal, view: message.view },
        }));
        break;
      case 'failed':
        isBusy.current = true;
        awaitingLooks.current.clear();
        awaitingFiles.current?.reject(new Error(message.message));
        awaitingFiles.current = null;
        setState({ ...IDLE, status: 'failed', failure: message.message });
        break;
    }
  }, []);

  const post = useCallback((message: PageToWorker): void => worker.current?.postMessage(message), []);

  const startWorker = useCallback((): void => {
    const next = new Worker('/plan-worker.js', { type: 'module' });
    next.onmessage = (event: MessageEvent<WorkerToPage>) => receive(event.data);
    next.onerror = (event) => receive({ kind: 'failed', message: event.message || 'The worker could not be started.' });
    worker.current = next;
    isUsed.current = awaitingLooks.current.size > 0;
    for (const asked of awaitingLooks.current.values()) post(asked);
  }, [receive, post]);

  const restart = useCallback((): void => {
    worker.current?.terminate();
    isBusy.current = false;
    startWorker();
  }, [startWorker]);

  const dropPictures = useCallback((): void => {
    awaitingFiles.current?.reject(new Error('The plan was put aside.'));
    awaitingFiles.current = null;
    for (const url of urls.current) URL.revokeObjectURL(url);
    urls.current = [];
    drawn.current.clear();
  }, []);

  useEffect(() => {
    startWorker();
    return () => worker.current?.terminate();
  }, [startWorker]);

  const makePlan = useCallback(
    (order: PlanOrder, shown: Readonly<Record<string, Blob>>) => {
      // What is being computed is of no use any more; otherwise the worker has everything loaded already.
      if (isBusy.current) restart();
      dropPictures();
      const photoUrls = Object.fromEntries(
        Object.entries(shown).map(([view, photo]) => [view, URL.createObjectURL(photo)]),
      );
      urls.current.push(...Object.values(photoUrls));
      const step = order.photos.length > 1 ? 'opening the photos' : 'opening the photo';
      setState({ ...IDLE, order, photoUrls, status: 'working', step });
      isUsed.current = true;
      isBusy.current = true;
      post({ kind: 'plan', order });
    },
    [dropPictures, restart, post],
  );

  /** Looks at one photo by itself; the answer stands in `looks` under `key`. */
  const lookAt = useCallback(
    (key: string, photo: PhotoOrder, client: ClientFacts) => {
      const asked: PageToWorker = { kind: 'look', key, photo, client };
      awaitingLooks.current.set(key, asked);
      isUsed.current = true;
      post(asked);
    },
    [post],
  );

  /** Has the moments of a further view drawn, once. */
  const drawView = useCallback(
    (view: string) => {
      if (drawn.current.has(view)) return;
      drawn.current.add(view);
      post({ kind: 'draw', view });
    },
    [post],
  );

  const files = useCallback((): Promise<readonly PlanFile[]> => {
    // Whoever asks twice waits for the same files.
    if (awaitingFiles.current) return awaitingFiles.current.promise;
    let settle: Pick<AwaitedFiles, 'resolve' | 'reject'> | null = null;
    const promise = new Promise<readonly PlanFile[]>((resolve, reject) => (settle = { resolve, reject }));
    awaitingFiles.current = { promise, ...settle! };
    post({ kind: 'files' });
    return promise;
  }, [post]);

  /** Ends what was going on; a worker that has not seen a photo yet is kept, for what it has loaded. */
  const reset = useCallback(() => {
    if (isUsed.current || isBusy.current) restart();
    dropPictures();
    setState(IDLE);
  }, [dropPictures, restart]);

  return { state, looks, makePlan, lookAt, drawView, files, reset };
}

function withPicture(
  views: readonly ShownView[],
  view: string,
  name: PictureName,
  picture: ShownPicture,
  head: PhotoBox,
): readonly ShownView[] {
  const old = views.find((shown) => shown.view === view);
  if (!old) return [...views, { view, pictures: { [name]: picture }, head }];
  const changed = { view, pictures: { ...old.pictures, [name]: picture }, head };
  return views.map((shown) => (shown === old ? changed : shown));
}
