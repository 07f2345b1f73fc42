import { useCallback, useRef, useState } from 'preact/hooks';
import { loadKeepPlan, type OpenedRecord } from '../api/keep-order.ts';

/** The record that the page was opened for, as its address says. */
export const recordOf = (search: string): { readonly clientId: string | null; readonly planId: string | null } => {
  const asked = new URLSearchParams(search);
  const clientId = asked.get('client');
  return { clientId, planId: clientId && asked.get('plan') };
};

/** The record of a client of the studio, for which the page was opened: the plan and the photos that are kept in it. */
export function useRecord() {
  const { clientId, planId } = recordOf(location.search);
  const [isUnreachable, setIsUnreachable] = useState(false);
  /** Photos that came from a client's record or went into it, and need not be kept again. */
  const known = useRef(new Set<string>());
  const learn = useCallback((of: string, sha256: string): void => void known.current.add(`${of} ${sha256}`), []);
  const isKnown = useCallback((of: string, sha256: string) => known.current.has(`${of} ${sha256}`), []);
  const open = useCallback(
    async (which: string | null): Promise<OpenedRecord | null> => {
      if (!clientId) return null;
      setIsUnreachable(false);
      const studio = await loadKeepPlan().catch(() => null);
      if (!studio) setIsUnreachable(true);
      const record = (await studio?.openRecord({ clientId, planId: which })) ?? null;
      for (const { sha256 } of record?.photos ?? []) learn(clientId, sha256);
      return record;
    },
    [clientId, learn],
  );
  return { clientId, planId, isUnreachable, open, learn, isKnown };
}
