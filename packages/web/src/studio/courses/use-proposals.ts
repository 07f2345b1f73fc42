import { useState } from 'preact/hooks';
import type { Proposal, Proposals } from './course-words.ts';

/** Sets of dates that were found for a course, and the one that is chosen: the best, until another is. */
export function useProposals() {
  const [found, setFound] = useState<Proposals | null>(null);
  const [chosen, choose] = useState<Proposal | null>(null);
  const show = (proposals: Proposals): void => {
    setFound(proposals);
    choose(proposals.proposals[0] ?? null);
  };
  /** What was found was found for other wishes. */
  const forget = (): void => {
    setFound(null);
    choose(null);
  };
  return { found, chosen, choose, show, forget };
}
