import type { WireRefusal } from '../../api/refusal-of.ts';
import { RefusalNotice } from './refusal-notice.tsx';

interface WaitingProps {
  readonly refusal: WireRefusal | null;
  readonly onAgain: () => void;
}

/** In place of what is not there yet: either it comes, or why it does not. */
export function Waiting({ refusal, onAgain }: WaitingProps) {
  if (!refusal) {
    return (
      <p class="working" role="status">
        <span class="spinner" aria-hidden="true" /> one moment …
      </p>
    );
  }
  return (
    <RefusalNotice refusal={refusal}>
      <button type="button" class="button" onClick={onAgain}>
        Try again
      </button>
    </RefusalNotice>
  );
}
