import { useState } from 'preact/hooks';
import type { PlanDocument } from '@stipple/core/plan/plan-document.ts';
import { loadKeepPlan, type KeepOrder } from '../api/keep-order.ts';
import type { PlanFile } from '../workers/plan-messages.ts';
import { recordOf } from './use-record.ts';

export type PhotosOfOrder = Pick<KeepOrder, 'photos' | 'isPhotoKept' | 'onPhotoKept' | 'onKept'>;

interface KeepWithClientProps {
  /** Null when the files could not be made: the page then shows why in place of the plan. */
  readonly files: () => Promise<readonly PlanFile[] | null>;
  readonly photosToKeep: (document: PlanDocument) => PhotosOfOrder;
}

/** Hands the plan to the studio of whoever is signed in, or signs in now; its photos only go along when asked to. */
export function KeepWithClient({ files, photosToKeep }: KeepWithClientProps) {
  const [state, setState] = useState<'rest' | 'busy' | 'failed'>('rest');
  const keep = async (): Promise<void> => {
    setState('busy');
    const made = await files();
    const contentOf = (name: string): unknown => {
      const file = made?.find((one) => one.name === name);
      return file ? JSON.parse(new TextDecoder().decode(file.bytes)) : null;
    };
    const studio = made ? await loadKeepPlan().catch(() => null) : null;
    setState(studio || !made ? 'rest' : 'failed');
    const document = contentOf('plan.json');
    studio?.openKeepPlan({
      document,
      summary: contentOf('summary.json'),
      ...photosToKeep(document as PlanDocument),
      ...recordOf(location.search),
    });
  };
  return (
    <>
      <button type="button" class="button" disabled={state === 'busy'} onClick={() => void keep()}>
        Keep with a client
      </button>
      {state === 'failed' && (
        <p class="fault" role="alert">
          The studio’s computer does not answer. See that it runs and try again; the plan is still here.
        </p>
      )}
    </>
  );
}
