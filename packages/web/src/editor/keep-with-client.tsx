import { useState } from 'preact/hooks';
import { loadKeepPlan } from '../api/keep-order.ts';
import type { PlanFile } from '../workers/plan-messages.ts';

interface KeepWithClientProps {
  /** Null when the files could not be made: the page then shows why in place of the plan. */
  readonly files: () => Promise<readonly PlanFile[] | null>;
}

/** Hands the plan, without its photos, to the studio of whoever is signed in, or signs in now. */
export function KeepWithClient({ files }: KeepWithClientProps) {
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
    studio?.openKeepPlan({
      document: contentOf('plan.json'),
      summary: contentOf('summary.json'),
      clientId: new URLSearchParams(location.search).get('client'),
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
