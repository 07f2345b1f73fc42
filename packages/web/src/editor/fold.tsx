import type { ComponentChildren } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

interface FoldProps {
  readonly summary: string;
  /** While true, and whenever it becomes so, there is something inside to be seen. Never closed under somebody's hands. */
  readonly isNeeded: boolean;
  readonly class?: string;
  readonly children: ComponentChildren;
}

/** What not everybody needs, folded away. */
export function Fold({ summary, isNeeded, class: name, children }: FoldProps) {
  const details = useRef<HTMLDetailsElement>(null);
  useEffect(() => {
    if (isNeeded) details.current!.open = true;
  }, [isNeeded]);
  return (
    <details ref={details} class={name}>
      <summary>{summary}</summary>
      {children}
    </details>
  );
}
