import type { LengthUnit } from '@stipple/core/scan/scan-mesh.ts';
import type { ScanInput } from '@stipple/core/plan/plan-request.ts';
import { useCallback, useState } from 'preact/hooks';
import type { RefusalText } from '../workers/plan-messages.ts';
import type { PageToScanWorker, ScanWorkerToPage } from '../workers/scan-messages.ts';
import { useOneWorker } from './use-one-worker.ts';

interface ScanState {
  readonly file: File | null;
  readonly unit: LengthUnit | null;
  /** A file of landmarks in its coordinates; null finds them. */
  readonly landmarks: File | null;
  readonly isReading: boolean;
  readonly scan: ScanInput | null;
  readonly refusal: RefusalText | null;
  readonly failure: string | null;
}

const NONE: ScanState = {
  file: null,
  unit: null,
  landmarks: null,
  isReading: false,
  scan: null,
  refusal: null,
  failure: null,
};

/** The scan of the client's head, read in a worker of its own, which ends when it is read. */
export function useScan() {
  const [state, setState] = useState<ScanState>(NONE);
  const { begin, finish: ended, end } = useOneWorker('/scan-worker.js');

  const read = useCallback(
    (file: File, unit: LengthUnit | null, landmarks: File | null = null): void => {
      const next = begin();
      setState({ ...NONE, file, unit, landmarks, isReading: true });
      const finish = (change: Partial<ScanState>): void => {
        if (ended(next)) setState((s) => ({ ...s, isReading: false, ...change }));
      };
      next.onerror = (event) => finish({ failure: event.message || 'The scan could not be read.' });
      next.onmessage = ({ data }: MessageEvent<ScanWorkerToPage>) => {
        if (data.kind === 'scan') finish({ scan: data.scan });
        else if (data.kind === 'refused') finish({ refusal: data.refusal });
        else finish({ failure: data.message });
      };
      next.postMessage({ file, unit, landmarks } satisfies PageToScanWorker);
    },
    [begin, ended],
  );

  const setUnit = useCallback(
    (unit: LengthUnit | null) =>
      state.file ? read(state.file, unit, state.landmarks) : setState((s) => ({ ...s, unit })),
    [read, state.file, state.landmarks],
  );
  /** Of the scan that is there. */
  const setLandmarks = useCallback(
    (landmarks: File | null) => state.file && read(state.file, state.unit, landmarks),
    [read, state.file, state.unit],
  );
  const clear = useCallback(() => {
    end();
    setState(NONE);
  }, [end]);

  const isRefused = state.refusal !== null || state.failure !== null;
  return { ...state, isRefused, read, setUnit, setLandmarks, clear };
}
