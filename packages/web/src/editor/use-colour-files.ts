import { useState } from 'preact/hooks';
import type { ColourWorkerToPage, PageToColourWorker } from '../workers/colour-messages.ts';
import type { RefusalText } from '../workers/plan-messages.ts';
import { useOneWorker } from './use-one-worker.ts';

type Answer = Exclude<ColourWorkerToPage, { kind: 'refused' | 'failed' }>;

/** Asks the colour worker one thing at a time; it lives as long as it takes. */
export function useColourFiles(onAnswer: (answer: Answer, fileName: string) => void) {
  const [fault, setFault] = useState<RefusalText | string | null>(null);
  const { begin, finish: ended } = useOneWorker('/colour-worker.js');

  const ask = (asked: PageToColourWorker): void => {
    const next = begin();
    setFault(null);
    next.onerror = (event) => setFault(event.message || 'The file could not be read.');
    next.onmessage = ({ data }: MessageEvent<ColourWorkerToPage>) => {
      if (!ended(next)) return;
      if (data.kind === 'refused') setFault(data.refusal);
      else if (data.kind === 'failed') setFault(data.message);
      else onAnswer(data, asked.kind === 'read' ? asked.file.name : '');
    };
    next.postMessage(asked);
  };
  return { fault, read: (file: File) => ask({ kind: 'read', file }), printCard: () => ask({ kind: 'card' }) };
}
