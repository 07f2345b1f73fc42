import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { useCallback, useState } from 'preact/hooks';
import type { DocumentWorkerToPage, PageToDocumentWorker } from '../workers/document-messages.ts';
import type { RefusalText } from '../workers/plan-messages.ts';
import type { WantedPhoto } from './photos-of-plan.ts';
import { useOneWorker } from './use-one-worker.ts';
import { HEAD_VIEWS } from './views.ts';

export interface SavedPlan {
  readonly fileName: string;
  readonly document: PlanDocument;
  /** Photos of it that were not given yet. */
  readonly missing: readonly WantedPhoto[];
}

interface SavedPlanState {
  readonly plan: SavedPlan | null;
  readonly fault: { readonly fileName: string; readonly code: string | null; readonly text: string } | null;
}

const NONE: SavedPlanState = { plan: null, fault: null };

/** A plan that was saved as a file: read in a worker of its own, then waiting for its photos. */
export function useSavedPlan() {
  const [state, setState] = useState(NONE);
  const { begin, finish: ended } = useOneWorker('/document-worker.js');

  /** Null when it cannot be opened here; why stands in `fault`. */
  const read = useCallback(
    (file: File): Promise<PlanDocument | null> => {
      const next = begin();
      return new Promise((done) => {
        const finish = (
          document: PlanDocument | null,
          fault: Omit<RefusalText, 'code'> | null,
          code: string | null,
        ) => {
          if (!ended(next)) return;
          const text =
            fault && [fault.detail && `${fault.detail}.`, fault.reason, fault.remedy].filter(Boolean).join(' ');
          if (text !== null) setState((s) => ({ ...s, fault: { fileName: file.name, code, text } }));
          done(document);
        };
        const fail = (reason: string): void =>
          finish(null, { detail: null, reason, remedy: 'Please report this text.' }, null);
        next.onerror = (event) => fail(event.message || 'The plan could not be read.');
        next.onmessage = ({ data }: MessageEvent<DocumentWorkerToPage>) => {
          if (data.kind === 'failed') fail(data.message);
          else if (data.kind === 'refused') finish(null, data.refusal, data.refusal.code);
          else if (placeless(data.document)) finish(null, placeless(data.document), null);
          else finish(data.document, null, null);
        };
        next.postMessage({ file } satisfies PageToDocumentWorker);
      });
    },
    [begin, ended],
  );

  const hold = useCallback((plan: SavedPlan | null): void => setState({ plan, fault: null }), []);
  return { ...state, read, hold };
}

/** On the command line photos may have names of any kind. */
function placeless({ photos }: PlanDocument): Omit<RefusalText, 'code'> | null {
  const strange = photos.find(({ view }) => !Object.hasOwn(HEAD_VIEWS, view));
  return strange
    ? {
        detail: null,
        reason: `This plan has a photo called “${strange.view}”, and the page knows no such view.`,
        remedy: 'Open it on the command line: stipple plan --from plan.json --photos FOLDER --out FOLDER.',
      }
    : null;
}
